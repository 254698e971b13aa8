"""Population of every IRIS, as the digital fragility index (La MedNum, 2020) re-publishes it.

The census tables at hand hold IRIS of type H only. This dashboard extract carries the 2016 census
population of all of them, including activity, miscellaneous and whole-commune IRIS. It equals the
sum of the age bands of the census where both exist, as the tests on the official files verify
(``tests/official``).
"""

from __future__ import annotations

import pandas as pd

from diagalim.problems import InputError, Problem
from diagalim.sources.layout import iris_layout
from diagalim.sources.observations import as_observations
from diagalim.sources.registry import Resolved
from diagalim.sources.tabular import read_text_table, to_numbers
from diagalim.territory import Territory

MEASURE, VALUE = "Noms de mesures", "Valeurs de mesures"


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
    layout = iris_layout(
        key="Code Iris",
        text=(MEASURE,),
        numbers=(VALUE,),
        unique_key=False,
    )
    table = read_text_table(resolved.path, layout, territory.code)
    measures = table[MEASURE].str.strip()  # the published name of one measure ends with a blank
    here = table[measures == "Population"].reset_index(drop=True)
    if here.empty:
        raise InputError(
            [
                Problem(
                    resolved.path.name,
                    f"colonne {MEASURE}",
                    ", ".join(sorted(measures.unique())[:8]),
                    "une mesure « Population »",
                    "reprendre l'export avec toutes ses mesures",
                )
            ]
        )
    numbers = to_numbers(here, resolved.path, layout)
    return as_observations(numbers.assign(variable="population"))
