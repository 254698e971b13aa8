"""Which tests does one chapter rest on? Those of its page, of the rooms it uses, of its notebook.

Run by ``make test PART=score`` in the project's environment. The rooms are those that the plan
(``data/chapters.yml``) lists under ``modules`` for the chapter; tests stand where the code does. Of
a room that serves all chapters (``diagalim.sources``), those files of tests are taken that import a
module which the notebook or its page imports too. Properties are tried on a quarter of the examples
(``--partie``, in ``tests/conftest.py``). All the rest is left to ``make test``: the other examples
and files, the built site, the browser, the chapters that read this one.
"""

from __future__ import annotations

import ast
import difflib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bootstrap import ROOT, on_every_core

ALWAYS = ("tests/notebooks/test_contract.py", "tests/notebooks/test_words.py")
"""Rules that each notebook and the words beside it keep; those of other chapters are left."""
PACKAGE, REPORT = "diagalim.", "diagalim.report."


def main(words: list[str]) -> int:
    """Run the tests of a chapter and return an exit code."""
    from diagalim.settings.plan import load_plan

    key, *rest = words
    plan = load_plan()
    if key not in plan:
        print(unknown(key, list(plan)), file=sys.stderr)
        return 2
    start = time.monotonic()
    places = [*tests_of_rooms(plan[key].modules, imported_for(key)), *ALWAYS]
    print(f"Essais du chapitre {key} : {', '.join(places)}, et son carnet", flush=True)
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    steps = (
        ["--partie", key, "-m", "not long and not site and not browser", *places]
        + on_every_core("worksteal"),
        ["--nbval-lax", str(notebook_of(key).relative_to(ROOT))],
    )
    codes = [
        subprocess.run([*pytest, *step, *rest], cwd=ROOT, check=False).returncode for step in steps
    ]
    print(f"Essais du chapitre {key} : {time.monotonic() - start:.0f} s", flush=True)
    return next((code for code in codes if code), 0)


def unknown(key: str, known: list[str]) -> str:
    """Return what is said of a key that no chapter has, with the nearest."""
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    meant = f" ; vouliez-vous « {near[0]} » ?" if near else ""
    return (
        f"Chapitre inconnu : « {key} »{meant}\n"
        f"À faire : make test PART=<clé>, une de data/chapters.yml ({', '.join(known)})"
    )


def tests_of_rooms(modules: list[str], imported: set[str]) -> list[str]:
    """Return where the tests of some modules stand: a folder, or files of it.

    Parameters
    ----------
    modules : list of str
        Dotted names, as the plan lists them; ``diagalim.analysis.score`` is tested in
        ``tests/analysis/score``. What has no test of its own is left out.
    imported : set of str
        Modules that the chapter imports: of the tests of a whole room, those that import one too.
    """
    found: list[Path] = []
    for module in modules:
        place = ROOT.joinpath("tests", *module.removeprefix(PACKAGE).split("."))
        if module.count(".") == 1:
            files = sorted(place.rglob("test_*.py"))
            found += [file for file in files if imported & set(imports(file.read_text("utf-8")))]
        else:
            beside = place.with_name(f"test_{place.name}.py")
            found += [path for path in (place, beside) if path.exists()]
    return [path.relative_to(ROOT).as_posix() for path in found]


def imported_for(key: str) -> set[str]:
    """Return the modules that a chapter imports: its notebook, and its rooms of the report."""
    from diagalim.pipeline.digests import imported_by

    names = set(imported_by(notebook_of(key)))
    rooms = {name.split(".")[2] for name in names if name.startswith(REPORT)}
    for room in rooms:
        for file in sorted((ROOT / "src" / "diagalim" / "report" / room).glob("*.py")):
            names |= set(imports(file.read_text(encoding="utf-8")))
    return names


def imports(text: str) -> Iterator[str]:
    """Yield the modules of the package that a text imports, and what may be one: ``a`` of it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE):
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith(PACKAGE))


def notebook_of(key: str) -> Path:
    """Return the notebook of a chapter, whatever the part of the report it stands in."""
    from diagalim.workspace.folders import Folders

    return Folders(ROOT, "exemple").source(key)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
