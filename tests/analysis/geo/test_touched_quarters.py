"""Which priority neighbourhoods an IRIS touches."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import box

from diagalim.analysis.geo.touched_quarters import quarters_touched


@pytest.fixture
def iris() -> gpd.GeoSeries:
    return gpd.GeoSeries(
        [box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000)], index=["a", "b"], crs="EPSG:2154"
    )


def quarters(*shapes) -> gpd.GeoDataFrame:
    codes = [f"QP0{k}" for k in range(len(shapes))]
    return gpd.GeoDataFrame(index=codes, geometry=list(shapes), crs="EPSG:2154")


def test_a_neighbourhood_across_two_iris_touches_both(iris):
    pairs = quarters_touched(iris, quarters(box(900, 0, 1500, 100)))
    assert pairs[["iris", "quartier"]].to_numpy().tolist() == [["a", "QP00"], ["b", "QP00"]]
    assert pairs["part"].tolist() == pytest.approx([0.01, 0.05])


def test_a_sliver_along_a_street_touches_nothing(iris):
    pairs = quarters_touched(iris, quarters(box(998, 0, 1500, 1000)))
    assert pairs["iris"].tolist() == ["b"]


def test_two_neighbourhoods_of_one_iris_are_two_lines(iris):
    pairs = quarters_touched(iris, quarters(box(0, 0, 100, 100), box(500, 500, 700, 700)))
    assert pairs["quartier"].tolist() == ["QP00", "QP01"]


def test_layers_in_two_systems_are_refused(iris):
    with pytest.raises(ValueError, match="projected"):
        quarters_touched(iris, quarters(box(0, 0, 1, 1)).set_crs(4326, allow_override=True))
