"""How do indicators in euros, in percents and in counts come on one scale of risk?

Every function takes values already *oriented* (a higher value is a higher risk; see `oriented`),
units in rows and indicators in columns, missing as NaN, and normalises each column by itself. The
axis of the units is the last but one, so that a stack of draws ``(draws, units, indicators)`` is
normalised at once. A constant indicator orders nobody: it gets the neutral value of the scale (50;
0 for `z_score` and `distance_to_reference`; with `goalposts`, its place between them), which moves
no rank. Taking it out by itself would not be monotone: a unit whose value rises alone would bring
the indicator back. `constant` names it, so that the caller may leave it out and say so.

Reference: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

REFERENCES: dict[str, Callable[..., np.ndarray]] = {
    "moyenne": np.nanmean,
    "mediane": np.nanmedian,
    "plus_haut": np.nanmax,
    "plus_bas": np.nanmin,
}
"""Units that `distance_to_reference` knows to compare with."""

NEUTRAL = 50.0
"""Middle of the scales that go from 0 to 100."""
BLOCK = 65_536
"""Values ranked at once: half a megabyte."""


def oriented(values: ArrayLike, directions: ArrayLike) -> np.ndarray:
    """Turn the indicators that lower the risk, so that higher is riskier everywhere.

    Parameters
    ----------
    values : array (..., units, indicators)
        Missing as NaN.
    directions : array (indicators,) of {1, -1}
        1 when a higher value means a higher risk.

    Raises
    ------
    ValueError
        When a direction is neither 1 nor -1, or a value is infinite.
    """
    found = _checked(values)
    signs = np.asarray(directions, dtype=float)
    if not np.isin(signs, (-1.0, 1.0)).all():
        raise ValueError(f"a direction is neither 1 nor -1: {directions!r}")
    return found * signs


def mean_ranks(values: ArrayLike) -> np.ndarray:
    """Rank units in each column, 1 the lowest, mean rank for ties, missing kept.

    One sort a column, columns by blocks that stay in the cache of a core: ranking is the cost of
    the draws, and `scipy.stats.rankdata` takes one column after the other in Python.
    """
    columns = np.ascontiguousarray(np.swapaxes(_checked(values), -1, -2))
    ranks = np.empty(columns.shape)
    if columns.size:
        count = columns.shape[-1]
        given, found = columns.reshape(-1, count), ranks.reshape(-1, count)
        step = max(1, BLOCK // count)
        for start in range(0, len(given), step):
            _rank_block(given[start : start + step], found[start : start + step])
    return np.swapaxes(ranks, -1, -2)


def _rank_block(values: np.ndarray, ranks: np.ndarray) -> None:
    """Write the ranks of the rows of ``values`` into ``ranks``; both (rows, n)."""
    count = values.shape[1]
    order = np.argsort(values, axis=1)  # missing values come last
    order += np.arange(len(values))[:, None] * count  # places in the flat block
    ordered = values.ravel()[order]
    tied = ordered[:, 1:] == ordered[:, :-1]
    ranks.ravel()[order] = _mean_places(tied) if tied.any() else np.arange(1.0, count + 1)
    if np.isnan(ordered[:, -1]).any():
        ranks[np.isnan(values)] = np.nan


def _mean_places(tied: np.ndarray) -> np.ndarray:
    """Return the mean place, from 1, of each group of equal values of sorted rows.

    Parameters
    ----------
    tied : array (rows, n - 1) of bool
        Whether a value equals the one before it.
    """
    rows, count = len(tied), tied.shape[1] + 1
    opens = np.ones((rows, count), dtype=bool)
    np.logical_not(tied, out=opens[:, 1:])
    starts = np.flatnonzero(opens)
    sizes = np.diff(starts, append=rows * count)
    return np.repeat(starts % count + (sizes + 1) / 2.0, sizes).reshape(rows, count)


def percentile(values: ArrayLike) -> np.ndarray:
    """Return ``(r − 0.5) / N · 100``: r the mean rank, N the known units of the column."""
    ranks = mean_ranks(values)
    return 100.0 * (ranks - 0.5) / _known(ranks)


def borda(values: ArrayLike) -> np.ndarray:
    """Return ``(r − 1) / (N − 1) · 100``: the share of the other units that each one exceeds."""
    ranks = mean_ranks(values)
    others = _known(ranks) - 1.0
    return _or_neutral(100.0 * (ranks - 1.0), others, ranks, NEUTRAL)


def min_max(values: ArrayLike) -> np.ndarray:
    """Return 0 for the lowest known value of each column, 100 for the highest."""
    found = _checked(values)
    low, high = _lowest(found), _highest(found)
    return _or_neutral(100.0 * (found - low), high - low, found, NEUTRAL)


def z_score(values: ArrayLike) -> np.ndarray:
    """Return ``(x − mean) / sd``, with the sd of a sample (divided by N − 1).

    It is the one of Table 15 of the Handbook: 1.52 for the United States, 1.56 with N.
    """
    found = _checked(values)
    known = _known(found)
    centred = found - np.nansum(found, axis=-2, keepdims=True) / np.maximum(known, 1.0)
    squares = np.nansum(centred**2, axis=-2, keepdims=True)
    spread = np.sqrt(squares / np.maximum(known - 1.0, 1.0))
    # the mean of equal values may be off by a rounding: only what varies is divided
    return _or_neutral(centred, np.where(_varies(found), spread, 0.0), found, 0.0)


def distance_to_reference(values: ArrayLike, reference: str | ArrayLike = "moyenne") -> np.ndarray:
    """Return ``(x − reference) / |reference| · 100``: how far above the reference, in percent.

    The difference, not the ratio, so that an indicator turned by its direction keeps it.

    Parameters
    ----------
    values : array (..., units, indicators)
        Oriented.
    reference : str or array (indicators,)
        A key of `REFERENCES`, or oriented values.

    Raises
    ------
    ValueError
        When the reference is unknown, or zero for a column that varies.
    """
    found = _checked(values)
    if isinstance(reference, str):
        if reference not in REFERENCES:
            raise ValueError(f"reference {reference!r} is not one of {', '.join(REFERENCES)}")
        # a column without any value keeps none
        filled = np.where(_known(found) > 0, found, 0.0)
        base = REFERENCES[reference](filled, axis=-2, keepdims=True)
    else:
        base = np.asarray(reference, dtype=float)
    base = np.where(_varies(found), base, np.where(base == 0, 1.0, base))
    if (base == 0).any():
        raise ValueError("a reference of zero: no distance in percent can be told from it")
    apart = 100.0 * (found - base) / np.abs(base)
    return np.where(_varies(found) | np.isnan(found), apart, 0.0)


def goalposts(values: ArrayLike, low: ArrayLike, high: ArrayLike) -> np.ndarray:
    """Return 0 at ``low`` and 100 at ``high``, fixed once and for all; beyond them is allowed.

    Parameters
    ----------
    values : array (..., units, indicators)
        Oriented.
    low, high : array (indicators,)
        Oriented as well: the lowest and the highest risk. `outside` tells who is beyond.

    Raises
    ------
    ValueError
        When a low goalpost is not under its high one.
    """
    bottom, top = _goalposts(low, high)
    return 100.0 * (_checked(values) - bottom) / (top - bottom)


def outside(values: ArrayLike, low: ArrayLike, high: ArrayLike) -> np.ndarray:
    """Return where known values stand beyond the goalposts (bool, same shape)."""
    bottom, top = _goalposts(low, high)
    found = _checked(values)
    return (found < bottom) | (found > top)


METHODS: dict[str, Callable[..., np.ndarray]] = {
    "percentile": percentile,
    "min_max": min_max,
    "z_score": z_score,
    "distance_to_reference": distance_to_reference,
    "goalposts": goalposts,
    "borda": borda,
}
NORMALISATIONS = tuple(METHODS)
"""Names that `normalise` knows; the first is the default of the study."""

BOUNDED = frozenset({"percentile", "min_max", "borda"})
"""Normalisations that never leave 0 to 100."""


def normalise(values: ArrayLike, method: str = NORMALISATIONS[0], **settings) -> np.ndarray:
    """Normalise oriented values by the method of that name.

    Parameters
    ----------
    values : array (..., units, indicators)
        Oriented; missing as NaN.
    method : str
        One of `NORMALISATIONS`.
    **settings
        ``reference`` of `distance_to_reference`; ``low`` and ``high`` of `goalposts`.

    Returns
    -------
    array
        Same shape; missing kept.

    Raises
    ------
    ValueError
        When the method is unknown, or a value is infinite.
    """
    if method not in METHODS:
        raise ValueError(f"normalisation {method!r} is not one of {', '.join(NORMALISATIONS)}")
    return METHODS[method](values, **settings)


def constant(values: ArrayLike) -> np.ndarray:
    """Return which columns hold one value only, or none (bool, one a column)."""
    return ~_varies(_checked(values))[..., 0, :]


def _checked(values: ArrayLike) -> np.ndarray:
    found = np.asarray(values, dtype=float)
    if np.isinf(found).any():
        raise ValueError("infinite value among the indicators")
    return found


def _goalposts(low: ArrayLike, high: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    bottom, top = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    if not (np.isfinite(bottom).all() and np.isfinite(top).all() and (bottom < top).all()):
        raise ValueError("goalposts must be finite, each low one under its high one")
    return bottom, top


def _known(values: np.ndarray) -> np.ndarray:
    return (~np.isnan(values)).sum(axis=-2, keepdims=True).astype(float)


def _lowest(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), np.inf, values).min(axis=-2, keepdims=True)


def _highest(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), -np.inf, values).max(axis=-2, keepdims=True)


def _varies(values: np.ndarray) -> np.ndarray:
    return _highest(values) > _lowest(values)


def _or_neutral(
    above: np.ndarray, below: np.ndarray, values: np.ndarray, neutral: float
) -> np.ndarray:
    """Divide; where a column does not vary, give the known values the neutral one."""
    varies = below > 0
    ratio = above / np.where(varies, below, 1.0)
    return np.where(varies | np.isnan(values), ratio, neutral)
