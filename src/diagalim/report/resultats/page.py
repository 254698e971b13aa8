"""What did the structures answer, theme by theme, of what may be shown?

What may be shown is decided once, for all the pages on the survey (`diagalim.chapter.survey`): a
hidden count has no share, no interval, and cannot be worked out from what is shown here or
elsewhere. Where a base is rounded, shares are those of the rounded base: a share of the true one
would give it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.disclosure.suppression import THRESHOLD
from diagalim.analysis.survey.shares import hidden_answers, share_shown
from diagalim.analysis.survey.shown import BASE, SPARED, SurveyShown
from diagalim.analysis.survey.system import shown_alone
from diagalim.analysis.survey.tabulation import SEVERAL, SINGLE, Tabulated
from diagalim.chapter.facts import literal
from diagalim.chapter.survey import HeldSurvey, closed
from diagalim.chapter.tables import HIDDEN
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

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


def answers(table: Tabulated, population: int, shown: SurveyShown | None = None) -> pd.DataFrame:
    """Return the answers to an item: number, share, interval; hidden ones say so.

    Parameters
    ----------
    table : Tabulated
        Counts of one item.
    population : int
        Structures of the frame, for the finite population correction.
    shown : SurveyShown, optional
        What may be shown of the whole survey; of this table alone by default.

    Returns
    -------
    DataFrame
        ``structures``, ``part`` (percent) and ``intervalle`` (text), by answer.
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
        rows[answer] = [HIDDEN if answer in hidden else count, "hors base", "–"]
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["structures", "part", "intervalle"]
    )


def _line(count: int, table: Tabulated, shown: SurveyShown, population: int) -> list[object]:
    found = share_shown(int(count), table, shown, population)
    if found is None:
        return [count, *([HIDDEN] * 2 if table.base else ["–"] * 2)]
    ends = f"{french.number(100 * found.low)} à {french.with_unit(100 * found.high, '%')}"
    return [count, 100 * found.value, ends]


def show_themes(chapter: Chapter, held: HeldSurvey) -> None:
    """Show the tables of every theme, under its title."""
    for name in dict.fromkeys(held.codebook.items["theme"]):
        if asked := closed(held.codebook, name):
            chapter.title(THEMES.get(name, name.capitalize()))
            show_theme(chapter, held, asked)


def show_theme(chapter: Chapter, held: HeldSurvey, items: Iterable[str]) -> None:
    """Show a table for each closed item of a theme, with its base, then one foot for the theme."""
    told = last = ""
    for item in items:
        table = held.tabulated(item)
        if hidden_answers(table, held.shown) is None:
            chapter.say(f"{literal(table.label)} : tableau non montré, trop peu de réponses.")
            continue
        counted = answers(table, held.population, held.shown)
        chapter.show("reponses", counted, caption=literal(caption_of(table, held.shown)))
        told = told or _read_aloud(table, counted, held.shown)
        last = literal(f"« {table.label} » : {_base_text(table, held.shown)}")
    if last:
        chapter.foot_of("theme", reading=told or last)


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


def _read_aloud(table: Tabulated, counted: pd.DataFrame, shown: SurveyShown) -> str:
    """Return the answer given most, as one sentence; nothing when it or its base is hidden."""
    base, rounded = shown.base((BASE, table.item))
    most = table.counts.idxmax() if table.base else None
    if most is None or base is None or counted.at[most, "structures"] == HIDDEN:
        return ""
    about, given = "environ " if rounded else "", french.number(counted.at[most, "structures"])
    said = f"sur {about}{french.number(base)} structures, {given} répondent "
    return literal(f"{said}« {most} » à « {table.label} »")
