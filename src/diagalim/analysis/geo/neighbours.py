"""Which IRIS touch, and what is the mean of the values around one?

Two IRIS are neighbours as in `diagalim.analysis.geo.contiguity.queen`. An island is tied to no
other here: what stands beyond the water says nothing of what is around. The value of an IRIS never
enters the mean of its own neighbours, and a neighbour without a published value is left out.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from diagalim.analysis.geo.contiguity import queen


def touching(iris: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the pairs of IRIS that touch, each in both directions.

    Parameters
    ----------
    iris : GeoDataFrame
        Indexed by IRIS; polygons of a coverage, which share their vertices.

    Returns
    -------
    DataFrame
        ``code_iris``, ``voisin``: codes. An IRIS that touches no other is in no row.

    Raises
    ------
    ValueError
        When a code stands twice or a polygon is missing or empty (`queen`).
    """
    found = queen(iris.geometry).neighbors
    pairs = [(code, other) for code in iris.index for other in sorted(found[code])]
    return pd.DataFrame(pairs, columns=["code_iris", "voisin"])


def mean_around(values: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """Return the mean of the known values around each IRIS, missing where none is known.

    Parameters
    ----------
    values : Series
        By IRIS, missing where unknown.
    pairs : DataFrame
        From `touching`.
    """
    around = pd.Series(pairs["voisin"].map(values).to_numpy(float))
    return (
        around.groupby(pairs["code_iris"].to_numpy())
        .mean()
        .reindex(values.index, fill_value=np.nan)
    )
