"""What is known of each record of aid, and how far the nearest is: nothing is made up."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from diagalim.analysis.offer.inventory import (
    GROUPS,
    SUPPLY,
    WAREHOUSE,
    by_distance,
    known,
    nearest,
    nearest_aid,
    open_services,
    points,
    set_aside,
)
from diagalim.analysis.offer.licences import in_force, licence_of

TODAY = "2026-10-15"
LILLE = 3.06
"""A longitude in France: near it a thousandth of a degree is 72 m."""


@pytest.fixture
def places() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "lieu_id": ["a", "b", "c", "d"],
            "code_insee": ["00001", "00001", "00002", "00002"],
            "iris": None,
            "lon": [LILLE, LILLE, LILLE, None],
            "lat": [50.0, 50.1, 50.2, None],
            "itinerant": [False, False, True, False],
            "confidentiel": [False, True, False, False],
            "statut_juridique": None,
            "ferme_le": pd.to_datetime([None, None, None, "2026-01-01"]),
        }
    )


@pytest.fixture
def services() -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "service_id": ["a1", "a2", "b1", "c1", "d1"],
            "lieu_id": ["a", "a", "b", "c", "d"],
            "type_aide": ["colis", "logistique", "epicerie", "maraude", "colis"],
            "horaires": ["Mo 09:00-10:00", None, None, None, None],
            "capacite": [None, 12.0, None, None, None],
        }
    )
    return table.assign(acces=None, publics=None, frais=None, tension=None, fermetures=None)


@pytest.fixture
def stops() -> pd.DataFrame:
    return pd.DataFrame({"service_id": ["c1", "c1"], "lon": [LILLE] * 2, "lat": [50.3, 50.4]})


def test_a_warehouse_and_a_place_closed_for_good_receive_nobody(places, services):
    found = open_services(places, services, TODAY)
    assert found["service_id"].tolist() == ["a1", "b1", "c1"]
    aside = set_aside(places, services, TODAY)
    assert aside[aside > 0].to_dict() == {"fermé définitivement": 1, "entrepôt": 1}
    assert len(found) + aside.sum() == len(services)


def test_a_place_that_closes_later_is_still_open(places, services):
    assert "d1" in set(open_services(places, services, "2025-12-31")["service_id"])


def test_a_capacity_is_unknown_unless_it_is_said(places, services):
    table = known(open_services(places, services, TODAY))
    assert table.loc["capacite"].tolist() == [0, 3]
    assert table.loc["horaires"].tolist() == [1, 2]


def test_a_round_stands_at_each_of_its_stops_and_a_secret_address_nowhere(places, services, stops):
    table = points(open_services(places, services, TODAY), stops, "EPSG:2154")
    assert table["service_id"].tolist() == ["a1", "c1", "c1"]
    assert table["groupe"].tolist() == ["Colis", "Tournée de rue", "Tournée de rue"]
    assert table.crs.to_epsg() == 2154


def test_the_nearest_service_is_measured_in_a_straight_line_and_metres():
    origins = gpd.GeoSeries([Point(0, 0), Point(0, 900)], ["p", "q"], crs="EPSG:2154")
    there = gpd.GeoDataFrame(geometry=[Point(300, 400), Point(0, 1000)], crs="EPSG:2154")
    assert nearest(origins, there).to_dict() == {"p": 500.0, "q": 100.0}


def test_without_any_service_the_distance_is_unknown_and_not_far():
    origins = gpd.GeoSeries([Point(0, 0)], ["p"], crs="EPSG:2154")
    with pytest.raises(ValueError, match="unknown is not far"):
        nearest(origins, gpd.GeoDataFrame(geometry=[], crs="EPSG:2154"))


def test_aid_of_which_no_record_has_a_point_is_at_no_known_distance(places, services, stops):
    origins = gpd.GeoSeries([Point(0, 0)], ["p"], crs="EPSG:2154")
    found = open_services(places, services, TODAY)
    assert nearest_aid(origins, found, stops)["p"] > 0
    nowhere = found.assign(lon=None, lat=None)
    assert nearest_aid(origins, nowhere, stops.iloc[:0]) is None


def test_what_is_around_aid_is_no_aid_to_be_near_to(places, services, stops):
    origins = gpd.GeoSeries([Point(0, 0)], ["p"], crs="EPSG:2154")
    fridges = open_services(places, services, TODAY).assign(type_aide="frigo")
    assert nearest_aid(origins, fridges, stops) is None


def test_a_distance_is_not_measured_in_degrees():
    origins = gpd.GeoSeries([Point(0, 0)], ["p"], crs="EPSG:4326")
    with pytest.raises(ValueError, match="projected"):
        nearest(origins, gpd.GeoDataFrame(geometry=[Point(0, 0)], crs="EPSG:4326"))


def test_inhabitants_by_distance_add_up_and_a_break_belongs_to_the_farther_class():
    iris = ["a", "b", "c"]
    table = by_distance(
        pd.Series([499.0, 500.0, 9000.0], iris),
        pd.Series([10.0, 20.0, 30.0], iris),
        pd.Series([5.0, 1.0, 5.0], iris),
        top=5,
    )
    assert table["population"].tolist() == [10, 20, 0, 0, 30]
    assert table["population_haute"].tolist() == [10, 0, 0, 0, 30]
    assert table["iris"].tolist() == [1, 1, 0, 0, 1]


def test_every_type_of_aid_is_in_one_group_and_a_warehouse_in_none():
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert len(grouped) == len(set(grouped)) == 14
    assert set(SUPPLY) < set(grouped) and WAREHOUSE not in grouped


LICENCES = pd.DataFrame(
    {
        "siret": ["00000000100011", "00000000200010", "00000000100099", None],
        "type_habilitation": ["regionale", "regionale", "nationale", "nationale"],
        "date_arrete": pd.to_datetime(["2023-01-01"] * 4),
        "date_fin": pd.to_datetime(["2028-01-01", "2025-01-01", None, None]),
    }
)


def test_a_licence_that_has_lapsed_is_not_in_force():
    assert in_force(LICENCES, TODAY).tolist() == [True, False, True, True]


def test_a_licence_is_of_the_body_and_a_body_that_no_list_names_is_unknown():
    places = pd.DataFrame(
        {
            "siret": ["00000000100044", "00000000200010", None, None],
            "statut_juridique": [None, None, "ccas_cias", None],
        }
    )
    kinds = licence_of(places, LICENCES, TODAY)
    assert kinds.tolist() == ["nationale", "inconnue", "de_droit", "inconnue"]
