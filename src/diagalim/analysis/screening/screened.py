"""What do the indicators of a score share, in values and in the ranks that the score adds up?

The score averages percentiles, not values: a few extreme IRIS can make two indicators look opposed
when their values are correlated, and in agreement once ranked. Both are kept side by side.

Reference: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.analysis.score.method import Method
from diagalim.analysis.score.multivariate import (
    Components,
    coherence,
    cronbach_alpha,
    flagged_pairs,
    principal_components,
)
from diagalim.analysis.score.weighting import Weights

LEAST_UNITS = 3
"""Complete units under which there is no principal component."""
STUDY, EACH, FIRST = "etude", "par_indicateur", "composante"


@dataclass(frozen=True)
class Screened:
    """The indicators that count, put side by side.

    Attributes
    ----------
    constant : list of str
        Indicators without two different values: they order nobody, and are left out of the rest.
    dimension_of : dict of str to str
        Dimension of each indicator kept.
    rho : DataFrame
        Correlations of ranks (Spearman) of the oriented indicators, each pair on the units where
        both are known.
    pairs : DataFrame
        From `diagalim.analysis.score.multivariate.flagged_pairs`.
    coherence : DataFrame
        Indexed by dimension: ``indicateurs``, ``alpha_valeurs``, ``alpha_centiles`` (standardised
        Cronbach's alpha of the oriented values, and of their percentiles), ``part_premiere`` (% of
        the variance of the percentiles in one component).
    alpha_values, alpha_percentiles : float
        Of all the indicators together.
    components : Components or None
        Of the percentiles; None with fewer than three complete units, or an indicator that does not
        vary on them.
    weights : DataFrame
        Indexed by dimension, percent of the score: ``etude`` (as set), ``par_indicateur`` (each
        indicator the same) and ``composante`` (first component; missing without `components`).
    units : int
        Units looked at.
    """

    constant: list[str]
    dimension_of: dict[str, str]
    rho: pd.DataFrame
    pairs: pd.DataFrame
    coherence: pd.DataFrame
    alpha_values: float
    alpha_percentiles: float
    components: Components | None
    weights: pd.DataFrame
    units: int

    @property
    def names(self) -> list[str]:
        """Indicators kept, in the order of the weights."""
        return list(self.dimension_of)


def screen(raw: pd.DataFrame, directions: Mapping[str, int], weights: Weights) -> Screened:
    """Put the indicators of a score side by side.

    Parameters
    ----------
    raw : DataFrame
        Values, units in rows; missing where unknown.
    directions : mapping of str to int
        1 when a higher value is a higher risk, else -1.
    weights : Weights
        Those of the study.

    Raises
    ------
    KeyError
        When an indicator of the weights is not a column, or has no direction.
    """
    constant = [name for name in weights.names if raw[name].nunique() < 2]
    kept = weights.without(constant)
    names = kept.names
    turned = raw[names] * pd.Series({name: directions[name] for name in names}, dtype=float)
    percentiles = Method().normalised(turned, directions)
    values = coherence(turned, kept.dimension_of)
    ranked = coherence(percentiles, kept.dimension_of)
    components = _components(percentiles)
    return Screened(
        constant=constant,
        dimension_of=kept.dimension_of,
        rho=turned.corr(method="spearman"),
        pairs=flagged_pairs(turned, kept.dimension_of),
        coherence=pd.DataFrame(
            {
                "indicateurs": ranked["indicateurs"],
                "alpha_valeurs": values["alpha"],
                "alpha_centiles": ranked["alpha"],
                "part_premiere": ranked["part_premiere"],
            }
        ),
        alpha_values=cronbach_alpha(turned, standardised=True),
        alpha_percentiles=cronbach_alpha(percentiles, standardised=True),
        components=components,
        weights=_compared(kept, percentiles if components else None),
        units=len(raw),
    )


def _components(percentiles: pd.DataFrame) -> Components | None:
    complete = percentiles.dropna()
    if len(complete) < LEAST_UNITS or (complete.nunique() < 2).any():
        return None
    return principal_components(percentiles)


def _compared(weights: Weights, percentiles: pd.DataFrame | None) -> pd.DataFrame:
    """Return the share of the score of each dimension that counts, under three ways to weigh."""
    counted = list(dict.fromkeys(weights.dimension_of.values()))
    ways = {STUDY: weights, EACH: weights.equal_per_indicator()}
    if percentiles is not None:
        ways[FIRST] = weights.principal(percentiles)
    table = pd.DataFrame({way: pd.Series(given.dimensions) for way, given in ways.items()})
    table = table.reindex(index=counted, columns=[STUDY, EACH, FIRST]).astype(float)
    return (100.0 * table / table.sum(skipna=True).replace(0.0, np.nan)).rename_axis("dimension")
