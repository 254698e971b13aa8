"""Where shops are counted, and where there is none, not even next door."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from diagalim.analysis.offer.freshness import freshness
from diagalim.analysis.offer.shops import (
    HERE,
    NEXT_DOOR,
    NONE,
    UNKNOWN,
    communes_table,
    counts_by_place,
    crossed,
    everyday_by_iris,
    neighbours,
    per_thousand,
    possible_levels,
    under_equipment,
    unlocated,
)


@pytest.fixture
def row() -> gpd.GeoDataFrame:
    """Four squares in a line, and one that touches the first by a corner only."""
    shapes = [box(1000 * k, 0, 1000 * (k + 1), 1000) for k in range(4)]
    shapes.append(box(-1000, 1000, 0, 2000))
    return gpd.GeoDataFrame(index=list("abcde"), geometry=shapes, crs="EPSG:2154")


def test_a_common_border_makes_neighbours_and_a_corner_does_not(row):
    pairs = set(neighbours(row).itertuples(index=False, name=None))
    assert pairs == {("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("c", "d"), ("d", "c")}


def test_neighbours_are_not_looked_for_in_degrees(row):
    with pytest.raises(ValueError, match="metres"):
        neighbours(row.to_crs(4326))


def test_a_shop_next_door_counts_and_one_further_away_does_not(row):
    count = pd.Series([2, 0, 0, 0, 0], row.index)
    assert under_equipment(count, neighbours(row)).tolist() == [HERE, NEXT_DOOR, NONE, NONE, NONE]


def test_an_unknown_count_is_not_taken_for_none(row):
    with pytest.raises(ValueError, match="no count"):
        under_equipment(pd.Series([1, 0], ["a", "b"]), neighbours(row))


SHOPS = pd.DataFrame(
    {
        "iris": ["a", "a", "b", None],
        "commune": ["x", "x", "x", "x"],
        "type": ["B105", "B207", "B207", "B207"],
        "nombre": [1, 2, 1, 3],
    }
)


def test_a_place_without_a_shop_has_a_line_of_zeros():
    table = counts_by_place(SHOPS, "iris", pd.Index(["a", "b", "c"]))
    assert table.loc["c"].tolist() == [0, 0]
    assert table.loc["a", "B207"] == 2


def test_a_shop_that_is_not_placed_in_an_iris_still_counts_in_its_commune():
    assert counts_by_place(SHOPS, "commune", pd.Index(["x"])).loc["x"].sum() == 7
    assert unlocated(SHOPS) == (3, 7)


def test_no_rate_is_given_where_too_few_people_live():
    rate = per_thousand(pd.Series([2, 2]), pd.Series([1000.0, 150.0]), 200)
    assert rate[0] == 2 and pd.isna(rate[1])


def test_the_age_of_a_record_is_said_at_the_reference_date():
    dates = pd.Series(["2025-06-01", "2024-06-01", "2023-01-01", None])
    assert freshness(dates, "2025-11-01").tolist() == [
        "à jour",
        "périmé",
        "très périmé",
        "non daté",
    ]


def test_a_record_of_the_future_is_refused():
    with pytest.raises(ValueError, match="checked after 2025-11-01"):
        freshness(pd.Series(["2026-01-01"]), "2025-11-01")


def test_a_record_of_exactly_twelve_months_is_still_up_to_date():
    assert freshness(pd.Series(["2024-11-01"]), "2025-11-01").tolist() == ["à jour"]


def test_a_shop_not_placed_leaves_the_level_unknown_where_it_could_stand(row):
    count = pd.Series([1, 0, 0, 0, 0], row.index)
    communes = pd.Series(["x", "x", "y", "y", "z"], row.index)
    levels = possible_levels(count, pd.Series({"y": 1}), communes, neighbours(row))
    assert levels[["a", "b", "e"]].tolist() == [HERE, NEXT_DOOR, NONE]
    assert levels[["c", "d"]].isna().all()


def test_without_a_shop_not_placed_every_level_is_known(row):
    count = pd.Series([1, 0, 0, 0, 0], row.index)
    nothing = pd.Series(dtype=int)
    levels = possible_levels(count, nothing, pd.Series("x", row.index), neighbours(row))
    assert levels.tolist() == [HERE, NEXT_DOOR, NONE, NONE, NONE]


def test_inhabitants_crossed_add_up_the_unscored_and_the_unknown_included(row):
    levels = pd.Series([HERE, NONE, None, NONE, HERE], row.index)
    classes = pd.Series([5, 5, 5, None, 1], row.index)
    table = crossed(levels, classes, pd.Series([10.0, 20.0, 30.0, 40.0, 50.0], row.index))
    assert table["population"].sum() == 150
    assert table.loc[(5, NONE)].tolist() == [1, 20.0]
    assert table.at[(5, UNKNOWN), "population"] == 30
    assert table.at[(0, NONE), "population"] == 40


def test_a_shop_not_placed_counts_in_its_commune_and_a_commune_without_any_has_zero():
    legal = pd.DataFrame({"nom": ["X", "Y"], "valeur": [1000.0, 50.0]}, index=["x", "y"])
    table = communes_table(SHOPS, SHOPS[SHOPS["type"] == "B105"], legal, smallest=200)
    assert table.loc["x", ["commerces", "courants", "non_places"]].tolist() == [7, 1, 3]
    assert table.at["x", "pour_mille"] == 7
    assert table.at["y", "commerces"] == 0 and pd.isna(table.at["y", "pour_mille"])


def test_everyday_shops_are_counted_by_type_and_give_the_same_level_as_the_chapter(row):
    types = pd.DataFrame({"courant": [True, True, False]}, index=["B101", "B202", "B203"])
    counted = pd.DataFrame(
        [("a", "B202", 2), ("a", "B203", 9), ("c", "B101", 1), (None, "B202", 1)],
        columns=["code_iris", "type", "nombre"],
    ).assign(commune=["1", "1", "1", "2"])
    iris = row.assign(commune=["1", "1", "1", "1", "2"])
    found = everyday_by_iris(counted, types, iris)
    assert found["B202"].tolist() == [2, 0, 0, 0, 0]
    assert found["B101"].tolist() == [0, 0, 1, 0, 0]
    assert "B203" not in found
    assert found["niveau"].iloc[:4].tolist() == [HERE, NEXT_DOOR, HERE, NEXT_DOOR]
    assert pd.isna(found["niveau"].iloc[4]), "a shop that is not placed may stand there"


def test_a_code_of_iris_that_the_outlines_do_not_have_is_a_shop_that_is_not_placed(row):
    types = pd.DataFrame({"courant": [True]}, index=["B202"])
    counted = pd.DataFrame(
        {"code_iris": ["zzz"], "type": ["B202"], "nombre": [1], "commune": ["2"]}
    )
    found = everyday_by_iris(counted, types, row.assign(commune=["1", "1", "1", "1", "2"]))
    assert found["B202"].sum() == 0 and pd.isna(found.loc["e", "niveau"])
