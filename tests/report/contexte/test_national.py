"""National figures: dated twice, never mixed with those of the files."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.chapter.chapter import open_chapter
from diagalim.report.contexte.national import (
    FIGURES,
    low_incomes_text,
    prices_text,
    series_text,
    shares_text,
    show_cities,
    state_budget,
    state_series,
)
from diagalim.sources.documents import read_published


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    return open_chapter("contexte", "13")


def series(*rows):
    columns = ["annee", "valeur", "publication", "rupture", "releve", "verification", "source"]
    filled = [(*row, "ici", "à vérifier", "Insee") for row in rows]
    return pd.DataFrame(filled, columns=columns).set_index("annee")


def test_the_year_described_and_the_date_of_publication_are_both_stated(chapter):
    state_series(
        chapter, series(("2022", "14.4", "juillet 2024", ""), ("2023", "15.4", "juillet 2025", ""))
    )
    facts = chapter.facts
    assert facts["serie_annee"].text == "2023" and facts["serie_publication"].text == "juillet 2025"
    assert facts["serie_taux"].nature == "publié" and "serie_baisse" not in facts


def test_a_fall_is_told_unless_a_break_stands_between_the_two_years(chapter):
    state_series(
        chapter,
        series(
            ("2018", "14.8", "2020", ""),
            ("2019", "14.6", "2021", ""),
            ("2020", "13.9", "2022", "collecte dégradée"),
        ),
    )
    assert chapter.facts["serie_baisse"].text == "14,8\u00a0% en 2018, 14,6\u00a0% en 2019"


def test_two_years_that_do_not_follow_each_other_tell_no_fall(chapter):
    state_series(chapter, series(("2010", "14.1", "2012", ""), ("2014", "14.0", "2016", "")))
    assert "serie_baisse" not in chapter.facts


def test_every_year_of_the_series_says_where_it_was_read_and_what_is_to_be_checked():
    kept = read_published("series_nationales")
    assert list(kept.index) == sorted(kept.index)
    assert (kept[["publication", "champ", "source", "releve", "verification"]] != "").all(axis=None)
    assert "ne retient pas la baisse" in series_text(kept).loc["2020", "Rupture ou réserve"]


def test_the_figures_quoted_are_in_the_registry_and_keep_their_document(chapter):
    figures, documents = read_published("faits"), read_published("documents")
    state_budget(chapter, figures, documents)
    facts = chapter.facts
    assert set(FIGURES) <= {fact.id for fact in facts}
    assert "Familles rurales" in facts["panier_bas"].source
    assert facts["debut_hausse_citee"].text == "2004"
    assert facts["logement_compose"].text == "40,1\u00a0%"
    assert facts["panier_haut_part"].text == "45,0\u00a0%"


def test_a_rise_in_points_has_no_percentage_without_its_base():
    table = prices_text(read_published("faits"), [100, 125])
    points, percent = table.iloc[0], table.iloc[-1]
    assert points.iloc[1] == "non précisée"
    assert list(points.iloc[2:]) == ["20,0\u00a0%", "16,0\u00a0%"]
    assert percent.iloc[0] == "25\u00a0%" and list(percent.iloc[2:]) == ["–", "–"]


def test_shares_of_spending_come_from_the_largest():
    assert list(shares_text(read_published("faits"))["Part des dépenses"]) == [
        "27,3\u00a0%",
        "12,9\u00a0%",
        "12,4\u00a0%",
    ]


def test_low_incomes_name_the_level_of_each_figure():
    levels = list(low_incomes_text(read_published("faits"))["Niveau"])
    assert levels[0] == "région" and "deux niveaux" in levels[1]


def test_a_city_with_too_few_iris_says_so_instead_of_a_spread(chapter, monkeypatch):
    shown = []
    monkeypatch.setattr(
        type(chapter), "show_table", lambda self, table, *a, **k: shown.append(table)
    )
    monkeypatch.setattr(type(chapter), "title", lambda self, words: None)
    chapter.choose("annee_taux", "2021", "Année")
    chapter.choose("annee_revenus_iris", "2020", "Année")
    framing = pd.DataFrame({"A": ["10"], "Dép": ["20"]}, index=["Population"])
    spread = pd.DataFrame({"rapport": [float("nan")], "publies": [2], "masques": [1]}, index=["A"])
    show_cities(chapter, framing, spread, ["Dép", "Région"])
    assert list(shown[0].columns) == ["A", "Dép"]
    assert list(shown[0]["A"]) == ["10", "trop peu d'IRIS", "2 et 1"]
