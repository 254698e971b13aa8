"""How do several normalised values make one, and what may make up for what?

An arithmetic mean lets a low value make up for a high one; a geometric or a harmonic mean does so
less; `diagalim.analysis.score.outranking` looks at the order only. Units stand on the last axis but
one, what is aggregated on the last: a stack of draws goes through at once, by the same formula as
the published table. A missing value leaves its weight to the others, as long as enough of the
weight is known.

Reference: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

Transform = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Mean:
    """A mean that adds up once transformed: ``back(Σ share · forward(x))``.

    Attributes
    ----------
    forward, back : callable
        Transformation of the values, and its reverse; ``back`` of nothing at all is finite.
    slope : callable
        Derivative of ``forward``, by which `diagalim.analysis.score.breakdown` comes back to
        points.
    """

    forward: Transform
    back: Transform
    slope: Transform


MEANS = {
    "arithmetic": Mean(lambda x: x, lambda x: x, np.ones_like),
    "geometric": Mean(np.log, np.exp, lambda x: 1.0 / x),
    "harmonic": Mean(np.reciprocal, lambda x: 1.0 / np.where(x == 0, 1.0, x), lambda x: -1 / x**2),
}
KNOWN_WEIGHT = 0.5
"""Least share of the weight that must be known (METHODS 3.3)."""
TOLERANCE = 1e-9
"""Slack of comparisons between sums of weights."""
DECIMALS = 9
"""Of a score before it is ranked: a sum made in another order must break no tie."""
LOWEST, HIGHEST = 1.0, 100.0
"""Scale of the geometric and harmonic means: a zero would wipe out all the rest."""


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
    return shares_of(~np.isnan(found), given, known_weight)


def shares_of(known: np.ndarray, weights: np.ndarray, known_weight: float = 0.0) -> np.ndarray:
    """Return the weight of each known value: rows sum to 1, or are missing where too little is.

    Parameters
    ----------
    known : array (..., units, k) of bool
    weights : array (..., k)
        Not negative. They may all be zero: nothing is then known.
    known_weight : float
        Least share of the weight that must be known.
    """
    kept = np.where(known, weights, 0.0)
    held = kept.sum(axis=-1, keepdims=True)
    enough = held > 0
    if known_weight > 0:
        enough &= held >= (known_weight - TOLERANCE) * weights.sum(axis=-1, keepdims=True)
    return kept / np.where(enough, held, np.nan)


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
    weights : array (k,), (units, k) or (draws, 1, k)
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
    found = np.asarray(values, dtype=float)
    shares = effective_weights(found, weights, known_weight)
    scale = bounds_of(found) if scale is None else scale
    return mean_of_shares(np.where(np.isnan(found), 0.0, found), shares, kind, scale)


def mean_of_shares(
    values: np.ndarray,
    shares: np.ndarray,
    kind: str = "arithmetic",
    scale: tuple[ArrayLike, ArrayLike] = (0.0, 100.0),
) -> np.ndarray:
    """Average rows whose shares are known: the only formula of a mean, for a table or a stack.

    A sum, not a product of matrices: it gives the same bits on every machine, and each value is
    multiplied once, where a product would go through those of every dimension.

    Parameters
    ----------
    values : array (..., units, k)
        Any finite number where there is no share.
    shares : array (..., units, k)
        From `shares_of`.
    kind, scale
        As in `weighted_mean`; bounds of a stack are (draws, 1, 1).

    Returns
    -------
    array (..., units)
        Missing where shares are.
    """
    if kind not in MEANS:
        raise ValueError(f"mean {kind!r} is not one of {', '.join(MEANS)}")
    if kind == "arithmetic":
        return (values * shares).sum(axis=-1)
    mean = MEANS[kind]
    low, high = scale
    total = (mean.forward(to_positive(values, scale)) * shares).sum(axis=-1, keepdims=True)
    found = low + (mean.back(total) - LOWEST) / (HIGHEST - LOWEST) * (np.subtract(high, low))
    return found[..., 0]


def bounds_of(
    values: ArrayLike, known: np.ndarray | None = None
) -> tuple[np.ndarray | float, np.ndarray | float]:
    """Return the lowest and highest known value of each table of a stack, never the same.

    Parameters
    ----------
    values : array (units, k) or (draws, units, k)
        Missing as NaN.
    known : array (units, k) of bool, optional
        Which values count; those that are not missing by default.

    Returns
    -------
    low, high : array
        Of no dimension for one table, (draws, 1, 1) for a stack.
    """
    found = np.asarray(values, dtype=float)
    known = ~np.isnan(found) if known is None else known
    axes = tuple(range(found.ndim))[-2:]
    stacked = found.ndim > 2
    low = np.where(known, found, np.inf).min(axis=axes, keepdims=stacked, initial=np.inf)
    high = np.where(known, found, -np.inf).max(axis=axes, keepdims=stacked, initial=-np.inf)
    nothing, flat = low > high, low == high
    low, high = np.where(nothing, 0.0, low), np.where(nothing, 1.0, high)
    return low - 0.5 * flat, high + 0.5 * flat


def to_positive(values: ArrayLike, scale: tuple[float, float] = (0.0, 100.0)) -> np.ndarray:
    """Bring a scale to 1–100; what stands under its low bound gets 1, what is above goes on."""
    low, high = scale
    mapped = LOWEST + (HIGHEST - LOWEST) * (np.asarray(values, dtype=float) - low) / (high - low)
    return np.maximum(mapped, LOWEST)
