"""What is said of each place, on draws written by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from diagalim.analysis.certainty import ranks as certainty
from diagalim.analysis.certainty.choices import Sources
from diagalim.analysis.certainty.draws import Draws
from diagalim.analysis.certainty.ranks import (
    class_probabilities,
    decile_changes,
    exposed_population,
    rank_certainty,
    top_reference,
)
from diagalim.analysis.score.classes import quantile_classes

UNITS = pd.Index([f"u{i:02d}" for i in range(20)])


def by_hand(*rows: list[float], reference: list[float] | None = None) -> Draws:
    """Return draws of these ranks; 0 where a draw leaves nothing of a unit."""
    ranks = np.array(rows)
    index = UNITS[: ranks.shape[1]]
    first = pd.Series(rows[0] if reference is None else reference, index=index, name="rang")
    return Draws(first.astype(float), np.rint(2 * ranks).astype(np.uint16), Sources())


ORDER = list(range(1, 21))
SWAPPED = [3, 2, 1, *range(4, 21)]


def test_a_place_is_summarised_by_its_median_interval_and_probabilities():
    table = rank_certainty(by_hand(*[ORDER] * 15, *[SWAPPED] * 5))
    first = table.loc["u00"]
    # 20 places: a decile is two ranks, a quintile four
    assert first[["rang", "rang_median", "rang_bas", "rang_haut"]].tolist() == [1, 1, 1, 3]
    assert (first["p_decile"], first["p_quintile"]) == (0.75, 1.0)
    assert (first["decile_modal"], first["p_decile_modal"]) == (10, 0.75)
    assert first["mot"] == "indécis"
    assert table.loc["u01", "mot"] == "assuré"
    assert table.loc["u02", ["p_decile", "mot"]].tolist() == [0.25, "indécis"]
    assert table.loc["u19", ["decile_modal", "mot"]].tolist() == [1, "assuré hors"]
    assert (table["tirages"] == 20).all()


def test_two_deciles_as_frequent_the_higher_is_named():
    table = rank_certainty(by_hand(ORDER, SWAPPED))
    assert table.loc["u00", "decile_modal"] == 10
    assert table.loc["u02", "decile_modal"] == 10


def test_a_draw_that_leaves_nothing_of_a_place_is_not_counted_for_it():
    lost = [0, *range(1, 20)]
    table = rank_certainty(by_hand(ORDER, ORDER, lost))
    assert table.loc["u00", ["rang_haut", "p_decile", "tirages"]].tolist() == [1, 1.0, 2]
    assert table.loc["u01", "tirages"] == 3


def test_a_place_that_no_draw_ranks_has_no_word():
    table = rank_certainty(by_hand([0, 1, 2], [0, 1, 2], reference=[np.nan, 1, 2]))
    assert table.loc["u00", "mot"] == "" and table.loc["u00", "tirages"] == 0
    assert table.loc["u00", ["rang_median", "p_decile", "decile_modal"]].isna().all()


def test_the_deciles_of_a_draw_are_those_of_the_published_score():
    tied = [1.5, 1.5, *range(3, 21)]
    draws = by_hand(tied, ORDER, SWAPPED)
    for row in draws.doubled:
        score = pd.Series(-row / 2.0)
        for count in (5, 10):
            expected = quantile_classes(score, count).to_numpy()
            assert (certainty._classes(row[None], count)[0] == expected).all()


def test_a_share_of_places_changes_decile():
    assert decile_changes(by_hand(ORDER, ORDER)) == 0.0
    # in one draw of two, the first and the third of twenty swap deciles
    assert decile_changes(by_hand(ORDER, SWAPPED)) == pytest.approx(2 / 20 / 2)


def test_the_highest_decile_of_the_published_score():
    assert top_reference(by_hand(ORDER)).sum() == 2


def test_inhabitants_of_each_class_with_their_interval():
    people = pd.Series(100.0, index=UNITS)
    people["u00"] = 300.0
    crossed = [5, 2, 3, 4, 1, *range(6, 21)]  # the first leaves the highest quintile
    table = exposed_population(by_hand(*[ORDER] * 18, crossed, crossed), people)
    assert table.loc[5].tolist() == [600, 600, 400, 600]
    assert table.loc[4].tolist() == [400, 400, 400, 600]
    assert table["population"].sum() == people.sum()


def test_a_place_without_inhabitants_known_is_refused():
    with pytest.raises(ValueError, match="without its number of inhabitants"):
        exposed_population(by_hand(ORDER), pd.Series(1.0, index=UNITS[1:]))


ranks = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 12), st.just(15)), elements=st.integers(0, 10_000)
).map(lambda values: pd.DataFrame(values).rank(axis=1).to_numpy())


@given(ranks)
def test_probabilities_add_up_to_one_and_follow_the_order_of_their_definitions(rows):
    draws = by_hand(*rows.tolist())
    assert class_probabilities(draws, 10).sum(axis=1).to_numpy() == pytest.approx(1.0)
    table = rank_certainty(draws)
    assert (table["p_decile"] <= table["p_quintile"] + 1e-12).all()
    assert (table["rang_bas"] <= table["rang_median"]).all()
    assert (table["rang_median"] <= table["rang_haut"]).all()
    middle, low, high = np.quantile(rows, (0.5, 0.05, 0.95), axis=0)
    found = table[["rang_median", "rang_bas", "rang_haut"]].to_numpy().T
    published = rows[0]
    np.testing.assert_allclose(
        found, (middle, np.minimum(low, published), np.maximum(high, published))
    )


@given(ranks, st.permutations(range(1, 16)))
def test_no_published_rank_is_out_of_its_own_interval(rows, published):
    table = rank_certainty(by_hand(*rows.tolist(), reference=list(published)))
    assert table["rang"].between(table["rang_bas"], table["rang_haut"]).all()
    inside = (rows >= table["rang_bas"].to_numpy()) & (rows <= table["rang_haut"].to_numpy())
    narrow = np.quantile(rows, (0.05, 0.95), axis=0)
    at_least = ((rows >= narrow[0]) & (rows <= narrow[1])).sum(axis=0)
    assert (inside.sum(axis=0) >= at_least).all(), "widening loses no draw"


@given(ranks, st.permutations(range(1, 16)))
def test_the_inhabitants_of_a_class_stand_in_their_own_interval(rows, published):
    people = pd.Series(np.arange(15.0) ** 2, index=UNITS[:15])
    table = exposed_population(by_hand(*rows.tolist(), reference=list(published)), people)
    assert table["population"].between(table["bas"], table["haut"]).all()


def test_the_last_rank_that_no_draw_leaves_last_is_held_by_its_interval():
    """Five places of 13 were last but for a few draws, and their interval stopped short of them."""
    draws = [[*range(1, 19), 20, 19]] * 19 + [ORDER]
    table = rank_certainty(by_hand(*draws, reference=ORDER))
    assert table.loc["u19", ["rang", "rang_bas", "rang_haut"]].tolist() == [20, 19, 20]
    assert table.loc["u18", ["rang", "rang_bas", "rang_haut"]].tolist() == [19, 19, 20]


@given(ranks)
def test_inhabitants_of_all_classes_are_all_the_inhabitants(rows):
    people = pd.Series(np.arange(15.0), index=UNITS[:15])
    table = exposed_population(by_hand(*rows.tolist()), people)
    assert table["population"].sum() == pytest.approx(people.sum())
    assert (table["bas"] <= table["haut"]).all()


def test_chunks_change_nothing(monkeypatch):
    draws = by_hand(ORDER, SWAPPED, ORDER)
    whole = rank_certainty(draws), exposed_population(draws, pd.Series(1.0, index=UNITS))
    monkeypatch.setattr(certainty, "CHUNK", 7)
    parts = rank_certainty(draws), exposed_population(draws, pd.Series(1.0, index=UNITS))
    for one, other in zip(whole, parts, strict=True):
        pd.testing.assert_frame_equal(one, other)
