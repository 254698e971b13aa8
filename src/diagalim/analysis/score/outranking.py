"""Which places come first when no value may make up for another: by order, by duels, by the top?

Net flows, Copeland and Kemeny look at the order of places only; counting looks at the top only.
Axes, weights and missing values are as in `diagalim.analysis.score.aggregation`.

Reference: Munda and Nardo (2009); OECD/JRC (2008), Handbook on Constructing Composite Indicators,
step 6.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike

from diagalim.analysis.score.aggregation import (
    KNOWN_WEIGHT,
    TOLERANCE,
    checked_weights,
    weighted_mean,
)
from diagalim.analysis.score.normalisation import borda, percentile

LARGEST_COPELAND = 2000
"""Units that are compared two by two at most: the table of pairs grows as their square."""
LARGEST_KEMENY = 8
"""Units whose orders are all tried at most: 40 320 of them."""
TOP_SHARE = 0.25
"""Part of the units that counts as the top of a dimension."""


def net_outranking_flow(
    values: ArrayLike, weights: ArrayLike, known_weight: float = KNOWN_WEIGHT
) -> np.ndarray:
    """Return the weighted share of other units exceeded, minus the share that exceeds: -1 to 1.

    The sum over all pairs is a weighted sum of ranks: n log n operations, not n².
    """
    flows = 2.0 * borda(values) / 100.0 - 1.0
    return weighted_mean(flows, weights, known_weight=known_weight)


def counting(
    values: ArrayLike,
    weights: ArrayLike,
    known_weight: float = KNOWN_WEIGHT,
    top: float = TOP_SHARE,
) -> np.ndarray:
    """Return in how many columns each unit is in the top, in the spirit of Alkire and Foster.

    With unequal weights a column counts as its weight over the mean weight; a missing column
    counts as the mean of the others. The top is cut on ranks: ties stay together.
    """
    ranks = percentile(values)
    reached = np.where(np.isnan(ranks), np.nan, ranks > 100.0 * (1.0 - top))
    return reached.shape[-1] * weighted_mean(reached, weights, known_weight=known_weight)


def outranking_matrix(values: ArrayLike, weights: ArrayLike) -> np.ndarray:
    """Return, row against column, the share of weight by which the row exceeds; a tie is a half.

    Columns missing for either of two units do not count for them; nothing in common gives a half.
    The diagonal is 0.

    Parameters
    ----------
    values : array (units, k)
        Missing as NaN.
    weights : array (k,)
        Only their ratios count.
    """
    found = np.asarray(values, dtype=float)
    given = checked_weights(weights, found.shape[1])
    units = len(found)
    exceeded, common = np.zeros((units, units)), np.zeros((units, units))
    for column, weight in zip(found.T, given, strict=True):
        known = ~np.isnan(column)
        exceeded += weight * (column[:, None] > column[None, :])
        exceeded += weight / 2.0 * (column[:, None] == column[None, :])
        common += weight * (known[:, None] & known[None, :])
    matrix = np.where(common > 0, exceeded / np.where(common > 0, common, 1.0), 0.5)
    np.fill_diagonal(matrix, 0.0)
    return matrix


def copeland(values: ArrayLike, weights: ArrayLike) -> np.ndarray:
    """Return, by unit, how many others it outranks minus how many outrank it.

    A unit without any value gets a missing result.

    Raises
    ------
    ValueError
        Above `LARGEST_COPELAND` units: `net_outranking_flow` has no such limit.
    """
    found = np.asarray(values, dtype=float)
    if len(found) > LARGEST_COPELAND:
        raise ValueError(
            f"Copeland compares at most {LARGEST_COPELAND} units, not {len(found)}; "
            "use net_outranking_flow"
        )
    lead = outranking_matrix(found, weights) - 0.5
    np.fill_diagonal(lead, 0.0)
    known = ~np.isnan(found).all(axis=1)
    duels = np.where(np.abs(lead) > TOLERANCE, np.sign(lead), 0.0)[:, known].sum(axis=1)
    return np.where(known, duels, np.nan)


def kemeny(matrix: ArrayLike) -> tuple[float, list[tuple[int, ...]]]:
    """Return the best Kemeny score and every order that reaches it, the highest unit first.

    Parameters
    ----------
    matrix : array (units, units)
        From `outranking_matrix`.

    Raises
    ------
    ValueError
        Above `LARGEST_KEMENY` units: every order is tried.
    """
    support = np.asarray(matrix, dtype=float)
    units = len(support)
    if units > LARGEST_KEMENY:
        raise ValueError(f"Kemeny tries every order of at most {LARGEST_KEMENY} units, not {units}")
    orders = list(permutations(range(units)))
    scores = np.array([np.triu(support[np.ix_(order, order)], 1).sum() for order in orders])
    best = float(scores.max())
    return best, [orders[place] for place in np.flatnonzero(scores >= best - TOLERANCE)]
