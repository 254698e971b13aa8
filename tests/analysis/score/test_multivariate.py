"""Indicators side by side: small tables whose alpha, components and flags are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.score.multivariate import (
    coherence,
    cronbach_alpha,
    flagged_pairs,
    items,
    principal_components,
    screening,
)
from diagalim.analysis.score.weighting import Weights

NAN = np.nan
SAME = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [10.0, 20, 30, 40]})


def test_two_columns_that_say_the_same_have_an_alpha_of_one_once_standardised():
    assert cronbach_alpha(SAME, standardised=True) == pytest.approx(1.0)
    # variances 5/3 and 500/3, variance of the sum 605/3
    assert cronbach_alpha(SAME) == pytest.approx(2 * (1 - 505 / 605))


def test_one_indicator_alone_has_no_alpha_nor_correlation_with_the_rest():
    assert np.isnan(cronbach_alpha(SAME[["a"]]))
    assert np.isnan(cronbach_alpha(SAME.assign(b=1.0)))
    found = items(SAME[["a"]]).loc["a"]
    assert found.isna().all()
    assert items(SAME).loc["a", "correlation_reste"] == pytest.approx(1.0)


def test_components_of_a_known_correlation():
    # ±1 in a square: uncorrelated; then a third column equal to the first
    square = pd.DataFrame({"x": [1.0, 1, -1, -1], "y": [1.0, -1, 1, -1]})
    assert principal_components(square).shares.tolist() == pytest.approx([50.0, 50.0])
    found = principal_components(square.assign(z=square["x"]))
    assert found.eigenvalues.tolist() == pytest.approx([2.0, 1.0, 0.0])
    assert found.loadings[:, 0].tolist() == pytest.approx([1.0, 0.0, 1.0], abs=1e-9)
    assert found.units == 4


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (SAME.iloc[:2], "only 2 units are complete"),
        (SAME.assign(b=[1.0, NAN, NAN, 1.0]), "only 2 units"),
        (SAME.assign(b=1.0), r"do not vary: \['b'\]"),
    ],
)
def test_components_that_rest_on_nothing_are_refused(table, message):
    with pytest.raises(ValueError, match=message):
        principal_components(table)


def test_the_screening_table_counts_zeros_and_distinct_values():
    values = pd.DataFrame(
        {"x": [0.0, 0, 1, 2, NAN], "seul": [3.0] * 5, "pic": [0.0, 0, 0, 0, 90], "rien": [NAN] * 5}
    )
    found = screening(values)
    assert found["connus"].tolist() == [4, 5, 5, 0]
    assert found["distincts"].tolist() == [3, 1, 2, 0]
    assert found["part_zeros"].tolist()[:3] == [50.0, 0.0, 80.0]
    assert found["constant"].tolist() == [False, True, False, True]
    assert found["extreme"].tolist() == [False, False, True, False]


def test_pairs_that_repeat_inside_a_dimension_and_all_that_contradict_are_named():
    table = pd.DataFrame(
        {"a": [1.0, 2, 3, 4], "b": [1.0, 2, 3, 5], "c": [1.0, 2, 3, 4], "d": [4.0, 3, 2, 1]}
    )
    found = flagged_pairs(table, {"a": "R", "b": "R", "c": "M", "d": "M"})
    rows = found[["indicateur", "autre", "dimension", "motif"]].to_numpy().tolist()
    assert rows[0] == ["a", "b", "R", "redondants"]  # a and c: not in one dimension
    assert ["c", "d", "M", "contraires"] in rows and ["a", "d", "", "contraires"] in rows
    assert len(rows) == 4 and found["rho"].iloc[0] == pytest.approx(1.0)


def test_each_dimension_is_told_how_far_it_hangs_together():
    found = coherence(SAME.assign(c=[1.0, 3, 2, 4]), {"a": "R", "b": "R", "c": "M"})
    assert found.loc["R", ["indicateurs", "alpha", "part_premiere"]].tolist() == pytest.approx(
        [2, 1.0, 100.0]
    )
    assert found.loc["M", "indicateurs"] == 1 and np.isnan(found.loc["M", "part_premiere"])


WEIGHTS = Weights({"R": 3.0, "M": 1.0, "Z": 0.0}, {"R": {"a": 1.0, "b": 0.0, "c": 5.0},
                  "M": {"d": 2.0}, "Z": {"e": 1.0}})  # fmt: skip


def test_equal_weights_per_dimension_and_per_indicator_keep_what_counts():
    each = WEIGHTS.equal_per_dimension()
    assert each.dimensions == {"R": 1.0, "M": 1.0}
    assert each.indicators == {"R": {"a": 1.0, "c": 1.0}, "M": {"d": 1.0}}
    assert WEIGHTS.equal_per_indicator().dimensions == {"R": 2.0, "M": 1.0}


def test_weights_of_a_principal_component_reward_what_is_said_twice():
    square = pd.DataFrame({"a": [1.0, 1, -1, -1], "d": [1.0, -1, 1, -1]})
    table = square.assign(c=square["a"])[["a", "c", "d"]]
    found = WEIGHTS.principal(table)
    assert found.dimensions == pytest.approx({"R": 1.0, "M": 0.0}, abs=1e-12)
    assert found.indicators["R"] == pytest.approx({"a": 0.5, "c": 0.5})


@pytest.mark.parametrize("wrong", [-1.0, NAN, np.inf])
def test_a_weight_that_is_no_weight_is_named(wrong):
    with pytest.raises(ValueError, match="negative or not finite: a"):
        Weights({"R": 1.0}, {"R": {"a": wrong}})
    with pytest.raises(ValueError, match="negative or not finite: R"):
        Weights({"R": wrong}, {"R": {"a": 1.0}})


def test_a_dimension_without_indicators_is_named():
    with pytest.raises(ValueError, match="without indicators: M"):
        Weights({"R": 1.0, "M": 1.0}, {"R": {"a": 1.0}})
