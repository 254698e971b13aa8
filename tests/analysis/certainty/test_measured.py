"""Draws of values: each source has its own law, and moves nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from diagalim.analysis.certainty.measured import Measured, Spreads

ON = {"rounding": True, "sampling": True, "withheld": True, "estimation": True}
DRAWS = 4000


def drawn(measured: Measured, **switches) -> np.ndarray:
    """Return draws (draws, c, n) of the columns that move."""
    return Spreads.of(measured, **{**ON, **switches}).draw(DRAWS, np.random.default_rng(5))


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)[:, None]


def test_a_rounded_value_was_anywhere_within_its_half_width():
    found = drawn(Measured.exact(column(10, 20), half_rounding=column(0.5, 1)))
    assert np.abs(found[:, 0, 0] - 10).max() <= 0.5
    assert np.abs(found[:, 0, 1] - 20).max() <= 1
    assert stats.kstest(found[:, 0, 1], stats.uniform(19, 2).cdf).pvalue > 0.01


def test_a_share_from_a_sample_follows_the_normal_law_truncated_to_its_bounds():
    measured = Measured.exact(
        column(2.0), sampling_error=column(3.0), bounds=np.array([[0.0, 100.0]])
    )
    found = drawn(measured)[:, 0, 0]
    law = stats.truncnorm((0 - 2) / 3, (100 - 2) / 3, loc=2, scale=3)
    assert found.min() >= 0
    assert stats.kstest(found, law.cdf).pvalue > 0.01


def test_a_withheld_count_is_one_of_zero_to_four():
    found = drawn(Measured.exact(column(20.0), withheld_unit=column(10.0)))[:, 0, 0]
    assert set(found) == {0, 10, 20, 30, 40}
    counts = np.bincount((found / 10).astype(int))
    assert stats.chisquare(counts).pvalue > 0.01


def test_a_whole_completed_table_is_drawn_at_once():
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    tables = np.stack([values, values + [[0, 10], [10, 0]], values + [[0, 20], [20, 0]]])
    found = drawn(Measured.exact(values, imputations=tables))
    # columns in rows: unit 0 of the second and unit 1 of the first move together
    assert {tuple(one.ravel()) for one in found} == {(1, 3, 2, 4), (1, 13, 12, 4), (1, 23, 22, 4)}


def test_an_estimate_without_completed_tables_moves_by_its_own_error():
    found = drawn(Measured.exact(column(50.0), estimation_error=column(2.0)))[:, 0, 0]
    assert stats.kstest(found, stats.norm(50, 2).cdf).pvalue > 0.01


def test_columns_that_nothing_moves_are_not_drawn():
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    spreads = Spreads.of(Measured.exact(values, half_rounding=np.array([[0, 0], [0, 0.5]])), **ON)
    assert spreads.columns.tolist() == [1]
    assert (spreads.draw(9, np.random.default_rng(0))[:, 0, 0] == 2.0).all()


@pytest.mark.parametrize(
    ("source", "spread"),
    [
        ("rounding", "half_rounding"),
        ("sampling", "sampling_error"),
        ("withheld", "withheld_unit"),
        ("estimation", "estimation_error"),
    ],
)
def test_each_source_can_be_switched_off(source, spread):
    measured = Measured.exact(column(1.0), **{spread: column(1.0)})
    assert len(Spreads.of(measured, **ON).columns) == 1
    assert len(Spreads.of(measured, **{**ON, source: False}).columns) == 0


def test_a_missing_value_stays_missing():
    found = drawn(Measured.exact(column(np.nan, 1.0), half_rounding=column(0.5, 0.5)))
    assert np.isnan(found[:, 0, 0]).all() and np.isfinite(found[:, 0, 1]).all()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"half_rounding": column(-1.0)}, "half_rounding has a negative"),
        ({"sampling_error": column(np.nan)}, "sampling_error has a negative, missing"),
        ({"half_rounding": column(1.0, 2.0)}, "half_rounding is"),
        ({"bounds": np.zeros((2, 2))}, "bounds are"),
        ({"imputations": np.zeros((3, 2, 1))}, "imputations are"),
        ({"imputations": np.full((3, 1, 1), np.nan)}, "not known at the same places"),
        ({"values": column(np.inf)}, "infinite value"),
        ({"values": column(np.nan), "withheld_unit": column(1.0)}, "withheld count needs a value"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Measured.exact(**{"values": column(1.0), **wrong})


LONG = pd.DataFrame(
    {
        "code_iris": ["a", "b", "a", "b"],
        "indicateur": ["x", "x", "y", "y"],
        "valeur": [1.0, 2.0, 3.0, np.nan],
        "demi_arrondi": [0.5, 0.0, 0.0, np.nan],
        "ecart": [0.0, 0.0, 4.0, np.nan],
    }
)


def test_the_long_table_is_laid_out_in_the_order_asked():
    found = Measured.of_table(LONG, pd.Index(["b", "a"]), ["y", "x"], bounds={"x": (0, 100)})
    assert found.values.tolist() == [[pytest.approx(np.nan, nan_ok=True), 2.0], [3.0, 1.0]]
    assert found.half_rounding.tolist() == [[0.0, 0.0], [0.0, 0.5]]
    assert found.estimation_error.tolist() == [[0.0, 0.0], [4.0, 0.0]]
    assert found.sampling_error.tolist() == [[0.0, 0.0], [0.0, 0.0]]  # no such column
    assert found.bounds.tolist() == [[-np.inf, np.inf], [0.0, 100.0]]


def test_completed_tables_are_reordered_and_replace_the_spread_of_estimates():
    tables = SimpleNamespace(
        names=["x", "y"],
        codes=pd.Index(["a", "b"]),
        draws=np.array([[[1.0, 7.0], [2.0, np.nan]], [[1.0, 8.0], [2.0, np.nan]]]),
    )
    found = Measured.of_table(LONG, pd.Index(["b", "a"]), ["y", "x"], bounds={}, imputations=tables)
    assert found.imputations[:, 1, 0].tolist() == [7.0, 8.0]
    assert not found.estimation_error.any()
    with pytest.raises(ValueError, match="imputations without"):
        Measured.of_table(LONG, pd.Index(["c"]), ["x"], bounds={}, imputations=tables)
