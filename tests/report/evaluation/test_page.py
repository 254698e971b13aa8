"""Practices are read by what is left out; what a document does not say stays « n.d. »."""

from __future__ import annotations

import pandas as pd

from diagalim.report.evaluation.page import (
    SAID,
    indicators_reading,
    indicators_table,
    practices_reading,
    practices_table,
)
from diagalim.sources.documents import read_published


def test_the_foot_counts_the_practices_of_which_something_is_not_said():
    practices = pd.DataFrame({"inconnu": ["", "moyens"]}, index=["Paris", "Bordeaux"])
    said = practices_reading(practices)
    assert said == "pour 1\u00a0démarche sur 2, le document tait quelque chose ; Bordeaux : moyens"
    assert practices_reading(practices.iloc[:1]) == (
        "pour 0\u00a0démarche sur 1, le document tait quelque chose"
    )


def test_what_the_document_does_not_say_is_shown_as_not_known(as_shown):
    row = dict.fromkeys(SAID, "dit") | {"nom": "Réseau", "outils": ""}
    table = practices_table(pd.DataFrame([row], index=["Paris"]))
    shown = as_shown("evaluation", "demarches", table)
    assert shown.index.tolist() == ["Paris\u00a0: Réseau"]
    assert shown["Outils"].tolist() == ["n.d."] and shown["Pilote"].tolist() == ["dit"]


def test_a_percentage_is_shown_with_the_fractions_that_give_it(as_shown):
    indicators = read_published("bilan_indicateurs")
    facts = [*indicators["fait_objectif"], *indicators["fait_resultat"]]
    figures = pd.DataFrame({"valeur": 50.0, "statut": "écart"}, index=sorted(set(facts)))
    table = indicators_table(indicators, figures)
    shown = as_shown("evaluation", "indicateurs", table)
    assert len(shown) == 13 and set(shown["Statut"]) == {"écart"}
    assert set(shown["Résultat"]) == {"50\u00a0%"}
    assert all("/" in cell or cell.startswith("aucune") for cell in shown["Fractions possibles"])
    assert indicators_reading(table).startswith("50\u00a0% imprimés au premier indicateur")
