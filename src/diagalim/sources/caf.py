"""Cnaf: households receiving the *revenu de solidarité active* (RSA), by IRIS.

``ARSAS`` counts **households** of the family benefits funds only: the agricultural scheme is left
out. An empty cell is a count under 5 that the producer withholds, never a zero; an IRIS that is not
in the file is absent, which is a third state.
"""

from __future__ import annotations

import pandas as pd

from diagalim.sources.observations import as_observations
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tabular import read_text_table, to_numbers
from diagalim.territory import Territory


def read_rsa(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the number of households receiving the RSA.

    Returns
    -------
    DataFrame
        Observations of ``ARSAS`` (households) keyed by IRIS; empty cells are ``secret``.

    Raises
    ------
    InputError
        When the form of the file is not the declared one.
    """
    layout = layout_of(resolved)
    table = read_text_table(resolved.path, layout, territory.code)
    return as_observations(to_numbers(table, resolved.path, layout), empty_is="secret")
