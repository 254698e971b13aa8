"""La MedNum, digital fragility index (2020), and the population of every IRIS that comes with it.

The census extract at hand holds IRIS of type H only. This dashboard extract carries the 2016 census
population of all of them, including activity, miscellaneous and whole-commune IRIS. It equals the
sum of the age bands of the census where both exist, as the tests on the official files verify
(``tests/official``). The index uses incomes: it is a check of convergence for a score of poverty,
not an independent validation.
"""

from __future__ import annotations

import pandas as pd

from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.observations import as_observations, wide
from diagalim.sources.tables.tabular import read_text_table, to_numbers
from diagalim.wording.problems import InputError, Problem

POPULATION, SCORE = "Population", "SCORE GLOBAL"


def read_population(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the population of each IRIS.

    Returns
    -------
    DataFrame
        Observations of ``population`` (persons) keyed by IRIS.

    Raises
    ------
    InputError
        When the form of the file is not the declared one, or the measure is not there.
    """
    numbers = _measures(resolved, territory, POPULATION)
    here = numbers[numbers["variable"] == POPULATION].reset_index(drop=True)
    return as_observations(here.assign(variable="population"))


def read_index(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the index and its parts.

    Returns
    -------
    DataFrame
        Observations keyed by IRIS, base 100: ``SCORE GLOBAL`` and its parts, under their published
        names without the blank that ends one of them. The measure ``Population`` is left out.

    Raises
    ------
    InputError
        When the form of the file is not the declared one, or the index is not there.
    """
    numbers = _measures(resolved, territory, SCORE)
    return as_observations(numbers[numbers["variable"] != POPULATION].reset_index(drop=True))


def index_of(observations: pd.DataFrame | None) -> pd.Series | None:
    """Return the index of each IRIS; None where the file is not there.

    Parameters
    ----------
    observations : DataFrame
        From the reader of the index, above.
    """
    return None if observations is None else wide(observations)[SCORE]


def _measures(resolved: Resolved, territory: Territory, wanted: str) -> pd.DataFrame:
    """Read every measure, one row an IRIS and measure, and refuse a file without ``wanted``."""
    layout = layout_of(resolved)
    table = read_text_table(resolved.path, layout, territory.code)
    (measure,) = layout.text
    names = table[measure]  # the reader took away the blank that ends the name of the index
    if wanted not in set(names.unique()):
        raise InputError(
            [
                Problem(
                    resolved.path.name,
                    f"colonne {measure}",
                    ", ".join(sorted(names.unique())[:8]),
                    f"une mesure « {wanted} »",
                    "reprendre l'export avec toutes ses mesures",
                )
            ]
        )
    return to_numbers(table, resolved.path, layout).assign(variable=names)
