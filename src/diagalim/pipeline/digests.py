"""Which code does a chapter rest on: digest of modules and of all package modules they import.

Read from the import statements, without importing: the answer must be the same in a notebook that
is never run. Editing one module then re-runs the chapters that reach it, and no other.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import diagalim

PACKAGE = "diagalim"
PROSE = "%%texte"
"""Begins a code cell whose other lines are Markdown (`diagalim.chapter.texte`)."""
CODE_SUFFIXES = {".py", ".js", ".css", ".html", ".mplstyle", ".json"}
"""Files that a package reads at run time, in its folder or below, count as its code."""


def source_folder() -> Path:
    """Return the folder that holds the package."""
    return Path(diagalim.__file__).resolve().parent.parent


def reached(modules: Iterable[str], base: Path | None = None) -> dict[str, Path]:
    """Return the package modules reached from some names, with their files.

    Parameters
    ----------
    modules : iterable of str
        Dotted names, as in ``diagalim.analysis.score``; one that is no module (a function of a
        module) is left aside.
    base : Path, optional
        Folder that holds the package; the installed one when not given.
    """
    folder = base or source_folder()
    waiting = list(modules)
    seen: set[str] = set()
    found: dict[str, Path] = {}
    while waiting:
        name = waiting.pop()
        if name in seen:  # most names are imported many times: each is looked for once
            continue
        seen.add(name)
        file = _file(name, folder)
        if file is None:
            continue
        found[name] = file
        waiting += _imported(file, name)
        if "." in name:  # importing a.b.c also runs a and a.b
            waiting.append(name.rpartition(".")[0])
    return found


def digest(modules: Iterable[str], base: Path | None = None) -> str:
    """Return one SHA-256 for some modules and all that they reach in the package."""
    return _digest_of(reached(modules, base), base or source_folder())


def own_digest(modules: Iterable[str], base: Path | None = None) -> str:
    """Return one SHA-256 for some modules alone, whatever they import.

    Raises
    ------
    ModuleNotFoundError
        When a named module does not exist.
    """
    folder = base or source_folder()
    return _digest_of({name: _known_file(name, folder) for name in modules}, folder)


def imported_by(notebook: Path) -> list[str]:
    """Return the names of the package that the code cells of a notebook import.

    ``from a import b`` gives both ``a`` and ``a.b``: b may be a module of a.
    """
    content = json.loads(notebook.read_text(encoding="utf-8"))
    names: list[str] = []
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            lines = "".join(cell["source"]).splitlines()
            if lines[:1] == [PROSE]:
                continue
            # magics and shell lines are not Python
            plain = "\n".join("pass" if line.lstrip()[:1] in "%!" else line for line in lines)
            names += _imports(plain, "")
    return sorted(set(names))


def undeclared(names: Iterable[str], declared: Iterable[str]) -> list[str]:
    """Return the names that are neither a declared module nor inside of one."""
    allowed = list(declared)
    return [
        name
        for name in names
        if name != PACKAGE and not any(f"{name}.".startswith(f"{top}.") for top in allowed)
    ]


def _digest_of(files: dict[str, Path], folder: Path) -> str:
    total = hashlib.sha256()
    for _, file in sorted(files.items()):
        for part in [file, *_companions(file)]:
            total.update(part.relative_to(folder).as_posix().encode())
            total.update(part.read_bytes())
    return total.hexdigest()


def _known_file(name: str, folder: Path) -> Path:
    file = _file(name, folder)
    if file is None:
        raise ModuleNotFoundError(f"le module « {name} » déclaré dans le plan n'existe pas")
    return file


def _file(name: str, folder: Path) -> Path | None:
    place = name.replace(".", "/")
    candidates = (folder / f"{place}{ending}" for ending in (".py", "/__init__.py"))
    return next((file for file in candidates if file.is_file()), None)


def _companions(file: Path) -> list[Path]:
    """Scripts and styles beside a package's ``__init__`` and in its folders that are no package."""
    return sorted(_files_of_package(file.parent)) if file.name == "__init__.py" else []


def _files_of_package(folder: Path) -> list[Path]:
    found: list[Path] = []
    for entry in folder.iterdir():
        if entry.is_file() and entry.suffix in CODE_SUFFIXES - {".py"}:
            found.append(entry)
        elif entry.is_dir() and not (entry / "__init__.py").is_file():
            found += _files_of_package(entry)
    return found


def _imported(file: Path, name: str) -> tuple[str, ...]:
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    return _imports(file.read_text(encoding="utf-8"), package)


@functools.cache  # every chapter reaches the same modules again
def _imports(text: str, package: str) -> tuple[str, ...]:
    names: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join(parts) if node.level else ""
            origin = ".".join(part for part in (base, node.module or "") if part)
            # ``from a import b``: b may be a module of a or a name defined there
            names += [origin, *(f"{origin}.{alias.name}" for alias in node.names)]
    return tuple(n for n in names if n == PACKAGE or n.startswith(f"{PACKAGE}."))
