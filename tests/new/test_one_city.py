"""The chapters of a department that is one city, computed as any other, by the same notebooks."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest

from diagalim.chapter.facts import read_facts
from diagalim.pipeline.progress import Journal
from diagalim.pipeline.run import build_report
from diagalim.workspace.folders import Folders

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def computed(made):
    """The home page of trial department 75, and the chapters it reads, computed."""
    trial = made("75")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIAGALIM_DATA", str(trial.data))
        patch.setenv("DIAGALIM_ROOT", str(trial.root))
        build_report("75", only=["accueil"], journal=Journal(quiet=True))
    return Folders(trial.root, "75")


@pytest.fixture(scope="module")
def facts(computed):
    return {
        chapter: read_facts(computed.results / chapter / "facts.json")
        for chapter in ("contexte", "score")
    }


def test_each_inhabitant_counts_once(computed, facts):
    iris = gpd.read_parquet(computed.results / "score" / "iris.geoparquet")
    assert len(iris) == 300 == facts["score"]["nb_iris"].value
    assert iris["population"].sum() == pytest.approx(facts["score"]["population_totale"].value)
    assert facts["contexte"]["population"].value == pytest.approx(iris["population"].sum(), abs=20)


def test_no_code_of_another_department_is_in_the_results(computed):
    iris = gpd.read_parquet(computed.results / "score" / "iris.geoparquet")
    assert iris.index.str.startswith("75").all()
    communes = pd.read_parquet(computed.results / "contexte" / "communes.parquet")
    assert sorted(communes.index) == [f"751{k:02d}" for k in range(1, 21)]


def test_the_rate_of_the_city_is_that_of_the_department(computed, facts):
    framing = pd.read_parquet(computed.results / "contexte" / "cadrage.parquet")
    assert framing["part"].tolist() == [100.0]
    stated = facts["contexte"]["taux_departement"].value
    assert stated == framing["taux_pauvrete"].iloc[0]


def test_the_home_page_says_where_in_good_french(computed):
    text = computed.copy("accueil").read_text(encoding="utf-8")
    shown = json.dumps(
        [c.get("outputs", []) for c in json.loads(text)["cells"]], ensure_ascii=False
    )
    assert "abord à Paris pour" in shown
    assert "aucune commune" not in shown and "0 commune" not in shown
    assert "va de" not in shown
