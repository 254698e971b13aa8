"""Very few answers, more answers than structures, empty tables: a figure, a reason, never a trace.

What a user can cause is refused in French before any chapter runs; what only a programme can ask is
a ``ValueError`` that says what is wrong. No result is silently NaN, and nothing warns.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagalim.analysis.survey.estimation import (
    half_width,
    likert,
    multiple_choice,
    net_score,
    random_response,
    share,
)
from diagalim.analysis.survey.response import UNFILLED, compare_with_frame, response_rates
from diagalim.analysis.survey.system import SurveySystem
from diagalim.analysis.survey.tabulation import spread
from diagalim.collected.survey.numbers import number_problems
from diagalim.report.reponse.facts import most_unlike

NOBODY = pd.Series([], dtype=object)


@pytest.fixture(autouse=True)
def nothing_warns():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


IMPOSSIBLE = {
    "the half-width of no answer": (lambda: half_width(0), "0 answers"),
    "of fewer than none": (lambda: half_width(-3), "-3 answers"),
    "of more answers than structures": (lambda: half_width(12, 10), "12 answers of 10 structures"),
    "of what is no share": (lambda: half_width(12, value=1.4), "1.4 is no share"),
    "a share of no answer": (lambda: share(0, 0), "0 of 0 answers"),
    "a share of more answers than structures": (lambda: share(3, 12, 10), "12 answers of 10"),
    "the balance of no answer": (lambda: net_score(NOBODY, ["-"], ["+"]), "0 answers"),
    "of missing answers only": (
        lambda: net_score(pd.Series([None, None]), ["-"], ["+"]), "0 answers",
    ),
    "of more answers than structures ": (
        lambda: net_score(pd.Series(["+"] * 3), ["-"], ["+"], 2), "3 answers of 2",
    ),
    "a response over one": (lambda: random_response(0.5, 1.2), "response 1.2"),
    "a share under zero": (lambda: random_response(-0.1, 0.5), "share -0.1"),
    "a frame that nobody answered": (
        lambda: compare_with_frame(FRAME, pd.Series(False, FRAME.index), ["taille"]), "0 answers",
    ),
    "no variable to compare": (
        lambda: compare_with_frame(FRAME, pd.Series(True, FRAME.index), []), "no variable",
    ),
    "a variable that the frame lacks": (
        lambda: compare_with_frame(FRAME, pd.Series(True, FRAME.index), ["couleur"]),
        "no column 'couleur' in the frame: taille, zone",
    ),
}  # fmt: skip

FRAME = pd.DataFrame(
    {"taille": ["petite"] * 6 + ["grande"] * 4, "zone": ["dense", None, " ", *["rural"] * 7]}
)


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_what_cannot_be_is_refused_by_its_name(case):
    asked, said = IMPOSSIBLE[case]
    with pytest.raises(ValueError, match=said):
        asked()


SMALLEST = {
    "one answer of one structure": (half_width(1, 1), 0.0),
    "all of twelve answered": (half_width(12, 12), 0.0),
    "one answer": (half_width(1), 0.98),
    "one answer of many": (half_width(1, 500), 0.98),
    "nobody is concerned": (half_width(12, value=0.0), 0.0),
}


@pytest.mark.parametrize("case", SMALLEST)
def test_the_smallest_numbers_have_a_half_width(case):
    found, expected = SMALLEST[case]
    assert found == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("answer", ["+", "0", "-"])
@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_same_answer_from_a_few_is_no_certainty(answer, n):
    found = net_score(pd.Series([answer] * n), ["-"], ["+"])
    assert found.value == {"+": 1.0, "0": 0.0, "-": -1.0}[answer] and found.n == n
    assert found.high - found.low > 0.5, "a handful that agree says little of the others"
    assert -1 <= found.low <= found.value <= found.high <= 1


def test_one_answer_by_hand():
    # Agresti and Min: centre 1 / 3, variance ((1 + 1) / 3 - 1 / 9) / 3
    found = net_score(pd.Series(["+"]), ["-"], ["+"])
    assert found.low == pytest.approx(1 / 3 - 1.96 * math.sqrt(5 / 27), abs=1e-4)
    assert found.high == 1.0


def test_the_only_structure_there_is_leaves_no_doubt():
    assert net_score(pd.Series(["+"]), ["-"], ["+"], 1) == (1.0, 1.0, 1.0, 1)
    assert share(1, 1, 1) == (1.0, 1.0, 1.0, 1)


@settings(deadline=None)
@given(st.lists(st.sampled_from("+-0"), min_size=1, max_size=30), st.integers(0, 40))
def test_a_balance_stands_in_its_interval_whatever_was_answered(answers, silent):
    given_, population = pd.Series(answers), len(answers) + silent
    plain = net_score(given_, ["-"], ["+"])
    found = net_score(given_, ["-"], ["+"], population)
    for one in (plain, found):
        assert -1 <= one.low <= one.value <= one.high <= 1
        assert all(math.isfinite(end) for end in one[:3])
    assert found.high - found.low <= plain.high - plain.low + 1e-12


def test_empty_questions_are_counted_as_such():
    empty = pd.DataFrame({"colis": [], "repas": []}, dtype=bool)
    counts, base = multiple_choice(empty, pd.Series([], dtype=bool))
    assert base == 0 and counts.to_dict() == {"colis": 0, "repas": 0}
    table = likert(NOBODY, ["non", "oui"], ["ne sait pas"])
    assert table["n"].sum() == 0 and table["part"].isna().all()
    assert spread(pd.Series([], dtype=float))["n"] == 0
    assert spread(pd.Series([np.nan, 3.0])).to_dict() == {
        "n": 1.0, "q1": 3.0, "mediane": 3.0, "q3": 3.0,
    }  # fmt: skip


# ---- what the frame does not say ----------------------------------------------------------------

ANSWERED = pd.Series([True, True, False, *[False] * 4, *[True] * 3])


def test_structures_of_no_known_kind_are_a_line_of_their_own():
    rates = response_rates(FRAME, ANSWERED, "zone")
    assert rates["contactees"].sum() == 10 and rates["reponses"].sum() == 5
    assert rates.loc[UNFILLED].tolist() == [2, 1, 0.5]


def test_shares_of_the_frame_add_up_with_what_it_does_not_say():
    table = compare_with_frame(FRAME, ANSWERED, ["zone"]).loc["zone"]
    assert table["base"].sum() == pytest.approx(1) and table["repondants"].sum() == pytest.approx(1)
    assert table.loc[UNFILLED, "base"] == 0.2
    # expected 0.5, 1, 3.5 answers for dense, none and rural, of 1, 1, 3 seen; twice: all but half
    by_hand = 2 * (0.25 / 0.5 + 0.0 / 1.0 + 0.25 / 3.5)
    assert table["v"].tolist() == pytest.approx([math.sqrt(by_hand / 10)] * 3)


def test_where_everybody_answered_nothing_differs_and_nothing_is_divided_by_nobody():
    table = compare_with_frame(FRAME, pd.Series(True, FRAME.index), ["taille", "zone"])
    assert (table["base"] == table["repondants"]).all()
    assert table[["v", "p"]].isna().all(axis=None)


def test_one_kind_only_has_no_link_to_measure():
    table = compare_with_frame(FRAME.assign(taille="petite"), ANSWERED, ["taille"])
    assert table[["v", "p"]].isna().all(axis=None)


def test_no_kind_is_under_represented_where_all_answered():
    everyone = compare_with_frame(FRAME, pd.Series(True, FRAME.index), ["taille"])
    shown = SurveySystem().protected()
    assert most_unlike(everyone, shown) == {}
    compared = compare_with_frame(FRAME, ANSWERED, ["zone", "taille"])
    assert UNFILLED not in most_unlike(compared, shown)["sous_representee"]


# ---- what a user can cause ----------------------------------------------------------------------


def contacts(valid: int, closed: int = 0) -> pd.DataFrame:
    return pd.DataFrame({"statut_contact": ["valide"] * valid + ["fermee"] * closed})


REFUSED = {
    "nobody to ask": (contacts(0, 3), [True], "aucun contact « valide » sur 3", "interrogées"),
    "nobody finished": (
        contacts(9), [False] * 4, "aucune complète ; réponses gardées : 4", "attendre des réponses",
    ),
    "nobody began": (contacts(9), [], "réponses gardées : 0", "retirer « enquete »"),
    "more answers than structures": (
        contacts(2, 5), [True] * 3, "3, pour 2 structures « valide »", "ni un doublon, ni fermée",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_survey_without_rates_is_refused_in_french(case):
    frame, complete, value, remedy = REFUSED[case]
    (problem,) = number_problems("reponses.csv", frame, pd.Series(complete, dtype=bool))
    assert value in problem.value and remedy in problem.remedy
    assert problem.expected


@pytest.mark.parametrize(("valid", "done"), [(1, 1), (5, 5), (572, 218)])
def test_a_survey_that_can_be_counted_is_accepted(valid, done):
    complete = pd.Series([True] * done + [False] * 3)
    assert number_problems("reponses.csv", contacts(valid), complete) == []
