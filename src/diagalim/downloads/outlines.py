"""What a map needs outside of this site: published columns of IRIS and communes, and outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from diagalim.downloads.geopackage import gpkg_bytes
from diagalim.downloads.offered import Offered, stem_of

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

OUTLINED = {
    "iris": ("score_iris", "code_iris", "iris"),
    "communes": ("pauvrete_communes", "code_commune", "communes"),
}
"""By layer: published table, its key, and the table of `SCORE` that has the outlines."""
SCORE = "score"
NAME = "contours"


def outline_files(chapter: Chapter, offered: list[Offered]) -> dict[str, bytes]:
    """Return the GeoPackage of the tables that have outlines, by name of file; none without any."""
    by_name = {table.name: table for table in offered}
    layers = {}
    for layer, (name, key, outlines) in OUTLINED.items():
        if name in by_name:
            places = chapter.table(SCORE, outlines).geometry
            layers[layer] = (_joined(by_name[name], key, places), by_name[name].notice)
    return {f"{stem_of(chapter, NAME)}.gpkg": gpkg_bytes(layers)} if layers else {}


def _joined(offered: Offered, key: str, places: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Return a published table with the outline of each line.

    Raises
    ------
    ValueError
        When a line has no outline.
    """
    found = places.reindex(offered.table[key])
    if found.isna().any():
        raise ValueError(f"{offered.name}: no outline for {found.index[found.isna()].tolist()}")
    return gpd.GeoDataFrame(offered.table, geometry=found.to_numpy(), crs=places.crs)
