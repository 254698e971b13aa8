"""Small scores to draw from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.certainty.measured import Measured
from diagalim.analysis.certainty.study import Study
from diagalim.analysis.score.composite import Weights

NAMES = ["a", "b", "c", "d", "e"]
DIRECTIONS = {"a": 1, "b": -1, "c": 1, "d": 1, "e": -1}
WEIGHTS = Weights(
    {"R": 2.0, "M": 1.0, "L": 1.0},
    {"R": {"a": 1.0, "b": 3.0}, "M": {"c": 1.0}, "L": {"d": 2.0, "e": 1.0}},
)


def made_values(units: int = 60, missing: float = 0.15, seed: int = 3) -> pd.DataFrame:
    """Return correlated positive values, one of them with a long tail, some missing."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(units, 1))
    values = 50 + 8 * (common * [1, -1, 0.6, 0.5, -0.4] + rng.normal(size=(units, 5)))
    values[:, 3] = np.exp(values[:, 3] / 5)
    values[rng.random(values.shape) < missing] = np.nan
    return pd.DataFrame(values, columns=NAMES, index=[f"u{i:03d}" for i in range(units)])


def made_study(values: pd.DataFrame | None = None, *, ranked=None, **spreads) -> Study:
    """Lay out a score of made values; spreads are numbers or arrays."""
    values = made_values(missing=0.0) if values is None else values
    full = {
        name: np.full(values.shape, spread) if np.isscalar(spread) else spread
        for name, spread in spreads.items()
    }
    measured = Measured.exact(values.to_numpy(), **full)
    ranked = pd.Series(True, index=values.index) if ranked is None else ranked
    return Study.of(measured, ranked, DIRECTIONS, WEIGHTS)


@pytest.fixture
def study() -> Callable[..., Study]:
    return made_study
