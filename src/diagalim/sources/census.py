"""Insee, census: who lives in an IRIS, in what household, in what dwelling.

Two forms are read. ``base-ic`` is the official file of recent vintages (``;``, one row an IRIS of
the whole country). ``extrait`` is a re-published selection of columns of the 2016 vintage, IRIS of
type H only. ``C`` columns come from the complementary processing (about one household in four) and
are never divided by ``P`` columns. Counts carry decimals: these are survey weights, not noise.
"""

from __future__ import annotations

import pandas as pd

from diagalim.sources.codes import COMMUNE_EXAMPLE, COMMUNE_FORM
from diagalim.sources.layout import Layout, iris_layout
from diagalim.sources.observations import as_observations
from diagalim.sources.registry import Resolved
from diagalim.sources.tabular import read_text_table, to_numbers
from diagalim.territory import Territory

_EXTRACT = {
    "recensement_population": (
        *(f"P{{y}}_POP{age}" for age in ("0014", "1529", "3044", "4559", "6074", "75P")),
        *(f"C{{y}}_POP15P_CS{group}" for group in range(1, 9)),
    ),
    "recensement_menages": tuple(
        f"C{{y}}_PMEN_{kind}"
        for kind in ("MENSFAM", "MENHSEUL", "MENFSEUL", "MENCOUPSENF", "MENCOUPAENF", "MENFAMMONO")
    ),
    "recensement_logement": ("P{y}_RPMAISON", "P{y}_RPAPPART", "P{y}_RP_LOCHLMV"),
}
_BASE_IC = {
    "recensement_population": (
        "P{y}_POP",
        *(f"P{{y}}_POP{age}" for age in ("0014", "1529", "75P")),
        "C{y}_POP15P",
        "C{y}_POP15P_STAT_GSEC15_25",
        "C{y}_POP15P_STAT_GSEC16_26",
        "C{y}_POP15P_STAT_GSEC40",
    ),
    "recensement_menages": ("C{y}_MEN", "C{y}_MENPSEUL", "C{y}_MENFAMMONO"),
    "recensement_logement": ("P{y}_RP", "P{y}_RP_LOCHLMV", "P{y}_RP_VOIT1P"),
}
"""Columns read in each file, ``{y}`` standing for the vintage (Insee, dictionaries of the bases
infracommunales)."""

_SHARES = ("TX_NSCOL15P", "TX_MENSEUL", "TX_FAMMONO", "TX_25ETMOINS")


def read_iris_table(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read one census table by IRIS, in whichever form the file found has.

    Returns
    -------
    DataFrame
        Observations of counts (persons, households or dwellings, see the column) keyed by IRIS.

    Raises
    ------
    InputError
        When the form of the file is not the declared one.
    """
    official = resolved.pattern.format == "base-ic"
    columns = (_BASE_IC if official else _EXTRACT)[resolved.id]
    year = f"{resolved.vintage % 100:02d}"
    layout = iris_layout(
        separator=";" if official else ",",
        key="IRIS",
        numbers=tuple(name.format(y=year) for name in columns),
        bounds={name.format(y=year): (0.0, 1e6) for name in columns},
    )
    table = read_text_table(resolved.path, layout, territory.code)
    return as_observations(to_numbers(table, resolved.path, layout))


def read_commune_shares(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the re-published commune shares of the 2017 census.

    The file repeats 46 codes with empty values; those rows are dropped. ``TX_NSCOL15P`` is the
    share of people out of school **with at most a CAP or BEP** among people of 15 and over, not
    the share without a diploma. ``TX_25ETMOINS`` is over the same people.

    Returns
    -------
    DataFrame
        Observations in percent keyed by commune or *arrondissement*.
    """
    layout = Layout(
        separator=",",
        decimal=".",
        key="CODE_INSEE",
        key_form=COMMUNE_FORM,
        key_example=COMMUNE_EXAMPLE,
        numbers=_SHARES,
        bounds={name: (0.0, 100.0) for name in _SHARES},
        unique_key=False,
    )
    table = read_text_table(resolved.path, layout, territory.code)
    empty = (table[list(_SHARES)] == "").all(axis=1)
    kept = table[~empty]
    numbers = to_numbers(kept, resolved.path, layout)
    return as_observations(numbers.drop_duplicates(["code", "variable"]))
