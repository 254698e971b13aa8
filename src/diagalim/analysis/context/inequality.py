"""How unequal is a city inside? The spread of its IRIS, which a city average hides.

Only published IRIS count; how many are withheld stands beside every figure.
"""

from __future__ import annotations

import pandas as pd


def iris_medians(observations: pd.DataFrame, vintage: int) -> pd.Series:
    """Return the median standard of living of each IRIS, in euros a year per consumption unit."""
    name = f"DISP_MED{vintage % 100:02d}"
    here = observations[observations["variable"] == name]
    return here.set_index("code")["valeur"].rename("niveau_vie")


def city_of(communes: pd.Series, cities: dict[str, list[str]]) -> pd.Series:
    """Return the city of each IRIS, missing outside the cities followed.

    Parameters
    ----------
    communes : Series
        Commune (or *arrondissement*) code of each IRIS.
    cities : dict of str to list of str
        Codes under which each city is known.
    """
    names = {code: name for name, codes in cities.items() for code in codes}
    return communes.map(names).rename("ville")


def spread_inside(values: pd.Series, groups: pd.Series, least: int = 5) -> pd.DataFrame:
    """Return how far apart the IRIS of each commune are.

    Parameters
    ----------
    values : Series
        Value of each IRIS (missing when withheld).
    groups : Series
        City of each IRIS, same index; missing outside the cities followed.
    least : int
        Fewer published IRIS than this give no spread.

    Returns
    -------
    DataFrame
        Indexed by group: ``p10``, ``mediane``, ``p90``, ``rapport`` (P90/P10), ``minimum``,
        ``maximum``, ``publies`` and ``masques`` (numbers of IRIS).
    """
    rows = {}
    for group, here in values.groupby(groups, sort=False):
        known = here.dropna()
        enough = len(known) >= least
        p10, p90 = (known.quantile(q) if enough else float("nan") for q in (0.1, 0.9))
        rows[group] = {
            "p10": p10,
            "mediane": known.median(),
            "p90": p90,
            "rapport": p90 / p10,
            "minimum": known.min(),
            "maximum": known.max(),
            "publies": len(known),
            "masques": int(here.isna().sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index")
