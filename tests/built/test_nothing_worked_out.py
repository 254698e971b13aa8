"""Nothing hidden can be worked out of the built site, and it still shows what it showed.

The attack reads the site alone, pages, downloads and pictures, with the blank questionnaire that
hundreds of structures have in their mail. What each chapter on collected data showed before hidden
numbers were given back is kept in ``cells_shown.json``; nine cells in ten of it must still be seen.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from attack import attack, read_form
from attack.pictures import axes_of, bars_drawn, opened
from attack.shown import count_by_table, shown
from attack.site import Site, read_site
from attack.verdict import tied

pytestmark = pytest.mark.site

HERE = Path(__file__).parent
FORM = HERE.parents[1] / "data" / "exemple" / "collecte" / "enquete"
SHOWN = json.loads((HERE / "cells_shown.json").read_text(encoding="utf-8"))
LEAST = 0.9
QUESTIONS, STATEMENTS = 40, 10
"""Fewest closed questions with a table, and statements whose bars can be measured."""
TIED = {
    *("réponse", "base", "ont répondu", "question non posée", "page atteinte", "partielles"),
    *("interrogées", "réponses", "déclaré", "lignes suivies", "lignes non suivies"),
    "Structures qui disent avoir refusé du monde, par type",
    "Tension dite par les lieux, 2025-S2 (nombre de lignes)",
}
"""First words of the names of what the attack ties together."""


@pytest.fixture(scope="module")
def read(fictitious_site) -> Site:
    """Return what a reader has of the fictitious department."""
    return read_site(fictitious_site.path)


def test_no_hidden_number_of_the_site_can_be_worked_out(fictitious_site):
    found = attack(fictitious_site.path, read_form(FORM))
    assert not found, "\n".join(map(str, found))


def test_no_hidden_number_of_13_can_be_worked_out(official_data, site_of_13):
    found = attack(site_of_13.path)
    assert not found, "\n".join(map(str, found))


def test_the_attack_reads_what_it_is_made_for(read):
    survey, hidden = tied(read, read_form(FORM))
    assert len(survey.items) >= QUESTIONS
    assert {name[0] for name in survey.system.low} >= TIED
    assert hidden, "nothing is hidden: there would be nothing to attack"
    assert {figure.page for figure in read.figures} >= {"resultats", "remontees"}
    drawn = {path for page in SHOWN for path in read.pages[page].pictures}
    assert any(axes_of(opened(path)) for path in drawn)
    assert any(len(bars_drawn(path)) >= STATEMENTS for path in drawn)


@pytest.mark.parametrize("page", SHOWN)
def test_nine_cells_in_ten_are_still_shown(page, read):
    now = count_by_table(shown(read)).get(page, {})
    kept = {table: min(count, now.get(table, 0)) for table, count in SHOWN[page].items()}
    before = sum(SHOWN[page].values())
    lost = {
        table: SHOWN[page][table] - count
        for table, count in kept.items()
        if count < SHOWN[page][table]
    }
    assert sum(kept.values()) >= LEAST * before, lost
