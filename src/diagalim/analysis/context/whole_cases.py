"""Which numbers of cases give a percentage printed to the unit? For some totals, none does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

MOST_CASES = 100
"""Largest total tried: out of a hundred cases, each whole percentage has its own."""


def fractions(percent: float, bases: Iterable[int], step: float = 1.0) -> list[tuple[float, int]]:
    """List the numbers of cases that give a percentage printed to the unit.

    Parameters
    ----------
    percent : float
        The printed percentage, 0 to 100.
    bases : iterable of int
        Denominators to try.
    step : float
        1 for whole cases, 0.5 when half a case may be counted.

    Returns
    -------
    list of (float, int)
        Numerator and denominator; both roundings of an exact half are accepted (half up and half
        to even: 62.5 may be printed 63 or 62).
    """
    ways = []
    for base in bases:
        for k in range(int(base / step) + 1):
            exact = 100 * k * Fraction(step) / base
            if percent in (math.floor(exact + Fraction(1, 2)), round(exact)):
                ways.append((k * step, base))
    return ways


def smallest_base(percent: float, step: float) -> int:
    """Return the smallest total of which some number of cases gives the percentage."""
    return next(base for base in range(1, MOST_CASES + 1) if fractions(percent, [base], step))
