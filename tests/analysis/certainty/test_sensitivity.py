"""What drives the ranks: where the answer is known beforehand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.certainty.choices import Choice, Sources
from diagalim.analysis.certainty.measured import Measured
from diagalim.analysis.certainty.sensitivity import (
    SHIFT,
    compare_methods,
    method_sensitivity,
    remove_each,
    single_changes,
)
from diagalim.analysis.certainty.study import Study
from diagalim.analysis.score.composite import Weights

from .conftest import WEIGHTS

QUICK = {"seed": 3, "base": 64, "resamples": 20, "first": 2}


def test_every_choice_that_varies_is_an_input(study):
    table = method_sensitivity(study(half_rounding=1.0), Sources(), **QUICK)
    assert table.loc[table["sortie"] == SHIFT, "choix"].tolist() == [
        "data", "removal", "weights", "treatment", "normalisation", "inner", "outer", "missing",
    ]  # fmt: skip
    assert table["sortie"].nunique() == 3  # the shift, and the rank of the two highest


def test_the_data_do_not_vary_unless_asked_for(study):
    table = method_sensitivity(study(half_rounding=1.0), **QUICK)
    assert "data" not in set(table["choix"])


def test_a_choice_that_changes_nothing_explains_nothing(study):
    table = method_sensitivity(study(), **QUICK).set_index(["sortie", "choix"])
    assert table.loc[(SHIFT, "missing"), "total"] == 0.0  # nothing is missing
    assert table.loc[(SHIFT, "weights"), "total"] > 0.05


def test_a_single_choice_explains_all(study):
    made = study(half_rounding=6.0)
    for sources, name in ((Sources.only("rounding"), "data"), (Sources.only("inner"), "inner")):
        table = method_sensitivity(made, sources, **{**QUICK, "first": 0, "base": 1024})
        assert table["choix"].tolist() == [name]
        assert table["total"].item() == pytest.approx(1.0, abs=0.1)


def test_the_same_seed_gives_the_same_indices(study):
    one, two = (method_sensitivity(study(half_rounding=1.0), **QUICK) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)


def test_nothing_that_varies_is_refused(study):
    with pytest.raises(ValueError, match="nothing to explain"):
        method_sensitivity(study(), Sources.only("rounding"), **QUICK)


def three_places() -> Study:
    """Three places and two indicators that disagree; the first counts twice as much."""
    return Study.of(
        Measured.exact(np.array([[3.0, 1.0], [2.0, 3.0], [1.0, 2.0]])),
        pd.Series(True, index=["p", "q", "r"]),
        {"x": 1, "y": 1},
        Weights({"X": 2.0, "Y": 1.0}, {"X": {"x": 1.0}, "Y": {"y": 1.0}}),
    )


def test_without_one_indicator_the_other_decides():
    table = remove_each(three_places())  # published: p and q share the first rank, then r
    # y alone: q, r, p
    assert table.loc["x", ["deplacement_moyen", "deplacement_max", "unite_max"]].tolist() == [
        pytest.approx((1.5 + 0.5 + 1) / 3), 1.5, "p",
    ]  # fmt: skip
    # x alone: p, q, r
    assert table.loc["y", ["deplacement_moyen", "deplacement_max"]].tolist() == [
        pytest.approx(1 / 3), 0.5,
    ]  # fmt: skip


def test_one_indicator_alone_cannot_be_left_out():
    only = Study.of(
        Measured.exact(np.arange(3.0)[:, None]),
        pd.Series(True, index=range(3)),
        {"x": 1},
        Weights({"X": 1.0}, {"X": {"x": 1.0}}),
    )
    with pytest.raises(ValueError, match="one indicator only"):
        remove_each(only)


def test_each_alternative_is_compared_alone(study):
    made = study()
    table = compare_methods(made)
    assert table.index.tolist() == list(single_changes(made))
    assert "normalisation:percentile" not in table.index
    # a treatment keeps the order of values: percentiles do not see it
    assert table.loc["treatment:box_cox", "spearman"] == pytest.approx(1)
    assert table.loc["treatment:box_cox", "deplacement_max"] == 0
    assert table.loc["outer:geometric", "spearman"] < 1
    assert table["part_gardee"].between(0, 1).all()


def test_other_weights_are_compared_as_the_published_ones_would_be(study):
    made = study()
    doubled = Weights({d: 7 * w for d, w in WEIGHTS.dimensions.items()}, WEIGHTS.indicators)
    lone = Weights({"R": 1.0, "M": 0.0, "L": 0.0}, WEIGHTS.indicators)
    table = compare_methods(made, {"outer": Choice(outer="counting")}, {"7": doubled, "R": lone})
    assert table.index.tolist() == ["outer", "7", "R"]
    assert table.loc["7", ["deplacement_max", "part_gardee"]].tolist() == [0, 1]
    alone = replace(made, outer=np.array([1.0, 0, 0]))
    assert table.loc["R", "deplacement_moyen"] > 0
    assert compare_methods(alone, {}, {"R": lone}).loc["R", "deplacement_max"] == 0
