"""Indicators side by side: what ranks change, what is constant, what a component would weigh."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.score.weighting import Weights
from diagalim.analysis.screening.screened import screen
from diagalim.analysis.values.coverage import known_by_type, states_by_indicator

WEIGHTS = Weights(
    {"R": 1.0, "M": 1.0},
    {"R": {"pauvrete": 1.0, "revenu": 1.0, "minima": 1.0}, "M": {"seules": 1.0}},
)
DIRECTIONS = {"pauvrete": 1, "revenu": -1, "minima": 1, "seules": 1}
FOUR = pd.DataFrame(
    {
        "pauvrete": [10.0, 20, 30, 40],
        "revenu": [30.0, 25, 20, 15],
        "minima": [1.0, 2, 3, 5],
        "seules": [20.0, 40, 10, 30],
    },
    index=list("abcd"),
)


def test_an_indicator_that_lowers_the_risk_is_turned_before_it_is_compared():
    found = screen(FOUR, DIRECTIONS, WEIGHTS)
    assert found.rho.loc["pauvrete", "revenu"] == pytest.approx(1.0)
    assert found.pairs["motif"].tolist() == ["redondants"] * 3
    assert found.coherence.loc["R", "alpha_centiles"] == pytest.approx(1.0)
    assert np.isnan(found.coherence.loc["M", "alpha_centiles"])
    assert found.units == 4 and found.constant == []


def test_a_component_gives_most_of_the_score_to_what_is_said_three_times():
    shares = screen(FOUR, DIRECTIONS, WEIGHTS).weights
    assert shares["etude"].to_dict() == pytest.approx({"R": 50.0, "M": 50.0})
    assert shares["par_indicateur"].to_dict() == pytest.approx({"R": 75.0, "M": 25.0})
    # ranks of people alone are uncorrelated with the three others, all equal
    assert shares["composante"].to_dict() == pytest.approx({"R": 100.0, "M": 0.0}, abs=1e-9)


def test_one_extreme_unit_can_oppose_in_values_what_agrees_in_ranks():
    table = pd.DataFrame({"x": [1.0, 2, 3, 4, 5, 90], "y": [1.0, 2, 3, 4, 5, 0]})
    found = screen(table, {"x": 1, "y": 1}, Weights({"A": 1.0}, {"A": {"x": 1.0, "y": 1.0}}))
    assert (
        found.coherence.loc["A", "alpha_valeurs"] < 0 < found.coherence.loc["A", "alpha_centiles"]
    )
    assert found.alpha_values < 0 < found.alpha_percentiles


def test_a_constant_indicator_is_named_and_left_out():
    found = screen(FOUR.assign(minima=4.0), DIRECTIONS, WEIGHTS)
    assert found.constant == ["minima"] and found.names == ["pauvrete", "revenu", "seules"]
    assert found.coherence.loc["R", "indicateurs"] == 2


def test_too_few_complete_units_leave_no_component_and_no_weights_of_one():
    table = FOUR.copy()
    table.loc[["a", "b"], "seules"] = np.nan
    found = screen(table, DIRECTIONS, WEIGHTS)
    assert found.components is None and found.weights["composante"].isna().all()
    assert found.weights["etude"].sum() == pytest.approx(100.0)


def test_the_table_given_is_not_changed():
    before = FOUR.copy()
    screen(FOUR, DIRECTIONS, WEIGHTS)
    pd.testing.assert_frame_equal(FOUR, before)


LONG = pd.DataFrame(
    [
        ("1", "x", 3.0, "observe"),
        ("2", "x", 4.0, "estime"),
        ("3", "x", np.nan, "secret"),
        ("1", "y", np.nan, "petit_effectif"),
        ("2", "y", np.nan, "absent"),
        ("3", "y", np.nan, "absent"),
    ],
    columns=["code_iris", "indicateur", "valeur", "statut"],
)
TYPES = pd.Series({"1": "H", "2": "Z", "3": "H"})


def test_known_values_are_counted_by_type_and_an_indicator_known_nowhere_has_its_line():
    found = known_by_type(LONG, TYPES)
    assert found.to_dict("index") == {"x": {"H": 1, "Z": 1}, "y": {"H": 0, "Z": 0}}


def test_every_value_is_in_one_group():
    found = states_by_indicator(LONG)
    assert found.sum(axis=1).tolist() == [3, 3]
    assert found.loc["x", ["publies", "estimes", "masques"]].tolist() == [1, 1, 1]
    assert found.loc["y", ["absents", "sans_objet"]].tolist() == [2, 1]


def test_a_state_that_no_group_gathers_is_named():
    with pytest.raises(ValueError, match="no group gathers: neuf"):
        states_by_indicator(LONG.assign(statut="neuf"))
