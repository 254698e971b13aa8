"""How do several small JavaScript modules become the one text that anywidget wants?

anywidget loads a widget from one string, through a blob address where a relative import finds
nothing. The modules under ``js/`` are real modules, which Node tests one by one; here they are
laid end to end, with their imports of each other and the word ``export`` taken off. This needs no
bundler as long as no two modules define the same name, which a test asserts.
"""

from __future__ import annotations

import re
from importlib.resources import files

from diagalim.map import js

MODULES = (
    *("bytes", "topology", "score", "french", "certainty", "paint", "popup", "legend", "filters"),
    *("leading", "colouring", "rescored", "circles", "inset", "basemap", "chooser", "options"),
    *("weights", "summary", "twin", "csv", "picture", "symbols", "sites", "offer", "layers"),
    *("caption", "address", "grouping", "markers", "scene", "quarters", "sheet", "corner"),
    *("offerbar", "aidpanel", "panels", "shared", "dress", "actions", "views", "controller"),
)
"""Modules in the order of their dependencies; the last one holds the default export."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./[a-z]+\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const )", re.MULTILINE)


def controller_script() -> str:
    """Return the ES module of the map's controller as one text."""
    return "\n".join(_joined(read_module(name)) for name in MODULES)


def read_module(name: str) -> str:
    """Return the source of one module of ``js/``."""
    return (files(js) / f"{name}.js").read_text(encoding="utf-8")


def controller_style() -> str:
    """Return the style sheet of the map and its controller."""
    sheet = files(js) / "controller.css"
    return sheet.read_text(encoding="utf-8")


def _joined(source: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", source)).strip() + "\n"
