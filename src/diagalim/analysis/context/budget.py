"""What do published rises and prices amount to? Points and percent, growth a year, cost and income.

A rise in index points equals a rise in percent only when the index starts at 100: without its base
the percentage cannot be known. A growth printed for a year and one printed for twenty are the same
figure only by compounding (METHODS 2.1).
"""

from __future__ import annotations

import pandas as pd

HOUSING_YEARS = 20
"""Years over which the synthesis prints the growth of housing (facts S0-043 and S0-044)."""


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


def worked_out(values: pd.Series) -> dict[str, float]:
    """Return what the figures printed amount to, in percent: housing by year and in all, baskets.

    Parameters
    ----------
    values : Series
        ``logement_par_an``, ``logement_total`` (percent), ``panier_bas``, ``panier_haut`` and
        ``revenu_accueillis`` (euros a month).
    """
    income = values["revenu_accueillis"]
    return {
        "logement_compose": compound(values["logement_par_an"], HOUSING_YEARS),
        "logement_annualise": yearly_growth(values["logement_total"], HOUSING_YEARS),
        "panier_bas_part": cost_share(values["panier_bas"], income),
        "panier_haut_part": cost_share(values["panier_haut"], income),
    }


def last_fall(rates: pd.Series, breaks: pd.Series) -> str | None:
    """Return the last year whose rate is under that of the year just before, if any.

    Parameters
    ----------
    rates : Series
        By year described, as text; a year may be missing.
    breaks : Series
        What forbids to compare a year with the one before; empty where nothing does.
    """
    before = {year: str(int(year) - 1) for year in rates.index}
    falls = [y for y, b in before.items() if b in rates and rates[y] < rates[b] and not breaks[y]]
    return falls[-1] if falls else None


def _check(growth: float, years: int) -> None:
    if years < 1:
        raise ValueError(f"a growth is over one year at least, not {years}")
    if growth <= -100:
        raise ValueError(f"a growth of {growth} % leaves nothing")
