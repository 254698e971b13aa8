"""Which IRIS get a score, which do not, and why: nobody is left out silently.

An IRIS of too few inhabitants is not scored. A commune that is not cut always is, as the territory
must be covered, but the score of one of so few inhabitants is *indicatif*. Withheld resources are
estimated where people live; in an IRIS of activities or other uses (A, D), only if at least half of
the weights rest on what was observed there. A score resting for more than half on borrowed or
estimated values is *indicatif*; above 0.8 it is not given.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagalim.analysis.score.composite import Composite, Weights
from diagalim.analysis.values.spread import PUBLISHED
from diagalim.settings.indicators import REQUIRED_DIMENSION

BORROWED = {"communal": 1.0, "carreaux": 1.0, "estime": 1.0, "proxy": 0.5}
"""How far a value in each state rests on something else than the IRIS itself (METHODS 3.3)."""
INDICATIVE_ABOVE, UNSCORED_ABOVE = 0.5, 0.8
LEAST_OBSERVED = 0.5
"""Share of the weights observed from which an IRIS of type A or D is estimated (METHODS 3.3)."""
TOLERANCE = 1e-9

SCORED, INDICATIVE, UNSCORED, EMPTY = "note", "indicatif", "non_note", "sans_population"

REASONS = {
    "sans_population": "aucun habitant au recensement",
    "population_inconnue": "nombre d'habitants absent des fichiers",
    "peu_habite": "moins de {seuil} habitants",
    "ressources_secretes": "revenus masqués par le secret statistique",
    "ressources_partielles": "revenus en partie masqués par le secret statistique",
    "ressources_absentes": "revenus absents des fichiers",
    "trop_peu": "trop peu d'indicateurs connus",
    "trop_estime": "score reposant presque entièrement sur des valeurs empruntées",
}
"""Reasons not to score, in French, in the order in which they are tried."""
WITHHELD = (REASONS["ressources_secretes"], REASONS["ressources_partielles"])
"""Those that statistical confidentiality gives."""


def scorable(iris: pd.DataFrame, least_population: int) -> pd.Series:
    """Return which places may be scored: peopled enough, or a whole commune.

    Parameters
    ----------
    iris : DataFrame
        Indexed by IRIS: ``population``, ``type_iris``.
    least_population : int
        Under this many inhabitants an IRIS is not scored; a commune that is not cut (Z) is.
    """
    enough = (iris["population"] >= least_population) | (iris["type_iris"] == "Z")
    return enough & (iris["population"] > 0)


def observed_share(states: pd.DataFrame, weights: Weights) -> pd.Series:
    """Return the share of the weights of the score that rests on values published for the place.

    Parameters
    ----------
    states : DataFrame of str
        State of each value, units in rows, indicators in columns.
    weights : Weights
        Of dimensions and indicators, whatever is missing.
    """
    shares = pd.Series(weights.shares)
    return (states[list(shares.index)].isin(PUBLISHED) * shares).sum(axis=1)


def may_be_estimated(
    iris: pd.DataFrame, states: pd.DataFrame, weights: Weights, least_population: int
) -> pd.Series:
    """Return in which places withheld values are estimated: those that a score may then reach."""
    peopled = iris["type_iris"].isin(["H", "Z"])
    observed = observed_share(states, weights) >= LEAST_OBSERVED - TOLERANCE
    return scorable(iris, least_population) & (peopled | observed.reindex(iris.index))


def borrowed_share(states: pd.DataFrame, effective_weights: pd.DataFrame) -> pd.Series:
    """Return the share of a score that rests on borrowed values.

    Parameters
    ----------
    states : DataFrame of str
        State of each value, units in rows, indicators in columns.
    effective_weights : DataFrame
        From `diagalim.analysis.score.composite.Composite`, same index and columns; rows sum to 1.
    """
    weight = states[effective_weights.columns].replace(BORROWED)
    share = weight.apply(pd.to_numeric, errors="coerce").fillna(0.0)
    return (share * effective_weights).sum(axis=1).where(effective_weights.notna().any(axis=1))


def bearable(borrowed: pd.Series) -> pd.Series:
    """Return whether a score rests little enough on borrowed values to be given."""
    return ~(borrowed > UNSCORED_ABOVE + TOLERANCE)


def why_unscored(
    iris: pd.DataFrame,
    states: pd.DataFrame,
    result: Composite,
    borrowed: pd.Series,
    *,
    resources: list[str],
    income: str,
    least_population: int,
) -> pd.DataFrame:
    """Give each IRIS its status and, where it has no score, the reason.

    Parameters
    ----------
    iris : DataFrame
        Indexed by IRIS, with ``population`` and ``type_iris``.
    states : DataFrame of str
        State of each value.
    result : Composite
        What the engine gave; a score resting too much on borrowed values already taken out.
    borrowed : Series
        From `borrowed_share`, before that.
    resources : list of str
        Indicators of the dimension that a score requires.
    income : str
        The one of them that is published the most widely: known, the others are withheld in part.
    least_population : int
        Under this many inhabitants an IRIS is not scored.

    Returns
    -------
    DataFrame
        ``statut`` (note, indicatif, non_note, sans_population), ``raison`` (key of `REASONS`, or
        empty) and ``motif`` (the reason in French, or empty).
    """
    scored = result.score.notna()
    without = ~scored & result.dimensions[REQUIRED_DIMENSION].isna() & bearable(borrowed)
    secret = states[resources].eq("secret").any(axis=1)
    partly = states[income].isin(["observe", "arrondi"])
    conditions = {
        "sans_population": iris["population"] <= 0,
        "population_inconnue": iris["population"].isna(),
        "peu_habite": ~scorable(iris, least_population),
        "trop_estime": ~bearable(borrowed),
        "ressources_secretes": without & secret & ~partly,
        "ressources_partielles": without & secret & partly,
        "ressources_absentes": without & ~secret & ~partly,
        "trop_peu": ~scored,
    }
    reason = np.select(list(conditions.values()), list(conditions), "")
    table = pd.DataFrame({"raison": reason}, index=iris.index)
    table["motif"] = (
        table["raison"].map(REASONS).fillna("").str.replace("{seuil}", str(least_population))
    )
    frail = (borrowed > INDICATIVE_ABOVE + TOLERANCE) | (iris["population"] < least_population)
    indicative = (table["raison"] == "") & frail
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
