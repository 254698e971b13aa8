"""A relative score from indicators: normalise, weight, aggregate, and always show the parts.

Percentile of ranks, weighted mean inside each dimension, weighted mean of the dimensions. These
means compensate: a rich but isolated IRIS may equal a poor but young one. Rank 1 is the highest
risk. The score orders places of one territory; it measures no one's food insecurity.

Reference: OECD/JRC (2008), Handbook on Constructing Composite Indicators, steps 5 and 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.territory import Score

TOLERANCE = 1e-9
"""Slack of comparisons between sums of weights."""


@dataclass(frozen=True)
class Weights:
    """Weights of the score, as given: only their ratios count.

    Parameters
    ----------
    dimensions : dict of str to float
        Weight of each dimension.
    indicators : dict of str to dict of str to float
        Weight of each indicator, by dimension.
    """

    dimensions: dict[str, float]
    indicators: dict[str, dict[str, float]]

    @classmethod
    def of(cls, score: Score) -> Weights:
        """Return the weights that a territory file gives."""
        return cls(
            {name: dimension.poids for name, dimension in score.dimensions.items()},
            {name: dict(dimension.indicateurs) for name, dimension in score.dimensions.items()},
        )

    def without(self, names: Iterable[str]) -> Weights:
        """Return the same weights, some indicators left out; an empty dimension goes with them."""
        left_out = set(names)
        kept = {
            dimension: {name: weight for name, weight in inner.items() if name not in left_out}
            for dimension, inner in self.indicators.items()
        }
        used = {dimension: inner for dimension, inner in kept.items() if sum(inner.values()) > 0}
        return Weights({name: self.dimensions[name] for name in used}, used)

    @property
    def names(self) -> list[str]:
        """Indicators that count: those of a positive weight, in a dimension of positive weight."""
        return [
            name
            for dimension, weight in self.dimensions.items()
            if weight > 0
            for name, inner in self.indicators[dimension].items()
            if inner > 0
        ]


@dataclass(frozen=True)
class Composite:
    """A score and everything it is made of.

    Attributes
    ----------
    score : Series
        0 to 100, indexed by unit; missing where not scored.
    rank : Series
        1 is the highest risk, mean rank for ties; missing where not scored.
    dimensions : DataFrame
        Score of each dimension, 0 to 100; missing where too little of it is known. A unit without
        a score may have some.
    normalised : DataFrame
        Each indicator as a percentile of risk, 0 to 100.
    effective_weights : DataFrame
        Weight that each indicator really had in each unit; rows sum to 1 where scored.
    reference : Series
        Median of each normalised indicator over the scored units.
    contributions : DataFrame
        ``effective_weights · (normalised − reference)``: rows sum to the score minus that of the
        reference under the same weights.
    """

    score: pd.Series
    rank: pd.Series
    dimensions: pd.DataFrame
    normalised: pd.DataFrame
    effective_weights: pd.DataFrame
    reference: pd.Series
    contributions: pd.DataFrame

    def keeping(self, kept: pd.Series) -> Composite:
        """Return the same scores without those of some units, ranked and broken down anew.

        Parameters
        ----------
        kept : Series of bool
            Units whose score may stand.
        """
        score = self.score.where(kept)
        scored = score.notna()
        reference = self.normalised[scored].median()
        effective = self.effective_weights.where(scored, np.nan)
        return Composite(
            score=score,
            rank=score.rank(ascending=False, method="average").rename("rang"),
            dimensions=self.dimensions,
            normalised=self.normalised,
            effective_weights=effective,
            reference=reference,
            contributions=effective * (self.normalised - reference).fillna(0.0),
        )


def percentile_of_risk(values: pd.Series, direction: int) -> pd.Series:
    """Return ``(r − 0.5) / N · 100``, r ascending in risk, mean rank for ties, missing kept.

    Parameters
    ----------
    values : Series
        Raw values.
    direction : {1, -1}
        1 when a higher value means a higher risk.

    Raises
    ------
    ValueError
        When the direction is neither 1 nor -1, or a value is infinite.
    """
    if direction not in (1, -1):
        raise ValueError(f"direction {direction!r} is neither 1 nor -1")
    if np.isinf(values.to_numpy(float)).any():
        raise ValueError(f"infinite value in {values.name}")
    ranks = (direction * values).rank(method="average")
    return 100.0 * (ranks - 0.5) / values.notna().sum()


def composite(
    values: pd.DataFrame,
    directions: dict[str, int],
    weights: Weights,
    *,
    scorable: pd.Series,
    known_weight: float,
    least_dimensions: int,
    required: str,
) -> Composite:
    """Compute the score of each unit and its breakdown.

    Parameters
    ----------
    values : DataFrame
        Raw indicators, units in rows; missing where unknown.
    directions : dict of str to int
        1 or -1 by indicator.
    weights : Weights
        Of dimensions and indicators.
    scorable : Series of bool
        Units that may be scored; the others neither get a score nor enter the ranks.
    known_weight : float
        Least share of the weight of a dimension that must be known.
    least_dimensions : int
        Least number of known dimensions.
    required : str
        Dimension without which there is no score.

    Returns
    -------
    Composite

    Raises
    ------
    ValueError
        When an indicator of the weights is not in ``values``, or has no value at all.
    """
    lost = [name for name in weights.names if name not in values.columns]
    if lost:
        raise ValueError(f"indicators without values: {', '.join(lost)}")
    kept = values.loc[scorable, weights.names]
    empty = [name for name in weights.names if kept[name].isna().all()]
    if empty:
        raise ValueError(f"indicators missing for every unit: {', '.join(empty)}")
    normalised = kept.apply(lambda column: percentile_of_risk(column, directions[column.name]))
    dimensions, effective = _dimensions(normalised, weights, known_weight)
    outer = pd.Series({d: weights.dimensions[d] for d in dimensions.columns})
    shares = dimensions.notna() * outer
    enough = dimensions.notna().sum(axis=1) >= least_dimensions
    scored = enough & dimensions[required].notna()
    shares = shares.div(shares.sum(axis=1).where(scored), axis=0)
    score = (dimensions.fillna(0.0) * shares).sum(axis=1).where(scored)
    for dimension in dimensions.columns:
        names = [n for n in weights.indicators[dimension] if n in effective.columns]
        effective[names] = effective[names].mul(shares[dimension], axis=0)
    effective = effective.where(scored, np.nan)
    reference = normalised[scored].median()
    contributions = effective * (normalised - reference).fillna(0.0)
    index = values.index
    return Composite(
        score=score.reindex(index).rename("score"),
        rank=score.rank(ascending=False, method="average").reindex(index).rename("rang"),
        dimensions=dimensions.reindex(index),
        normalised=normalised.reindex(index),
        effective_weights=effective.reindex(index),
        reference=reference,
        contributions=contributions.reindex(index),
    )


def _dimensions(
    normalised: pd.DataFrame, weights: Weights, known_weight: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Score each dimension where enough of its weight is known; return it and inner weights."""
    dimensions, effective = {}, pd.DataFrame(0.0, normalised.index, normalised.columns)
    for dimension, outer in weights.dimensions.items():
        inner = {n: w for n, w in weights.indicators[dimension].items() if w > 0}
        if outer <= 0 or not inner:
            continue
        given = pd.Series(inner)
        here = normalised[list(inner)]
        available = here.notna() * given
        share = available.sum(axis=1) / given.sum()
        known = share >= known_weight - TOLERANCE
        inner_weights = available.div(available.sum(axis=1).where(known), axis=0)
        effective[list(inner)] = inner_weights.fillna(0.0)
        dimensions[dimension] = (here.fillna(0.0) * inner_weights).sum(axis=1).where(known)
    return pd.DataFrame(dimensions), effective


def quantile_classes(score: pd.Series, count: int) -> pd.Series:
    """Cut scored units in classes of equal numbers, 1 the lowest risk; ties stay together.

    Ranks are cut, not values: cutting values fails when many are equal.
    """
    known = score.notna().sum()
    ranks = score.rank(method="average")
    return np.ceil((ranks - 0.5) / known * count).clip(1, count).rename("classe")
