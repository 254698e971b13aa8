"""Insee, legal populations: how many people live in each commune.

*Population municipale* counts everyone once; *population totale* counts some people twice and is
never used for a share. Marseille stands as its 16 *arrondissements*, never as 13055.
"""

from __future__ import annotations

import pandas as pd

from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.observations import as_observations
from diagalim.sources.tables.tabular import read_text_table, to_numbers
from diagalim.wording.problems import InputError, Problem


def read_legal(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the legal populations of the communes and *arrondissements* of a territory.

    Returns
    -------
    DataFrame
        Observations of ``population_municipale`` (persons) keyed by commune, with ``nom``.

    Raises
    ------
    InputError
        When the form of the file is not the declared one, or a commune comes twice.
    """
    layout = layout_of(resolved)
    commune, (department, name) = layout.key, layout.text
    table = read_text_table(resolved.path, layout)
    here = table[table[department] == territory.code].reset_index(drop=True)
    if here.empty:
        raise InputError(
            [
                Problem(
                    resolved.path.name,
                    f"colonne {department}",
                    ", ".join(sorted(table[department].unique())[:5]),
                    f"au moins une commune du département {territory.code}",
                    "vérifier que le fichier couvre ce territoire",
                )
            ]
        )
    here[commune] = here[department] + here[commune]
    twice = here.loc[here[commune].duplicated(), commune].unique()
    if len(twice):
        raise InputError(
            Problem(
                resolved.path.name,
                f"colonne {commune}",
                code,
                "chaque commune une seule fois",
                "garder la bonne ligne et supprimer l'autre",
            )
            for code in twice
        )
    observations = as_observations(to_numbers(here, resolved.path, layout))
    observations["variable"] = "population_municipale"
    return observations.assign(nom=here[name].to_numpy())
