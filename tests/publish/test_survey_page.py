"""A table of answers shows its base and its interval, and gives no small count away."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.publish.survey_page import (
    HIDDEN,
    answers_text,
    compared_text,
    crossed_text,
    flow_text,
    hidden_answers,
    pages_text,
)
from diagalim.survey.tabulation import SEVERAL, SINGLE, Tabulated, spread, tabulate_single


def table(counts: dict[str, int], *, kind: str = SINGLE, base: int | None = None, outside=None):
    inside = pd.Series(counts, dtype=int)
    apart = pd.Series(outside or {}, dtype=int)
    return Tabulated("q", "Question", kind, inside, apart, base or int(inside.sum()), 0)


def test_an_answer_is_shown_with_its_number_its_share_and_its_interval():
    shown = answers_text(table({"oui": 40, "non": 60}), 200)
    assert shown.loc["oui"].tolist() == ["40", "40\u00a0%", "33 à 47\u00a0%"]


def test_a_small_answer_and_the_one_that_would_give_it_away_are_hidden_with_their_shares():
    shown = answers_text(table({"oui": 60, "un peu": 12, "non": 3}), 200)
    assert shown.loc["non"].tolist() == [HIDDEN] * 3
    assert shown.loc["un peu"].tolist() == [HIDDEN] * 3
    assert shown.loc["oui", "Structures"] == "60"


def test_those_who_do_not_know_can_hide_a_small_answer_and_are_hidden_with_it():
    found = hidden_answers(table({"oui": 60, "non": 30}, outside={"ne sait pas": 4}))
    assert found == {"ne sait pas", "non"}


def test_a_box_that_nearly_all_ticked_would_show_the_few_who_did_not():
    found = hidden_answers(table({"colis": 97, "repas": 50, "bon": 2}, kind=SEVERAL, base=100))
    assert found == {"colis", "bon"}


def test_a_question_with_too_few_answers_is_not_shown_at_all():
    assert hidden_answers(table({"oui": 2, "non": 1})) is None
    assert hidden_answers(table({"colis": 2}, kind=SEVERAL, base=3)) is None


def test_every_hidden_count_of_a_crossed_table_says_so_and_totals_stay():
    crossed = pd.DataFrame({"oui": [2, 20, 9], "non": [9, 30, 14]}, index=["ccas", "asso", "autre"])
    shown = crossed_text(crossed)
    assert (shown == HIDDEN).to_numpy().sum() == 4
    assert shown.loc["Ensemble", "Ensemble"] == "84"


def test_a_kind_with_few_answers_is_hidden_from_the_comparison_but_not_from_the_frame():
    index = pd.MultiIndex.from_tuples(
        [("taille", kind) for kind in ("grande", "moyenne", "petite")], names=["variable", "m"]
    )
    compared = pd.DataFrame(
        {"base": [0.2, 0.3, 0.5], "repondants": [0.5, 0.44, 0.06], "v": 0.3}, index=index
    )
    counts = pd.Series([25, 22, 3], index=index)
    shown = compared_text(compared, counts, {"taille": "Taille"})
    assert shown.loc["Taille · petite", "Toutes les structures"] == "50\u00a0%"
    assert shown.loc["Taille · petite", "Répondantes"] == HIDDEN
    assert (shown["Répondantes"] == HIDDEN).sum() == 2


def test_pages_where_few_stopped_are_hidden():
    shown = pages_text(pd.Series({1: 0, 2: 3, 3: 9, 4: 8}))
    assert shown.loc["2", "Réponses partielles"] == HIDDEN
    assert shown.loc["1", "Réponses partielles"] == "0"
    assert (shown["Réponses partielles"] == HIDDEN).sum() == 2


def test_the_flow_says_what_each_stage_takes_away():
    flow = pd.DataFrame(
        {"etape": ["contacts fournis", "réponses"], "effectif": [572, 252], "raison": ["", "x : 4"]}
    )
    shown = flow_text(flow)
    assert shown.loc["Réponses"].tolist() == ["252", "x\u00a0: 4"]
    assert shown.loc["Contacts fournis", "Ce qui est retiré"] == "–"


def test_an_answer_that_the_codebook_does_not_know_is_refused():
    with pytest.raises(ValueError, match="X"):
        tabulate_single("q", "Question", pd.Series(["A", "X"]), {"A": "oui"}, 0)


def test_not_knowing_is_out_of_the_base():
    found = tabulate_single(
        "q", "Q", pd.Series(["A", "A", "NSP", None]), {"A": "oui", "NSP": "ne sait pas"}, 2
    )
    assert (found.base, found.not_shown) == (2, 2)
    assert found.outside.to_dict() == {"ne sait pas": 1}


def test_a_quantity_shows_its_quartiles_and_no_extreme():
    found = spread(pd.Series([1.0, 2, 3, 4, 1000, None]))
    assert found.to_dict() == {"n": 5, "q1": 2, "mediane": 3, "q3": 4}
