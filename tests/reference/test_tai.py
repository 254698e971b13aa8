"""The Technology Achievement Index of the OECD/JRC Handbook (2008), table by table.

Printed numbers are reproduced within half a unit of their last digit, unless said otherwise. Table
36 and the examples of Tables 25 to 30 are whole in this file: these tests never skip.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.score.aggregation import weighted_mean
from diagalim.analysis.score.multivariate import cronbach_alpha, items, principal_components
from diagalim.analysis.score.normalisation import (
    borda,
    distance_to_reference,
    goalposts,
    mean_ranks,
    min_max,
    z_score,
)
from diagalim.analysis.score.outranking import kemeny, outranking_matrix

SCHOOLING = {
    "Finland": [15, 0.26, 0.59, 1.04, 0.83, 1.41, 65.2],
    "United States": [23, 1.52, 1.0, 1.25, 1.0, 1.69, 100.0],
    "Sweden": [19, 1.14, 0.88, 1.19, 0.95, 1.61, 82.6],
    "Japan": [12, -0.06, 0.49, 0.99, 0.79, 1.34, 52.2],
    "Korea": [17, 0.76, 0.76, 1.13, 0.9, 1.52, 73.9],
    "Slovenia": [1, -1.58, 0.0, 0.74, 0.59, 1.0, 4.3],
}
"""Table 15: rank, z-score, min–max, ratio to the mean, to the best, to the worst, percentile.

