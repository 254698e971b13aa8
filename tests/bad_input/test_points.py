"""Where a record is: one rule for all tools, and no point that its own commune contradicts."""

from __future__ import annotations

import json

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely.geometry import Point, box

from diagalim.analysis.geo.commune_codes import Cog
from diagalim.analysis.offer.inventory import by_commune, nearest_aid, open_services, points
from diagalim.collected.inputs import collected_schema
from diagalim.collected.inventory.gather import gather
from diagalim.collected.inventory.location import (
    BORDER,
    DISAGREES,
    NO_COMMUNE,
    OLD_CODE,
    OUTSIDE,
    SWAPPED,
    UNUSABLE,
)
from diagalim.collected.inventory.partner import NAME_AND_CODE
from diagalim.collected.inventory.records import LOST_STOP, inventory, located
from diagalim.collected.reports.reporting import read_report
from diagalim.collected.stated_communes import other_commune

TODAY = "2026-11-30"
WEST, EAST = "00018", "00201"
NAMES = {WEST: "Corvelle", EAST: "Port-Vermeil 1er Arrondissement", "00055": "Port-Vermeil"}
COG = Cog(NAMES, parents={"00777": WEST}, successors={"00778": (WEST,), "00779": (WEST, EAST)})
IN_WEST, IN_EAST, FAR = (2.95, 46.0), (3.05, 46.0), (2.35, 48.86)


@pytest.fixture(scope="module")
def iris() -> gpd.GeoDataFrame:
    """Two communes side by side, of one IRIS each, on both sides of a meridian."""
    shapes = gpd.GeoSeries([box(2.9, 45.9, 3.0, 46.1), box(3.0, 45.9, 3.1, 46.1)], crs="EPSG:4326")
    return gpd.GeoDataFrame(
        {"commune": [WEST, EAST], "nom_commune": [NAMES[WEST], NAMES[EAST]]},
        geometry=shapes.to_crs("EPSG:2154").to_numpy(), crs="EPSG:2154",
        index=pd.Index([f"{WEST}0000", f"{EAST}0101"], name="code_iris"),
    )  # fmt: skip


def place(code=None, point=(None, None), name="a", source="source"):
    lon, lat = point
    return {
        "lieu_id": name, "nom": name, "source_ids": f"osm:{name}", "nature": "collecté",
        "code_insee": code, "lon": lon, "lat": lat, "geocodage_precision": source,
        "habilitation_type": "inconnue",
    }  # fmt: skip


def service(name="a", kind="colis"):
    return {
        "service_id": f"{name}:1", "lieu_id": name, "type_aide": kind, "source_ids": f"osm:{name}",
        "nature": "collecté",
    }  # fmt: skip


