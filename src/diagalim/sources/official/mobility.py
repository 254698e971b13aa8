"""Insee, census: households without a car, and how people go to work, by IRIS.

The re-published column ``perc_voit`` means the opposite of its name: the share (0 to 1) of main
residences **without** a car. Its formula is not published; rounding leaves values of about -1e-15.
"""

from __future__ import annotations

import pandas as pd

from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.observations import as_observations
from diagalim.sources.tables.tabular import read_text_table, to_numbers


def read_carless(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the share of main residences without a car, as a proportion.

    Returns
    -------
    DataFrame
        Observations of ``sans_voiture`` (0 to 1) keyed by IRIS.
    """
    layout = layout_of(resolved)
    table = read_text_table(resolved.path, layout, territory.code)
    numbers = to_numbers(table, resolved.path, layout).assign(variable="sans_voiture")
    numbers["valeur"] = numbers["valeur"].clip(0.0, 1.0)
    return as_observations(numbers)


def read_commuting(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the number of workers by main way of going to work.

    Returns
    -------
    DataFrame
        Observations keyed by IRIS, workers: ``nodep`` (none), ``marche`` (on foot), ``velo``,
        ``drm`` (motor two-wheeler), ``voiture``, ``tcom`` (public transport).
    """
    layout = layout_of(resolved)
    table = read_text_table(resolved.path, layout, territory.code)
    return as_observations(to_numbers(table, resolved.path, layout))
