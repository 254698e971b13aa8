"""Several values in one: rows redone by hand, who may make up for whom, orders of Condorcet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.score.aggregation import MEANS, effective_weights, weighted_mean
from diagalim.analysis.score.outranking import (
    LARGEST_COPELAND,
    LARGEST_KEMENY,
    copeland,
    counting,
    kemeny,
    net_outranking_flow,
    outranking_matrix,
)

NAN = np.nan


def test_means_of_a_row_redone_by_hand():
    row = [[0.0, 100.0]]
    assert weighted_mean(row, [1, 3]).tolist() == [75.0]
    # 1 and 100 on the scale of the two others, weights 1/4 and 3/4; then back to 0–100
    geometric = (100**0.75 - 1) * 100 / 99
    harmonic = (1 / (0.25 / 1 + 0.75 / 100) - 1) * 100 / 99
    assert weighted_mean(row, [1, 3], "geometric").tolist() == pytest.approx([geometric])
    assert weighted_mean(row, [1, 3], "harmonic").tolist() == pytest.approx([harmonic])


def test_a_missing_value_leaves_its_weight_to_the_others():
    values = [[10.0, NAN, 40.0], [NAN, NAN, 40.0], [NAN, NAN, NAN]]
    found = weighted_mean(values, [1, 1, 2])
    assert found[:2].tolist() == pytest.approx([30.0, 40.0])
    assert np.isnan(found[2])
    assert effective_weights(values, [1, 1, 2])[0].tolist() == pytest.approx([1 / 3, 0, 2 / 3])


def test_too_little_known_weight_gives_nothing():
    assert np.isnan(weighted_mean([[10.0, NAN, NAN]], [1, 1, 1])[0])
    assert weighted_mean([[10.0, NAN, NAN]], [1, 1, 1], known_weight=1 / 3).tolist() == [10.0]


def test_each_unit_may_have_its_own_weights():
    assert weighted_mean([[0.0, 100.0]] * 2, [[1, 1], [1, 3]]).tolist() == [50.0, 75.0]


def test_z_scores_are_averaged_on_the_scale_of_their_table():
    values = np.array([[-2.0, 2.0], [0.0, 0.0]])
    found = weighted_mean(values, [1, 1], "geometric", scale=None)
    assert found[1] == pytest.approx(0.0) and -2 < found[0] < 0


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, -1], "negative"),
        ([1, NAN], "not finite"),
        ([0, 0], "all zero"),
        ([1], "2 weights expected, not 1"),
    ],
)
def test_wrong_weights_are_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        weighted_mean([[1.0, 2.0]], weights)


def test_an_unknown_mean_is_refused():
    with pytest.raises(ValueError, match="'quadratic' is not one of arithmetic"):
        weighted_mean([[1.0]], [1], "quadratic")


def test_a_net_flow_is_what_comparing_every_pair_gives():
    rng = np.random.default_rng(2)
    values, weights = rng.integers(0, 6, (9, 4)).astype(float), np.array([1.0, 2, 3, 4])
    pairs = np.sign(values[:, None, :] - values[None, :, :]) @ weights
    expected = pairs.sum(axis=1) / (len(values) - 1) / weights.sum()
    np.testing.assert_allclose(net_outranking_flow(values, weights), expected, atol=1e-12)


def test_counting_says_in_how_many_dimensions_a_place_is_in_the_top_quarter():
    values = np.column_stack([[1.0, 2, 3, 4], [4.0, 3, 2, 1], [1.0, 2, 3, 4]])
    assert counting(values, [1, 1, 1]).tolist() == pytest.approx([1, 0, 0, 2])
    assert counting(values, [1, 1, 4]).tolist() == pytest.approx([0.5, 0, 0, 2.5])


def test_copeland_counts_duels_won_less_duels_lost():
    # a beats b on two columns of three, and so on in a circle; d loses to all, e has no value
    values = np.array([[3.0, 1, 2], [2.0, 3, 1], [1.0, 2, 3], [0.0, 0, 0], [NAN] * 3])
    found = copeland(values, [1, 1, 1])
    assert found[:4].tolist() == [1.0, 1.0, 1.0, -3.0] and np.isnan(found[4])


def test_too_many_units_are_refused_where_time_would_explode():
    with pytest.raises(ValueError, match="at most 2000 units, not 2001; use net_outranking_flow"):
        copeland(np.zeros((LARGEST_COPELAND + 1, 1)), [1])
    with pytest.raises(ValueError, match="at most 8 units, not 9"):
        kemeny(np.zeros((LARGEST_KEMENY + 1, LARGEST_KEMENY + 1)))


def test_two_units_with_nothing_in_common_are_not_told_apart():
    matrix = outranking_matrix([[1.0, NAN], [NAN, 2.0]], [1, 1])
    assert matrix.tolist() == [[0.0, 0.5], [0.5, 0.0]]
    best, orders = kemeny(matrix)
    assert best == 0.5 and orders == [(0, 1), (1, 0)]


scores = st.lists(
    st.lists(st.none() | st.integers(0, 100), min_size=3, max_size=3), min_size=1, max_size=8
).map(lambda rows: np.array(rows, float))
weights = st.lists(st.integers(1, 9), min_size=3, max_size=3).map(np.array)


@given(scores, weights)
def test_no_mean_leaves_the_range_of_its_row_and_the_order_of_means_holds(values, given_weights):
    harmonic, geometric, arithmetic = (
        weighted_mean(values, given_weights, kind) for kind in reversed(MEANS)
    )
    known = ~np.isnan(arithmetic)
    assert (harmonic[known] <= geometric[known] + 1e-9).all()
    assert (geometric[known] <= arithmetic[known] + 1e-9).all()
    assert (np.nanmin(values[known], axis=1, initial=101) <= harmonic[known] + 1e-9).all()


@pytest.mark.parametrize("kind", MEANS)
@given(values=scores, weights=weights, factor=st.floats(0.01, 100))
def test_only_the_ratios_of_weights_count(kind, values, weights, factor):
    np.testing.assert_allclose(
        weighted_mean(values, weights, kind),
        weighted_mean(values, factor * weights, kind),
        atol=1e-9,
    )


@pytest.mark.parametrize("kind", MEANS)
@given(values=scores, weights=weights, place=st.integers(0, 7), column=st.integers(0, 2))
def test_more_of_one_value_never_lowers_a_mean(kind, values, weights, place, column):
    worse = values.copy()
    worse[place % len(values), column] += 5.0
    before, after = weighted_mean(values, weights, kind), weighted_mean(worse, weights, kind)
    known = ~np.isnan(before)
    assert (after[known] >= before[known] - 1e-9).all()


@pytest.mark.parametrize("rule", [net_outranking_flow, counting, copeland])
@given(values=scores, weights=weights, data=st.data())
def test_the_order_of_the_rows_changes_nothing(rule, values, weights, data):
    order = data.draw(st.permutations(range(len(values))))
    np.testing.assert_allclose(rule(values, weights)[order], rule(values[order], weights))
