"""Insee, Filosofi: standard of living and poverty, by IRIS and by commune.

Filosofi joins tax returns and benefits. It leaves out people in institutions and people without a
home, the very publics of street food aid: say so wherever a rate is shown.

The decimal mark is a comma in both files. Withheld values are tokens, never numbers. The poverty
rate of an IRIS is rounded by Insee as ``DISP_INCERT`` says; that of a commune is an integer.
Source: Insee, documentation of Filosofi 2021 by IRIS (insee.fr/fr/statistiques/8229323).
"""

from __future__ import annotations

import pandas as pd

from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.observations import as_observations
from diagalim.sources.tables.tabular import read_text_table, to_numbers

STEMS = {"filosofi_iris": "DISP", "filosofi_iris_declare": "DEC"}
"""Beginning of the column names of each file by IRIS: disposable, declared incomes."""
INCERT_HALF_WIDTH = {1.0: 0.5, 2.0: 1.0}
"""Half-width, in points, of the poverty rate under each code of ``DISP_INCERT``: 1 rounds to the
unit, 2 to the nearest odd integer."""
COMMUNE_HALF_WIDTH = 0.5
"""The commune file gives the poverty rate as an integer."""


def read_iris(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the file of disposable incomes by IRIS, or that of declared incomes.

    Declared incomes are before taxes and benefits: a low declared income is no poverty, and the two
    rates are never put side by side as one.

    Parameters
    ----------
    resolved : Resolved
        The file, national or already cut to the department.
    territory : Territory
        The study; rows of other departments are dropped.

    Returns
    -------
    DataFrame
        Observations (`diagalim.sources.tables.observations`) keyed by IRIS (9 characters). Rates in
        percent, incomes in euros a year per consumption unit.

    Raises
    ------
    InputError
        When the form of the file is not the declared one.
    """
    layout = layout_of(resolved)
    table = read_text_table(resolved.path, layout, territory.code)
    numbers = to_numbers(table, resolved.path, layout)
    year = f"{resolved.vintage % 100:02d}"
    stem = STEMS[resolved.id]
    rounding = numbers[numbers["variable"] == f"{stem}_INCERT{year}"].set_index("code")["valeur"]
    half = numbers["code"].map(rounding).map(INCERT_HALF_WIDTH).fillna(0.0)
    rounded = numbers["variable"] == f"{stem}_TP60{year}"
    return as_observations(numbers, half_rounding=half.where(rounded, 0.0))


def read_communes(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the commune file of the territory: communes, and both Marseille and its districts.

    Returns
    -------
    DataFrame
        Observations keyed by commune (5 characters). A commune cut into *arrondissements* stands
        beside them: never add the rows up (`diagalim.analysis.context.framing.without_districts`).
    """
    return _communes(resolved, territory.code)


def read_communes_region(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the commune file for all the departments of the region of the territory.

    The file is national, so the regional rate can be rebuilt from the communes of the whole
    region, never from those of one department.
    """
    return _communes(resolved, tuple(territory.region.departements))


def _communes(resolved: Resolved, prefix: str | tuple[str, ...]) -> pd.DataFrame:
    layout = layout_of(resolved)
    numbers = to_numbers(read_text_table(resolved.path, layout, prefix), resolved.path, layout)
    rate = numbers["variable"] == f"TP60{resolved.vintage % 100:02d}"
    return as_observations(numbers, half_rounding=rate * COMMUNE_HALF_WIDTH)
