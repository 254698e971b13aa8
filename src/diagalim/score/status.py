"""Which IRIS get a score, which do not, and why: nobody is left out silently.

An IRIS of too few inhabitants is not scored, nor one whose resources the producer withholds. A
score resting for more than half on borrowed values is *indicatif*; above 0.8 it is not given.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

BORROWED = {"communal": 1.0, "carreaux": 1.0, "estime": 1.0, "proxy": 0.5}
"""How far a value in each state rests on something else than the IRIS itself (METHODS 3.3)."""
INDICATIVE_ABOVE, UNSCORED_ABOVE = 0.5, 0.8
TOLERANCE = 1e-9

SCORED, INDICATIVE, UNSCORED, EMPTY = "note", "indicatif", "non_note", "sans_population"

REASONS = {
    "sans_population": "aucun habitant au recensement",
    "peu_habite": "moins de {seuil} habitants",
    "ressources_secretes": "revenus masqués par le secret statistique",
    "ressources_absentes": "revenus absents des fichiers",
    "trop_peu": "trop peu d'indicateurs connus",
    "trop_estime": "score reposant presque entièrement sur des valeurs empruntées",
}
"""Reasons not to score, in French, in the order in which they are tried."""


def borrowed_share(states: pd.DataFrame, effective_weights: pd.DataFrame) -> pd.Series:
    """Return the share of a score that rests on borrowed values.

    Parameters
    ----------
    states : DataFrame of str
        State of each value, units in rows, indicators in columns.
    effective_weights : DataFrame
        From `diagalim.score.composite.Composite`, same index and columns; rows sum to 1.
    """
    weight = states[effective_weights.columns].replace(BORROWED)
    share = weight.apply(pd.to_numeric, errors="coerce").fillna(0.0)
    return (share * effective_weights).sum(axis=1).where(effective_weights.notna().any(axis=1))


def why_unscored(
    iris: pd.DataFrame,
    states: pd.DataFrame,
    scored: pd.Series,
    borrowed: pd.Series,
    *,
    resources: list[str],
    least_population: int,
) -> pd.DataFrame:
    """Give each IRIS its status and, where it has no score, the reason.

    Parameters
    ----------
    iris : DataFrame
        Indexed by IRIS, with ``population``.
    states : DataFrame of str
        State of each value.
    scored : Series of bool
        Whether the engine gave a score.
    borrowed : Series
        From `borrowed_share`.
    resources : list of str
        Indicators of the dimension that a score requires.
    least_population : int
        Under this many inhabitants an IRIS is not scored.

    Returns
    -------
    DataFrame
        ``statut`` (note, indicatif, non_note, sans_population), ``raison`` (key of `REASONS`, or
        empty) and ``motif`` (the reason in French, or empty).
    """
    income = states[resources]
    conditions = {
        "sans_population": iris["population"] <= 0,
        "peu_habite": iris["population"] < least_population,
        "ressources_secretes": ~scored & income.eq("secret").any(axis=1),
        "ressources_absentes": ~scored & income.eq("absent").all(axis=1),
        "trop_peu": ~scored,
        "trop_estime": borrowed > UNSCORED_ABOVE + TOLERANCE,
    }
    reason = np.select(list(conditions.values()), list(conditions), "")
    table = pd.DataFrame({"raison": reason}, index=iris.index)
    table["motif"] = (
        table["raison"].map(REASONS).fillna("").str.replace("{seuil}", str(least_population))
    )
    indicative = (table["raison"] == "") & (borrowed > INDICATIVE_ABOVE + TOLERANCE)
    table["statut"] = np.select(
        [table["raison"] == "sans_population", table["raison"] != "", indicative],
        [EMPTY, UNSCORED, INDICATIVE],
        SCORED,
    )
    return table[["statut", "raison", "motif"]]


def by_type(iris: pd.DataFrame, status: pd.DataFrame) -> pd.DataFrame:
    """Count IRIS and inhabitants by reason and type of IRIS.

    Returns
    -------
    DataFrame
        One row a reason (``""`` is scored): number of IRIS by type, ``iris`` and ``population``.
    """
    joined = iris[["type_iris", "population"]].join(status)
    counts = joined.pivot_table(
        index="raison", columns="type_iris", values="population", aggfunc="size", fill_value=0
    )
    counts["iris"] = joined.groupby("raison").size()
    counts["population"] = joined.groupby("raison")["population"].sum()
    order = [key for key in ["", *REASONS] if key in counts.index]
    return counts.loc[order]
