"""On which days of the week is food aid open, and of how many records is it not known?

Hours that cannot be read are unknown, never « closed »: they have a line of their own, and no share
is taken of them. ``horaires.yml`` writes the table.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.offer.hours import DAYS

UNKNOWN = "Jours non connus"


def of_hours(hours: pd.Series) -> dict[str, int | float]:
    """Return how many records say their hours in a way that can be read; nothing without a record.

    Parameters
    ----------
    hours : Series of str
        In the syntax of OpenStreetMap, missing when unknown; one a record.
    """
    if hours.empty:
        return {}
    said = hours.notna()
    return {"sites_horaires_connus": int(said.sum()), "part_horaires": 100 * float(said.mean())}


def days(weeks: pd.Series) -> pd.DataFrame:
    """Return how many records open on each day, and of how many no day is known.

    Parameters
    ----------
    weeks : Series of Week
        From `diagalim.analysis.offer.hours.opening_table`; None where the hours are unknown.
    """
    known = [week for week in weeks if week is not None]
    if weeks.empty:
        return pd.DataFrame()
    opened = [sum(day in week.days for week in known) for day in range(len(DAYS))]
    table = pd.DataFrame({"fiches": opened}, index=[day.capitalize() for day in DAYS])
    table["part"] = 100 * table["fiches"] / len(known) if known else None
    table.loc[UNKNOWN, "fiches"] = len(weeks) - len(known)
    return table
