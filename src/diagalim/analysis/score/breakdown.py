"""What raises the score of a place above that of the reference, in points of score?

The reference is a place that has the median of each normalised indicator, with the same values
missing and so the same effective weights. Contributions always add up to the difference between the
two scores. Weighted means add up once transformed (as they are, in logarithms, in reciprocals): the
transformed differences are brought back to points by one common factor, as an index number of
Divisia does. Ordinal aggregations have no such form: the difference is shared between dimensions
by Shapley's value, exact over all their subsets.

Reference: Ang (2005), The LMDI approach to decomposition analysis; Shapley (1953).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from math import factorial

import numpy as np
import pandas as pd

from diagalim.analysis.score.aggregation import (
    DECIMALS,
    HIGHEST,
    LOWEST,
    MEANS,
    TOLERANCE,
    effective_weights,
    to_positive,
)
from diagalim.analysis.score.method import FULL_SCALE, Method
from diagalim.analysis.score.outranking import TOP_SHARE
from diagalim.analysis.score.weighting import Weights

LARGEST_DIMENSIONS = 12
"""Dimensions between which a score is shared at most: 2¹² subsets are scored."""


def mean_contributions(
    values: np.ndarray,
    references: np.ndarray,
    weights: np.ndarray,
    kind: str,
    scale: tuple[float, float] = FULL_SCALE,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Share the difference between a weighted mean and that of the reference.

    Parameters
    ----------
    values, references : array (units, k)
        Missing as NaN where there is no weight.
    weights : array (units, k)
        Effective weights: rows sum to 1, or are all missing.
    kind : str
        One of `MEANS`.
    scale : (float, float)
        Of the values, for the geometric and the harmonic.

    Returns
    -------
    contributions : array (units, k)
        Rows sum to the mean minus that of the reference.
    slopes : array (units, k)
        The same for one point of difference: ``contributions = slopes · (values − references)``.
    reference : array (units,)
        The mean of the reference, under the weights of each unit.
    """
    low, high = scale if kind != "arithmetic" else (LOWEST, HIGHEST)  # arithmetic: as they are
    points = (high - low) / (HIGHEST - LOWEST)
    there = weights > 0
    given = np.where(there, weights, 0.0)
    forward, back, slope = MEANS[kind].forward, MEANS[kind].back, MEANS[kind].slope
    raw = np.where(there, values, low), np.where(there, references, low)
    here, base = raw if kind == "arithmetic" else (to_positive(x, scale) for x in raw)
    mean, middle = (back((forward(x) * given).sum(axis=-1)) for x in (here, base))
    bent = forward(mean) - forward(middle)
    near = np.abs(mean - middle) < TOLERANCE
    factor = np.where(near, 1.0 / slope(middle), (mean - middle) / np.where(near, 1.0, bent))
    parts = points * given * (forward(here) - forward(base)) * factor[:, None]
    apart = raw[0] - raw[1]
    flat = np.abs(apart) < TOLERANCE
    slopes = np.where(
        flat, given * slope(base) * factor[:, None], parts / np.where(flat, 1.0, apart)
    )
    unknown = np.isnan(weights).any(axis=-1)
    parts, slopes = (np.where(unknown[:, None], np.nan, each) for each in (parts, slopes))
    return parts, slopes, np.where(unknown, np.nan, low + (middle - LOWEST) * points)


