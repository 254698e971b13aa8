"""Outlines that almost meet, as a simplification or a redrawing leaves them: who is a neighbour?

Each case spoils a grid whose neighbours are known; the right answer is the same neighbours, or a
refusal that says what stands apart. Islands stay islands, and one neighbour makes no test.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from diagalim.analysis.geo import outline_gaps
from diagalim.analysis.geo.contiguity import (
    GAP,
    drawn_once,
    edge_of_territory,
    neighbourhood,
    queen,
)
from diagalim.analysis.geo.neighbours import touching
from diagalim.analysis.solidity.clusters import LEFT_OUT, NONE, local_clusters
from diagalim.report.profils.clusters import island_sentences

FILE = "CONTOURS-IRIS_2-1_GPKG_LAMB93_D000-2020.gpkg"
SIDE = 1_000.0


def grid(side: int = 3) -> gpd.GeoSeries:
    """Squares of a kilometre named by column and row, each border with a few bends."""
    codes = [f"{'abcdefghijklmnopqrs'[x]}{y:02d}" for x in range(side) for y in range(side)]
    shapes = [
        shapely.box(SIDE * x, SIDE * y, SIDE * (x + 1), SIDE * (y + 1))
        for x in range(side)
        for y in range(side)
    ]
    index = pd.Index(codes, name="code_iris")
    return gpd.GeoSeries(shapes, index=index, crs="EPSG:2154").translate(700_000, 6_600_000)


def wavy(side: int = 3, wave: float = 1.5) -> gpd.GeoSeries:
    """The same with borders that wander by a metre and a half, as a river does."""
    wandering = [
        shapely.transform(
            shapely.segmentize(shape, 25.0),
            lambda at: at + wave * np.column_stack([np.sin(at[:, 1] / 9), np.cos(at[:, 0] / 7)]),
        )
        for shape in grid(side)
    ]
    return gpd.GeoSeries(wandering, index=grid(side).index, crs="EPSG:2154")


def moved(shapes: gpd.GeoSeries, far: float, seed: int = 0) -> gpd.GeoSeries:
    rng = np.random.default_rng(seed)
    steps = rng.uniform(-far, far, (len(shapes), 2))
    drawn = [translate(shape, *step) for shape, step in zip(shapes, steps, strict=True)]
    return gpd.GeoSeries(drawn, index=shapes.index, crs=shapes.crs)


def one(shapes: gpd.GeoSeries, code: str, change) -> gpd.GeoSeries:
    drawn = shapes.copy()
    drawn[code] = change(drawn[code])
    return drawn


SPOILT = {
    "drawn once": grid(),
    "one enlarged by half a metre": one(grid(), "b01", lambda shape: shape.buffer(0.5)),
    "one shrunk by half a metre": one(grid(), "b01", lambda shape: shape.buffer(-0.5)),
    "one moved by a metre": one(grid(), "b01", lambda shape: translate(shape, 1.0, -1.0)),
    "each moved by half a metre at most": moved(grid(), 0.5),
    "simplified by two metres, each alone": wavy().simplify(2.0),
    "rounded to the metre, each alone": moved(grid(), 0.4).set_precision(1.0),
    "a corner of one cut": one(
        grid(), "b01", lambda shape: shape.difference(shape.boundary.interpolate(0).buffer(0.8))
    ),
    "in degrees and back": grid().to_crs("EPSG:4326").set_precision(1e-6).to_crs("EPSG:2154"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_outlines_that_almost_meet_keep_their_neighbours(case):
    shapes, exact = SPOILT[case], queen(grid())
    found = neighbourhood(shapes, pd.Series(True, shapes.index))
    assert found.graph.n_edges == exact.n_edges == 40
    assert found.tied == {} and found.alone == [] and found.pieces == 1
    assert len(touching(gpd.GeoDataFrame(geometry=shapes))) == 40
    edge = edge_of_territory(shapes)
    assert edge.sum() == 8 and not edge["b01"], "the crack around it is no shore"


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.floats(0.0, GAP / 2 / np.sqrt(2) - 0.01))
def test_no_move_of_less_than_a_metre_makes_or_breaks_a_neighbour(seed, far):
    shapes = moved(grid(4), far, seed)
    assert set(queen(shapes).adjacency.index) == set(queen(grid(4)).adjacency.index)


def test_borders_drawn_once_are_never_bridged():
    """Two squares that a strip of a metre keeps apart are no neighbours: the strip is one."""
    left, right = shapely.box(0, 0, 100, 100), shapely.box(101, 0, 201, 100)
    strip = shapely.box(100, 0, 101, 100)
    shapes = gpd.GeoSeries([left, strip, right], index=["l", "s", "r"], crs="EPSG:2154")
    assert drawn_once(shapes)
    assert set(queen(shapes)["l"].index) == {"s"}


def test_an_island_stays_an_island_where_outlines_do_not_meet():
    shapes = moved(grid(), 0.5)
    shapes["ile"] = shapely.box(*shapes["c02"].bounds)
    shapes["ile"] = translate(shapes["ile"], 1_500, 0)
    found = neighbourhood(shapes, pd.Series(True, shapes.index))
    assert found.tied == {"ile": "c02"}


def test_the_page_says_that_outlines_do_not_meet():
    iris = gpd.GeoDataFrame({"nom": "A", "commune": "B"}, index=grid().index, geometry=grid())
    kept = pd.Series(True, iris.index)
    said = island_sentences(neighbourhood(moved(grid(), 0.5), kept), iris)
    assert said == [
        "Dans ce fichier, les contours ne se raccordent pas exactement : deux IRIS sont dits "
        "voisins à 2\u00a0m l'un de l'autre ou moins."
    ]
    assert island_sentences(neighbourhood(grid(), kept), iris) == []


def test_the_reader_refuses_from_where_the_neighbours_stop():
    assert outline_gaps.NEAR == GAP


APART = {
    "each moved by five metres at most": moved(grid(), 5.0, seed=3),
    "one shrunk by four metres": one(grid(), "b01", lambda shape: shape.buffer(-4.0)),
    "every outline shrunk by three metres": grid().buffer(-3.0),
}


@pytest.mark.parametrize("case", APART)
def test_outlines_that_stand_apart_are_refused_by_name(case):
    here = gpd.GeoDataFrame(geometry=APART[case]).reset_index()
    (problem,) = outline_gaps.gap_problems(here, "contours.gpkg")
    assert "se longent sans se toucher" in problem.place
    assert " m d'écart" in problem.value and "," in problem.value
    assert "ne seraient pas dits voisins" in problem.expected


@pytest.mark.parametrize("case", SPOILT)
def test_outlines_that_almost_meet_are_not_refused(case):
    here = gpd.GeoDataFrame(geometry=SPOILT[case]).reset_index()
    assert outline_gaps.gap_problems(here, "contours.gpkg") == []


def test_a_canal_between_two_official_outlines_is_no_fault():
    """Two IRIS that water keeps four metres apart have other neighbours, and stay as they are."""
    canal = shapely.box(701_000 - 2, 6_600_000, 701_000 + 2, 6_601_000)
    shapes = grid(6).difference(canal)
    here = gpd.GeoDataFrame(geometry=shapes).reset_index()
    assert outline_gaps.gap_problems(here, "contours.gpkg") == []
    assert drawn_once(shapes)


def test_a_thin_iris_between_two_others_is_no_crack():
    left, right = shapely.box(0, 0, 100, 100), shapely.box(105, 0, 205, 100)
    here = gpd.GeoDataFrame(
        {"code_iris": ["l", "s", "r"]},
        geometry=[left, shapely.box(100, 0, 105, 100), right],
        crs="EPSG:2154",
    )
    assert outline_gaps.gap_problems(here, "contours.gpkg") == []


def test_check_names_the_iris_that_stand_apart(study, refused):
    study.shapes(lambda s: s.set_geometry(s.geometry.buffer(-3.0)))
    answer = refused(FILE, ["qui se longent sans se toucher", "6,0 m d'écart", "redessinés"])
    assert answer.code == 2


# ---- one neighbour makes no test ----------------------------------------------------------------


def enclave(side: int = 17) -> tuple[gpd.GeoSeries, pd.Series]:
    """A high block in a low grid, with an enclave in its middle square: one neighbour."""
    shapes = grid(side)
    middle = shapes["i08"]
    hole = shapely.box(*(middle.centroid.buffer(200).bounds))
    shapes["i08"] = middle.difference(hole)
    shapes["enclave"] = hole
    rng = np.random.default_rng(3)
    values = pd.Series(rng.uniform(0, 50, len(shapes)), shapes.index)
    block = [code for code in shapes.index if code[0] in "ghijk" and "06" <= code[1:] <= "10"]
    values[block] = rng.uniform(80, 90, len(block))
    values[["enclave", "i08"]] = [90.0, 95.0]
    return shapes, values


def test_a_unit_with_one_neighbour_is_out_of_the_tests_and_not_scattered():
    shapes, values = enclave()
    graph = queen(shapes)
    assert graph.cardinalities["enclave"] == 1
    found = local_clusters(values, graph, seed=1, permutations=999)
    assert found.loc["enclave", "groupe"] == LEFT_OUT
    assert found.loc["enclave", ["local", "p", "q"]].isna().all()
    assert found.loc["i08", "groupe"] == "HH", "the enclave is still its neighbour"
    assert (found["groupe"] == NONE).any()


def test_what_leaves_the_graph_may_leave_one_neighbour():
    shapes, values = grid(5), pd.Series(np.arange(25.0), grid(5).index)
    estimated = pd.Series(values.index.isin(["a01", "b01"]), values.index)  # a00 keeps b00 alone
    found = local_clusters(values, queen(shapes), seed=1, estimated=estimated, permutations=99)
    assert (found["groupe"] == LEFT_OUT).sum() == 3
    assert found.loc["a00", "groupe"] == LEFT_OUT


def test_a_row_of_pairs_has_no_test_at_all():
    """Six squares two by two: everyone has one neighbour, and nothing is divided by nothing."""
    shapes = grid(6).loc[["a00", "a01", "c00", "c01", "e00", "e01"]]
    found = local_clusters(pd.Series(range(6), shapes.index, float), queen(shapes), seed=1)
    assert (found["groupe"] == LEFT_OUT).all() and found["q"].isna().all()
