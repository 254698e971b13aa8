"""Which of the estimated values may a score use, under its own weights?

Estimation comes before weights (`diagalim.analysis.estimation.reserve`); the rule that an IRIS of
activities or other uses is estimated only if enough of the weights is observed there is applied
here.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.estimation.imputations import Imputations, completed

KEYS = ["indicateur", "code_iris"]


def where_allowed(published: pd.DataFrame, cells: pd.DataFrame, allowed: pd.Series) -> pd.DataFrame:
    """Return the values with those estimated where they may be; elsewhere they stay withheld.

    Parameters
    ----------
    published : DataFrame
        Long, from `diagalim.analysis.values.recipes.all_values`.
    cells : DataFrame
        Same columns, one row a value estimated.
    allowed : Series of bool
        From `diagalim.analysis.score.status.may_be_estimated`.
    """
    result = published.set_index(KEYS)
    kept = cells[cells["code_iris"].map(allowed).to_numpy(bool)].set_index(KEYS)
    result.loc[kept.index, kept.columns] = kept
    return result.reset_index()[published.columns]


def completed_where_allowed(
    values: pd.DataFrame, cells: pd.DataFrame, draws: pd.DataFrame, allowed: pd.Series
) -> Imputations:
    """Return the completed tables of a score.

    Parameters
    ----------
    values : DataFrame
        From `where_allowed`.
    cells : DataFrame
        As there.
    draws : DataFrame
        From `diagalim.analysis.estimation.imputations.varying_cells`: those of ``cells``, and of
        the values that are lent or of another definition, which no weight leaves out.
    allowed : Series of bool
        As in `where_allowed`.
    """
    left_out = cells[~cells["code_iris"].map(allowed).to_numpy(bool)]
    keys = pd.MultiIndex.from_frame(draws[KEYS])
    return completed(values, draws[~keys.isin(pd.MultiIndex.from_frame(left_out[KEYS]))])
