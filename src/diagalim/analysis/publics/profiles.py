"""Who are the people received, network by network, and what do national surveys say?

A share is that of the lines of one network that fill a whole group of fields: its base travels with
it. Beside a national profile only a difference in points is given, never a test: neither is a
sample of the other (METHODS 6.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from diagalim.analysis.publics.comparability import NETWORK, PERIOD, NotAdditive


@dataclass(frozen=True)
class Profile:
    """How one network splits those it received.

    Attributes
    ----------
    network, period : str
        Who reports, and when.
    counts : Series of int
        Households or people by field.
    lines, filled : int
        Lines received, and lines that fill the whole group.
    by_line : DataFrame of int
        What each line that fills the group brings to each field, in the rows of the sheets.
    """

    network: str
    period: str
    counts: pd.Series
    lines: int
    filled: int
    by_line: pd.DataFrame

    @property
    def base(self) -> int:
        """Households or people that the shares are of."""
        return int(self.counts.sum())

    @property
    def shares(self) -> pd.Series:
        """Share of each field, in percent."""
        return 100 * self.counts / self.base


def profile(lines: pd.DataFrame, fields: tuple[str, ...]) -> Profile | None:
    """Split those that one network received over one period.

    Parameters
    ----------
    lines : DataFrame
        Lines of reporting sheets of one network and one period.
    fields : tuple of str
        A group of fields (`diagalim.analysis.publics.comparability.PARTS`).

    Returns
    -------
    Profile or None
        None when no line fills the group.

    Raises
    ------
    NotAdditive
        When the lines are of several networks or periods.
    """
    for column in (NETWORK, PERIOD):
        if lines[column].nunique() > 1:
            raise NotAdditive(f"profil refusé : plusieurs valeurs de {column}")
    filled = lines[lines[list(fields)].notna().all(axis=1)]
    by_line = filled[list(fields)].astype(int)
    counts = by_line.sum()
    if not counts.sum():
        return None
    first = lines.iloc[0]
    return Profile(first[NETWORK], first[PERIOD], counts, len(lines), len(filled), by_line)


def latest_profiles(lines: pd.DataFrame, fields: tuple[str, ...]) -> list[Profile]:
    """Return the profile of each network at its last period that fills a group, by name."""
    found = []
    for _, own in lines.groupby(NETWORK, sort=True):
        for period in sorted(own[PERIOD].unique(), reverse=True):
            one = profile(own[own[PERIOD] == period], fields)
            if one is not None:
                found.append(one)
                break
    return found
