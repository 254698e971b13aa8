"""Every accepted way to compute a score: what must hold for all, and where they differ."""

from __future__ import annotations

from itertools import cycle, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from diagalim.analysis.score.breakdown import shapley
from diagalim.analysis.score.composite import Composite, Weights, composite
from diagalim.analysis.score.method import INNER, OUTER, Method, goalposts_of

WEIGHTS = Weights(
    {"R": 2.0, "M": 1.0, "A": 1.0},
    {"R": {"r1": 1.0, "r2": 2.0}, "M": {"m1": 1.0, "m2": 1.0}, "A": {"a1": 1.0}},
)
SIGNS = {"r1": 1, "r2": -1, "m1": 1, "m2": 1, "a1": -1}
NAMES = list(SIGNS)
POSTS = {name: (-60.0, 60.0) for name in NAMES}
NORMALISED = ("percentile", "min_max", "z_score", "goalposts", "borda")
EVERY = [
    Method(inner=inner, outer=outer, normalisation=normalisation, goalposts=POSTS)
    for inner, (normalisation, outer) in zip(cycle(INNER), product(NORMALISED, OUTER), strict=False)
]
FEW = [
    Method(),
    Method(normalisation="min_max", inner="geometric", outer="harmonic"),
    Method(normalisation="z_score", outer="geometric"),
    Method(
        normalisation="goalposts", inner="harmonic", outer="net_outranking_flow", goalposts=POSTS
    ),
    Method(outer="copeland"),
    Method(treatment="winsorisation", normalisation="borda", outer="counting"),
    Method(treatment="box_cox", inner="harmonic", outer="geometric"),
]
NAN = np.nan


def named(method: Method) -> str:
    return f"{method.treatment}-{method.normalisation}-{method.inner}-{method.outer}"


def scored(values: pd.DataFrame, method: Method, weights: Weights = WEIGHTS) -> Composite:
    return composite(
        values,
        SIGNS,
        weights,
        scorable=pd.Series(True, values.index),
        known_weight=0.5,
        least_dimensions=2,
        required="R",
        method=method,
    )


def drawn(units: int, seed: int = 0, missing: float = 0.15) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    values = pd.DataFrame(rng.integers(-50, 50, (units, len(NAMES))).astype(float), columns=NAMES)
    return values.mask(rng.random(values.shape) < missing)


def check_adds_up(result: Composite) -> None:
    known = result.score.notna()
    apart = result.score - result.reference_score
    gap = (result.contributions.sum(axis=1) - apart)[known]
    assert (gap.abs() < 1e-9).all()
    assert np.allclose(result.effective_weights[known].sum(axis=1), 1.0)
    assert result.contributions[~known].isna().all(axis=None)


@pytest.mark.parametrize("method", EVERY, ids=named)
def test_contributions_add_up_to_the_distance_from_the_reference(method):
    result = scored(drawn(40), method)
    assert result.score.notna().sum() > 20
    check_adds_up(result)
    check_adds_up(result.keeping(pd.Series(np.arange(40) % 3 > 0)))


@pytest.mark.parametrize("method", EVERY, ids=named)
def test_the_riskiest_place_on_everything_comes_first_and_the_safest_last(method):
    values = drawn(20, missing=0.0)
    values.loc[3] = [60.0, -60.0, 60.0, 60.0, -60.0]
    values.loc[7] = [-60.0, 60.0, -60.0, -60.0, 60.0]
    result = scored(values, method)
    assert result.score[3] == result.score.max() and result.score[7] == result.score.min()
    assert (result.contributions.loc[3] >= -1e-9).all()
    assert (result.contributions.loc[7] <= 1e-9).all()


def test_the_breakdown_by_default_is_weight_times_distance():
    result = scored(drawn(40), Method())
    expected = result.effective_weights * (result.normalised - result.reference).fillna(0.0)
    pd.testing.assert_frame_equal(result.contributions, expected, rtol=0, atol=1e-12)


def test_a_geometric_mean_compensates_less_redone_by_hand():
    values = pd.DataFrame({n: [0.0, 50.0, 100.0] for n in NAMES}) * pd.Series(SIGNS)
    values.loc[0] = [100.0, -100.0, 0.0, 0.0, 0.0]  # all in R, nothing elsewhere
    method = Method(normalisation="min_max", outer="geometric")
    # R 100, M 0, A 0, weights 1/2, 1/4, 1/4; on 1–100 then back
    expected = (100**0.5 - 1) * 100 / 99
    assert scored(values, method).score[0] == pytest.approx(expected)
    assert scored(values, Method(normalisation="min_max")).score[0] == pytest.approx(50.0)


def test_the_logarithms_of_a_geometric_score_share_it():
    result = scored(drawn(30, missing=0.0), Method(inner="geometric", outer="geometric"))
    log = np.log(1 + 0.99 * result.normalised) - np.log(1 + 0.99 * result.reference)
    shares = result.effective_weights * log
    ratio = result.contributions / shares.where(shares.abs() > 1e-6)
    spread = ratio.max(axis=1) - ratio.min(axis=1)
    assert spread.max() < 1e-6, "one factor brings all the logarithms of a place back to points"


