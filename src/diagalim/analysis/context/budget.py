"""What do published rises and prices amount to? Points and percent, growth a year, cost and income.

A rise in index points equals a rise in percent only when the index starts at 100: without its base
the percentage cannot be known. A growth printed for a year and one printed for twenty are the same
figure only by compounding (METHODS 2.1).
"""

from __future__ import annotations


def compound(yearly: float, years: int) -> float:
    """Return the growth over some years, in percent, of a yearly growth in percent.

    Raises
    ------
    ValueError
        When there is no year, or the growth is a loss of everything.
    """
    _check(yearly, years)
    return 100 * ((1 + yearly / 100) ** years - 1)


def yearly_growth(total: float, years: int) -> float:
    """Return the growth a year, in percent, that gives a growth over some years, in percent.

    Raises
    ------
    ValueError
        When there is no year, or the growth is a loss of everything.
    """
    _check(total, years)
    return 100 * ((1 + total / 100) ** (1 / years) - 1)


def points_as_percent(points: float, start: float) -> float:
    """Return a rise in index points as a percentage of the index that it starts from.

    Raises
    ------
    ValueError
        When the index is not positive.
    """
    if start <= 0:
        raise ValueError(f"an index is positive, not {start}")
    return 100 * points / start


def cost_share(cost: float, income: float) -> float:
    """Return a cost in percent of an income of the same period.

    Raises
    ------
    ValueError
        When the income is not positive.
    """
    if income <= 0:
        raise ValueError(f"an income is positive, not {income}")
    return 100 * cost / income


def _check(growth: float, years: int) -> None:
    if years < 1:
        raise ValueError(f"a growth is over one year at least, not {years}")
    if growth <= -100:
        raise ValueError(f"a growth of {growth} % leaves nothing")
