"""Values, weights and rules of one score, laid out for thousands of scores.

Who is ranked is settled once, by the score of reference: the same units are ranked in every draw.
Parameters of the treatment of outliers are those of the published values. Scores are rounded at
1e-9 before they are ranked, so that a sum made in another order breaks no tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.analysis.certainty.choices import OPTIONS, Choice
from diagalim.analysis.certainty.measured import Measured
from diagalim.analysis.score.aggregation import (
    DECIMALS,
    TOLERANCE,
    bounds_of,
    mean_of_shares,
    shares_of,
)
from diagalim.analysis.score.method import FULL_SCALE
from diagalim.analysis.score.normalisation import BOUNDED, mean_ranks, normalise
from diagalim.analysis.score.outranking import counting, net_outranking_flow
from diagalim.analysis.score.treatment import Treatment, fit_treatment
from diagalim.analysis.score.weighting import Weights

ORDERINGS = {"net_outranking_flow": net_outranking_flow, "counting": counting}
"""Aggregations of dimensions that look at their order only."""


@dataclass(frozen=True)
class Study:
    """What a score is made of; made by `Study.of`.

    Attributes
    ----------
    measured : Measured
        Raw values of n units and k indicators, with what is not known of them.
    directions : ndarray of {1, -1}, shape (k,)
    units : Index
        The n units.
    indicators, dimensions : tuple of str
        Names of the k indicators and d dimensions that count.
    dimension : ndarray of int, shape (k,)
        Dimension of each indicator.
    inner, outer : ndarray, shapes (k,) and (d,)
        Weights, summing to 1 in each dimension and over dimensions.
    ranked : ndarray of bool, shape (n,)
        Units that have a score; the others only take part in the normalisation.
    reference : Choice
        The method of the published score.
    options : dict of str to tuple
        Alternatives of each step.
    treatments : dict of str to list of Treatment
        What each rule does to each indicator.
    """

    measured: Measured
    directions: np.ndarray
    units: pd.Index
    indicators: tuple[str, ...]
    dimensions: tuple[str, ...]
    dimension: np.ndarray
    inner: np.ndarray
    outer: np.ndarray
    ranked: np.ndarray
    reference: Choice
    options: dict[str, tuple]
    treatments: dict[str, list[Treatment]]

    @classmethod
    def of(
        cls,
        measured: Measured,
        ranked: pd.Series,
        directions: Mapping[str, int],
        weights: Weights,
        *,
        reference: Choice | None = None,
        options: Mapping[str, tuple] | None = None,
    ) -> Study:
        """Lay out a score.

        Parameters
        ----------
        measured : Measured
            Raw values; columns are ``weights.names``, rows are those of ``ranked``.
        ranked : Series of bool
            Whether each unit has a score; indexed by the units that may be scored.
        directions : mapping of str to {1, -1}
            1 when a higher value means a higher risk.
        weights : Weights
        reference : Choice, optional
            The method of the published score.
        options : mapping of str to tuple, optional
            Alternatives that replace those of `choices.OPTIONS`, by step.

        Raises
        ------
        ValueError
            When columns and weights do not fit, a direction is missing, an indicator has no value
            at all, or no unit is ranked.
        """
        names = weights.names
        if measured.shape != (len(ranked), len(names)):
            raise ValueError(
                f"values are {measured.shape}, {len(ranked)} units and {len(names)} indicators"
            )
        wrong = [name for name in names if directions.get(name) not in (1, -1)]
        if wrong:
            raise ValueError(f"no direction for {', '.join(wrong)}")
        empty = np.isnan(measured.values).all(axis=0)
        if empty.any():
            lost = [name for name, nothing in zip(names, empty, strict=True) if nothing]
            raise ValueError(f"indicators missing for every unit: {', '.join(lost)}")
        if not ranked.any():
            raise ValueError("no unit is ranked")
        reference = reference or Choice()
        home = {n: d for d, inner in weights.indicators.items() for n in inner}
        dimensions = tuple(dict.fromkeys(home[name] for name in names))
        dimension = np.array([dimensions.index(home[name]) for name in names])
        inner = np.array([weights.indicators[home[name]][name] for name in names], float)
        inner /= np.bincount(dimension, weights=inner)[dimension]
        outer = np.array([weights.dimensions[name] for name in dimensions], float)
        allowed = OPTIONS | dict(options or {})
        allowed["missing"] = tuple(dict.fromkeys((reference.missing, *allowed["missing"])))
        return cls(
            measured=measured,
            directions=np.array([directions[name] for name in names], float),
            units=ranked.index,
            indicators=tuple(names),
            dimensions=dimensions,
            dimension=dimension,
            inner=inner,
            outer=outer / outer.sum(),
            ranked=ranked.to_numpy(bool),
            reference=reference,
            options=allowed,
            treatments={
                rule: [fit_treatment(column, rule) for column in measured.values.T]
                for rule in dict.fromkeys((reference.treatment, *allowed["treatment"]))
            },
        )

    @property
    def ranked_units(self) -> pd.Index:
        """Units that have a rank."""
        return self.units[self.ranked]

    def normalised(self, values: np.ndarray, columns: np.ndarray, choice: Choice) -> np.ndarray:
        """Orient, treat and normalise stacked values.

        Parameters
        ----------
        values : ndarray, shape (b, c, n)
            Raw.
        columns : ndarray of int, shape (c,)
            Their indicators.
        choice : Choice

        Returns
        -------
        ndarray, shape (b, c, n)
            NaN where missing.
        """
        treated = values
        for place, column in enumerate(columns):
            treatment = self.treatments[choice.treatment][column]
            if treatment.kind != "aucun":
                treated = treated.copy() if treated is values else treated
                treated[:, place] = treatment.apply(values[:, place])
        oriented = treated * self.directions[columns][:, None]
        found = normalise(np.swapaxes(oriented, -1, -2), choice.normalisation)
        return np.swapaxes(found, -1, -2)

    def counted(self, missing: float) -> np.ndarray:
        """Return 1 where a value is known and its dimension counts for the unit, else 0.

        The rule looks at the weights of reference: it is a matter of what is known of the unit, and
        a drawn weight does not change it.

        Returns
        -------
        ndarray of float, shape (k, n)
        """
        known = ~np.isnan(self.measured.values.T)
        member = self.membership * self.inner
        enough = member @ known >= missing - TOLERANCE
        return (known & enough[self.dimension]).astype(np.float64)

    @property
    def membership(self) -> np.ndarray:
        """1 where an indicator (column) belongs to a dimension (row), shape (d, k)."""
        return (self.dimension == np.arange(len(self.dimensions))[:, None]).astype(np.float64)

    def scores(
        self,
        normalised: np.ndarray,
        known: np.ndarray,
        within: np.ndarray,
        across: np.ndarray,
        choice: Choice,
    ) -> np.ndarray:
        """Aggregate stacked normalised values.

        Parameters
        ----------
        normalised : ndarray, shape (b, k, n) or (1, k, n)
            Any finite number where missing.
        known : ndarray, shape (k, n)
            From `counted`.
        within, across : ndarray, shapes (b, k) and (b, d)
            Weights of the indicators and of the dimensions.
        choice : Choice

        Returns
        -------
        ndarray, shape (b, ranked units)
            NaN where nothing is left of a unit.
        """
        table, known = np.swapaxes(normalised, -1, -2), known.T > 0
        scale = FULL_SCALE
        if choice.normalisation not in BOUNDED:
            scale = bounds_of(table, ~np.isnan(self.measured.values))
        parts = self._dimensions(table, known, within, choice.inner, scale)
        if choice.outer in ORDERINGS:
            order = ORDERINGS[choice.outer]
            score = order(np.round(parts, DECIMALS), across[:, None, :], known_weight=0.0)
        else:
            there = ~np.isnan(parts)
            shares = shares_of(there, across[:, None, :])
            score = mean_of_shares(np.where(there, parts, 0.0), shares, choice.outer, scale)
        return np.round(score, DECIMALS)

    def _dimensions(
        self,
        table: np.ndarray,
        known: np.ndarray,
        within: np.ndarray,
        kind: str,
        scale: tuple,
    ) -> np.ndarray:
        """Score each dimension of the ranked units, (b, ranked units, d)."""
        found = np.empty((len(within), len(self.dimensions), int(self.ranked.sum())))
        everyone, start = self.ranked.all(), 0
        for place, size in enumerate(np.bincount(self.dimension)):
            here = slice(start, start + size)  # indicators of a dimension stand together
            shares = shares_of(known[:, here], within[:, None, here])
            mean = mean_of_shares(table[..., here], shares, kind, scale)
            found[:, place] = mean if everyone else mean[:, self.ranked]
            start += size
        return np.swapaxes(found, -1, -2)


def ranks_of(scores: np.ndarray) -> np.ndarray:
    """Rank stacked scores (b, n), 1 the highest, mean rank for ties, missing kept."""
    return mean_ranks(-scores.T).T