def shapley(count: int, worth: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return the Shapley value of each of ``count`` players, exact over all coalitions.

    Parameters
    ----------
    count : int
        Number of players, at most `LARGEST_DIMENSIONS`.
    worth : callable
        Of a boolean array (count,) saying who is in, to an array (units,).

    Returns
    -------
    array (units, count)
        Rows sum to ``worth`` of all minus ``worth`` of none.

    Raises
    ------
    ValueError
        With too many players.
    """
    if count > LARGEST_DIMENSIONS:
        raise ValueError(f"{count} dimensions: at most {LARGEST_DIMENSIONS} can share a score")
    coalitions = {
        inside: worth(np.array(inside)) for inside in product((False, True), repeat=count)
    }
    total = np.zeros((*np.shape(coalitions[(False,) * count]), count))
    for inside, value in coalitions.items():
        size = sum(inside)
        for player in range(count):
            if not inside[player]:
                joined = (*inside[:player], True, *inside[player + 1 :])
                share = factorial(size) * factorial(count - size - 1) / factorial(count)
                total[..., player] += share * (coalitions[joined] - value)
    return total


def ordinal_contributions(
    dimensions: np.ndarray, references: np.ndarray, weights: np.ndarray, method: Method
) -> tuple[np.ndarray, np.ndarray]:
    """Share an ordinal score between dimensions: each unit moved, the others left in place.

    Parameters
    ----------
    dimensions : array (units, k)
        Missing as NaN; units without a score all missing.
    references : array (units, k)
        Dimensions of the reference of each unit, on the same scale.
    weights : array (k,)
        Of the dimensions.
    method : Method
        One of the ordinal aggregations.

    Returns
    -------
    contributions : array (units, k)
        Rows sum to the score minus that of the reference.
    reference : array (units,)
    """
    scored = ~np.isnan(dimensions).all(axis=1)
    # rounded as `Method.score` rounds them, so that both see the same ties
    actual, moved = np.round(dimensions[scored], DECIMALS), np.round(references[scored], DECIMALS)
    known = ~np.isnan(actual)

    def worth(inside: np.ndarray) -> np.ndarray:
        return _against_the_others(np.where(inside, actual, moved), actual, known, weights, method)

    parts = np.full(dimensions.shape, np.nan)
    parts[scored] = shapley(dimensions.shape[1], worth)
    reference = np.full(len(dimensions), np.nan)
    reference[scored] = worth(np.zeros(dimensions.shape[1], dtype=bool))
    return parts, reference


def _against_the_others(
    moved: np.ndarray, actual: np.ndarray, known: np.ndarray, weights: np.ndarray, method: Method
) -> np.ndarray:
    """Return the score of each unit once moved, every other unit standing where it was."""
    given = known * weights
    if method.outer == "copeland":
        return _duels(moved, actual, known, weights)
    shares = given / given.sum(axis=1, keepdims=True)
    parts = np.zeros(moved.shape)
    for place in range(moved.shape[1]):
        here = known[:, place]
        if not here.any():
            continue
        column, ordered = moved[here, place], np.sort(actual[here, place])
        own = np.sign(column - actual[here, place])
        below = np.searchsorted(ordered, column, "left") - (own > 0)
        above = len(ordered) - np.searchsorted(ordered, column, "right") - (own < 0)
        if method.outer == "net_outranking_flow":
            parts[here, place] = 50.0 + 50.0 * (below - above) / max(len(ordered) - 1, 1)
        else:
            middle = (below + (len(ordered) - above)) / 2.0  # rank less one half, ties shared
            parts[here, place] = 100.0 * (middle / len(ordered) > 1.0 - TOP_SHARE)
    return (shares * parts).sum(axis=1)


def _duels(
    moved: np.ndarray, actual: np.ndarray, known: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    lead = np.zeros((len(moved), len(moved)))
    for place, weight in enumerate(weights):
        both = known[:, place][:, None] & known[:, place][None, :]
        apart = np.sign(moved[:, place][:, None] - actual[:, place][None, :])
        lead += weight * np.where(both, apart, 0.0)
    np.fill_diagonal(lead, 0.0)
    lead[np.abs(lead) <= TOLERANCE * weights.sum()] = 0.0
    return 50.0 + 50.0 * np.sign(lead).sum(axis=1) / max(len(moved) - 1, 1)


def inner_weights(
    normalised: pd.DataFrame, dimensions: pd.DataFrame, weights: Weights
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return, by dimension, the weight that each of its indicators has in it for each unit.

    Places of the indicators among the columns, then an array (units, indicators): missing where the
    dimension has no score; else rows sum to 1.
    """
    values, known = normalised.to_numpy(float), dimensions.notna().to_numpy()
    shares = {}
    for place, dimension in enumerate(dimensions.columns):
        given = weights.inside(dimension)
        here = normalised.columns.get_indexer(list(given))
        found = effective_weights(values[:, here], list(given.values()), 0.0)
        found[~known[:, place]] = np.nan
        shares[dimension] = here, found
    return shares


def contributions(
    normalised: pd.DataFrame,
    dimensions: pd.DataFrame,
    reference: pd.Series,
    inner: Mapping[str, tuple[np.ndarray, np.ndarray]],
    weights: Weights,
    method: Method,
) -> tuple[pd.DataFrame, pd.Series]:
    """Share each score between indicators: first between dimensions, then inside each.

    Inside a dimension of an ordinal score, the share of the dimension goes to the indicators that
    pull the same way, in proportion to what they do to it.

    Parameters
    ----------
    normalised : DataFrame
        Units in rows, indicators in columns.
    dimensions : DataFrame
        Units without a score all missing.
    reference : Series
        Value of each normalised indicator in the reference.
    inner : mapping
        From `inner_weights`.
    weights : Weights
    method : Method

    Returns
    -------
    contributions : DataFrame
        Rows sum to the score minus that of the reference; missing without a score.
    reference_score : Series
    """
    scale = method.scale(normalised.to_numpy())
    values, median = normalised.to_numpy(float), reference[normalised.columns].to_numpy(float)
    moved = np.full(dimensions.shape, np.nan)
    inside = []
    for place, (here, shares) in enumerate(inner.values()):
        base = np.broadcast_to(median[here], shares.shape)
        parts, _, moved[:, place] = mean_contributions(
            values[:, here], base, shares, method.inner, scale
        )
        inside.append((here, parts, shares))
    outer = np.array([weights.dimensions[name] for name in dimensions.columns], dtype=float)
    actual = dimensions.to_numpy(float)
    if method.outer in MEANS:
        given = effective_weights(actual, outer, 0.0)
        _, slopes, middle = mean_contributions(actual, moved, given, method.outer, scale)
    else:
        between, middle = ordinal_contributions(actual, moved, outer, method)
    result = np.zeros(values.shape)
    for place, (here, parts, shares) in enumerate(inside):
        if method.inner == method.outer == "arithmetic":  # the weights as they are published
            result[:, here] = shares * given[:, [place]] * (values[:, here] - median[here])
        elif method.outer in MEANS:
            result[:, here] = parts * slopes[:, [place]]
        else:
            result[:, here] = _along(parts, shares, between[:, [place]])
    result = np.where(np.isnan(middle)[:, None], np.nan, np.nan_to_num(result, nan=0.0))
    table = pd.DataFrame(result, normalised.index, normalised.columns)
    return table, pd.Series(middle, normalised.index)


def _along(parts: np.ndarray, shares: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Share ``whole`` between the parts that have its sign; as the weights are when none has."""
    same = np.where(np.sign(parts) == np.sign(whole), np.abs(parts), 0.0)
    total = same.sum(axis=1, keepdims=True)
    return whole * np.where(total > 0, same / np.where(total > 0, total, 1.0), shares)
