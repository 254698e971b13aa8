"""The tables of « Contexte »: what is not known is said, place by place."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.chapter.chapter import open_chapter
from diagalim.report.contexte import facts, tables

AMOUNTS = pd.DataFrame(
    {"annee": [2021, 2022], "montant": [1158, 1216], "source": "Insee", "releve": "presse"}
)
PRINTED = pd.DataFrame(
    {
        "indicateur": ["part", "seuil_pauvrete"],
        "valeur": [12.0, 1216.0],
        "annee_indiquee": [2021.0, 2022.0],
        "document": "Étude",
    }
)


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    return open_chapter("contexte", "13")


def test_a_city_with_too_few_iris_says_so_instead_of_a_spread(chapter, monkeypatch):
    shown = []
    monkeypatch.setattr("diagalim.chapter.shown.html_table", lambda t, *_, **__: shown.append(t))
    monkeypatch.setattr(type(chapter), "foot_of", lambda *_, **__: None)
    for fact in ("annee_population", "annee_taux", "annee_revenus_iris"):
        chapter.choose(fact, "2020", "Année")
    framed = pd.DataFrame(10.0, index=["A", "Dép"], columns=tables.SHOWN)
    spread = pd.DataFrame({"rapport": [float("nan")], "publies": [2], "masques": [1]}, index=["A"])
    tables.show_cities(chapter, framed, spread, "")
    assert list(shown[0].columns) == ["A", "Dép"]
    assert list(shown[0]["A"])[-2:] == ["trop peu d'IRIS", "2 et 1"]
    assert list(shown[0]["Dép"])[-2:] == ["–", "–"]


def test_withheld_rates_come_last_and_are_said_withheld(as_shown):
    incomes = pd.DataFrame(
        {"taux_pauvrete": [None, 12, 30], "niveau_vie": 20_000, "rapport_interdecile": None},
        index=["1", "2", "3"],
    )
    shown = as_shown(
        "contexte",
        "communes",
        tables.communes(
            incomes, pd.Series(["A", "B", "C 3e Arrondissement"], index=["1", "2", "3"])
        ),
    )
    assert list(shown.index) == ["C 3e arrondissement", "B", "A"]
    assert list(shown["Taux de pauvreté"]) == ["30\u00a0%", "12\u00a0%", "masqué"]
    assert shown["Niveau de vie médian"].iloc[0] == "20\u202f000\u00a0€/an"


def test_the_threshold_of_the_year_stands_before_the_one_that_the_study_quotes(chapter, as_shown):
    read = tables.thresholds(AMOUNTS, PRINTED, 2021)
    shown = as_shown("contexte", "seuils", read.drop(columns="source"))
    assert shown.index.tolist() == [2021, 2022]
    assert shown["Relevé dans"].tolist() == ["presse", "Étude"]
    stated, told = facts.thresholds(read)
    chapter.state(stated, **told)
    known = chapter.facts
    assert known["seuil_meme_annee"].text == "1\u202f158\u00a0€ par mois"
    assert (known["seuil_meme_annee"].year, known["seuil_cite"].year) == ("2021", "2022")
    assert known["annee_seuil_cite"].text == "2022"
    assert known["source_seuils"].text == "Insee, relevé dans : presse ; Étude"


def test_a_threshold_that_is_not_known_is_not_stated(chapter):
    read = tables.thresholds(AMOUNTS, PRINTED, 2019)
    assert read.empty and facts.thresholds(read) == ({}, {})
    alone, _ = facts.thresholds(tables.thresholds(AMOUNTS, PRINTED.iloc[:0], 2022))
    assert alone["seuil_cite"] is None and alone["seuil_meme_annee"] == 1216


def test_a_department_that_is_not_one_commune_has_its_own_line():
    table = pd.DataFrame(10.0, index=["A"], columns=tables.SHOWN)
    rate = type("Rate", (), {"plausible": (14.0, 16.0), "is_one_commune": False})
    framed = tables.framing(table, 1000, {"D99": rate, "R99": rate}, ["Dép", "Rég"])
    assert framed.index.tolist() == ["A", "Dép", "Rég"]
    assert framed.at["Dép", "population"] == 1000 and pd.isna(framed.at["Rég", "population"])
    assert framed.at["Rég", "taux_pauvrete"] == "entre 14,0 et 16,0\u00a0% (estimé)"
