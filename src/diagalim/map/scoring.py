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
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from diagalim.analysis.score import status
from diagalim.analysis.score.composite import percentile_of_risk
from diagalim.analysis.score.rules import ScoreRules, published, wide
from diagalim.analysis.score.weighting import Weights
from diagalim.analysis.values.recipes import main_recipes, unavailable
from diagalim.map.packing import packed
from diagalim.settings.indicators import Registry
from diagalim.wording import french

AGREEMENT = 1e-9
"""Largest difference between the published score and the one found again, in points."""


def scoring_basis(
    values: pd.DataFrame, iris: pd.DataFrame, registry: Registry, rules: ScoreRules
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
        Names and sentences of the indicators.
    rules : ScoreRules
        Of the published score; indicators of weight 0 are offered to the reader as well.

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
    rules = replace(rules, weights=_offered(rules.weights, set(unavailable(values))))
    weights = rules.weights
    names = [name for inner in weights.indicators.values() for name in inner]
    raw, states = (wide(values, column, iris.index)[names] for column in ("valeur", "statut"))
    scorable = rules.scorable(iris)
    _check_agreement(published(values, iris, rules).score, iris["score"])
    worded = registry.worded(main_recipes(values))
    dimensions = list(weights.dimensions)
    return {
        "units": len(iris),
        "small": packed((iris["population"] < rules.least_population).to_numpy(), "u8"),
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
                "ranks": packed(_doubled_ranks(raw[name], scorable, rules.directions[name]), "u16"),
                "values": packed(raw[name].to_numpy(), "f64"),
                "borrowed": packed(_borrowed_halves(states[name]), "u8"),
            }
            for position, dimension in enumerate(dimensions)
            for name in weights.indicators[dimension]
        ],
        "limits": {
            "known_weight": rules.known_weight,
            "least_dimensions": rules.least_dimensions,
            "required": rules.required,
            "indicative_above": status.INDICATIVE_ABOVE,
            "unscored_above": status.UNSCORED_ABOVE,
            "tolerance": status.TOLERANCE,
            "classes": rules.classes,
        },
        "reasons": {name: status.REASONS[name] for name in ("trop_estime", "trop_peu")},
    }


def _unbroken(label: str) -> str:
    """Hold the thousands of a number together: a narrow column breaks lines anywhere else."""
    return re.sub(r"(?<=\d) (?=\d{3})", french.NARROW, label)


def _offered(given: Weights, missing: set[str]) -> Weights:
    """Return weights without the indicators that have no value anywhere, those of zero kept."""
    inner = {
        dimension: {name: weight for name, weight in named.items() if name not in missing}
        for dimension, named in given.indicators.items()
    }
    kept = {dimension: named for dimension, named in inner.items() if named}
    return Weights({name: given.dimensions[name] for name in kept}, kept)


def _doubled_ranks(raw: pd.Series, scorable: pd.Series, direction: int) -> np.ndarray:
    """Return twice the mean rank of each value among the scorable IRIS, 0 where missing."""
    kept = raw.where(scorable)
    percentile = percentile_of_risk(kept, direction)
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
