"""What the chapter on the offer shows: sums, unknowns said, no directory."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE, UNKNOWN
from diagalim.chapter import offer_words
from diagalim.chapter.aid_words import source_of
from diagalim.chapter.chapter import open_chapter
from diagalim.report.commerces import facts
from diagalim.report.commerces import page as offer_page
from diagalim.report.inventaire import page as inventory_page
from diagalim.wording.problems import InputError

TYPES = pd.DataFrame(
    {
        "libelle": ["Supermarché", "Boulangerie", "Bricolage"],
        "famille": ["alimentaire", "alimentaire", "autre"],
        "courant": [True, False, False],
    },
    index=["B105", "B207", "B103"],
)


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


def test_types_without_a_shop_are_shown_and_what_is_not_food_is_not():
    table = offer_page.types_text(pd.Series({"B105": 3, "B103": 9}), TYPES)
    assert table.index.tolist() == ["Supermarché", "Boulangerie", "Ensemble"]
    assert table["Commerces"].tolist() == ["3", "0", "3"]


@pytest.fixture
def crossing() -> pd.DataFrame:
    keys = [(5, HERE), (5, NEXT_DOOR), (1, HERE), (0, UNKNOWN)]
    index = pd.MultiIndex.from_tuples(keys, names=["classe", "niveau"])
    return pd.DataFrame({"iris": [1, 1, 2, 1], "population": [10.0, 20.0, 60.0, 10.0]}, index=index)


def test_the_unknown_level_has_its_own_line_and_is_no_zero(crossing):
    table = offer_page.levels_text(crossing, 100.0)
    assert table["Habitants"].tolist() == ["70", "20", "0", "10"]
    assert table.index[UNKNOWN].startswith("Inconnu")


def test_what_cannot_be_concluded_is_said_with_what_can():
    keys = [(5, UNKNOWN), (0, NONE), (4, NONE)]
    index = pd.MultiIndex.from_tuples(keys, names=["classe", "niveau"])
    table = pd.DataFrame({"iris": [7, 3, 1], "population": [900.0, 50.0, 20.0]}, index=index)
    said = facts.exposed_phrase(table, 5).replace("\u00a0", " ")
    assert said == (
        "4 IRIS (70 habitants) n'ont de commerce d'alimentation courante ni dedans, ni dans un "
        "IRIS voisin. À notre connaissance, la classe de risque la plus élevée n'en compte aucun ; "
        "3 n'ont pas de score. Pour 7 IRIS de la classe de risque la plus élevée (900 habitants), "
        "on ne peut pas conclure : un commerce que le fichier ne place pas pourrait s'y trouver."
    )


def test_where_every_iris_has_a_shop_around_nothing_is_said_of_those_that_have_none():
    index = pd.MultiIndex.from_tuples([(5, HERE)], names=["classe", "niveau"])
    table = pd.DataFrame({"iris": [2], "population": [1200.0]}, index=index)
    said = facts.exposed_phrase(table, 5)
    assert (
        said == "Aucun IRIS n'est connu sans commerce d'alimentation courante, ni dedans ni à côté."
    )


def test_exposed_people_are_counted_where_there_are_any():
    index = pd.MultiIndex.from_tuples([(5, NONE)], names=["classe", "niveau"])
    table = pd.DataFrame({"iris": [2], "population": [1200.0]}, index=index)
    said = facts.exposed_phrase(table, 5)
    assert "2 de ces IRIS, 1\u202f200\u00a0habitants potentiellement exposés." in said


def test_the_crossing_keeps_the_unscored_last(crossing):
    table = offer_page.crossing_text(crossing)
    assert table.index.tolist() == ["1 · Plus faible", "5 · Plus élevé", "Non noté"]
    assert table.loc["5 · Plus élevé"].tolist() == ["10", "20", "0", "0"]
    assert table.columns[NONE] == "3 · Ni dedans ni à côté"


def test_the_table_beside_the_map_holds_every_iris_the_unknown_included():
    iris = pd.DataFrame(
        {
            "nom": ["A", "B", "C"], "commune": ["X", "X", "Y"], "niveau": [0.0, 2.0, None],
            "courants": [4, 0, 0], "population": [1.0, 2.0, 3.0], "classe": [1.0, None, 5.0],
        }
    )  # fmt: skip
    table = offer_page.iris_text(iris)
    assert table.index.tolist() == ["B", "A", "C"]
    assert table.loc["C", "Commerce courant"] == "Inconnu"
    assert table.loc["B", "Classe de risque"] == "Non noté"


def test_iris_too_wide_for_a_neighbour_to_be_near_are_counted():
    levels = pd.Series([NEXT_DOOR, NEXT_DOOR, HERE, None])
    area, people = pd.Series([9e6, 11e6, 99e6, 99e6]), pd.Series([1.0, 500.0, 9.0, 9.0])
    said = facts.large_phrase(levels, area, people)
    assert "et 1 des 2 IRIS" in said and said.endswith("dépasse 10 km² (500\u00a0habitants)")
    assert "IRIS" not in facts.large_phrase(levels, area / 100, people)


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
    table = offer_page.lists_text(LISTS, {"13001": "Aix", "13004": "Arles"})
    assert table["Croix-Rouge"].to_dict() == {"Aix": "3", "Arles": "–"}
    assert "Banque alimentaire" not in table


def test_a_town_that_a_list_names_is_not_counted_as_one_place():
    table = offer_page.lists_text(LISTS, {"13001": "Aix", "13004": "Arles"})
    assert table["Restos du Cœur"].to_dict() == {"Aix": "citée", "Arles": "citée"}


def test_every_line_of_a_list_is_in_its_summary():
    table = offer_page.lists_summary(LISTS)
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
