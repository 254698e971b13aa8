"""Neighbours on a grid small enough to be counted by hand."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from diagalim.analysis.geo.contiguity import edge_of_territory, neighbourhood, queen, tie_islands


def test_squares_that_meet_at_a_corner_are_neighbours(squares):
    graph = queen(squares())
    assert set(graph["b1"].index) == {"a0", "a1", "a2", "b0", "b2", "c0", "c1", "c2"}
    assert set(graph["a0"].index) == {"a1", "b0", "b1"}
    assert graph.n_edges / 2 == 20, "12 sides and 8 corners"


def test_an_island_is_tied_to_the_nearest_both_ways(squares):
    shapes = squares(island=True)
    graph, tied = tie_islands(queen(shapes), shapes)
    assert tied == {"ile": "c2"} and list(graph.isolates) == []
    assert list(graph["ile"].index) == ["c2"] and "ile" in graph["c2"].index
    assert graph.n_edges / 2 == 21


def test_two_islands_that_are_nearest_to_each_other_are_tied_once():
    shapes = gpd.GeoSeries(
        [shapely.box(0, 0, 1, 1), shapely.box(9, 0, 10, 1)], index=["a", "b"], crs="EPSG:2154"
    )
    graph, tied = tie_islands(queen(shapes), shapes)
    assert tied == {"a": "b", "b": "a"} and graph.n_edges == 2


def test_nothing_is_tied_where_nothing_is_alone(squares):
    shapes = squares()
    graph, tied = tie_islands(queen(shapes), shapes)
    assert tied == {} and graph.n_edges / 2 == 20


def test_distances_need_metres(squares):
    shapes = squares(island=True)
    with pytest.raises(ValueError, match="projected CRS"):
        tie_islands(queen(shapes), shapes.to_crs("EPSG:4326"))


def test_units_that_leave_may_leave_others_alone_and_cut_the_rest(squares):
    shapes = squares(island=True)
    kept = pd.Series(True, shapes.index)
    kept[["a1", "b0", "b1"]] = False  # a0 has no one left
    found = neighbourhood(shapes, kept)
    assert found.alone == ["a0"] and found.pieces == 2 and found.tied == {"ile": "c2"}
    assert "b1" not in found.graph.unique_ids


def test_a_unit_whose_nearest_leaves_is_alone_rather_than_tied_again(squares):
    shapes = squares(island=True)
    kept = pd.Series(True, shapes.index)
    kept["c2"] = False
    found = neighbourhood(shapes, kept)
    assert found.alone == ["ile"] and found.pieces == 2


def test_a_graph_needs_two_units(squares):
    shapes = squares()
    with pytest.raises(ValueError, match="needs two units, 1 kept"):
        neighbourhood(shapes, pd.Series(shapes.index == "a0", shapes.index))


@pytest.mark.parametrize("broken", ["twice", "empty"])
def test_outlines_that_cannot_be_used_are_named(broken, squares):
    shapes = squares()
    if broken == "twice":
        shapes.index = [*shapes.index[:-1], "a0"]
    else:
        shapes.loc["b1"] = shapely.Polygon()
    with pytest.raises(ValueError, match="a0" if broken == "twice" else "b1"):
        queen(shapes)


def test_the_edge_is_all_around_and_not_around_a_hole(squares):
    shapes = squares(5)
    edge = edge_of_territory(shapes)
    assert edge.sum() == 16 and not edge["c2"] and not edge["b1"]
    pond = edge_of_territory(shapes.drop("c2"))
    assert not pond["b2"], "what surrounds a pond has no unknown neighbour"


def test_a_corner_alone_is_not_the_edge(squares):
    shapes = squares(3).drop("a0")
    edge = edge_of_territory(shapes)
    assert edge["a1"] and edge["b0"] and not edge["b1"]
