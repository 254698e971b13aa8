"""Opening hours in French, and sentences that may hold a name or a telephone."""

from __future__ import annotations

import pytest

from diagalim.analysis.offer.hours import week_of
from diagalim.chapter.hours_words import hours_text, speaks_only_of_time, week_text

TODAY = "2026-10-15"


def said(hours: str) -> str:
    return week_text(week_of(hours, TODAY)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("Mo,Th 09:00-11:30; Sa 09:30-12:00", "lundi et jeudi 9 h–11 h 30 ; samedi 9 h 30–12 h"),
        ("Mo-Fr 14:00-17:00", "du lundi au vendredi 14 h–17 h"),
        ("Tu 09:00-11:00,14:00-16:00", "mardi 9 h–11 h et 14 h–16 h"),
        ("24/7", "tous les jours, à toute heure"),
        ("Mo-Su 08:00-20:00", "tous les jours 8 h–20 h"),
        ("Su 00:00-24:00", "dimanche toute la journée"),
        ("Tu[1] 14:00-16:30", "mardi 14 h–16 h 30, certaines semaines seulement"),
        ("We 09:00-12:00; PH off", "mercredi 9 h–12 h, fermé les jours fériés"),
        (
            "We 09:00-12:00; SH off",
            "mercredi 9 h–12 h, les vacances scolaires changent ces jours",
        ),
    ],
)
def test_a_week_reads_as_a_person_would_say_it(hours, words):
    assert said(hours) == words


def test_unknown_hours_are_said_unknown_and_never_closed():
    assert hours_text(None, None, None, TODAY) == "horaires non connus"


def test_a_sentence_of_days_and_hours_is_quoted():
    text = hours_text(None, "lundi matin, 1er et 3e jeudi", None, TODAY)
    assert "lundi matin" not in text  # « er » and « e » are no words of time
    text = hours_text(None, "lundi 9h30-12h (une semaine sur deux) – fermé en août", None, TODAY)
    assert "«\u00a0lundi 9h30-12h (une semaine sur deux) – fermé en août\u00a0»" in text


@pytest.mark.parametrize(
    "sentence",
    ["lundi, demander Zéphyrine", "mardi 9h, 06 12 34 56 78", "mardi 0612345678",
     "jeudi a.b@c.fr", "<b>lundi</b>", "chez Mme Martin le lundi"],
)  # fmt: skip
def test_a_sentence_that_may_name_or_call_somebody_is_not_shown(sentence):
    assert not speaks_only_of_time(sentence)
    shown = hours_text(None, sentence, None, TODAY)
    assert "texte libre" in shown and sentence not in shown


def test_a_closure_to_come_is_said_and_one_that_is_over_is_not():
    week = week_of("Mo 09:00-12:00", TODAY)
    periods = "2026-08-01/2026-08-31;2026-12-20/2027-01-03;demain/un jour"
    text = hours_text(week, None, periods, TODAY)
    assert "fermé du 20 décembre 2026 au 3 janvier 2027" in text
    assert "août" not in text and "un jour" not in text
