"""Which tests does one chapter rest on? Those of its page, of the rooms it uses, of its notebook.

Run by ``make test PART=score`` in the project's environment. The rooms are those that the plan
(``data/chapters.yml``) lists under ``modules`` for the chapter; tests stand where the code does.
Tests of the built site, in a browser, and of chapters that read this one are left to ``make test``.
"""

from __future__ import annotations

import difflib
import subprocess
import sys
import time
from pathlib import Path

from bootstrap import ROOT, on_every_core

ALWAYS = ("tests/notebooks/test_contract.py", "tests/notebooks/test_words.py")
"""Rules that each notebook and the words beside it keep; those of other chapters are left."""
PACKAGE = "diagalim."


def main(words: list[str]) -> int:
    """Run the tests of a chapter and return an exit code."""
    from diagalim.settings.plan import load_plan

    key, *rest = words
    plan = load_plan()
    if key not in plan:
        print(unknown(key, list(plan)), file=sys.stderr)
        return 2
    start = time.monotonic()
    places = [*tests_of_rooms(plan[key].modules), *ALWAYS]
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


def tests_of_rooms(modules: list[str]) -> list[str]:
    """Return where the tests of some modules stand: the folder of a room, or one file of it.

    Parameters
    ----------
    modules : list of str
        Dotted names, as the plan lists them; ``diagalim.analysis.score`` is tested in
        ``tests/analysis/score``. What has no test of its own is left out.
    """
    found: list[str] = []
    for module in modules:
        place = Path("tests", *module.removeprefix(PACKAGE).split("."))
        for candidate in (place, place.with_name(f"test_{place.name}.py")):
            if (ROOT / candidate).exists():
                found.append(candidate.as_posix())
    return found


def notebook_of(key: str) -> Path:
    """Return the notebook of a chapter, whatever the part of the report it stands in."""
    from diagalim.workspace.folders import Folders

    return Folders(ROOT, "exemple").source(key)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
