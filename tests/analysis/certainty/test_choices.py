"""What each draw chooses: as often as said, and never an empty dimension."""

from __future__ import annotations

import numpy as np
import pytest

from diagalim.analysis.certainty.choices import OPTIONS, Choice, Sources, draw_plan, kept_indicators

DIMENSION = np.array([0, 0, 0, 1, 2, 2])
INNER = np.array([0.5, 0.25, 0.25, 1.0, 0.5, 0.5])
OUTER = np.array([0.5, 0.3, 0.2])


def plan(sources: Sources, count: int = 6000):
    return draw_plan(
        sources,
        count,
        np.random.default_rng(11),
        reference=Choice(),
        options=OPTIONS,
        dimension=DIMENSION,
        inner=INNER,
        outer=OUTER,
    )


def test_every_alternative_comes_as_often():
    found = plan(Sources())
    for step, alternatives in OPTIONS.items():
        chosen = [getattr(choice, step) for choice in found.choices]
        for option in alternatives:
            assert chosen.count(option) / len(chosen) == pytest.approx(
                1 / len(alternatives), abs=0.03
            )


def test_nothing_on_means_the_reference():
    found = plan(Sources.only(), 5)
    assert set(found.choices) == {Choice()}
    assert (found.inner == INNER).all() and (found.outer == OUTER).all()


def test_weights_follow_the_dirichlet_law_around_their_reference():
    found = plan(Sources.only("weights"))
    assert found.outer.sum(axis=1) == pytest.approx(1.0)
    assert found.outer.mean(axis=0) == pytest.approx(OUTER, abs=0.01)
    spread = np.sqrt(OUTER * (1 - OUTER) / (20 + 1))
    assert found.outer.std(axis=0) == pytest.approx(spread, rel=0.05)
    assert found.inner[:, :3].sum(axis=1) == pytest.approx(1.0)
    assert (found.inner[:, 3] == 1.0).all()


def test_a_larger_concentration_keeps_weights_closer():
    near, far = (plan(Sources.only("weights", concentration=c)).outer.std() for c in (200.0, 3.0))
    assert near < far


def test_each_indicator_stays_with_its_probability_and_no_dimension_is_emptied():
    kept = kept_indicators(DIMENSION, 0.8, 20_000, np.random.default_rng(2))
    for d in range(3):
        assert kept[:, d == DIMENSION].any(axis=1).all()
    # given that one of three stays: 0.8 / (1 - 0.2³); of two: 0.8 / (1 - 0.2²)
    assert kept[:, 0].mean() == pytest.approx(0.8 / (1 - 0.2**3), abs=0.01)
    assert kept[:, 3].all()
    assert kept[:, 4].mean() == pytest.approx(0.8 / (1 - 0.2**2), abs=0.01)


@pytest.mark.parametrize("wrong", [{"keep_probability": 0.0}, {"keep_probability": 1.1}])
def test_a_probability_that_keeps_nothing_or_too_much_is_refused(wrong):
    with pytest.raises(ValueError, match="keep_probability"):
        Sources(**wrong)


@pytest.mark.parametrize("wrong", [0.0, -1.0, np.inf, np.nan])
def test_a_concentration_that_is_not_positive_is_refused(wrong):
    with pytest.raises(ValueError, match="concentration"):
        Sources(concentration=wrong)


def test_a_source_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="unknown sources: meteo"):
        Sources.only("meteo", "rounding")


def test_keeping_some_sources_switches_nothing_on():
    assert Sources.only("rounding", "outer").keeping(("rounding", "sampling")).on == ("rounding",)