def test_a_score_that_equals_the_reference_still_shows_what_pulls_each_way():
    values = pd.DataFrame({n: [0.0, 50.0, 100.0] for n in NAMES}) * pd.Series(SIGNS)
    values.loc[1, ["m1", "m2"]] = [80.0, 20.0]
    parts = scored(values, Method(normalisation="min_max", outer="geometric")).contributions.loc[1]
    assert parts["m1"] == pytest.approx(-parts["m2"]) and parts["m1"] == 0
    values.loc[3] = [50.0, -50.0, 80.0, 20.0, -50.0]
    values.loc[1, ["m1", "m2"]] = [50.0, 50.0]
    parts = scored(values, Method(normalisation="min_max", outer="geometric")).contributions.loc[3]
    assert parts["m1"] == pytest.approx(-parts["m2"]) and parts["m1"] > 1


def test_shapley_gives_the_glove_game_its_known_value():
    def worth(inside: np.ndarray) -> np.ndarray:
        return np.array([float(inside[0] and (inside[1] or inside[2]))])

    assert shapley(3, worth)[0].tolist() == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    with pytest.raises(ValueError, match="at most 12"):
        shapley(13, worth)


def test_z_scores_and_the_reference_of_distances_keep_their_own_scale():
    values = drawn(30, missing=0.0) + 100
    result = scored(values, Method(normalisation="z_score"))
    assert result.score.mean() == pytest.approx(0.0, abs=1e-12)
    apart = scored(values, Method(normalisation="distance_to_reference"))
    assert apart.score.mean() == pytest.approx(0.0, abs=1e-12)


def test_fixed_goalposts_do_not_move_with_the_others_and_say_who_is_beyond():
    values = drawn(30, missing=0.0)
    method = Method(normalisation="goalposts", goalposts=goalposts_of(values))
    first = scored(values, method)
    later = values.copy()
    later.loc[0, "r1"] = values["r1"].max() + 100
    second = scored(later, method)
    pd.testing.assert_series_equal(first.score[1:], second.score[1:])
    assert second.normalised.loc[0, "r1"] > 100
    assert second.log["hors_bornes"].to_dict() == {**dict.fromkeys(NAMES, 0), "r1": 1}
    assert (first.normalised.min() == 0).all() and (first.normalised.max() == 100).all()


def test_a_score_is_followed_back_to_its_raw_values():
    values = drawn(60, missing=0.0)
    values.loc[4, "r1"] = 5000.0
    result = scored(values, Method(treatment="winsorisation", normalisation="min_max"))
    line = result.trace(4).loc["r1"]
    second = values["r1"].drop(4).max()
    assert (line["valeur"], line["traitee"], line["normalisee"]) == (5000.0, second, 100.0)
    assert line["dimension"] == "R" and line["poids"] == pytest.approx(0.5 / 3)
    assert result.log.loc["r1", ["traitement", "ramenees_haut", "borne_haute"]].tolist() == [
        "winsorisation", 1, second,
    ]  # fmt: skip
    assert result.log["poids"].sum() == pytest.approx(100.0)
    total = (result.trace(4)["normalisee"] * result.trace(4)["poids"]).sum()
    assert total == pytest.approx(result.score[4])


def test_a_constant_indicator_moves_nobody_and_the_log_names_it():
    values = drawn(30, missing=0.0).assign(m2=3.0)
    for method in FEW:
        with_it = scored(values, method)
        assert with_it.log.index[with_it.log["constant"]].tolist() == ["m2"]
    without = scored(values, Method(), WEIGHTS.without(["m2"]))
    assert "m2" not in without.normalised


def test_ties_share_their_rank_whatever_the_method():
    values = drawn(12, missing=0.0)
    values.loc[1] = values.loc[0]
    for method in FEW:
        result = scored(values, method)
        assert result.rank[0] == result.rank[1]


def test_a_place_without_any_value_has_no_score_and_moves_no_other():
    values = drawn(12, missing=0.0)
    more = pd.concat([values, pd.DataFrame(NAN, [12], NAMES)])
    for method in FEW:
        whole, alone = scored(more, method), scored(values, method)
        assert np.isnan(whole.score[12]) and whole.contributions.loc[12].isna().all()
        pd.testing.assert_series_equal(whole.score[:12], alone.score, check_index_type=False)


@pytest.mark.parametrize("outer", OUTER)
def test_one_place_alone_is_scored_without_fuss(outer):
    result = scored(drawn(1, missing=0.0), Method(outer=outer))
    assert result.score.tolist() == [0.0 if outer == "counting" else pytest.approx(50.0)]
    assert result.rank.tolist() == [1.0]
    check_adds_up(result)


@pytest.mark.parametrize(
    ("settings_given", "message"),
    [
        ({"normalisation": "quantile"}, "normalisation 'quantile' is not one of percentile"),
        ({"inner": "copeland"}, "inner 'copeland' is not one of arithmetic"),
        ({"outer": "median"}, "outer 'median' is not one of arithmetic"),
        ({"treatment": "log"}, "treatment 'log' is not one of aucun"),
        ({"reference": "zero"}, "reference 'zero' is not one of moyenne"),
        ({"normalisation": "goalposts"}, "none is given"),
    ],
)
def test_a_method_that_does_not_exist_is_refused(settings_given, message):
    with pytest.raises(ValueError, match=message):
        Method(**settings_given)


