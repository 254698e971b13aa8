"""The chapter « Enquête »: with which statements do the structures agree, and by how much?

A statement of which two answers of one side are hidden is drawn and told by their sum; one that
disclosure control touches otherwise is neither: its own table says so.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from diagalim.analysis.survey.estimation import net_score
from diagalim.analysis.survey.shown import BASE, SurveyShown
from diagalim.analysis.survey.tabulation import Tabulated
from diagalim.chapter import theme
from diagalim.chapter.survey_words import SOURCE
from diagalim.report.resultats.page import tabulated
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.collected.survey.answers import Survey
    from diagalim.collected.survey.codebook import Codebook

AGREEMENT = "accord"
"""List of answers of the items drawn as agreement."""
ASKED_ALONE = "Êtes-vous d'accord"
"""Beginning of the question that adds nothing to its statements."""
SCALE = 5
"""Answers of that list that are a degree of agreement, from the most negative."""
TOGETHER = ([True, True, False, False, False], [False, False, False, True, True])
"""Hidden answers of one side, whose sum may be drawn."""
JOINED = "Deux réponses masquées, réunies"


def agreements(codebook: Codebook) -> list[str]:
    """Return the items answered on the scale of agreement."""
    return [item for item in codebook.substantive() if codebook.choice_list(item) == AGREEMENT]


def statement(label: str) -> str:
    """Return the statement of an item: what stands in brackets, after its question if it asks more.

    « Êtes-vous d'accord ? [L'équipe s'épuise] » is a statement alone; « Il faudrait mettre en
    commun… [Du transport] » is one only with its beginning.
    """
    asked, _, said = label.rpartition("[")
    said = said.rstrip("]")
    beginning = asked.strip().rstrip("…?\u202f\u00a0 ")
    if not beginning or beginning.startswith(ASKED_ALONE):
        return french.spaced(said)
    return french.spaced(f"{beginning} : {said[:1].lower()}{said[1:]}")


def drawn_parts(table: Tabulated, shown: SurveyShown) -> list[float] | None:
    """Return the share of each degree of agreement as it may be drawn, None when it may not.

    Two hidden answers of one side are drawn together: their sum is in the table. A share of a
    rounded base is that of the rounded base.
    """
    hidden = [answer in shown.answers(table.item) for answer in table.counts.index]
    base, rounded = shown.base((BASE, table.item))
    if not base or (any(hidden) and (rounded or hidden not in TOGETHER)):
        return None
    parts = [100 * count / base for count in table.counts]
    if any(hidden):
        first, second = np.flatnonzero(hidden)
        parts[second], parts[first] = parts[second] + parts[first], 0.0
    return parts


def balance(
    survey: Survey, codebook: Codebook, items: list[str], population: int, shown: SurveyShown
) -> pd.DataFrame:
    """Return, for each statement that may be shown, who agrees, who does not, and the difference.

    Parameters
    ----------
    population : int
        Structures of the frame, for the finite population correction.
    shown : SurveyShown
        What may be shown of the whole survey.

    Returns
    -------
    DataFrame
        Indexed by statement, the largest difference first: ``accord``, ``desaccord``, ``solde``,
        ``bas``, ``haut`` (points), ``n``.
    """
    rows = {}
    for item in items:
        table = tabulated(survey, codebook, item)
        parts, rounded = drawn_parts(table, shown), shown.base((BASE, item))[1]
        if parts is None or rounded:
            continue
        codes = list(codebook.choices[AGREEMENT])[:SCALE]
        inside = survey.answers[item][survey.answers[item].isin(codes)]
        found = net_score(inside, codes[:2], codes[3:], population)
        rows[statement(table.label)] = {
            "accord": parts[3] + parts[4],
            "desaccord": parts[0] + parts[1],
            "solde": 100 * found.value,
            "bas": 100 * found.low,
            "haut": 100 * found.high,
            "n": found.n,
        }
    balanced = pd.DataFrame.from_dict(
        rows, orient="index", columns=["accord", "desaccord", "solde", "bas", "haut", "n"]
    )
    return balanced.sort_values("solde", ascending=False)


def balance_text(balanced: pd.DataFrame) -> pd.DataFrame:
    """Return the table that stands beside the bars."""
    return pd.DataFrame(
        {
            "D'accord": [french.with_unit(value, "%") for value in balanced["accord"]],
            "Pas d'accord": [french.with_unit(value, "%") for value in balanced["desaccord"]],
            "Solde": [french.with_unit(v, "points", sign=True) for v in balanced["solde"]],
            "Intervalle à 95 %".replace(" %", f"{french.NO_BREAK}%"): [
                f"{french.number(low, sign=True)} à {french.number(high, sign=True)}"
                for low, high in zip(balanced["bas"], balanced["haut"], strict=True)
            ],
            "n": [french.number(n) for n in balanced["n"]],
        },
        index=balanced.index,
    )


def state_balance(chapter: Chapter, balanced: pd.DataFrame, year: int) -> None:
    """State the statement that gathers the most agreement, when any may be shown."""
    if balanced.empty:
        return
    first = balanced.iloc[0]
    said = f"{french.number(first['bas'], sign=True)} à {french.number(first['haut'], sign=True)}"
    for fact, value, unit in (
        ("affirmation_premiere", str(balanced.index[0]), ""),
        ("affirmation_accord", first["accord"], "%"),
        ("affirmation_desaccord", first["desaccord"], "%"),
    ):
        chapter.count_shown(
            fact, value, unit, "Affirmation qui réunit le plus d'accord", year=year, source=SOURCE,
            certainty=f"solde de {said} points, si les répondantes avaient été tirées au hasard",
        )  # fmt: skip


def agreement_figure(
    survey: Survey, codebook: Codebook, items: list[str], shown: SurveyShown
) -> Figure:
    """Draw the items of agreement as bars around the neutral answer, in the order of `balance`.

    Two hidden answers of one side are one bar; an item that is hidden otherwise is left out, and
    its table says it.
    """
    drawn = []
    for item in items:
        table = tabulated(survey, codebook, item)
        parts = drawn_parts(table, shown)
        if parts is not None:
            drawn.append((table, parts, shown.answers(item)))
    drawn.sort(key=lambda row: row[1][3] + row[1][4] - row[1][0] - row[1][1])
    figure, axes = plt.subplots(figsize=(8, 0.62 * max(len(drawn), 1) + 1.2))
    colours = ["#8c510a", "#d8b365", "#d9d9d9", "#7fb8b0", "#01665e"]
    for line, (table, parts, hidden) in enumerate(drawn):
        left = -(parts[0] + parts[1] + parts[2] / 2)
        for part, colour, label in zip(parts, colours, table.counts.index, strict=True):
            if label in hidden and not part:
                continue
            said, hatch = (JOINED, "//") if label in hidden else (label, None)
            axes.barh(
                line, part, left=left, color=colour, edgecolor="white", label=said, hatch=hatch
            )
            if part >= 9:
                ink = "white" if colour in (colours[0], colours[-1]) else theme.INK
                axes.text(left + part / 2, line, french.number(part), ha="center", va="center",
                          fontsize=9, color=ink)  # fmt: skip
            left += part
    axes.axvline(0, color=theme.LINE, lw=1)
    axes.set_yticks(
        range(len(drawn)), [textwrap.fill(statement(row[0].label), 36) for row in drawn]
    )
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(False)
    handles, labels = axes.get_legend_handles_labels()
    first = dict(zip(labels, handles, strict=False))
    axes.legend(
        [first[name] for name in first], list(first), ncols=3, frameon=False, fontsize=9,
        loc="upper center", bbox_to_anchor=(0.5, -0.02),
    )  # fmt: skip
    axes.set_ylim(-0.6, max(len(drawn), 1) - 0.4)
    return figure
