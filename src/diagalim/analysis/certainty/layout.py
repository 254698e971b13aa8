"""The study of a territory's score, from the tables that its chapter leaves.

The chapter of the score draws ranks, that of sensitivity asks what moves them: both lay the same
score out here, so that they cannot disagree on what is drawn.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.certainty.choices import Choice
from diagalim.analysis.certainty.measured import Completed, Measured
from diagalim.analysis.certainty.study import Study
from diagalim.analysis.score.rules import ScoreRules


def study_of(
    values: pd.DataFrame, imputations: Completed, ranked: pd.Series, rules: ScoreRules
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
    rules : ScoreRules
        Of the published score.

    Raises
    ------
    ValueError
        As `Study.of`, and when a value or an imputation is missing for an indicator that counts.
    """
    measured = Measured.of_table(
        values, ranked.index, rules.weights.names, bounds=rules.bounds, imputations=imputations
    )
    reference = Choice.of(rules.method, rules.known_weight)
    return Study.of(measured, ranked, rules.directions, rules.weights, reference=reference)
