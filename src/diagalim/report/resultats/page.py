"""The chapter « Enquête »: what may be shown of the answers, with its base and its interval.

What may be shown is decided once, for the whole chapter (`diagalim.report.resultats.system`): a
hidden count has no share, no interval, and cannot be worked out from what is shown here or
elsewhere. Where a base is rounded, shares are those of the rounded base: a share of the true one
would give it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.disclosure.suppression import THRESHOLD
from diagalim.analysis.survey.estimation import Share, share
from diagalim.analysis.survey.shown import BASE, SPARED, SurveyShown
from diagalim.analysis.survey.tabulation import (
    SEVERAL,
    SINGLE,
    Tabulated,
    tabulate_several,
    tabulate_single,
)
from diagalim.chapter.facts import literal
from diagalim.chapter.survey_words import SOURCE
from diagalim.chapter.tables import HIDDEN
from diagalim.report.resultats.system import LEAST_ROUNDED, shown_alone
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.collected.survey.answers import Survey
    from diagalim.collected.survey.codebook import Codebook

TOGETHER = "Réponses masquées, ensemble"
"""Line that gives the sum of hidden answers: a reader would find it, better to say it."""
THEMES = {
    "structure": "Les structures",
    "aides": "Les aides proposées",
    "ouverture": "Ouverture et fermeture",
    "approvisionnement": "L'approvisionnement",
    "logistique": "Stockage et transport",
    "equipe": "Les bénévoles",
    "publics": "Les publics et la demande",
    "financement": "Le financement",
    "cooperation": "Coopérer et mettre en commun",
}
"""Titles of the themes of the questionnaire."""


def questions(codebook: Codebook, theme_name: str) -> list[str]:
    """Return the closed items of a theme, in the order of the questionnaire."""
    return [
        item
        for item in codebook.substantive()
        if codebook.items.at[item, "theme"] == theme_name and codebook.choice_list(item)
    ]


def tabulated(survey: Survey, codebook: Codebook, item: str) -> Tabulated:
    """Count the answers to a closed item."""
    label = codebook.items.at[item, "label"]
    choices = codebook.choices[codebook.choice_list(item)]
    shown = survey.states[item] != "non montré"
    if codebook.is_multiple(item):
        boxes = survey.answers[codebook.columns_of(item)].notna()
        boxes.columns = list(choices)
        reached = shown & (survey.states[item] != "non atteint")
        return tabulate_several(item, label, boxes, choices, reached, int((~shown).sum()))
    return tabulate_single(item, label, survey.answers[item], choices, int((~shown).sum()))


def hidden_answers(table: Tabulated, shown: SurveyShown | None = None) -> set[str] | None:
    """Return the answers whose count may not be shown, or None when nothing is left to show.

    Parameters
    ----------
    table : Tabulated
        Counts of one item.
    shown : SurveyShown, optional
        What may be shown of the whole survey; of this table alone by default.
    """
    hidden = (shown or shown_alone(table)).answers(table.item)
    given = {answer for answer, count in table.counts.items() if count and answer not in hidden}
    return hidden if given or table.base >= THRESHOLD else None


def answers_text(
    table: Tabulated, population: int, shown: SurveyShown | None = None
) -> pd.DataFrame:
    """Return the answers to an item as text: number, share, interval; hidden ones say so.

    Parameters
    ----------
    table : Tabulated
        Counts of one item.
    population : int
        Structures of the frame, for the finite population correction.
    shown : SurveyShown, optional
        What may be shown of the whole survey; of this table alone by default.
    """
    shown = shown or shown_alone(table)
    hidden = hidden_answers(table, shown)
    if hidden is None:
        hidden = set(table.counts.index) | set(table.outside.index)
    inside = table.counts[[answer not in hidden for answer in table.counts.index]]
    rows = {answer: [HIDDEN] * 3 for answer in table.counts.index}
    rows |= {answer: _line(count, table, shown, population) for answer, count in inside.items()}
    apart, rounded = table.counts.drop(inside.index), shown.base((BASE, table.item))[1]
    told = table.kind == SINGLE and len(inside) and not rounded
    if told and len(apart) > 1 and not shown.hides((BASE, table.item)):
        rows[TOGETHER] = _line(int(apart.sum()), table, shown, population)
    for answer, count in table.outside.items():
        rows[answer] = [HIDDEN if answer in hidden else french.number(count), "hors base", "–"]
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["Structures", "Part", "Intervalle à 95 %"]
    )


def share_shown(count: int, table: Tabulated, shown: SurveyShown, population: int) -> Share | None:
    """Return a share as it may be shown: of the base, rounded or not; None when it may not."""
    base, rounded = shown.base((BASE, table.item))
    if not base or count > base or (rounded and base < LEAST_ROUNDED):
        return None
    return share(count, base, max(population, base))


def _line(count: int, table: Tabulated, shown: SurveyShown, population: int) -> list[str]:
    found = share_shown(int(count), table, shown, population)
    if found is None and table.base:
        return [french.number(count), HIDDEN, HIDDEN]
    return [french.number(count), *_share_text(found)]


def _share_text(found: Share | None) -> tuple[str, str]:
    if found is None:
        return "–", "–"
    ends = f"{french.number(100 * found.low)} à {french.with_unit(100 * found.high, '%')}"
    return french.with_unit(100 * found.value, "%"), ends


def show_themes(
    chapter: Chapter, survey: Survey, codebook: Codebook, population: int, shown: SurveyShown
) -> None:
    """Show the tables of every theme, under its title."""
    for name in dict.fromkeys(codebook.items["theme"]):
        if questions(codebook, name):
            chapter.title(THEMES.get(name, name.capitalize()))
            show_theme(chapter, survey, codebook, name, population, shown)


def show_theme(
    chapter: Chapter,
    survey: Survey,
    codebook: Codebook,
    theme_name: str,
    population: int,
    shown: SurveyShown,
) -> None:
    """Show a table for each closed item of a theme, with its base, then one foot for the theme."""
    told = last = ""
    for item in questions(codebook, theme_name):
        table = tabulated(survey, codebook, item)
        if hidden_answers(table, shown) is None:
            chapter.say(f"{table.label} : tableau non montré, trop peu de réponses.")
            continue
        text, caption = answers_text(table, population, shown), caption_of(table, shown)
        chapter.show_table(text, caption, index_label="Réponse")
        told = told or _read_aloud(table, text, shown)
        last = literal(f"« {table.label} » : {_base_text(table, shown)}")
    if last:
        chapter.foot_collected(
            reading=told or last,
            scope="structures à qui la question a été posée et qui y ont répondu (n)",
            source=SOURCE,
            certainty="intervalle donné ligne à ligne, comme si les répondantes avaient été tirées "
            "au hasard ; la non-réponse n'est pas corrigée",
        )


def caption_of(table: Tabulated, shown: SurveyShown) -> str:
    """Return the question with its base, and how many were spared it, as they may be shown."""
    parts = [_base_text(table, shown)]
    if table.kind == SEVERAL:
        parts.append("plusieurs réponses possibles")
    if table.not_shown >= THRESHOLD:
        spared, rounded = shown.base((SPARED, table.item))
        if spared:
            about = " environ" if rounded else ""
            parts.append(f"question non posée à {french.plural(spared, 'structure')}{about}")
        else:
            parts.append("question posée à une partie des structures")
    return f"{table.label} ({' ; '.join(parts)})"


def _base_text(table: Tabulated, shown: SurveyShown) -> str:
    base, rounded = shown.base((BASE, table.item))
    if base is None:
        return "n masqué"
    return f"n = {french.number(base)}" + (" ; nombre arrondi à la dizaine" if rounded else "")


def _read_aloud(table: Tabulated, text: pd.DataFrame, shown: SurveyShown) -> str:
    """Return the answer given most, as one sentence; nothing when it or its base is hidden."""
    base, rounded = shown.base((BASE, table.item))
    most = table.counts.idxmax() if table.base else None
    if most is None or base is None or text.at[most, "Structures"] == HIDDEN:
        return ""
    about = "environ " if rounded else ""
    said = f"sur {about}{french.number(base)} structures, {text.at[most, 'Structures']} répondent "
    return literal(f"{said}« {most} » à « {table.label} »")
