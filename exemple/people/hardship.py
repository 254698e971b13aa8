"""Where is life hard? The latent field that drives every file of the fictitious department.

Planted, never published as such by an office: ``verite.json`` holds it, so that a score can be
compared with what it should find again.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from exemple.land.names import TOWNS
from exemple.land.relief import CITY_CENTRE, TOWN_CENTRES

QUIET, ROUGH = 0.50, 0.42
"""Standard deviations of what one IRIS adds alone, and of what it shares with those around it."""
REACH = 2.2
"""Distance, km, over which the shared part fades."""
BUMPS = (  # centre, radius (km), height: the poor core, two estates, the well-off coast and heights
    (CITY_CENTRE, 2.3, 1.6),
    ((CITY_CENTRE[0] - 0.8, CITY_CENTRE[1] + 3.4), 2.2, 2.0),
    ((CITY_CENTRE[0] + 4.8, CITY_CENTRE[1] + 3.0), 1.4, 1.3),
    ((CITY_CENTRE[0] + 4.0, CITY_CENTRE[1] - 3.0), 3.2, -1.5),
    ((CITY_CENTRE[0] - 6.5, CITY_CENTRE[1] - 2.5), 2.6, -0.9),
    ((CITY_CENTRE[0] + 3.0, CITY_CENTRE[1] + 8.5), 3.6, -0.9),
)
TOWN_HEIGHTS = (1.0, 0.3, 1.1, 0.5, 1.3, 0.7, 1.0)


def hardship_of(iris: gpd.GeoDataFrame, rng: np.random.Generator) -> np.ndarray:
    """Return the latent hardship of each IRIS, about from -2 (well-off) to 3."""
    x, y = iris["x"].to_numpy(), iris["y"].to_numpy()
    field = np.full(len(iris), 0.12)
    for (bx, by), radius, height in BUMPS:
        field += height * np.exp(-((x - bx) ** 2 + (y - by) ** 2) / (2 * radius**2))
    for (tx, ty), height, _ in zip(TOWN_CENTRES, TOWN_HEIGHTS, TOWNS, strict=True):
        field += height * np.exp(-((x - tx) ** 2 + (y - ty) ** 2) / (2 * 1.3**2))
    field += ROUGH * _shared(iris, rng) + QUIET * rng.standard_normal(len(x))
    return np.where(field > 1.2, 1.2 + 0.75 * (field - 1.2), field)


def _shared(iris: gpd.GeoDataFrame, rng: np.random.Generator) -> np.ndarray:
    """Return a field of variance 1 that neighbours share."""
    x, y = iris["x"].to_numpy(), iris["y"].to_numpy()
    apart = np.hypot(x[:, None] - x[None], y[:, None] - y[None])
    root = np.linalg.cholesky(np.exp(-apart / REACH) + 1e-9 * np.eye(len(x)))
    return root @ rng.standard_normal(len(x))


def places_of(iris: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return what each IRIS is like: its hardship, and traits that hardship does not settle.

    Returns
    -------
    DataFrame
        On the rows of ``iris``: ``hard`` (latent hardship), ``central`` (0 countryside, 1 heart of
        the city), and four traits of mean 0: ``estates`` (social housing), ``families``, ``old``
        (ages), ``claims`` (take-up of benefits).
    """
    table = pd.DataFrame({"hard": hardship_of(iris, rng), "central": centrality_of(iris)})
    for trait in ("estates", "families", "old", "claims"):
        table[trait] = 0.6 * _shared(iris, rng) + 0.8 * rng.standard_normal(len(iris))
    return table


def centrality_of(iris: gpd.GeoDataFrame) -> np.ndarray:
    """Return how urban each IRIS is, 0 (countryside) to 1 (heart of the city)."""
    x, y = iris["x"].to_numpy(), iris["y"].to_numpy()
    central = np.exp(-np.hypot(x - CITY_CENTRE[0], y - CITY_CENTRE[1]) / 4.0)
    for tx, ty in TOWN_CENTRES:
        central = np.maximum(central, 0.55 * np.exp(-np.hypot(x - tx, y - ty) / 1.6))
    return central
