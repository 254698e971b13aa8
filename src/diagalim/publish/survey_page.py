"""The chapter « Enquête »: what may be shown of the answers, with its base and its interval.

Every table passes disclosure control here, before any text is made of it: a hidden count has no
share, no interval, and cannot be worked out from what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from diagalim.publish import french, theme
from diagalim.publish.disclosure import line_relations, protect, protect_table
from diagalim.publish.disclosure.relations import TOTAL
from diagalim.publish.disclosure.suppression import THRESHOLD
from diagalim.survey.estimation import Share, share
from diagalim.survey.tabulation import (
    SEVERAL,
    SINGLE,
    Tabulated,
    spread,
    tabulate_several,
    tabulate_single,
)

if TYPE_CHECKING:
    from diagalim.publish.chapter import Chapter
    from diagalim.sources.collected.codebook import Codebook
    from diagalim.sources.collected.survey import Survey

HIDDEN = "masqué"
LEAST_SPREAD = 20
"""Structures under which no quartile is given: four groups of five."""


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


def hidden_answers(table: Tabulated, threshold: int = THRESHOLD) -> set[str] | None:
    """Return the answers whose count may not be shown, or None when the base may not be either.

    An item with one answer is one sum with its total. A box to tick is a sum of its own: those who
    ticked it and those who did not; a box that nearly all ticked shows the few who did not.
    """
    if table.kind == SINGLE:
        counts = table.counts.to_dict() | table.outside.to_dict()
        hidden = {answer for _, answer in protect(line_relations(counts), threshold).hidden}
        return None if TOTAL in hidden else hidden
    if 0 < table.base < threshold:
        return None
    # a box hidden with its complement leaves the base in sight: one of the two is enough to hide
    return {
        answer
        for answer, count in table.counts.items()
        if 0 < count < threshold or 0 < table.base - count < threshold
    }


def answers_text(table: Tabulated, population: int, threshold: int = THRESHOLD) -> pd.DataFrame:
    """Return the answers to an item as text: number, share, interval; hidden ones say so.

    Parameters
    ----------
    table : Tabulated
        Counts of one item.
    population : int
        Structures of the frame, for the finite population correction.
    threshold : int
        Fewest structures of a shown count.
    """
    hidden = hidden_answers(table, threshold)
    if hidden is None:
        hidden = set(table.counts.index) | set(table.outside.index)
    rows = {}
    for answer, count in table.counts.items():
        if answer in hidden:
            rows[answer] = [HIDDEN, HIDDEN, HIDDEN]
            continue
        found = share(int(count), table.base, population) if table.base else None
        rows[answer] = [french.number(count), *_share_text(found)]
    for answer, count in table.outside.items():
        rows[answer] = [HIDDEN if answer in hidden else french.number(count), "hors base", "–"]
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["Structures", "Part", "Intervalle à 95 %"]
    )


def _share_text(found: Share | None) -> tuple[str, str]:
    if found is None:
        return "–", "–"
    ends = f"{french.number(100 * found.low)} à {french.with_unit(100 * found.high, '%')}"
    return french.with_unit(100 * found.value, "%"), ends


def show_theme(
    chapter: Chapter, survey: Survey, codebook: Codebook, theme_name: str, population: int
) -> None:
    """Show a table for each closed item of a theme, with its base."""
    for item in questions(codebook, theme_name):
        table = tabulated(survey, codebook, item)
        if hidden_answers(table) is None:
            chapter.say(f"{table.label} : tableau non montré, trop peu de réponses.")
            continue
        spared = (
            f" ; question non posée à {french.plural(table.not_shown, 'structure')}"
            if table.not_shown >= THRESHOLD
            else ""
        )
        several = " ; plusieurs réponses possibles" if table.kind == SEVERAL else ""
        chapter.show_table(
            answers_text(table, population),
            f"{table.label} (n = {french.number(table.base)}{several}{spared})",
            index_label="Réponse",
        )


def flow_text(flow: pd.DataFrame) -> pd.DataFrame:
    """Return the stages from contacts to complete answers."""
    return pd.DataFrame(
        {
            "Effectif": flow["effectif"].map(french.number).to_numpy(),
            "Ce qui est retiré": flow["raison"].replace("", "–").map(french.spaced).to_numpy(),
        },
        index=flow["etape"].str.capitalize(),
    )


def compared_text(
    table: pd.DataFrame, counts: pd.Series, labels: dict[str, str], threshold: int = THRESHOLD
) -> pd.DataFrame:
    """Return the frame beside those who answered; a kind with too few answers is hidden.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.survey.response.compare_with_frame`.
    counts : Series of int
        Answers of each (variable, category), same index.
    labels : dict of str to str
        French names of the variables.
    """
    rows, names = [], []
    for variable, inside in table.groupby(level=0, sort=False):
        here = counts.loc[variable]
        hidden = protect(line_relations(here.to_dict()), threshold).hidden
        for kind, row in inside.droplevel(0).iterrows():
            seen = ("", kind) not in hidden
            gap = 100 * (row["repondants"] - row["base"])
            rows.append(
                [
                    french.with_unit(100 * row["base"], "%"),
                    french.with_unit(100 * row["repondants"], "%") if seen else HIDDEN,
                    french.with_unit(gap, "points", sign=True) if seen else HIDDEN,
                    french.number(row["v"], 2),
                ]
            )
            names.append(f"{labels[variable]} · {KINDS.get(kind, kind)}")
    columns = ["Toutes les structures", "Répondantes", "Différence", "V de Cramér"]
    return pd.DataFrame(rows, index=names, columns=columns)


def crossed_text(table: pd.DataFrame, threshold: int = THRESHOLD) -> pd.DataFrame:
    """Return a crossed table of counts with its totals, hidden cells saying so."""
    shown = protect_table(table, threshold)
    return shown.map(lambda count: HIDDEN if pd.isna(count) else french.number(int(count)))


def spread_text(survey: Survey, codebook: Codebook, items: Iterable[str]) -> pd.DataFrame:
    """Return the quartiles of quantities: no extreme, which would show one structure."""
    rows = {}
    for item in items:
        found = spread(survey.answers[item])
        unit = codebook.items.at[item, "unite"]
        unit = "" if pd.isna(unit) else str(unit)
        enough = found["n"] >= LEAST_SPREAD
        ends = [french.with_unit(found[q], unit) if enough else HIDDEN for q in found.index[1:]]
        rows[codebook.items.at[item, "label"]] = [french.number(found["n"]), *ends]
    columns = ["Structures", "Un quart est sous", "Médiane", "Un quart est au-dessus de"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def agreement_figure(survey: Survey, codebook: Codebook, items: list[str]) -> Figure:
    """Draw the items of agreement as bars around the neutral answer, largest agreement on top.

    An item that disclosure control touches is left out of the drawing; its table says it.
    """
    drawn = []
    for item in items:
        table = tabulated(survey, codebook, item)
        if hidden_answers(table) == set() and table.base:
            drawn.append((table.label, 100 * table.counts.to_numpy() / table.base, table))
    drawn.sort(key=lambda row: row[1][3] + row[1][4])
    figure, axes = plt.subplots(figsize=(8, 0.62 * max(len(drawn), 1) + 1.2))
    colours = ["#8c510a", "#d8b365", "#d9d9d9", "#7fb8b0", "#01665e"]
    for line, (_, parts, table) in enumerate(drawn):
        left = -(parts[0] + parts[1] + parts[2] / 2)
        for part, colour, label in zip(parts, colours, table.counts.index, strict=True):
            axes.barh(line, part, left=left, color=colour, edgecolor="white", label=label)
            if part >= 9:
                ink = "white" if colour in (colours[0], colours[-1]) else theme.INK
                axes.text(left + part / 2, line, french.number(part), ha="center", va="center",
                          fontsize=9, color=ink)  # fmt: skip
            left += part
    axes.axvline(0, color=theme.LINE, lw=1)
    axes.set_yticks(
        range(len(drawn)), [french.spaced(row[0].split("[")[-1].rstrip("]")) for row in drawn]
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
    axes.set_ylim(-0.6, np.maximum(len(drawn), 1) - 0.4)
    return figure


FRAME_LABELS = {
    "taille": "Taille",
    "zone": "Zone",
    "type_structure": "Type",
    "reseau": "Réseau",
    "habilitation_type": "Habilitation",
}
"""French names of the variables of the frame."""
KINDS = {"ccas_cias": "CCAS ou CIAS", "epicerie": "épicerie", "centre_social": "centre social"}
"""Codes of the frame that are no words."""
AGREEMENT = "accord"
"""List of answers of the items drawn as agreement."""


def sentence_case(words: str) -> str:
    """Return words with a capital first, the others as they are (an acronym stays one)."""
    return words[:1].upper() + words[1:]


def answered_in(frame: pd.DataFrame, survey: Survey) -> pd.Series:
    """Tell which structures of the frame, indexed by token, gave a complete answer."""
    tokens = survey.contacts.loc[survey.progress["complete"], "jeton"]
    return frame.index.to_series().isin(tokens)


def kind_counts(frame: pd.DataFrame, answered: pd.Series, variables: list[str]) -> pd.Series:
    """Return how many structures of each kind answered, indexed by (variable, category)."""
    counts = {
        variable: answered.groupby(frame[variable]).sum().astype(int) for variable in variables
    }
    return pd.concat(counts)


def pages_text(stops: pd.Series) -> pd.DataFrame:
    """Return how many structures stopped at each page, small counts hidden."""
    hidden = {page for _, page in protect(line_relations(stops.to_dict())).hidden}
    rows = [HIDDEN if page in hidden else french.number(count) for page, count in stops.items()]
    return pd.DataFrame({"Réponses partielles": rows}, index=stops.index.astype(str))


def show_themes(chapter: Chapter, survey: Survey, codebook: Codebook, population: int) -> None:
    """Show the tables of every theme, under its title."""
    for name in dict.fromkeys(codebook.items["theme"]):
        if questions(codebook, name):
            chapter.title(THEMES.get(name, name.capitalize()))
            show_theme(chapter, survey, codebook, name, population)


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


def agreements(codebook: Codebook) -> list[str]:
    """Return the items answered on the scale of agreement."""
    return [item for item in codebook.substantive() if codebook.choice_list(item) == AGREEMENT]


def crossed(
    survey: Survey, frame: pd.DataFrame, item: str, variable: str, codebook: Codebook
) -> pd.DataFrame:
    """Count an item by a variable of the frame: counts only, nothing of one structure.

    Parameters
    ----------
    frame : DataFrame
        Indexed by token.
    """
    choices = codebook.choices[codebook.choice_list(item)]
    kind = survey.contacts["jeton"].map(frame[variable])
    table = pd.crosstab(kind, survey.answers[item].map(choices))
    return table.rename(index=lambda name: sentence_case(KINDS.get(name, str(name))))
