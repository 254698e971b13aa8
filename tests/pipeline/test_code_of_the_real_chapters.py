"""On the plan of the report itself: a fix in a reader or a script redoes what rests on it."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from diagalim.pipeline.digests import imported_by, reached, source_folder
from diagalim.pipeline.run import Inputs
from diagalim.pipeline.tasks import SourceFile, chapter_code
from diagalim.settings.plan import load_plan
from diagalim.settings.territory_file import load_territory
from diagalim.sources.division import FITTED, FITTING
from diagalim.sources.registry import load_sources
from diagalim.workspace.folders import Folders
from diagalim.workspace.paths import project_root

PLAN = load_plan()
READERS = sorted({source.lecteur.rpartition(".")[0] for source in load_sources().values()})
SCRIPTS = sorted(
    file.relative_to(source_folder()).as_posix()
    for file in (source_folder() / "diagalim").rglob("*")
    if file.suffix in {".js", ".css"}
)


@pytest.fixture(scope="module")
def code(tmp_path_factory) -> Path:
    """Return a folder with a copy of the package, to be edited."""
    folder = tmp_path_factory.mktemp("code")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source_folder() / "diagalim", folder / "diagalim", ignore=ignored)
    return folder


@functools.cache
def beginnings() -> dict[str, tuple[list[str], list[SourceFile]]]:
    """Return what each chapter imports and reads; no test changes a notebook or the registry."""
    territory, folders = load_territory("13"), Folders(project_root(), "13")
    find = Inputs().find_source
    return {
        name: (imported_by(folders.source(name)), [find(s, territory) for s in entry.sources])
        for name, entry in PLAN.items()
    }


def digests(code: Path) -> dict[str, str]:
    """Return the digest of the code of each chapter."""
    return {
        name: chapter_code(imported, sources, code)
        for name, (imported, sources) in beginnings().items()
    }


@pytest.fixture(scope="module")
def before(code) -> dict[str, str]:
    """Return the digests of the code as it stands."""
    return digests(code)


@pytest.fixture
def changed_by(code, before) -> Callable[[str], set[str]]:
    """Return the chapters whose code is no longer the same when a line is added to a file."""

    def chapters(file: str) -> set[str]:
        edited = code / file
        kept = edited.read_bytes()
        edited.write_bytes(kept + b"\n")
        after = digests(code)
        edited.write_bytes(kept)
        return {name for name in PLAN if before[name] != after[name]}

    return chapters


@pytest.mark.parametrize("reader", READERS)
def test_fix_in_a_reader_redoes_the_chapters_that_declare_its_data_and_no_other(changed_by, reader):
    read = {
        name for name, source in load_sources().items() if source.lecteur.startswith(f"{reader}.")
    }
    # what follows codes to the outlines reads three datasets for the tables that speak of places
    read |= set(FITTED) if reader in reached([FITTING]) else set()
    users = {name for name, entry in PLAN.items() if read & set(entry.sources)}
    assert changed_by(reader.replace(".", "/") + ".py") == users


@pytest.mark.parametrize("file", SCRIPTS)
def test_fix_in_a_script_or_style_of_the_map_redoes_the_map_and_no_other(changed_by, file):
    assert changed_by(file) == {"carte"}


def test_the_scripts_of_the_map_are_found():
    assert {Path(file).suffix for file in SCRIPTS} == {".js", ".css"}
