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
    return [f"- {_named(names)} : {french.listed(_places(names), 'ou')}." for names in missing]


def _named(names: tuple[str, ...]) -> str:
    official, collected = _by_kind(names)
    titles = [f"« {load_sources()[name].titre} »" for name in official]
    keys = [f"« {name} »" for name in collected]
    one = "l'entrée" if len(keys) == 1 else "une des entrées"
    said = [f"{one} {french.listed(keys, 'ou')} de la collecte"] if keys else []
    return french.listed(titles + said, "ou")


def _places(names: tuple[str, ...]) -> list[str]:
    """Return where to lay each dataset, and once for all where to lay what is collected."""
    official, collected = _by_kind(names)
    places = [
        f"déposer le fichier dans `data/officiel/{name}/` ou lancer `make fetch` "
        f"([où le trouver](../{SOURCES_PAGE}))"
        for name in official
    ]
    keys = french.listed([f"`collecte.{name}`" for name in collected], "ou")
    said = (
        f"déposer le fichier de la collecte et le nommer à la clé {keys} du territoire "
        f"([comment](../{GUIDE_PAGE}))"
    )
    return [*places, said] if collected else places


def _by_kind(names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the datasets of the registry, then the collected inputs."""
    known = load_sources()
    return [n for n in names if n in known], [n for n in names if n not in known]
