"""A project of three short chapters, small enough to see what each change must re-run."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
        ("md", "# Accueil"),
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
