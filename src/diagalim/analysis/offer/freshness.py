"""How old is what is known of a service?

A service that nobody checked for a year may have closed or moved: it is shown with its age, and a
place whose records are old cannot be said to have no offer (METHODS 4.7).
"""

from __future__ import annotations

import pandas as pd

STALE_MONTHS, VERY_STALE_MONTHS = 12, 24
FRESH, STALE, VERY_STALE, UNDATED = "à jour", "périmé", "très périmé", "non daté"
STATES = (FRESH, STALE, VERY_STALE, UNDATED)


def freshness(checked: pd.Series, today: str | pd.Timestamp) -> pd.Series:
    """Return the state of each record by the date of its last check.

    Parameters
    ----------
    checked : Series of datetime
        Date of the last check; missing when unknown.
    today : date
        Reference date of the study: never the date of the machine.

    Returns
    -------
    Series of str
        One of `STATES`.

    Raises
    ------
    ValueError
        When a record was checked after the reference date.
    """
    reference = pd.Timestamp(today)
    dates = pd.to_datetime(checked)
    later = dates > reference
    if later.any():
        raise ValueError(f"{int(later.sum())} records checked after {reference.date()}")
    state = pd.Series(FRESH, checked.index)
    state[dates < reference - pd.DateOffset(months=STALE_MONTHS)] = STALE
    state[dates < reference - pd.DateOffset(months=VERY_STALE_MONTHS)] = VERY_STALE
    state[dates.isna()] = UNDATED
    return state
