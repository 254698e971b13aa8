"""What would a missing value be if each place were like its group? The simplest imputation.

It is here to be compared with, and because a reference result needs it. It is never right for
values that the producer withholds: the published ones are not a sample of them (METHODS 1.3).
"""

from __future__ import annotations

import pandas as pd


def impute_group_mean(values: pd.DataFrame, groups: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill each missing value with the mean of the known ones of its group.

    Parameters
    ----------
    values : DataFrame
        Indicators, units in rows; not changed.
    groups : Series
        Group of each unit, same index.

    Returns
    -------
    filled : DataFrame
        Same index and columns; still missing where no unit of the group is known.
    imputed : DataFrame of bool
        Where a value was put in: a flag travels with its value.
    """
    means = values.groupby(groups.reindex(values.index)).transform("mean")
    filled = values.fillna(means)
    return filled, values.isna() & filled.notna()
