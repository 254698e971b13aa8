"""What is published of a chapter whose required inputs are not there: its question, and what lacks.

The plan says what a chapter cannot do without (``exige``). Where that is not there, its notebook is
not run: the page keeps its title and its question, says « Non disponible », what is missing and
where to lay it. No cell of a notebook has to ask.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from diagalim.chapter.facts import Facts
from diagalim.chapter.inputs import FACTS_FILE
from diagalim.settings.plan import ChapterPlan
from diagalim.settings.words_file import words_of
from diagalim.sources.registry import load_sources
from diagalim.wording import french
from diagalim.workspace.folders import Folders

UNAVAILABLE = "**Non disponible** : {why}"
SOURCES_PAGE, GUIDE_PAGE = "methode/sources.ipynb", "../book/guide/refaire.md"
COLLECTED = "collecte:{name}:"
"""How the files of a collected input are told apart from datasets (`run._find_collected`)."""

Lacking = tuple[tuple[str, ...], ...]
"""Each missing input, with those that would do as well."""


def lacking(entry: ChapterPlan, there: Iterable[str]) -> Lacking:
    """Return the required inputs that are not there, each with those that would do as well.

    Parameters
    ----------
    entry : ChapterPlan
        Entry of the chapter.
    there : iterable of str
        Identifiers of the files found: a dataset, or ``collecte:<name>:<file>``.
    """
    found = list(there)

    def is_there(name: str) -> bool:
        return name in found or any(one.startswith(COLLECTED.format(name=name)) for one in found)

    return tuple(names for names in entry.required if not any(map(is_there, names)))


def page_without_inputs(chapter: str, folders: Folders, missing: Lacking) -> dict[str, Any]:
    """Return the executed copy of a chapter that cannot be computed: no code, its question kept.

    Parameters
    ----------
    chapter : str
        Its key.
    folders : Folders
        Where its notebook and its words are.
    missing : tuple of tuple of str
        What it lacks (`lacking`).
    """
    notebook = json.loads(folders.source(chapter).read_text(encoding="utf-8"))
    question = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    said = {
        "cell_type": "markdown",
        "id": f"{chapter.replace('_', '-')}-non-disponible",
        "metadata": {},
        "source": absence(chapter, folders, missing),
    }
    return notebook | {"cells": [question, said]}


def absence(chapter: str, folders: Folders, missing: Lacking) -> str:
    """Return the words of the page: why, then a point for each missing input and how to lay it."""
    words = words_of(chapter, folders.root)
    inputs = [_named(names) for names in missing]
    why = words.sans_donnees if words else ""
    said = UNAVAILABLE.format(why=why or f"cette page répond avec {french.listed(inputs)}.")
    return french.spaced("\n".join([said, "", "Pour la construire :", "", *_remedies(missing)]))


def leave_nothing(folder: Path) -> None:
    """Empty a folder of results and leave it the facts of a chapter that states none."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    Facts([]).write(folder / FACTS_FILE)


def _remedies(missing: Lacking) -> list[str]:
    return [
        f"- {_named(names)} : {french.listed([_place(name) for name in names], 'ou')}."
        for names in missing
    ]


def _named(names: tuple[str, ...]) -> str:
    return french.listed([_title(name) for name in names], "ou")


def _title(name: str) -> str:
    source = load_sources().get(name)
    return f"« {source.titre} »" if source else f"l'entrée « {name} » de la collecte"


def _place(name: str) -> str:
    if name in load_sources():
        return (
            f"déposer le fichier dans `data/officiel/{name}/` ou lancer `make fetch` "
            f"([où le trouver](../{SOURCES_PAGE}))"
        )
    return (
        f"déposer le fichier de la collecte et le nommer à la clé `collecte.{name}` du territoire "
        f"([comment](../{GUIDE_PAGE}))"
    )
