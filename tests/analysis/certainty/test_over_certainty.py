"""A change of rank is set against the intervals of both runs, each on its own scale."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.certainty.over_certainty import Beyond, beyond, with_ranges

UNITS = pd.Index(list("abcde"), name="code_iris")


def ranges(*ends):
    return pd.DataFrame(ends, UNITS[: len(ends)], columns=["rang_bas", "rang_haut"], dtype=float)


def shifts(*places):
    return pd.DataFrame({"ecart_rang": places}, UNITS[: len(places)], dtype=float)


def test_only_a_unit_that_moved_is_told_whether_its_intervals_meet():
    before = ranges((1, 3), (1, 3), (1, 3), (1, 3), (1, 3))
    after = ranges((2, 5), (4, 5), (3, 9), (4, 5), (4, 5))
    table = with_ranges(shifts(1, -1, 2, 0, np.nan), before, after)
    assert table["intervalles"].tolist() == ["se recoupent", "se séparent", "se recoupent", "", ""]
    assert beyond(table) == Beyond(moved=3, known=3, apart=1)


def test_a_move_without_both_intervals_is_counted_as_moved_and_not_as_explained():
    before, after = ranges((1, 2), (np.nan, np.nan)), ranges((8, np.nan), (4, 5))
    table = with_ranges(shifts(3, -3), before, after)
    assert table["intervalles"].tolist() == ["", ""]
    assert beyond(table) == Beyond(moved=2, known=0, apart=0)


def test_a_unit_that_a_run_did_not_draw_has_no_interval():
    table = with_ranges(shifts(1, -1), ranges((1, 1)), ranges((2, 2), (1, 1)))
    assert table["intervalles"].tolist() == ["se séparent", ""]


def test_the_order_of_the_units_does_not_matter():
    before, after = ranges((1, 1), (2, 4)), ranges((2, 2), (1, 3))
    table = with_ranges(shifts(1, -1), before.iloc[::-1], after)
    assert table["intervalles"].tolist() == ["se séparent", "se recoupent"]
    assert table["rang_haut_avant"].tolist() == [1, 4]


ENDS = st.tuples(st.integers(1, 9), st.integers(0, 5)).map(lambda p: (p[0], p[0] + p[1]))


@given(ENDS, ENDS)
def test_intervals_of_whole_ranks_meet_when_they_share_one_whatever_the_order(one, two):
    shared = set(range(one[0], one[1] + 1)) & set(range(two[0], two[1] + 1))
    said = "se recoupent" if shared else "se séparent"
    for first, second in ((one, two), (two, one)):
        table = with_ranges(shifts(1), ranges(first), ranges(second))
        assert table["intervalles"].tolist() == [said]


@pytest.mark.parametrize("apart", [0, 1])
def test_nothing_moved_counts_nothing(apart):
    table = with_ranges(shifts(0), ranges((1, 2)), ranges((1 + 9 * apart, 12)))
    assert beyond(table) == Beyond(0, 0, 0)
