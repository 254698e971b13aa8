"""Sobol indices of two models whose indices are known exactly."""

from __future__ import annotations

import numpy as np
import pytest

from diagalim.analysis.certainty.sobol import sobol_indices


def test_a_sum_is_explained_by_each_of_its_terms():
    table = sobol_indices(lambda u: u @ [1.0, 2.0, 3.0], ["a", "b", "c"], seed=1)
    expected = [1 / 14, 4 / 14, 9 / 14]
    assert table["premier"].to_numpy() == pytest.approx(expected, abs=0.01)
    assert table["total"].to_numpy() == pytest.approx(expected, abs=0.01)


def ishigami(u: np.ndarray) -> np.ndarray:
    """Ishigami and Homma (1990), with 7 and 0.1."""
    x, y, z = (np.pi * (2 * u - 1)).T
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def test_ishigami_has_a_choice_that_acts_only_with_another():
    table = sobol_indices(ishigami, ["x", "y", "z"], seed=1, base=4096)
    assert table["premier"].to_numpy() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert table["total"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    for kind in ("premier", "total"):
        assert (table[f"{kind}_bas"] <= table[kind]).all()
        assert (table[kind] <= table[f"{kind}_haut"]).all()


def test_intervals_narrow_with_the_size_of_the_sample():
    small, large = (sobol_indices(ishigami, ["x", "y", "z"], seed=1, base=b) for b in (64, 4096))
    width = [(t["total_haut"] - t["total_bas"]).mean() for t in (small, large)]
    assert width[1] < width[0] / 3


def test_the_same_seed_gives_the_same_indices():
    one, two = (sobol_indices(ishigami, ["x", "y", "z"], seed=5, base=64) for _ in range(2))
    assert one.equals(two)


def test_each_output_has_its_own_indices():
    table = sobol_indices(lambda u: u, ["a", "b"], seed=1, base=256, outputs=["A", "B"])
    totals = table.pivot(index="sortie", columns="choix", values="total").to_numpy()
    assert totals == pytest.approx(np.eye(2), abs=0.02)


def test_nothing_explains_a_constant():
    table = sobol_indices(lambda u: np.ones(len(u)), ["a"], seed=1, base=8)
    assert table[["premier", "total", "total_haut"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"base": 1000}, "not a power of 2"),
        ({"seed": 0}, "not positive"),
        ({"outputs": ["A", "B"]}, "1 outputs, 2 names"),
    ],
)
def test_wrong_settings_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        sobol_indices(lambda u: u[:, 0], ["a"], **{"seed": 1, "base": 8, **wrong})
