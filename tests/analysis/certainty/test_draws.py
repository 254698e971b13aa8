"""A draw is a score like the published one: same engine, same ranks, only what is on moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagalim.analysis.certainty import draws as module
from diagalim.analysis.certainty.choices import MEASUREMENT, METHOD, OPTIONS, Choice, Plan, Sources
from diagalim.analysis.certainty.draws import by_family, fixed_ranks, joint_draws, reference_rank
from diagalim.analysis.certainty.measured import Measured
from diagalim.analysis.certainty.ranks import rank_certainty
from diagalim.analysis.certainty.study import Study
from diagalim.analysis.score.aggregation import DECIMALS
from diagalim.analysis.score.composite import Method, Weights, composite

from .conftest import DIRECTIONS, NAMES, WEIGHTS, made_study, made_values

RULES = {"known_weight": 0.5, "least_dimensions": 2, "required": "R"}


def scored(values: pd.DataFrame, method: Method):
    everywhere = pd.Series(True, index=values.index)
    return composite(values, DIRECTIONS, WEIGHTS, scorable=everywhere, method=method, **RULES)


@pytest.mark.parametrize("outer", ["arithmetic", "geometric", "net_outranking_flow", "counting"])
@pytest.mark.parametrize("inner", OPTIONS["inner"])
@pytest.mark.parametrize("normalisation", [*OPTIONS["normalisation"], "borda"])
@pytest.mark.parametrize("treatment", OPTIONS["treatment"])
def test_one_draw_is_the_published_score(treatment, normalisation, inner, outer):
    method = Method(treatment=treatment, normalisation=normalisation, inner=inner, outer=outer)
    values = made_values()
    published = scored(values, method)
    measured = Measured.exact(values.to_numpy())
    ranked = published.score.notna()
    study = Study.of(measured, ranked, DIRECTIONS, WEIGHTS, reference=Choice.of(method, 0.5))
    expected = published.score.round(9).rank(ascending=False)[ranked]
    pd.testing.assert_series_equal(reference_rank(study), expected, check_names=False)


def test_a_draw_of_data_is_the_score_of_these_data():
    values = made_values()
    ranked = scored(values, Method()).score.notna()
    measured = Measured.exact(values.to_numpy(), half_rounding=np.full(values.shape, 2.0))
    study = Study.of(measured, ranked, DIRECTIONS, WEIGHTS)
    spreads = module.Spreads.of(measured, **dict.fromkeys(MEASUREMENT, True))
    seen = []
    given = spreads.draw
    object.__setattr__(spreads, "draw", lambda *a: seen.append(given(*a)) or seen[-1])
    plan = Plan([study.reference], study.inner[None], study.outer[None])
    tables = module.DrawnTables(study, spreads, {study.reference})
    found = module.run_plan(study, plan, tables, np.random.default_rng(0), workers=1)[0] / 2
    drawn = pd.DataFrame(seen[0][0].T, values.index, NAMES)
    assert np.nanmax(np.abs(drawn - values)) > 1
    expected = scored(drawn, Method()).score.round(9).rank(ascending=False)[ranked]
    np.testing.assert_array_equal(found, expected)


def test_everything_off_gives_intervals_of_width_zero_around_the_published_ranks(study):
    table = rank_certainty(
        joint_draws(study(half_rounding=1.0), Sources.only(), 200, np.random.default_rng(1))
    )
    for end in ("rang_median", "rang_bas", "rang_haut"):
        assert (table[end] == table["rang"]).all()
    assert set(table["p_decile"]) == {0.0, 1.0}


@pytest.mark.parametrize("source", [*MEASUREMENT, *METHOD])
def test_each_source_alone_moves_ranks(source):
    values = made_values()
    ones = np.where(values.isna(), 0.0, 1.0)
    noise = np.random.default_rng(0).normal(size=(5, *values.shape))
    measured = Measured.exact(
        values.to_numpy(),
        half_rounding=4 * ones,
        sampling_error=4 * ones,
        withheld_unit=ones * (np.arange(5) == 2) * 20,
        imputations=values.to_numpy() + 4 * noise,
    )
    ranked = scored(values, Method()).score.notna()
    study = Study.of(measured, ranked, DIRECTIONS, WEIGHTS)
    if source == "treatment":  # an order is kept by a treatment: only another scale shows it
        study = replace(study, reference=replace(study.reference, normalisation="min_max"))
    found = joint_draws(study, Sources.only(source), 50, np.random.default_rng(1))
    assert (found.doubled != found.doubled[0]).any()


def test_sources_off_keep_the_method_of_reference():
    reference = Choice(normalisation="z_score", inner="geometric")
    study = replace(made_study(), reference=reference)
    found = joint_draws(study, Sources.only("outer"), 30, np.random.default_rng(1))
    alone = [
        fixed_ranks(
            study, Plan([replace(reference, outer=o)], study.inner[None], study.outer[None])
        )
        for o in OPTIONS["outer"]
    ]
    for row in found.doubled / 2:
        assert any((row == one[0]).all() for one in alone)


def test_the_same_seed_gives_the_same_draws_whatever_the_number_of_threads(study):
    made = study(half_rounding=1.0, sampling_error=2.0)
    one, two, other = (
        joint_draws(made, Sources(), 300, np.random.default_rng(seed), workers=workers).doubled
        for seed, workers in ((7, 1), (7, 4), (8, 1))
    )
    assert (one == two).all()
    assert (one != other).any()


def test_the_families_are_drawn_apart(study):
    found = by_family(study(half_rounding=1.0), 50, seed=4)
    assert list(found) == ["mesure", "methode", "ensemble"]
    assert set(found["mesure"].sources.on) == set(MEASUREMENT)
    assert set(found["methode"].sources.on) == set(METHOD)
    exact = by_family(study(), 50, seed=4)
    assert (exact["mesure"].doubled == exact["mesure"].doubled[0]).all()
    assert (exact["methode"].doubled == found["methode"].doubled).all()


def test_units_without_a_score_take_part_in_the_scale_and_get_no_rank():
    values = made_values(missing=0.0)
    ranked = pd.Series(True, index=values.index)
    ranked.iloc[:10] = False
    found = joint_draws(made_study(values, ranked=ranked), Sources(), 20, np.random.default_rng(0))
    assert found.units.equals(values.index[10:])
    assert found.doubled.shape == (20, 50)


def test_a_unit_of_which_a_draw_keeps_nothing_is_not_ranked_in_it():
    values = made_values(missing=0.0)
    values.iloc[0] = [1.0, np.nan, np.nan, np.nan, np.nan]
    study = made_study(values)
    plan = Plan([study.reference], np.array([[0.0, 1, 1, 1, 1]]), study.outer[None])
    found = fixed_ranks(study, plan)[0]
    assert np.isnan(found[0])
    assert found[1:].sum() == 59 * 60 / 2


def test_a_dimension_known_too_little_counts_only_where_the_rule_lets_it():
    values = made_values(missing=0.0)
    values.loc["u000", "b"] = np.nan  # three quarters of the weight of its dimension
    study = made_study(values)
    column = list(study.units).index("u000")
    assert study.counted(0.5)[:, column].tolist() == [0, 0, 1, 1, 1]
    assert study.counted(0.0)[:, column].tolist() == [1, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"directions": {"a": 1}}, "no direction for b, c, d, e"),
        ({"ranked": pd.Series(True, index=range(3))}, "3 units"),
        ({"ranked": pd.Series(False, index=range(2))}, "no unit is ranked"),
        ({"values": np.array([[1.0, np.nan, 1, 1, 1]] * 2)}, "missing for every unit: b"),
    ],
)
def test_what_cannot_be_scored_is_refused(change, message):
    given = {
        "values": np.ones((2, 5)),
        "ranked": pd.Series(True, index=range(2)),
        "directions": DIRECTIONS,
        **change,
    }
    with pytest.raises(ValueError, match=message):
        Study.of(Measured.exact(given["values"]), given["ranked"], given["directions"], WEIGHTS)


def test_draws_that_would_not_fit_in_memory_or_have_no_seed_are_refused(study, monkeypatch):
    with pytest.raises(ValueError, match="seeded generator"):
        joint_draws(study(), Sources())
    with pytest.raises(ValueError, match="at least one"):
        joint_draws(study(), Sources(), 0, np.random.default_rng(0))
    monkeypatch.setattr(module, "MOST_RANKS", 600)
    with pytest.raises(ValueError, match="at most 10 draws"):
        joint_draws(study(), Sources(), 11, np.random.default_rng(0))


@pytest.mark.parametrize("wrong", [Method(outer="copeland"), "goalposts"])
def test_methods_that_draws_do_not_know_are_refused(wrong):
    if wrong == "goalposts":
        wrong = Method(normalisation="goalposts", goalposts={"a": (0, 1)})
    with pytest.raises(ValueError, match="neither fixed goalposts nor Copeland"):
        Choice.of(wrong, 0.5)


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_method_draw(random):
    values = made_values()
    order = list(values.index)
    random.shuffle(order)
    whole, shuffled = (
        rank_certainty(
            joint_draws(
                made_study(table, ranked=scored(table, Method()).score.notna()),
                Sources().keeping(METHOD),
                60,
                np.random.default_rng(2),
            )
        )
        for table in (values, values.loc[order])
    )
    pd.testing.assert_frame_equal(whole, shuffled.loc[whole.index])


@settings(max_examples=20)
@given(st.floats(0.05, 3.0), st.floats(1.5, 6.0), st.integers(0, 1000))
def test_more_noise_does_not_narrow_the_intervals(half, factor, seed):
    widths = []
    for spread in (half, half * factor):
        found = joint_draws(
            made_study(half_rounding=spread),
            Sources.only("rounding"),
            200,
            np.random.default_rng(seed),
        )
        table = rank_certainty(found)
        widths.append((table["rang_haut"] - table["rang_bas"]).mean())
    assert widths[1] >= widths[0]


def test_a_single_indicator_can_be_drawn():
    study = Study.of(
        Measured.exact(np.arange(5.0)[:, None]),
        pd.Series(True, index=range(5)),
        {"x": 1},
        Weights({"R": 1.0}, {"R": {"x": 1.0}}),
    )
    found = joint_draws(study, Sources(), 20, np.random.default_rng(0))
    assert (found.doubled / 2 == [5, 4, 3, 2, 1]).all()


@pytest.mark.parametrize("inner", ["arithmetic", "geometric", "harmonic"])
@pytest.mark.parametrize("normalisation", ["percentile", "z_score"])
def test_a_stack_of_draws_gives_the_very_scores_of_a_table(inner, normalisation):
    """One engine: not close, equal once both are rounded as ranks are made."""
    values = made_values(missing=0.2)
    method = Method(inner=inner, outer=inner, normalisation=normalisation)
    first = scored(values, method)
    measured = Measured.exact(values.to_numpy())
    choice = Choice.of(method, 0.5)
    study = Study.of(measured, first.score.notna(), DIRECTIONS, WEIGHTS, reference=choice)
    everything = np.arange(len(study.indicators))
    table = study.normalised(values.to_numpy().T[None], everything, choice)
    found = study.scores(
        np.nan_to_num(table), study.counted(0.5), study.inner[None], study.outer[None], choice
    )
    assert np.array_equal(found[0], first.score.dropna().round(DECIMALS))
