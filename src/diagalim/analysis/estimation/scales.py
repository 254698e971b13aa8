"""On which scale does an indicator vary by sums, as a regression wants?

Incomes and small shares by factors (log), a rate from 0 to 100 by odds (logit). Both keep a draw
inside the values that exist: no negative income, no rate above 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

Numbers = TypeVar("Numbers", np.ndarray, pd.Series)
HALF_POINT = 0.5
"""Rates are published to the unit: 0 may be anything up to this, and has no logit of its own."""


@dataclass(frozen=True)
class Scale:
    """A transformation and its inverse; values out of ``low`` to ``high`` are brought to them.

    Attributes
    ----------
    name : {"log", "logit"} or None
        None leaves values as they are.
    low, high : float
        Bounds within which the transformation is finite.
    """

    name: str | None
    low: float = -np.inf
    high: float = np.inf

    def forward(self, values: Numbers) -> Numbers:
        """Return values on the scale of the model."""
        inside = values.clip(self.low, self.high)
        if self.name == "log":
            return np.log(inside)
        return np.log(inside / (100 - inside)) if self.name == "logit" else inside

    def back(self, values: np.ndarray) -> np.ndarray:
        """Return values in the unit of the indicator."""
        if self.name == "log":
            return np.exp(values)
        return 100 / (1 + np.exp(-values)) if self.name == "logit" else values


def scale_of(name: str | None, known: pd.Series) -> Scale:
    """Return a scale fit for the known values of an indicator.

    Parameters
    ----------
    name : {"log", "logit"} or None
    known : Series
        Published values; on the log scale a zero is read as half of the smallest positive one.

    Raises
    ------
    ValueError
        When a log is asked of values none of which is positive.
    """
    if name == "logit":
        return Scale(name, HALF_POINT, 100 - HALF_POINT)
    if name == "log":
        positive = known[known > 0]
        if positive.empty:
            raise ValueError(f"no positive value in {known.name}: no log scale")
        return Scale(name, float(positive.min()) / 2)
    return Scale(None)
