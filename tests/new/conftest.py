"""Trial departments: files in the producers' forms, a project of their own, a territory file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from diagalim.cli.new import write_territory
from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory
from diagalim.sources.official.departments import department_of

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("data", "notebooks")


@dataclass(frozen=True)
class Trial:
    """A trial department: its project, its files, its territory and where each IRIS went."""

    root: Path
    data: Path
    territory: Territory
    places: pd.DataFrame


@pytest.fixture(scope="session")
def make_department():
    """Return the script that makes trial files."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import make_department as script
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    return script


@pytest.fixture(scope="session")
def own_project(tmp_path_factory) -> Path:
    """Return a copy of what a study reads of the project, without any other official file."""
    root = tmp_path_factory.mktemp("projet") / "diagalim"
    for name in NEEDED:
        left_out = shutil.ignore_patterns("exemple", "officiel", "collecte", "__pycache__")
        shutil.copytree(ROOT / name, root / name, ignore=left_out)
    # all that another study keeps in the project is there, so that a report may be seen to leave it
    for part in ("schemas", "collecte/13/coordination"):
        shutil.copytree(ROOT / "data" / part, root / "data" / part, dirs_exist_ok=True)
    return root


@pytest.fixture(scope="session")
def made(make_department, own_project, tmp_path_factory) -> Callable[[str], Trial]:
    """Return a function that makes a trial department once for the whole session."""

    @cache
    def make(code: str) -> Trial:
        data = tmp_path_factory.mktemp(f"fichiers_{code}")
        places = make_department.make(code, data)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DIAGALIM_DATA", str(data))
            patch.setenv("DIAGALIM_ROOT", str(own_project))
            path = write_territory(code)
            text = path.read_text(encoding="utf-8")
            trial = make_department.as_trial(text, department_of(code))
            path.write_text(trial, encoding="utf-8")
            return Trial(own_project, data, load_territory(code), places)

    return make


@pytest.fixture
def trial(made, monkeypatch) -> Callable[[str], Trial]:
    """Return a function that enters a trial department: its project and its files are read."""

    def enter(code: str) -> Trial:
        found = made(code)
        monkeypatch.setenv("DIAGALIM_DATA", str(found.data))
        monkeypatch.setenv("DIAGALIM_ROOT", str(found.root))
        return found

    return enter
