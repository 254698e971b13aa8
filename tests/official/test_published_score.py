"""What the built report of 13 says of its own score: every IRIS accounted for."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd
import pytest

from diagalim.chapter.facts import read_facts

SCORED = {"H": 696, "Z": 67}
"""IRIS scored, by type: all but two of habitat, every uncut commune; no activity nor miscellaneous
IRIS has enough known."""


@pytest.fixture(scope="session")
def iris(results) -> gpd.GeoDataFrame:
    return gpd.read_parquet(results / "score" / "iris.geoparquet")


@pytest.fixture(scope="session")
def facts(results):
    return read_facts(results / "score" / "facts.json")


def test_every_iris_and_inhabitant_is_accounted_for(iris, facts):
    assert len(iris) == facts["nb_iris"].value == 840
    assert iris["population"].sum() == pytest.approx(2_019_717, abs=0.5)
    assert facts["population_totale"].value == pytest.approx(2_019_717, abs=0.5)


def test_scored_iris_by_type(iris):
    scored = iris[iris["score"].notna()]
    assert scored["type_iris"].value_counts().to_dict() == SCORED


def test_an_iris_has_either_a_score_or_a_reason(iris):
    assert (iris["score"].notna() == (iris["motif"] == "")).all()
    assert (iris["score"].notna() == iris["statut"].isin(["note", "indicatif"])).all()
    assert (iris["score"].notna() == iris["classe"].notna()).all()


def test_reasons_of_the_others(iris):
    reasons = iris.loc[iris["score"].isna(), "motif"].value_counts().to_dict()
    assert reasons == {
        "revenus masqués par le secret statistique": 33,
        "moins de 200 habitants": 22,
        "aucun habitant au recensement": 11,
        "trop peu d'indicateurs connus": 11,
    }


def test_only_the_commune_of_very_few_inhabitants_is_indicative(iris):
    indicative = iris[iris["statut"] == "indicatif"]
    assert list(indicative["nom"]) == ["Saint-Antonin-sur-Bayon"]
    assert iris["part_estimee"].max() <= 0.5


def test_values_travel_with_what_is_not_known_of_them(results):
    values = pd.read_parquet(results / "score" / "valeurs.parquet")
    estimated = values["statut"].isin(["carreaux", "estime"])
    assert estimated.sum() == 219 and (values.loc[estimated, "ecart"] > 0).all()
    published = values["statut"].isin(["observe", "arrondi"])
    assert (values.loc[published, "ecart"] == 0).all()
    assert (values.loc[values["statut"] == "communal", "ecart"] > 0).all()
    assert values[["ecart", "erreur_sondage", "demi_arrondi"]].notna().all().all()


def test_the_pages_state_what_the_estimates_are_worth(results, facts):
    said = read_facts(results / "valeurs" / "facts.json")
    assert said["nb_valeurs_estimees"].value == 219 and facts["nb_z_notees"].value == 67
    assert 85 <= said["couverture_estimation"].value <= 95


def test_a_value_that_is_estimated_says_so_wherever_it_is_cited(results, iris):
    values = pd.read_parquet(results / "score" / "valeurs.parquet")
    rates = values[values["indicateur"] == "taux_pauvrete"].set_index("code_iris")["statut"]
    cited = iris["incidences"].explode().dropna()
    cited = cited[cited.str.contains("sous le seuil de pauvreté")]
    guessed = rates.reindex(cited.index).isin(["carreaux", "estime"])
    assert (cited.str.contains(", valeur estimée") == guessed).all()


def test_classes_hold_the_same_number_of_iris(iris):
    counts = iris["classe"].value_counts()
    assert set(counts.index) == {1, 2, 3, 4, 5} and counts.max() - counts.min() <= 1


def test_ranks_follow_scores(iris):
    scored = iris[iris["score"].notna()].sort_values("rang")
    assert scored["score"].is_monotonic_decreasing


def test_every_sentence_of_the_map_shows_two_different_values(iris):
    for said in iris["incidences"].explode().dropna():
        value, median = said.removesuffix(")").rsplit("(médiane\u00a0:\u00a0", 1)
        assert not re.search(rf"(?<![\d,\u202f]){re.escape(median)}", value), said


def test_the_map_reads_the_same_scores(results, iris):
    kept = pd.read_parquet(results / "score" / "dimensions.parquet")
    assert kept.index.equals(iris.index)
