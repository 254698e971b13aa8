"""Who answered is told without giving a small count away."""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.survey.system import SurveySystem, page_ends
from diagalim.chapter.tables import HIDDEN
from diagalim.report.reponse.tables import beside_frame, flow, pages


def test_a_kind_with_few_answers_is_hidden_from_the_comparison_but_not_from_the_frame(as_shown):
    index = pd.MultiIndex.from_tuples(
        [("taille", kind) for kind in ("grande", "moyenne", "petite")], names=["variable", "m"]
    )
    compared = pd.DataFrame(
        {"base": [0.2, 0.3, 0.5], "repondants": [0.5, 0.44, 0.06], "v": 0.3}, index=index
    )
    rates = pd.DataFrame({"reponses": [25, 22, 3], "taux": [0.6, 0.4, 0.03]}, index=index)
    system = SurveySystem()
    system.add_kinds(rates)
    table = beside_frame(compared, rates, system.protected())
    shown = as_shown("reponse", "comparaison", table)
    assert set(shown["Lien (V de Cramér)"]) == {HIDDEN}, "one number for all kinds gives them back"
    assert shown.loc["Taille · petite", "Part de la base"] == "50\u00a0%"
    for column in ("Part des répondantes", "Ont répondu"):
        assert shown.loc["Taille · petite", column] == HIDDEN
        assert (shown[column] == HIDDEN).sum() == 2
    assert shown.loc["Taille · grande", "Ont répondu"] == "60\u00a0%"


def test_pages_where_few_stopped_are_put_with_the_next(as_shown):
    assert page_ends([0, 0, 1, 2, 2, 3, 5, 6, 5, 7, 3]) == [4, 6, 7, 8, 10]
    assert page_ends([0, 3]) == [1] and page_ends([6, 0]) == [0, 1]
    stopped = [2] * 3 + [3] * 9 + [4] * 8
    progress = pd.DataFrame({"derniere_page": stopped + [4] * 40})
    progress["envoyee"] = progress["complete"] = progress.index >= len(stopped)
    system = SurveySystem()
    system.add_pages(progress, 4)
    shown = as_shown("reponse", "pages", pages(system.protected()))
    assert shown["Réponses partielles"].to_dict() == {"3": "12", "4": "20"}


def test_the_flow_says_what_each_stage_takes_away_and_puts_rare_reasons_together(as_shown):
    stages = pd.DataFrame(
        [
            ("contacts fournis", 60, []),
            ("structures éligibles", 50, [("doublon", 8), ("fermée", 2)]),
            ("lignes de l'export", 47, []),
            ("lignes gardées", 45, [("essai", 2)]),
            ("lignes gardées", 44, [("jeton employé deux fois", 1)]),
            ("réponses", 41, [("rien", 3)]),
        ],
        columns=["etape", "effectif", "retires"],
    )
    shown = as_shown("reponse", "etapes", flow(stages))
    assert shown["Effectif"].tolist() == ["60", "50", "47", "41"]
    assert shown.loc["Réponses", "Ce qui est retiré"] == (
        "6 en tout\u00a0: essai\u202f; jeton employé deux fois\u202f; rien"
    )
    assert shown.loc["Structures éligibles", "Ce qui est retiré"].startswith("10 en tout")
    assert shown.loc["Contacts fournis", "Ce qui est retiré"] == "–"
