"""The chapter « Enquête »: what may be shown of it all, then its quantities and crossed tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.disclosure.relations import TOTAL
from diagalim.analysis.survey.shown import NUMBER, SurveyShown
from diagalim.analysis.survey.tabulation import spread
from diagalim.chapter.facts import literal
from diagalim.chapter.survey_words import KINDS
from diagalim.chapter.tables import HIDDEN
from diagalim.report.resultats.page import tabulated
from diagalim.report.resultats.system import survey_shown
from diagalim.wording import french
from diagalim.wording.french import sentence_case

if TYPE_CHECKING:
    from diagalim.collected.survey.answers import Survey
    from diagalim.collected.survey.codebook import Codebook

LEAST_SPREAD = 20
"""Structures under which no quartile is given: four groups of five."""


def shown_survey(
    survey: Survey,
    codebook: Codebook,
    *,
    crossed: dict[str, pd.DataFrame],
    rates: pd.DataFrame,
) -> SurveyShown:
    """Return what may be shown of the whole chapter: asked before anything is said or drawn.

    Parameters
    ----------
    crossed : dict of str to DataFrame of int
        From `crossed`, by item.
    rates : DataFrame
        From `diagalim.report.reponse.response.kind_rates`.
    """
    closed = [item for item in codebook.substantive() if codebook.choice_list(item)]
    tables = {item: tabulated(survey, codebook, item) for item in closed}
    asked = quantities(codebook)
    return survey_shown(survey, codebook, tables, asked, crossed=crossed, rates=rates)


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


def crossed_text(item: str, table: pd.DataFrame, shown: SurveyShown) -> pd.DataFrame:
    """Return a crossed table of counts with its totals, hidden cells saying so.

    Parameters
    ----------
    item : str
        The question crossed.
    table : DataFrame of int
        From `crossed`, without totals.
    shown : SurveyShown
        What may be shown of the whole survey.
    """
    whole = table.assign(**{TOTAL: table.sum(axis=1)})
    whole.loc[TOTAL] = whole.sum()
    text = whole.map(french.number).astype(object)
    for row, column in shown.crossed(item):
        text.at[row, column] = HIDDEN
    return text


def crossed_reading(text: pd.DataFrame, answer: str, words: str) -> str:
    """Return how to read a crossed table: its total for one answer.

    Parameters
    ----------
    text : DataFrame of str
        From `crossed_text`.
    answer : str
        Label of the column read.
    words : str
        What those who gave it say, verb first.
    """
    totals = text.loc[TOTAL]
    if HIDDEN in (totals[answer], totals[TOTAL]):
        return "le tableau repose sur trop peu de structures pour être lu"
    return f"sur {totals[TOTAL]} structures, {totals[answer]} {words}"


def quantities(codebook: Codebook) -> list[str]:
    """Return the items that ask how much or how many; a year is neither."""
    asked = codebook.items.loc[codebook.substantive()]
    numbers = asked["type"].isin(["integer", "decimal"]) & asked["unite"].notna()
    return list(asked.index[numbers & (asked["unite"] != "année")])


def spread_text(
    survey: Survey, codebook: Codebook, items: Iterable[str], shown: SurveyShown
) -> pd.DataFrame:
    """Return the middle and the quartiles of quantities.

    No extreme is given: it would show one structure. A quantity that few structures give is
    hidden, and so is how many give it when it would tell on another count.
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
        given, rounded = shown.base((NUMBER, item))
        told = HIDDEN if given is None else french.number(given)
        rows[french.spaced(asked["label"])] = [*ends, f"environ {told}" if rounded else told]
    columns = [
        "Au milieu (médiane)",
        "Un quart est sous",
        "Un quart est au-dessus de",
        "Structures",
    ]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def spread_reading(text: pd.DataFrame) -> str:
    """Return how to read the table of quantities: the first that is shown."""
    middles = text.iloc[:, 0]
    known = middles[middles != HIDDEN]
    if known.empty:
        return "aucune quantité n'est donnée par assez de structures pour être montrée"
    return literal(f"« {known.index[0]} » : la structure du milieu répond {known.iloc[0]}")
