"""Which columns do the recipes of the indicators ask of a file, beside those its schema describes?

An indicator is one entry of ``data/indicators.yml``: a column that its recipe names is read as a
number where the file holds it, and the data dictionary says which indicator asked for it. A column
whose meaning, bounds or withheld tokens matter has its place in the schema.
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from diagalim.settings.indicators import Columns, Registry
from diagalim.settings.indicators_file import load_indicators
from diagalim.sources.registry import Resolved
from diagalim.sources.tables.layout import Layout
from diagalim.sources.tables.workbook import BROKEN

MADE = "variables"
"""Key of a schema that lists the variables that its reader makes, under names of its own."""


def parts_of(
    registry: Registry, *, sizes: bool = False
) -> list[tuple[str, Columns, str | None, str]]:
    """Return each part of each recipe: its place in the file, the layout it asks for, its label.

    Parameters
    ----------
    registry : Registry
        The indicators.
    sizes : bool
        With the sizes of universes, of which a recipe may name several and use the first at hand.
    """
    people = [
        (f"population.{number}", part, part.format, "habitants")
        for number, part in enumerate(registry.population)
    ]
    return people + [
        (f"indicateurs.{name}.recettes.{number}", part, part.format or recipe.format,
         recipe.libelle or indicator.libelle)
        for name, indicator in registry.indicateurs.items()
        for number, recipe in enumerate(indicator.recettes)
        for part in (*recipe.parts, *(recipe.effectif if sizes else ()))
    ]  # fmt: skip


def asked_columns(source_id: str, form: str, vintage: int) -> dict[str, list[str]]:
    """Return the columns that recipes name in one form of a dataset, with who asks for each."""
    asked: dict[str, list[str]] = {}
    for _, part, layout, label in parts_of(load_indicators(), sizes=True):
        if part.source != source_id or layout not in (None, form):
            continue
        for column in part.colonnes:
            asked.setdefault(column.format(aa=f"{vintage % 100:02d}"), []).append(label)
    return asked


def with_asked(layout: Layout, resolved: Resolved, made: Collection[str] = ()) -> Layout:
    """Return a layout with the columns that recipes ask and that the file holds.

    Parameters
    ----------
    layout : Layout
        What the schema declares.
    resolved : Resolved
        The file.
    made : collection of str
        Variables that the reader makes (`MADE`): no columns to look for.
    """
    asked = asked_columns(resolved.id, resolved.pattern.format, resolved.vintage)
    new = [name for name in asked if name not in {*layout.columns, *made}]
    if not new:
        return layout
    held = header_of(resolved, layout)
    return replace(layout, numbers=(*layout.numbers, *(name for name in new if name in held)))


def header_of(resolved: Resolved, layout: Layout) -> list[str]:
    """Return the names of the columns of a file; none when it cannot be read, which readers say."""
    if not layout.sheet:
        with resolved.path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            try:
                first = next(csv.reader(file, delimiter=layout.separator or ","), [])
            except csv.Error:  # an endless field: said in French when the table is read
                return []
        return [name.strip() for name in first]
    try:
        head = pd.read_excel(
            resolved.path, sheet_name=layout.sheet, header=layout.header_row - 1, nrows=0
        )
    except (ValueError, *BROKEN):  # `read_sheet` says what is wrong with it, in French
        return []
    return [str(name).strip() for name in head.columns]


def asked_fields(schema: dict[str, Any], asked: dict[str, list[str]]) -> dict[str, Any]:
    """Return a schema with a field for each column that recipes ask and that it does not describe.

    Parameters
    ----------
    schema : dict
        Table Schema, the vintage put into its column names.
    asked : dict of str to list of str
        From `asked_columns`.
    """
    known = {field["name"] for field in schema["fields"]} | set(schema.get(MADE, []))
    new = [
        {
            "name": name,
            "type": "number",
            "title": f"Colonne demandée par l'indicateur « {labels[0]} »",
            "description": "Lue parce qu'une recette de data/indicators.yml la nomme, là où le "
            "fichier la donne ; ses bornes ne sont pas contrôlées.",
        }
        for name, labels in asked.items()
        if name not in known
    ]
    return {**schema, "fields": [*schema["fields"], *new]} if new else schema
