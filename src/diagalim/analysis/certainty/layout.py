"""The study of a territory's score, from the tables that its chapter leaves.

The chapter of the score draws ranks, that of sensitivity asks what moves them: both lay the same
score out here, so that they cannot disagree on what is drawn.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.certainty.choices import Choice
from diagalim.analysis.certainty.measured import Completed, Measured
from diagalim.analysis.certainty.study import Study
from diagalim.analysis.score.method import Method
from diagalim.analysis.score.weighting import Weights
from diagalim.settings.indicators import Registry


def study_of(
    values: pd.DataFrame,
    imputations: Completed,
    ranked: pd.Series,
    weights: Weights,
    registry: Registry,
    *,
    known_weight: float,
    method: Method | None = None,
) -> Study:
    """Lay out a published score for its draws.

    Parameters
    ----------
    values : DataFrame
        Long table of `diagalim.analysis.estimation.withheld.estimate_withheld`.
    imputations : Imputations
        The same values, completed several times.
    ranked : Series of bool
        Whether each IRIS has a score, indexed by the IRIS that may be scored.
    weights : Weights
        Of the published score.
    registry : Registry
        Directions, and the bounds that a value cannot pass.
    known_weight : float
        Least share of the weight of a dimension that must be known.
    method : Method, optional
        Of the published score; the default one when not given.

    Raises
    ------
    ValueError
        As `Study.of`, and when a value or an imputation is missing for an indicator that counts.
    """
    names = weights.names
    entries = {name: registry.indicateurs[name] for name in names}
    measured = Measured.of_table(
        values,
        ranked.index,
        names,
        bounds={name: (0.0, entry.upper_bound) for name, entry in entries.items()},
        imputations=imputations,
    )
    directions = {name: entry.sens for name, entry in entries.items()}
    reference = Choice.of(method or Method(), known_weight)
    return Study.of(measured, ranked, directions, weights, reference=reference)
