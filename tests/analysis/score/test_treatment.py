"""A few extreme values: when they are brought in, how many, and what is done when too many are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.estimation.group_mean import impute_group_mean
from diagalim.analysis.score.treatment import (
    TREATMENTS,
    fit_treatment,
    moments,
    outlying,
    treat,
    treatment_log,
)

NAN = np.nan
PLAIN = np.arange(30.0)
"""Thirty values without any tail."""
HEAVY = np.exp(np.linspace(0, 3, 200) ** 2)
"""Two hundred values so unequal that bringing in five changes nothing."""


def test_moments_of_a_sample_redone_by_hand():
    # 0, 0, 0, 4: mean 1, m2 = 3, m3 = 6, m4 = 21; type 2 corrections with n = 4
    skewness, kurtosis = moments([0.0, 0, NAN, 0, 4])
    assert skewness == pytest.approx(6 / 3**1.5 * 12**0.5 / 2)
    assert kurtosis == pytest.approx((5 * (21 / 9 - 3) + 6) * 3 / 2)


def test_an_ordinary_column_is_left_alone():
    treatment = fit_treatment(PLAIN)
    assert treatment.kind == "aucun" and treatment.before == treatment.after
    np.testing.assert_array_equal(treatment.apply(PLAIN), PLAIN)


@pytest.mark.parametrize(("extreme", "side"), [(900.0, "high"), (-900.0, "low")])
def test_one_extreme_value_is_brought_to_the_next(extreme, side):
    values = np.append(PLAIN, [extreme, NAN])
    treatment = fit_treatment(values)
    assert treatment.kind == "winsorisation"
    assert (treatment.moved_low, treatment.moved_high) == ((0, 1) if side == "high" else (1, 0))
    found = treatment.apply(values)
    assert found[30] == (29.0 if side == "high" else 0.0) and np.isnan(found[31])
    np.testing.assert_array_equal(found[:30], PLAIN)
    assert not outlying(found)


def test_a_draw_beyond_the_published_extremes_is_brought_in_as_well():
    treatment = fit_treatment(np.append(PLAIN, 900.0))
    assert treatment.apply([5000.0, -5.0, 12.0]).tolist() == [29.0, -5.0, 12.0]


def test_too_many_extremes_turn_the_whole_column_into_logarithms():
    treatment = fit_treatment(HEAVY)
    assert (treatment.kind, treatment.moved_high) == ("log", 0)
    np.testing.assert_allclose(treatment.apply(HEAVY), np.log1p(HEAVY))
    assert not outlying(treatment.apply(HEAVY))
    assert fit_treatment(HEAVY, most=60).kind == "winsorisation"


def test_a_tail_on_the_low_side_is_mirrored_and_keeps_its_order():
    treatment = fit_treatment(-HEAVY)
    assert treatment.kind == "log" and treatment.turned
    assert (np.diff(treatment.apply(np.sort(-HEAVY))) > 0).all()
    assert not outlying(treatment.apply(-HEAVY))


def test_box_and_cox_find_the_power_that_makes_a_column_even():
    treatment = fit_treatment(HEAVY, "box_cox")
    assert treatment.kind == "box_cox" and abs(treatment.power) < 0.3
    assert not outlying(treatment.apply(HEAVY))
    assert (np.diff(treatment.apply(HEAVY)) > 0).all()


def test_the_log_of_a_table_says_what_was_done_to_each_indicator():
    values = pd.DataFrame({"calme": PLAIN, "pic": np.append(PLAIN[:-1], 900.0)})
    before = values.copy()
    treated, treatments = treat(values)
    log = treatment_log(treatments)
    pd.testing.assert_frame_equal(values, before)
    assert log["traitement"].to_dict() == {"calme": "aucun", "pic": "winsorisation"}
    assert log.loc["pic", ["ramenees_haut", "borne_haute"]].tolist() == [1, 28.0]
    assert log.loc["calme", ["borne_basse", "borne_haute"]].isna().all()
    assert log.loc["pic", "asymetrie"] > 5 > log.loc["pic", "asymetrie_apres"]
    assert treated.index.equals(values.index)


def test_an_unknown_rule_or_an_infinite_value_is_refused():
    with pytest.raises(ValueError, match="'trim' is not one of aucun"):
        fit_treatment(PLAIN, "trim")
    with pytest.raises(ValueError, match="infinite"):
        fit_treatment([1.0, np.inf])


columns = st.lists(st.none() | st.integers(-(10**6), 10**6), min_size=1, max_size=40).map(
    lambda c: np.array(c, float)
)


@pytest.mark.parametrize("rule", TREATMENTS)
@given(values=columns, far=st.integers(0, 10**9))
def test_a_treatment_never_swaps_two_places(rule, values, far):
    values = np.append(values, float(far))
    found = fit_treatment(values, rule).apply(values)
    assert (np.isnan(found) == np.isnan(values)).all()
    known = ~np.isnan(values)
    assert (np.diff(found[known][np.argsort(values[known])]) >= -1e-9).all()


@pytest.mark.parametrize("values", [[], [NAN, NAN], [3.0], [2.0, 2.0, 2.0, 2.0]])
def test_too_few_or_equal_values_are_left_alone(values):
    assert fit_treatment(values).kind == "aucun"


def test_a_missing_value_takes_the_mean_of_its_group_and_its_flag():
    values = pd.DataFrame({"x": [1.0, NAN, 3.0, NAN]}, index=list("abcd"))
    filled, imputed = impute_group_mean(values, pd.Series(["g", "g", "g", "h"], list("abcd")))
    assert filled["x"].tolist()[:3] == [1.0, 2.0, 3.0] and np.isnan(filled.loc["d", "x"])
    assert imputed["x"].tolist() == [False, True, False, False]
