"""With which statements do those who answered agree, and by how much, of what may be shown?

A statement of which two answers of one side are hidden is told by their sum; one that disclosure
control touches otherwise is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from diagalim.analysis.survey.estimation import net_score
from diagalim.analysis.survey.shown import BASE, SurveyShown
from diagalim.analysis.survey.tabulation import Tabulated

SCALE = 5
"""Answers that are a degree of agreement, from the most negative; others are no opinion."""
TOGETHER = ([True, True, False, False, False], [False, False, False, True, True])
"""Hidden answers of one side, whose sum may be shown."""


def degrees(table: Tabulated, shown: SurveyShown) -> list[float] | None:
    """Return the share of each degree of agreement as it may be shown, None when it may not.

    Two hidden answers of one side go together: their sum is in the table. A share of a
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
    tables: Iterable[Tabulated],
    answers: pd.DataFrame,
    codes: Sequence[str],
    population: int,
    shown: SurveyShown,
) -> pd.DataFrame:
    """Return, for each statement that may be shown, who agrees, who does not, and the difference.

    Parameters
    ----------
    tables : iterable of Tabulated
        Answers to the statements.
    answers : DataFrame
        Codes of the answers, one column a statement.
    codes : sequence of str
        Codes of the list of answers: the degrees of agreement first.
    population : int
        Structures of the frame, for the finite population correction.
    shown : SurveyShown
        What may be shown of the whole survey.

    Returns
    -------
    DataFrame
        Indexed by item, the largest difference first: ``accord``, ``desaccord`` (percent),
        ``solde``, ``bas``, ``haut`` (points), ``n``.
    """
    rows, scale = {}, list(codes)[:SCALE]
    for table in tables:
        parts, rounded = degrees(table, shown), shown.base((BASE, table.item))[1]
        if parts is None or rounded:
            continue
        inside = answers[table.item][answers[table.item].isin(scale)]
        value, low, high, n = net_score(inside, scale[:2], scale[3:], population)
        points = [100 * end for end in (value, low, high)]
        rows[table.item] = [parts[3] + parts[4], parts[0] + parts[1], *points, n]
    columns = ["accord", "desaccord", "solde", "bas", "haut", "n"]
    balanced = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return balanced.sort_values("solde", ascending=False)
