"""Places that are closed, whatever says so: none is supply, and a closure is said in French."""

from __future__ import annotations

import json
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from diagalim.analysis.offer.inventory import nearest_aid, open_services, receiving, set_aside
from diagalim.analysis.offer.sites import sites
from diagalim.chapter.hours_words import hours_text
from diagalim.collected.inputs import collected_schema
from diagalim.collected.inventory.closing import CLOSED, NOT_PUBLISHED, ended
from diagalim.collected.inventory.osm import read_osm
from diagalim.collected.inventory.partner import read_partner_list
from diagalim.collected.inventory.records import located
from diagalim.collected.inventory.soliguide import read_soliguide
from diagalim.collected.inventory.written_dates import last_day
from diagalim.wording import french

TODAY = "2026-11-30"
BANK = {"social_facility": "food_bank", "name": "Colis de la Fable"}


@pytest.fixture(scope="module")
def iris() -> gpd.GeoDataFrame:
    shape = gpd.GeoSeries([box(2.9, 45.9, 3.1, 46.1)], crs="EPSG:4326").to_crs("EPSG:2154")
    return gpd.GeoDataFrame(
        {"commune": ["00018"]}, geometry=shape.to_numpy(), crs="EPSG:2154",
        index=pd.Index(["000180000"], name="code_iris"),
    )  # fmt: skip


def reached(found, iris):
    """Return how many services are supply, and how far the nearest is from a point."""
    found = located(found, iris)
    services = open_services(found.places, found.services, TODAY)
    here = gpd.GeoSeries([Point(3.0, 46.0)], crs="EPSG:4326").to_crs("EPSG:2154")
    return len(receiving(services)), nearest_aid(here, services, found.stops)


@pytest.fixture
def osm(tmp_path):
    def write(**tags):
        point = {"type": "Point", "coordinates": [3.0, 46.0]}
        one = {"type": "Feature", "id": "node/1", "properties": tags, "geometry": point}
        path = tmp_path / "osm.geojson"
        path.write_text(json.dumps({"features": [one]}), encoding="utf-8")
        return read_osm(path)

    return write


SHUT = [
    {"opening_hours": "off"}, {"opening_hours": 'closed "travaux"'}, {"opening_hours": "24/7 off"},
    {"disused": "yes"}, {"abandoned": "yes"}, {"end_date": "2024"}, {"end_date": "2026-11"},
    {"end_date": "vers 2020"}, {"name": "Colis de la Fable (fermeture définitive)"},
    {"note": "a cessé son activité"}, {"opening_hours": "fermé définitivement"},
]  # fmt: skip


@pytest.mark.parametrize("stamp", [{}, {"@timestamp": "2026-05-04T10:00:00Z"}])
@pytest.mark.parametrize("tags", SHUT, ids=str)
def test_a_closed_element_of_openstreetmap_is_no_supply(osm, iris, tags, stamp):
    found = osm(**BANK | tags | stamp)
    assert reached(found, iris) == (0, None)
    aside = set_aside(found.places, found.services, TODAY)["fermé définitivement"]
    assert aside + found.left_out[CLOSED] == 1, "it is counted, once"


@pytest.mark.parametrize("prefix", ["disused:", "abandoned:", "was:", "demolished:"])
def test_what_was_food_aid_is_counted_as_closed(osm, iris, prefix):
    found = osm(**{f"{prefix}social_facility": "food_bank", "name": "Colis"})
    assert reached(found, iris) == (0, None) and found.left_out == {CLOSED: 1}


@pytest.mark.parametrize(
    "tags",
    [{"disused:amenity": "school"}, {"disused": "no"}, {"end_date": "2027"},
     {"opening_hours": "Mo 09:00-12:00; Aug off"}, {"opening_hours": "off; Mo 09:00-12:00"},
     {"note": "fermeture définitive du vestiaire, réouverture des colis"},
     {"note": "fermé en août"}],
    ids=str,
)  # fmt: skip
def test_an_open_element_stays_open(osm, iris, tags):
    count, metres = reached(osm(**BANK | tags), iris)
    assert count == 1 and metres.tolist() == [pytest.approx(0, abs=1)]


def soliguide_place(rank=1, closure=None, close=None, **known):
    return {
        "lieu_id": rank, "name": "Entraide de la Fable", "status": "ONLINE", "placeType": "PLACE",
        "updatedAt": "2026-05-04T08:00:00.000Z", "newhours": {},
        "position": {"cityCode": "00018", "location": {"coordinates": [3.0, 46.0]}},
        "services_all": [{"category": "food_packages", "close": close}],
        "tempInfos": {"closure": closure},
    } | known  # fmt: skip


def period(start=None, end=None, active=True):
    return {"actif": active, "dateDebut": start, "dateFin": end}


@pytest.fixture
def soliguide(tmp_path):
    def write(**known):
        path = tmp_path / "soliguide.json"
        content = {"nbResults": 1, "places": [soliguide_place(**known)]}
        path.write_text(json.dumps(content), encoding="utf-8")
        return read_soliguide(path)

    return write


