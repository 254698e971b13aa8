"""A copy of the project, how it is built, and what its build holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE, FIRST_STUDY = "exemple", "13"
NOT_COPIED = {"_build", ".venv", ".git", "data/officiel", "data/collecte"}
COMMITTED = "data/collecte/13/coordination"
"""What a study collected and has published: part of the sources of the project."""
FETCHED = ("vendor", "essais", "essais-js")
"""Folders of ``_build`` that hold the scripts of others: of the site, of its tests."""
KEPT = ("results", "executed", "html")
"""Folders of a build that must be the same, whatever happened before."""


class Difference(AssertionError):
    """Something that should hold does not; the message says what."""


def copy_project(target: Path) -> Path:
    """Copy the sources of the project, its fictitious files and what was fetched for it."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        inside = Path(folder).relative_to(ROOT)
        return [n for n in names if (inside / n).as_posix() in NOT_COPIED or n == "__pycache__"]

    shutil.copytree(ROOT, target, ignore=left_out)
    shutil.copytree(ROOT / COMMITTED, target / COMMITTED)
    for fetched in FETCHED:
        copy_generated(fetched, target)
    return target


def copy_generated(name: str, target: Path) -> None:
    """Copy a folder of ``_build`` into a copy of the project, where the project has it."""
    if (made := ROOT / "_build" / name).is_dir():
        shutil.copytree(made, target / "_build" / name, symlinks=True, dirs_exist_ok=True)


def built_once(folder: Path) -> Path:
    """Return a copy of the project where the fictitious department is built, for all to copy.

    The first test of a run that asks for it makes it, beside the folders of the tests; nobody
    changes it. It starts from what the project has built, as by ``make test``: the build decides
    what of it still holds. That it is what a first build gives, `long_tests.kills` sees.
    """
    project = folder.parent / "construit"
    with _building:
        if not (out(project) / "html").is_dir():
            shutil.rmtree(project, ignore_errors=True)  # of a build that failed
            copy_project(project)
            if holds_no_other_chapter(ROOT):
                copy_generated(EXAMPLE, project)
            build(project)
    return project


def holds_no_other_chapter(project: Path) -> bool:
    """Tell whether a build holds chapters of today's plan only: one that left stays in its folder.

    Parameters
    ----------
    project : Path
        Where the fictitious department may have been built.
    """
    from diagalim.settings.plan import load_plan

    made = out(project)
    files = [*(made / "executed").glob("*"), *(made / "results").glob("*")]
    return {file.stem for file in files} <= set(load_plan())


def copy_built(folder: Path, name: str) -> Path:
    """Copy the project where the fictitious department is built; hours of files are kept."""
    return Path(shutil.copytree(built_once(folder), folder / name))


def first_study_built_once(folder: Path) -> Path:
    """Return a copy of the project where 13 is built too; its tests come one after the other."""
    project = folder.parent / "treize"
    if not (out(project, FIRST_STUDY) / "html").is_dir():
        shutil.rmtree(project, ignore_errors=True)  # of a build that failed
        shutil.copytree(built_once(folder), project)
        build(project, code=FIRST_STUDY)
    return project


_building = threading.Lock()


def out(project: Path, code: str = EXAMPLE) -> Path:
    """Return the folder of the build of a territory."""
    return project / "_build" / code


def environment(project: Path) -> dict[str, str]:
    """Return the environment of a build of the copy: official files where the project has them."""
    from diagalim.workspace.paths import data_dirs

    folder = next((folder for folder in data_dirs() if folder.is_dir()), data_dirs()[0])
    return dict(os.environ) | {"DIAGALIM_DATA": str(folder), "DIAGALIM_ROOT": str(project)}


def build_words(code: str = EXAMPLE) -> list[str]:
    """Return the command that builds a territory."""
    return [sys.executable, "-m", "diagalim", "build", "--territoire", code]


def build(project: Path, *options: str, code: str = EXAMPLE) -> None:
    """Build the copy; its words are shown when it fails."""
    run([*build_words(code), *options], project, "la construction a échoué")


def run(words: list[str], project: Path, failure: str, **variables: str) -> str:
    """Run a command on the copy and return what it said.

    Raises
    ------
    Difference
        When it fails; with the end of what it said.
    """
    done = subprocess.run(
        words,
        cwd=project,
        env=environment(project) | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise Difference(f"{failure} :\n{done.stdout[-6000:]}{done.stderr[-2000:]}")
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def whole_build(project: Path, code: str = EXAMPLE) -> dict[str, bytes]:
    """Return every result, executed notebook and file of the site."""
    made = out(project, code)
    return {
        f"{part}/{name}": content
        for part in KEPT
        for name, content in contents(made / part).items()
    }


def changed(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    """Return the files that differ or that only one of the two holds."""
    return sorted(name for name in first | second if first.get(name) != second.get(name))
