"""How is the land shared between communes, *arrondissements* and IRIS?

Communes grow from their seats; inside a commune, IRIS are drawn so that each holds about as many
people as the next (weighted k-means), which is how Insee drew them.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from exemple.land import names
from exemple.land.mesh import Mesh, components, near_water
from exemple.land.relief import CITY_CENTRE, ISLANDS, TOWN_CENTRES, Roughness

SIMPLIFICATION = 55
"""Tolerance of the coverage simplification, metres."""
CITY_IRIS, ACTIVITY_IRIS, EMPTY_IRIS = 140, 18, 9
"""Of 300 IRIS: 249 H, 18 A, 9 D, 24 Z, the shares of department 13 (698, 51, 24, 67 of 840)."""


def draw(mesh: Mesh, rng: np.random.Generator) -> tuple[gpd.GeoDataFrame, np.ndarray]:
    """Draw the IRIS.

    Returns
    -------
    iris : GeoDataFrame
        In EPSG:2154, sorted by ``CODE_IRIS``, IGN columns and ``x``, ``y`` (km, local frame),
        ``surface`` (km²).
    of_cell : ndarray
        Row of ``iris`` that each cell of the mesh belongs to.
    """
    commune, codes = _communes(mesh, rng)
    label = np.full(len(mesh.x), -1)
    rows: list[dict[str, str]] = []
    for rank, code in enumerate(codes):
        here = np.flatnonzero(commune == rank)
        wanted = CITY_IRIS if code == names.CITY else _town_sizes().get(code, 1)
        part = _even_shares(mesh, here, wanted, rng)
        label[here] = len(rows) + part
        rows += [{"commune": code} for _ in range(wanted)]
    label = _mend(label, commune, mesh)
    iris = pd.DataFrame(rows)
    weight = mesh.people + 1e-9
    total = np.bincount(label, weight, minlength=len(iris))
    iris["x"] = np.bincount(label, weight * mesh.x, minlength=len(iris)) / total
    iris["y"] = np.bincount(label, weight * mesh.y, minlength=len(iris)) / total
    iris["geometry"] = [
        shapely.coverage_union_all(mesh.polygons[label == k]) for k in range(len(iris))
    ]
    iris = gpd.GeoDataFrame(iris, geometry="geometry", crs="EPSG:2154")
    iris["surface"] = iris.area / 1e6
    iris["geometry"] = _multi(shapely.coverage_simplify(iris.geometry.values, SIMPLIFICATION))
    iris = _numbered(iris, rng)
    order = iris["CODE_IRIS"].to_numpy().argsort(kind="stable")
    place = np.empty(len(order), int)
    place[order] = np.arange(len(order))
    return iris.iloc[order].reset_index(drop=True), place[label]


def _multi(shapes: np.ndarray) -> list[shapely.MultiPolygon]:
    return [shapely.multipolygons(shapely.get_parts(shape)) for shape in shapes]


def _town_sizes() -> dict[str, int]:
    return {code: size for code, size in names.TOWNS.values()}


def _communes(mesh: Mesh, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
    """Give each cell to the nearest seat, large communes reaching further; borders wander."""
    seats = [CITY_CENTRE, *TOWN_CENTRES]
    reach = [5.2, 2.0, 1.8, 1.4, 1.4, 2.4, 0.8, 1.6]
    codes = [names.CITY, *(code for code, _ in names.TOWNS.values())]
    for code in names.VILLAGES.values():  # each village as far as can be from the seats before it
        tries = rng.integers(0, len(mesh.x), 60)
        far = np.min(
            [
                np.hypot(mesh.x[tries] - sx, mesh.y[tries] - sy) - 1.4 * r
                for (sx, sy), r in zip(seats, reach, strict=True)
            ],
            axis=0,
        )
        best = tries[far.argmax()]
        seats.append((mesh.x[best], mesh.y[best]))
        reach.append(rng.uniform(-0.6, 0.9))
        codes.append(code)
    wander_x, wander_y = Roughness(rng, 9.0, 5), Roughness(rng, 9.0, 5)
    x = mesh.x + 0.75 * wander_x(mesh.x, mesh.y)
    y = mesh.y + 0.75 * wander_y(mesh.x, mesh.y)
    away = [np.hypot(x - sx, y - sy) - r for (sx, sy), r in zip(seats, reach, strict=True)]
    commune = np.argmin(away, axis=0)
    for cx, cy, a, b in ISLANDS:  # the islands belong to the city
        commune[np.hypot((mesh.x - cx) / a, (mesh.y - cy) / b) < 1.6] = 0
    return _mend(commune, np.zeros_like(commune), mesh), codes


def _even_shares(
    mesh: Mesh, here: np.ndarray, count: int, rng: np.random.Generator, turns: int = 25
) -> np.ndarray:
    """Cut cells in ``count`` compact parts of similar weight (Lloyd's algorithm)."""
    if count == 1:
        return np.zeros(len(here), int)
    points = np.column_stack([mesh.x[here], mesh.y[here]])
    weight = mesh.people[here]
    centres = points[rng.choice(len(here), count, replace=False, p=weight / weight.sum())]
    for _ in range(turns):
        part = np.hypot(*(points[:, None, :] - centres[None]).transpose(2, 0, 1)).argmin(axis=1)
        mass = np.bincount(part, weight, minlength=count)
        alive = mass > 0
        for axis in (0, 1):
            moved = np.bincount(part, weight * points[:, axis], minlength=count)
            centres[alive, axis] = moved[alive] / mass[alive]
    return part


def _mend(label: np.ndarray, within: np.ndarray, mesh: Mesh) -> np.ndarray:
    """Join each stray piece of a label to its neighbour, inside the same ``within``."""
    label = label.copy()
    for _ in range(40):
        a, b = mesh.pairs.T
        same = label[a] == label[b]
        piece = components(len(label), mesh.pairs[same])
        size = np.bincount(piece, minlength=len(label))
        largest = np.zeros(label.max() + 1, int)
        np.maximum.at(largest, label, size[piece])
        stray = size[piece] < largest[label]
        edge = ~same & (within[a] == within[b])
        moves_a, moves_b = edge & stray[a] & ~stray[b], edge & stray[b] & ~stray[a]
        if not (moves_a | moves_b).any():
            return label
        change = label.copy()
        change[a[moves_a]] = label[b[moves_a]]
        change[b[moves_b]] = label[a[moves_b]]
        label = change
    return label


def _numbered(iris: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Give types, *arrondissements*, codes and names."""
    iris = iris.copy()
    single = iris["commune"].isin(names.VILLAGES.values())
    iris["TYP_IRIS"] = np.where(single, "Z", "H")
    cut = iris.index[~single]
    islands = np.zeros(len(iris), bool)
    for cx, cy, a, b in ISLANDS:
        islands |= np.hypot((iris["x"] - cx) / a, (iris["y"] - cy) / b).to_numpy() < 1.6
    wide = iris.loc[cut, "surface"].rank() + 1000 * islands[cut]
    iris.loc[wide.nlargest(EMPTY_IRIS).index, "TYP_IRIS"] = "D"
    left = iris.index[iris["TYP_IRIS"] == "H"]
    works = np.exp(-near_water(iris.loc[left, "x"], iris.loc[left, "y"]) / 6)
    works = works + 0.25 * np.log1p(iris.loc[left, "surface"]) + 0.12
    chosen = rng.choice(left, ACTIVITY_IRIS, replace=False, p=works / works.sum())
    iris.loc[chosen, "TYP_IRIS"] = "A"
    iris["INSEE_COM"] = iris["commune"]
    city = iris.index[iris["commune"] == names.CITY]
    iris.loc[city, "INSEE_COM"] = _districts(iris.loc[city])
    known = {code: name for name, code in names.VILLAGES.items()}
    known |= {code: name for name, (code, _) in names.TOWNS.items()}
    known |= {code: names.district_name(code) for code in names.DISTRICTS}
    iris["NOM_COM"] = iris["INSEE_COM"].map(known)
    iris["IRIS"], iris["NOM_IRIS"] = "0000", iris["NOM_COM"].map(names.VILLAGE_IRIS.format)
    for rank, (_, rows) in enumerate(iris[~single].groupby("INSEE_COM")):
        inside = rows.sort_values(["y", "x"], ascending=[False, True])
        called: dict[str, int] = {}
        for k, (row, kind) in enumerate(inside["TYP_IRIS"].items()):
            pool = {"A": names.ACTIVITY, "D": names.EMPTY}.get(kind, names.QUARTERS)
            base = pool[(7 * rank + k // 3 if kind == "H" else rank + k) % len(pool)]
            called[base] = called.get(base, 0) + 1
            iris.loc[row, "NOM_IRIS"] = f"{base} {called[base]}"
            iris.loc[row, "IRIS"] = f"{1 + k // 6:02d}{1 + k % 6:02d}"
    iris["CODE_IRIS"] = iris["INSEE_COM"] + iris["IRIS"]
    return iris


def _districts(city: gpd.GeoDataFrame) -> np.ndarray:
    """Cut the city in ten, small in the centre, numbered from the centre outwards."""
    cx, cy = CITY_CENTRE
    x, y = city["x"].to_numpy() - cx, city["y"].to_numpy() - cy
    away = np.hypot(x, y)
    points = np.column_stack([x, y]) / np.maximum(away, 0.3)[:, None] ** 0.5
    turn = np.deg2rad(90 + 360 / 7 * np.arange(7))
    inner = np.deg2rad(90 + 120 * np.arange(3))
    centres = np.concatenate(
        [0.7 * np.column_stack([np.cos(inner), np.sin(inner)]),
         2.2 * np.column_stack([np.cos(turn), np.sin(turn)])]
    )  # fmt: skip
    for _ in range(30):
        nearest = np.hypot(*(points[:, None, :] - centres[None]).transpose(2, 0, 1)).argmin(axis=1)
        for rank in np.unique(nearest):
            centres[rank] = points[nearest == rank].mean(axis=0)
    middle = [away[nearest == rank].mean() for rank in range(10)]
    return np.array(names.DISTRICTS)[np.argsort(np.argsort(middle))[nearest]]
