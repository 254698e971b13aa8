"""The outlines of a department come page by page, all of them or none."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pytest

KEYS = {
    "couche": "STATISTICALUNITS.IRIS:contours_iris",
    "filtre": "code_insee LIKE '{territoire}%'",
    "cle": "code_iris",
    "fichier": "contours/contours_{territoire}.geojson",
}


def outlines(count, department="13"):
    """Return as many squares, side by side west of Marseille."""
    return [
        {
            "type": "Feature",
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[x, 43.3], [x + 0.001, 43.3], [x + 0.001, 43.31], [x, 43.31], [x, 43.3]]
                ],
            },
            "properties": {
                "code_iris": f"{department}001{i:04d}",
                "code_insee": f"{department}001",
                "nom_iris": f"Îlot {i}",
                "nom_commune": "Essai",
                "type_iris": "H",
            },
        }
        for i, x in ((i, 5.0 + i * 0.0005) for i in range(count))
    ]


@pytest.fixture
def service(project, producer):
    """Return a function that serves outlines as a WFS does, each page changed as wished."""
    target = project.dataset("contours", f"{producer.url}/wfs", **KEYS)

    def serve(features, change=lambda page, start: page, most=10**6):
        def reply(handler):
            asked = parse_qs(urlsplit(handler.path).query)
            start, count = int(asked["STARTINDEX"][0]), int(asked["COUNT"][0])
            part = features[start : start + min(count, most)]
            page = {
                "type": "FeatureCollection",
                "numberMatched": len(features),
                "numberReturned": len(part),
                "features": part,
            }
            body = json.dumps(change(page, start)).encode()
            producer.send(handler, body, kind="application/json")

        producer.answers("/wfs", reply)
        return target

    return serve


def refused(project, fetch):
    (failure,) = fetch().failures
    assert project.readable() == [] and project.left() == []
    return failure


def test_all_the_pages_make_one_file_that_geopandas_reads(project, producer, fetch, service):
    target = service(outlines(1_203))
    assert fetch().failures == []
    starts = [parse_qs(urlsplit(path).query)["STARTINDEX"] for path, _ in producer.asked]
    assert starts == [["0"], ["500"], ["1000"]]
    shapes = gpd.read_file(target)
    assert len(shapes) == 1_203 and shapes["code_iris"].is_unique and shapes.crs == 4326
    assert set(shapes.columns) >= {"code_insee", "nom_iris", "nom_commune", "type_iris"}
    assert project.left() == []


def test_request_names_the_layer_the_department_and_an_order(producer, fetch, service):
    service(outlines(3))
    fetch()
    asked = parse_qs(urlsplit(producer.asked[0][0]).query)
    assert asked["TYPENAMES"] == ["STATISTICALUNITS.IRIS:contours_iris"]
    assert asked["CQL_FILTER"] == ["code_insee LIKE '13%'"]
    assert asked["SORTBY"] == ["code_iris"] and asked["SRSNAME"] == ["EPSG:4326"]


def test_year_is_written_in_the_file_and_in_the_record(project, fetch, service):
    target = service(outlines(3))
    fetch()
    assert json.loads(target.read_text(encoding="utf-8"))["millesime"] == 2021
    record = json.loads((project.folder / "telechargements.json").read_text(encoding="utf-8"))
    assert record["contours/contours_13.geojson"]["millesime"] == 2021


def test_order_of_the_answers_does_not_change_the_file(fetch, service):
    target = service(outlines(7))
    fetch()
    first = target.read_bytes()
    service(outlines(7)[::-1])
    fetch(force=True)
    assert target.read_bytes() == first


def test_service_that_sends_fewer_than_asked_is_asked_again(producer, fetch, service):
    target = service(outlines(25), most=10)
    assert fetch().failures == []
    assert len(producer.asked) == 3 and len(gpd.read_file(target)) == 25


def test_missing_page_is_refused(project, fetch, service):
    service(outlines(1_203), lambda page, start: page | {"features": []} if start else page)
    assert "500 contours reçus sur 1203 annoncés" in refused(project, fetch)


def test_page_that_fails_is_refused(project, producer, fetch, service):
    service(outlines(1_203))
    (whole,) = producer.replies["/wfs"]
    producer.answers("/wfs", whole, producer.failing(404))
    assert "erreur 404" in refused(project, fetch)


def test_page_cut_on_the_way_is_asked_again_whole(producer, fetch, service):
    target = service(outlines(25))
    (whole,) = producer.replies["/wfs"]
    producer.answers("/wfs", producer.cut(b"{" * 1_000, kind="application/json"), whole)
    assert fetch().failures == []
    assert len(gpd.read_file(target)) == 25 and producer.ranges == [None, None]


def test_outline_sent_twice_is_refused(project, fetch, service):
    squares = outlines(10)
    service([*squares[:9], squares[0]])
    assert "10 contours annoncés, 10 reçus, 9 différents" in refused(project, fetch)


def test_count_that_changes_between_pages_is_refused(project, fetch, service):
    service(outlines(1_203), lambda page, start: page | {"numberMatched": 1_204} if start else page)
    assert "1203 contours annoncés, puis 1204" in refused(project, fetch)


def test_service_that_does_not_count_is_refused(project, fetch, service):
    service(outlines(3), lambda page, start: page | {"numberMatched": "unknown"})
    assert "ne dit pas combien" in refused(project, fetch)


def test_department_that_the_service_does_not_know_is_said(project, fetch, service):
    service([])
    assert "aucun contour pour le département 13" in refused(project, fetch)


def test_outlines_of_another_department_are_refused(project, fetch, service):
    service(outlines(3, department="84"))
    assert "un autre département (840010000)" in refused(project, fetch)


def test_swapped_coordinates_are_refused(project, fetch, service):
    squares = outlines(3)
    for square in squares:
        ring = square["geometry"]["coordinates"][0]
        square["geometry"]["coordinates"] = [[[y, x] for x, y in ring]]
    service(squares)
    assert "coordonnées inversées" in refused(project, fetch)


def test_outline_without_shape_is_refused(project, fetch, service):
    squares = outlines(3)
    squares[1]["geometry"] = None
    service(squares)
    assert "le contour 130010001 est vide" in refused(project, fetch)


def test_error_of_the_service_is_shown_in_its_words(project, producer, fetch, service):
    service([])
    said = b"<?xml version='1.0'?><Exception><ExceptionText>Illegal property</ExceptionText>"
    producer.answers("/wfs", lambda handler: producer.send(handler, said, kind="application/xml"))
    assert "mais « Illegal property »" in refused(project, fetch)
