"""How much food did the networks handle in one period? The one thing that may be added.

A tonne is a tonne in every network. Two cautions stay with the sum: food that a bank of food
delivers to another network is in both reports, and a network that reports no volume is not at zero.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.publics.comparability import NETWORK, PERIOD, NotAdditive

ORIGINS = ("t_achat", "t_ramasse", "t_don", "t_ue", "t_cnes")
"""Where the food comes from: bought, collected unsold, given, European funds, *Crédit national*."""


def volumes(lines: pd.DataFrame) -> pd.DataFrame:
    """Add the tonnes of one period by network and origin.

    Parameters
    ----------
    lines : DataFrame
        Lines of reporting sheets, all of one period.

    Returns
    -------
    DataFrame
        Indexed by network, one column an origin, in tonnes; missing where no line of the network
        gives any.

    Raises
    ------
    NotAdditive
        When the lines are of several periods: half-years and quarters overlap.
    """
    periods = sorted(lines[PERIOD].unique())
    if len(periods) > 1:
        raise NotAdditive(f"somme refusée : plusieurs périodes ({', '.join(periods)})")
    tonnes = lines[list(ORIGINS)].astype("Float64").astype(float)
    return tonnes.groupby(lines[NETWORK]).sum(min_count=1)


def by_place(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the tonnes of one period by place: what each cell of `volumes` is made of.

    Returns
    -------
    DataFrame
        Indexed by network then place, one column an origin, zero where nothing is given.
    """
    tonnes = lines[list(ORIGINS)].astype("Float64").astype(float)
    return tonnes.groupby([lines[NETWORK], lines["id_site"]]).sum()


def places_behind(lines: pd.DataFrame) -> pd.Series:
    """Return how many places of each network give a volume."""
    given = lines[lines[list(ORIGINS)].notna().any(axis=1)]
    return (
        given.groupby(NETWORK)["id_site"]
        .nunique()
        .reindex(sorted(lines[NETWORK].unique()), fill_value=0)
    )


def share_of(part: float, whole: float) -> float:
    """Return a part of a volume in percent.

    Raises
    ------
    ValueError
        When the part is larger than the whole, or the whole is not positive.
    """
    if not 0 <= part <= whole or whole <= 0:
        raise ValueError(f"{part} is no part of {whole}")
    return 100 * part / whole
