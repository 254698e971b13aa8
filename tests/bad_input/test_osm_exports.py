"""Exports of OpenStreetMap, by the several tools that write them: all say the same elements."""

from __future__ import annotations

import json

import pytest
from shapely.geometry import Point, shape

from diagalim.collected.inventory.osm import read_osm
from diagalim.collected.inventory.osm_form import read_elements
from diagalim.sources.tables.tabular_problems import SHOWN
from diagalim.wording.problems import InputError

TAGS = {"social_facility": "food_bank", "name": "Colis de la Fable"}
POINT = {"type": "Point", "coordinates": [-2.83, 45.1665]}
RING = [[-2.83, 45.16], [-2.829, 45.16], [-2.829, 45.161], [-2.83, 45.161], [-2.83, 45.16]]
HORSESHOE = [[0, 0], [3, 0], [3, 3], [2, 3], [2, 1], [1, 1], [1, 3], [0, 3], [0, 0]]
"""A building round a court: its centre is not in it."""


def feature(name="node/1", geometry=POINT, **tags):
    known = {"type": "Feature", "properties": TAGS | tags, "geometry": geometry}
    return known if name is None else known | {"id": name}


@pytest.fixture
def export(tmp_path):
    """Write an export and return its path."""

    def write(*features, content=None):
        path = tmp_path / "export.geojson"
        whole = content or {"type": "FeatureCollection", "features": list(features)}
        path.write_text(json.dumps(whole), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "one",
    [
        feature(),
        feature(**{"@relations": [{"role": "", "rel": 1, "reltags": {}}]}),
        feature(capacity=40),
        feature(capacity="40", opening_hours=None, note=None),
        feature(None, **{"@id": "node/1"}),
        feature(None, id="node/1"),
        feature(1),
        feature("1"),
        feature(None, full_id="n1"),
        feature(None, osm_id=1, osm_type="node"),
        feature(wheelchair=True, lanes=1.5, extra={"a": 1}),
    ],
)
def test_each_writing_of_an_element_is_read(export, one):
    found = read_osm(export(one, feature("node/9")))
    assert found.places["lieu_id"].tolist() == ["osm:node/1", "osm:node/9"]
    assert found.places["lon"].tolist() == [-2.83, -2.83]
    assert found.places["nom"].tolist() == ["Colis de la Fable"] * 2


@pytest.mark.parametrize("capacity", [40, "40"])
def test_a_number_is_a_number_whatever_its_writing(export, capacity):
    assert read_osm(export(feature(capacity=capacity))).services["capacite"].tolist() == [40.0]


@pytest.mark.parametrize("capacity", [True, "env. 40", "40-50", None, -3])
def test_a_capacity_that_is_no_number_is_missing(export, capacity):
    assert read_osm(export(feature(capacity=capacity))).services["capacite"].isna().all()


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [RING]},
        {"type": "Polygon", "coordinates": [HORSESHOE]},
        {"type": "MultiPolygon", "coordinates": [[RING], [HORSESHOE]]},
        {"type": "LineString", "coordinates": RING[:3]},
        {"type": "MultiPoint", "coordinates": RING[:2]},
    ],
)
def test_an_outline_is_brought_to_a_point_that_lies_in_it(export, geometry):
    place = read_osm(export(feature("way/1", geometry))).places.iloc[0]
    assert shape(geometry).distance(Point(place["lon"], place["lat"])) < 1e-9
    assert place["geocodage_precision"] == "source"


@pytest.mark.parametrize(
    "geometry",
    [None, {"type": "Point", "coordinates": []}, {"type": "Polygon", "coordinates": []},
     {"type": "Point", "coordinates": [None, None]}],
)  # fmt: skip
def test_an_element_without_a_geometry_has_no_point(export, geometry):
    place = read_osm(export(feature("way/1", geometry))).places.iloc[0]
    assert place[["lon", "lat"]].isna().all() and place["geocodage_precision"] == "non placé"


def test_the_answer_of_overpass_itself_is_read(export):
    content = {"version": 0.6, "elements": [
        {"type": "node", "id": 1, "lat": 45.1665, "lon": -2.83, "tags": TAGS},
        {"type": "way", "id": 2, "center": {"lat": 45.2, "lon": -2.8}, "nodes": [7], "tags": TAGS,
         "timestamp": "2026-05-04T10:00:00Z"},
        {"type": "node", "id": 7, "lat": 45.2, "lon": -2.8},
    ]}  # fmt: skip
    found = read_osm(export(content=content))
    assert found.places["lieu_id"].tolist() == ["osm:node/1", "osm:way/2"]
    assert found.places["lat"].tolist() == [45.1665, 45.2] and not found.left_out
    assert found.places["date_maj"].notna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (feature(None), "élément 1 : lu « sans identifiant »"),
        (feature(geometry={"type": "Cercle", "coordinates": [1, 2]}), "node/1, geometry"),
        (feature(geometry={"type": "Point", "coordinates": ["là", "ici"]}), "node/1, geometry"),
        (feature(**{"@timestamp": "hier"}), "node/1, @timestamp : lu « hier »"),
        (
            {"type": "Feature", "properties": ["a"], "geometry": POINT},
            "champ features.0.properties",
        ),
    ],
)
def test_what_cannot_be_read_is_said_with_its_element(export, one, said):
    with pytest.raises(InputError) as caught:
        read_osm(export(one))
    assert said in str(caught.value) and "À faire" in str(caught.value)


def test_all_the_faults_of_a_file_are_said_at_once_and_shortened(export):
    wrong = [feature(f"node/{n}", **{"@timestamp": "hier"}) for n in range(100)]
    with pytest.raises(InputError) as caught:
        read_osm(export(*wrong, feature("node/1"), feature(None)))
    said = str(caught.value)
    assert "2 fois" in said and "sans identifiant" in said and "autres du même genre" in said
    assert len(caught.value.problems) == SHOWN + 2


@pytest.mark.parametrize("content", [{"a": 1}, [1], {"features": {}}, {"elements": 3}])
def test_another_file_is_refused_with_what_was_expected(export, content):
    with pytest.raises(InputError, match="attendu : un export Overpass"):
        read_elements(export(content=content))
