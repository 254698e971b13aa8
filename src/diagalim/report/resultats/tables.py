"""Which quantities did the structures give, and who refused people, of what may be shown?"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from diagalim.analysis.disclosure.relations import TOTAL
from diagalim.analysis.survey.shown import NUMBER
from diagalim.analysis.survey.tabulation import spread
from diagalim.chapter.facts import literal
from diagalim.chapter.survey import HeldSurvey
from diagalim.chapter.tables import HIDDEN
from diagalim.wording import french

LEAST_SPREAD = 20
"""Structures under which no quartile is given: four groups of five."""


def crossed(held: HeldSurvey, item: str) -> pd.DataFrame:
    """Return a question crossed with the frame, with its totals, hidden cells saying so."""
    table = held.crossed[item]
    whole = table.assign(**{TOTAL: table.sum(axis=1)})
    whole.loc[TOTAL] = whole.sum()
    counted = whole.astype(object)
    for row, column in held.shown.crossed(item):
        counted.at[row, column] = HIDDEN
    return counted


def crossed_reading(counted: pd.DataFrame, answer: str, words: str) -> str:
    """Return how to read a crossed table: its total for one answer.

    Parameters
    ----------
    counted : DataFrame
        From `crossed`.
    answer : str
        Label of the column read.
    words : str
        What those who gave it say, verb first.
    """
    given, whole = counted.loc[TOTAL, [answer, TOTAL]]
    if HIDDEN in (given, whole):
        return "le tableau repose sur trop peu de structures pour être lu"
    return f"sur {french.number(whole)} structures, {french.number(given)} {words}"


def spreads(held: HeldSurvey, items: Iterable[str]) -> pd.DataFrame:
    """Return the middle and the quartiles of quantities, each in the unit of its question, as text.

    No extreme is given: it would show one structure. A quantity that few structures give is
    hidden, and so is how many give it when it would tell on another count.

    Returns
    -------
    DataFrame
        ``mediane``, ``q1``, ``q3``, ``structures``, by question.
    """
    labels = held.codebook.items["label"]
    rows = {
        french.spaced(labels[item]): [*_quartiles(held, item), _givers(held, item)]
        for item in items
    }
    columns = ["mediane", "q1", "q3", "structures"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _quartiles(held: HeldSurvey, item: str) -> list[str]:
    found, asked = spread(held.survey.answers[item]), held.codebook.items.loc[item]
    if found["n"] < LEAST_SPREAD:
        return [HIDDEN] * 3
    decimals = 1 if asked["type"] == "decimal" else 0
    middle = french.with_unit(found["mediane"], str(asked["unite"]), decimals)
    return [middle, *(french.number(found[end], decimals) for end in ("q1", "q3"))]


def _givers(held: HeldSurvey, item: str) -> str:
    given, rounded = held.shown.base((NUMBER, item))
    told = HIDDEN if given is None else french.number(given)
    return f"environ {told}" if rounded else told


def spreads_reading(quartiles: pd.DataFrame) -> str:
    """Return how to read the table of quantities: the first that is shown."""
    known = quartiles["mediane"][quartiles["mediane"] != HIDDEN]
    if known.empty:
        return "aucune quantité n'est donnée par assez de structures pour être montrée"
    return literal(f"« {known.index[0]} » : la structure du milieu répond {known.iloc[0]}")
