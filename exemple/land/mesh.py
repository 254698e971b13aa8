"""Into how many small cells is the land cut, before communes and IRIS are made of them?

A Voronoi mesh, finer where people live closer. Communes and IRIS are unions of cells, so that they
share every border to the metre: a valid coverage by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from exemple.land.relief import (
    CITY_CENTRE,
    HEIGHT,
    ISLANDS,
    LAGOON,
    ORIGIN,
    TOWN_CENTRES,
    WIDTH,
    Roughness,
    density,
    is_land,
)

COARSE = 0.33
"""Spacing of the cells in the countryside, km."""
ZONES = (
    *((centre, 2.6, 0.13) for centre in TOWN_CENTRES),
    ((ISLANDS[0][0] + 1, ISLANDS[0][1] - 0.4), 3.0, 0.15),
    (CITY_CENTRE, 8.0, 0.15),
    (CITY_CENTRE, 2.8, 0.075),
)
"""Centre, radius and spacing where the mesh is finer; the last one wins."""


@dataclass(frozen=True)
class Mesh:
    """Cells of land.

    Attributes
    ----------
    x, y : ndarray
        Points of the cells, km in the local frame.
    polygons : ndarray of Polygon
        Cells in EPSG:2154, coordinates in whole metres.
    people : ndarray
        Weight of each cell: density times area.
    pairs : ndarray, shape (n, 2)
        Cells that share an edge.
    """

    x: np.ndarray
    y: np.ndarray
    polygons: np.ndarray
    people: np.ndarray
    pairs: np.ndarray


def make_mesh(rng: np.random.Generator) -> Mesh:
    """Scatter points, cut the plane between them, keep the cells of land."""
    rough, fine = Roughness(rng, 26.0, 6), Roughness(rng, 4.0, 4)
    x, y = _points(rng)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(np.column_stack([x, y])), ordered=True)
    )
    land = is_land(x, y, rough, fine)
    x, y, cells = x[land], y[land], cells[land]
    to_metres = lambda c: np.round(c * 1000 + np.array(ORIGIN))  # noqa: E731
    polygons = shapely.transform(cells, to_metres)
    pairs = _neighbours(polygons)
    kept = _mainland(len(x), pairs, x, y)
    renumber = np.cumsum(kept) - 1
    inside = kept[pairs].all(axis=1)
    x, y, polygons = x[kept], y[kept], polygons[kept]
    people = density(x, y) * shapely.area(polygons) / 1e6
    return Mesh(x, y, polygons, people, renumber[pairs[inside]])


def _points(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    xs, ys = _jittered(rng, COARSE, 0.0, WIDTH, 0.0, HEIGHT)
    for (cx, cy), radius, spacing in ZONES:
        outside = np.hypot(xs - cx, ys - cy) > radius
        nx, ny = _jittered(rng, spacing, cx - radius, cx + radius, cy - radius, cy + radius)
        inside = np.hypot(nx - cx, ny - cy) <= radius
        xs, ys = np.append(xs[outside], nx[inside]), np.append(ys[outside], ny[inside])
    return xs, ys


def _jittered(
    rng: np.random.Generator, step: float, x0: float, x1: float, y0: float, y1: float
) -> tuple[np.ndarray, np.ndarray]:
    x, y = np.meshgrid(np.arange(x0, x1, step), np.arange(y0, y1, step))
    shift = rng.uniform(-0.42, 0.42, (2, *x.shape)) * step
    return (x + shift[0]).ravel(), (y + shift[1]).ravel()


def _neighbours(polygons: np.ndarray) -> np.ndarray:
    """Return the pairs of cells that have an edge in common, to the metre."""
    points, cell = shapely.get_coordinates(polygons, return_index=True)
    same = cell[:-1] == cell[1:]
    moved = (points[:-1] != points[1:]).any(axis=1)
    start, end, owner = (a[same & moved] for a in (points[:-1], points[1:], cell[:-1]))
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    edges = np.column_stack(
        [np.where(swap[:, None], end, start), np.where(swap[:, None], start, end)]
    )
    order = np.lexsort(edges.T)
    edges, owner = edges[order], owner[order]
    shared = (edges[:-1] == edges[1:]).all(axis=1)
    return np.column_stack([owner[:-1][shared], owner[1:][shared]])


def components(count: int, pairs: np.ndarray) -> np.ndarray:
    """Return the connected component of each of ``count`` nodes, numbered by their lowest node."""
    label = np.arange(count)
    while True:
        lowest = label.copy()
        np.minimum.at(lowest, pairs[:, 0], label[pairs[:, 1]])
        np.minimum.at(lowest, pairs[:, 1], label[pairs[:, 0]])
        lowest = lowest[lowest]
        if (lowest == label).all():
            return label
        label = lowest


def _mainland(count: int, pairs: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Keep the main block of land and the islands of the city; drop stray rocks."""
    label = components(count, pairs)
    size = np.bincount(label, minlength=count)
    island = np.zeros(count, bool)
    for cx, cy, a, b in ISLANDS:
        island |= np.hypot((x - cx) / a, (y - cy) / b) < 1.6
    return (label == size.argmax()) | (island & (size[label] > 8))


def near_water(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the distance to the lagoon's heart, km: factories stand there."""
    return np.hypot(x - LAGOON[0], y - LAGOON[1])
