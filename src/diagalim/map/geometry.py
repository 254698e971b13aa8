"""How can 840 polygons travel in a page without tearing at their seams?

Simplifying each polygon alone opens gaps between neighbours. ``shapely.coverage_simplify`` moves a
shared border once for both sides; `diagalim.map.topology` then stores it once.
"""

from __future__ import annotations

import geopandas as gpd
import shapely

DECIMALS = 5
"""Decimals of a degree kept in the page: about one metre, far below the 30 m of simplification."""

EXTERNAL_CRS = "EPSG:4326"


def simplify_coverage(iris: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoSeries:
    """Return the polygons with fewer points, their shared borders still shared.

    Parameters
    ----------
    iris : GeoDataFrame
        Polygons of a coverage (no overlap), in a CRS in metres.
    tolerance : float
        Metres: a border may lose the corners that span less than a square of this side.
    """
    shapes = shapely.coverage_simplify(iris.geometry.to_numpy(), tolerance)
    return gpd.GeoSeries(shapes, index=iris.index, crs=iris.crs)


def centre(shapes: gpd.GeoSeries) -> tuple[float, float]:
    """Return latitude and longitude of the middle of the extent, where the map opens."""
    west, south, east, north = shapes.to_crs(EXTERNAL_CRS).total_bounds
    return round((south + north) / 2, DECIMALS), round((west + east) / 2, DECIMALS)
