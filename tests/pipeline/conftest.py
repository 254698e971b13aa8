"""A project of three short chapters, small enough to see what each change must re-run."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from diagalim.pipeline import execution, tasks
from diagalim.pipeline.engine import Outcome
from diagalim.pipeline.progress import Journal
from diagalim.pipeline.run import Inputs, build_report
from diagalim.pipeline.tasks import SourceFile
from diagalim.site import quiet_console
from diagalim.workspace.folders import Folders

REPOSITORY = Path(__file__).resolve().parents[2]

PLAN = """\
accueil:
  lit: [depart, suite]
depart:
  territoire: [score]
  parametres: [territoire, seuil]
  sources: [mesures]
suite:
  lit: [depart]
  territoire: [edition]
  parametres: [territoire, couleur]
"""

TOC = """\
format: jb-book
root: notebooks/accueil
chapters:
  - file: notebooks/depart
  - file: notebooks/suite
"""

WRITE = '(results / "suite" / "suite.json").write_text(f"{territoire} {start} {couleur}")'
RESULTS = 'import json, os, pathlib\nresults = pathlib.Path(os.environ["DIAGALIM_RESULTS"])'

CHAPTERS: dict[str, list[tuple[str, str]]] = {
    "accueil": [
        ("md non-calcule", "Chapitre non calculé : lancez `make report`"),
        ("md", "# Accueil\n\nUne phrase.\n\n## À retenir\n\n- un\n- deux\n\n## Limites\n\nTexte."),
        ("parameters", 'territoire = "99"'),
        ("code", RESULTS),
        ("code", 'print((results / "suite" / "suite.json").read_text())'),
    ],
    "depart": [
        ("md", "# Départ"),
        ("parameters", 'territoire = "99"\nseuil = 1  # un seuil'),
        ("code", RESULTS),
        ("code", '(results / "depart" / "depart.json").write_text(json.dumps(seuil * 10))'),
    ],
    "suite": [
        ("md", "# Suite"),
        ("parameters", 'territoire = "99"\ncouleur = "bleu"'),
        ("code", RESULTS),
        ("code", 'start = json.loads((results / "depart" / "depart.json").read_text())'),
        ("code", WRITE),
    ],
}


@dataclass
class ToyTerritory:
    """What the engine asks of a territory."""

    code: str = "99"
    nom: str = "Pays d'essai"
    titre: str = "La précarité alimentaire au pays d'essai"
    edition: str = "2025-01"
    nature: str = "officiel"
    score: dict[str, int] = field(default_factory=lambda: {"revenu": 1})
    chapitres: dict[str, dict[str, Any]] = field(default_factory=dict)

    def model_dump(self) -> dict[str, Any]:
        """Return the content of the territory file."""
        return dict(vars(self))


def notebook(cells: list[tuple[str, str]]) -> dict[str, Any]:
    """Return a cleared notebook made of (kind, source) pairs."""
    made = []
    for number, (kind, source) in enumerate(cells):
        word, _, tag = kind.partition(" ")
        tags = [tag] if tag else []
        if word == "parameters":
            tags = ["parameters"]
        cell = {"id": f"cellule-{number}", "metadata": {"tags": tags}, "source": source}
        if word == "md":
            made.append(cell | {"cell_type": "markdown"})
        else:
            made.append(cell | {"cell_type": "code", "execution_count": None, "outputs": []})
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def write_notebook(root: Path, name: str, cells: list[tuple[str, str]]) -> None:
    """Write a source notebook of the project."""
    text = json.dumps(notebook(cells), ensure_ascii=False, indent=1)
    (root / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")


def make_project(root: Path) -> Path:
    """Write the project in a folder and return it."""
    for folder in ("data", "notebooks", "officiel"):
        (root / folder).mkdir(parents=True)
    (root / "data" / "sources.yml").write_text("{}\n", encoding="utf-8")
    (root / "data" / "chapters.yml").write_text(PLAN, encoding="utf-8")
    (root / "officiel" / "mesures.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    shutil.copyfile(REPOSITORY / "_config.yml", root / "_config.yml")
    shutil.copytree(REPOSITORY / "book", root / "book")
    for name, cells in CHAPTERS.items():
        write_notebook(root, name, cells)
    return root


class AtOnce(Executor):
    """Runs each task in this process when it is given: no kernel and no pool to wait for."""

    def submit(self, function: Any, /, *arguments: Any, **options: Any) -> Future[Any]:
        """Run a task and return its finished future."""
        future: Future[Any] = Future()
        future.set_result(function(*arguments, **options))
        return future


@dataclass
class Toy:
    """The project, its territory, and a way to build it."""

    root: Path
    territory: ToyTerritory
    nature: str = "officiel"

    @property
    def folders(self) -> Folders:
        """Folders of its build."""
        return Folders(self.root, self.territory.code)

    def inputs(self, **others: Any) -> Inputs:
        """Return readers of this project."""
        file = self.root / "officiel" / "mesures.csv"
        given = {
            "load_territory": lambda code: self.territory,
            "check_inputs": lambda territory: [],
            "unavailable": lambda territory, plan: [],
            "plan_problems": lambda plan: [],  # its registry is empty
            "find_source": lambda name, territory: SourceFile(
                name, file if file.is_file() else None, "entrée", self.nature
            ),
        }
        return Inputs(**(given | others))

    def build(self, **options: Any) -> Outcome:
        """Build the report with the fast stand-ins, in silence."""
        inputs = self.inputs(workers=lambda n: AtOnce(), fetch_vendor=lambda folder: False)
        return build_report("99", journal=Journal(quiet=True), inputs=inputs, **options)

    def page(self, name: str = "accueil") -> str:
        """Return a page of the published site."""
        return (self.folders.site / "notebooks" / f"{name}.html").read_text(encoding="utf-8")

    def rewrite(self, chapter: str, old: str, new: str) -> None:
        """Change the source of a notebook."""
        file = self.folders.source(chapter)
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


def run_cells(job: execution.ChapterJob, workplace: Path) -> dict[str, Any]:
    """Stand-in for papermill: run the cells of a notebook in this process."""
    made = json.loads(job.folders.source(job.chapter).read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    with execution._environment(job, workplace):
        for cell in made["cells"]:
            if cell["cell_type"] != "code":
                continue
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                exec(cell["source"], names)
            if "parameters" in cell["metadata"]["tags"]:
                names.update(job.parameters)
            if said.getvalue():
                text = {"output_type": "stream", "name": "stdout", "text": said.getvalue()}
                cell["outputs"] = [text]
    return made


def write_pages(folders: Folders) -> None:
    """Stand-in for Sphinx: one page a notebook, with what its cells printed, and its scripts."""
    shutil.rmtree(folders.made, ignore_errors=True)
    for name in quiet_console.TALKATIVE:
        script = folders.made / name
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text("console.log('prêt');", encoding="utf-8")
    for file in (folders.staged / "notebooks").glob("*.ipynb"):
        page = folders.made / "notebooks" / f"{file.stem}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toy:
    """Return the project of three chapters, built without kernel and without Sphinx."""
    root = make_project(tmp_path / "projet")
    monkeypatch.setenv("DIAGALIM_ROOT", str(root))
    monkeypatch.setattr(execution, "_execute", run_cells)
    monkeypatch.setattr(tasks, "typeset", write_pages)
    folders = Folders(root, "99")
    folders.vendor.mkdir(parents=True)
    return Toy(root, ToyTerritory())


@pytest.fixture(scope="session")
def built_toy(run_folder: Path, one_at_a_time: Callable) -> Toy:
    """Return the project built once, for all the processes: kernels, Jupyter Book, checks."""
    toy = Toy(run_folder / "vrai" / "projet", ToyTerritory())
    vendor = Folders(REPOSITORY, "").vendor
    with one_at_a_time("vrai") as first, pytest.MonkeyPatch.context() as patch:
        if not first:
            return toy
        shutil.rmtree(toy.root, ignore_errors=True)  # of a build that failed
        make_project(toy.root)
        patch.setenv("DIAGALIM_ROOT", str(toy.root))
        if vendor.is_dir():  # already fetched for the project: spare the network
            shutil.copytree(vendor, toy.folders.vendor)
        build_report("99", journal=Journal(quiet=True), inputs=toy.inputs())
    return toy