The Handbook gives the lowest rank to the two countries of a tie."""

SHARES = [41.9, 21.8, 12.3, 11.1, 6.0, 3.7, 2.2, 0.9]
"""Table 16: percent of the variance in each component."""

LOADINGS = [
    [-0.11, -0.75, 0.13, 0.6, -0.1, -0.12, -0.17, 0.05],
    [-0.56, -0.48, 0.22, -0.54, 0.27, -0.17, -0.04, 0.1],
    [-0.92, 0.21, 0.02, -0.1, 0.04, 0.11, -0.27, -0.13],
    [0.35, -0.85, 0.01, -0.13, 0.11, 0.35, 0.06, -0.08],
    [-0.76, -0.39, -0.16, -0.16, -0.41, -0.16, 0.16, -0.09],
    [-0.91, 0.13, 0.01, 0.07, -0.19, 0.3, 0.04, 0.16],
    [-0.74, 0.11, 0.37, 0.39, 0.33, -0.02, 0.2, -0.07],
    [-0.36, -0.12, -0.87, 0.15, 0.26, -0.03, 0.02, 0.02],
]
"""Table 8, signs of the columns arbitrary."""

ALPHA_WITHOUT = [0.704, 0.645, 0.636, 0.774, 0.603, 0.624, 0.662, 0.706]
CORRELATION_WITH_REST = [0.261, 0.527, 0.566, -0.108, 0.701, 0.614, 0.451, 0.249]
"""Table 11."""

COUNTRIES = [
    "Finland", "United States", "Sweden", "Japan", "Korea", "Netherlands", "United Kingdom",
    "Singapore", "Canada", "Australia", "Germany", "Norway", "Ireland", "Belgium", "New Zealand",
    "Austria", "France", "Israel", "Spain", "Italy", "Czech Republic", "Hungary", "Slovenia",
]  # fmt: skip
WEIGHTS = {
    "EW": [0.125] * 8,
    "BAP": [0.11, 0.11, 0.11, 0.18, 0.1, 0.06, 0.15, 0.18],
    "FA": [0.17, 0.15, 0.11, 0.06, 0.08, 0.13, 0.13, 0.17],
    "AHP": [0.09, 0.1, 0.07, 0.21, 0.05, 0.06, 0.18, 0.25],
}
"""Table 22: equal weights, budget allocation, factor analysis, analytic hierarchy process."""
RANKS = {
    "EW": list(range(1, 24)),
    "BAP": [1, 2, 3, 5, 4, 8, 7, 6, 10, 11, 9, 13, 12, 14, 17, 15, 16, 18, 19, 21, 22, 20, 23],
    "FA": [1, 2, 3, 4, 5, 6, 8, 11, 10, 7, 12, 9, 14, 15, 13, 16, 17, 18, 19, 20, 21, 23, 22],
    "AHP": [1, 3, 4, 5, 2, 11, 7, 6, 10, 9, 8, 16, 12, 13, 18, 15, 14, 17, 19, 21, 22, 20, 23],
}
"""Table 23, in the order of `COUNTRIES`."""

OUTRANKING = np.array(
    [
        [0, 0.5, 0.375, 0.75, 0.625],
        [0.5, 0, 0.5, 0.625, 0.625],
        [0.625, 0.5, 0, 0.75, 0.625],
        [0.25, 0.375, 0.25, 0, 0.75],
        [0.375, 0.375, 0.375, 0.25, 0],
    ]
)
"""Table 36: Finland, United States, Sweden, Japan, Korea; share of weight of row over column."""


@pytest.mark.parametrize("country", SCHOOLING)
def test_years_of_schooling_normalised_in_seven_ways(tai, country):
    column = tai[["SCHOOLING"]].to_numpy()
    ranks = np.floor(mean_ranks(column))
    found = {
        "rank": ranks,
        "z": z_score(column),
        "min_max": min_max(column) / 100,
        "mean": 1 + distance_to_reference(column, "moyenne") / 100,
        "best": 1 + distance_to_reference(column, "plus_haut") / 100,
        "worst": 1 + distance_to_reference(column, "plus_bas") / 100,
        "percentile": 100 * ranks / len(tai),
    }
    place = tai.index.get_loc(country)
    here = np.array([values[place, 0] for values in found.values()])
    digits = np.array([0, 2, 2, 2, 2, 2, 1])
    assert (np.abs(here - SCHOOLING[country]) <= 0.5 * 10.0**-digits + 1e-9).all(), here


def test_shares_of_the_principal_components(tai):
    assert principal_components(tai).shares.tolist() == pytest.approx(SHARES, abs=0.15)


def test_loadings_of_the_principal_components(tai):
    found = principal_components(tai).loadings
    published = np.array(LOADINGS)
    signs = np.sign((found * published).sum(axis=0))
    np.testing.assert_allclose(found * signs, published, atol=0.015)


def test_cronbach_alpha_of_the_whole_and_without_each(tai):
    assert cronbach_alpha(tai, standardised=True) == pytest.approx(0.704, abs=0.0005)
    found = items(tai)
    assert found["alpha_sans"].tolist() == pytest.approx(ALPHA_WITHOUT, abs=0.005)
    assert found["correlation_reste"].tolist() == pytest.approx(CORRELATION_WITH_REST, abs=0.01)


@pytest.mark.parametrize(
    ("weighting", "exact", "farthest"),
    [("EW", 23, 0), ("BAP", 23, 0), ("FA", 19, 1), ("AHP", 20, 2)],
)
def test_ranks_of_23_countries(tai, tai_goalposts, weighting, exact, farthest):
    low, high = tai_goalposts["min"].to_numpy(), tai_goalposts["max"].to_numpy()
    normalised = np.clip(goalposts(tai.to_numpy(), low, high), 0, 100)  # as the index of the UNDP
    score = pd.Series(weighted_mean(normalised, WEIGHTS[weighting]), tai.index)
    apart = (score.rank(ascending=False)[COUNTRIES] - RANKS[weighting]).abs()
    assert (apart == 0).sum() >= exact
    assert apart.max() <= farthest


def test_outranking_matrix_of_five_countries(tai):
    found = outranking_matrix(tai.loc[COUNTRIES[:5]].to_numpy(), np.ones(8))
    # printed to two decimals, the telephones of the United States and Japan are a tie
    tied = np.isclose(np.abs(found - OUTRANKING), 0.0625)
    assert np.argwhere(tied).tolist() == [[1, 3], [3, 1]]
    np.testing.assert_array_equal(found[~tied], OUTRANKING[~tied])


def test_best_kemeny_score_and_the_three_orders_that_reach_it():
    best, orders = kemeny(OUTRANKING)
    assert best == 6.375
    assert {tuple(COUNTRIES[place] for place in order) for order in orders} == {
        ("United States", "Sweden", "Finland", "Japan", "Korea"),
        ("Sweden", "Finland", "United States", "Japan", "Korea"),
        ("Sweden", "United States", "Finland", "Japan", "Korea"),
    }


def votes(profiles: dict[str, int]) -> tuple[np.ndarray, list[int], list[str]]:
    """Return candidates against profiles of votes, a higher value for a better place."""
    candidates = sorted(next(iter(profiles)))
    values = [[len(order) - order.index(c) for order in profiles] for c in candidates]
    return np.array(values, dtype=float), list(profiles.values()), candidates


@pytest.mark.parametrize(
    ("profiles", "points"),
    [
        ({"abcd": 3, "acbd": 5, "bdca": 7, "cbda": 6}, {"a": 24, "b": 44, "c": 38, "d": 20}),
        ({"abc": 23, "bca": 17, "bac": 2, "cab": 10, "cba": 8}, {"a": 58, "b": 69, "c": 53}),
    ],
)
def test_borda_points_of_the_examples(profiles, points):
    values, voters, candidates = votes(profiles)
    shares = weighted_mean(borda(values), voters)
    found = shares / 100 * sum(voters) * (len(candidates) - 1)
    assert dict(zip(candidates, found.tolist(), strict=True)) == pytest.approx(points)


def test_kemeny_support_of_every_order_of_three_candidates():
    profiles = {"abc": 23, "bca": 17, "bac": 2, "cab": 10, "cba": 8}
    values, voters, candidates = votes(profiles)
    support = 60 * outranking_matrix(values, voters)
    published = {"abc": 100, "bca": 104, "cab": 86, "bac": 94, "cba": 80, "acb": 76}
    for order, expected in published.items():
        places = [candidates.index(c) for c in order]
        assert np.triu(support[np.ix_(places, places)], 1).sum() == pytest.approx(expected)
    best, orders = kemeny(support)
    assert best == pytest.approx(104)
    assert ["".join(candidates[place] for place in order) for order in orders] == ["bca"]
