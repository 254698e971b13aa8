"""Names, tables and sentences of the page on profiles, clusters and agreement."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from diagalim.analysis.geo.contiguity import neighbourhood
from diagalim.analysis.solidity.clusters import LEFT_OUT
from diagalim.analysis.solidity.profiles import COUNTS, Partition
from diagalim.chapter.profile_words import map_labels, profile_names, trait_sentences
from diagalim.report.profils.clusters import (
    GROUP_COLOURS,
    GROUPS,
    cluster_classes,
    clusters_table,
    island_sentences,
)
from diagalim.report.profils.page import PROFILE_COLOURS, of_dimensions
from diagalim.settings.indicators_file import load_indicators
from diagalim.wording import french

REGISTRY = load_indicators()


def plain(text):
    return text.replace(french.NO_BREAK, " ").replace(french.NARROW, " ")


@pytest.fixture
def traits():
    return pd.DataFrame(
        {
            "profil": [1, 1, 1, 2, 2, 2],
            "variable": ["taux_pauvrete", "part_hlm", "part_0_14"] * 2,
            "v": [9.0, 5.0, 3.0, -9.0, -5.0, 4.0],
            "moyenne": [40.0, 60.0, 25.0, 8.0, 5.0, 22.0],
            "ensemble": [20.0, 20.0, 18.0] * 2,
            "n": [10] * 6,
        }
    )


@pytest.fixture
def iris():
    codes = pd.Index([f"i{n}" for n in range(5)], name="code_iris")
    return gpd.GeoDataFrame(
        {
            "nom": list("ABCDE"),
            "commune": ["Y", "X", "X", "Y", "Y"],
            "score": [80.0, 70.0, 20.0, 10.0, None],
            "population": [1000.0] * 5,
        },
        geometry=[shapely.box(n, 0, n + 1, 1) for n in range(4)] + [shapely.box(50, 0, 51, 1)],
        index=codes,
        crs="EPSG:2154",
    )


def partition(stable=False):
    groups = pd.Series([1, 1, 2, 2], ["i0", "i1", "i2", "i3"])
    criteria = pd.DataFrame(
        {"silhouette": [0.3, 0.2], "saut": [4.0, 1.0], "stabilite": [0.8 if stable else 0.5, 0.4]},
        index=[2, 3],
    )
    return Partition(groups, criteria, stable)


def test_every_indicator_has_short_words_and_none_names_people_or_places():
    for indicator in REGISTRY.indicateurs.values():
        high, low = indicator.traits.plus, indicator.traits.moins
        assert high != low and len(max(high, low, key=len)) <= 32


def test_an_indicator_added_by_a_study_lends_its_label(traits):
    own = REGISTRY.indicateurs["part_hlm"].model_copy(
        update={"libelle": "logements froids", "traits": None}
    )
    registry = REGISTRY.model_copy(update={"indicateurs": {**REGISTRY.indicateurs, "froid": own}})
    other = traits.assign(variable=["froid"] * 6)
    assert profile_names(other[:1], 1, registry) == {1: "logements froids : plus"}


def test_traits_stand_beside_the_mean_of_all(traits):
    said = trait_sentences(traits, REGISTRY)[1]
    assert "taux de pauvreté : 40 % (ensemble : 20 %)" in plain(said)


def test_there_is_a_colour_for_every_profile_and_group():
    assert len(PROFILE_COLOURS) >= max(COUNTS) and len(set(PROFILE_COLOURS)) == len(PROFILE_COLOURS)
    assert len(GROUP_COLOURS) == len(GROUPS)


def test_clusters_that_were_not_tested_are_not_called_scattered(iris, as_shown):
    local = pd.DataFrame({"groupe": ["HH", "", "LL", LEFT_OUT]}, index=["i0", "i1", "i2", "i3"])
    classes = cluster_classes(local, iris.index)
    assert classes.tolist()[:3] == [1, 5, 2] and classes[["i3", "i4"]].isna().all()
    edge = pd.Series([True, False, False, False, True], iris.index)
    table = as_shown("profils", "regroupements", clusters_table(iris, local, edge))
    assert table.index[0] == "A" and table.loc["A", "Au bord"] == "oui"
    assert table.loc["D", "Regroupement"] == "non noté ou non testé"


def test_islands_and_lonely_iris_are_named(iris):
    kept = pd.Series([True, True, False, True, False], iris.index)
    said = island_sentences(neighbourhood(iris.geometry, kept), iris)
    assert said == [
        "« E » (Y) ne touche aucun IRIS : rattaché au plus proche, « D ».",
        "Aucun voisin noté, donc hors des tests : « D » (Y).",
    ]


def test_a_long_label_of_the_map_takes_two_lines(traits):
    long = traits.assign(variable=["part_ouvriers_employes"] * 6)
    first = map_labels(long, 2, REGISTRY)[0]
    assert first == "1 · plus d'ouvriers et\n    d'employés"


def test_the_most_exposed_dimension_of_the_first_profile_is_read_aloud():
    dimensions = pd.DataFrame(
        {"ressources": [90.0, 70, 30, 10], "menages": [60.0, 60, 50, 50]},
        index=["i0", "i1", "i2", "i3"],
    )
    assert of_dimensions(partition(), dimensions, REGISTRY) == {
        "dimension_un": "Ressources",
        "score_dimension_un": 80,
        "score_dimension_ensemble": 50,
    }
