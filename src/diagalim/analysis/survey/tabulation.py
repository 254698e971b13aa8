"""How many structures gave each answer, among those that were shown the question?

One table an item. The base is said each time: structures that were shown the question and answered
it; « ne sait pas » is counted and kept out of the base (METHODS 5.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from diagalim.analysis.survey.estimation import multiple_choice

UNKNOWN = "NSP"
"""Code of « ne sait pas »."""
SINGLE, SEVERAL, NUMBER = "une réponse", "plusieurs réponses", "nombre"


@dataclass(frozen=True)
class Tabulated:
    """Answers to one item.

    Attributes
    ----------
    item : str
        Its name.
    label : str
        The question, as it was asked.
    kind : str
        `SINGLE` or `SEVERAL`.
    counts : Series of int
        Structures by answer, in the order of the questionnaire.
    outside : Series of int
        Answers kept out of the base.
    base : int
        Structures that the shares are of.
    not_shown : int
        Structures that a filter spared the question.
    """

    item: str
    label: str
    kind: str
    counts: pd.Series
    outside: pd.Series
    base: int
    not_shown: int


def tabulate_single(
    item: str, label: str, answers: pd.Series, choices: Mapping[str, str], not_shown: int
) -> Tabulated:
    """Count an item with one answer.

    Parameters
    ----------
    item, label : str
        Name and question.
    answers : Series of str
        Codes, missing when there is no answer.
    choices : mapping of str to str
        Label of each code, in order.
    not_shown : int
        Structures that were not shown the question.

    Raises
    ------
    ValueError
        When a code is not in the list.
    """
    unknown = set(answers.dropna()) - set(choices)
    if unknown:
        raise ValueError(f"{item}: codes out of the list: {sorted(unknown)}")
    count = answers.value_counts().reindex(list(choices), fill_value=0).astype(int)
    outside = count[[code for code in choices if code == UNKNOWN]]
    inside = count.drop(outside.index)
    return Tabulated(
        item, label, SINGLE, inside.rename(choices), outside.rename(choices), int(inside.sum()),
        not_shown,
    )  # fmt: skip


def tabulate_several(
    item: str,
    label: str,
    boxes: pd.DataFrame,
    choices: Mapping[str, str],
    shown: pd.Series,
    not_shown: int,
) -> Tabulated:
    """Count an item with several boxes.

    Parameters
    ----------
    item, label : str
        Name and question.
    boxes : DataFrame of bool
        One column a code of ``choices``.
    choices : mapping of str to str
        Label of each code, in order.
    shown : Series of bool
        Who was shown the question and reached it.
    not_shown : int
        Structures that a filter spared the question.
    """
    counts, base = multiple_choice(boxes[list(choices)], shown)
    none = pd.Series(dtype=int)
    return Tabulated(item, label, SEVERAL, counts.rename(choices), none, base, not_shown)


def spread(values: pd.Series) -> pd.Series:
    """Return the middle and the quartiles of a quantity, robust to a few wild answers.

    Returns
    -------
    Series
        ``n``, ``q1``, ``mediane``, ``q3``. No minimum nor maximum: they would show one structure.
    """
    known = values.dropna().astype(float)
    quartiles = known.quantile([0.25, 0.5, 0.75])
    return pd.Series(
        {"n": len(known), "q1": quartiles[0.25], "mediane": quartiles[0.5], "q3": quartiles[0.75]}
    )
