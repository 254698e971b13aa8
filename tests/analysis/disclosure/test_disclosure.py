"""A hidden cell stays hidden: what a reader can work out of it is computed, not hoped."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagalim.analysis.disclosure.audit import Interval, intervals
from diagalim.analysis.disclosure.relations import TOTAL, line_relations, table_relations
from diagalim.analysis.disclosure.suppression import dominated, is_safe, protect, protect_table

SMALL = pd.DataFrame(
    {"oui": [2, 9, 12], "non": [14, 6, 20], "ne sait pas": [11, 8, 7]},
    index=["ccas", "association", "épicerie"],
)


def test_a_cell_hidden_alone_is_found_again_exactly():
    cell = ("", "ccas", "oui")
    assert intervals(table_relations(SMALL), [cell])[cell] == Interval(2, 2)


def test_four_hidden_cells_leave_a_doubt_as_large_as_their_smallest_pair():
    table = pd.DataFrame({"a": [2, 9], "b": [9, 4]}, index=["x", "y"])
    corners = [("", row, column) for row in "xy" for column in "ab"]
    left = intervals(table_relations(table), corners)
    assert left["", "x", "a"] == Interval(0, 11)
    table = pd.DataFrame({"a": [2, 4, 30], "b": [4, 6, 30]}, index=["x", "y", "z"])
    assert intervals(table_relations(table), corners)["", "x", "a"] == Interval(0, 6)


def test_a_single_small_cell_is_hidden_with_others_until_it_cannot_be_worked_out():
    relations = table_relations(SMALL)
    safe = protect(relations)
    assert safe.primary == {("", "ccas", "oui")}
    assert len(safe.hidden) >= 4
    left = intervals(relations, safe.hidden, least=1)["", "ccas", "oui"]
    assert left.width >= 3 and left == safe.left["", "ccas", "oui"]


def test_where_a_zero_is_shown_three_hidden_counts_that_add_up_to_three_are_one_each():
    relations = line_relations({"v": 1, "w": 1, "x": 7, "y": 1, "z": 0})
    small = [("", name) for name in "vwy"]
    assert set(intervals(relations, small, least=1).values()) == {Interval(1, 1)}
    assert ("", "x") in protect(relations).hidden


def test_a_count_hidden_beside_a_small_one_stays_in_doubt_too():
    table = pd.DataFrame({"a": [1, 3, 30], "b": [40, 6, 30]}, index=["x", "y", "z"])
    safe = protect(table_relations(table))
    assert all(left.width >= 3 for left in safe.left.values()), safe.left


def test_a_small_count_stays_in_doubt_for_who_guesses_that_it_is_small():
    assert not is_safe(4, Interval(4, 9))
    assert is_safe(4, Interval(3, 9))
    assert is_safe(7, Interval(5, 8), beside=True) and not is_safe(7, Interval(5, 8))


def test_the_shown_table_keeps_its_other_counts_and_totals():
    shown = protect_table(SMALL)
    assert shown.loc[TOTAL, TOTAL] == 89
    assert pd.isna(shown.loc["ccas", "oui"])
    assert shown.isna().sum().sum() == 4
    kept = shown.loc[SMALL.index, SMALL.columns].notna()
    assert (
        shown.loc[SMALL.index, SMALL.columns][kept] == SMALL[kept]
    ).sum().sum() == kept.sum().sum()


def test_one_small_cell_costs_the_three_smallest_corners_and_no_total():
    table = pd.DataFrame([[12, 8], [2, 11], [9, 14]], index=list("xyz"), columns=list("ab"))
    shown = protect_table(table)
    assert shown.isna().sum().sum() == 4
    assert shown.loc[TOTAL].notna().all() and shown[TOTAL].notna().all()


def test_a_list_with_one_small_count_hides_a_second_one():
    relations = line_relations({"oui": 3, "non": 20, "ne sait pas": 9})
    safe = protect(relations)
    assert safe.hidden == {("", "oui"), ("", "ne sait pas")}


def test_two_counts_that_cannot_hide_each_other_hide_the_total_too():
    relations = line_relations({"oui": 1, "non": 0})
    assert ("", TOTAL) in protect(relations).hidden


def test_a_zero_is_shown_and_protects_nothing():
    table = pd.DataFrame({"a": [2, 0, 9], "b": [30, 12, 8]}, index=["x", "y", "z"])
    hidden = protect(table_relations(table)).hidden
    assert ("", "y", "a") not in hidden


def test_linked_tables_are_audited_together():
    # the detail of « aide » and its margin are the cells of another table
    by_type = line_relations({"colis": 6, "repas": 11}, "aide")
    by_town = table_relations(
        pd.DataFrame({"colis": [2, 4], "repas": [5, 6]}, index=["x", "y"]), "ville"
    )
    alone = protect(by_town)
    both = by_town.add(by_type)
    both.sums += [((("ville"), TOTAL, kind), [("aide", kind)]) for kind in ("colis", "repas")]
    together = protect(both)
    assert together.hidden >= alone.primary
    for cell in together.primary:
        left = intervals(both, together.hidden, [cell], least=1)[cell]
        assert is_safe(both.values[cell], left)


def test_one_structure_that_makes_almost_all_the_tonnes_is_said_to_dominate():
    assert dominated([90, 5, 5])
    assert not dominated([80, 10, 10])
    assert not dominated([])


def test_a_threshold_under_three_is_refused():
    with pytest.raises(ValueError, match="under 3"):
        protect(table_relations(SMALL), threshold=2)


def test_shares_are_refused_for_they_are_no_counts():
    with pytest.raises(ValueError, match="not a count"):
        protect(table_relations(SMALL / 7))


def test_a_table_with_its_totals_inside_is_refused():
    with pytest.raises(ValueError, match="Ensemble"):
        table_relations(SMALL.rename(index={"ccas": "Ensemble"}))


def brute_force(table: pd.DataFrame, hidden: set, cell: tuple) -> Interval:
    """Try every table that agrees with what is shown."""
    relations = table_relations(table)
    inner = [c for c in relations.values if TOTAL not in c]
    unknown = [c for c in inner if c in hidden]
    most = int(table.to_numpy().sum())
    seen = []
    for guess in itertools.product(range(most + 1), repeat=len(unknown)):
        tried = relations.values | dict(zip(unknown, guess, strict=True))
        fits = all(
            sum(tried[p] for p in parts if TOTAL not in p) == relations.values[total]
            for total, parts in relations.sums
            if total not in hidden and all(TOTAL not in p for p in parts)
        )
        if fits:
            seen.append(tried[cell])
    return Interval(min(seen), max(seen))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.data())
def test_the_linear_programmes_agree_with_trying_every_table(counts, data):
    table = pd.DataFrame(np.array(counts).reshape(2, 2), index=["x", "y"], columns=["a", "b"])
    inner = [("", row, column) for row in "xy" for column in "ab"]
    hidden = set(data.draw(st.lists(st.sampled_from(inner), min_size=1, unique=True)))
    cell = sorted(hidden)[0]
    assert intervals(table_relations(table), hidden)[cell] == brute_force(table, hidden, cell)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 15), min_size=n, max_size=n), min_size=2, max_size=5
        )
    )
)
def test_no_shown_count_is_small_and_no_hidden_one_can_be_worked_out(rows):
    table = pd.DataFrame(rows)
    relations = table_relations(table)
    safe = protect(relations)
    shown = [v for cell, v in relations.values.items() if cell not in safe.hidden]
    assert not [value for value in shown if 0 < value < 5]
    everything = sum(relations.values.values()) and safe.hidden >= {
        cell for cell, value in relations.values.items() if value > 0
    }
    for cell in safe.primary:
        left = intervals(relations, safe.hidden, [cell], least=1)[cell]
        assert is_safe(relations.values[cell], left) or everything


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 15), min_size=n, max_size=n), min_size=2, max_size=5
        )
    )
)
def test_a_shown_table_hides_its_small_cells_for_good(rows):
    table = pd.DataFrame(rows)
    relations = table_relations(table)
    shown = protect_table(table)
    hidden = {
        ("", row, column)
        for row in shown.index
        for column in shown.columns
        if pd.isna(shown.loc[row, column])
    }
    nothing_left = hidden >= {cell for cell, value in relations.values.items() if value > 0}
    for cell, value in relations.values.items():
        if 0 < value < 5:
            assert cell in hidden
            left = intervals(relations, hidden, [cell], least=1)[cell]
            assert is_safe(value, left) or nothing_left


def test_a_table_of_30_lines_and_20_columns_is_made_safe_and_audited():
    rng = np.random.default_rng(3)
    table = pd.DataFrame(rng.poisson(6, (30, 20)))
    relations = table_relations(table)
    safe = protect(relations)
    assert safe.primary and all(
        is_safe(relations.values[cell], safe.left[cell]) for cell in safe.primary
    )
