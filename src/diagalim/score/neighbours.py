"""Which IRIS touch, and what is the mean of the values around one?

Two IRIS are neighbours when their polygons share a point (queen contiguity). The value of an IRIS
never enters the mean of its own neighbours, and a neighbour without a published value is left out.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from libpysal.weights import Queen


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
    """
    found = Queen.from_dataframe(iris, use_index=True, silence_warnings=True).neighbors
    pairs = [(code, other) for code, others in found.items() for other in sorted(others)]
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
