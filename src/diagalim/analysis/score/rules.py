"""By which rules is the published score made, and who makes it?

Weights and limits are set by the territory, directions by the registry of indicators. They become
the rules of a score here and nowhere else, and `published` alone makes the score that a report
gives: the report, its map, its checks and a comparison of two runs cannot disagree. Whoever asks
what another choice would give changes the rules (`dataclasses.replace`), not the steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from diagalim.analysis.score import status
from diagalim.analysis.score.classes import CLASSES
from diagalim.analysis.score.composite import Composite, composite
from diagalim.analysis.score.method import Method
from diagalim.analysis.score.weighting import Weights
from diagalim.settings.indicators import REQUIRED_DIMENSION, Registry
from diagalim.settings.territory import Territory

INCOME = "niveau_vie_median"
"""The indicator of resources that is published the most widely."""


@dataclass(frozen=True)
class ScoreRules:
    """All that is chosen in a score.

    Attributes
    ----------
    weights : Weights
        Of dimensions and indicators.
    directions : mapping of str to {1, -1}
        By indicator, 1 when a higher value means a higher risk.
    bounds : mapping of str to (float, float)
        Least and largest value that an indicator may have, in its unit.
    least_population : int
        Under this many inhabitants a place is not scored, unless it is a whole commune.
    known_weight : float
        Least share of the weight of a dimension that must be known.
    least_dimensions : int
        Least number of known dimensions.
    required : str
        Dimension without which there is no score.
    classes : int
        Classes of equal numbers.
    method : Method
        Treatment, normalisation and aggregations.
    """

    weights: Weights
    directions: Mapping[str, int]
    bounds: Mapping[str, tuple[float, float]]
    least_population: int
    known_weight: float
    least_dimensions: int
    required: str = REQUIRED_DIMENSION
    classes: int = CLASSES
    method: Method = Method()

    @classmethod
    def of(cls, territory: Territory, indicators: Registry) -> ScoreRules:
        """Return the rules that a territory sets for the indicators of the registry.

        An indicator of the score that the territory does not name counts all the same: see
        `Weights.completed`.
        """
        known, limits = indicators.indicateurs, territory.seuils
        scored = {name: each.dimension for name, each in known.items() if each.role == "score"}
        return cls(
            weights=Weights.of(territory.score).completed(scored),
            directions={name: each.sens for name, each in known.items()},
            bounds={name: (0.0, each.upper_bound) for name, each in known.items()},
            least_population=limits.population_minimale,
            known_weight=limits.poids_observe_minimal,
            least_dimensions=limits.dimensions_minimales,
        )

    def without(self, names: Iterable[str]) -> ScoreRules:
        """Return the same rules, some indicators left out of the weights."""
        return replace(self, weights=self.weights.without(names))

    @property
    def can_score(self) -> bool:
        """Whether the required dimension and enough others have a weight."""
        counted = [name for name, weight in self.weights.dimensions.items() if weight > 0]
        return self.required in counted and len(counted) >= self.least_dimensions

    def scorable(self, iris: pd.DataFrame) -> pd.Series:
        """Return which places may be scored (`status.scorable`)."""
        return status.scorable(iris, self.least_population)


def scored(raw: pd.DataFrame, scorable: pd.Series, rules: ScoreRules) -> Composite:
    """Score the places that may be, whatever their values rest on.

    Parameters
    ----------
    raw : DataFrame
        Indicators in columns, places in rows; missing where unknown.
    scorable : Series of bool
        From `ScoreRules.scorable`; the other places do not enter the ranks.
    rules : ScoreRules

    Raises
    ------
    ValueError
        As `diagalim.analysis.score.composite.composite`.
    """
    return composite(
        raw,
        rules.directions,
        rules.weights,
        scorable=scorable,
        known_weight=rules.known_weight,
        least_dimensions=rules.least_dimensions,
        required=rules.required,
        method=rules.method,
    )


def wide(values: pd.DataFrame, column: str, index: pd.Index) -> pd.DataFrame:
    """Return one column of the long table of values, indicators in columns, places in rows."""
    return values.pivot(index="code_iris", columns="indicateur", values=column).reindex(index)


def published(values: pd.DataFrame, iris: pd.DataFrame, rules: ScoreRules) -> Composite:
    """Return the score that a report gives, with the share of each score that is borrowed.

    A score resting almost wholly on borrowed values is not given; its share is told all the same.

    Parameters
    ----------
    values : DataFrame
        Long, from `diagalim.analysis.estimation.allowed.where_allowed`: ``code_iris``,
        ``indicateur``, ``valeur``, ``statut``.
    iris : DataFrame
        Indexed by IRIS: ``population``, ``type_iris``.
    rules : ScoreRules
        Without the indicators that no place has.

    Returns
    -------
    Composite
        Rows are those of ``iris``.
    """
    raw, states = (wide(values, column, iris.index) for column in ("valeur", "statut"))
    first = scored(raw, rules.scorable(iris), rules)
    borrowed = status.borrowed_share(states, first.effective_weights)
    return replace(first.keeping(status.bearable(borrowed)), borrowed=borrowed)


def explained(
    states: pd.DataFrame, iris: pd.DataFrame, made: Composite, rules: ScoreRules
) -> pd.DataFrame:
    """Return the status of each place and why it has no score (`status.why_unscored`).

    Parameters
    ----------
    states : DataFrame of str
        State of each value, indicators in columns; rows are those of ``iris``.
    iris : DataFrame
        Indexed by IRIS: ``population``, ``type_iris``.
    made : Composite
        From `published`, by the same rules.
    rules : ScoreRules
    """
    return status.why_unscored(
        iris,
        states,
        made,
        made.borrowed,
        resources=list(rules.weights.indicators[rules.required]),
        income=INCOME,
        least_population=rules.least_population,
    )
