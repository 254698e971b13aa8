"""How much does each dimension, and each indicator inside it, count?

Weights are set per dimension first: five columns of income with equal weights per indicator would
give income half of the score without saying so (METHODS 3.2). Weights of a principal component
reward what is said twice: they are for sensitivity, not for truth.

Reference: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.analysis.score.multivariate import principal_components
from diagalim.settings.territory import Score


@dataclass(frozen=True)
class Weights:
    """Weights of the score, as given: only their ratios count.

    Parameters
    ----------
    dimensions : dict of str to float
        Weight of each dimension.
    indicators : dict of str to dict of str to float
        Weight of each indicator, by dimension.

    Raises
    ------
    ValueError
        When a weight is negative or not finite, or a dimension has no indicators.
    """

    dimensions: dict[str, float]
    indicators: dict[str, dict[str, float]]

    def __post_init__(self) -> None:
        lost = [name for name in self.dimensions if name not in self.indicators]
        if lost:
            raise ValueError(f"dimensions without indicators: {', '.join(lost)}")
        named = {**self.dimensions}
        for dimension in self.dimensions:
            named |= self.indicators[dimension]
        wrong = [name for name, weight in named.items() if not 0 <= weight < np.inf]
        if wrong:
            raise ValueError(f"weights negative or not finite: {', '.join(wrong)}")

    @classmethod
    def of(cls, score: Score) -> Weights:
        """Return the weights that a territory file gives: those of its experts, or equal ones."""
        return cls(
            {name: dimension.poids for name, dimension in score.dimensions.items()},
            {name: dict(dimension.indicateurs) for name, dimension in score.dimensions.items()},
        )

    def completed(self, homes: Mapping[str, str]) -> Weights:
        """Return the same weights, with those of the indicators that nobody weighed.

        One weighs as those of its dimension do on average, so that nothing else has to be written
        to add it; a weight of zero leaves it out. A dimension without a weight takes no indicator.

        Parameters
        ----------
        homes : mapping of str to str
            Dimension of each indicator that may count.
        """
        inner = {dimension: dict(named) for dimension, named in self.indicators.items()}
        for name, dimension in homes.items():
            given = self.inside(dimension) if dimension in inner else {}
            if given and name not in inner[dimension]:
                inner[dimension][name] = sum(given.values()) / len(given)
        return Weights(self.dimensions, inner)

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
    def even(self) -> bool:
        """Whether those that count weigh the same: dimensions, and indicators inside each."""
        counted = {name: weight for name, weight in self.dimensions.items() if weight > 0}
        inner = [{w for w in self.indicators[name].values() if w > 0} for name in counted]
        return len(set(counted.values())) == 1 and all(len(weights) == 1 for weights in inner)

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

    @property
    def dimension_of(self) -> dict[str, str]:
        """Dimension of each indicator that counts."""
        counted = set(self.names)
        return {
            name: dimension
            for dimension in self.dimensions
            for name in self.indicators[dimension]
            if name in counted
        }

    @property
    def shares(self) -> dict[str, float]:
        """Share of the score of each indicator that counts, 0 to 1, where all is known."""
        home = self.dimension_of
        whole = sum(self.dimensions[dimension] for dimension in dict.fromkeys(home.values()))
        return {
            name: self.dimensions[d] / whole * inner[name] / sum(inner.values())
            for name, d in home.items()
            for inner in [self.inside(d)]
        }

    def inside(self, dimension: str) -> dict[str, float]:
        """Return the weights of the indicators of a dimension that count in it."""
        return {name: weight for name, weight in self.indicators[dimension].items() if weight > 0}

    def equal_per_dimension(self) -> Weights:
        """Return equal weights for the dimensions that count, and for indicators inside each."""
        return self._shared({name: 1.0 for name in self.names})

    def equal_per_indicator(self) -> Weights:
        """Return the same weight for every indicator: a dimension counts as its indicators do."""
        equal = self._shared({name: 1.0 for name in self.names})
        return Weights(
            {dimension: float(len(inner)) for dimension, inner in equal.indicators.items()},
            equal.indicators,
        )

    def principal(self, normalised: pd.DataFrame) -> Weights:
        """Return weights read off the first principal component of the indicators.

        Squared coefficients of the component, which sum to 1; a dimension weighs what its
        indicators do together. Estimated on the units where all are known.

        Parameters
        ----------
        normalised : DataFrame
            Oriented and normalised indicators, units in rows.

        Raises
        ------
        ValueError
            When fewer than two indicators vary on complete units, as `principal_components` says.
        """
        columns = normalised[self.names]
        first = principal_components(columns).coefficients[:, 0] ** 2
        given = dict(zip(self.names, first.tolist(), strict=True))
        inner = self._shared(given).indicators
        return Weights({name: sum(each.values()) for name, each in inner.items()}, inner)

    def _shared(self, given: Mapping[str, float]) -> Weights:
        inner = {
            dimension: {name: given[name] for name in names if name in given}
            for dimension, names in self.indicators.items()
            if self.dimensions.get(dimension, 0) > 0
        }
        inner = {dimension: names for dimension, names in inner.items() if names}
        return Weights(dict.fromkeys(inner, 1.0), inner)
