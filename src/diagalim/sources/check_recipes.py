"""Can the recipes of the indicators be followed with the files of this study?

A dataset or a column that a recipe misspells would leave its indicator out, or stop a notebook half
way: it is said before any of them runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from diagalim.settings.indicators import FILE, Columns, Registry
from diagalim.settings.territory import Territory
from diagalim.sources.recipe_columns import parts_of
from diagalim.sources.registry import find, load_sources
from diagalim.wording.problems import InputError, Problem

SHOWN_NAMES = 3
"""Names that a message proposes at most."""


def unknown_datasets(registry: Registry) -> list[Problem]:
    """Return the datasets that recipes name and that nothing declares."""
    known = list(load_sources())
    problems = []
    for place, part, _, _ in parts_of(registry):
        if part.source not in known:
            near = get_close_matches(part.source, known, n=1)
            hint = f"vouliez-vous « {near[0]} » ? sinon " if near else ""
            problems.append(
                Problem(
                    FILE,
                    f"clé {place}",
                    part.source,
                    "un jeu de données de data/sources.yml",
                    f"{hint}corriger ce nom ou y déclarer le jeu",
                )
            )
    return problems


def check_recipes(
    registry: Registry, tables: Mapping[str, Any], territory: Territory
) -> list[Problem]:
    """Return the columns of recipes that the files of a study do not hold.

    Parameters
    ----------
    registry : Registry
        The indicators, whose datasets are all declared (`unknown_datasets`).
    tables : mapping of str to DataFrame
        Datasets that could be read, by identifier.
    territory : Territory
        Whose files they are.
    """
    held = {
        source: sorted(table["variable"].unique())
        for source, table in tables.items()
        if "variable" in table
    }
    return [
        problem
        for place, part, layout, _ in parts_of(registry)
        if part.source in held
        for problem in _lost_columns(place, part, layout, held[part.source], territory)
    ]


def _lost_columns(
    place: str, part: Columns, layout: str | None, held: list[str], territory: Territory
) -> list[Problem]:
    try:
        found = find(part.source, territory)
    except InputError:  # said when the file is read
        return []
    if found is None or layout not in (None, found.pattern.format):
        return []
    names = [name.format(aa=f"{found.vintage % 100:02d}") for name in part.colonnes]
    return [
        Problem(
            FILE,
            f"clé {place}",
            name,
            f"une colonne de {found.path.name} (lue même sans ligne dans son schéma), comme "
            + ", ".join(get_close_matches(name, held, n=SHOWN_NAMES, cutoff=0.0)),
            "corriger ce nom ici, ou dire de quel format de fichier il vient (clé format)",
        )
        for name in names
        if name not in held
    ]
