"""Framing figures on numbers small enough to redo by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.context.framing import (
    check_interdecile,
    district_codes,
    framing_table,
    pooled_rate,
    population_of,
    without_districts,
)
from diagalim.analysis.context.inequality import city_of, spread_inside
from diagalim.analysis.context.published import CONFIRMED, GAP, INCOHERENT, UNVERIFIABLE, compare


def test_a_city_and_its_districts_count_each_inhabitant_once():
    people = pd.DataFrame({"personnes": [100.0, 60, 40]}, index=["13055", "13201", "13202"])
    assert without_districts(people, ["13201", "13202"])["personnes"].sum() == 100


def test_a_pooled_rate_is_weighted_by_persons_and_says_what_is_certain():
    rates = pd.Series([10.0, 30.0, np.nan], index=list("abc"))
    persons = pd.Series([300.0, 100.0, 100.0], index=list("abc"))
    pooled = pooled_rate(rates, persons, lent=(5, 10))
    assert pooled.published_only == 15.0
    assert pooled.plausible == (13.0, 14.0)
    assert pooled.certain == (12.0, 32.0)
    assert (pooled.published, pooled.withheld, pooled.share_withheld) == (2, 1, 20.0)


def test_the_rounding_of_the_rates_widens_what_is_certain():
    rates = pd.Series([10.0, 30.0, np.nan], index=list("abc"))
    persons = pd.Series([300.0, 100.0, 100.0], index=list("abc"))
    pooled = pooled_rate(rates, persons, lent=(5, 10), half_rounding=0.5)
    # 80 % of the persons have a rounded rate: 0.8 × 0.5 = 0.4 point on each side
    assert pooled.certain == pytest.approx((11.6, 32.4))
    # independent uniform errors: 1.645 × 0.5/√3 × √(0.6² + 0.2²)
    assert pooled.plausible[0] == pytest.approx(13.0 - 1.645 * 0.5 / 3**0.5 * 0.4**0.5)


def test_communes_without_persons_are_left_out_and_counted():
    rates = pd.Series([10.0, np.nan], index=list("ab"))
    pooled = pooled_rate(rates, pd.Series([300.0, np.nan], index=list("ab")))
    assert (pooled.published, pooled.withheld, pooled.left_out) == (1, 0, 1)


def test_districts_are_known_even_when_their_city_is_not_followed():
    codes = district_codes([["00201"]])
    assert len(codes) == 20 + 9 + 16 + 1
    assert {"75101", "69389", "13216", "00201"} <= set(codes)


def test_withheld_communes_are_lent_at_most_the_mean_of_the_others():
    rates = pd.Series([10.0, 30.0, np.nan], index=list("abc"))
    persons = pd.Series([300.0, 100.0, 100.0], index=list("abc"))
    assert pooled_rate(rates, persons).plausible == (13.0, 15.0)


def test_a_rate_without_any_published_commune_is_refused():
    empty = pd.Series([np.nan], index=["a"])
    with pytest.raises(ValueError, match="no commune"):
        pooled_rate(empty, pd.Series([1.0], index=["a"]))


def test_a_missing_district_does_not_silently_shrink_a_city():
    with pytest.raises(KeyError, match="13202"):
        population_of(pd.Series({"13201": 10.0}), ["13201", "13202"])


def test_the_framing_table_gives_each_city_its_share():
    incomes = pd.DataFrame({"taux_pauvrete": [24.0, 26.0]}, index=["13004", "13055"])
    people = pd.Series({"13004": 50.0, "13201": 100.0, "13202": 50.0})
    table = framing_table(
        {"Arles": ("13004", ["13004"]), "Marseille": ("13055", ["13201", "13202"])},
        people,
        incomes,
    )
    assert table["part"].tolist() == [25.0, 75.0]
    assert table["taux_pauvrete"].tolist() == [24.0, 26.0]


def test_a_ratio_that_is_not_that_of_its_deciles_stops_the_page():
    one = pd.Series([4.3], index=["13001"])
    check_interdecile(one, pd.Series([10.0], one.index), pd.Series([43.0], one.index), 0.05)
    with pytest.raises(ValueError, match="13001"):
        check_interdecile(one, pd.Series([10.0], one.index), pd.Series([50.0], one.index), 0.05)


def test_the_spread_inside_a_city_counts_published_and_withheld():
    values = pd.Series([10.0, 20, 30, 40, 50, np.nan, 7], index=list("abcdefg"))
    groups = pd.Series(["A"] * 6 + [None], index=list("abcdefg"))
    spread = spread_inside(values, groups)
    assert list(spread.index) == ["A"]
    row = spread.loc["A"]
    assert (row["p10"], row["mediane"], row["p90"]) == (14.0, 30.0, 46.0)
    assert (row["publies"], row["masques"]) == (5, 1)


def test_too_few_published_iris_give_no_spread():
    spread = spread_inside(pd.Series([1.0, 2.0]), pd.Series(["A", "A"]), least=3)
    assert np.isnan(spread.loc["A", "rapport"])


def test_an_iris_outside_the_cities_followed_has_no_city():
    found = city_of(pd.Series(["13201", "13002"]), {"Marseille": ["13201"]})
    assert found[0] == "Marseille" and pd.isna(found[1])


@pytest.mark.parametrize(
    ("printed", "decimals", "least", "low", "found", "high", "status"),
    [
        (24.0, 0, 5.0, 24.0, 24.0, 24.0, CONFIRMED),
        (7.0, 0, 0.0, 7.17, 7.17, 7.17, CONFIRMED),  # the same once printed without decimals
        (3.5, 1, 1.0, 3.4, 3.4, 3.4, GAP),
        (1.0, 0, 5.0, 15.0, 15.0, 15.0, INCOHERENT),  # under the lowest rate of any commune
        (1.0, 0, 0.0, 15.0, 15.0, 15.0, GAP),  # the same figure where it would be possible
        (18.5, 1, 5.0, 18.4, np.nan, 20.3, UNVERIFIABLE),  # only bounds are known: they hold it
        (25.0, 0, 5.0, 18.4, np.nan, 20.3, GAP),  # only bounds are known, and they exclude it
        (3.8, 1, 1.0, np.nan, np.nan, np.nan, UNVERIFIABLE),
    ],
)
def test_a_rule_gives_the_status_of_a_published_figure(
    printed, decimals, least, low, found, high, status
):
    published = pd.DataFrame(
        {
            "code": ["13001"],
            "indicateur": ["taux_pauvrete"],
            "valeur": [printed],
            "decimales": [decimals],
            "borne_basse": [least],
            "borne_haute": [100.0],
        }
    )
    index = pd.MultiIndex.from_tuples([("13001", "taux_pauvrete")], names=["code", "indicateur"])
    recomputed = pd.DataFrame({"valeur": [found], "bas": [low], "haut": [high]}, index=index)
    checked = compare(published, recomputed)
    assert checked["statut"].tolist() == [status]
    assert checked["valeur"].tolist() == [printed], "a published value is never rewritten"
