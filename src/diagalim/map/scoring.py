"""What must the page know to score the IRIS again under the weights of its reader?

The percentiles of risk, which no weight changes, as doubled ranks: whole numbers from which the
browser finds the very percentiles of `diagalim.analysis.score.composite.percentile_of_risk`. With
them, what part of each value is borrowed, since the status of an IRIS follows its effective weights
(METHODS 3.3): a reader who puts all the weight on borrowed values must see hatching.

A page whose own published weights did not give the published score would be worse than no page:
that is checked here, before anything is drawn.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from diagalim.analysis.score import status
from diagalim.analysis.score.composite import Composite, Weights, composite, percentile_of_risk
from diagalim.analysis.values.recipes import main_recipes, unavailable
from diagalim.chapter.theme import CLASS_LABELS
from diagalim.map.packing import packed
from diagalim.settings.indicators import REQUIRED_DIMENSION, Registry
from diagalim.settings.territory import Score, Thresholds
from diagalim.wording import french

AGREEMENT = 1e-9
"""Largest difference between the published score and the one found again, in points."""


def scoring_basis(
    values: pd.DataFrame,
    iris: pd.DataFrame,
    registry: Registry,
    score: Score,
    limits: Thresholds,
) -> dict[str, Any]:
    """Return what the controller scores from, ready for JSON.

    Parameters
    ----------
    values : DataFrame
        One row an IRIS and indicator: ``code_iris``, ``indicateur``, ``valeur``, ``statut``,
        ``recette``, as `diagalim.analysis.values.recipes.all_values` gives them.
    iris : DataFrame
        Indexed by ``code_iris``, in the order of the map: ``population``, ``type_iris``, ``score``
        (published, missing where there is none).
    registry : Registry
        Names, directions and sentences of the indicators.
    score : Score
        Published weights; indicators of weight 0 are offered to the reader as well.
    limits : Thresholds
        Of the territory.

    Returns
    -------
    dict
        ``units``, ``small``, ``dimensions``, ``indicators``, ``limits``, ``reasons``: see
        ``js/score/score.js``.

    Raises
    ------
    ValueError
        When these values and weights do not give the published score.
    """
    weights = _offered(score, set(unavailable(values)))
    names = [name for inner in weights.indicators.values() for name in inner]
    by_iris = values.pivot(index="code_iris", columns="indicateur", values=["valeur", "statut"])
    raw = by_iris["valeur"].reindex(iris.index)[names].astype(float)
    states = by_iris["statut"].reindex(iris.index)[names]
    scorable = status.scorable(iris, limits.population_minimale)
    found = _score_again(raw, states, registry, weights, limits, scorable)
    _check_agreement(found.score, iris["score"])
    worded = registry.worded(main_recipes(values))
    dimensions = list(weights.dimensions)
    return {
        "units": len(iris),
        "small": packed((iris["population"] < limits.population_minimale).to_numpy(), "u8"),
        "dimensions": [
            {
                "id": name,
                "label": registry.dimensions[name].libelle,
                "weight": float(weights.dimensions[name]),
            }
            for name in dimensions
        ],
        "indicators": [
            {
                "id": name,
                "label": _unbroken(worded.indicateurs[name].libelle),
                "phrase": french.spaced(worded.indicateurs[name].phrase),
                "unit": worded.indicateurs[name].unite,
                "dimension": position,
                "weight": float(weights.indicators[dimension][name]),
                "ranks": packed(_doubled_ranks(raw[name], scorable, worded, name), "u16"),
                "values": packed(raw[name].to_numpy(), "f64"),
                "borrowed": packed(_borrowed_halves(states[name]), "u8"),
            }
            for position, dimension in enumerate(dimensions)
            for name in weights.indicators[dimension]
        ],
        "limits": {
            "known_weight": limits.poids_observe_minimal,
            "least_dimensions": limits.dimensions_minimales,
            "required": REQUIRED_DIMENSION,
            "indicative_above": status.INDICATIVE_ABOVE,
            "unscored_above": status.UNSCORED_ABOVE,
            "tolerance": status.TOLERANCE,
            "classes": len(CLASS_LABELS),
        },
        "reasons": {name: status.REASONS[name] for name in ("trop_estime", "trop_peu")},
    }


def _unbroken(label: str) -> str:
    """Hold the thousands of a number together: a narrow column breaks lines anywhere else."""
    return re.sub(r"(?<=\d) (?=\d{3})", french.NARROW, label)


def _offered(score: Score, missing: set[str]) -> Weights:
    """Return the weights of the territory, without the indicators that have no value anywhere."""
    given = Weights.of(score)
    inner = {
        dimension: {name: weight for name, weight in named.items() if name not in missing}
        for dimension, named in given.indicators.items()
    }
    kept = {dimension: named for dimension, named in inner.items() if named}
    return Weights({name: given.dimensions[name] for name in kept}, kept)


def _doubled_ranks(
    raw: pd.Series, scorable: pd.Series, registry: Registry, name: str
) -> np.ndarray:
    """Return twice the mean rank of each value among the scorable IRIS, 0 where missing."""
    kept = raw.where(scorable)
    percentile = percentile_of_risk(kept, registry.indicateurs[name].sens)
    return (2 * (percentile * kept.notna().sum() / 100 + 0.5)).round().fillna(0).to_numpy()


def _borrowed_halves(states: pd.Series) -> np.ndarray:
    return (2 * states.map(status.BORROWED).fillna(0.0)).to_numpy()


def _check_agreement(found: pd.Series, published: pd.Series) -> None:
    differs = (found - published).abs().gt(AGREEMENT) | (found.isna() != published.isna())
    if differs.any():
        raise ValueError(
            f"Carte : les valeurs et les poids ne redonnent pas le score publié de "
            f"{int(differs.sum())} IRIS (dont {differs.idxmax()}). "
            "À faire : refaire le chapitre du score, puis la carte."
        )


def _score_again(
    raw: pd.DataFrame,
    states: pd.DataFrame,
    registry: Registry,
    weights: Weights,
    limits: Thresholds,
    scorable: pd.Series,
) -> Composite:
    result = composite(
        raw,
        {name: registry.indicateurs[name].sens for name in raw},
        weights,
        scorable=scorable,
        known_weight=limits.poids_observe_minimal,
        least_dimensions=limits.dimensions_minimales,
        required=REQUIRED_DIMENSION,
    )
    borrowed = status.borrowed_share(states, result.effective_weights)
    return result.keeping(status.bearable(borrowed))
