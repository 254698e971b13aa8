"""Do high scores stand side by side, and where?

Moran's I says whether neighbours resemble each other more than chance would have it, over the whole
territory. Local indicators (LISA) say where: high among high (HH), low among low (LL), and the two
exceptions, low among high (LH) and high among low (HL). A cluster of high scores is a place to look
at, not a border, and nothing here says why it is there.

References: Moran (1950), Biometrika 37; Anselin (1995), Geographical Analysis 27; Benjamini &
Hochberg (1995), JRSS B 57, since as many tests are made as there are units.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from esda import Moran, Moran_Local
from libpysal.graph import Graph
from scipy.stats import false_discovery_control

PERMUTATIONS = 999
LOCAL_PERMUTATIONS = 9_999
"""More than for the whole: after correction for several hundred tests, a pseudo p-value that cannot
go under one in a thousand would decide alone what is found."""
FALSE_DISCOVERIES = 0.05
"""Expected share of false clusters among those named."""
ESTIMATED = ("estime", "carreaux")
"""States of values drawn from neighbours or from the 200 m grid."""
QUADRANTS = {1: "HH", 2: "LH", 3: "LL", 4: "HL"}
"""Quadrants of esda: the unit first, then its neighbours."""
NONE, LEFT_OUT = "", "hors_test"
LEAST_NEIGHBOURS = 2
"""Neighbours that a unit needs to be tested. The mean of one neighbour is one score out of n − 1:
no permutation can say that it is rarer than 2 / (n − 1), which the correction for all the tests
hardly ever leaves standing. Such a unit could not be found, and its silence would say nothing."""


@dataclass(frozen=True)
class Autocorrelation:
    """Moran's I of a variable and what chance would give.

    Attributes
    ----------
    statistic : float
        1 when neighbours are alike, about ``expected`` under chance, negative when they differ.
    expected : float
        ``−1 / (n − 1)``.
    p : float
        Pseudo p-value ``(k + 1) / (m + 1)``, k permutations out of m at least as high.
    n : int
        Units with at least one neighbour.
    permutations : int
    """

    statistic: float
    expected: float
    p: float
    n: int
    permutations: int


def estimated_units(values: pd.DataFrame, names: Iterable[str], index: pd.Index) -> pd.Series:
    """Return which units have an estimated value among the indicators of the score.

    Such a value leans on its neighbours and on the grid by construction: put beside them, it would
    only find itself again.

    Parameters
    ----------
    values : DataFrame
        From `diagalim.analysis.values.recipes.all_values`: ``code_iris``, ``indicateur``,
        ``statut``.
    names : iterable of str
        Indicators of the score.
    index : Index
        Codes of the units.
    """
    found = values["indicateur"].isin(list(names)) & values["statut"].isin(ESTIMATED)
    return pd.Series(index.isin(set(values.loc[found, "code_iris"])), index, name="estime")


def autocorrelation(
    values: pd.Series, graph: Graph, *, seed: int, permutations: int = PERMUTATIONS
) -> Autocorrelation:
    """Return Moran's I with row-standardised weights and its one-sided pseudo p-value.

    ``I = (n / S₀) · Σ w_ij z_i z_j / Σ z_i²``; units without a neighbour are left out.

    Parameters
    ----------
    values : Series
        Scores, not ranks; known for every unit of the graph.
    graph : Graph
        Binary contiguity (`diagalim.analysis.geo.contiguity.neighbourhood`).
    seed : int
        Of the permutations.
    permutations : int

    Raises
    ------
    ValueError
        When a value is missing, none varies, or fewer than three units have a neighbour.
    """
    here, tied = _tested(values, graph)
    row = tied.transform("r")
    statistic = float(Moran(here.to_numpy(float), row, permutations=0).I)
    # esda draws its permutations from the seed of the whole process; these are the chapter's own
    rng = np.random.default_rng(seed)
    z = here.to_numpy(float) - here.mean()
    drawn = rng.permuted(np.tile(z[:, None], (1, permutations)), axis=0)
    matrix = row.sparse
    simulated = (drawn * (matrix @ drawn)).sum(axis=0) / (z @ z) * len(z) / matrix.sum()
    above = int((simulated >= statistic - 1e-12).sum())
    return Autocorrelation(
        statistic, -1.0 / (len(z) - 1), (above + 1) / (permutations + 1), len(z), permutations
    )


def local_clusters(
    values: pd.Series,
    graph: Graph,
    *,
    seed: int,
    estimated: pd.Series | None = None,
    permutations: int = LOCAL_PERMUTATIONS,
    false_discoveries: float = FALSE_DISCOVERIES,
) -> pd.DataFrame:
    """Name the units whose neighbours resemble, or contradict, them more than chance allows.

    Parameters
    ----------
    values : Series
        Scores, known for every unit of the graph.
    graph : Graph
        Binary contiguity of these units.
    seed : int
        Of the conditional permutations.
    estimated : Series of bool, optional
        Units whose values lean on their neighbours by construction: they leave the graph.
    permutations : int
    false_discoveries : float
        Rate at which Benjamini–Hochberg is applied over all the tests made.

    Returns
    -------
    DataFrame
        Indexed by the units of the graph: ``local`` (local Moran), ``quadrant`` (HH, LH, LL, HL),
        ``p`` (two-sided pseudo p-value), ``q`` (corrected for all the tests), ``groupe`` (the
        quadrant where ``q`` is low enough, ``""`` elsewhere, ``hors_test`` where the unit was not
        tested: estimated, or fewer than `LEAST_NEIGHBOURS` neighbours in the graph; it stays a
        neighbour of the others where its value is its own).

    Raises
    ------
    ValueError
        As `autocorrelation`.
    """
    lasting = values.reindex(graph.unique_ids)
    if estimated is not None:
        firm = ~estimated.reindex(lasting.index, fill_value=False).astype(bool)
        lasting = lasting[firm]
    here, tied = _tested(lasting, graph.subgraph(lasting.index))
    with warnings.catch_warnings():
        # esda announces another p-value than its own of today; neither is read here
        warnings.simplefilter("ignore", DeprecationWarning)
        found = Moran_Local(
            here.to_numpy(float),
            tied.transform("r"),
            permutations=permutations,
            seed=seed,
            n_jobs=1,
        )
    above = (found.sim >= found.Is).sum(axis=0)
    tail = np.minimum(above, permutations - above)
    p = np.minimum(1.0, 2.0 * (tail + 1) / (permutations + 1))
    table = pd.DataFrame(
        {"local": found.Is, "quadrant": pd.Series(found.q).map(QUADRANTS).to_numpy(), "p": p},
        index=here.index,
    )
    table = table[(tied.cardinalities >= LEAST_NEIGHBOURS).reindex(here.index).to_numpy()]
    q = false_discovery_control(table["p"], method="bh") if len(table) else table["p"]
    table = table.assign(q=q)
    table["groupe"] = table["quadrant"].where(table["q"] <= false_discoveries, NONE)
    table = table.reindex(graph.unique_ids)
    table["groupe"] = table["groupe"].fillna(LEFT_OUT)
    return table.rename_axis(values.index.name)


def _tested(values: pd.Series, graph: Graph) -> tuple[pd.Series, Graph]:
    """Return the units that have a neighbour, and their graph."""
    here = values.reindex(graph.unique_ids)
    if here.isna().any():
        raise ValueError(f"no value for {here.index[here.isna()][0]}, which is in the graph")
    with_neighbours = here.drop(list(graph.isolates))
    if len(with_neighbours) < 3:
        raise ValueError(f"only {len(with_neighbours)} units with a neighbour")
    if np.isclose(with_neighbours.std(), 0.0):
        raise ValueError("the values do not vary")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # several pieces: counted by the caller
        return with_neighbours, graph.subgraph(with_neighbours.index)
