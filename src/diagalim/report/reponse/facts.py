"""Which figures say who answered the survey, counted here or quoted from the study?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.survey.estimation import half_width, random_response
from diagalim.analysis.survey.response import UNFILLED
from diagalim.chapter.survey_words import KINDS
from diagalim.report.reponse.tables import FRAME_LABELS

if TYPE_CHECKING:
    from diagalim.analysis.survey.shown import SurveyShown
    from diagalim.chapter.chapter import Chapter
    from diagalim.chapter.survey import HeldSurvey
    from diagalim.collected.survey.answers import Survey

PUBLISHED = {"contacts": "S0-066", "reponses": "S0-067", "completes": "S0-068"}
"""Figures of the registry: contacts, answers and complete answers of the study."""
RATES = {
    "taux_complet": "Complètes / contacts",
    "taux_reponse": "Réponses / contacts",
    "taux_achevement": "Complètes / réponses",
}
YEAR_OF_STUDY = 2025


def state_response(
    chapter: Chapter,
    held: HeldSurvey | None,
    compared: pd.DataFrame | None,
    figures: pd.DataFrame,
    year: int,
) -> None:
    """State who answered: as counted in the files, else as the study publishes it, or nothing.

    Parameters
    ----------
    compared : DataFrame, optional
        From `diagalim.analysis.survey.response.compare_with_frame`, of a survey at hand.
    figures : DataFrame
        Registered figures, indexed by id.
    year : int
        Year of the survey.
    """
    if held is not None:
        chapter.state({"annee_enquete": str(year)})
        chapter.state(of_response(held.survey) | most_unlike(compared, held.shown))
    elif state_published(chapter, figures):
        chapter.state({"annee_enquete": str(year)})


def of_response(survey: Survey) -> dict[str, float]:
    """Return the counts and rates of response read in the files, and the doubt that they leave."""
    stages = survey.flow.drop_duplicates("etape", keep="last").set_index("etape")["effectif"]
    counts = {
        "contacts": int(stages["contacts fournis"]),
        "eligibles": int(stages["structures éligibles"]),
        "reponses": len(survey.progress),
        "completes": int(survey.progress["complete"].sum()),
    }
    answered, asked = counts["completes"], counts["eligibles"]
    low, high = random_response(0.5, answered / asked)
    doubt = {
        "marge_sans": 100 * half_width(answered),
        "marge_avec": 100 * half_width(answered, asked),
        "doute_sans_hypothese": 100 * (high - low) / 2,
    }
    return counts | rates(counts) | doubt


def rates(counts: dict[str, int]) -> dict[str, float]:
    """Return the three rates of the study (METHODS 5.2), in percent."""
    contacts, answers, complete = (counts[name] for name in PUBLISHED)
    shares = (complete / contacts, answers / contacts, complete / answers)
    return {name: 100 * share for name, share in zip(RATES, shares, strict=True)}


def most_unlike(compared: pd.DataFrame, shown: SurveyShown) -> dict[str, float | str]:
    """Return which kind of structure is the most under-represented, of those that may be shown.

    None is when everybody answered; a kind that the frame does not give is no kind.
    """
    gap = (compared["repondants"] - compared["base"])[
        [
            kind != UNFILLED and kind not in shown.kinds(variable)
            for variable, kind in compared.index
        ]
    ]
    if not (gap < 0).any():
        return {}
    variable, kind = gap.idxmin()
    base, seen = 100 * compared.loc[(variable, kind), ["base", "repondants"]]
    words = f"{FRAME_LABELS[variable].lower()} « {KINDS.get(kind, kind)} »"
    return {"sous_representee": words, "sous_base": base, "sous_repondantes": seen}


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
    if chapter.study is None or not set(PUBLISHED.values()) <= set(figures.index):
        return False
    told = {"year": YEAR_OF_STUDY, "source": chapter.study.cited}
    counts = {fact: int(figures.at[figure, "valeur"]) for fact, figure in PUBLISHED.items()}
    for fact, figure in PUBLISHED.items():
        label, certainty = figures.at[figure, "libelle"], "effectif publié, non vérifié ici"
        chapter.quote(fact, counts[fact], "", label, certainty=certainty, **told)
    for fact, rate in rates(counts).items():
        certainty = "calculé sur des effectifs publiés"
        chapter.quote(
            fact, round(rate, 1), "%", RATES[fact], decimals=1, certainty=certainty, **told
        )
    return True
