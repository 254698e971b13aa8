"""Which tables does this edition hand out, with which columns, and what is left out and why?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from diagalim.chapter.facts import NATURES, Fact, Facts
from diagalim.downloads.columns import handed_schema, published_fields, shaped, without_index
from diagalim.downloads.licences import closed
from diagalim.downloads.notice import Notice
from diagalim.downloads.text_file import csv_bytes, schema_bytes
from diagalim.downloads.workbook import xlsx_bytes
from diagalim.sources.described import published_schemas
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

QUOTED = "chiffres_du_rapport"
"""The table of the figures that sentences quote, which no chapter keeps as a table."""
SETTING_FILE = "fichier_territoire"
"""A fact of every chapter that is a name of file, not a figure."""
SYNTHETIC = "synthétique"
MAKER = "diagalim"


@dataclass(frozen=True)
class Offered:
    """One published table and all that its files say.

    Parameters
    ----------
    name : str
        Name of its schema.
    stem : str
        Name of its files without suffix; that of a fictitious department begins with « fictif ».
    table : DataFrame
        From `diagalim.downloads.columns.shaped`.
    fields : list of dict
        Its columns, in order.
    schema : dict
        From ``data/schemas/publie``.
    notice : Notice
        What the files say of themselves.
    withheld : dict of str to str
        Columns left out, by title, with the datasets whose licence forbids it.
    """

    name: str
    stem: str
    table: pd.DataFrame
    fields: list[dict[str, Any]]
    schema: dict[str, Any]
    notice: Notice
    withheld: dict[str, str] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """Return the CSV, the workbook and the Table Schema, by name of file."""
        described = self.notice.on_schema(handed_schema(self.schema, self.fields))
        return {
            f"{self.stem}.csv": csv_bytes(self.table, self.fields),
            f"{self.stem}.xlsx": xlsx_bytes(self.table, self.fields, self.notice),
            f"{self.stem}.schema.json": schema_bytes(described),
        }


def published(chapter: Chapter) -> list[Offered]:
    """Return the tables that the chapters kept, that have a schema, and that this edition has.

    A table that rests on real documents is left out of a fictitious department.
    """
    fictitious = chapter.territory.nature == SYNTHETIC
    offered = []
    for form in published_schemas():
        schema = form.schema
        if not schema["chapitre"] or (schema.get("reel") and fictitious):
            continue
        facts = chapter.facts_of(schema["chapitre"])
        if not all(name in facts for name in schema["faits"]):
            continue  # the chapter says itself what is missing
        table = without_index(chapter.table(schema["chapitre"], schema["table"]), schema)
        if len(table):
            stem = stem_of(chapter, form.key)
            offered.append(_offered(chapter, form.key, stem, schema, table, facts))
    return offered


def facts_of(chapter: Chapter) -> Offered:
    """Return the figures that the sentences of the report quote, as a table.

    A text without a digit (a name, a word) is no figure and stays out.
    """
    schema = next(f.schema for f in published_schemas() if f.key == QUOTED)
    lines = [
        _line(page, fact)
        for page in chapter.plan.lit
        for fact in chapter.facts_of(page)
        if fact.id != SETTING_FILE and any(character.isdigit() for character in fact.text)
    ]
    table = pd.DataFrame(lines, columns=[f["name"] for f in schema["fields"]])
    each = "donnée à chaque ligne"
    notice = notice_of(chapter, schema["title"], schema["description"], each, each, each)
    fields = published_fields(schema, table.columns)
    ready = shaped(table, fields, schema["primaryKey"])
    return Offered(QUOTED, stem_of(chapter, QUOTED), ready, fields, schema, notice)


def files_of(tables: list[Offered]) -> dict[str, bytes]:
    """Return the files of some tables, by name."""
    return {name: content for table in tables for name, content in table.files().items()}


def stem_of(chapter: Chapter, name: str) -> str:
    """Return the name of a file without suffix: whose it is, which department, what it holds."""
    maker = "fictif" if chapter.territory.nature == SYNTHETIC else MAKER
    return f"{maker}_{chapter.territory.code}_{name}"


def notice_of(
    chapter: Chapter,
    title: str,
    about: str,
    source: str,
    nature: str,
    certainty: str,
    remark: str = "",
) -> Notice:
    """Return what a file of this territory and edition says of itself."""
    territory = chapter.territory
    return Notice(
        title=title,
        about=about,
        territory=f"{territory.nom} ({territory.code})",
        edition=territory.edition,
        source=source,
        nature=nature,
        certainty=certainty,
        fictitious=territory.nature == SYNTHETIC,
        remark=remark,
    )


def _offered(
    chapter: Chapter,
    name: str,
    stem: str,
    schema: dict[str, Any],
    table: pd.DataFrame,
    facts: Facts,
) -> Offered:
    withheld = _withheld(chapter, schema, facts)
    titles = {entry["name"]: entry["title"] for entry in schema["fields"]}
    fields = published_fields(schema, table.columns, withheld)
    behind = [facts[fact] for fact in schema["faits"]]
    notice = notice_of(
        chapter,
        schema["title"],
        schema["description"],
        " ; ".join(dict.fromkeys(fact.source for fact in behind)),
        max((fact.nature for fact in behind), key=NATURES.index),
        " ; ".join(dict.fromkeys(fact.certainty for fact in behind)),
        _remark(chapter, behind),
    )
    return Offered(
        name,
        stem,
        shaped(table, fields, schema["primaryKey"]),
        fields,
        schema,
        notice,
        {titles[key]: why for key, why in withheld.items()},
    )


def _withheld(chapter: Chapter, schema: dict[str, Any], facts: Facts) -> dict[str, str]:
    """Return the columns that rest on a dataset whose values may not be handed out, with which."""
    found = {}
    for entry in schema["fields"]:
        fact = facts[entry["repose_sur"]] if entry.get("repose_sur") in facts else None
        named = _closed_names(chapter, [fact] if fact else [])
        if named:
            found[entry["name"]] = named
    return found


def _remark(chapter: Chapter, behind: list[Fact]) -> str:
    named = _closed_names(chapter, behind)
    return f"calculé aussi avec {named} ; aucune valeur n'en est donnée ici" if named else ""


def _closed_names(chapter: Chapter, facts: list[Fact]) -> str:
    keys = [key for fact in facts for key, _ in fact.datasets]
    fictitious = chapter.territory.nature == SYNTHETIC
    shut = closed(dict.fromkeys(keys), fictitious=fictitious)
    return french.listed([f"« {s.court} » ({s.producteur} : {s.licence})" for s in shut.values()])


def _line(page: str, fact: Fact) -> dict[str, Any]:
    low, high = fact.interval or (None, None)
    return {
        "page": page,
        "id": fact.id,
        "libelle": fact.label,
        "valeur": None if isinstance(fact.value, str) else float(fact.value),
        "texte": fact.text,
        "unite": fact.unit,
        "bas": low,
        "haut": high,
        "annee": fact.year,
        "nature": fact.nature,
        "certitude": fact.certainty,
        "source": fact.source,
    }
