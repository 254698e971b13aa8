"""A table of answers shows its base and its interval, and gives no small count away."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from diagalim.analysis.survey.agreement import balance
from diagalim.analysis.survey.shares import hidden_answers
from diagalim.analysis.survey.system import SurveySystem
from diagalim.analysis.survey.tabulation import SEVERAL, SINGLE, Tabulated, spread, tabulate_single
from diagalim.chapter.survey import HeldSurvey, quantities
from diagalim.chapter.tables import HIDDEN
from diagalim.collected.survey.codebook import Codebook
from diagalim.report.resultats.agreement import (
    JOINED,
    agreement_figure,
    agreements,
    balance_table,
    statement,
)
from diagalim.report.resultats.facts import most_shared, most_shared_reading
from diagalim.report.resultats.page import TOGETHER, answers
from diagalim.report.resultats.tables import crossed, spreads


def table(counts: dict[str, int], *, kind: str = SINGLE, base: int | None = None, outside=None):
    inside = pd.Series(counts, dtype=int)
    apart = pd.Series(outside or {}, dtype=int)
    return Tabulated("q", "Question", kind, inside, apart, base or int(inside.sum()), 0)


def test_an_answer_is_shown_with_its_number_its_share_and_its_interval(as_shown):
    shown = as_shown("resultats", "reponses", answers(table({"oui": 40, "non": 60}), 200))
    assert shown.loc["oui"].tolist() == ["40", "40\u00a0%", "33 à 47\u00a0%"]


def test_a_small_answer_and_the_one_that_would_give_it_away_are_hidden_and_their_sum_is_given(
    as_shown,
):
    counted = answers(table({"oui": 60, "un peu": 12, "non": 3}), 200)
    shown = as_shown("resultats", "reponses", counted)
    assert shown.loc["non"].tolist() == [HIDDEN] * 3
    assert shown.loc["un peu"].tolist() == [HIDDEN] * 3
    assert shown.loc["oui", "Structures"] == "60"
    assert shown.loc[TOGETHER, ["Structures", "Part"]].tolist() == ["15", "20\u00a0%"]


def test_those_who_do_not_know_are_out_of_the_base_and_hidden_alone():
    found = hidden_answers(table({"oui": 60, "non": 30}, outside={"ne sait pas": 4}))
    assert found == {"ne sait pas"}


def test_a_box_that_nearly_all_ticked_would_show_the_few_who_did_not():
    found = hidden_answers(table({"colis": 97, "repas": 50, "bon": 2}, kind=SEVERAL, base=100))
    assert found == {"colis", "bon"}


def test_a_question_with_too_few_answers_is_not_shown_at_all():
    assert hidden_answers(table({"oui": 2, "non": 1})) is None
    assert hidden_answers(table({"colis": 2}, kind=SEVERAL, base=3)) is None


def test_every_hidden_count_of_a_crossed_table_says_so_and_totals_stay(as_shown):
    counts = pd.DataFrame({"oui": [2, 20, 9], "non": [9, 30, 14]}, index=["ccas", "asso", "autre"])
    system = SurveySystem()
    system.add_crossed("refus", counts)
    held = SimpleNamespace(crossed={"refus": counts}, shown=system.protected())
    shown = as_shown("resultats", "refus", crossed(held, "refus"))
    assert (shown == HIDDEN).to_numpy().sum() == 4
    assert shown.loc["Ensemble", "Ensemble"] == "84"


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


def asked(columns: dict[str, list], items: dict[str, dict]) -> tuple[SimpleNamespace, Codebook]:
    """Return answers and the codebook of some items, no filter."""
    table = pd.DataFrame(columns)
    states = pd.DataFrame("répondu", index=table.index, columns=table.columns)
    questions = pd.DataFrame.from_dict(items, orient="index")
    questions[["contact", "libre"]] = False
    scale = {
        "A1": "pas du tout",
        "A2": "plutôt pas",
        "A3": "ni",
        "A4": "plutôt",
        "A5": "tout à fait",
    }
    return SimpleNamespace(answers=table, states=states), Codebook(questions, {"accord": scale})


def published(survey, codebook, system: SurveySystem) -> HeldSurvey:
    """Return a survey of 120 structures of which a system says what may be shown."""
    frame = pd.DataFrame(index=range(120))
    return HeldSurvey(survey, codebook, frame, None, None, {}, system.protected())


def test_a_quantity_given_by_too_few_is_hidden_and_a_year_is_no_quantity():
    kinds = {"type": "integer", "unite": "personnes"}
    survey, codebook = asked(
        {"aides": list(range(1, 25)), "rares": [3] * 5 + [None] * 19, "creation": [2000] * 24},
        {
            "aides": kinds | {"label": "Combien ?"},
            "rares": kinds | {"label": "Et là ?"},
            "creation": kinds | {"label": "Quand ?", "unite": "année"},
        },
    )
    assert quantities(codebook) == ["aides", "rares"]
    system = SurveySystem()
    for item in quantities(codebook):
        system.add_number(item, int(survey.answers[item].notna().sum()))
    held = published(survey, codebook, system)
    shown = spreads(held, quantities(codebook))
    # of 1 to 24: the middle 12.5, a quarter under 6.75, a quarter above 18.25
    assert shown.iloc[0].tolist() == ["12\u00a0personnes", "7", "18", "24"]
    assert shown.iloc[1].tolist() == [HIDDEN] * 3 + ["5"]


def agreed(survey, codebook) -> tuple[HeldSurvey, list[Tabulated]]:
    """Return the statements of a survey, published together."""
    system = SurveySystem()
    tables = agreements(published(survey, codebook, system))
    for one in tables:
        system.add_table(one)
    system.publication.rounded.clear()
    return published(survey, codebook, system), tables


def balance_of(held, tables):
    codes = held.codebook.choices["accord"]
    return balance(tables, held.survey.answers, codes, held.population, held.shown)


def test_two_hidden_answers_of_one_side_are_told_and_drawn_by_their_sum_only():
    said = ["A1"] * 3 + ["A2"] * 7 + ["A3"] * 10 + ["A4"] * 20 + ["A5"] * 20
    survey, codebook = asked(
        {"a": said}, {"a": {"type": "select_one accord", "label": "Êtes-vous d'accord ? [a]"}}
    )
    held, tables = agreed(survey, codebook)
    assert held.shown.answers("a") == {"pas du tout", "plutôt pas"}
    assert balance_of(held, tables).loc["a", "desaccord"] == pytest.approx(100 * 10 / 60)
    axes = agreement_figure(tables, held.shown).axes[0]
    assert [round(bar.get_width()) for bar in axes.patches] == [17, 17, 33, 33]
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert JOINED in legend and not {"pas du tout", "plutôt pas"} & set(legend)


def test_agreement_is_shown_with_its_balance_and_a_small_answer_keeps_its_statement_out(as_shown):
    said = ["A1"] * 5 + ["A2"] * 5 + ["A3"] * 10 + ["A4"] * 20 + ["A5"] * 20
    survey, codebook = asked(
        {"a": said, "b": ["A1"] * 2 + said[2:]},
        {
            name: {"type": "select_one accord", "label": f"Êtes-vous d'accord ? [{name}]"}
            for name in "ab"
        },
    )
    survey.answers.loc[0:2, "b"] = "A2"
    survey.answers.loc[2:3, "b"] = "A1"
    survey.answers.loc[4:9, "b"] = "A3"
    balanced = balance_of(*agreed(survey, codebook))
    assert list(balanced.index) == ["a"]
    # 40 - 10 of 60; half-width 1.96 * sqrt((5/6 - 1/4) / 60 * 60 / 119)
    half = 100 * 1.96 * ((5 / 6 - 1 / 4) / 119) ** 0.5
    assert balanced.loc["a", "solde"] == pytest.approx(50)
    assert balanced.loc["a", "haut"] == pytest.approx(50 + half, abs=0.01)
    shown = as_shown("resultats", "accords", balance_table(balanced, codebook))
    assert shown.loc["a", "Solde"] == "+50\u00a0points"
    stated, certainty = most_shared(balance_table(balanced, codebook))
    assert stated["affirmation_premiere"] == "a"
    assert certainty.startswith(f"solde de {shown.iloc[0, 3]} points")


def test_no_statement_is_first_where_none_may_be_shown():
    survey, codebook = asked(
        {"a": ["A1", "A5"]},
        {"a": {"type": "select_one accord", "label": "Êtes-vous d'accord ? [a]"}},
    )
    balances = balance_table(balance_of(*agreed(survey, codebook)), codebook)
    assert balances.empty and most_shared(balances) == ({}, "")
    assert "assez de réponses" in most_shared_reading(balances)


def test_a_statement_keeps_the_beginning_without_which_it_says_nothing():
    assert statement("Êtes-vous d'accord ? [L'équipe s'épuise]") == "L'équipe s'épuise"
    said = statement("Il faudrait mettre en commun… [Du transport]")
    assert said == "Il faudrait mettre en commun\u00a0: du transport"
