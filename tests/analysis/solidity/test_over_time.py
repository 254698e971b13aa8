"""Fixed goalposts and the comparison of two runs, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.score.classes import quantile_classes
from diagalim.analysis.score.composite import Weights, composite
from diagalim.analysis.solidity.over_time import (
    against,
    by_commune,
    differing,
    goalposts,
    moves,
    summary,
)

SIGNS = {"taux": 1, "revenu": -1}
WEIGHTS = Weights({"R": 1.0, "M": 1.0}, {"R": {"taux": 1.0}, "M": {"revenu": 1.0}})


def run_of(values):
    return composite(
        values,
        SIGNS,
        WEIGHTS,
        scorable=pd.Series(True, values.index),
        known_weight=0.5,
        least_dimensions=1,
        required="R",
    )


@pytest.fixture
def first():
    return pd.DataFrame({"taux": [10.0, 20, 30], "revenu": [30.0, 20, 10]}, index=list("abc"))


def test_goalposts_are_the_ends_of_the_first_run(first):
    bounds = goalposts(first, pd.Series([True, True, False], first.index))
    assert bounds.loc["taux"].tolist() == [10, 20] and bounds.loc["revenu"].tolist() == [20, 30]


def test_an_indicator_that_does_not_vary_has_no_bounds(first):
    bounds = goalposts(first.assign(plat=3.0, vide=np.nan), pd.Series(True, first.index))
    assert list(bounds.index) == ["taux", "revenu"]


def test_the_first_run_goes_from_0_to_100(first):
    bounds = goalposts(first, pd.Series(True, first.index))
    fixed = against(first, bounds, SIGNS, run_of(first))
    assert fixed.score.tolist() == [0, 50, 100] and (fixed.beyond == 0).all().all()


def test_progress_of_all_shows_where_percentiles_stand_still(first):
    bounds = goalposts(first, pd.Series(True, first.index))
    better = first.assign(taux=first["taux"] - 10)
    fixed = against(better, bounds, SIGNS, run_of(better))
    assert run_of(better).score.tolist() == run_of(first).score.tolist()
    assert fixed.score.tolist() == [-25, 25, 75]
    assert fixed.beyond["taux"].tolist() == [-1, 0, 0], "0 is under the first lower bound"


def test_a_missing_value_leaves_its_weight_to_the_others(first):
    bounds = goalposts(first, pd.Series(True, first.index))
    holed = first.copy()
    holed.loc["a", "revenu"] = np.nan
    fixed = against(holed, bounds, SIGNS, run_of(holed))
    assert fixed.score["a"] == 0 and fixed.beyond.loc["a", "revenu"] == 0


def test_an_indicator_without_bounds_is_refused(first):
    bounds = goalposts(first, pd.Series(True, first.index)).drop("revenu")
    with pytest.raises(ValueError, match="without bounds: revenu"):
        against(first, bounds, SIGNS, run_of(first))


@given(st.floats(0.1, 100), st.floats(-1e3, 1e3))
def test_units_of_measure_change_nothing(factor, shift):
    first = pd.DataFrame({"taux": [10.0, 20, 30], "revenu": [30.0, 20, 10]}, index=list("abc"))
    other = first * factor + shift
    scored = pd.Series(True, first.index)
    one = against(first, goalposts(first, scored), SIGNS, run_of(first)).score
    two = against(other, goalposts(other, scored), SIGNS, run_of(other)).score
    assert two.to_numpy() == pytest.approx(one.to_numpy(), abs=1e-6)


def stand(scores, communes=None):
    """Return a kept table of IRIS from their scores."""
    codes = [f"13{n:07d}" for n in range(len(scores))]
    score = pd.Series(scores, pd.Index(codes, name="code_iris"), dtype=float)
    return pd.DataFrame(
        {
            "nom": codes,
            "commune": communes or ["Ville"] * len(codes),
            "code_commune": communes or ["13001"] * len(codes),
            "score": score,
            "rang": score.rank(ascending=False),
            "classe": quantile_classes(score, 5),
        }
    )


def test_nothing_moves_between_a_run_and_itself():
    run = stand(range(20))
    table = moves(run, run)
    found = summary(table)
    assert (table["ecart_rang"] == 0).all()
    assert (found.median, found.largest, found.decile_in, found.class_out) == (0, 0, 0, 0)
    assert found.rho == pytest.approx(1.0)
    assert (table["decile"] == "reste").sum() == 2 and (table["haute"] == "reste").sum() == 4


def test_two_places_swapped_are_counted_once_each():
    before, scores = stand(range(20)), list(range(20))
    scores[19], scores[10] = scores[10], scores[19]
    table = moves(before, stand(scores))
    found = summary(table)
    assert table["ecart_rang"].iloc[10] == 9 and table["ecart_rang"].iloc[19] == -9
    assert (found.decile_in, found.decile_out, found.class_in, found.class_out) == (1, 1, 1, 1)
    assert found.largest == 9 and found.mean == pytest.approx(18 / 20) and found.median == 0


def test_a_unit_scored_in_one_run_only_is_counted_apart():
    table = moves(stand([1, 2, 3, np.nan]), stand([1, 2, np.nan, 4]))
    found = summary(table)
    assert (found.both, found.gained, found.lost) == (2, 1, 1)
    assert table["decile"].tolist()[2:] == ["", ""]


def test_a_unit_that_only_one_run_scores_pushes_no_other():
    table = moves(stand([1, 2, 3, np.nan]), stand([1, 2, 3, 9]))
    assert table["rang_apres"].tolist() == [4, 3, 2, 1]
    assert table["ecart_rang"].tolist()[:3] == [0, 0, 0] and summary(table).gained == 1


def test_the_order_of_the_units_does_not_matter():
    before = stand(range(20))
    after = stand(range(20)[::-1])
    table = moves(before, after.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(table, moves(before, after))


def test_other_units_are_refused():
    with pytest.raises(ValueError, match="same units"):
        moves(stand([1, 2]), stand([1, 2, 3]))


def test_communes_are_ordered_by_how_far_they_moved():
    places = ["A"] * 3 + ["B"] * 3
    table = by_commune(moves(stand([1, 2, 3, 4, 5, 6], places), stand([1, 2, 9, 3, 4, 5], places)))
    assert table["iris"].tolist() == [3, 3]
    assert table.loc["B", "ecart"] == -1 and table.loc["B", "ampleur"] == 1
    assert table.loc["A", "ampleur"] == 0 and list(table.index) == ["B", "A"]


def test_values_that_differ_are_counted_by_indicator(first):
    after = first.assign(taux=[10.0, 25, np.nan], neuf=[1.0, 2, 3]).drop(columns="revenu")
    found = differing(first, after)
    assert found["change"].to_dict() == {"taux": 2, "revenu": 3, "neuf": 3}
    assert differing(first, first.copy())["change"].sum() == 0
