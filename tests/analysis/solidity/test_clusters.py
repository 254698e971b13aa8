"""Spatial autocorrelation on grids whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.geo.contiguity import queen
from diagalim.analysis.solidity.clusters import (
    LEFT_OUT,
    NONE,
    autocorrelation,
    estimated_units,
    local_clusters,
)


@pytest.fixture
def halves(squares):
    """A grid of 10 by 10, high on its west, low on its east, each value its own."""
    shapes = squares(10)
    noise = np.random.default_rng(3).normal(0, 1, len(shapes))
    west = shapes.index.str[0] < "f"
    return shapes, pd.Series(np.where(west, 80.0, 20.0) + noise, shapes.index, name="score")


def test_the_formula_on_four_units_in_a_row(squares):
    shapes = squares(4).loc[["a0", "b0", "c0", "d0"]]
    values = pd.Series([1.0, 3.0, 5.0, 7.0], shapes.index)
    found = autocorrelation(values, queen(shapes), seed=1, permutations=99)
    # z: -3, -1, 1, 3; means of neighbours: -1, -1, 1, 1; products 3, 1, 1, 3 over a sum of 20
    assert found.statistic == pytest.approx(8 / 20)
    assert found.expected == pytest.approx(-1 / 3) and found.n == 4


def test_two_halves_are_as_far_from_chance_as_permutations_can_tell(halves):
    shapes, values = halves
    found = autocorrelation(values, queen(shapes), seed=1)
    assert found.statistic > 0.7 and found.p == pytest.approx(1 / 1000)


def test_a_chessboard_is_no_gathering(squares):
    shapes = squares(6)
    colour = pd.Series([(ord(c[0]) + int(c[1])) % 2 for c in shapes.index], shapes.index)
    found = autocorrelation(colour.astype(float), queen(shapes), seed=1)
    assert found.statistic < found.expected and found.p > 0.5


def test_chance_alone_is_seldom_called_a_gathering(squares):
    graph = queen(squares(6))
    rng = np.random.default_rng(0)
    found = [
        autocorrelation(pd.Series(rng.normal(size=36), graph.unique_ids), graph, seed=k).p
        for k in range(100)
    ]
    assert 0.35 < np.mean(found) < 0.65 and np.mean(np.array(found) <= 0.05) < 0.12


def test_the_same_seed_gives_the_same_answer_whatever_was_drawn_before(halves):
    shapes, values = halves
    graph, shuffled = queen(shapes), values.sample(frac=1, random_state=1)
    shuffled.index = values.index
    first = (
        autocorrelation(shuffled, graph, seed=5),
        local_clusters(shuffled, graph, seed=5, permutations=199),
    )
    local_clusters(values, graph, seed=77, permutations=99)
    again = (
        autocorrelation(shuffled, graph, seed=5),
        local_clusters(shuffled, graph, seed=5, permutations=199),
    )
    assert first[0] == again[0]
    pd.testing.assert_frame_equal(first[1], again[1])


def test_clusters_are_inside_the_halves_and_the_border_is_neither(halves):
    shapes, values = halves
    found = local_clusters(values, queen(shapes), seed=2, permutations=999)
    assert found.loc["b5", "groupe"] == "HH" and found.loc["i5", "groupe"] == "LL"
    assert found.loc["e5", "groupe"] == NONE, "five neighbours of one kind, three of the other"
    assert set(found["groupe"]) == {"HH", "LL", NONE}


def test_a_lone_exception_is_named_for_what_it_is(halves):
    shapes, values = halves
    values["c5"] = 21.0
    found = local_clusters(values, queen(shapes), seed=2, permutations=999)
    assert found.loc["c5", "groupe"] == "LH"


def test_the_correction_never_names_more_than_the_tests_alone(halves):
    shapes, values = halves
    found = local_clusters(values, queen(shapes), seed=2, permutations=199)
    assert (found["q"] >= found["p"]).all()
    named = found["groupe"] != NONE
    assert named.sum() == (found["q"] <= 0.05).sum() <= (found["p"] <= 0.05).sum()


def test_estimated_values_are_not_tested_and_lend_nothing(halves):
    shapes, values = halves
    estimated = pd.Series(values.index.isin(["b5", "c5"]), values.index)
    found = local_clusters(values, queen(shapes), seed=2, estimated=estimated, permutations=199)
    assert (found.loc[["b5", "c5"], "groupe"] == LEFT_OUT).all()
    other = values.copy()
    other[["b5", "c5"]] = -1000.0
    again = local_clusters(other, queen(shapes), seed=2, estimated=estimated, permutations=199)
    pd.testing.assert_frame_equal(found, again)


def test_a_unit_without_neighbour_is_not_tested(squares):
    shapes = squares(6, island=True)
    values = pd.Series(np.arange(37.0), shapes.index)
    graph = queen(shapes)
    assert local_clusters(values, graph, seed=1, permutations=99).loc["ile", "groupe"] == LEFT_OUT
    assert autocorrelation(values, graph, seed=1, permutations=99).n == 36


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1.0, 2.0, np.nan, 4.0], "no value for a2"),
        ([5.0, 5.0, 5.0, 5.0], "do not vary"),
    ],
)
def test_values_that_cannot_be_tested_are_refused(values, said, squares):
    shapes = squares(4).loc[["a0", "a1", "a2", "a3"]]
    with pytest.raises(ValueError, match=said):
        autocorrelation(pd.Series(values, shapes.index), queen(shapes), seed=1)


def test_two_units_make_no_space(squares):
    shapes = squares(2).loc[["a0", "a1"]]
    with pytest.raises(ValueError, match="only 2 units"):
        local_clusters(pd.Series([1.0, 2.0], shapes.index), queen(shapes), seed=1)


def test_a_unit_counts_as_estimated_for_an_indicator_of_the_score_only():
    values = pd.DataFrame(
        {
            "code_iris": ["a0", "a1", "a2", "a0"],
            "indicateur": ["taux", "taux", "profil", "rsa"],
            "statut": ["estime", "observe", "estime", "observe"],
        }
    )
    found = estimated_units(values, ["taux", "rsa"], pd.Index(["a0", "a1", "a2"]))
    assert found.tolist() == [True, False, False]
