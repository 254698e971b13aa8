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
from attack.cells import is_hidden
from attack.shown import cells, count_by_table, shown
from attack.site import Site, read_site

pytestmark = pytest.mark.site

HERE = Path(__file__).parent
FORM = HERE.parents[1] / "data" / "exemple" / "collecte" / "enquete"
SHOWN = json.loads((HERE / "cells_shown.json").read_text(encoding="utf-8"))
LEAST = 0.9


@pytest.fixture(scope="module")
def read(fictitious_site) -> Site:
    """Return what a reader has of the fictitious department."""
    return read_site(fictitious_site.path)


def test_no_hidden_number_of_the_site_can_be_worked_out(fictitious_site):
    found = attack(fictitious_site.path, read_form(FORM))
    assert not found, "\n".join(map(str, found))


def test_the_attack_reads_what_it_is_made_for(read):
    texts = cells(read)
    hidden = {cell.table for cell, text in texts.items() if is_hidden(text) and cell.page in SHOWN}
    assert hidden, "no table hides anything: there would be nothing to attack"
    heads = {table.head[0] for table in read.tables if table.page in SHOWN}
    assert heads >= {"Étape", "Page", "Réponse", "Affirmation", "Question", "Réseau", "Situation"}
    assert {figure.page for figure in read.figures} >= {"04_enquete", "05_publics"}
    assert all(read.pages[page].pictures for page in SHOWN)


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
