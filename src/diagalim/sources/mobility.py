"""Insee, census: households without a car, and how people go to work, by IRIS.

The re-published column ``perc_voit`` means the opposite of its name: the share (0 to 1) of main
residences **without** a car. Its formula is not published; rounding leaves values of about -1e-15.
"""

from __future__ import annotations

import pandas as pd

from diagalim.sources.layout import iris_layout
from diagalim.sources.observations import as_observations
from diagalim.sources.registry import Resolved
from diagalim.sources.tabular import read_text_table, to_numbers
from diagalim.territory import Territory

MODES = ("nodep", "marche", "velo", "drm", "voiture", "tcom")
"""Modes of the commuting table: none, walk, cycle, motor two-wheeler, car, public transport."""
NUMERICAL_NOISE = 1e-9


def read_carless(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the share of main residences without a car, as a proportion.

    Returns
    -------
    DataFrame
        Observations of ``sans_voiture`` (0 to 1) keyed by IRIS.
    """
    layout = iris_layout(
        key="IRIS",
        numbers=("perc_voit",),
        bounds={"perc_voit": (-NUMERICAL_NOISE, 1.0 + NUMERICAL_NOISE)},
    )
    table = read_text_table(resolved.path, layout, territory.code)
    numbers = to_numbers(table, resolved.path, layout).assign(variable="sans_voiture")
    numbers["valeur"] = numbers["valeur"].clip(0.0, 1.0)
    return as_observations(numbers)


def read_commuting(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the number of workers by main way of going to work.

    Returns
    -------
    DataFrame
        Observations of the `MODES` (workers) keyed by IRIS.
    """
    layout = iris_layout(
        numbers=MODES,
        bounds={mode: (0.0, 1e5) for mode in MODES},
    )
    table = read_text_table(resolved.path, layout, territory.code)
    return as_observations(to_numbers(table, resolved.path, layout))