CASES = {
    # stated, point: commune counted, IRIS, precision, why left out, what is remarked
    "agreed": (WEST, IN_WEST, WEST, True, "source", None, None),
    "no commune stated": (None, IN_WEST, WEST, True, "source", None, None),
    "a whole city": ("00055", IN_EAST, EAST, True, "source", None, None),
    "a whole city, elsewhere": ("00055", IN_WEST, "00055", False, "commune", None, DISAGREES),
    "zero": (WEST, (0, 0), WEST, False, "commune", None, UNUSABLE),
    "latitude 145": (WEST, (2.95, 145.0), WEST, False, "commune", None, UNUSABLE),
    "longitude 999": (WEST, (999.0, 46.0), WEST, False, "commune", None, UNUSABLE),
    "no latitude": (WEST, (2.95, None), WEST, False, "commune", None, UNUSABLE),
    "no longitude": (WEST, (None, 46.0), WEST, False, "commune", None, UNUSABLE),
    "no point": (WEST, (None, None), WEST, False, "source", None, None),
    "exchanged": (WEST, IN_WEST[::-1], WEST, True, "source", None, SWAPPED),
    "exchanged, nothing stated": (None, IN_WEST[::-1], WEST, True, "source", None, SWAPPED),
    "disagreement": (WEST, IN_EAST, WEST, False, "commune", None, DISAGREES),
    "a point of Paris": (WEST, FAR, WEST, False, "commune", None, DISAGREES),
    "Paris": ("75056", FAR, None, False, None, OUTSIDE, None),
    "Paris without a point": ("75056", (None, None), None, False, None, OUTSIDE, None),
    "Paris with a point here": ("75056", IN_WEST, None, False, None, OUTSIDE, None),
    "a point elsewhere alone": (None, FAR, None, False, None, OUTSIDE, None),
    "neither": (None, (None, None), None, False, None, NO_COMMUNE, None),
    "zero alone": (None, (0, 0), None, False, None, NO_COMMUNE, None),
    "delegated commune": ("00777", (None, None), WEST, False, "source", None, OLD_CODE),
    "merged commune": ("00778", (None, None), WEST, False, "source", None, OLD_CODE),
    "delegated, with a point": ("00777", IN_WEST, WEST, True, "source", None, None),
    "split commune": ("00779", (None, None), None, False, None, NO_COMMUNE, None),
    "split commune, with a point": ("00779", IN_EAST, EAST, True, "source", None, None),
    "code of nothing": ("00999", (None, None), None, False, None, NO_COMMUNE, None),
}


@pytest.mark.parametrize("case", CASES)
def test_each_record_is_in_one_commune_or_left_out_and_counted(case, iris):
    stated, point, commune, has_iris, precision, reason, remark = CASES[case]
    found = located(inventory([place(stated, point)], [service()]), iris, COG)
    assert found.left_out == ({reason: 1} if reason else {})
    assert found.remarks == ({remark: 1} if remark else {})
    assert len(found.services) == len(found.places) == (0 if reason else 1)
    if reason is None:
        row = found.places.iloc[0]
        assert row["code_insee"] == commune and row["geocodage_precision"] == precision
        assert pd.notna([row["iris"], row["lon"], row["lat"]]).tolist() == [has_iris] * 3
        assert not has_iris or row["iris"].startswith(commune)


@pytest.mark.parametrize("case", CASES)
def test_a_stop_of_a_round_follows_the_same_rule(case, iris):
    stated, point, commune, has_iris, _, reason, remark = CASES[case]
    stop = {"service_id": "a:1", "rang": 1, "code_insee": stated, "lon": point[0], "lat": point[1],
            "source_ids": "osm:a", "nature": "collecté"}  # fmt: skip
    round_ = inventory([place(WEST, IN_WEST)], [service(kind="maraude")], [stop])
    found = located(round_, iris, COG)
    said = remark or (LOST_STOP.format(reason) if reason else None)
    assert found.remarks == ({said: 1} if said else {})
    assert found.stops["code_insee"].tolist() == ([] if reason else [commune])
    assert found.stops["lon"].notna().tolist() == ([] if reason else [has_iris])


def test_a_quay_or_a_street_that_is_the_border_keeps_its_point(iris):
    shapes = gpd.GeoSeries([Point(3.0, 46.0)], crs="EPSG:4326").to_crs(iris.crs)
    for metres, remarks in ((BORDER / 2, {}), (BORDER * 2, {DISAGREES: 1})):
        beside = shapes.translate(metres).to_crs("EPSG:4326")[0]
        found = located(inventory([place(WEST, (beside.x, beside.y))], []), iris, COG)
        assert found.remarks == remarks
        assert found.places["iris"].fillna("").tolist() == [f"{WEST}0000" if not remarks else ""]


def test_without_a_list_of_communes_a_code_of_the_department_stays_as_it_is(iris):
    found = located(inventory([place("00055"), place("75056", name="b")], []), iris)
    assert found.places["code_insee"].tolist() == ["00055"] and found.left_out == {OUTSIDE: 1}


