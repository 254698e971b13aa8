"""What surrounds an IRIS, computed by hand: cells of the grid, neighbours, commune, scales."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from diagalim.analysis.estimation.scales import scale_of
from diagalim.analysis.geo.contiguity import queen
from diagalim.analysis.geo.grid_of_iris import grid_of_iris
from diagalim.analysis.geo.neighbours import mean_around, touching
from diagalim.analysis.values.spread import spread_in_commune, with_lent_spread

# a b
# c d   and e, an island
SQUARES = gpd.GeoDataFrame(
    index=pd.Index(list("abcde"), name="code_iris"),
    geometry=[
        box(0, 400, 400, 800),
        box(400, 400, 800, 800),
        box(0, 0, 400, 400),
        box(400, 0, 800, 400),
        box(5000, 0, 5400, 400),
    ],
    crs=2154,
)


def cell(x: int, y: int, people: float, poor: float, income: float) -> dict:
    return {
        "personnes": people,
        "part_menages_pauvres": poor,
        "niveau_vie": income,
        "geometry": box(x, y, x + 200, y + 200),
    }


def test_cells_are_weighted_by_people_and_go_where_their_centre_is():
    cells = gpd.GeoDataFrame(
        [
            cell(0, 400, 30, 0.10, 20_000),
            cell(200, 400, 90, 0.50, 12_000),
            cell(350, 0, 100, 0.20, 18_000),  # its centre is in d though it starts in c
            cell(0, 0, 49, 0.30, 16_000),  # too few people in c
            cell(9000, 9000, 500, 0.9, 9_000),  # nowhere
        ],
        crs=2154,
    )
    found = grid_of_iris(cells, SQUARES)
    assert found.loc["a"].tolist() == pytest.approx([120.0, 14_000.0, 40.0])
    assert found.loc["d"].tolist() == pytest.approx([100.0, 18_000.0, 20.0])
    assert list(found.index) == ["a", "d"]


def test_two_layers_of_different_projections_are_refused():
    cells = gpd.GeoDataFrame([cell(0, 0, 60, 0.1, 20_000)], crs=3035)
    with pytest.raises(ValueError, match="cells in EPSG:3035, IRIS in EPSG:2154"):
        grid_of_iris(cells, SQUARES)


def test_iris_that_share_a_corner_are_neighbours_and_an_island_has_none():
    pairs = touching(SQUARES)
    assert set(pairs.loc[pairs["code_iris"] == "a", "voisin"]) == {"b", "c", "d"}
    assert "e" not in set(pairs["code_iris"]) and len(pairs) == 12


def test_the_pairs_are_those_of_the_contiguity_of_the_profiles_row_by_row():
    graph = queen(SQUARES.geometry)
    pairs = touching(SQUARES)
    assert list(pairs.itertuples(index=False, name=None)) == [
        (code, other)
        for code in SQUARES.index
        for other in sorted(graph[code].index)
        if code not in graph.isolates
    ]


def test_an_iris_without_an_outline_has_no_neighbours_to_look_for():
    lost = SQUARES.copy()
    lost.loc["b", "geometry"] = None
    with pytest.raises(ValueError, match="no outline for b"):
        touching(lost)


def test_the_mean_around_leaves_out_the_iris_itself_and_the_unknown():
    values = pd.Series([100.0, 10.0, np.nan, 20.0, 7.0], SQUARES.index)
    found = mean_around(values, touching(SQUARES))
    assert found[["a", "c"]].tolist() == pytest.approx([15.0, 130 / 3]) and np.isnan(found["e"])


def places(values: list[float], commune: list[str], types: str) -> tuple[pd.Series, pd.DataFrame]:
    index = pd.Index([f"i{n}" for n in range(len(values))], name="code_iris")
    iris = pd.DataFrame({"commune": commune, "type_iris": list(types)}, index)
    return pd.Series(values, index), iris


def test_the_value_of_a_commune_spreads_as_its_own_iris_do():
    values, iris = places([1, 2, 3, 4, 5, 10, 30], [*"AAAAA", *"BB"], "HHHHHHH")
    states = pd.Series("observe", values.index)
    found = spread_in_commune(values, states, iris, values)
    assert found["i0"] == pytest.approx(np.std([1, 2, 3, 4, 5], ddof=1))
    assert found["i5"] == pytest.approx(values.std()), "two IRIS say nothing of their commune"


def test_a_value_known_by_commune_only_spreads_as_communes_do():
    values, iris = places([10, 10, 30, 30, 50], [*"AABBC"], "HHHHZ")
    long = pd.DataFrame(
        {
            "code_iris": values.index,
            "indicateur": "diplome",
            "valeur": values.to_numpy(),
            "statut": ["communal"] * 4 + ["observe"],
            "ecart": 0.0,
        }
    )
    found = with_lent_spread(long, iris)["ecart"]
    assert found.tolist() == pytest.approx([np.std([10, 30, 50], ddof=1)] * 4 + [0.0])


@pytest.mark.parametrize("name", ["log", "logit", None])
def test_a_scale_gives_back_what_it_took(name):
    values = pd.Series([0.8, 12.0, 60.0])
    scale = scale_of(name, values)
    assert scale.back(scale.forward(values).to_numpy()) == pytest.approx(values.to_numpy())


def test_a_zero_has_a_place_on_each_scale():
    assert scale_of("log", pd.Series([0.0, 4.0])).forward(pd.Series([0.0]))[0] == pytest.approx(
        np.log(2.0)
    )
    assert scale_of("logit", pd.Series([0.0])).forward(pd.Series([0.0]))[0] == pytest.approx(
        np.log(0.5 / 99.5)
    )


def test_a_log_of_nothing_positive_is_refused():
    with pytest.raises(ValueError, match="no positive value in rsa"):
        scale_of("log", pd.Series([0.0], name="rsa"))
