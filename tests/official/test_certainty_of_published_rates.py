"""Rounding alone on the published poverty rates of 13: what METHODS 3.6 says was checked.

The figures there come from another program and another seed: counts may differ by one or two.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.certainty.choices import Sources
from diagalim.analysis.certainty.draws import Draws, joint_draws
from diagalim.analysis.certainty.measured import Measured
from diagalim.analysis.certainty.ranks import decile_changes, rank_certainty
from diagalim.analysis.certainty.study import Study
from diagalim.analysis.score.composite import Weights

RATE = "taux_pauvrete"


@pytest.fixture(scope="module")
def draws(official) -> Draws:
    table = official["filosofi_iris"]
    rates = table[(table["variable"] == "DISP_TP6021") & table["valeur"].notna()].set_index("code")
    measured = Measured.exact(
        rates[["valeur"]].to_numpy(float),
        half_rounding=rates[["demi_arrondi"]].to_numpy(float),
    )
    ranked = pd.Series(True, index=rates.index)
    study = Study.of(measured, ranked, {RATE: 1}, Weights({"r": 1.0}, {"r": {RATE: 1.0}}))
    return joint_draws(study, Sources.only("rounding"), 2000, np.random.default_rng(20251121))


@pytest.fixture(scope="module")
def table(draws) -> pd.DataFrame:
    return rank_certainty(draws)


def test_the_published_rates_are_all_there(draws):
    assert len(draws.units) == 677


def test_the_top_decile_is_nearly_all_sure(table):
    assert (table["p_decile"] >= 0.95).sum() == pytest.approx(65, abs=2)
    between = (table["p_decile"] > 0.05) & (table["p_decile"] < 0.95)
    assert between.sum() == pytest.approx(9, abs=2)


def test_one_iris_in_fifteen_changes_decile_in_a_draw(draws):
    assert 100 * decile_changes(draws) == pytest.approx(6.5, abs=0.5)


def test_width_of_the_intervals_of_rank(table):
    width = table["rang_haut"] - table["rang_bas"]
    assert width.median() == pytest.approx(26, abs=1)
    assert width.max() == pytest.approx(69, abs=3)
