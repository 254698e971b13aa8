"""Groups planted on purpose must be found, and what is not there must be said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from diagalim.analysis.solidity.profiles import (
    adjusted_rand,
    choose,
    partition,
    standardised,
    traits,
    v_tests,
)

CENTRES = {
    "seuls": [50, 90, 30, 80, 40],
    "aises": [10, 20, 20, 20, 15],
    "familles": [85, 60, 90, 60, 80],
    "villages": [40, 20, 60, 10, 70],
    "etudiants": [60, 85, 95, 90, 20],
}
NAMES = ["ressources", "menages", "ages", "logement", "droits"]


@pytest.fixture(scope="module")
def planted():
    rng = np.random.default_rng(11)
    rows = np.vstack([rng.normal(centre, 5, (40, 5)) for centre in CENTRES.values()])
    index = pd.Index([f"i{n:03d}" for n in range(len(rows))], name="code_iris")
    return pd.DataFrame(rows, index, NAMES), np.repeat(list(CENTRES), 40)


@pytest.fixture(scope="module")
def found(planted):
    return partition(planted[0], seed=1, bootstraps=30)


def test_planted_groups_are_found_in_their_number(planted, found):
    assert found.count == 5 and found.stable
    assert adjusted_rand_score(planted[1], found.groups) == 1.0


def test_groups_are_numbered_from_the_highest_mean(planted, found):
    means = planted[0].mean(axis=1).groupby(found.groups).mean()
    assert means.is_monotonic_decreasing and list(means.index) == [1, 2, 3, 4, 5]


def test_every_criterion_is_kept_for_every_number_tried(found):
    assert list(found.criteria.index) == [4, 5, 6, 7]
    assert found.criteria.notna().all().all()
    assert found.criteria["saut"].idxmax() == 5


def test_the_order_of_the_units_and_their_unit_change_nothing(planted, found):
    shuffled = (planted[0] * 3 + 7).sample(frac=1, random_state=2)
    again = partition(shuffled, seed=1, bootstraps=2).groups
    assert (again.reindex(found.groups.index) == found.groups).all()


def test_a_cloud_without_groups_is_said_to_be_unstable():
    cloud = pd.DataFrame(np.random.default_rng(4).normal(size=(200, 5)), columns=NAMES)
    found = partition(cloud, seed=1, bootstraps=30)
    assert not found.stable and (found.criteria["stabilite"] < 0.7).all()
    assert found.count in (4, 5, 6, 7)


def test_a_unit_without_a_dimension_is_in_no_group(planted):
    table = planted[0].copy()
    table.iloc[0, 4] = np.nan
    groups = partition(table, seed=1, bootstraps=2).groups
    assert "i000" not in groups.index and len(groups) == 199


def criteria(**columns):
    return pd.DataFrame(columns, index=pd.Index([4, 5, 6, 7], name="groupes"))


def test_a_stable_partition_wins_over_a_prettier_one():
    tried = criteria(
        silhouette=[0.5, 0.2, 0.3, 0.4], saut=[9, 1, 1, 1], stabilite=[0.6, 0.8, 0.75, 0.5]
    )
    assert choose(tried) == 6


def test_without_a_stable_one_the_three_criteria_are_weighed_and_ties_go_to_the_simplest():
    assert choose(
        criteria(silhouette=[0.1, 0.4, 0.3, 0.2], saut=[1, 4, 3, 2], stabilite=[0.1, 0.4, 0.5, 0.2])
    ) == 5  # fmt: skip
    assert choose(
        criteria(silhouette=[0.4, 0.3, 0.2, 0.1], saut=[1, 2, 3, 4], stabilite=[0.2] * 4)
    ) == 4  # fmt: skip


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pd.DataFrame(np.eye(5), columns=NAMES), "only 5 units"),
        (pd.DataFrame(np.ones((60, 2)), columns=["a", "b"]), "does not vary: a, b"),
    ],
)
def test_tables_that_cannot_be_grouped_are_refused(table, said):
    with pytest.raises(ValueError, match=said):
        standardised(table)


def test_the_test_value_by_hand():
    variables = pd.DataFrame({"x": [1.0, 3.0, 5.0, 7.0], "flat": [2.0] * 4}, index=list("abcd"))
    table = v_tests(variables, pd.Series([1, 1, 2, 2], list("abcd")))
    # mean 4, variance 5, 2 of 4: error = sqrt(2/3 · 5/2) = sqrt(5/3); (2 − 4) / 1.291 = −1.549
    assert table["variable"].unique().tolist() == ["x"]
    assert table["v"].tolist() == pytest.approx([-(12**0.5) / 5**0.5, (12**0.5) / 5**0.5])
    assert table["moyenne"].tolist() == [2, 6] and table["ensemble"].tolist() == [4, 4]


def test_traits_are_strong_ordered_and_one_a_family():
    values = pd.DataFrame(
        {
            "profil": [1, 1, 1, 1, 1],
            "variable": ["taux", "minima", "seules", "hlm", "age"],
            "v": [9.0, 8.5, -5.0, 1.9, 3.0],
        }
    )
    family = {"taux": "r", "minima": "r", "seules": "m", "hlm": "l", "age": "a"}
    kept = traits(values, family)
    assert kept["variable"].tolist() == ["taux", "seules", "age"]
    assert kept["ordre"].tolist() == [1, 2, 3]
    assert traits(values, family, count=1)["variable"].tolist() == ["taux"]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 7)), min_size=1, max_size=60))
def test_agreement_of_two_partitions_is_that_of_scikit_learn(pairs):
    one, other = np.array(pairs).T
    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand_score(one, other), abs=1e-12)
