"""Do the words of a chapter hold together? Known without running anything.

Every name in braces, in ``<chapter>.yml`` and in cells that begin ``%%texte``, is a fact of the
chapter or of one that it reads; what it names (chapters, datasets, published schema) is declared.
A slip is told at once, not after the minutes that a chapter takes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from diagalim.pipeline.digests import PROSE
from diagalim.settings.plan import PLAN_FILE, Plan
from diagalim.settings.words import CERTAINTY, NAMED, SETTINGS, ChapterWords
from diagalim.settings.words_file import not_a_fact, words_file, words_of
from diagalim.sources.described import published_schemas
from diagalim.wording.problems import Problem
from diagalim.wording.quotes import misquoted, quoted
from diagalim.workspace.folders import Folders
from diagalim.workspace.notebooks import page_of


def problems_of_words(
    chapter: str, folders: Folders, plan: Plan, stated: Mapping[str, Iterable[str]] | None = None
) -> list[Problem]:
    """Return what is wrong with the words of a chapter; nothing for one that has none.

    Parameters
    ----------
    chapter : str
        Its name.
    folders : Folders
        Where the notebooks are.
    plan : dict of str to ChapterPlan
        Which chapters and datasets it reads.
    stated : mapping of str to names, optional
        Facts of the chapters that have no words yet. Without them, a name that may be theirs is
        not looked at.
    """
    words = words_of(chapter, folders.root)
    if words is None:
        return []
    known = _known(chapter, folders, plan, stated or {})
    file = words_file(chapter, folders.root)
    named = [(file, f"clé {key}", name) for key, name in words.quotes() if name != CERTAINTY]
    named += _named_in_cells(folders, chapter)
    found = [_unknown(*quote, chapter, known) for quote in named]
    return [*filter(None, found), *_misread(file, words, chapter, plan), *_columns(file, words)]


def prose(notebook: Path) -> Iterator[tuple[str, str]]:
    """Yield the identifier and the text of each cell that begins ``%%texte``."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        first, _, text = "".join(cell["source"]).partition("\n")
        if cell["cell_type"] == "code" and first.strip() == PROSE:
            yield cell["id"], text


def _named_in_cells(folders: Folders, chapter: str) -> Iterator[tuple[str, str, str]]:
    file = f"{page_of(folders.root, chapter)}.ipynb"
    for cell, text in prose(folders.source(chapter)):
        names = [misquoted(text)] if misquoted(text) else quoted(text)
        yield from ((file, f"cellule {cell}", name) for name in names)


def _known(
    chapter: str, folders: Folders, plan: Plan, stated: Mapping[str, Iterable[str]]
) -> dict[str, set[str] | None]:
    """Return the facts of a chapter and of those that it reads; None for those that none can tell.

    Its own come first.
    """
    known: dict[str, set[str] | None] = {}
    for name in (chapter, *plan[chapter].lit):
        words = words_of(name, folders.root)
        own = set(words.faits) if words else set(stated[name]) if name in stated else None
        named = {fact for key, fact in NAMED.items() if key in plan[name].territoire}
        known[name] = own if own is None else own | named | {SETTINGS}
    return known


def _unknown(
    file: str, place: str, name: str, chapter: str, known: Mapping[str, set[str] | None]
) -> Problem | None:
    upstream, parted, fact = name.rpartition(".")
    own = known[chapter]
    if not parted and _among(name, own):
        return None
    places = (
        [known.get(upstream, set())] if parted else [f for n, f in known.items() if n != chapter]
    )
    found = [facts for facts in places if facts is None or _among(fact, facts)]
    if not found:
        every = {fact for facts in known.values() if facts for fact in facts}
        return not_a_fact(file, place, name, every)
    if len([facts for facts in found if facts is not None]) > 1:
        expected = "un seul chapitre lu qui donne ce fait"
        return Problem(file, place, name, expected, f"écrire {{chapitre.{name}}}")
    return None


def _among(name: str, facts: Iterable[str] | None) -> bool:
    return any(fnmatchcase(name, fact) for fact in facts or ())


def _misread(file: str, words: ChapterWords, chapter: str, plan: Plan) -> Iterator[Problem]:
    """Yield the datasets that the plan does not let the chapter read."""
    entries = [("faits", words.faits), ("montre", words.montre)]
    for group, name, entry in ((g, n, e) for g, held in entries for n, e in held.items()):
        listed = entry.sources if isinstance(entry.sources, list) else []
        for source in listed:
            if source not in plan[chapter].sources:
                allowed = ", ".join(plan[chapter].sources)
                place, remedy = f"clé {group}.{name}.sources", f"l'ajouter dans {PLAN_FILE}"
                yield Problem(file, place, source, f"une source du chapitre : {allowed}", remedy)


def _columns(file: str, words: ChapterWords) -> Iterator[Problem]:
    """Yield columns described twice or by a schema that there is not, and feet of no entry."""
    schemas = {form.key: form.schema for form in published_schemas()}
    for key, shown in words.montre.items():
        if shown.pied and shown.pied not in words.montre:
            place, expected = f"clé montre.{key}.pied", f"une entrée : {', '.join(words.montre)}"
            yield Problem(file, place, shown.pied, expected, "corriger")
        if shown.publie and shown.publie not in schemas:
            allowed = f"un schéma de data/schemas/publie : {', '.join(schemas)}"
            yield Problem(file, f"clé montre.{key}.publie", shown.publie, allowed, "corriger")
            continue
        fields = schemas[shown.publie]["fields"] if shown.publie else []
        there = {field.get("colonne", field["name"]) for field in fields}
        for name, column in shown.colonnes.items():
            if name in there and column.libelle:
                place = f"clé montre.{key}.colonnes.{name}.libelle"
                remedy = f"retirer « libelle », ou changer « court » dans {shown.publie}.json"
                yield Problem(
                    file, place, column.libelle, "une colonne décrite une seule fois", remedy
                )
