"""What « Les valeurs » says of its estimates, and what it says when there is none to test."""

from __future__ import annotations

import pandas as pd

from diagalim.chapter.facts import Fact, Facts
from diagalim.report.valeurs import estimates, facts, page
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.words_file import words_of

REGISTRY = load_indicators()
NAMES = ["taux_pauvrete", "niveau_vie_median"]
VALUES = pd.DataFrame(
    {
        "code_iris": ["a", "b", "c", "a", "b", "c"],
        "indicateur": [NAMES[0]] * 3 + [NAMES[1]] * 3,
        "statut": ["observe", "arrondi", "estime", "observe", "carreaux", "secret"],
        "motif": ["", "", "secret", "", "secret", "secret"],
    }
)


def test_without_anything_to_test_nothing_is_stated_nor_shown():
    nothing = pd.DataFrame()
    assert estimates.numbers(VALUES, NAMES, nothing, REGISTRY) == {}
    assert estimates.table(VALUES, NAMES, nothing, REGISTRY).empty
    assert words_of("valeurs").montre["estimations"].sans_ligne == ""


def test_an_indicator_that_was_not_tested_has_dashes(as_shown, monkeypatch):
    summary = pd.DataFrame(
        {"rmse": [1.5, 1.5], "couverture": [0.9, 0.91]}, index=[NAMES[0], estimates.WHOLE]
    )
    monkeypatch.setattr(estimates, "summary_of", lambda compared, by: summary)
    table = estimates.table(VALUES, NAMES, pd.DataFrame({"x": [1]}), REGISTRY)
    shown = as_shown("valeurs", "estimations", table)
    assert shown.iloc[0].tolist() == ["2", "0", "1", "0", "1,5\u00a0point", "90\u00a0%"]
    assert shown.iloc[1].tolist() == ["1", "1", "0", "1", "–", "–"]


def test_the_reserve_is_told_when_there_is_one():
    def told(count):
        fact = Fact("nb_reserve", "n", count, "", 0, "", "officiel", "s", "valeurs")
        return facts.in_reserve(Facts([fact]))

    assert told(0) == [] and "{nb_reserve} autres valeurs" in told(4)[0]


def test_without_uncut_communes_there_is_no_table_of_lines():
    assert page.lines({}, REGISTRY).empty
    assert words_of("valeurs").montre["droites"].sans_ligne == ""
