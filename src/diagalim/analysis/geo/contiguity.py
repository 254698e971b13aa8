"""Which IRIS touch each other, and which are left without a neighbour?

Two IRIS are neighbours when their outlines share at least a point (*queen* contiguity). An island
would be compared with nothing: it is tied to its nearest IRIS, and the page says so. An IRIS
without a score leaves the graph; those that its leaving isolates are counted, never re-tied, since
what surrounds them is unknown and not absent.

Outlines that were simplified, or drawn one by one, do not meet: borders overlap here and leave a
crack there, and no point is shared. Only then are two outlines neighbours from `GAP` metres
(*fuzzy* contiguity of libpysal; Rey, Arribas-Bel and Wolf 2023, *Geographic Data Science with
Python*, ch. 4). A file whose borders are drawn once keeps its exact neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from libpysal.graph import Graph

GAP = 2.0
"""Metres between two outlines of neighbours where borders are not drawn once: each may be a metre
off (project's convention). On the 840 IRIS of 13, moved at random by half a metre or simplified by
two metres, it loses none of the 2,399 pairs and adds four, which nearly meet at a crossroads."""
CRACKED = 0.2
"""Share of an outline along a crack narrower than `GAP` from which it was drawn apart from its
neighbours. Harbours and inlets of official outlines leave such cracks too: on 13, at most 0.11."""
TOUCHES_EDGE = 1.0
"""Metres of the outer boundary that an IRIS must share to be on the border: a corner is not."""


@dataclass(frozen=True)
class Neighbourhood:
    """Who neighbours whom among the IRIS kept.

    Attributes
    ----------
    graph : libpysal.graph.Graph
        Binary queen contiguity of the units kept, islands tied to their nearest unit.
    tied : dict of str to str
        Each island of the whole territory and the unit it was tied to.
    alone : list of str
        Units kept that the leaving of the others isolates: they have no neighbour in ``graph``.
    pieces : int
        Connected pieces of the graph, units alone included.
    drawn_once : bool
        Whether the outlines meet exactly; when not, neighbours are those at `GAP` metres.
    """

    graph: Graph
    tied: dict[str, str]
    alone: list[str]
    pieces: int
    drawn_once: bool = True


def drawn_once(shapes: gpd.GeoSeries) -> bool:
    """Return whether polygons meet exactly: no overlap, no border drawn in two ways, no crack."""
    drawn = shapes.to_numpy()
    if not shapely.coverage_is_valid(drawn):
        return False
    cracks = shapely.length(shapely.coverage_invalid_edges(drawn, gap_width=GAP))
    return bool((cracks <= CRACKED * shapely.length(drawn)).all())


def queen(shapes: gpd.GeoSeries) -> Graph:
    """Return the binary queen contiguity of polygons, islands left alone.

    Parameters
    ----------
    shapes : GeoSeries
        Polygons indexed by code, in metres. Where their borders are not drawn once (`drawn_once`),
        those at `GAP` metres or less are neighbours too.

    Raises
    ------
    ValueError
        When a code stands twice or a polygon is missing or empty.
    """
    if not shapes.index.is_unique:
        raise ValueError(f"code twice: {shapes.index[shapes.index.duplicated()][0]}")
    lost = shapes.isna() | shapes.is_empty
    if lost.any():
        raise ValueError(f"no outline for {shapes.index[lost][0]}")
    if drawn_once(shapes):
        return Graph.build_contiguity(shapes, rook=False)
    return Graph.build_fuzzy_contiguity(shapes, buffer=GAP / 2)


def tie_islands(graph: Graph, shapes: gpd.GeoSeries) -> tuple[Graph, dict[str, str]]:
    """Tie each unit without a neighbour to the nearest one, outline to outline, both ways.

    Parameters
    ----------
    graph : Graph
        From `queen`.
    shapes : GeoSeries
        The same polygons, in metres.

    Returns
    -------
    graph : Graph
        The same with the islands tied.
    tied : dict of str to str
        Each island and its nearest unit; the first code when two are as near.

    Raises
    ------
    ValueError
        When the coordinates are not in metres.
    """
    if shapes.crs is None or not shapes.crs.is_projected:
        raise ValueError(f"the nearest unit needs a projected CRS in metres, not {shapes.crs}")
    tied: dict[str, str] = {}
    for island in graph.isolates if len(shapes) > 1 else ():
        gaps = shapes.drop(island).distance(shapes[island])
        tied[island] = gaps.sort_index().idxmin()
    if not tied:
        return graph, {}
    lasting = graph.adjacency.drop(list(tied), level="focal")
    both = [*tied.items(), *((near, island) for island, near in tied.items())]
    index = pd.MultiIndex.from_tuples(sorted(set(both)), names=lasting.index.names)
    added = pd.concat([lasting, pd.Series(1, index, name=lasting.name)])
    order = {code: position for position, code in enumerate(shapes.index)}
    keys = added.index.to_frame(index=False).map(order.get)
    return Graph(added.iloc[np.lexsort((keys["neighbor"], keys["focal"]))]), tied


def neighbourhood(shapes: gpd.GeoSeries, kept: pd.Series) -> Neighbourhood:
    """Return who neighbours whom among the units kept.

    Parameters
    ----------
    shapes : GeoSeries
        Every polygon of the territory, in metres (EPSG:2154), indexed by code.
    kept : Series of bool
        Units that stay in the graph, same index.

    Raises
    ------
    ValueError
        When fewer than two units are kept, or the outlines cannot be used (`queen`, `tie_islands`).
    """
    if kept.sum() < 2:
        raise ValueError(f"a graph needs two units, {int(kept.sum())} kept")
    whole, tied = tie_islands(queen(shapes), shapes)
    graph = whole.subgraph(shapes.index[kept.reindex(shapes.index)])
    alone, pieces = sorted(graph.isolates), int(graph.n_components)
    return Neighbourhood(graph, tied, alone, pieces, drawn_once(shapes))


def edge_of_territory(shapes: gpd.GeoSeries) -> pd.Series:
    """Return whether each unit lies along the outer boundary of the territory.

    What stands beyond is unknown: the neighbours of such a unit are only those of this territory.
    Nothing here tells a border with another department from a shore.

    Parameters
    ----------
    shapes : GeoSeries
        Every polygon of the territory, in metres, indexed by code. Cracks between outlines that do
        not meet are closed first: they would open the inside to what stands beyond.
    """
    crack = 0.0 if drawn_once(shapes) else GAP
    drawn = shapes.to_numpy()
    land = shapely.union_all(
        shapely.buffer(drawn, crack / 2, join_style="mitre") if crack else drawn
    )
    outside = shapely.union_all(shapely.get_exterior_ring(shapely.get_parts(land)))
    shared = shapes.boundary.intersection(outside.buffer(crack) if crack else outside).length
    # a corner runs along both its sides, on as much as the ring was widened and moved
    return (shared > TOUCHES_EDGE + 4 * crack).rename("effet_bord")