def test_an_indicator_without_goalposts_is_named():
    method = Method(normalisation="goalposts", goalposts={"r1": (0.0, 1.0)})
    with pytest.raises(ValueError, match="without goalposts: r2, m1, m2, a1"):
        scored(drawn(5, missing=0.0), method)
    with pytest.raises(ValueError, match="do not vary: r1"):
        goalposts_of(pd.DataFrame({"r1": [1.0, 1.0]}))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (drawn(5, missing=0.0).assign(r1=np.inf), "infinite values in r1"),
        (drawn(5, missing=0.0).assign(m1=NAN), "missing for every unit: m1"),
        (drawn(5, missing=0.0).drop(columns="a1"), "without values: a1"),
    ],
)
def test_what_cannot_be_scored_is_named(values, message):
    with pytest.raises(ValueError, match=message):
        scored(values, Method())


def test_a_direction_that_is_not_given_is_named():
    values = drawn(5, missing=0.0)
    options = {
        "scorable": pd.Series(True, values.index),
        "known_weight": 0.5,
        "least_dimensions": 2,
        "required": "R",
    }
    with pytest.raises(ValueError, match="neither 1 nor -1: a1"):
        composite(values, {n: s for n, s in SIGNS.items() if n != "a1"}, WEIGHTS, **options)
    weights = Weights({**WEIGHTS.dimensions, "R": 0.0}, WEIGHTS.indicators)
    with pytest.raises(ValueError, match="R is required and nothing in it has a weight"):
        composite(values, SIGNS, weights, **options)


cells = st.none() | st.integers(-50, 50) | st.floats(-50, 50).map(lambda v: round(v, 3))
tables = st.lists(st.lists(cells, min_size=5, max_size=5), min_size=2, max_size=12).map(
    lambda rows: pd.DataFrame(np.array(rows, float), columns=NAMES)
)
methods = pytest.mark.parametrize("method", FEW, ids=named)
quick = settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])


def complete(values: pd.DataFrame) -> pd.DataFrame:
    assume(values.notna().any().all())
    return values


MONOTONE = [
    Method(normalisation=normalisation, inner=inner, outer=outer, goalposts=POSTS)
    for normalisation, inner, outer in [
        ("percentile", "arithmetic", "arithmetic"),
        ("borda", "geometric", "harmonic"),
        ("min_max", "harmonic", "geometric"),
        ("z_score", "arithmetic", "arithmetic"),
        ("goalposts", "geometric", "net_outranking_flow"),
        ("percentile", "arithmetic", "copeland"),
        ("percentile", "geometric", "counting"),
    ]
]
"""Without a treatment, whose parameters would move with the value; nor a geometric mean of
z-scores, whose scale would."""


@pytest.mark.parametrize("method", MONOTONE, ids=named)
@quick
@given(
    values=tables, place=st.integers(0, 11), name=st.sampled_from(NAMES), more=st.floats(0.1, 1e5)
)
def test_more_of_what_raises_the_risk_never_lowers_a_score(method, values, place, name, more):
    values, place = complete(values), place % len(values)
    worse = values.copy()
    worse.loc[place, name] += SIGNS[name] * more
    before, after = scored(values, method).score[place], scored(worse, method).score[place]
    assert np.isnan(before) or after >= before - 1e-9


@pytest.mark.parametrize(
    "method",
    [m for m in FEW if m.normalisation != "goalposts" and m.treatment != "box_cox"],
    ids=named,
)
@quick
@given(values=tables, factor=st.floats(0.01, 100), shift=st.floats(-100, 100))
def test_units_and_origins_change_nothing(method, values, factor, shift):
    values = complete(values)
    other = values.assign(r1=values["r1"] * factor + shift)
    pd.testing.assert_series_equal(scored(values, method).score, scored(other, method).score)


@methods
@quick
@given(values=tables, factor=st.floats(0.01, 100))
def test_only_the_ratios_of_weights_count(method, values, factor):
    values = complete(values)
    scaled = Weights(
        {name: factor * weight for name, weight in WEIGHTS.dimensions.items()},
        {d: {n: factor * w for n, w in inner.items()} for d, inner in WEIGHTS.indicators.items()},
    )
    pd.testing.assert_series_equal(
        scored(values, method).score, scored(values, method, scaled).score
    )


@methods
@quick
@given(values=tables, data=st.data())
def test_the_order_of_the_rows_changes_nothing(method, values, data):
    values = complete(values)
    order = data.draw(st.permutations(list(values.index)))
    shuffled = scored(values.loc[order], method).score.sort_index()
    pd.testing.assert_series_equal(scored(values, method).score, shuffled)


@methods
@quick
@given(values=tables)
def test_whatever_is_missing_the_breakdown_adds_up(method, values):
    check_adds_up(scored(complete(values), method))
