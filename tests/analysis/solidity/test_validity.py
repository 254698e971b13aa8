"""Agreement with outside measures, with and without what both share."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from diagalim.analysis.score.composite import Weights, composite
from diagalim.analysis.score.rules import ScoreRules
from diagalim.analysis.solidity.validity import (
    Check,
    Engine,
    agreement,
    area_under_curve,
    inside_quarters,
    sharing,
    validity_table,
)

RULES = {"known_weight": 0.5, "least_dimensions": 2, "required": "R"}
WEIGHTS = Weights(
    {"R": 1.0, "M": 1.0, "L": 1.0},
    {"R": {"taux": 1.0, "rsa": 1.0}, "M": {"seules": 1.0}, "L": {"hlm": 1.0}},
)
SIGNS = {"taux": 1, "rsa": 1, "seules": 1, "hlm": 1}


@pytest.fixture
def values():
    rng = np.random.default_rng(5)
    common = rng.normal(size=120)
    table = {name: common + rng.normal(0, 0.7, 120) for name in SIGNS}
    return pd.DataFrame(table, index=pd.Index([f"i{n:03d}" for n in range(120)]))


@pytest.fixture
def engine(values):
    rules = ScoreRules(WEIGHTS, SIGNS, {}, least_population=0, **RULES)
    return Engine(values, pd.Series(True, values.index), rules)


@given(st.lists(st.booleans(), min_size=20, max_size=40), st.integers(1, 6))
def test_a_correlation_stands_in_its_own_interval_however_few_the_draws(rare, bootstraps):
    """One place apart among many: most draws have none of it, and say nothing or too much."""
    measure = pd.Series(rare, dtype=float)
    found = agreement(
        measure, pd.Series(range(len(rare)), dtype=float), seed=1, bootstraps=bootstraps
    )
    known = not np.isnan([found.rho, found.low, found.high]).any()
    assert not known or found.low <= found.rho <= found.high
    assert np.isnan(found.rho) == (measure.nunique() == 1)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=20, max_size=60))
def test_the_correlation_is_that_of_scipy_ties_included(pairs):
    a, b = (pd.Series(x, dtype=float) for x in zip(*pairs, strict=True))
    found = agreement(a, b, seed=1, bootstraps=10)
    if a.nunique() == 1 or b.nunique() == 1:
        assert np.isnan(found.rho)
    else:
        assert found.rho == pytest.approx(spearmanr(a, b).statistic, abs=1e-12)
        assert found.n == len(pairs)


def test_the_interval_holds_the_value_and_narrows_with_places():
    rng = np.random.default_rng(0)
    x = pd.Series(rng.normal(size=2000))
    y = x + rng.normal(size=2000)
    few, many = (agreement(x[:n], y[:n], seed=1) for n in (50, 2000))
    for found in (few, many):
        assert found.low < found.rho < found.high
    assert few.high - few.low > 3 * (many.high - many.low)


def test_too_few_places_give_no_correlation():
    found = agreement(pd.Series(range(19)), pd.Series(range(19)), seed=1)
    assert np.isnan(found.rho) and found.n == 19


def test_only_places_known_on_both_sides_count():
    x = pd.Series(np.arange(30.0), [f"i{n}" for n in range(30)])
    y = x.copy()
    y.iloc[:5] = np.nan
    assert agreement(x, y.iloc[:28], seed=1).n == 23


def test_leaving_indicators_out_scores_anew(values, engine):
    score = composite(values, SIGNS, WEIGHTS, scorable=engine.scorable, **RULES).score
    checks = [
        Check("taux", values["taux"], "convergence", shares=("taux",)),
        Check("taille", pd.Series(np.arange(120.0), values.index), "discriminante"),
    ]
    table = validity_table(checks, score, values["taux"], engine, seed=1, bootstraps=50)
    again = composite(
        values, SIGNS, WEIGHTS.without(["taux"]), scorable=engine.scorable, **RULES
    ).score
    assert table.loc["taux", "rho_sans"] == pytest.approx(
        spearmanr(again, values["taux"]).statistic
    )
    assert table.loc["taux", "rho"] > table.loc["taux", "rho_sans"] > 0.4
    assert table.loc["taux", "rho_taux"] == pytest.approx(1.0)
    assert abs(table.loc["taille", "rho"]) < 0.3
    assert np.isnan(table.loc["taille", "rho_sans"]) and table.loc["taille", "n_sans"] == 0


def test_a_check_that_shares_all_the_resources_cannot_be_made_without_them(values, engine):
    score = engine.without([]).score
    checks = [Check("grille", values["taux"], "convergence", shares=("taux", "rsa"))]
    table = validity_table(checks, score, values["taux"], engine, seed=1, bootstraps=10)
    assert not table.loc["grille", "calculable"] and np.isnan(table.loc["grille", "rho_sans"])


def test_too_few_dimensions_left_is_no_score(engine):
    assert engine.without(["seules", "hlm"]) is None
    assert engine.without(["seules"]) is not None


def test_a_protective_measure_is_turned(values, engine):
    score = engine.without([]).score
    plain = Check("a", values["taux"], "convergence")
    turned = Check("b", -values["taux"], "convergence", direction=-1)
    table = validity_table([plain, turned], score, values["taux"], engine, seed=1, bootstraps=10)
    assert table.loc["a", "rho"] == pytest.approx(table.loc["b", "rho"])


def test_indicators_that_share_a_dataset_are_those_that_drew_on_it():
    values = pd.DataFrame(
        {
            "indicateur": ["taux", "taux", "rsa", "hlm"],
            "source": ["filosofi_iris", "filosofi_communes", "caf", "filosofi_iris"],
            "valeur": [1.0, 2.0, 3.0, np.nan],
        }
    )
    assert sharing(values, ["filosofi_communes"], SIGNS) == ("taux",)
    assert sharing(values, ["filosofi_iris"], SIGNS) == ("taux",), "an empty value draws on nothing"


def test_the_area_under_the_curve_by_hand():
    score = pd.Series([1.0, 2.0, 2.0, 4.0, np.nan], list("abcde"))
    marked = pd.Series([False, True, False, True, True], list("abcde"))
    # pairs (marked, other): (2,1) won, (2,2) half, (4,1) won, (4,2) won
    assert area_under_curve(score, marked) == pytest.approx(3.5 / 4)
    assert np.isnan(area_under_curve(score, pd.Series(True, score.index)))


def test_a_commune_without_any_outline_is_unknown_not_outside(squares):
    shapes = squares(2)
    quarters = gpd.GeoDataFrame(
        geometry=[shapely.box(0, 0, 100, 20), shapely.box(0, 100, 100, 105)], crs="EPSG:2154"
    )
    communes = pd.Series(["X", "X", "Y", "Y"], shapes.index)
    found = inside_quarters(shapes, quarters, communes)
    assert found["a0"] is True and found["a1"] is False, "5 % of its area is under the limit"
    assert found[["b0", "b1"]].isna().all()
