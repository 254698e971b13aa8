"""What does the 200 m grid say of an IRIS whose income is withheld?

A cell belongs to the IRIS that holds its centre; shares and means are weighted by people. The grid
comes from the same tax files in another year, and counts poor households where the IRIS file counts
poor persons: it is brought to the definition of the IRIS by a regression, never used as it is.

Cells of fewer than 11 households hold values that Insee modelled over their neighbours: they hold
few people, and an IRIS of fewer than `LEAST_PEOPLE` people on the grid is left out.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

LEAST_PEOPLE = 50
"""Fewer people than this on the grid say nothing of an IRIS (METHODS 3.3)."""
MEASURES = ["niveau_vie", "part_menages_pauvres"]


def grid_of_iris(cells: gpd.GeoDataFrame | None, iris: gpd.GeoDataFrame) -> pd.DataFrame | None:
    """Return people-weighted means of the cells whose centre falls in each IRIS.

    Parameters
    ----------
    cells : GeoDataFrame
        From `diagalim.sources.official.grid.read_grid`: ``personnes``, ``niveau_vie`` (€ a year),
        ``part_menages_pauvres`` (0 to 1), squares. None where there is no grid, which gives None.
    iris : GeoDataFrame
        Indexed by IRIS, polygons, same CRS.

    Returns
    -------
    DataFrame
        Indexed by IRIS, those covered only: ``personnes``, ``niveau_vie``,
        ``part_menages_pauvres`` (%).

    Raises
    ------
    ValueError
        When the two layers are not in the same CRS.
    """
    if cells is None:
        return None
    if cells.crs != iris.crs:
        raise ValueError(f"cells in {cells.crs}, IRIS in {iris.crs}")
    centres = cells[["personnes", *MEASURES]].set_geometry(cells.centroid)
    codes = iris.geometry.rename_axis("code_iris").reset_index()
    inside = centres.sjoin(codes, predicate="within").dropna(subset=["personnes", *MEASURES])
    people = inside["personnes"]
    weighted = inside[MEASURES].mul(people, axis=0).assign(personnes=people)
    sums = weighted.groupby(inside["code_iris"]).sum()
    sums = sums[sums["personnes"] >= LEAST_PEOPLE]
    means = sums[MEASURES].div(sums["personnes"], axis=0)
    means["part_menages_pauvres"] *= 100
    return means.assign(personnes=sums["personnes"])[["personnes", *MEASURES]].replace(
        [np.inf, -np.inf], np.nan
    )
