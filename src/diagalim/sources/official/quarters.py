"""ANCT and Insee, priority neighbourhoods (*quartiers prioritaires*, QPV): where, and who is known?

Perimeters changed on 1 January 2024: codes ``QP…`` are those of 2014, ``QN…`` those of 2024. A QPV
is defined by income, so it validates no score of income. Statistics by QPV leave out what the
Cnaf withholds: an empty cell is no zero.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import columns_of, layout_of
from diagalim.sources.tables.layers import outside_metropole, read_layer
from diagalim.sources.tables.observations import as_observations
from diagalim.sources.tables.tabular import read_text_table, to_numbers
from diagalim.sources.tables.tabular_problems import no_row_problem
from diagalim.wording.problems import InputError, Problem, raise_if_any

_ANCT_2024 = {"lib_qp": "nom_qp", "lib_com": "commune_qp"}
"""Names of the national file of 2024, and those of the extracts."""
DEPARTMENT_LENGTH = 3
"""A code of QPV writes its department in three characters: ``QP013001`` is in 13."""
SHOWN = 3
NATIONAL = 50
"""Departments from which a file is the national one: a department that is not in it has no QPV."""


def read_perimeters(resolved: Resolved, territory: Territory) -> gpd.GeoDataFrame:
    """Read the perimeters of the priority neighbourhoods of a territory.

    An outline that crosses itself is repaired, and says so.

    Returns
    -------
    GeoDataFrame
        In the CRS of the territory (EPSG:2154), indexed by ``code_qp``, sorted: ``nom``,
        ``communes`` (names, as published), ``repare`` (bool), ``geometry`` (polygons).

    Raises
    ------
    InputError
        File that cannot be read, without CRS, column missing, code twice, or no QPV of the
        territory in a file that is not national.
    """
    path = resolved.path
    shapes = read_layer(path, columns_of(resolved), _ANCT_2024)
    codes = shapes["code_qp"].astype(str)
    here = shapes[codes.str[2:5] == _three(territory)].to_crs(territory.crs)
    if here.empty and codes.str[2:5].nunique() < NATIONAL:
        raise InputError(
            [
                Problem(
                    path.name,
                    "colonne CODE_QP",
                    ", ".join(codes.head(SHOWN)) or "aucune ligne",
                    f"au moins un code du département, comme QP{_three(territory)}001",
                    "vérifier que le fichier couvre ce territoire",
                )
            ]
        )
    raise_if_any(
        Problem(
            path.name,
            "colonne CODE_QP",
            code,
            "chaque quartier une seule fois",
            "garder le bon contour et supprimer l'autre",
        )
        for code in here.loc[here["code_qp"].duplicated(), "code_qp"].unique()
    )
    raise_if_any(outside_metropole(here, path) if len(here) else ())
    broken = ~here.geometry.is_valid
    here = here.assign(repare=broken)
    here.loc[broken, "geometry"] = here.loc[broken, "geometry"].map(_polygons)
    here = here.rename(columns={"nom_qp": "nom", "commune_qp": "communes"})
    return here.set_index("code_qp").sort_index()[["nom", "communes", "repare", "geometry"]]


def read_statistics(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read what Insee and the Cnaf publish of the people of each QPV.

    Returns
    -------
    DataFrame
        Observations keyed by QPV (``QP013001``); an empty cell is ``secret``.

    Raises
    ------
    InputError
        When the form of the file is not the declared one, or it is not national and holds no QPV
        of the territory.
    """
    layout = layout_of(resolved)
    table = read_text_table(resolved.path, layout)
    here = table[layout.key].str[:5] == f"QP{_three(territory)}"
    if not here.any() and table[layout.key].str[:5].nunique() < NATIONAL:
        raise InputError([no_row_problem(table, f"QP{_three(territory)}", resolved.path, layout)])
    table = table[here].reset_index(drop=True)
    return as_observations(to_numbers(table, resolved.path, layout), empty_is="secret")


def _three(territory: Territory) -> str:
    return territory.code.zfill(DEPARTMENT_LENGTH)


def _polygons(outline: shapely.Geometry) -> shapely.Geometry:
    """Make an outline valid and keep its area: a repair may leave lines and points behind."""
    parts = shapely.get_parts(shapely.make_valid(outline))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