@pytest.mark.parametrize("where", ["closure", "close"])
@pytest.mark.parametrize(
    ("said", "words", "counted"),
    [
        (period("2026-11-01"), "fermé depuis le 1er novembre 2026", 0),
        (period("2026-11-30"), "fermé depuis le 30 novembre 2026", 0),
        (period("2026-12-01"), "fermé à partir du 1er décembre 2026", 1),
        (period(None, "2026-12-31"), "fermé jusqu'au 31 décembre 2026", 1),
        (period("2026-11-01", "2027-01-03"), "fermé du 1er novembre 2026 au 3 janvier 2027", 1),
        (period(), "fermé, sans date de réouverture", 0),
        (period("2026-08-01", "2026-08-31"), "", 1),
        (period("2026-11-01", active=False), "", 1),
        (None, "", 1),
    ],
)
def test_a_closure_is_said_and_one_without_an_end_is_no_supply(
    soliguide, iris, where, said, words, counted
):
    found = located(soliguide(**{where: said}), iris)
    count, metres = reached(found, iris)
    assert count == counted and (metres is not None) == bool(counted)
    services = open_services(found.places, found.services, TODAY)
    aside = set_aside(found.places, found.services, TODAY)
    assert count + aside["fermé sans date de retour"] == 1
    shown = sites(services, found.stops, found.places).iloc[0]
    closures = None if pd.isna(shown["fermetures"]) else shown["fermetures"]
    text = hours_text(None, None, closures, TODAY).replace("\u202f", " ")
    assert text == "horaires non connus" + (f" ; {words}" if words else "")


@pytest.mark.parametrize(
    ("known", "reason"),
    [({"status": "OFFLINE"}, NOT_PUBLISHED), ({"status": "DRAFT"}, NOT_PUBLISHED),
     ({"status": "PERMANENTLY_CLOSED", "updatedAt": None}, CLOSED),
     ({"name": "Entraide (a définitivement fermé)", "updatedAt": None}, CLOSED)],
)  # fmt: skip
def test_a_place_that_soliguide_does_not_show_is_left_out_and_counted(
    soliguide, iris, known, reason
):
    found = soliguide(**known)
    assert reached(found, iris) == (0, None) and found.left_out == {reason: 1}


@pytest.mark.parametrize(
    "known",
    [{"status": "PERMANENTLY_CLOSED"}, {"newhours": {"description": "Fermeture définitive"}}],
)
def test_a_place_closed_for_good_at_a_date_is_no_supply(soliguide, iris, known):
    found = soliguide(**known)
    assert reached(found, iris) == (0, None)
    assert found.places["ferme_le"].dt.strftime("%Y-%m-%d").tolist() == ["2026-05-04"]


COLUMNS = [field["name"] for field in collected_schema("tableur_partenaire")["fields"]]


@pytest.mark.parametrize(
    ("row", "closed_on"),
    [
        ({"Remarques": "FERMÉ définitivement (04/2025)", "Dernière vérif.": "06/2025"},
         "2025-04-01"),
        ({"Remarques": "Fermeture définitive le 12 mars 2026"}, "2026-03-12"),
        ({"Remarques": "a cessé son activité", "Dernière vérif.": "02/2026"}, "2026-02-01"),
        ({"Jours et horaires": "fermé définitivement", "Dernière vérif.": "02/2026"}, "2026-02-01"),
        ({"Remarques": "N\u2019existe plus"}, None),
        ({"Structure": "Entraide – association dissoute"}, None),
    ],
)  # fmt: skip
def test_a_line_of_a_list_that_says_the_end_is_no_supply(iris, row, closed_on):
    line = dict.fromkeys(COLUMNS) | {"N°": "P001", "Structure": "Entraide", "Type d'aide": "Colis",
                                     "Code INSEE": "00018"}  # fmt: skip
    found = read_partner_list(pd.DataFrame([line | row]))
    assert reached(found, iris) == (0, None)
    if closed_on is None:
        assert found.left_out == {CLOSED: 1}
    else:
        assert found.places["ferme_le"].dt.strftime("%Y-%m-%d").tolist() == [closed_on]


def test_an_end_to_come_leaves_the_place_open_until_then(iris):
    line = dict.fromkeys(COLUMNS) | {"N°": "P001", "Structure": "Entraide", "Type d'aide": "Colis",
                                     "Code INSEE": "00018"}  # fmt: skip
    line["Remarques"] = "Fermeture définitive le 31/12/2026"
    assert reached(read_partner_list(pd.DataFrame([line])), iris)[0] == 1


@pytest.mark.parametrize(
    ("words", "over"),
    [
        ("Fermeture définitive", True), ("fermée définitivement depuis mai", True),
        ("a cessé son activité", True), ("Cessation d\u2019activité", True),
        ("L'association a cessé toute activité", True), ("a fermé ses portes", True),
        ("Ne fait plus d aide alimentaire, vestiaire seulement", True),
        ("Pas d'aide alimentaire : vestiaire", True),
        ("Pas d'aide alimentaire en août", False), ("fermé en août", False),
        ("fermé jusqu'au 31 août", False), ("fermé le lundi", False), ("", False), (None, False),
        ("Fermeture définitive rue A, réouverture rue B", False),
    ],
)  # fmt: skip
def test_words_of_an_end_are_parted_from_those_of_a_closure(words, over):
    assert ended(words) is over


@pytest.mark.parametrize(
    ("said", "day"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)),
     ("2024-05-17", date(2024, 5, 17)), ("2024-13", None), ("~2020", None), (None, None)],
)  # fmt: skip
def test_an_end_date_is_its_last_day(said, day):
    assert last_day(said) == day


def test_the_first_of_a_month_is_said_as_in_french():
    assert french.dated("2026-11-01") == "1er novembre 2026"
    assert french.dated("2026-11-11") == "11 novembre 2026"
    assert french.dated("2026-11-21") == "21 novembre 2026"
