"""The fictitious department: withheld values estimated, with the grid and without it."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.estimation import estimates, withheld
from diagalim.analysis.geo import grid_of_iris, neighbours
from diagalim.analysis.score import status
from diagalim.analysis.score.composite import Weights
from diagalim.analysis.values import recipes
from diagalim.analysis.values.tables import Tables
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.registry import find

REGISTRY = load_indicators()


@pytest.fixture(scope="module")
def known() -> dict:
    territory = load_territory("exemple")
    found = {name: find(name, territory) for name in sorted(REGISTRY.sources())}
    found = {name: resolved for name, resolved in found.items() if resolved}
    tables = Tables(
        {name: read(name, territory)[0] for name in found},
        formats={name: f.pattern.format for name, f in found.items()},
        vintages={name: f.vintage for name, f in found.items()},
    )
    iris = read("contours_iris", territory)[0]
    iris["population"], _ = recipes.population_of_iris(REGISTRY, iris.index, tables)
    values, _ = recipes.all_values(REGISTRY, iris, tables, territory.seuils.effectif_minimal)
    states = values.pivot(index="code_iris", columns="indicateur", values="statut")
    weights = Weights.of(territory.score)
    least = territory.seuils.population_minimale
    return {
        "iris": iris,
        "values": values,
        "communes": recipes.commune_values(REGISTRY, iris, tables),
        "pairs": neighbours.touching(iris),
        "grid": grid_of_iris.grid_of_iris(read("carreaux", territory)[0], iris),
        "allowed": status.may_be_estimated(iris, states, weights, least),
        "seed": territory.graine,
    }


def completed(known: dict, grid: pd.DataFrame | None) -> pd.DataFrame:
    around = estimates.Surroundings(known["iris"], known["pairs"], known["communes"], grid)
    options = {"allowed": known["allowed"], "seed": known["seed"]}
    return withheld.estimate_withheld(known["values"], REGISTRY, around, **options).values


def test_every_withheld_value_of_a_place_to_score_is_estimated(known):
    after = completed(known, known["grid"])
    left = after[after["statut"] == "secret"]
    assert not known["allowed"].reindex(left["code_iris"]).any()
    assert (after["statut"] == "carreaux").any() and (after["statut"] == "estime").any()


def test_without_the_grid_the_same_values_are_estimated_otherwise(known):
    with_grid, without = completed(known, known["grid"]), completed(known, None)
    assert not (without["statut"] == "carreaux").any()
    assert with_grid["valeur"].notna().equals(without["valeur"].notna())
    # the grid of a fictitious department is made from its own incomes: it must make surer
    rows = with_grid["statut"].eq("carreaux")
    assert (with_grid.loc[rows, "ecart"] < without.loc[rows, "ecart"]).mean() > 0.9


def test_some_iris_of_activities_are_observed_enough_to_be_estimated(known):
    types = known["iris"]["type_iris"]
    after = completed(known, known["grid"])
    done = after.loc[after["statut"].isin(["carreaux", "estime"]), "code_iris"].unique()
    assert types.reindex(done).isin(["A", "D"]).sum() == 8
