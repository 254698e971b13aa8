"""One scale for all indicators: small columns redone by hand, then what holds for any."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from diagalim.analysis.score.normalisation import (
    BOUNDED,
    NORMALISATIONS,
    constant,
    distance_to_reference,
    goalposts,
    mean_ranks,
    min_max,
    normalise,
    oriented,
    outside,
    z_score,
)

NAN = np.nan


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)[:, None]


def settings_of(method: str, count: int = 1) -> dict:
    posts = {"low": np.zeros(count), "high": np.full(count, 10.0)}
    return posts if method == "goalposts" else {}


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("percentile", [12.5, 50.0, 50.0, 87.5]),
        ("borda", [0.0, 50.0, 50.0, 100.0]),
        ("min_max", [0.0, 50.0, 50.0, 100.0]),
        ("z_score", [-(1.5**0.5), 0.0, 0.0, 1.5**0.5]),
        ("distance_to_reference", [-50.0, 0.0, 0.0, 50.0]),
        ("goalposts", [20.0, 40.0, 40.0, 60.0]),
    ],
)
def test_five_places_redone_by_hand_with_a_tie_and_a_missing_value(method, expected):
    found = normalise(column(2, 4, NAN, 4, 6), method, **settings_of(method))[:, 0]
    assert np.isnan(found[2])
    assert np.delete(found, 2).tolist() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("moyenne", [-200 / 3, 0.0, 200 / 3]),
        ("plus_haut", [-80.0, -40.0, 0.0]),
        ("plus_bas", [0.0, 200.0, 400.0]),
        ([6.0], [-200 / 3, 0.0, 200 / 3]),
    ],
)
def test_a_distance_says_how_far_above_its_reference_in_percent(reference, expected):
    found = distance_to_reference(column(2, 6, 10), reference)[:, 0]
    assert found.tolist() == pytest.approx(expected)


def test_a_distance_keeps_the_direction_of_an_indicator_that_was_turned():
    turned = oriented(column(2, 6, 10), [-1])
    assert distance_to_reference(turned)[:, 0].tolist() == pytest.approx([200 / 3, 0, -200 / 3])


def test_no_distance_is_told_from_a_reference_of_zero():
    with pytest.raises(ValueError, match="reference of zero"):
        distance_to_reference(column(-1, 1))
    with pytest.raises(ValueError, match="reference 'minimum' is not one of moyenne"):
        distance_to_reference(column(1, 2), "minimum")


def test_what_stands_beyond_the_goalposts_is_kept_and_flagged():
    values = column(-5, 0, 5, 20, NAN)
    assert goalposts(values, [0.0], [10.0])[:4, 0].tolist() == [-50.0, 0.0, 50.0, 200.0]
    assert outside(values, [0.0], [10.0])[:, 0].tolist() == [True, False, False, True, False]


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.0, 1.0), (NAN, 1.0), (0.0, np.inf)])
def test_goalposts_out_of_order_are_refused(low, high):
    with pytest.raises(ValueError, match="each low one under its high one"):
        goalposts(column(1, 2), [low], [high])


@pytest.mark.parametrize("method", NORMALISATIONS)
def test_a_constant_indicator_moves_nobody_and_is_named(method):
    values = np.column_stack([np.full(3, 0.1), [1.0, 2.0, 3.0], np.full(3, NAN)])
    found = normalise(values, method, **settings_of(method, 3))
    neutral = {"z_score": 0.0, "distance_to_reference": 0.0, "goalposts": 1.0}.get(method, 50.0)
    assert found[:, 0].tolist() == pytest.approx([neutral] * 3)
    assert np.isnan(found[:, 2]).all()
    assert constant(values).tolist() == [True, False, True]


@pytest.mark.parametrize("method", sorted(BOUNDED))
def test_one_place_alone_stands_in_the_middle(method):
    assert normalise(column(7.0), method).tolist() == [[50.0]]


@pytest.mark.parametrize("method", NORMALISATIONS)
def test_an_infinite_value_is_refused(method):
    with pytest.raises(ValueError, match="infinite value"):
        normalise(column(1, np.inf), method, **settings_of(method))


def test_an_unknown_method_is_refused_with_those_that_exist():
    with pytest.raises(ValueError, match="'quantile' is not one of percentile, min_max"):
        normalise(column(1, 2), "quantile")


@pytest.mark.parametrize("direction", [0, 2, NAN, None])
def test_a_direction_that_is_not_given_is_refused(direction):
    with pytest.raises(ValueError, match="neither 1 nor -1"):
        oriented(column(1, 2), [direction])


@pytest.mark.parametrize("method", NORMALISATIONS)
def test_a_stack_of_draws_is_normalised_as_each_of_them(method):
    stack = np.random.default_rng(1).integers(1, 9, (4, 7, 3)).astype(float)
    stack[0, 2, 1] = NAN
    together = normalise(stack, method, **settings_of(method, 3))
    for draw, one in zip(together, stack, strict=True):
        np.testing.assert_array_equal(draw, normalise(one, method, **settings_of(method, 3)))


cells = st.none() | st.integers(-50, 50)
columns = st.lists(cells, min_size=1, max_size=15).map(lambda c: np.array(c, float)[:, None])


@given(columns)
def test_ranks_are_those_of_pandas(values):
    expected = pd.Series(values[:, 0]).rank(method="average").to_numpy()
    np.testing.assert_array_equal(mean_ranks(values)[:, 0], expected)


@pytest.mark.parametrize("method", NORMALISATIONS)
@given(values=columns, data=st.data())
def test_a_higher_value_never_gets_a_lower_place(method, values, data):
    assume(method != "distance_to_reference" or np.nansum(values) != 0)
    found = normalise(values, method, **settings_of(method))[:, 0]
    known = ~np.isnan(values[:, 0])
    assert (np.isnan(found) == ~known).all()
    order = np.argsort(values[known, 0], kind="stable")
    assert (np.diff(found[known][order]) >= -1e-9).all()


@pytest.mark.parametrize("method", ["percentile", "borda", "min_max", "z_score"])
@given(values=columns, factor=st.sampled_from([0.5, 4.0, 1024.0]), shift=st.integers(-9, 9))
def test_units_and_origins_change_nothing(method, values, factor, shift):
    np.testing.assert_allclose(
        normalise(values, method), normalise(values * factor + shift, method), atol=1e-9
    )


@given(columns, st.sampled_from([0.5, 4.0, 1024.0]))
def test_the_unit_changes_no_distance_to_the_reference(values, factor):
    assume(np.nansum(values) != 0)
    np.testing.assert_allclose(
        distance_to_reference(values), distance_to_reference(values * factor), atol=1e-9
    )


@pytest.mark.parametrize("method", sorted(BOUNDED))
@given(values=columns)
def test_a_bounded_method_stays_within_its_bounds(method, values):
    found = normalise(values, method)
    known = found[~np.isnan(found)]
    assert ((known >= 0) & (known <= 100)).all()


@given(columns)
def test_z_scores_have_mean_zero_and_standard_deviation_one(values):
    assume(not constant(values)[0])
    known = z_score(values)
    assert np.nanmean(known) == pytest.approx(0, abs=1e-9)
    assert np.nanstd(known, ddof=1) == pytest.approx(1)
    assert np.nanmax(min_max(values)) == 100
