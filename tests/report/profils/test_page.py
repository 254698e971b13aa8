"""What the page of profiles says: names from traits, firmness, clusters, agreement with others."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from diagalim.analysis.geo.contiguity import Neighbourhood
from diagalim.analysis.solidity.clusters import LEFT_OUT, Autocorrelation
from diagalim.analysis.solidity.profiles import Partition, grouped
from diagalim.analysis.solidity.validity import (
    CONVERGENT,
    DISCRIMINANT,
    area_under_curve,
    inside_quarters,
)
from diagalim.chapter import profile_words
from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.facts import Facts
from diagalim.report.profils import clusters, page, validity
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.words_file import words_of
from diagalim.sources.official.mednum import index_of

REGISTRY = load_indicators()
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " "})
CODES = pd.Index([f"00001010{i}" for i in range(6)], name="code_iris")
IRIS = gpd.GeoDataFrame(
    {
        "nom": [f"Quartier {i}" for i in range(6)],
        "commune": ["Vermeillerie"] * 3 + ["Clairval"] * 3,
        "population": 1000.0,
        "score": [80.0, 75.0, 60.0, 40.0, 20.0, np.nan],
        "classe": [5.0, 5.0, 4.0, 2.0, 1.0, np.nan],
    },
    index=CODES,
    geometry=[box(i, 0, i + 1, 1) for i in range(6)],
    crs="EPSG:2154",
)
TRAITS = pd.DataFrame(
    [
        (1, "taux_pauvrete", 9.0, 41.0, 21.0),
        (1, "part_hlm", 7.0, 44.0, 19.0),
        (1, "part_0_14", 3.0, 25.0, 18.0),
        (2, "taux_pauvrete", -8.0, 9.0, 21.0),
    ],
    columns=["profil", "variable", "v", "moyenne", "ensemble"],
)
CRITERIA = pd.DataFrame(
    {"silhouette": [0.2, 0.3], "saut": [1.0, 2.0], "stabilite": [0.4, 0.5]}, index=[2, 3]
)


def partition(stable: bool) -> Partition:
    groups = pd.Series([1, 1, 1, 2, 2], index=CODES[:5], name="profil")
    return Partition(groups, CRITERIA, stable)


@pytest.fixture
def score(tmp_path, monkeypatch) -> Facts:
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    made = open_chapter("score", "exemple")
    made.read("contours_iris")
    made.state("nb_haute", 2, "", "IRIS", ["contours_iris"])
    made.state("population_haute", 2000, "habitants", "Exposés", ["contours_iris"], year=2016)
    return made.facts


@pytest.fixture
def chapter(score, monkeypatch):
    opened = open_chapter("profils", "exemple")
    monkeypatch.setattr(opened, "facts_of", lambda name: score)
    return opened


def test_a_profile_is_named_by_its_two_strongest_traits():
    names = profile_words.profile_names(TRAITS, 2, REGISTRY)
    assert names == {1: "pauvreté plus fréquente, plus de HLM", 2: "pauvreté moins fréquente"}


def test_a_profile_without_a_trait_is_near_the_whole():
    assert profile_words.profile_names(TRAITS, 3, REGISTRY)[3] == "proche de l'ensemble"


def test_two_profiles_alike_in_two_traits_take_a_third():
    twin = TRAITS[TRAITS["profil"] == 1].assign(profil=2)
    twin.loc[twin["variable"] == "part_0_14", "v"] = -3.0
    names = profile_words.profile_names(
        pd.concat([TRAITS[TRAITS["profil"] == 1], twin]), 2, REGISTRY
    )
    assert names[1].endswith("plus d'enfants") and names[2].endswith("moins d'enfants")


def test_profiles_that_do_not_hold_are_said_not_to():
    assert "Aucun nombre de groupes" in page.profiles_sentences(partition(False))[1]
    assert "ces profils **tiennent**" in page.profiles_sentences(partition(True))[1]


def test_the_table_of_profiles_counts_places_people_and_highest_class(as_shown):
    table = page.profiles_table(partition(False), TRAITS, IRIS, 5, REGISTRY)
    table = as_shown("profils", "profils", table)
    first = table.iloc[0]
    assert first["IRIS"] == "3" and first["Habitants"].translate(PLAIN) == "3 000"
    assert first["IRIS de la classe 5"] == "2"
    assert "41 % (ensemble : 21 %)" in first["Ce qui le distingue"].translate(PLAIN)


def test_the_table_of_places_lists_every_iris_and_those_without_a_profile_last(as_shown):
    table = page.places_table(IRIS, partition(False), TRAITS, REGISTRY)
    table = as_shown("profils", "places", table)
    assert len(table) == 6
    assert table.iloc[-1].tolist() == ["Clairval", "sans profil", "–"]


def test_clusters_are_counted_and_named_by_commune(chapter, score, as_shown):
    groups = pd.Series(["HH", "HH", "", LEFT_OUT, "LL"], index=CODES[:5])
    local = pd.DataFrame({"groupe": groups})
    around = Neighbourhood(graph=None, tied={}, alone=[], pieces=1)
    moran = Autocorrelation(0.63, -0.01, 0.001, 5, 999)
    edge = pd.Series([True] + [False] * 5, index=CODES)
    chapter.state(clusters.of_clusters(moran, local, around, IRIS, edge))
    facts = chapter.facts
    assert [facts[name].value for name in ("iris_hh", "iris_ll", "iris_hors_test")] == [2, 1, 1]
    assert facts["habitants_hh"].value == 2000 and facts["iris_hh_bord"].value == 1
    assert facts["habitants_hh"].year == "2016", "inhabitants are dated as their dataset is"
    assert facts["communes_hh"].text == "Vermeillerie (2)"
    assert facts["moran"].nature == score["nb_haute"].nature == "synthétique"
    table = as_shown("profils", "regroupements", clusters.clusters_table(IRIS, local, edge))
    assert table["Regroupement"].tolist()[:2] == ["élevé, entouré d'élevés"] * 2
    assert table["Regroupement"].tolist()[-1] == "non noté ou non testé"


def test_neighbours_alike_by_chance_are_not_called_alike():
    by_chance = Autocorrelation(0.02, -0.01, 0.4, 5, 999)
    assert clusters.gathering_sentence(by_chance).startswith("Rien ne dit")


def agreements() -> pd.DataFrame:
    row = {"rho": 0.8, "bas": 0.7, "haut": 0.9, "n": 300}
    row |= {f"{name}_taux": value for name, value in row.items()}
    row |= {"rho_sans": 0.6, "bas_sans": 0.5, "haut_sans": 0.7, "n_sans": 290}
    near = {"sorte": CONVERGENT, "retires": ("part_hlm",), "calculable": True} | row
    size = near | {"sorte": DISCRIMINANT, "retires": (), "rho": 0.1, "rho_taux": 0.1}
    size |= dict.fromkeys(("rho_sans", "bas_sans", "haut_sans", "n_sans"), np.nan)
    return pd.DataFrame.from_dict({"part_hlm": near, "densite": size}, orient="index")


def test_an_agreement_is_shown_with_and_without_what_both_share(as_shown):
    table = as_shown("profils", "accords", validity.validity_table(agreements(), REGISTRY))
    first = table.iloc[0]
    assert first["Score"].translate(PLAIN) == "0,80 [0,70 ; 0,90], 300 IRIS"
    assert first["Après retrait"].startswith("0,60")
    assert table.loc["Densité", "Après retrait"] == "rien à retirer"


def test_the_sentence_on_size_warns_from_its_threshold_only():
    table = agreements()
    assert "ne suit ni" in validity.size_sentence(table)
    table.loc["densite", ["rho", "rho_taux"]] = [0.64, 0.1]
    said = validity.size_sentence(table)
    assert said.startswith("**Le score suit la taille des IRIS**") and "seul" not in said


def test_a_weak_agreement_is_not_called_one():
    table = agreements()
    assert "s'accorde avec elles" in validity.retained_sentence(table)
    table.loc["part_hlm", "rho_sans"] = 0.1
    assert "ne s'accorde pas avec toutes" in validity.retained_sentence(table)


def test_an_agreement_is_stated_with_its_measure_and_its_bounds(chapter):
    chapter.cite("carreaux", "ifn")
    values, given = validity.of_validity(agreements(), REGISTRY)
    chapter.state(values, **given)
    fact = chapter.facts["rho_part_hlm_sans"]
    assert fact.value == 0.6 and fact.label.endswith("Résidences principales en HLM")
    assert fact.certainty == "entre 0,50 et 0,70 (rééchantillonnage des IRIS)"
    assert "rho_densite_sans" not in chapter.facts and chapter.facts["nb_controles"].value == 1
    assert [key for key, _ in fact.datasets][-2:] == ["carreaux", "ifn"]


def test_where_too_few_places_can_be_grouped_nothing_is_shown_and_the_page_says_so():
    dimensions = pd.DataFrame({"ressources": [90.0], "menages": [60.0]}, index=CODES[:1])
    none = grouped(dimensions, seed=1)
    traits = TRAITS[:0]
    assert none.count == 0
    assert page.of_profiles(none, traits, IRIS, REGISTRY) == {}
    assert page.of_dimensions(none, dimensions, REGISTRY) == {}
    assert page.profiles_sentences(none) == []
    assert page.profiles_map(IRIS, none, traits, REGISTRY, IRIS, []) is None
    tables = {
        "profils": page.profiles_table(none, traits, IRIS, 5, REGISTRY),
        "places": page.places_table(IRIS, none, traits, REGISTRY),
        "dimensions": page.dimensions_table(none, dimensions, REGISTRY),
        "nombre": page.criteria_table(none),
    }
    said = words_of("profils").montre
    assert all(tables[key].empty and said[key].sans_ligne is not None for key in tables)
    assert said["profils"].sans_ligne.startswith("**Non disponible**")


def test_nothing_is_stated_of_the_files_that_are_not_there():
    assert index_of(None) is None and validity.of_gap(None, IRIS["score"], None) == {}
    assert validity.of_quarters(float("nan"), IRIS["score"]) == {}
    marked = inside_quarters(IRIS.geometry, None, IRIS["commune"])
    assert marked.isna().all() and np.isnan(area_under_curve(IRIS["score"], marked))
