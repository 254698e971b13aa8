"""Which counts can an interval come from? Its ends tell how many gave an answer, and of how many.

The formula is public: Wilson's interval (1927), the number of answers widened by the correction for
a finite population. With all its digits an interval comes from one pair of counts.
"""

from __future__ import annotations

import numpy as np

from attack.cells import Said

QUANTILE = 1.959963984540054
"""97.5 % quantile of the normal law."""
NOISE = 1e-9
Ends = tuple[float, float]


def counts_behind(
    low: Said, high: Said, counts: Ends, bases: Ends, population: float
) -> tuple[Ends, Ends] | None:
    """Return between what a count and its base lie, given the interval of the share in percent.

    Parameters
    ----------
    low, high : Said
        Ends of the interval, as they are written.
    counts, bases : tuple of float
        Between what both are known to lie.
    population : float
        Structures in the frame.

    Returns
    -------
    tuple of two tuples, or None
        For the count and for the base; None when no pair fits: the interval is another one.
    """
    count, base = np.meshgrid(*(np.arange(a, b + 1) for a, b in (counts, bases)), indexing="ij")
    possible = (base > 0) & (count <= base) & (base < population)
    n, x = np.where(possible, base, 1.0), np.where(possible, count, 0.0)
    ends = wilson(x / n, n * (population - 1) / (population - n))
    for end, told in zip(ends, (low, high), strict=True):
        possible &= np.abs(100 * end - told.value) <= told.half + NOISE
    if not possible.any():
        return None
    return tuple((float(of[possible].min()), float(of[possible].max())) for of in (count, base))


def wilson(share: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of Wilson's interval."""
    square = QUANTILE**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = QUANTILE * np.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return np.maximum(0.0, centre - half), np.minimum(1.0, centre + half)
