"""The rooms of the house keep their one direction, and who crosses it is told which two modules."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from diagalim.pipeline.digests import PROSE
from diagalim.workspace.notebooks import all_notebooks
from diagalim.workspace.paths import project_root

ROOT = project_root()
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
NOT_YET_SPLIT = {
    "remontees": {"remontees", "profils_publics"},
}
"""Notebooks that hold several chapters until each has its own."""


def lint(root: Path) -> tuple[int, str]:
    """Return the exit code of import-linter on a copy of the project, and what it says."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


WRONG_WAY = [
    ("analysis.geo.contiguity", "report.score.facts", "The tree is the pipeline"),
    ("wording.place_kinds", "settings.codes", "The tree is the pipeline"),
    ("map.columns", "downloads.columns", "The tree is the pipeline"),
    ("report.score.facts", "report.valeurs.page", "A chapter imports no other chapter"),
    ("analysis.offer.shops", "analysis.survey.response", "A subject of the analysis"),
    ("analysis.score.composite", "analysis.survey.response", "The score rests on no other"),
    ("analysis.values.spread", "settings.strict_yaml", "The analysis reads nothing"),
    ("sources.files", "requests", "Only sources.fetch asks the network"),
    ("site.staging", "papermill", "Only the pipeline runs notebooks"),
    ("pipeline.run", "sphinx", "Only the site speaks to Sphinx"),
]
"""Planted imports: who, what, and the contract that refuses it."""
ALSO = {
    "settings.codes": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
    "    from diagalim.sources.registry import Resolved",
    "wording.problems": "import diagalim.wording.same_names",
    "wording.same_names": "import diagalim.wording.problems",
    "utils.__init__": '"""A room of its own?"""',
}
"""Planted beside: an import for its type alone, a circle, a folder that is no room."""


def full(name: str) -> str:
    """Return the dotted name of a module or of a library."""
    return f"diagalim.{name}" if "." in name else name


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> str:
    """Return what is said of a copy in which every fault is planted; one run serves them all."""
    root = tmp_path_factory.mktemp("contrats")
    shutil.copy(ROOT / "pyproject.toml", root)
    left_out = shutil.ignore_patterns("__pycache__", "*.js", "*.json")
    shutil.copytree(ROOT / "src", root / "src", ignore=left_out)
    lines = ALSO | {importer: f"import {full(imported)}" for importer, imported, _ in WRONG_WAY}
    for name, line in lines.items():
        file = root / "src" / "diagalim" / f"{name.replace('.', '/')}.py"
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    code, answer = lint(root)
    assert code == 1, answer
    return answer


def test_the_house_keeps_its_contracts():
    code, answer = lint(ROOT)
    assert code == 0, answer


def test_no_import_is_left_out_of_the_contracts():
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("importer", "imported", "contract"), WRONG_WAY)
def test_an_import_the_wrong_way_fails_and_names_both_modules(said, importer, imported, contract):
    broken = said.partition("Broken contracts")[2].partition(contract)[2]
    assert f"diagalim.{importer} -> {full(imported)}" in broken


def test_an_import_for_its_type_alone_counts_too(said):
    assert "diagalim.settings.codes -> diagalim.sources.registry" in said


def test_a_circle_fails_and_names_both_modules(said):
    circle = said.partition("No cycles are allowed in diagalim.wording.")[2].partition("No cycles")
    assert ".problems -> .same_names" in circle[0] or ".same_names -> .problems" in circle[0]


def test_a_folder_that_is_no_room_fails(said):
    assert "diagalim.utils" in said


def keys_of(notebook: Path) -> set[str]:
    """Return the chapters of the report that the code of a notebook imports."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    code = "\n".join(source for source in sources if not source.startswith(PROSE))
    names = [node.module for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[2] for name in names if name and name.startswith("diagalim.report.")}


@pytest.mark.parametrize("notebook", all_notebooks(ROOT), ids=lambda p: p.stem)
def test_a_notebook_imports_its_own_chapter_of_the_report_and_no_other(notebook):
    keys = keys_of(notebook)
    assert keys and (len(keys) == 1 or keys == NOT_YET_SPLIT.get(notebook.stem))
