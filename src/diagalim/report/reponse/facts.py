"""The facts on who answered the survey: what its sentences and the recommendations quote."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.survey.estimation import half_width, random_response
from diagalim.analysis.survey.response import UNFILLED
from diagalim.chapter.survey_words import KINDS, SOURCE
from diagalim.report.reponse.response import FRAME_LABELS

if TYPE_CHECKING:
    from diagalim.analysis.survey.shown import SurveyShown
    from diagalim.chapter.chapter import Chapter
    from diagalim.chapter.facts import Facts
    from diagalim.collected.survey.answers import Survey

EXACT = "décompte exact"
CONTACTS, ANSWERS, COMPLETE = "S0-066", "S0-067", "S0-068"
"""Figures of the registry: contacts, answers and complete answers of the study."""


def state_published(chapter: Chapter, figures: pd.DataFrame) -> bool:
    """State the counts that the study of this territory publishes about its own survey.

    Parameters
    ----------
    figures : DataFrame
        Registered figures, indexed by id: ``valeur``, ``libelle``.

    Returns
    -------
    bool
        Whether there is such a study, with these counts.
    """
    if chapter.study is None or not {CONTACTS, ANSWERS, COMPLETE} <= set(figures.index):
        return False
    told, counts = chapter.study.cited, {}
    for fact, figure in (("contacts", CONTACTS), ("reponses", ANSWERS), ("completes", COMPLETE)):
        counts[fact] = int(figures.at[figure, "valeur"])
        chapter.quote(
            fact, counts[fact], "", figures.at[figure, "libelle"], year=2025,
            source=told,
            certainty="effectif publié, non vérifié ici",
        )  # fmt: skip

    def rate(fact: str, value: float, label: str) -> None:
        chapter.quote(
            fact, round(value, 1), "%", label, year=2025, decimals=1,
            source=told, certainty="calculé sur des effectifs publiés",
        )  # fmt: skip

    _rates(counts, rate)
    return True


def state_response(chapter: Chapter, survey: Survey, year: int) -> None:
    """State the counts and rates of response read in the files."""
    stages = survey.flow.drop_duplicates("etape", keep="last").set_index("etape")["effectif"]
    counts = {
        "contacts": int(stages["contacts fournis"]),
        "eligibles": int(stages["structures éligibles"]),
        "reponses": len(survey.progress),
        "completes": int(survey.progress["complete"].sum()),
    }
    labels = {
        "contacts": "Contacts fournis",
        "eligibles": "Structures éligibles",
        "reponses": "Réponses",
        "completes": "Réponses complètes",
    }
    for fact, value in counts.items():
        chapter.count_shown(
            fact, value, "", labels[fact], year=year, source=SOURCE, certainty=EXACT
        )

    def rate(fact: str, value: float, label: str) -> None:
        chapter.count_shown(
            fact, value, "%", label, year=year, source=SOURCE, decimals=1, certainty=EXACT
        )

    _rates(counts, rate)
    for fact, value, label in (
        ("marge_sans", half_width(counts["completes"]), "Demi-largeur, sans correction"),
        (
            "marge_avec",
            half_width(counts["completes"], counts["eligibles"]),
            "Demi-largeur, avec correction de population finie",
        ),
    ):
        chapter.count_shown(
            fact, 100 * value, "points", label, year=year, source=SOURCE, decimals=1,
            certainty="énoncé de modèle : comme si les répondantes avaient été tirées au hasard",
        )  # fmt: skip
    low, high = random_response(0.5, counts["completes"] / counts["eligibles"])
    chapter.count_shown(
        "doute_sans_hypothese", 100 * (high - low) / 2, "points",
        "Demi-largeur, sans aucune hypothèse",
        year=year, source=SOURCE, certainty=EXACT,
    )  # fmt: skip


def state_most_unlike(
    chapter: Chapter, compared: pd.DataFrame, year: int, shown: SurveyShown
) -> None:
    """State which kind of structure is the most under-represented, of those that may be shown.

    Nothing is when everybody answered; a kind that the frame does not give is no kind.
    """
    gap = (compared["repondants"] - compared["base"])[
        [
            kind != UNFILLED and kind not in shown.kinds(variable)
            for variable, kind in compared.index
        ]
    ]
    if not (gap < 0).any():
        return
    variable, kind = gap.idxmin()
    words = f"{FRAME_LABELS[variable].lower()} « {KINDS.get(kind, kind)} »"
    base, seen = compared.loc[(variable, kind), ["base", "repondants"]]
    for fact, value, unit in (
        ("sous_representee", words, ""),
        ("sous_base", 100 * base, "%"),
        ("sous_repondantes", 100 * seen, "%"),
    ):
        chapter.count_shown(
            fact, value, unit, "Sous-représentation la plus forte", year=year, source=SOURCE,
            certainty=EXACT,
        )  # fmt: skip


def response_sentences(facts: Facts) -> list[str]:
    """Return what to retain of who answered, with facts in braces: only what was stated."""
    said = []
    if "sous_representee" in facts:
        said.append(
            "Les plus sous-représentées : {sous_representee}, {sous_base} de la base et "
            "{sous_repondantes} des répondantes."
        )
    said.append(
        "Si les répondantes avaient été tirées au hasard, une part serait connue à {marge_avec} "
        "près. Rien ne le garantit : sans cette hypothèse, elle ne serait connue qu'à "
        "{doute_sans_hypothese} près."
    )
    return said


def unlike_reading(facts: Facts) -> str:
    """Return how to read the comparison with the frame: the kind that answered least."""
    if "sous_representee" not in facts:
        return "aucune catégorie n'a assez de réponses pour être montrée"
    return "{sous_representee} : {sous_base} de la base, {sous_repondantes} des répondantes"


def _rates(counts: dict[str, int], state: Callable[[str, float, str], None]) -> None:
    """State the three rates of the study (METHODS 5.2), and how many did not answer."""
    state("taux_complet", 100 * counts["completes"] / counts["contacts"], "Complètes / contacts")
    state("taux_reponse", 100 * counts["reponses"] / counts["contacts"], "Réponses / contacts")
    state("taux_achevement", 100 * counts["completes"] / counts["reponses"], "Complètes / réponses")
