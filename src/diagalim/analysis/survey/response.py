"""Who answered, who did not, and does it show in the results?

The study warns that small structures, and those far from the networks, answered less. Here that is
measured: each variable of the frame is compared between all the structures and those that answered
(METHODS 5.2 and 5.3). A structure whose kind the frame does not give is a kind of its own: left
out, shares would not add up to the whole, and a frame less filled for the silent would not show.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import chi2

UNFILLED = "non renseigné"
"""Category of the structures whose variable the frame leaves empty."""


def filled(frame: pd.DataFrame, variable: str) -> pd.Series:
    """Return a variable of the frame, `UNFILLED` where it is missing or blank.

    Raises
    ------
    ValueError
        When the frame has no such column.
    """
    if variable not in frame:
        raise ValueError(f"no column {variable!r} in the frame: {', '.join(frame.columns)}")
    values = frame[variable].astype(object)
    blank = values.isna() | values.astype(str).str.strip().eq("")
    return values.mask(blank, UNFILLED).rename(variable)


def response_rates(frame: pd.DataFrame, answered: pd.Series, by: str) -> pd.DataFrame:
    """Return how many structures of each kind were asked and answered.

    Parameters
    ----------
    frame : DataFrame
        One row a structure.
    answered : Series of bool
        Same index.
    by : str
        Column of the frame.

    Returns
    -------
    DataFrame
        Indexed by category, `UNFILLED` among them: ``contactees``, ``reponses`` and ``taux`` (0 to
        1). They add up to the whole frame.
    """
    groups = answered.groupby(filled(frame, by))
    table = pd.DataFrame({"contactees": groups.size(), "reponses": groups.sum().astype(int)})
    return table.assign(taux=table["reponses"] / table["contactees"])


def compare_with_frame(
    frame: pd.DataFrame, answered: pd.Series, variables: Sequence[str]
) -> pd.DataFrame:
    """Compare those who answered with all who were asked, one variable after the other.

    Parameters
    ----------
    frame : DataFrame
        One row a structure, one column a variable of the frame.
    answered : Series of bool
        Same index.
    variables : sequence of str
        Columns compared.

    Returns
    -------
    DataFrame
        One row a category, indexed by (``variable``, ``modalite``): ``base`` and ``repondants``
        (shares, 0 to 1), ``ecart_type`` (standardised difference), and, the same on each row of a
        variable, ``v`` (Cramér's V of answering by category) and ``p`` (chi-squared with the
        finite population correction). Both are missing when everybody answered, or there is one
        category: nothing can differ.

    Raises
    ------
    ValueError
        When nobody answered or nothing is to be compared.
    """
    n, total = int(answered.sum()), len(frame)
    if not n:
        raise ValueError(f"0 answers of {total}: nothing to compare")
    if not variables:
        raise ValueError("no variable of the frame to compare")
    rows = []
    for variable in variables:
        kinds = filled(frame, variable)
        asked = kinds.value_counts().sort_index()
        seen = kinds[answered].value_counts().reindex(asked.index, fill_value=0)
        base, got = asked / total, seen / n
        spread = np.sqrt((base * (1 - base) + got * (1 - got)) / 2)
        expected = n * base
        freedom = len(asked) - 1 if n < total else 0
        # answers come from the frame itself: chance alone moves them less than in a sample
        finite = total / (total - n) if freedom else 1.0
        statistic = float((((seen - expected) ** 2) / expected).sum()) * finite
        rows.append(
            pd.DataFrame(
                {
                    "variable": variable,
                    "modalite": asked.index,
                    "base": base.to_numpy(),
                    "repondants": got.to_numpy(),
                    "ecart_type": ((got - base) / spread.replace(0, math.nan)).to_numpy(),
                    "v": math.sqrt(statistic / total) if freedom else math.nan,
                    "p": float(chi2.sf(statistic, freedom)) if freedom else math.nan,
                }
            )
        )
    return pd.concat(rows, ignore_index=True).set_index(["variable", "modalite"])


def break_off(last_page: pd.Series, complete: pd.Series, pages: int) -> pd.Series:
    """Return how many structures stopped after each page of the questionnaire.

    Parameters
    ----------
    last_page : Series of int
        Last page reached.
    complete : Series of bool
        Who sent the questionnaire whole.
    pages : int
        Pages of the questionnaire.
    """
    stopped = last_page[~complete].astype(int)
    return stopped.value_counts().reindex(range(pages + 1), fill_value=0).rename_axis("page")
