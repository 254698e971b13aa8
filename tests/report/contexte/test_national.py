"""National figures: dated twice, never mixed with those of the files."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.chapter.chapter import open_chapter
from diagalim.report.contexte import national, quoted
from diagalim.sources.documents import read_published
from diagalim.sources.studies import document


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    return open_chapter("contexte", "13")


@pytest.fixture(scope="module")
def figures():
    return national.cited(read_published("faits"), document("synthese"))


def series(*rows):
    columns = ["annee", "valeur", "publication", "rupture", "releve", "verification", "source"]
    filled = [(*row, "ici", "à vérifier", "Insee") for row in rows]
    return pd.DataFrame(filled, columns=columns).set_index("annee")


def stated(chapter, *rows):
    values, told = national.latest(series(*rows))
    chapter.state(values, **told)
    return chapter.facts


def test_the_year_described_and_the_date_of_publication_are_both_stated(chapter):
    known = stated(
        chapter, ("2022", "14.4", "juillet 2024", ""), ("2023", "15.4", "juillet 2025", "")
    )
    assert known["serie_annee"].text == "2023" and known["serie_publication"].text == "juillet 2025"
    assert known["serie_taux"].nature == "publié" and "serie_baisse" not in known
    assert known["serie_taux"].certainty == "valeur publiée, à vérifier"


def test_a_fall_is_told_unless_a_break_stands_between_the_two_years(chapter):
    known = stated(
        chapter,
        ("2018", "14.8", "2020", ""),
        ("2019", "14.6", "2021", ""),
        ("2020", "13.9", "2022", "collecte dégradée"),
    )
    assert known["serie_baisse"].text == "14,8\u00a0% en 2018, 14,6\u00a0% en 2019"
    assert (known["serie_baisse"].year, known["serie_taux"].year) == ("2019", "2020")


def test_two_years_that_do_not_follow_each_other_tell_no_fall(chapter):
    known = stated(chapter, ("2010", "14.1", "2012", ""), ("2014", "14.0", "2016", ""))
    assert "serie_baisse" not in known


def test_every_year_of_the_series_says_where_it_was_read_and_what_is_to_be_checked(as_shown):
    kept = read_published("series_nationales")
    assert list(kept.index) == sorted(kept.index)
    assert (kept[["publication", "champ", "source", "releve", "verification"]] != "").all(axis=None)
    shown = as_shown("contexte", "serie", quoted.series(kept))
    assert "ne retient pas la baisse" in shown.loc["2020", "Rupture ou réserve"]
    assert shown.loc["2009", "Rupture ou réserve"] == "–"
    assert shown.loc["2009", "Taux"] == "13,5\u00a0%"


def test_the_figures_quoted_are_in_the_registry_and_keep_their_document(chapter, figures):
    values, told = national.budget(figures, read_published("documents"), chapter.study)
    chapter.state(values, **told)
    known = chapter.facts
    assert set(national.FIGURES) <= {fact.id for fact in known}
    assert "Familles rurales" in known["panier_bas"].source
    assert known["debut_hausse_citee"].text == "2004"
    assert known["logement_compose"].text == "40,1\u00a0%"
    assert known["panier_haut_part"].text == "45,0\u00a0%"
    assert (known["epci_cites"].value, known["epci_cites"].year) == (2, "2025")


def test_every_figure_quoted_is_shown_with_all_its_decimals(chapter, figures):
    values, told = national.budget(figures, read_published("documents"), chapter.study)
    chapter.state(values, **told)
    for fact in national.FIGURES:
        known = chapter.facts[fact]
        assert isinstance(known.value, str) or known.value == round(known.value, known.decimals)


def test_a_rise_in_points_has_no_percentage_without_its_base(figures, as_shown):
    table = as_shown("contexte", "prix", quoted.prices(figures, [100, 125]))
    points, percent = table.iloc[0], table.iloc[-1]
    assert points.iloc[1] == "non précisée"
    assert list(points.iloc[2:]) == ["20,0\u00a0%", "16,0\u00a0%"]
    assert percent.iloc[0] == "25\u00a0%" and list(percent.iloc[2:]) == ["–", "–"]


def test_shares_of_spending_come_from_the_largest(figures, as_shown):
    shown = as_shown("contexte", "depenses", quoted.shares(figures))
    assert list(shown["Part des dépenses"]) == ["27,3\u00a0%", "12,9\u00a0%", "12,4\u00a0%"]


def test_low_incomes_name_the_level_of_each_figure(figures, as_shown):
    shown = as_shown("contexte", "bas_revenus", quoted.low_incomes(figures))
    levels = list(shown["Niveau"])
    assert levels[0] == "région" and "deux niveaux" in levels[1]
    assert list(shown["Année"]) == ["non dite"] * 2
    assert list(shown["Publié"]) == ["21,7\u00a0%", "2\u00a0EPCI"]


@pytest.mark.parametrize("study", [None, document("reseau_paca")])
def test_without_the_study_nothing_is_quoted_of_it_and_its_tables_are_empty(study, chapter):
    none = national.cited(read_published("faits"), study)
    assert national.budget(none, read_published("documents"), study) == ({}, {})
    made = [quoted.prices(none, [100]), quoted.shares(none), quoted.low_incomes(none)]
    assert all(table.empty for table in [*made, quoted.basket(chapter.facts)])
