"""The tables of « Examen des indicateurs », as numbers: ``examen.yml`` writes them.

Every table names an indicator in the words of the recipe that served it.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from diagalim.analysis.score.multivariate import CONTRARY, REDUNDANT
from diagalim.analysis.screening.screened import Screened
from diagalim.settings.indicators import Registry
from diagalim.wording import french

MOTIVES = {REDUNDANT: "disent presque la même chose", CONTRARY: "s'opposent"}
SHOWN_COMPONENTS, SHOWN_INDICATORS = 5, 3
WHOLE = "Tous ensemble"


def words_of(name: str, registry: Registry) -> str:
    """Return the name of an indicator as a sentence holds it, thousands kept together."""
    return re.sub(r"(?<=\d) (?=\d{3}\b)", french.NARROW, registry.indicateurs[name].libelle)


def label(name: str, registry: Registry) -> str:
    """Return the name of an indicator with a capital first."""
    words = words_of(name, registry)
    return words[:1].upper() + words[1:]


def dimension_label(name: str, registry: Registry) -> str:
    """Return the name of a dimension."""
    return registry.dimensions[name].libelle


def numbered(names: list[str], registry: Registry) -> list[str]:
    """Return the indicators with their number, which heads the columns of a matrix."""
    return [f"{n}. {label(name, registry)}" for n, name in enumerate(names, start=1)]


def coverage(
    by_type: pd.DataFrame, totals: pd.Series, known: pd.DataFrame, registry: Registry
) -> pd.DataFrame:
    """Return, for each indicator, how many IRIS of each type and inhabitants it covers.

    Parameters
    ----------
    by_type : DataFrame of int
        From `diagalim.analysis.values.coverage.known_by_type`.
    totals : Series of int
        IRIS of each type.
    known : DataFrame
        From `diagalim.analysis.values.coverage.coverage`.
    """
    heads = {kind: f"{kind} (sur {french.number(totals[kind])})" for kind in by_type.columns}
    people = known["part_population"].reindex(by_type.index)
    return _named(by_type.rename(columns=heads).assign(part_population=people), registry)


def states(states: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Return how many values of each indicator are published, rounded, lent, estimated, withheld.

    Parameters
    ----------
    states : DataFrame of int
        From `diagalim.analysis.values.coverage.states_by_indicator`.
    """
    return _named(states, registry)


def shapes(described: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Return the shape of each indicator, and what to note of it.

    Parameters
    ----------
    described : DataFrame
        From `diagalim.analysis.score.multivariate.screening`.
    """
    noted = np.select(
        [described["constant"], described["extreme"]], ["une seule valeur", "valeurs extrêmes"], "–"
    )
    kept = ["connus", "distincts", "part_zeros", "asymetrie", "aplatissement"]
    return _named(described[kept].assign(a_noter=noted), registry)


def matrix(found: Screened, registry: Registry) -> pd.DataFrame:
    """Return the correlations of the figure as a table, each pair once, under the diagonal."""
    rho = found.rho.to_numpy()
    before = range(len(rho) - 1)
    cells = [
        [line[j] if j < i else "1" if j == i else "" for j in before] for i, line in enumerate(rho)
    ]
    columns = [str(j + 1) for j in before]
    return pd.DataFrame(cells, index=numbered(found.names, registry), columns=columns)


def pairs(found: Screened, registry: Registry) -> pd.DataFrame:
    """Return the pairs that repeat or contradict each other, from the closest to the most opposed.

    An empty table when there is none.
    """
    rows = [
        [
            label(row.autre, registry),
            dimension_label(row.dimension, registry) if row.dimension else "deux dimensions",
            row.rho,
            MOTIVES[row.motif],
        ]
        for row in found.pairs.itertuples()
    ]
    index = [label(name, registry) for name in found.pairs["indicateur"]]
    return pd.DataFrame(rows, index=index, columns=["autre", "dimension", "rho", "motif"])


def coherence(found: Screened, registry: Registry) -> pd.DataFrame:
    """Return how far the indicators of each dimension, then all of them, hang together."""
    first = found.components.shares[0] if found.components else np.nan
    kept = ["indicateurs", "alpha_valeurs", "alpha_centiles", "part_premiere"]
    table = found.coherence[kept].rename(index=lambda name: dimension_label(name, registry))
    whole = [len(found.names), found.alpha_values, found.alpha_percentiles, first]
    return pd.concat([table, pd.DataFrame([whole], index=[WHOLE], columns=kept)])


def components(found: Screened, registry: Registry) -> pd.DataFrame:
    """Return the first components: what each carries, and the indicators most tied to it.

    An empty table when there is none.
    """
    rows = {}
    for axis in range(min(SHOWN_COMPONENTS, len(found.names)) if found.components else 0):
        shares = found.components.shares
        tied = pd.Series(found.components.loadings[:, axis], index=found.names)
        rows[f"Axe {axis + 1}"] = {
            "part": shares[axis],
            "cumulee": shares[: axis + 1].sum(),
            "lies": _most_tied(tied, registry),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _most_tied(tied: pd.Series, registry: Registry) -> str:
    most = tied.abs().nlargest(SHOWN_INDICATORS).index
    named = [f"{label(n, registry)} ({french.number(tied[n], 2, sign=True)})" for n in most]
    return f"{french.NARROW}; ".join(named)


def weights(found: Screened, registry: Registry) -> pd.DataFrame:
    """Return what each dimension would weigh under three ways to set the weights.

    An empty table when there is no component.
    """
    named = found.weights.rename(index=lambda name: dimension_label(name, registry))
    return named if found.components else named.iloc[:0]


def _named(table: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    return table.rename(index=lambda name: label(name, registry))
