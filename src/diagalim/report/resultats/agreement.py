"""With which statements do the structures agree, and by how much?

A statement of which two answers of one side are hidden is drawn and told by their sum; one that
disclosure control touches otherwise is neither: its own table says so.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagalim.analysis.survey.agreement import degrees
from diagalim.analysis.survey.shown import SurveyShown
from diagalim.analysis.survey.tabulation import Tabulated
from diagalim.chapter import theme
from diagalim.chapter.survey import HeldSurvey, closed
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.collected.survey.codebook import Codebook

AGREEMENT = "accord"
"""List of answers of the items drawn as agreement."""
ASKED_ALONE = "Êtes-vous d'accord"
"""Beginning of the question that adds nothing to its statements."""
JOINED = "Deux réponses masquées, réunies"
COLOURS = ["#8c510a", "#d8b365", "#d9d9d9", "#7fb8b0", "#01665e"]
"""From the most negative answer to the most positive."""
LEAST_WRITTEN = 9
"""Share, in percent, under which a bar is too narrow for its number."""


def agreements(held: HeldSurvey) -> list[Tabulated]:
    """Return the answers to the items answered on the scale of agreement."""
    asked = [i for i in closed(held.codebook) if held.codebook.choice_list(i) == AGREEMENT]
    return [held.tabulated(item) for item in asked]


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


def balance_table(balanced: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the balance of `diagalim.analysis.survey.agreement.balance` by statement.

    Returns
    -------
    DataFrame
        ``accord``, ``desaccord`` (percent), ``solde`` (points), ``intervalle`` (text), ``n``.
    """
    ends = balanced[["bas", "haut"]].map(lambda end: french.number(end, sign=True))
    named = balanced.rename(index=lambda item: statement(codebook.items.at[item, "label"]))
    named["intervalle"] = (ends["bas"] + " à " + ends["haut"]).to_numpy()
    return named[["accord", "desaccord", "solde", "intervalle", "n"]]


def agreement_figure(tables: Iterable[Tabulated], shown: SurveyShown) -> Figure:
    """Draw the items of agreement as bars around the neutral answer, in the order of their balance.

    Two hidden answers of one side are one bar; an item that is hidden otherwise is left out, and
    its table says it.
    """
    rows = [(table, degrees(table, shown)) for table in tables]
    drawn = [(table, parts) for table, parts in rows if parts is not None]
    drawn.sort(key=lambda row: row[1][3] + row[1][4] - row[1][0] - row[1][1])
    figure, axes = plt.subplots(figsize=(8, 0.62 * max(len(drawn), 1) + 1.2))
    for line, (table, parts) in enumerate(drawn):
        _draw_bars(axes, line, table, parts, shown.answers(table.item))
    _dress(axes, [textwrap.fill(statement(table.label), 36) for table, _ in drawn])
    return figure


def _draw_bars(
    axes: Axes, line: int, table: Tabulated, parts: list[float], hidden: set[str]
) -> None:
    """Draw the shares of one statement, end to end."""
    left = -(parts[0] + parts[1] + parts[2] / 2)
    for part, colour, label in zip(parts, COLOURS, table.counts.index, strict=True):
        if label in hidden and not part:
            continue
        said, hatch = (JOINED, "//") if label in hidden else (label, None)
        axes.barh(line, part, left=left, color=colour, edgecolor="white", label=said, hatch=hatch)
        if part >= LEAST_WRITTEN:
            ink = "white" if colour in (COLOURS[0], COLOURS[-1]) else theme.INK
            axes.text(left + part / 2, line, french.number(part), ha="center", va="center",
                      fontsize=9, color=ink)  # fmt: skip
        left += part


def _dress(axes: Axes, statements: list[str]) -> None:
    """Name the lines and the colours, and take away what says nothing."""
    axes.axvline(0, color=theme.LINE, lw=1)
    axes.set_yticks(range(len(statements)), statements)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(False)
    handles, labels = axes.get_legend_handles_labels()
    first = dict(zip(labels, handles, strict=False))
    axes.legend(
        [first[name] for name in first], list(first), ncols=3, frameon=False, fontsize=9,
        loc="upper center", bbox_to_anchor=(0.5, -0.02),
    )  # fmt: skip
    axes.set_ylim(-0.6, max(len(statements), 1) - 0.4)
