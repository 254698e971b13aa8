"""What the chapter on food aid shows: records counted, unknowns said, no directory."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.chapter import offer_words
from diagalim.chapter.aid_words import source_of
from diagalim.chapter.chapter import open_chapter
from diagalim.report.inventaire import lists as old_lists
from diagalim.report.inventaire import page as inventory_page
from diagalim.wording.problems import InputError


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    return open_chapter("inventaire", "13")


@pytest.fixture
def shown(monkeypatch):
    """What is shown, as HTML."""
    pages = []
    monkeypatch.setattr(offer_words, "display", lambda page: pages.append(page.data))
    return pages


def test_a_person_in_need_is_told_first_where_to_turn(shown):
    offer_words.say_not_a_directory()
    assert "n'est pas un annuaire" in shown[0]
    assert 'href="tel:115"' in shown[0] and 'href="https://soliguide.fr"' in shown[0]


LISTS = {
    "aide_croix_rouge_2015": pd.DataFrame(
        {
            "commune": ["13001", "13001", None, "13001"],
            "sorte": ["lieu", "tournée", "lieu", "entrepôt"],
            "nombre": [2, 1, 4, 1],
        }
    ),
    "aide_restos_2015": pd.DataFrame(
        {"commune": ["13001", "13004"], "sorte": "commune citée", "nombre": [1, 1]}
    ),
    "aide_banque_alimentaire_2015": pd.DataFrame(
        {"commune": ["13001"], "sorte": ["entrepôt"], "nombre": [1]}
    ),
}


def test_a_warehouse_and_an_unknown_town_are_no_place_of_a_commune():
    table = old_lists.lists_text(LISTS, {"13001": "Aix", "13004": "Arles"})
    assert table["Croix-Rouge"].to_dict() == {"Aix": "3", "Arles": "–"}
    assert "Banque alimentaire" not in table


def test_a_town_that_a_list_names_is_not_counted_as_one_place():
    table = old_lists.lists_text(LISTS, {"13001": "Aix", "13004": "Arles"})
    assert table["Restos du Cœur"].to_dict() == {"Aix": "citée", "Arles": "citée"}


def test_every_line_of_a_list_is_in_its_summary():
    table = old_lists.lists_summary(LISTS)
    assert table.loc["Croix-Rouge"].tolist() == ["8", "6", "0", "1", "1", "0", "4"]
    assert table.loc["Banque alimentaire"].tolist() == ["1", "0", "0", "0", "1", "0", "0"]


def test_records_later_than_the_reference_date_are_refused_with_the_setting(chapter):
    dates = pd.Series(pd.to_datetime(["2026-11-02", None]))
    offer_words.require_date(chapter, dates, "2026-11-02")
    with pytest.raises(InputError, match="13.yml.*chapitres.inventaire.date_reference.*2026-11-02"):
        offer_words.require_date(chapter, dates, "2026-10-15")


def test_a_reference_date_that_is_none_is_refused(chapter):
    with pytest.raises(InputError, match="lu « demain » ; attendu : une date AAAA-MM-JJ"):
        offer_words.require_date(chapter, pd.Series(dtype="datetime64[ns]"), "demain")


SERVICES = pd.DataFrame(
    {
        "source_ids": ["osm:node/1", "soliguide:2", "soliguide:3"],
        "type_aide": ["colis", "colis", "repas"],
        "tension": [None, "forte", None],
        "code_insee": ["00001", "00001", "00002"],
    }
)


def test_records_are_counted_by_tool_and_add_up():
    table = inventory_page.tools_text(SERVICES)
    assert table.loc["Colis", ["Soliguide", "OpenStreetMap", "Toutes les fiches"]].tolist() == [
        "1", "1", "2",
    ]  # fmt: skip
    assert table.loc["Ensemble", "Toutes les fiches"] == "3"


def test_a_tension_that_is_not_said_is_not_a_low_one():
    table = inventory_page.tension_text(SERVICES)
    assert table["Services (fiches)"].to_dict() == {
        "Faible": "0", "Modérée": "0", "Forte": "1", "Inconnue": "2",
    }  # fmt: skip


def test_a_record_that_says_nothing_of_access_is_not_open_to_all():
    said = SERVICES.assign(acces=["libre", "inscription;justificatif", None])
    table = inventory_page.access_text(said)["Services (fiches)"]
    assert table[["Accès libre", "Sur inscription", "Avec un justificatif"]].tolist() == ["1"] * 3
    assert table["Conditions non dites"] == "1"


def test_openstreetmap_is_credited_where_its_records_are():
    assert "contributeurs d'OpenStreetMap" in source_of(SERVICES)
    others = SERVICES[SERVICES["source_ids"].str.startswith("soliguide")]
    assert source_of(others) == "Soliguide"


def test_the_share_of_old_records_is_by_commune():
    states = pd.Series(["à jour", "périmé", "non daté"])
    table = inventory_page.stale_text(states, SERVICES, {"00001": "Un", "00002": "Deux"})
    shares = table["Non vérifiées depuis un an"].str.replace("\u00a0", " ")
    assert shares.to_dict() == {"Deux": "100 %", "Un": "50 %"}


def test_distances_are_told_in_metres_then_kilometres():
    table = pd.DataFrame({"population": [1.0] * 5, "population_haute": [0.0] * 5, "iris": [1] * 5})
    labels = [label.replace("\u00a0", " ") for label in inventory_page.distance_text(table).index]
    assert labels[0] == "Moins de 500 m" and labels[2] == "De 1 km à moins de 2 km"
    assert labels[-1] == "5 km et plus"


def test_without_a_point_no_distance_is_stated_and_records_are_still_counted(chapter):
    services = SERVICES.assign(service_id=["a", "b", "c"])
    inventory_page.state_access(chapter, services.iloc[:0], services, None, 2026)
    assert chapter.facts["fiches_non_placees"].value == 3
    assert "habitants_loin" not in chapter.facts
