"""In which class does its score put a place, of how many?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagalim.analysis.score.aggregation import DECIMALS

CLASSES = 5
"""Classes of equal numbers into which scored units are cut."""


def quantile_classes(score: pd.Series, count: int) -> pd.Series:
    """Cut scored units in classes of equal numbers, 1 the lowest risk; ties stay together.

    Ranks are cut, not values: cutting values fails when many are equal.
    """
    known = score.notna().sum()
    ranks = score.round(DECIMALS).rank(method="average")
    return np.ceil((ranks - 0.5) / known * count).clip(1, count).rename("classe")
