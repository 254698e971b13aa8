"""What the chapter on food shops shows: sums, and unknowns said."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE, UNKNOWN
from diagalim.report.commerces import facts, tables

TYPES = pd.DataFrame(
    {
        "libelle": ["Supermarché", "Boulangerie", "Bricolage"],
        "famille": ["alimentaire", "alimentaire", "autre"],
        "courant": [True, False, False],
    },
    index=["B105", "B207", "B103"],
)


def test_types_without_a_shop_are_shown_and_what_is_not_food_is_not(as_shown):
    found = tables.types(pd.Series({"B105": 3, "B103": 9}), TYPES)
    table = as_shown("commerces", "types", found)
    assert table.index.tolist() == ["Supermarché", "Boulangerie", "Ensemble"]
    assert table["Commerces"].tolist() == ["3", "0", "3"]


@pytest.fixture
def crossing() -> pd.DataFrame:
    keys = [(5, HERE), (5, NEXT_DOOR), (1, HERE), (0, UNKNOWN)]
    index = pd.MultiIndex.from_tuples(keys, names=["classe", "niveau"])
    return pd.DataFrame({"iris": [1, 1, 2, 1], "population": [10.0, 20.0, 60.0, 10.0]}, index=index)


def test_the_unknown_level_has_its_own_line_and_is_no_zero(crossing, as_shown):
    table = as_shown("commerces", "niveaux", tables.levels(crossing, 100.0))
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


def test_the_crossing_keeps_the_unscored_last(crossing, as_shown):
    table = as_shown("commerces", "classes", tables.classes(crossing))
    assert table.index.tolist() == ["1 · Plus faible", "5 · Plus élevé", "Non noté"]
    assert table.loc["5 · Plus élevé"].tolist() == ["10", "20", "0", "0"]
    assert table.columns[NONE] == "3 · Ni dedans ni à côté"


def test_the_table_beside_the_map_holds_every_iris_the_unknown_included(as_shown):
    iris = pd.DataFrame(
        {
            "nom": ["A", "B", "C"], "nom_commune": ["X", "X", "Y"], "niveau": [0.0, 2.0, None],
            "courants": [4, 0, 0], "population": [1.0, 2.0, 3.0], "classe": [1.0, None, 5.0],
        }
    )  # fmt: skip
    table = as_shown("commerces", "iris", tables.by_iris(iris))
    assert table.index.tolist() == ["B", "A", "C"]
    assert table.loc["C", "Commerce courant"] == "Inconnu"
    assert table.loc["B", "Classe de risque"] == "Non noté"


def test_iris_too_wide_for_a_neighbour_to_be_near_are_counted():
    levels = pd.Series([NEXT_DOOR, NEXT_DOOR, HERE, None])
    area, people = pd.Series([9e6, 11e6, 99e6, 99e6]), pd.Series([1.0, 500.0, 9.0, 9.0])
    said = facts.large_phrase(levels, area, people)
    assert "et 1 des 2 IRIS" in said and said.endswith("dépasse 10 km² (500\u00a0habitants)")
    assert "IRIS" not in facts.large_phrase(levels, area / 100, people)
