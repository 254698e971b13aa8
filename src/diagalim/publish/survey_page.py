"""The chapter « Enquête »: what may be shown of the answers, with its base and its interval.

Every table passes disclosure control here, before any text is made of it: a hidden count has no
share, no interval, and cannot be worked out from what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.publish import french
from diagalim.publish.disclosure import line_relations, protect, protect_table
from diagalim.publish.disclosure.relations import TOTAL
from diagalim.publish.disclosure.suppression import THRESHOLD
from diagalim.publish.facts import literal
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
SOURCE = "questionnaire aux structures de l'aide alimentaire"
LEAST_SPREAD = 20
"""Structures under which no quartile is given: four groups of five."""
KINDS = {
    "ccas_cias": "CCAS ou CIAS",
    "epicerie": "épicerie",
    "centre_social": "centre social",
    "intermediaire": "intermédiaire",
}
"""Codes of the frame that are no words."""
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


def show_themes(chapter: Chapter, survey: Survey, codebook: Codebook, population: int) -> None:
    """Show the tables of every theme, under its title."""
    for name in dict.fromkeys(codebook.items["theme"]):
        if questions(codebook, name):
            chapter.title(THEMES.get(name, name.capitalize()))
            show_theme(chapter, survey, codebook, name, population)


def show_theme(
    chapter: Chapter, survey: Survey, codebook: Codebook, theme_name: str, population: int
) -> None:
    """Show a table for each closed item of a theme, with its base, then one foot for the theme."""
    told, last = "", ""
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
        told = told or _read_aloud(table)
        last = literal(f"{french.number(table.base)} structures ont répondu à « {table.label} »")
    if last:
        chapter.foot_collected(
            reading=told or last,
            scope="structures à qui la question a été posée et qui y ont répondu (n)",
            source=SOURCE,
            certainty="intervalle donné ligne à ligne, comme si les répondantes avaient été tirées "
            "au hasard ; la non-réponse n'est pas corrigée",
        )


def _read_aloud(table: Tabulated) -> str:
    """Return the answer given most, as one sentence; nothing when it is hidden."""
    most = table.counts.idxmax() if table.base else None
    if most is None or most in (hidden_answers(table) or ()):
        return ""
    count, base = french.number(table.counts[most]), french.number(table.base)
    said = f"sur {base} structures, {count} répondent « {most} » à « {table.label} »"
    return literal(said)


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


def crossed_text(table: pd.DataFrame, threshold: int = THRESHOLD) -> pd.DataFrame:
    """Return a crossed table of counts with its totals, hidden cells saying so."""
    shown = protect_table(table, threshold)
    return shown.map(lambda count: HIDDEN if pd.isna(count) else french.number(int(count)))


def crossed_reading(table: pd.DataFrame, answer: str, words: str) -> str:
    """Return how to read a crossed table of counts: its total for one answer.

    Parameters
    ----------
    table : DataFrame of int
        From `crossed`, without totals.
    answer : str
        Label of the column read.
    words : str
        What those who gave it say, verb first.
    """
    shown = crossed_text(table).loc[TOTAL]
    if HIDDEN in (shown[answer], shown[TOTAL]):
        return "le tableau repose sur trop peu de structures pour être lu"
    return f"sur {shown[TOTAL]} structures, {shown[answer]} {words}"


def quantities(codebook: Codebook) -> list[str]:
    """Return the items that ask how much or how many; a year is neither."""
    asked = codebook.items.loc[codebook.substantive()]
    numbers = asked["type"].isin(["integer", "decimal"]) & asked["unite"].notna()
    return list(asked.index[numbers & (asked["unite"] != "année")])


def spread_text(survey: Survey, codebook: Codebook, items: Iterable[str]) -> pd.DataFrame:
    """Return the middle and the quartiles of quantities.

    No extreme is given: it would show one structure. A quantity that few structures give is
    hidden.
    """
    rows = {}
    for item in items:
        found = spread(survey.answers[item])
        asked = codebook.items.loc[item]
        decimals = 1 if asked["type"] == "decimal" else 0
        ends = [HIDDEN] * 3
        if found["n"] >= LEAST_SPREAD:
            middle = french.with_unit(found["mediane"], str(asked["unite"]), decimals)
            ends = [middle, *(french.number(found[end], decimals) for end in ("q1", "q3"))]
        rows[french.spaced(asked["label"])] = [*ends, french.number(found["n"])]
    columns = [
        "Au milieu (médiane)",
        "Un quart est sous",
        "Un quart est au-dessus de",
        "Structures",
    ]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def spread_reading(survey: Survey, codebook: Codebook, items: Iterable[str]) -> str:
    """Return how to read the table of quantities: the first that is shown."""
    shown = spread_text(survey, codebook, items).iloc[:, 0]
    known = shown[shown != HIDDEN]
    if known.empty:
        return "aucune quantité n'est donnée par assez de structures pour être montrée"
    said = f"« {known.index[0]} » : la structure du milieu répond {known.iloc[0]}"
    return said.replace("{", "{{").replace("}", "}}")


def sentence_case(words: str) -> str:
    """Return words with a capital first, the others as they are (an acronym stays one)."""
    return words[:1].upper() + words[1:]
