"""What the map is given of shops, neighbourhoods and sites: nothing guessed, nothing personal."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from diagalim.analysis.offer.inventory import GROUPS
from diagalim.analysis.offer.sites import KEPT
from diagalim.chapter.site_words import site_rows
from diagalim.map import layers as page_layers
from diagalim.map.offered import Offer, drawn
from diagalim.report.carte import offer
from diagalim.report.carte import sites as sites_page

TODAY = "2026-10-15"
HOSTILE = '<img src=x onerror="window.pwned=1"> 🥖 ' + "long " * 40


@pytest.fixture
def sites() -> pd.DataFrame:
    """A parcel with all its words, and a seated meal that says nothing."""
    known = {
        "service_id": "soliguide:1:1", "nom": HOSTILE, "code_insee": "00001",
        "type_aide": "colis", "groupe": "Colis", "lon": 1.234567, "lat": 45.0,
        "acces": "inscription;justificatif", "horaires": "Mo,Su 09:00-11:30", "tension": "forte",
        "date_verification": pd.Timestamp("2026-05-02"), "source_ids": "soliguide:1",
    }  # fmt: skip
    mute = {
        "service_id": "osm:2", "nom": "Le Bol", "code_insee": "00099", "type_aide": "repas_assis",
        "groupe": "Repas", "date_verification": pd.NaT, "source_ids": "osm:2",
        "horaires_texte": "demander Zéphyrine au 06 12 34 56 78",
    }  # fmt: skip
    return pd.DataFrame([dict.fromkeys(KEPT, pd.NA) | one for one in (known, mute)]).assign(
        date_verification=lambda t: pd.to_datetime(t["date_verification"])
    )


@pytest.fixture
def rows(sites) -> pd.DataFrame:
    return site_rows(sites, TODAY, {"00001": "Abers"})


def test_a_site_is_said_in_words_and_what_it_does_not_say_is_unknown(rows):
    first, second = rows.iloc[0], rows.iloc[1]
    assert first["jours"] == 0b1000001 and second["jours"] == 0
    assert first["acces"] == "sur inscription ; avec un justificatif"
    assert first["verifie"] == "2 mai 2026" and second["verifie"] == "non daté"
    assert second["tension"] == "non dit" and second["sur_carte"] == "non, sans point"
    assert "horaires non connus" in second["horaires"] and "fermé" not in second["horaires"]


def test_no_free_sentence_telephone_nor_capacity_travels_to_the_page(rows):
    sent = json.dumps(page_layers.site_layer(rows, list(GROUPS), ["00001"]), ensure_ascii=False)
    table = sites_page.table(rows).to_string()
    for text in ("Zéphyrine", "06 12 34", "capacit"):
        assert text not in sent and text not in table


def test_a_site_has_a_point_or_none_and_a_commune_of_the_map_or_none(rows):
    sent = page_layers.site_layer(rows, list(GROUPS), ["00001"])
    assert sent["point"] == [[45.0, 1.23457], None]
    assert sent["commune"] == [0, None]
    assert sent["name"][0] == HOSTILE
    assert [sent["said"]["type"][k] for k in sent["typeAt"]] == ["Colis", "Repas assis"]
    assert len({group["letter"] for group in sent["groups"]}) == len(GROUPS)
    json.dumps(sent, allow_nan=False)


def test_each_row_of_the_table_has_the_id_by_which_the_map_finds_it(rows):
    assert sites_page.site_ids(rows).tolist() == ["lieu-0", "lieu-1"]
    assert sites_page.table(rows).index.tolist() == [HOSTILE, "Le Bol"]


def test_where_no_tool_tells_of_a_place_there_is_no_number_and_no_table():
    assert sites_page.numbers(None) == {} and sites_page.table(None).empty
    assert sites_page.site_ids(None).empty


def test_what_a_territory_does_not_have_leaves_no_layer_no_words_and_no_fact():
    nothing = Offer(None, None, None, None, None)
    assert drawn(nothing, gpd.GeoDataFrame(), "") == ({}, [])
    assert offer.of_shops(nothing) == {} and offer.source(nothing) == ""


def test_shops_that_another_chapter_counted_are_drawn_in_the_order_of_the_map():
    shops = pd.DataFrame({"Épicerie": [2, 0], "niveau": [0.0, np.nan]}, index=["b", "a"])
    held = Offer(shops, None, pd.Series({"a": 120.0, "b": 2340.0}), None, None, year=2018)
    shown, said = drawn(held, gpd.GeoDataFrame(index=["a", "b"]), "")
    assert list(shown) == ["shops", "aid"] and shown["shops"]["labels"] == ["Épicerie"]
    assert said[0].tolist() == [
        "commerce courant non connu", "2 commerces courants (2\u00a0×\u00a0épicerie)",
    ]  # fmt: skip
    facts = offer.of_shops(held)
    assert facts["carte_iris_avec"] == facts["carte_iris_doute"] == 1
    assert facts["carte_annee_bpe"] == "2018"


def test_tools_are_cited_with_the_words_that_openstreetmap_asks_for(rows):
    told = offer.source(Offer(None, rows, None, None, None))
    assert told.startswith("Soliguide · OpenStreetMap, ©")


def test_counts_and_levels_travel_in_few_bytes_and_unknown_is_a_level_of_its_own():
    shops = pd.DataFrame({"B101": [0, 300], "B202": [2, 0], "niveau": [0.0, np.nan]})
    labels = pd.Series({"B101": "Hypermarché", "B202": "Épicerie"})
    sent = page_layers.shop_layer(shops, labels, 2018)
    assert sent["year"] == "2018" and sent["labels"] == ["Hypermarché", "Épicerie"]
    assert sent["level"] == "AAY="  # zigzag of 0 and 3
    assert all(len(column) <= 8 for column in sent["counts"])


def test_a_neighbourhood_keeps_its_name_and_the_iris_it_touches():
    quarters = gpd.GeoDataFrame(
        {"nom": [HOSTILE], "communes": ["Corvelle"]}, index=["QP1"],
        geometry=[box(9e5, 6e6, 9e5 + 500, 6e6 + 500)], crs="EPSG:2154",
    )  # fmt: skip
    pairs = pd.DataFrame({"iris": ["b", "absent"], "quartier": ["QP1", "QP1"]})
    sent = page_layers.quarter_layer(quarters, pairs, pd.Index(["a", "b"]), "périmètres")
    assert sent["names"] == [HOSTILE]
    assert sent["touched"] == "AgA="  # IRIS 1, neighbourhood 0
    assert set(sent["shapes"]) == {"step", "origin", "arcs", "shapes"}


@pytest.fixture
def said_missing():
    """Return what the page says of what it has not, given the layers that it has."""

    class Page:
        def __init__(self) -> None:
            self.lines: list[str] = []

        def say(self, line: str) -> None:
            self.lines.append(line)

    def said(*layers: str) -> list[str]:
        page = Page()
        offer.say_missing(page, dict.fromkeys(layers, "there"))
        return page.lines

    return said


def test_records_without_a_point_leave_the_distance_unknown_and_the_page_says_so(said_missing):
    (line,) = said_missing("sites", "shops", "quarters")
    assert "la distance à l'aide la plus proche, aucune fiche n'ayant de point" in line
    assert "lieux d'aide" not in line and "dit comment" not in line


def test_a_map_that_has_all_says_nothing_of_what_it_lacks(said_missing):
    assert said_missing("sites", "aid", "shops", "quarters") == []


def test_without_an_inventory_the_page_says_once_what_it_lacks_and_how_to_supply_it(said_missing):
    (line,) = said_missing("shops")
    assert "les lieux d'aide alimentaire et les quartiers prioritaires" in line
    assert "la distance" not in line and "offre/inventaire.ipynb) dit comment" in line
