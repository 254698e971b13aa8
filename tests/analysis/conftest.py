"""What the tests of the score share: a grid of squares."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely


@pytest.fixture
def squares():
    """Make a grid of squares of 100 m named by column and row, with or without an islet."""

    def make(side=3, island=False):
        codes = [f"{column}{row}" for column in "abcdefghijkl"[:side] for row in range(side)]
        shapes = [
            shapely.box(100 * x, 100 * y, 100 * x + 100, 100 * y + 100)
            for x in range(side)
            for y in range(side)
        ]
        if island:
            codes.append("ile")
            shapes.append(shapely.box(1000, 210, 1050, 260))
        return gpd.GeoSeries(shapes, index=pd.Index(codes, name="code_iris"), crs="EPSG:2154")

    return make
