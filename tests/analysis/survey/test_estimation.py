"""A share of structures comes with the number of answers and an honest interval."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.survey.estimation import (
    half_width,
    likert,
    multiple_choice,
    net_score,
    random_response,
    share,
)
from diagalim.analysis.survey.response import break_off, compare_with_frame, response_rates


@pytest.mark.parametrize(
    ("n", "population", "points"),
    [(218, None, 6.6), (218, 572, 5.2), (252, None, 6.2), (252, 572, 4.6)],
)
def test_the_half_widths_of_the_study_are_those_of_the_reference(n, population, points):
    assert round(100 * half_width(n, population), 1) == points


def test_wilson_agrees_with_a_published_example():
    # Newcombe 1998, Statistics in Medicine 17, table I: 15 of 148
    found = share(15, 148)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0624, 0.1605)


def test_the_corrected_interval_is_the_plain_one_when_the_population_is_immense():
    plain, corrected = share(30, 100), share(30, 100, 10**9)
    assert corrected.low == pytest.approx(plain.low, abs=1e-6)
    assert corrected.high == pytest.approx(plain.high, abs=1e-6)


def test_nothing_is_left_in_doubt_when_everybody_answered():
    assert share(30, 100, 100)[:3] == (0.3, 0.3, 0.3)


@given(st.integers(1, 400), st.data())
def test_an_interval_holds_its_share_and_narrows_with_the_population_known(n, data):
    count = data.draw(st.integers(0, n))
    population = data.draw(st.integers(n, 5 * n))
    plain, corrected = share(count, n), share(count, n, population)
    for found in (plain, corrected):
        assert 0 <= found.low <= found.value + 1e-9 and found.value <= found.high + 1e-9 <= 1 + 2e-9
    assert corrected.high - corrected.low <= plain.high - plain.low + 1e-9


@pytest.mark.parametrize(("count", "n"), [(1, 0), (5, 4), (-1, 4)])
def test_a_count_that_cannot_be_is_refused(count, n):
    with pytest.raises(ValueError, match="answers"):
        share(count, n)


def test_assuming_nothing_of_the_silent_leaves_62_points_of_doubt():
    low, high = random_response(0.4, 218 / 572)
    assert round(100 * (high - low), 1) == 61.9


def test_ticking_nothing_is_no_answer_and_is_not_none_of_these():
    ticked = pd.DataFrame(
        {"colis": [True, False, False, True], "repas": [True, False, False, False],
         "aucun": [False, True, False, False]}
    )  # fmt: skip
    counts, base = multiple_choice(ticked, pd.Series([True, True, True, False]))
    assert base == 2
    assert counts.to_dict() == {"colis": 1, "repas": 1, "aucun": 1}


def test_not_knowing_is_shown_and_kept_out_of_the_base():
    answers = pd.Series(["oui", "non", "oui", "ne sait pas", None])
    table = likert(answers, ["non", "oui"], ["ne sait pas"])
    assert table["n"].to_dict() == {"non": 1, "oui": 2, "ne sait pas": 1}
    assert table.loc["oui", "part"] == pytest.approx(2 / 3)
    assert pd.isna(table.loc["ne sait pas", "part"])
    with pytest.raises(ValueError, match="peut-être"):
        likert(pd.Series(["peut-être"]), ["non", "oui"], [])


def test_the_net_score_is_what_agrees_minus_what_does_not():
    found = net_score(pd.Series(["+"] * 6 + ["-"] * 2 + ["0"] * 2), ["-"], ["+"])
    assert found.value == pytest.approx(0.4)
    # (0.8 - 0.16) / 10 = 0.064, root 0.253, times 1.96
    assert found.low == pytest.approx(0.4 - 0.4958, abs=1e-3)
    # ten of forty: times the root of 30 / 39
    part = net_score(pd.Series(["+"] * 6 + ["-"] * 2 + ["0"] * 2), ["-"], ["+"], 40)
    assert part.low == pytest.approx(0.4 - 0.4958 * (30 / 39) ** 0.5, abs=1e-3)


FRAME = pd.DataFrame({"taille": ["petite"] * 60 + ["grande"] * 40})
ANSWERED = pd.Series([True] * 12 + [False] * 48 + [True] * 24 + [False] * 16)


def test_the_rates_of_each_kind_of_structure_are_counted():
    rates = response_rates(FRAME, ANSWERED, "taille")
    assert rates.loc["petite"].tolist() == [60, 12, 0.2]
    assert rates.loc["grande"].tolist() == [40, 24, 0.6]


def test_a_kind_that_answers_less_is_under_represented_and_the_link_is_measured():
    table = compare_with_frame(FRAME, ANSWERED, ["taille"]).loc["taille"]
    assert table.loc["petite", "base"] == 0.6
    assert table.loc["petite", "repondants"] == pytest.approx(12 / 36)
    assert table.loc["petite", "ecart_type"] < -0.5
    # phi of the 2 x 2 table (12, 48; 24, 16), by hand: 960 / sqrt(36 * 64 * 60 * 40)
    assert table.loc["petite", "v"] == pytest.approx(960 / (36 * 64 * 60 * 40) ** 0.5)
    assert table.loc["petite", "p"] < 0.001


def test_answers_drawn_evenly_show_no_link():
    even = pd.Series([True, False] * 50)
    table = compare_with_frame(FRAME, even, ["taille"]).loc["taille"]
    assert table["v"].max() == pytest.approx(0) and table["p"].min() == pytest.approx(1)


def test_a_category_that_the_frame_leaves_empty_is_counted():
    frame = FRAME.assign(taille=FRAME["taille"].where(FRAME.index > 9))
    rates = response_rates(frame, ANSWERED, "taille")
    assert rates["contactees"].sum() == len(frame)
    assert rates.loc["non renseigné", "contactees"] == 10


def test_nothing_is_compared_when_nobody_answered():
    with pytest.raises(ValueError, match="nothing to compare"):
        compare_with_frame(FRAME, ~ANSWERED & False, ["taille"])


def test_those_who_stopped_are_counted_by_page():
    pages = break_off(pd.Series([2, 5, 2, 7]), pd.Series([False, False, False, True]), 7)
    assert pages.to_dict() == {0: 0, 1: 0, 2: 2, 3: 0, 4: 0, 5: 1, 6: 0, 7: 0}
