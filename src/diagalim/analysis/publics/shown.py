"""What may be shown of how a network changes, and which lines does each total add up?

The index follows the lines filled at every period. A line that left is the total of its period less
the lines followed, which the index gives back: where fewer than five lines are not followed, or one
is nearly all of them, they are not counted in the total at all, and the table says how many are.
Nothing is then left to work out, and nothing is hidden. The index is kept as it is shown.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.disclosure.suppression import DOMINANCE, THRESHOLD
from diagalim.analysis.publics.comparability import COUNTERS, NETWORK, PERIOD, UNIT
from diagalim.analysis.publics.series import LINE, followed_lines

HOUSEHOLDS = "foyers"
"""Unit of the profiles, too."""


def shown_series(series: pd.DataFrame) -> pd.DataFrame:
    """Return what may be shown of each network at each period.

    Parameters
    ----------
    series : DataFrame
        From `diagalim.analysis.publics.series.network_series`.

    Returns
    -------
    DataFrame
        Same rows: ``lignes``, ``suivies``, ``comptees`` (lines that the total adds up), ``total``
        and ``indice`` (whole number), both missing where there is none, and ``total_masque``,
        ``indice_masque`` (bool), where there is one that may not be shown.
    """
    first = series.groupby(level=[0, 1]).cumcount() == 0
    followed = _enough(series["suivies"], series["plus_grande_suivie"], series["total_suivi"])
    based = followed.where(first).groupby(level=[0, 1]).transform("first").astype(bool)
    has_index = series["indice"].notna()
    told = has_index & followed & based
    whole = ~has_index.groupby(level=[0, 1]).transform("any") | _others_enough(series)
    whole |= ~told.groupby(level=[0, 1]).transform("any")
    total = series["total"].where(whole, series["total_suivi"])
    enough = _enough(series["remplies"], series["plus_grande"], series["total"])
    enough = enough.where(whole, followed)
    return pd.DataFrame(
        {
            "lignes": series["lignes"],
            "suivies": series["suivies"],
            "comptees": series["remplies"].where(whole, series["suivies"]),
            "total": total.where(enough),
            "total_masque": total.notna() & ~enough,
            "indice": series["indice"].where(told & enough).round(),
            "indice_masque": has_index & ~(told & enough),
        }
    )


def counted_lines(lines: pd.DataFrame, shown: pd.DataFrame) -> dict[tuple[str, str], frozenset]:
    """Return the lines that each total shown in households adds up, by network and period.

    Parameters
    ----------
    lines : DataFrame
        Lines of the sheets of every network.
    shown : DataFrame
        From `shown_series`.
    """
    counted = {}
    for (network, unit, period), row in shown[shown["total"].notna()].iterrows():
        own = lines[(lines[NETWORK] == network) & (lines[UNIT] == unit)]
        here = own[(own[PERIOD] == period) & own[COUNTERS[unit]].notna()]
        if row["comptees"] < len(here):
            here = here[pd.MultiIndex.from_frame(here[LINE]).isin(followed_lines(own).index)]
        if unit == HOUSEHOLDS:
            counted[network, period] = frozenset(here.index)
    return counted


def _enough(lines: pd.Series, largest: pd.Series, total: pd.Series) -> pd.Series:
    """Tell which sums rest on enough lines, none of them nearly all."""
    return (lines >= THRESHOLD) & (largest <= DOMINANCE * total)


def _others_enough(series: pd.DataFrame) -> pd.Series:
    """Tell where the lines that the index does not follow are none, or may be told apart."""
    others = series["remplies"] - series["suivies"]
    rest = series["total"] - series["total_suivi"]
    return (others == 0) | _enough(others, series["plus_grande_autre"], rest)
