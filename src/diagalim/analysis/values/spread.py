"""How far may the value of a commune be from that of one of its IRIS?

As far as the IRIS of that commune differ between themselves, when enough of them are known; else as
the IRIS of the department do; else, for an indicator that no IRIS knows, as its communes do.
"""

from __future__ import annotations

import pandas as pd

LEAST_IRIS = 5
"""IRIS known in a commune from which their own spread is used (METHODS 3.3)."""
PUBLISHED = ("observe", "arrondi")
"""States of a value that its producer published for this very place."""


def spread_in_commune(
    values: pd.Series, states: pd.Series, iris: pd.DataFrame, lent: pd.Series
) -> pd.Series:
    """Return the standard deviation to give to the value of a commune lent to its IRIS.

    Parameters
    ----------
    values, states : Series
        Of one indicator, indexed by IRIS.
    iris : DataFrame
        Same index: ``commune``, ``type_iris``.
    lent : Series
        Value of the commune of each IRIS, same index.

    Returns
    -------
    Series
        In the unit of the indicator; missing where fewer than two places are known.
    """
    own = values.where(states.isin(PUBLISHED) & (iris["type_iris"] != "Z"))
    within = own.groupby(iris["commune"]).agg(["count", "std"])
    within = within["std"].where(within["count"] >= LEAST_IRIS)
    if own.count() >= LEAST_IRIS:
        otherwise = own.std()
    else:
        otherwise = lent.groupby(iris["commune"]).first().std()
    return iris["commune"].map(within).astype(float).fillna(otherwise)


def with_lent_spread(values: pd.DataFrame, iris: pd.DataFrame) -> pd.DataFrame:
    """Give its spread (``ecart``) to every value lent by a larger commune.

    Parameters
    ----------
    values : DataFrame
        Long, from `diagalim.analysis.values.recipes.all_values`.
    iris : DataFrame
        Indexed by IRIS: ``commune``, ``type_iris``.
    """
    result = values.copy()
    for _, here in values.groupby("indicateur", sort=False):
        lent = here["statut"] == "communal"
        if not lent.any():
            continue
        one = here.set_index("code_iris").reindex(iris.index)
        own = iris["type_iris"].eq("Z")
        spread = spread_in_commune(
            one["valeur"],
            one["statut"],
            iris,
            one["valeur"].where(one["statut"].eq("communal") | own),
        )
        result.loc[here.index[lent], "ecart"] = spread[here.loc[lent, "code_iris"]].to_numpy()
    return result
