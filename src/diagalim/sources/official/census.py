"""Insee, census: who lives in an IRIS, in what household, in what dwelling.

Three forms are read. ``base-ic`` is the official file of recent vintages (``;``, one row an IRIS of
the whole country), ``classeur`` the workbook of the older ones, under occupational groups that the
recent ones no longer have. ``extrait`` is a re-published selection of columns of the 2016 vintage,
IRIS of type H only. ``C`` columns come from the complementary processing (about one household in
four) and are never divided by ``P`` columns. Counts carry decimals: these are survey weights, not
noise.
"""

from __future__ import annotations

import pandas as pd

from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.observations import as_observations
from diagalim.sources.tables.tabular import read_text_table, to_numbers
from diagalim.sources.tables.workbook import read_sheet


def read_iris_table(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read one census table by IRIS, in whichever form the file found has.

    Returns
    -------
    DataFrame
        Observations of counts (persons, households or dwellings, see the column) keyed by IRIS.

    Raises
    ------
    InputError
        When the form of the file is not the declared one.
    """
    layout = layout_of(resolved)
    path, code = resolved.path, territory.code
    if layout.sheet:
        table = read_sheet(path, layout.sheet, layout.header_row, layout, code)
    else:
        table = read_text_table(path, layout, code)
    return as_observations(to_numbers(table, resolved.path, layout))


def read_commune_shares(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the re-published commune shares of the 2017 census.

    The file repeats 46 codes with empty values; those rows are dropped. ``TX_NSCOL15P`` is the
    share of people out of school **with at most a CAP or BEP** among people of 15 and over, not
    the share without a diploma. ``TX_25ETMOINS`` is over the same people.

    Returns
    -------
    DataFrame
        Observations in percent keyed by commune or *arrondissement*.
    """
    layout = layout_of(resolved)
    table = read_text_table(resolved.path, layout, territory.code)
    empty = (table[list(layout.numbers)] == "").all(axis=1)
    kept = table[~empty]
    numbers = to_numbers(kept, resolved.path, layout)
    return as_observations(numbers.drop_duplicates(["code", "variable"]))
