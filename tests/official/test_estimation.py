"""Withheld incomes of 13, by the functions of the notebook, and what the estimates are worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.estimation import estimates, validation, withheld
from diagalim.analysis.geo import grid_of_iris, neighbours
from diagalim.analysis.score import status
from diagalim.analysis.score.composite import Weights
from diagalim.analysis.score.rules import ScoreRules, published
from diagalim.analysis.values import recipes
from diagalim.analysis.values.tables import Tables
from diagalim.settings.indicators_file import load_indicators
from diagalim.sources.registry import find

REGISTRY = load_indicators()


@pytest.fixture(scope="session")
def places(official) -> pd.DataFrame:
    return official["contours_iris"].copy()


@pytest.fixture(scope="session")
def tables(official, bouches_du_rhone) -> Tables:
    found = {name: find(name, bouches_du_rhone) for name in sorted(REGISTRY.sources())}
    found = {name: resolved for name, resolved in found.items() if resolved}
    return Tables(
        {name: official[name] for name in found},
        formats={name: f.pattern.format for name, f in found.items()},
        vintages={name: f.vintage for name, f in found.items()},
    )


@pytest.fixture(scope="session")
def grid(official, places) -> pd.DataFrame:
    if "carreaux" not in official:
        pytest.skip("carreaux de 200 m du 13 absents (voir README)")
    return grid_of_iris.grid_of_iris(official["carreaux"], places)


@pytest.fixture(scope="session")
def known(places, tables, grid, bouches_du_rhone) -> dict:
    """What the notebook has in hand before it estimates."""
    people, _ = recipes.population_of_iris(REGISTRY, places.index, tables)
    places = places.assign(population=people)
    limits = bouches_du_rhone.seuils
    values, _ = recipes.all_values(REGISTRY, places, tables, limits.effectif_minimal)
    weights = Weights.of(bouches_du_rhone.score).without(recipes.unavailable(values))
    states = values.pivot(index="code_iris", columns="indicateur", values="statut")
    return {
        "iris": places,
        "values": values,
        "weights": weights,
        "states": states,
        "around": estimates.Surroundings(
            places,
            neighbours.touching(places),
            recipes.commune_values(REGISTRY, places, tables),
            grid,
        ),
        "allowed": status.may_be_estimated(places, states, weights, limits.population_minimale),
    }


@pytest.fixture(scope="session")
def estimated(known, bouches_du_rhone) -> withheld.Estimated:
    return withheld.estimate_withheld(
        known["values"],
        REGISTRY,
        known["around"],
        allowed=known["allowed"],
        seed=bouches_du_rhone.graine,
    )


def test_the_grid_goes_with_the_incomes_of_the_iris(official, grid):
    file = official["filosofi_iris"]
    rate, income = (
        file[file["variable"] == name].set_index("code")["valeur"]
        for name in ("DISP_TP6021", "DISP_MED21")
    )
    both = grid.join(rate.rename("taux")).join(income.rename("revenu")).dropna()
    assert len(both) == 385
    poverty = both["part_menages_pauvres"]
    assert poverty.corr(both["taux"], method="spearman") == pytest.approx(0.960, abs=0.002)
    living = both["niveau_vie"].corr(both["revenu"], method="spearman")
    assert living == pytest.approx(0.978, abs=0.002)
    assert (poverty - both["taux"]).median() == pytest.approx(-1.3, abs=0.1)


def test_contiguity_is_that_of_the_outlines(places):
    pairs = neighbours.touching(places)
    assert len(pairs) == 2 * 2_399
    assert set(places.index) - set(pairs["code_iris"]) == {"132070301"}


def test_withheld_rates_by_how_they_are_estimated(known, estimated):
    types = known["iris"]["type_iris"]
    rate = estimated.values.query("indicateur == 'taux_pauvrete'").set_index("code_iris")["statut"]
    counts = pd.crosstab(rate, types)
    assert counts.loc["carreaux"].to_dict() == {"A": 0, "D": 0, "H": 23, "Z": 2}
    assert counts.loc["estime"].to_dict() == {"A": 0, "D": 0, "H": 7, "Z": 24}
    assert counts.loc["secret"].to_dict() == {"A": 36, "D": 17, "H": 2, "Z": 0}
    assert counts.loc["arrondi"].to_dict() == {"A": 10, "D": 1, "H": 666, "Z": 41}


def test_small_communes_whose_rate_is_hidden_are_not_made_poor(known, estimated):
    """Withheld communes are the better-off ones (METHODS 1.3): a mean would say the contrary."""
    rate = estimated.values.query("indicateur == 'taux_pauvrete'").set_index("code_iris")
    uncut = known["iris"]["type_iris"].eq("Z").reindex(rate.index)
    guessed = rate.loc[uncut & rate["statut"].isin(["carreaux", "estime"]), "valeur"]
    published = rate.loc[rate["statut"] == "arrondi", "valeur"]
    assert len(guessed) == 26 and guessed.max() < published.mean() - 5


def test_the_67_uncut_communes_and_the_peopled_iris_are_scored(known, estimated, bouches_du_rhone):
    places = known["iris"]
    rules = replace(ScoreRules.of(bouches_du_rhone, REGISTRY), weights=known["weights"])
    result = published(estimated.values, places, rules)
    scored = result.score.notna().groupby(places["type_iris"]).sum()
    assert scored.to_dict() == {"A": 0, "D": 0, "H": 696, "Z": 67}
    assert result.borrowed.max() < status.INDICATIVE_ABOVE


def test_published_values_are_constant_over_draws_and_no_value_is_lost(estimated):
    draws, wide = estimated.imputations.draws, estimated.values.pivot(
        index="code_iris", columns="indicateur"
    ).reindex(estimated.imputations.codes)  # fmt: skip
    names = estimated.imputations.names
    missing = wide["valeur"][names].isna().to_numpy()
    assert np.isnan(draws).all(axis=0)[missing].all() and not np.isnan(draws)[:, ~missing].any()
    published = wide["statut"][names].isin(["observe", "arrondi"]).to_numpy()
    assert np.ptp(draws[:, published], axis=0).max() == 0
    assert (np.ptp(draws[:, ~published & ~missing], axis=0) > 0).mean() > 0.98


def test_what_the_census_does_not_know_is_stated_where_it_samples(known):
    values, places = known["values"], known["iris"]
    city = places["commune"].str.startswith("132") & (places["type_iris"] == "H")
    uncut = places["type_iris"].eq("Z")
    error = values.pivot(index="code_iris", columns="indicateur", values="erreur_sondage")
    assert error.loc[uncut].to_numpy().max() == 0
    median = error.loc[city].replace(0, np.nan).median()
    assert 1 < median["part_hlm"] < 3 and 2 < median["part_ouvriers_employes"] < 6
    assert median[["taux_pauvrete", "taux_rsa", "niveau_vie_median"]].isna().all()


def test_intervals_hold_hidden_values_between_85_and_95_times_in_100(known, bouches_du_rhone):
    options = {"allowed": known["allowed"], "seed": bouches_du_rhone.graine}
    compared = validation.validate_estimation(known["values"], REGISTRY, known["around"], **options)
    summary = validation.summary_of(compared)
    print(summary.round(3).to_string())
    assert 0.85 <= summary.loc[("", ""), "couverture"] <= 0.95
    enough = summary[summary["caches"] >= 200].drop(("", ""))
    assert enough["couverture"].between(0.82, 0.96).all()
    assert summary.loc[("taux_pauvrete", "carreaux"), "rmse"] < 4
    assert summary.loc[("niveau_vie_median", "carreaux"), "rmse"] < 1_500


def test_hiding_five_times_only_stays_within_the_same_bounds(known, bouches_du_rhone):
    compared = validation.validate_estimation(
        known["values"],
        REGISTRY,
        known["around"],
        allowed=known["allowed"],
        seed=bouches_du_rhone.graine,
        repeats=5,
    )
    assert 0.85 <= validation.summary_of(compared).loc[("", ""), "couverture"] <= 0.95
