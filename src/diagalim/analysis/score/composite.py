"""A relative score from indicators: treat, normalise, weight, aggregate, and always show the parts.

By default: percentile of ranks, weighted mean inside each dimension, weighted mean of the
dimensions. These means compensate: a rich but isolated IRIS may equal a poor but young one; a
geometric mean compensates less (`diagalim.analysis.score.method`). Rank 1 is the highest risk. The
score orders places of one territory; it measures no one's food insecurity.

Reference: OECD/JRC (2008), Handbook on Constructing Composite Indicators, steps 4 to 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from diagalim.analysis.score.aggregation import DECIMALS, effective_weights, weighted_mean
from diagalim.analysis.score.breakdown import contributions, inner_weights
from diagalim.analysis.score.method import Method
from diagalim.analysis.score.normalisation import constant, oriented, percentile
from diagalim.analysis.score.treatment import treat, treatment_log
from diagalim.analysis.score.weighting import Weights


@dataclass(frozen=True)
class Composite:
    """A score and everything it is made of, step by step.

    Attributes
    ----------
    score : Series
        Indexed by unit; missing where not scored. 0 to 100, except for means of z-scores, distances
        and goalposts, which keep the scale of these.
    rank : Series
        1 is the highest risk, mean rank for ties; missing where not scored.
    dimensions : DataFrame
        Score of each dimension, on the scale of the normalisation; missing where too little of it
        is known. A unit without a score may have some.
    normalised : DataFrame
        Each indicator on the scale of risk: a percentile by default.
    effective_weights : DataFrame
        Weight that each indicator really had in each unit; rows sum to 1 where scored.
    reference : Series
        Median of each normalised indicator over the scored units.
    contributions : DataFrame
        Points of score that each indicator adds to that of the reference; rows sum to
        ``score − reference_score``. ``effective_weights · (normalised − reference)`` by default.
    reference_score : Series
        Score that the reference would have under the weights of each unit.
    raw, treated : DataFrame
        Indicators as given, and once extreme values are treated, both in their own unit.
    log : DataFrame
        Indexed by indicator: ``dimension``, ``poids`` (% of the score where all is known),
        ``sens``, what the treatment did (`treatment_log`), ``normalisation``, ``connus`` (units),
        ``constant``, ``hors_bornes`` (units beyond fixed goalposts).
    method : Method
        How it was computed.
    weights : Weights
        As given.
    borrowed : Series
        Share of the score that is borrowed, from `diagalim.analysis.score.rules.published`; empty
        without.
    """

    score: pd.Series
    rank: pd.Series
    dimensions: pd.DataFrame
    normalised: pd.DataFrame
    effective_weights: pd.DataFrame
    reference: pd.Series
    contributions: pd.DataFrame
    reference_score: pd.Series = field(default_factory=pd.Series)
    raw: pd.DataFrame = field(default_factory=pd.DataFrame)
    treated: pd.DataFrame = field(default_factory=pd.DataFrame)
    log: pd.DataFrame = field(default_factory=pd.DataFrame)
    method: Method = Method()
    weights: Weights = Weights({}, {})
    borrowed: pd.Series = field(default_factory=pd.Series)

    def keeping(self, kept: pd.Series) -> Composite:
        """Return the same scores without those of some units, ranked and broken down anew.

        Ordinal scores (`Method.outer`) are counted again among the units that stay.

        Parameters
        ----------
        kept : Series of bool
            Units whose score may stand.
        """
        stay = self.score.notna() & kept
        made = _scores(self.normalised, self.dimensions, stay, self.weights, self.method)
        return replace(self, **made)

    def trace(self, unit: str) -> pd.DataFrame:
        """Follow the score of one unit from raw values to points.

        Returns
        -------
        DataFrame
            Indexed by indicator: ``dimension``, ``valeur``, ``traitee``, ``normalisee``, ``poids``
            (effective, 0 to 1), ``contribution``. Contributions add up to
            ``score − reference_score`` of the unit.
        """
        return pd.DataFrame(
            {
                "dimension": pd.Series(self.weights.dimension_of),
                "valeur": self.raw.loc[unit],
                "traitee": self.treated.loc[unit],
                "normalisee": self.normalised.loc[unit],
                "poids": self.effective_weights.loc[unit],
                "contribution": self.contributions.loc[unit],
            }
        ).loc[list(self.normalised.columns)]


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
    turned = oriented(values.to_numpy(float)[:, None], [direction])
    return pd.Series(percentile(turned)[:, 0], values.index, name=values.name)


def composite(
    values: pd.DataFrame,
    directions: Mapping[str, int],
    weights: Weights,
    *,
    scorable: pd.Series,
    known_weight: float,
    least_dimensions: int,
    required: str,
    method: Method | None = None,
) -> Composite:
    """Compute the score of each unit and its breakdown.

    A constant indicator orders nobody: it stays, neutral for all, and the log says so (leave it out
    of the weights to give its weight to the others).

    Parameters
    ----------
    values : DataFrame
        Raw indicators, units in rows; missing where unknown.
    directions : mapping of str to int
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
    method : Method, optional
        Treatment, normalisation and aggregations; the published ones by default.

    Returns
    -------
    Composite

    Raises
    ------
    ValueError
        When an indicator of the weights is not in ``values``, has no value at all, an infinite one,
        or no direction; when all weights are zero, or those of the required dimension.
    """
    method = method or Method()
    kept = _checked(values, directions, weights, scorable, required)
    names = list(kept.columns)
    treated, treatments = treat(kept, method.treatment, method.most_winsorised)
    turned = pd.DataFrame(
        oriented(treated, [directions[name] for name in names]), kept.index, names
    )
    normalised = method.normalised(turned, directions)
    dimensions = _dimensions(normalised, weights, known_weight, method)
    known = dimensions.notna()
    scored = (known.sum(axis=1) >= least_dimensions) & known[required]
    index = values.index
    normalised, dimensions = normalised.reindex(index), dimensions.reindex(index)
    return Composite(
        **_scores(normalised, dimensions, scored.reindex(index, fill_value=False), weights, method),
        dimensions=dimensions,
        normalised=normalised,
        raw=values[names],
        treated=treated.reindex(index),
        log=pd.concat(
            [_log(turned, directions, weights, method), treatment_log(treatments)], axis=1
        ),
        method=method,
        weights=weights,
    )


def _checked(
    values: pd.DataFrame,
    directions: Mapping[str, int],
    weights: Weights,
    scorable: pd.Series,
    required: str,
) -> pd.DataFrame:
    """Return the indicators that count, for the units that may be scored."""
    names = weights.names
    lost = [name for name in names if name not in values.columns]
    if lost:
        raise ValueError(f"indicators without values: {', '.join(lost)}")
    unsigned = [name for name in names if directions.get(name) not in (1, -1)]
    if unsigned:
        raise ValueError(f"indicators whose direction is neither 1 nor -1: {', '.join(unsigned)}")
    if required not in weights.dimension_of.values():
        raise ValueError(f"dimension {required} is required and nothing in it has a weight")
    kept = values.loc[scorable, names].astype(float)
    endless = kept.columns[np.isinf(kept.to_numpy()).any(axis=0)]
    if len(endless):
        raise ValueError(f"infinite values in {', '.join(endless)}")
    empty = kept.columns[np.isnan(kept.to_numpy()).all(axis=0)]
    if len(empty):
        raise ValueError(f"indicators missing for every unit: {', '.join(empty)}")
    return kept


def _dimensions(
    normalised: pd.DataFrame, weights: Weights, known_weight: float, method: Method
) -> pd.DataFrame:
    """Score each dimension where enough of its weight is known."""
    values = normalised.to_numpy()
    scale = method.scale(values)
    found = {}
    for dimension in dict.fromkeys(weights.dimension_of.values()):
        given = weights.inside(dimension)
        here = normalised.columns.get_indexer(list(given))
        found[dimension] = weighted_mean(
            values[:, here], list(given.values()), method.inner, known_weight, scale
        )
    return pd.DataFrame(found, normalised.index)


def _scores(
    normalised: pd.DataFrame,
    dimensions: pd.DataFrame,
    scored: pd.Series,
    weights: Weights,
    method: Method,
) -> dict[str, pd.Series | pd.DataFrame]:
    """Return the score, its rank and its breakdown, by name of the attribute of `Composite`."""
    kept = scored.reindex(dimensions.index, fill_value=False).to_numpy(bool)[:, None]
    shown = pd.DataFrame(np.where(kept, dimensions, np.nan), dimensions.index, dimensions.columns)
    outer = np.array([weights.dimensions[name] for name in dimensions.columns], dtype=float)
    scale = method.scale(normalised.to_numpy())
    score = pd.Series(method.score(shown.to_numpy(), outer, scale), shown.index, name="score")
    inner = inner_weights(normalised, shown, weights)
    effective = np.full(normalised.shape, np.nan)
    shares = effective_weights(shown, outer, 0.0)
    for place, (here, inside) in enumerate(inner.values()):
        effective[:, here] = inside * shares[:, [place]]
    effective = np.where(kept, np.nan_to_num(effective, nan=0.0), np.nan)
    reference = normalised[kept[:, 0]].median()
    parts, middle = contributions(normalised, shown, reference, inner, weights, method)
    return {
        "score": score,
        "rank": score.round(DECIMALS).rank(ascending=False, method="average").rename("rang"),
        "effective_weights": pd.DataFrame(effective, normalised.index, normalised.columns),
        "reference": reference,
        "contributions": parts,
        "reference_score": middle,
    }


def _log(
    turned: pd.DataFrame, directions: Mapping[str, int], weights: Weights, method: Method
) -> pd.DataFrame:
    """Say of each indicator what it is given and what was done to it, the treatment apart."""
    names, shares = list(weights.dimension_of), pd.Series(weights.shares)
    return pd.DataFrame(
        {
            "dimension": pd.Series(weights.dimension_of),
            "poids": 100.0 * shares[names],
            "sens": {name: directions[name] for name in names},
            "normalisation": method.normalisation,
            "connus": turned.notna().sum(),
            "constant": pd.Series(constant(turned), turned.columns),
            "hors_bornes": method.outside(turned, directions).sum(),
        },
        index=pd.Index(names, name="indicateur"),
    )