def test_what_is_not_placed_is_counted_in_its_commune_and_in_no_distance(iris):
    given = inventory(
        [place(WEST, (0, 0)), place(WEST, IN_EAST, "b"), place("00777", name="c")],
        [service(), service("b"), service("c")],
    )
    found = located(given, iris, COG)
    services = open_services(found.places, found.services, TODAY)
    assert by_commune(services).loc[WEST].sum() == 3 and by_commune(services).index.tolist() == [
        WEST
    ]
    assert points(services, found.stops, "EPSG:2154").empty
    assert nearest_aid(iris.centroid, services, found.stops) is None


PLACE = {
    "lieu_id": 1, "name": "Lieu", "status": "ONLINE", "placeType": "PLACE", "newhours": {},
    "updatedAt": "2026-07-31T22:00:00.000Z", "services_all": [{"category": "food_packages"}],
}  # fmt: skip


def at(code, *coordinates):
    return {"position": {"cityCode": code, "location": {"coordinates": list(coordinates)}}}


def test_places_of_soliguide_of_paris_are_left_out_and_counted(iris, tmp_path):
    said = [("75056", *FAR), (WEST, *IN_WEST), (WEST, 46.0, 2.95), (WEST, 2.95, 145), (WEST, 2.95),
            (WEST, None, None)]  # fmt: skip
    places = [PLACE | at(*one) | {"lieu_id": rank} for rank, one in enumerate(said)]
    path = tmp_path / "soliguide.json"
    path.write_text(json.dumps({"nbResults": len(places), "places": places}), encoding="utf-8")
    found = gather({"soliguide": [path]}, iris, "collecté", COG)
    assert len(found.places) == 5 and found.left_out == {OUTSIDE: 1}
    assert found.remarks == {SWAPPED: 1, UNUSABLE: 2}
    assert found.places["lon"].notna().sum() == 2


@pytest.fixture
def listed(tmp_path):
    """Write the list of a partner with some communes and codes."""

    def write(*rows):
        schema = collected_schema("tableur_partenaire")
        names = [field["name"] for field in schema["fields"]]
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = schema["feuille"]
        for line in [["Liste"], [""], names][: schema["ligne_entete"]]:
            sheet.append(line)
        for rank, (commune, code) in enumerate(rows, 1):
            said = {"N°": f"P{rank:03d}", "Structure": "Entraide", "Type d'aide": "Colis",
                    "Commune": commune, "Code INSEE": code}  # fmt: skip
            sheet.append([said.get(name, "") for name in names])
        path = tmp_path / "liste.xlsx"
        book.save(path)
        return path

    return write


def test_the_list_of_a_partner_says_its_names_and_codes_that_disagree(listed, iris):
    path = listed(("Ville-Inconnue", WEST), ("Corvelle", "75056"), ("CORVELLE", WEST), ("", EAST))
    report = read_report(path, collected_schema("tableur_partenaire"), NAMES)
    said = "\n".join(report.remarks)
    assert f"« Ville-Inconnue » n'est pas le nom de {WEST} (Corvelle)" in said
    assert "« 75056 » n'est pas une commune du territoire" in said
    assert sum("Corvelle" in remark or "75056" in remark for remark in report.remarks) == 2
    found = gather({"tableur_partenaire": [path]}, iris, "collecté", COG)
    assert len(found.places) == 3 and found.left_out == {OUTSIDE: 1}
    assert found.remarks == {NAME_AND_CODE: 1}


@pytest.mark.parametrize(
    ("name", "code", "other"),
    [
        ("Corvelle", WEST, False), ("corvelle CEDEX 2", WEST, False), ("Port Vermeil", EAST, False),
        ("PORT-VERMEIL 3e", EAST, False), ("Port-Vermeil", "00055", False), ("", WEST, False),
        (None, WEST, False), ("Vauxmorin", WEST, True), ("Vauxmorin", "00999", False),
    ],
)  # fmt: skip
def test_a_name_is_another_only_when_it_surely_is(name, code, other):
    assert other_commune(name, code, NAMES) is other
