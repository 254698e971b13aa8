"""How to read a share under another definition of the same thing.

Communes that are not cut into IRIS have no row in the census tables at hand; only commune shares
exist, over another universe (households living alone over households, instead of people living
alone over people). Ranked as they are, these would put every village at the top. A straight line
fitted on the communes where both are known brings one to the other; its residual spread says what
that is worth.

A line says nothing under the lowest commune that it was fitted on, and there may go under zero: a
commune of few people living alone would be given none at all. Both shares are nil together, since
they count the same people, so that under that commune a value goes down to zero in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

LEAST_COMMUNES = 10
"""Fewer communes than this give no line worth using (project's convention)."""


@dataclass(frozen=True)
class Line:
    """A weighted least-squares line ``ours = intercept + slope · theirs``.

    Attributes
    ----------
    intercept, slope : float
        In the unit of our definition.
    residual_sd : float
        Weighted standard deviation of the residuals, same unit.
    r2 : float
        Share of the weighted variance explained.
    n : int
        Communes used.
    start : float
        Least value of theirs from which the line is followed, in the unit of theirs.
    """

    intercept: float
    slope: float
    residual_sd: float
    r2: float
    n: int
    start: float

    def predict(self, theirs: pd.Series) -> pd.Series:
        """Return our definition from theirs: zero only where theirs is zero or under.

        Under ``start`` the value is that of the straight way to zero, unless the line is above it.
        """
        line = self.intercept + self.slope * theirs
        if self.start <= 0:
            return line.clip(lower=0.0)
        share = (self.intercept + self.slope * self.start) / self.start
        low = np.maximum(line, share * theirs)
        return line.where(theirs >= self.start, low).clip(lower=0.0)


def fit_line(theirs: pd.Series, ours: pd.Series, weights: pd.Series) -> Line:
    """Fit our definition on theirs, places weighted by the size of our universe.

    Parameters
    ----------
    theirs, ours, weights : Series
        Same index; a place with a missing value is left out.

    Raises
    ------
    ValueError
        With fewer than `LEAST_COMMUNES` places, or when ``theirs`` does not vary.
    """
    table = pd.DataFrame({"x": theirs, "y": ours, "w": weights}).dropna()
    if len(table) < LEAST_COMMUNES:
        raise ValueError(f"only {len(table)} places with both definitions")
    x, y, w = (table[name].to_numpy(float) for name in "xyw")
    w = w / w.sum()
    mean_x, mean_y = w @ x, w @ y
    variance = w @ (x - mean_x) ** 2
    if np.isclose(variance, 0.0):
        raise ValueError("the other definition does not vary between places")
    slope = (w @ ((x - mean_x) * (y - mean_y))) / variance
    intercept = mean_y - slope * mean_x
    residual = w @ (y - intercept - slope * x) ** 2
    total = w @ (y - mean_y) ** 2
    return Line(
        intercept=float(intercept),
        slope=float(slope),
        residual_sd=float(np.sqrt(residual)),
        r2=float(1.0 - residual / total) if total > 0 else 0.0,
        n=len(table),
        start=_start(x, y, float(slope), float(intercept)),
    )


def _start(x: np.ndarray, y: np.ndarray, slope: float, intercept: float) -> float:
    """Return from which x a line is followed: the least seen.

    Where the line is already under zero there, it is followed from the least positive y seen.
    """
    least = float(x.min())
    if intercept + slope * least > 0 or slope <= 0 or not (y > 0).any():
        return least
    return float((y[y > 0].min() - intercept) / slope)
