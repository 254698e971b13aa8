"""How large is a share of structures, and how sure are we of it?

Everyone in the frame was asked: this is a census with non-response, not a sample. An interval says
what chance alone would do *if* those who answered had been drawn at random; it says nothing of
those who did not answer. `random_response` shows what that assumption buys (METHODS 5.3 and 5.5).

No answer, more answers than structures, a share out of 0 to 1: none is a figure, each is refused.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import pandas as pd
from scipy.stats import binomtest

CONFIDENCE = 0.95
NORMAL = 1.959963984540054
"""97.5 % quantile of the normal law."""


class Share(NamedTuple):
    """A share, 0 to 1, the interval around it, and the number of structures it rests on."""

    value: float
    low: float
    high: float
    n: int


def share(count: int, n: int, population: int | None = None) -> Share:
    """Return a share with its Wilson interval, narrowed when most of a population answered.

    Parameters
    ----------
    count, n : int
        Structures concerned, and structures that were shown the question and answered it.
    population : int, optional
        Structures in the frame: the finite population correction, as if ``n`` of them had been
        drawn at random. The correction widens the number of answers to
        ``n (N - 1) / (N - n)`` in Wilson's formula.

    Raises
    ------
    ValueError
        When there is no answer, or more answers than structures.
    """
    if n <= 0 or not 0 <= count <= n:
        raise ValueError(f"{count} of {n} answers")
    _check_size(n, population)
    value = count / n
    if population is None:
        low, high = binomtest(count, n).proportion_ci(CONFIDENCE, method="wilson")
        return Share(value, float(low), float(high), n)
    if population == n:
        return Share(value, value, value, n)
    effective = n * (population - 1) / (population - n)
    centre, half = _wilson(value, effective)
    return Share(value, max(0.0, centre - half), min(1.0, centre + half), n)


def _wilson(value: float, n: float) -> tuple[float, float]:
    """Return the middle and half-width of Wilson's interval for a number of answers not whole."""
    z = NORMAL
    scale = 1 + z * z / n
    centre = (value + z * z / (2 * n)) / scale
    half = z * math.sqrt(value * (1 - value) / n + z * z / (4 * n * n)) / scale
    return centre, half


def half_width(n: int, population: int | None = None, value: float = 0.5) -> float:
    """Return the half-width of the plain interval of a share, to print beside a number of answers.

    Parameters
    ----------
    n : int
        Answers.
    population : int, optional
        Structures in the frame.
    value : float
        The share, 0 to 1; one half is the worst case.

    Raises
    ------
    ValueError
        When there is no answer, more answers than structures, or ``value`` is no share.
    """
    if not 0 <= value <= 1:
        raise ValueError(f"{value} is no share: 0 to 1")
    correction = _correction(n, population)
    return NORMAL * math.sqrt(value * (1 - value) / n * correction)


def _check_size(n: int, population: int | None) -> None:
    """Refuse a number of answers that no interval can be given of."""
    if n <= 0:
        raise ValueError(f"{n} answers: nothing to estimate from")
    if population is not None and n > population:
        raise ValueError(f"{n} answers of {population} structures")


def _correction(n: int, population: int | None) -> float:
    """Return the finite population correction of a variance, ``(N - n) / (N - 1)``.

    It is 1 for a population not known, and 0 when all answered, be it the only one.
    """
    _check_size(n, population)
    if population is None:
        return 1.0
    return 0.0 if n == population else (population - n) / (population - 1)


def random_response(value: float, response: float) -> tuple[float, float]:
    """Return between what and what a share of the whole frame can be, assuming nothing.

    Parameters
    ----------
    value : float
        Share among those who answered, 0 to 1.
    response : float
        Share of the frame that answered, 0 to 1.

    Returns
    -------
    tuple of float
        If none, then all, of those who did not answer are concerned.

    Raises
    ------
    ValueError
        When one of the two is not between 0 and 1.
    """
    for name, part in (("share", value), ("response", response)):
        if not 0 <= part <= 1:
            raise ValueError(f"{name} {part} is not between 0 and 1")
    return response * value, response * value + 1 - response


def multiple_choice(ticked: pd.DataFrame, shown: pd.Series) -> tuple[pd.Series, int]:
    """Count a question with several boxes.

    Parameters
    ----------
    ticked : DataFrame of bool
        One column a box, « aucun » included, one row a structure.
    shown : Series of bool
        Who was shown the question.

    Returns
    -------
    counts : Series of int
        Structures by box; they add up to more than the base.
    base : int
        Structures that were shown the question and ticked a box. Ticking nothing is no answer:
        it is not « aucun ».
    """
    answered = ticked[shown & ticked.any(axis=1)]
    return answered.sum().astype(int), len(answered)


def likert(answers: pd.Series, scale: list[str], outside: list[str]) -> pd.DataFrame:
    """Count a scale of agreement, « ne sait pas » apart.

    Parameters
    ----------
    answers : Series of str
        One answer a structure, missing where there is none.
    scale : list of str
        From the most negative to the most positive.
    outside : list of str
        Answers that are shown and kept out of the base.

    Returns
    -------
    DataFrame
        Indexed by answer: ``n`` and ``part`` (share of the base; missing for those outside).

    Raises
    ------
    ValueError
        When an answer is in neither list.
    """
    unknown = set(answers.dropna()) - set(scale) - set(outside)
    if unknown:
        raise ValueError(f"answers out of the scale: {sorted(unknown)}")
    count = answers.value_counts().reindex([*scale, *outside], fill_value=0)
    base = int(count[scale].sum())
    part = count / base if base else count * math.nan
    return pd.DataFrame({"n": count, "part": part.where(count.index.isin(scale))})


def net_score(
    answers: pd.Series, negative: list[str], positive: list[str], population: int | None = None
) -> Share:
    """Return the share that agrees minus the share that disagrees, with its interval.

    The base holds the neutral answers too. Variance of a difference of two shares of one total:
    ``(a + d - (a - d)²) / n``, times ``(N - n) / (N - 1)`` when the population is given. It is nil
    when all gave the same answer, or there is one only: that is no certainty, and half an answer is
    then added to each of four (Agresti and Min 2005, *Statistics in Medicine* 24(5)).

    Raises
    ------
    ValueError
        When nobody answered, or more structures than there are.
    """
    known = answers.dropna()
    n = len(known)
    correction = _correction(n, population)
    agreeing, against = int(known.isin(positive).sum()), int(known.isin(negative).sum())
    value = (agreeing - against) / n
    centre, variance = value, ((agreeing + against) / n - value**2) / n
    if math.isclose(variance, 0.0, abs_tol=1e-12):
        centre = (agreeing - against) / (n + 2)
        variance = ((agreeing + against + 1) / (n + 2) - centre**2) / (n + 2)
    half = NORMAL * math.sqrt(variance * correction)
    if not half:
        return Share(value, value, value, n)
    low, high = min(value, centre - half), max(value, centre + half)
    return Share(value, max(-1.0, low), min(1.0, high), n)
