"""How can a border that two IRIS share travel once, and still be drawn for both?

As in TopoJSON (Bostock, 2012): outlines are cut into arcs where three borders meet, each arc is
stored once as steps between whole coordinates, and a polygon is a list of arcs. The page weighs a
tenth of its GeoJSON, and the borders of communes or EPCI need nothing more: they are the arcs
between two IRIS of different ones.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from diagalim.map.geometry import DECIMALS, EXTERNAL_CRS
from diagalim.map.packing import varints

Ring = list[tuple[int, int]]


def topology(shapes: gpd.GeoSeries) -> dict[str, Any]:
    """Return polygons as shared arcs, compact enough for a page.

    Parameters
    ----------
    shapes : GeoSeries
        Polygons or multipolygons in a known CRS.

    Returns
    -------
    dict
        ``step`` (degrees), ``origin`` (longitude and latitude of the corner, in steps), ``arcs``
        and ``shapes`` as base64 of varints (`diagalim.map.packing.varints`). Arcs:
        number of points, then steps from the point before, the first of an arc from the first of
        the arc before. Shapes: number of parts, for each its number of rings, for each its number
        of arcs, then the arcs; ``-1 - k`` is arc ``k`` the other way round.
    """
    step = 10.0**-DECIMALS
    external = shapes.to_crs(EXTERNAL_CRS)
    origin = np.floor(external.total_bounds[:2] / step).astype(int)
    rings = [[_rings(part, origin, step) for part in _parts(shape)] for shape in external]
    nodes = _nodes(ring for shape in rings for part in shape for ring in part)
    known: dict[tuple, int] = {}
    written: list[int] = []
    for shape in rings:
        written.append(len(shape))
        for part in shape:
            written.append(len(part))
            for ring in part:
                pieces = _cut(ring, nodes)
                written += [len(pieces), *(_index(piece, known) for piece in pieces)]
    return {
        "step": step,
        "origin": origin.tolist(),
        "arcs": varints(np.array(_steps(list(known)), dtype=np.int64)),
        "shapes": varints(np.array(written, dtype=np.int64)),
    }


def _parts(shape: shapely.Geometry) -> list[shapely.Polygon]:
    return list(shape.geoms) if shape.geom_type == "MultiPolygon" else [shape]


def _rings(part: shapely.Polygon, origin: np.ndarray, step: float) -> list[Ring]:
    """Return the outer ring then the holes, in steps, each point once."""
    found = []
    for ring in (part.exterior, *part.interiors):
        whole = np.rint(shapely.get_coordinates(ring) / step).astype(int) - origin
        moved = np.any(np.diff(whole, axis=0), axis=1)
        found.append(list(map(tuple, whole[:-1][moved].tolist())) or [tuple(whole[0].tolist())])
    return found


def _nodes(rings: Any) -> set[tuple[int, int]]:
    """Return the points where other than two borders meet."""
    beside: dict[tuple[int, int], set] = defaultdict(set)
    for ring in rings:
        for here, there in zip(ring, [*ring[1:], ring[0]], strict=True):
            beside[here].add(there)
            beside[there].add(here)
    return {point for point, others in beside.items() if len(others) != 2}


def _cut(ring: Ring, nodes: set[tuple[int, int]]) -> list[Ring]:
    """Cut a ring at its nodes; one without a node starts at its least point, for both sides."""
    start = next((k for k, point in enumerate(ring) if point in nodes), ring.index(min(ring)))
    turned = [*ring[start:], *ring[:start], ring[start]]
    pieces, piece = [], [turned[0]]
    for point in turned[1:]:
        piece.append(point)
        if point in nodes:
            pieces.append(piece)
            piece = [point]
    return pieces if len(piece) == 1 else [*pieces, piece]


def _index(piece: Ring, known: dict[tuple, int]) -> int:
    """Return the rank of an arc, or ``-1 - rank`` when it is known the other way round."""
    forward, backward = tuple(piece), tuple(reversed(piece))
    if backward in known and backward != forward:
        return -1 - known[backward]
    return known.setdefault(forward, len(known))


def _steps(arcs: list[tuple]) -> list[int]:
    written, first = [], (0, 0)
    for arc in arcs:
        written.append(len(arc))
        before = first
        for point in arc:
            written += [point[0] - before[0], point[1] - before[1]]
            before = point
        first = arc[0]
    return written
