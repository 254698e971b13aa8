"""How do several small JavaScript modules become the one text that anywidget wants?

anywidget loads a widget from one string, through a blob address where a relative import finds
nothing. The modules under ``js/`` are real modules, which Node tests one by one; here they are
laid end to end, each after those that it imports, with their imports of each other and the word
``export`` taken off. This needs no bundler as long as no two modules define the same name, which a
test asserts. They stand in rooms, and import from their own or from one before it: what Python
sent (``data``), what follows from it (``score``), the map (``draw``), the controls around it
(``panels``), then ``controller.js``, which holds the default export. A test reads that too.
"""

from __future__ import annotations

import posixpath
import re
from graphlib import TopologicalSorter
from importlib.resources import files

from diagalim.map import js

ROOMS = ("data", "score", "draw", "panels", "")
"""Folders of ``js/``, in the order in which they may use each other; "" is ``js/`` itself."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[\w./]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const )", re.MULTILINE)


def controller_script() -> str:
    """Return the ES module of the map's controller as one text."""
    return "\n".join(_joined(source) for source in read_modules().values())


def read_modules() -> dict[str, str]:
    """Return the source of each module by its path in ``js/``, each after those that it imports.

    Raises
    ------
    graphlib.CycleError
        When modules import each other in a circle, which it names.
    """
    sources = {
        posixpath.join(room, file.name): file.read_text(encoding="utf-8")
        for room in ROOMS
        for file in sorted((files(js) / room).iterdir(), key=lambda one: one.name)
        if file.name.endswith(".js")
    }
    uses = {path: _imported(path, source) for path, source in sources.items()}
    return {path: sources[path] for path in TopologicalSorter(uses).static_order()}


def controller_style() -> str:
    """Return the style sheet of the map and its controller."""
    return (files(js) / "controller.css").read_text(encoding="utf-8")


def _imported(path: str, source: str) -> list[str]:
    folder = posixpath.dirname(path)
    return [posixpath.normpath(posixpath.join(folder, name)) for name in _IMPORT.findall(source)]


def _joined(source: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", source)).strip() + "\n"
