"""Which priority neighbourhoods (QPV) does an IRIS touch?

Their outlines follow streets, those of IRIS too, but from other files: a sliver along a common
street is a fault of drawing, not a touch.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

SLIVER = 5_000.0
"""Square metres under which a common surface is a fault of drawing: half a hectare."""


def quarters_touched(shapes: gpd.GeoSeries, quarters: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the pairs of an IRIS and a neighbourhood that share ground.

    Parameters
    ----------
    shapes : GeoSeries
        IRIS in metres, indexed by code.
    quarters : GeoDataFrame
        Perimeters in the same CRS, indexed by ``code_qp``.

    Returns
    -------
    DataFrame
        ``iris``, ``quartier``, ``part`` (share of the surface of the IRIS, 0 to 1), sorted.

    Raises
    ------
    ValueError
        When the two layers are not in the same CRS in metres.
    """
    if shapes.crs != quarters.crs or shapes.crs is None or not shapes.crs.is_projected:
        raise ValueError(f"one projected CRS is needed, not {shapes.crs} and {quarters.crs}")
    left, right = shapes.sindex.query(quarters.geometry, predicate="intersects")
    areas = shapes.iloc[right].intersection(quarters.geometry.iloc[left], align=False).area
    pairs = pd.DataFrame(
        {
            "iris": shapes.index[right],
            "quartier": quarters.index[left],
            "part": areas.to_numpy() / shapes.area.iloc[right].to_numpy(),
        }
    )
    return pairs[areas.to_numpy() >= SLIVER].sort_values(["iris", "quartier"], ignore_index=True)
