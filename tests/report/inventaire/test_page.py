"""What the chapter on food aid shows: records counted, unknowns said, no directory."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

from diagalim.analysis.offer import inventory
from diagalim.analysis.offer.licences import in_force, licence_of
from diagalim.chapter import offer_words
from diagalim.chapter.aid_words import source_of
from diagalim.chapter.chapter import open_chapter
from diagalim.collected.inputs import read_one
from diagalim.collected.inventory.location import OUTSIDE
from diagalim.collected.inventory.records import NO_FOOD, no_record
from diagalim.report.inventaire import facts, sentences, tables
from diagalim.report.inventaire import lists as old_lists
from diagalim.settings.words_file import words_of
from diagalim.wording.problems import InputError

DAY = "2026-10-15"


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
    assert "Cette page n'est pas un annuaire" in shown[0]
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
NAMES = {"13001": "Aix", "13004": "Arles"}


def test_a_warehouse_and_an_unknown_town_are_no_place_of_a_commune(as_shown):
    table = as_shown("inventaire", "listes_communes", old_lists.by_commune(LISTS, NAMES))
    assert table["Croix-Rouge"].to_dict() == {"Aix": "3", "Arles": "–"}
    assert "Banque alimentaire" not in table


def test_a_town_that_a_list_names_is_not_counted_as_one_place(as_shown):
    table = as_shown("inventaire", "listes_communes", old_lists.by_commune(LISTS, NAMES))
    assert table["Restos du Cœur"].to_dict() == {"Aix": "citée", "Arles": "citée"}


def test_every_line_of_a_list_is_in_its_summary(as_shown):
    table = as_shown("inventaire", "listes", old_lists.summary(LISTS))
    assert table.loc["Croix-Rouge"].tolist() == ["8", "6", "0", "1", "1", "0", "4"]
    assert table.loc["Banque alimentaire"].tolist() == ["1", "0", "0", "0", "1", "0", "0"]


def test_lines_of_the_lists_are_counted_and_towns_only_where_there_is_help():
    assert old_lists.counts(LISTS, [2015, 2015, 2015]) == {
        "annee_listes": "2015", "lignes_2015": 11, "lignes_2015_sans_commune": 4,
        "communes_2015": 2, "nb_listes_2015": 3,
    }  # fmt: skip


def test_without_a_list_nothing_is_stated_and_the_page_says_so():
    assert old_lists.counts({}, []) == {}
    assert old_lists.summary({}).empty and old_lists.by_commune({}, NAMES).empty
    assert words_of("inventaire").montre["listes"].sans_ligne.startswith("Non disponible")


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
        "service_id": ["a", "b", "c"],
        "source_ids": ["osm:node/1", "soliguide:2", "soliguide:3"],
        "type_aide": ["colis", "colis", "repas"],
        "tension": [None, "forte", None],
        "code_insee": ["00001", "00001", "00002"],
        "acces": ["libre", "inscription;justificatif", None],
        "horaires": ["Mo 09:00-12:00", None, None],
        "publics": [None, None, None],
        "frais": [None, "gratuit", "gratuit"],
        "capacite": [None, 20, None],
    }
)
STATES = pd.Series(["à jour", "périmé", "non daté"])
NO_SERVICE, NO_POINT = SERVICES.iloc[:0], gpd.GeoDataFrame({"service_id": []}, geometry=[])


def test_records_are_counted_by_tool_and_add_up(as_shown):
    table = as_shown("inventaire", "types", tables.types(SERVICES))
    assert table.loc["Colis", ["Soliguide", "OpenStreetMap", "Toutes les fiches"]].tolist() == [
        "1", "1", "2",
    ]  # fmt: skip
    assert table.loc["Ensemble", "Toutes les fiches"] == "3"


def test_a_tension_that_is_not_said_is_not_a_low_one(as_shown):
    table = as_shown("inventaire", "tension", tables.tension(SERVICES))
    assert table["Services (fiches)"].to_dict() == {
        "Faible": "0", "Modérée": "0", "Forte": "1", "Inconnue": "2",
    }  # fmt: skip


def test_a_record_that_says_nothing_of_access_is_not_open_to_all(as_shown):
    table = as_shown("inventaire", "acces", tables.access(SERVICES))["Services (fiches)"]
    assert table[["Accès libre", "Sur inscription", "Avec un justificatif"]].tolist() == ["1"] * 3
    assert table["Conditions non dites"] == "1"


def test_what_is_least_said_comes_last_with_its_share(as_shown):
    table = as_shown("inventaire", "connus", tables.known(SERVICES))
    assert table.index.tolist()[0] == "Conditions d'accès" and table.index[-1] == "Publics reçus"
    assert table.loc["Capacité d'accueil"].tolist() == ["1", "2", "33\u00a0%"]


def test_openstreetmap_is_credited_where_its_records_are():
    assert "contributeurs d'OpenStreetMap" in source_of(SERVICES)
    others = SERVICES[SERVICES["source_ids"].str.startswith("soliguide")]
    assert source_of(others) == "Soliguide"


def test_the_share_of_old_records_is_by_commune(as_shown):
    names = {"00001": "Un", "00002": "Deux"}
    table = as_shown("inventaire", "communes", tables.communes(SERVICES, STATES, names))
    shares = table["Non vérifiées depuis un an"].str.replace("\u00a0", " ")
    assert shares.to_dict() == {"Deux": "100 %", "Un": "50 %"}
    assert table["Colis"].to_dict() == {"Deux": "–", "Un": "2"}


def test_an_undated_record_is_counted_apart(as_shown):
    table = as_shown("inventaire", "ages", tables.ages(SERVICES, STATES))
    assert table["Toutes les fiches"].tolist() == ["1", "1", "0", "1"]
    assert table.index[-1] == "Non daté"


def test_distances_are_told_in_metres_then_kilometres(as_shown):
    iris = pd.DataFrame({"population": [1.0] * 5, "classe": [5, 1, 1, 1, 1]})
    metres = pd.Series([100.0, 600.0, 1500.0, 3000.0, 9000.0])
    table = as_shown("inventaire", "distances", tables.distances(metres, iris, 5))
    labels = [label.replace("\u00a0", " ") for label in table.index]
    assert labels[0] == "Moins de 500 m" and labels[2] == "De 1 km à moins de 2 km"
    assert labels[-1] == "5 km et plus"
    assert table["dont classe la plus élevée"].tolist() == ["1", "0", "0", "0", "0"]


def test_those_who_live_far_are_beyond_two_kilometres():
    iris = pd.DataFrame({"population": [1.0, 2.0, 4.0, 8.0, 16.0], "classe": [1, 1, 1, 5, 1]})
    metres = pd.Series([100.0, 600.0, 1500.0, 3000.0, 9000.0])
    stated = facts.of_access(SERVICES, NO_POINT, tables.distances(metres, iris, 5))
    assert (stated["habitants_loin"], stated["habitants_loin_exposes"]) == (24.0, 8.0)
    assert stated["distance_loin"] == "2\u00a0km"


def test_without_a_point_no_distance_is_stated_and_records_are_still_counted():
    iris = pd.DataFrame({"population": [1.0], "classe": [5]})
    distances = tables.distances(None, iris, 5)
    assert distances.empty
    assert "inconnu ne veut pas dire loin" in words_of("inventaire").montre["distances"].sans_ligne
    stated = facts.of_access(SERVICES, NO_POINT, distances)
    assert stated == {"fiches_placees": 0, "fiches_non_placees": 3}


def test_no_record_states_nothing_and_shows_no_row():
    tools = no_record()
    services = inventory.receiving(inventory.open_services(tools.places, tools.services, DAY))
    states, aside = pd.Series(dtype="object"), pd.Series({"fermé": 0})
    none = pd.DataFrame()
    assert facts.of_records(services, states) == facts.of_reading(tools, aside) == {}
    assert facts.of_access(services, NO_POINT, none) == {}
    assert tables.types(services).empty and tables.known(services).empty
    assert tables.access(services).empty and tables.tension(services).empty
    assert tables.ages(services, states).empty and tables.communes(services, states, {}).empty
    assert tables.drawn(inventory.points(services, tools.stops, "EPSG:2154"), NO_POINT) is None


def test_a_page_without_a_record_says_so_first_and_how_to_supply_one():
    assert "ne sont pas connus ici" in " ".join(sentences.to_keep(NO_SERVICE))
    assert "fiches_services" in " ".join(sentences.to_keep(SERVICES))
    said = words_of("inventaire").montre["types"].sans_ligne
    assert "\n\nPour la fournir" in said and "`tableur_partenaire`" in said


def test_a_reason_that_left_nothing_out_is_not_spoken_of(chapter):
    tools = replace(no_record(), services=SERVICES, left_out={NO_FOOD: 4, OUTSIDE: 2})
    stated = facts.of_reading(tools, pd.Series({"fermé": 3}))
    assert (stated["fiches_ecartees"], stated["fiches_hors_sujet"]) == (3, 4)
    assert sentences.of_reading(chapter.facts) == ()
    chapter.state(stated, collecte="Soliguide", year="2026")
    (said,) = sentences.of_reading(chapter.facts)
    assert said.splitlines()[2:] == [
        "- Fiches d'un autre département, non comptées : {lecture_hors_departement}"
    ]


def test_bodies_are_counted_by_licence_and_a_missing_number_is_unknown(as_shown):
    columns = ["siret", "type_habilitation", "date_arrete", "date_fin"]
    rows = [["11111111100011", "nationale", "2025-01-01", None],
            [None, "regionale", "2024-01-01", "2025-01-01"]]  # fmt: skip
    listed = pd.DataFrame(rows, columns=columns)
    dates = ["date_arrete", "date_fin"]
    listed[dates] = listed[dates].astype("datetime64[s]")
    places = pd.DataFrame({"siret": ["11111111100029", None], "statut_juridique": ["asso", "asso"]})
    running = in_force(listed, DAY)
    table = tables.licences(licence_of(places, listed, DAY), listed, running)
    written = as_shown("inventaire", "habilitations", table)
    assert written["Lieux (fiches)"].tolist() == ["1", "0", "0", "1"]
    assert written["Organismes des listes"].tolist() == ["1", "0", "–", "–"]
    assert facts.of_licences(listed, running) == {
        "habilitations_en_cours": 1, "habilitations_expirees": 1, "habilitations_sans_siret": 1,
    }  # fmt: skip


def test_without_a_list_of_licences_the_page_says_how_to_type_one():
    listed = read_one("habilitations", [])
    running = in_force(listed, DAY)
    kinds = licence_of(no_record().places, listed, DAY)
    assert facts.of_licences(listed, running) == {}
    assert tables.licences(kinds, listed, running).empty
    assert "saisir en CSV" in words_of("inventaire").montre["habilitations"].sans_ligne
