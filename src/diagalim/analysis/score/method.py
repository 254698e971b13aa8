"""Which of the accepted ways is a score computed by? One choice at each step, checked at once.

The default is what the report publishes; every other choice is there to see whether the order of
places depends on it (METHODS 3.4 and 3.6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from diagalim.analysis.score.aggregation import DECIMALS, MEANS, bounds_of, weighted_mean
from diagalim.analysis.score.normalisation import (
    BOUNDED,
    NORMALISATIONS,
    REFERENCES,
    normalise,
    outside,
)
from diagalim.analysis.score.outranking import copeland, counting, net_outranking_flow
from diagalim.analysis.score.treatment import LARGEST_WINSORISED, TREATMENTS

ORDINAL = ("net_outranking_flow", "copeland", "counting")
"""Aggregations of dimensions that look at the order of places, not at how far apart they are."""
INNER = MEANS
"""Aggregations inside a dimension."""
OUTER = (*MEANS, *ORDINAL)
"""Aggregations of dimensions."""
FULL_SCALE = (0.0, 100.0)


@dataclass(frozen=True)
class Method:
    """How a score is computed.

    Parameters
    ----------
    treatment : str
        Of extreme values: one of `TREATMENTS`.
    normalisation : str
        One of `NORMALISATIONS`.
    inner, outer : str
        Aggregation inside dimensions (one of `INNER`) and of dimensions (one of `OUTER`).
    most_winsorised : int
        Values brought in at most on each side.
    reference : str
        What `distance_to_reference` compares with.
    goalposts : mapping of str to (float, float)
        Bounds of each indicator in its own unit, the lower first; needed by that normalisation.

    Raises
    ------
    ValueError
        When a name is unknown, or goalposts are missing.
    """

    treatment: str = "aucun"
    normalisation: str = "percentile"
    inner: str = "arithmetic"
    outer: str = "arithmetic"
    most_winsorised: int = LARGEST_WINSORISED
    reference: str = "moyenne"
    goalposts: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        choices = {
            "treatment": TREATMENTS,
            "normalisation": NORMALISATIONS,
            "inner": INNER,
            "outer": OUTER,
            "reference": tuple(REFERENCES),
        }
        for step, known in choices.items():
            chosen = getattr(self, step)
            if chosen not in known:
                raise ValueError(f"{step} {chosen!r} is not one of {', '.join(known)}")
        if self.normalisation == "goalposts" and not self.goalposts:
            raise ValueError("fixed goalposts are asked for, and none is given")

    def normalised(self, oriented: pd.DataFrame, directions: Mapping[str, int]) -> pd.DataFrame:
        """Normalise oriented indicators.

        Parameters
        ----------
        oriented : DataFrame
            Units in rows, higher is riskier.
        directions : mapping of str to int
            1 or -1 by indicator: goalposts are turned with it.

        Raises
        ------
        ValueError
            When an indicator has no goalposts.
        """
        settings = {}
        if self.normalisation == "goalposts":
            low, high = self._turned_goalposts(list(oriented.columns), directions)
            settings = {"low": low, "high": high}
        elif self.normalisation == "distance_to_reference":
            settings = {"reference": self.reference}
        found = normalise(oriented.to_numpy(float), self.normalisation, **settings)
        return pd.DataFrame(found, oriented.index, oriented.columns)

    def outside(self, oriented: pd.DataFrame, directions: Mapping[str, int]) -> pd.DataFrame:
        """Return which values stand beyond the goalposts; none without goalposts."""
        if self.normalisation != "goalposts":
            return pd.DataFrame(False, oriented.index, oriented.columns)
        low, high = self._turned_goalposts(list(oriented.columns), directions)
        return pd.DataFrame(outside(oriented, low, high), oriented.index, oriented.columns)

    def _turned_goalposts(
        self, names: list[str], directions: Mapping[str, int]
    ) -> tuple[np.ndarray, np.ndarray]:
        lost = [name for name in names if name not in self.goalposts]
        if lost:
            raise ValueError(f"indicators without goalposts: {', '.join(lost)}")
        given = np.array([self.goalposts[name] for name in names], dtype=float)
        signs = np.array([directions[name] for name in names], dtype=float)[:, None]
        turned = np.where(signs > 0, given, -given[:, ::-1])
        return turned[:, 0], turned[:, 1]

    def scale(self, normalised: np.ndarray) -> tuple[float, float]:
        """Return the bounds of the scale on which geometric and harmonic means are taken."""
        fixed = self.normalisation in BOUNDED or self.normalisation == "goalposts"
        return FULL_SCALE if fixed else bounds_of(normalised)

    def score(
        self,
        dimensions: np.ndarray,
        weights: np.ndarray,
        scale: tuple[float, float] = FULL_SCALE,
    ) -> np.ndarray:
        """Aggregate the dimensions of scored units; those without a score are all missing.

        Parameters
        ----------
        dimensions : array (units, dimensions)
            Missing as NaN; a missing dimension leaves its weight to the others.
        weights : array (dimensions,)
            Only their ratios count.
        scale : (float, float)
            From `scale`.

        Returns
        -------
        array (units,)
            On the scale of the dimensions for a mean, from 0 to 100 for the ordinal ones.
        """
        if self.outer in MEANS:
            return weighted_mean(dimensions, weights, self.outer, 0.0, scale)
        dimensions = np.round(dimensions, DECIMALS)
        if self.outer == "counting":
            return 100.0 * counting(dimensions, weights, 0.0) / dimensions.shape[1]
        if self.outer == "net_outranking_flow":
            return 50.0 + 50.0 * net_outranking_flow(dimensions, weights, 0.0)
        others = max(int((~np.isnan(dimensions)).any(axis=1).sum()) - 1, 1)
        return 50.0 + 50.0 * copeland(dimensions, weights) / others


def goalposts_of(values: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest known value of each indicator, to be frozen for later years.

    Parameters
    ----------
    values : DataFrame
        Raw indicators of the first edition, units in rows.

    Raises
    ------
    ValueError
        When an indicator does not vary: its two goalposts would be one.
    """
    still = [name for name in values.columns if values[name].nunique() < 2]
    if still:
        raise ValueError(f"no goalposts for indicators that do not vary: {', '.join(still)}")
    return {name: (float(values[name].min()), float(values[name].max())) for name in values.columns}
