"""Insee, communes: what is each called (*code officiel géographique*), and how dense is it?

The list of communes holds those that a merger left as parts of another (*communes déléguées* and
*associées*), under codes that may be those of a commune: they are left out. The density grid knows
whole communes only (13055 for Marseille, no *arrondissement*).
"""

from __future__ import annotations

import pandas as pd

from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.tabular import read_text_table
from diagalim.sources.tables.workbook import read_sheet
from diagalim.wording.problems import Problem, raise_if_any

KINDS = {"COM": "commune", "ARM": "arrondissement"}
THREE_LEVELS = {1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 3, 7: 3}
"""Level of the grid in three (1 dense, 2 intermediate, 3 rural) of each level of the grid in seven
(Insee, grille communale de densité)."""


def read_codes(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the communes and *arrondissements* of a territory.

    Returns
    -------
    DataFrame
        Indexed by ``code``, sorted: ``nom``, ``type`` (``commune`` or ``arrondissement``),
        ``commune`` (code of the whole commune: the city for an *arrondissement*).

    Raises
    ------
    InputError
        When the form of the file is not the declared one, or a code comes twice.
    """
    table = read_text_table(resolved.path, layout_of(resolved), territory.code)
    table = table[table["TYPECOM"].isin(KINDS)]
    twice = table.loc[table["COM"].duplicated(), "COM"].unique()
    raise_if_any(
        Problem(
            resolved.path.name,
            "colonne COM",
            code,
            "chaque commune ou arrondissement une seule fois",
            "reprendre le fichier de l'Insee",
        )
        for code in twice
    )
    codes = pd.DataFrame(
        {
            "nom": table["LIBELLE"],
            "type": table["TYPECOM"].map(KINDS),
            "commune": table["COMPARENT"].where(table["TYPECOM"] == "ARM", table["COM"]),
        }
    )
    return codes.set_index(table["COM"].rename("code")).sort_index()


def read_density(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the density level of each commune.

    Returns
    -------
    DataFrame
        Indexed by ``code`` of commune: ``nom``, ``dens7`` (1 to 7, from dense to very sparse),
        ``dens3`` (1 dense, 2 intermediate, 3 rural), ``libelle``.

    Raises
    ------
    InputError
        When the form of the file is not the declared one.
    """
    layout = layout_of(resolved)
    table = read_sheet(resolved.path, layout.sheet, layout.header_row, layout, territory.code)
    levels = table["DENS"].astype(int)
    density = pd.DataFrame(
        {
            "nom": table["LIBGEO"],
            "dens7": levels,
            "dens3": levels.map(THREE_LEVELS),
            "libelle": table["LIBDENS"],
        }
    )
    return density.set_index(table["CODGEO"].rename("code")).sort_index()
