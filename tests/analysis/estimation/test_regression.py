"""Draws of a regression carry the noise, and what the coefficients do not know."""

from __future__ import annotations

import numpy as np
import pytest

from diagalim.analysis.estimation.regression import ProperRegression


def data(rows: int = 60, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(size=rows), rng.uniform(10_000, 40_000, rows)])
    return x, 3 + 2 * x[:, 0] - 1e-4 * x[:, 1] + rng.normal(scale=0.5, size=rows)


def test_coefficients_are_those_of_least_squares():
    x, y = data()
    design = np.column_stack([np.ones(len(y)), x])
    expected, rss, *_ = np.linalg.lstsq(design, y, rcond=None)
    fitted = ProperRegression.fit(x, y)
    assert fitted.coefficients == pytest.approx(expected)
    assert fitted.rss == pytest.approx(rss[0]) and fitted.freedom == len(y) - 3
    assert fitted.root @ fitted.root.T == pytest.approx(np.linalg.inv(design.T @ design))


def test_four_points_by_hand():
    fitted = ProperRegression.fit(np.array([[0.0], [0.0], [1.0], [1.0]]), np.array([0, 2, 4, 6.0]))
    assert fitted.coefficients == pytest.approx([1.0, 4.0])
    assert fitted.residual_sd == pytest.approx(np.sqrt(4 / 2))


def test_the_first_row_is_the_prediction_without_noise():
    x, y = data()
    fitted = ProperRegression.fit(x, y)
    asked = np.tile(x[:5], (11, 1, 1))
    drawn = fitted.draws(asked, np.random.default_rng(0))
    design = np.column_stack([np.ones(5), x[:5]])
    assert drawn[0] == pytest.approx(design @ fitted.coefficients)


def test_draws_spread_as_a_prediction_interval_does():
    x, y = data(rows=12)
    fitted = ProperRegression.fit(x, y)
    far = np.array([[6.0, 70_000.0]])  # away from the data: coefficients count more than noise
    drawn = fitted.draws(np.tile(far, (40_001, 1, 1)), np.random.default_rng(1))[1:, 0]
    row = np.r_[1.0, far[0]] @ fitted.root
    # variance of a Student of n − p degrees of freedom: df / (df − 2)
    expected = fitted.residual_sd * np.sqrt((1 + row @ row) * fitted.freedom / (fitted.freedom - 2))
    assert drawn.std() == pytest.approx(expected, rel=0.03)
    assert drawn.std() > 2 * fitted.residual_sd


def test_a_column_that_repeats_another_changes_no_prediction():
    x, y = data()
    once, twice = ProperRegression.fit(x, y), ProperRegression.fit(np.column_stack([x, x[:, 0]]), y)
    assert once.freedom == twice.freedom
    asked = np.column_stack([x, x[:, 0]])[None, :3]
    assert twice.draws(asked, np.random.default_rng(0)) == pytest.approx(
        once.draws(x[None, :3], np.random.default_rng(0))
    )


def test_as_many_rows_as_coefficients_is_refused():
    with pytest.raises(ValueError, match="2 rows for 2 coefficients"):
        ProperRegression.fit(np.array([[0.0], [1.0]]), np.array([1.0, 2.0]))
