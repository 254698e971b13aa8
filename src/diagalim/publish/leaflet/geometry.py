"""How can 840 polygons travel in a page without tearing at their seams?

Simplifying each polygon alone opens gaps between neighbours. ``shapely.coverage_simplify`` moves a
shared border once for both sides; the outlines of communes are then taken from those same borders,
so that they fall exactly on the polygons below them.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
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


def polygons_geojson(shapes: gpd.GeoSeries) -> dict[str, Any]:
    """Return a FeatureCollection whose features carry only their position in ``shapes``."""
    external = shapes.to_crs(EXTERNAL_CRS)
    features = [
        {"type": "Feature", "id": position, "properties": {}, "geometry": _rounded(shape)}
        for position, shape in enumerate(external)
    ]
    return {"type": "FeatureCollection", "features": features}


def outlines_geojson(shapes: gpd.GeoSeries, communes: np.ndarray) -> dict[str, Any]:
    """Return the borders of communes, each drawn once, as one feature.

    Parameters
    ----------
    shapes : GeoSeries
        Simplified polygons of the IRIS.
    communes : array of str
        Commune of each polygon, in the order of ``shapes``.
    """
    wholes = [
        shapely.coverage_union_all(shapes.to_numpy()[communes == code])
        for code in np.unique(communes)
    ]
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(wholes)))
    external = gpd.GeoSeries([lines], crs=shapes.crs).to_crs(EXTERNAL_CRS).iloc[0]
    feature = {"type": "Feature", "id": 0, "properties": {}, "geometry": _rounded(external)}
    return {"type": "FeatureCollection", "features": [feature]}


def centre(shapes: gpd.GeoSeries) -> tuple[float, float]:
    """Return latitude and longitude of the middle of the extent, where the map opens."""
    west, south, east, north = shapes.to_crs(EXTERNAL_CRS).total_bounds
    return round((south + north) / 2, DECIMALS), round((west + east) / 2, DECIMALS)


def _rounded(shape: shapely.Geometry) -> dict[str, Any]:
    # A multipolygon of one part costs one more level of brackets in each of 840 features.
    if shape.geom_type.startswith("Multi") and len(shape.geoms) == 1:
        shape = shape.geoms[0]
    whole = shapely.geometry.mapping(shape)
    return {"type": whole["type"], "coordinates": _round_all(whole["coordinates"])}


def _round_all(coordinates: Any) -> list:
    """Round nested coordinates, and drop the points that rounding made equal to the one before."""
    if isinstance(coordinates[0], (int, float)):
        return [round(value, DECIMALS) for value in coordinates[:2]]
    rounded = [_round_all(part) for part in coordinates]
    if len(rounded) > 4 and isinstance(rounded[0][0], float):
        kept = [rounded[0]]
        kept += [here for before, here in zip(rounded, rounded[1:], strict=False) if here != before]
        return kept if len(kept) >= 4 else rounded
    return rounded
