"""How do several normalised values make one, and what may make up for what?

An arithmetic mean lets a low value make up for a high one; a geometric or a harmonic mean does so
less; net flows, Copeland and Kemeny look at the order only; counting looks at the top only. Units
stand on the last axis but one, what is aggregated on the last: a stack of draws goes through at
once. A missing value leaves its weight to the others, as long as enough of the weight is known.

Reference: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6; Munda and Nardo
(2009) for the non-compensatory ones.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike

from diagalim.analysis.score.normalisation import borda, percentile

MEANS = ("arithmetic", "geometric", "harmonic")
KNOWN_WEIGHT = 0.5
"""Least share of the weight that must be known (METHODS 3.3)."""
TOLERANCE = 1e-9
"""Slack of comparisons between sums of weights."""
DECIMALS = 9
"""Of a score before it is ranked: a sum made in another order must break no tie."""
LOWEST, HIGHEST = 1.0, 100.0
"""Scale of the geometric and harmonic means: a zero would wipe out all the rest."""
LARGEST_COPELAND = 2000
"""Units that are compared two by two at most: the table of pairs grows as their square."""
LARGEST_KEMENY = 8
"""Units whose orders are all tried at most: 40 320 of them."""
TOP_SHARE = 0.25
"""Part of the units that counts as the top of a dimension."""


def checked_weights(weights: ArrayLike, count: int) -> np.ndarray:
    """Return weights as an array whose last axis has ``count``, after having looked at them.

    Raises
    ------
    ValueError
        When there are too few or too many, one is negative or not finite, or all are zero.
    """
    found = np.asarray(weights, dtype=float)
    if found.ndim == 0 or found.shape[-1] != count:
        raise ValueError(f"{count} weights expected, not {found.shape[-1] if found.ndim else 1}")
    if not np.isfinite(found).all() or (found < 0).any():
        raise ValueError("a weight is negative or not finite")
    if (found.sum(axis=-1) == 0).any():
        raise ValueError("weights are all zero")
    return found


def effective_weights(
    values: ArrayLike, weights: ArrayLike, known_weight: float = KNOWN_WEIGHT
) -> np.ndarray:
    """Return the weight that each value really has: rows sum to 1, or are missing.

    Parameters
    ----------
    values : array (..., units, k)
        Missing as NaN.
    weights : array (k,) or (units, k)
        Only their ratios count.
    known_weight : float
        Least share of the weight that must be known.
    """
    found = np.asarray(values, dtype=float)
    given = checked_weights(weights, found.shape[-1])
    kept = np.where(np.isnan(found), 0.0, given)
    known = kept.sum(axis=-1, keepdims=True)
    enough = known >= (known_weight - TOLERANCE) * given.sum(axis=-1, keepdims=True)
    return kept / np.where(enough & (known > 0), known, np.nan)


def weighted_mean(
    values: ArrayLike,
    weights: ArrayLike,
    kind: str = "arithmetic",
    known_weight: float = KNOWN_WEIGHT,
    scale: tuple[float, float] | None = (0.0, 100.0),
) -> np.ndarray:
    """Average each row, leaving the weight of missing values to the others.

    Parameters
    ----------
    values : array (..., units, k)
        Normalised; missing as NaN.
    weights : array (k,) or (units, k)
        Only their ratios count.
    kind : {"arithmetic", "geometric", "harmonic"}
        The last two work on values brought from ``scale`` to 1–100, and come back to ``scale``.
    known_weight : float
        Least share of the weight that must be known.
    scale : (float, float), optional
        Bounds of the scale of the values; those of the whole table when None, as z-scores need.

    Returns
    -------
    array (..., units)
        Missing where too little is known.

    Raises
    ------
    ValueError
        When the kind is unknown, or weights are wrong (`checked_weights`).
    """
    if kind not in MEANS:
        raise ValueError(f"mean {kind!r} is not one of {', '.join(MEANS)}")
    found = np.asarray(values, dtype=float)
    shares = effective_weights(found, weights, known_weight)
    if kind == "arithmetic":
        return (np.where(np.isnan(found), 0.0, found) * shares).sum(axis=-1)
    low, high = bounds_of(found) if scale is None else scale
    positive = np.where(np.isnan(found), 1.0, to_positive(found, (low, high)))
    if kind == "geometric":
        mean = np.exp((np.log(positive) * shares).sum(axis=-1))
    else:
        mean = 1.0 / (shares / positive).sum(axis=-1)
    return low + (mean - LOWEST) / (HIGHEST - LOWEST) * (high - low)


def bounds_of(values: ArrayLike) -> tuple[float, float]:
    """Return the lowest and highest known value, never the same."""
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 1.0)
    return (float(low), float(high)) if high > low else (float(low) - 0.5, float(low) + 0.5)


def to_positive(values: ArrayLike, scale: tuple[float, float] = (0.0, 100.0)) -> np.ndarray:
    """Bring a scale to 1–100; what stands under its low bound gets 1, what is above goes on."""
    low, high = scale
    mapped = LOWEST + (HIGHEST - LOWEST) * (np.asarray(values, dtype=float) - low) / (high - low)
    return np.maximum(mapped, LOWEST)


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
