"""The score: a case redone by hand, then what must hold for any table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.score.classes import quantile_classes
from diagalim.analysis.score.composite import Weights, composite, percentile_of_risk

WEIGHTS = Weights(
    {"R": 1.0, "M": 1.0, "A": 1.0}, {"R": {"x": 1.0}, "M": {"y": 1.0}, "A": {"z": 1.0}}
)
SIGNS = {"x": 1, "y": -1, "z": 1}


def scored(values: pd.DataFrame, weights: Weights = WEIGHTS, **options):
    given_options = {
        "scorable": pd.Series(True, values.index),
        "known_weight": 0.5,
        "least_dimensions": 2,
        "required": "R",
    }
    return composite(values, SIGNS, weights, **{**given_options, **options})


def test_a_percentile_is_the_middle_of_its_rank():
    assert percentile_of_risk(pd.Series([10.0, 30.0, 20.0, 40.0]), 1).tolist() == [
        12.5,
        62.5,
        37.5,
        87.5,
    ]


def test_ties_share_their_mean_rank_and_missing_stays_missing():
    found = percentile_of_risk(pd.Series([1.0, 1.0, np.nan, 2.0]), 1)
    assert found[:2].tolist() == [100 * 1.0 / 3, 100 * 1.0 / 3]
    assert np.isnan(found[2])


def test_an_indicator_that_lowers_the_risk_is_turned():
    assert percentile_of_risk(pd.Series([10.0, 20.0]), -1).tolist() == [75.0, 25.0]


@pytest.mark.parametrize("direction", [0, 2, None])
def test_a_direction_that_is_not_given_is_refused(direction):
    with pytest.raises(ValueError, match="neither 1 nor -1"):
        percentile_of_risk(pd.Series([1.0]), direction)


def test_an_infinite_value_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        percentile_of_risk(pd.Series([1.0, np.inf], name="x"), 1)


def test_four_places_redone_by_hand():
    values = pd.DataFrame(
        {"x": [10.0, 20, 30, 40], "y": [40.0, 30, 20, 10], "z": [5.0, 5, 5, 5]}, index=list("abcd")
    )
    result = scored(values)
    # x and y: 12.5, 37.5, 62.5, 87.5; z: 50 for all
    assert result.score.tolist() == pytest.approx([25.0, 125 / 3, 175 / 3, 75.0])
    assert result.rank.tolist() == [4.0, 3.0, 2.0, 1.0]


def test_a_dimension_of_which_too_little_is_known_leaves_the_score():
    weights = Weights(
        {"R": 1.0, "M": 1.0, "A": 1.0},
        {"R": {"x": 1.0}, "M": {"y": 1.0}, "A": {"z": 3.0, "x2": 1.0}},
    )
    values = pd.DataFrame(
        {"x": [1.0, 2, 3], "y": [3.0, 2, 1], "z": [1.0, 2, np.nan], "x2": [1.0, 2, 3]}
    )
    result = composite(
        values,
        {**SIGNS, "x2": 1},
        weights,
        scorable=pd.Series(True, values.index),
        known_weight=0.5,
        least_dimensions=2,
        required="R",
    )
    assert np.isnan(result.dimensions.loc[2, "A"])
    assert result.effective_weights.loc[2].tolist() == [0.5, 0.5, 0.0, 0.0]
    assert result.effective_weights.loc[0].round(12).tolist() == [
        round(1 / 3, 12),
        round(1 / 3, 12),
        0.25,
        round(1 / 12, 12),
    ]


def test_without_the_required_dimension_there_is_no_score():
    values = pd.DataFrame({"x": [1.0, np.nan], "y": [1.0, 2.0], "z": [1.0, 2.0]})
    assert scored(values).score.notna().tolist() == [True, False]


def test_a_place_that_may_not_be_scored_does_not_move_the_others():
    values = pd.DataFrame({"x": [1.0, 2, 99], "y": [1.0, 2, 99], "z": [1.0, 2, 99]})
    alone = scored(values.iloc[:2])
    with_third = scored(values, scorable=pd.Series([True, True, False]))
    assert with_third.score[:2].tolist() == alone.score.tolist()
    assert np.isnan(with_third.score[2])


def test_an_indicator_missing_everywhere_is_named():
    values = pd.DataFrame({"x": [1.0], "y": [np.nan], "z": [1.0]})
    with pytest.raises(ValueError, match="missing for every unit: y"):
        scored(values)


def test_an_indicator_without_a_column_is_named():
    with pytest.raises(ValueError, match="without values: y"):
        scored(pd.DataFrame({"x": [1.0], "z": [1.0]}))


def test_a_weight_of_zero_takes_the_indicator_out():
    weights = Weights({"R": 1.0, "M": 1.0, "A": 0.0}, WEIGHTS.indicators)
    values = pd.DataFrame({"x": [1.0, 2], "y": [1.0, 2], "z": [1.0, 2]})
    assert "z" not in scored(values, weights).normalised


def test_one_place_alone_stands_in_the_middle():
    values = pd.DataFrame({"x": [3.0], "y": [3.0], "z": [3.0]})
    assert scored(values).score.tolist() == [pytest.approx(50.0)]


def test_scores_taken_out_leave_the_ranks_of_the_others():
    values = pd.DataFrame({"x": [1.0, 2, 3, 4], "y": [4.0, 3, 2, 1], "z": [1.0, 2, 3, 4]})
    whole = scored(values)
    kept = whole.keeping(pd.Series([True, True, True, False]))
    assert kept.rank[:3].tolist() == [3.0, 2.0, 1.0]
    assert np.isnan(kept.score[3]) and np.isnan(kept.contributions.loc[3]).all()
    reference = (kept.effective_weights * kept.reference).sum(axis=1)
    gap = kept.contributions.sum(axis=1) - (kept.score - reference)
    assert np.abs(gap[:3]).max() < 1e-10


def test_classes_have_equal_numbers_and_ties_stay_together():
    assert quantile_classes(pd.Series(np.arange(10.0)), 5).tolist() == [
        1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
    ]  # fmt: skip
    tied = quantile_classes(pd.Series([1.0, 1, 1, 1, 2]), 5)
    assert tied[:4].nunique() == 1


numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda v: round(v, 3))
tables = st.integers(2, 12).flatmap(
    lambda n: st.lists(
        st.tuples(numbers, st.none() | numbers, st.none() | numbers), min_size=n, max_size=n
    )
)


def frame(rows) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["x", "y", "z"]).astype(float)
    for name in ("y", "z"):
        if table[name].isna().all():
            table[name] = 1.0
    return table


@given(tables)
def test_contributions_add_up_to_the_distance_from_the_reference(rows):
    result = scored(frame(rows))
    reference = (result.effective_weights * result.reference).sum(axis=1)
    known = result.score.notna()
    gap = result.contributions.sum(axis=1) - (result.score - reference)
    assert np.abs(gap[known]).max() < 1e-10
    assert np.allclose(result.effective_weights[known].sum(axis=1), 1.0)


@given(tables, st.floats(0.001, 1000), st.floats(-100, 100))
def test_units_and_origins_change_nothing(rows, factor, shift):
    values = frame(rows)
    other = values.assign(x=values["x"] * factor + shift)
    # rounding may merge two values that were apart: only distinct ones are promised
    if other["x"].nunique() == values["x"].nunique():
        pd.testing.assert_series_equal(scored(values).score, scored(other).score)


@given(tables, st.floats(0.01, 100))
def test_only_the_ratios_of_weights_count(rows, factor):
    values = frame(rows)
    scaled = Weights(
        {name: factor * weight for name, weight in WEIGHTS.dimensions.items()},
        {d: {n: factor * w for n, w in inner.items()} for d, inner in WEIGHTS.indicators.items()},
    )
    pd.testing.assert_series_equal(scored(values).score, scored(values, scaled).score)


@given(tables, st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows, random):
    values = frame(rows)
    order = list(values.index)
    random.shuffle(order)
    shuffled = scored(values.loc[order]).score.sort_index()
    pd.testing.assert_series_equal(scored(values).score, shuffled)


@given(tables, st.integers(0, 11), st.floats(0.1, 1e5))
def test_more_of_what_raises_the_risk_never_lowers_the_score(rows, place, more):
    values = frame(rows)
    place %= len(values)
    worse = values.copy()
    worse.loc[place, "x"] += more
    before, after = scored(values).score[place], scored(worse).score[place]
    assert np.isnan(before) or after >= before - 1e-9
