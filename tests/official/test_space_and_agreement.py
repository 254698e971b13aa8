"""Neighbours of 13, and how far other sources agree with its poverty rate (METHODS 3.7 and 3.10).

Each literal is a fact of the public files at hand. The functions are those that the page calls.
"""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.geo.contiguity import queen, tie_islands
from diagalim.analysis.geo.grid_of_iris import grid_of_iris
from diagalim.analysis.solidity.validity import agreement

ROUNDED = 0.005


@pytest.fixture(scope="session")
def raw(values) -> pd.DataFrame:
    return values.pivot(index="code_iris", columns="indicateur", values="valeur")


@pytest.fixture(scope="session")
def published(official) -> pd.DataFrame:
    """Poverty rate and median standard of living of the IRIS that Insee publishes."""
    table = official["filosofi_iris"]
    here = table[table["variable"].isin(["DISP_TP6021", "DISP_MED21"])]
    return here.pivot(index="code", columns="variable", values="valeur")


@pytest.fixture(scope="session")
def grid(official, iris) -> pd.DataFrame:
    return grid_of_iris(official["carreaux"], iris)


def test_queen_contiguity_of_the_840_iris(iris):
    graph = queen(iris.geometry)
    assert graph.n_edges / 2 == 2_399
    assert graph.cardinalities.mean() == pytest.approx(5.71, abs=0.005)
    assert list(graph.isolates) == ["132070301"]


def test_the_island_is_tied_to_the_shore(iris):
    graph, tied = tie_islands(queen(iris.geometry), iris.geometry)
    assert tied == {"132070301": "132070202"}
    assert graph.n_edges / 2 == 2_400 and list(graph.isolates) == []


def test_the_grid_agrees_with_the_poverty_rate(grid, published):
    found = agreement(grid["part_menages_pauvres"], published["DISP_TP6021"], seed=1)
    assert found.n == 385 and found.rho == pytest.approx(0.960, abs=0.0005)
    assert found.low < 0.960 < found.high and found.high - found.low < 0.04
    gap = (grid["part_menages_pauvres"] - published["DISP_TP6021"]).median()
    assert gap == pytest.approx(-1.3, abs=0.05)


def test_the_grid_agrees_with_the_standard_of_living(grid, published):
    found = agreement(grid["niveau_vie"], published["DISP_MED21"], seed=1)
    assert found.n == 385 and found.rho == pytest.approx(0.978, abs=0.0005)


def test_few_people_live_in_cells_that_insee_modelled(official):
    cells = official["carreaux"]
    people = cells["personnes"]
    assert cells["impute"].mean() == pytest.approx(0.43, abs=ROUNDED)
    assert people[cells["impute"]].sum() / people.sum() == pytest.approx(0.036, abs=0.0005)


def test_the_rate_of_rsa_agrees_with_the_poverty_rate(raw, iris, published):
    cut = raw["taux_rsa"].where(iris["type_iris"] != "Z")
    assert cut.notna().sum() == 627
    found = agreement(cut, published["DISP_TP6021"], seed=1)
    assert found.rho == pytest.approx(0.92, abs=ROUNDED)


def test_the_digital_index_agrees_in_part(official, published):
    index = official["ifn"].query("variable == 'SCORE GLOBAL'").set_index("code")["valeur"]
    found = agreement(index, published["DISP_TP6021"], seed=1)
    assert found.n == 677 and found.rho == pytest.approx(0.75, abs=ROUNDED)


@pytest.mark.parametrize(
    ("name", "rho"), [("part_familles_mono", 0.74), ("part_sans_voiture", 0.78), ("part_hlm", 0.51)]
)
def test_indicators_of_the_census_agree_in_part(name, rho, raw, published):
    found = agreement(raw[name], published["DISP_TP6021"], seed=1)
    assert found.rho == pytest.approx(rho, abs=0.006)
