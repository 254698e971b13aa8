"""Where is the land, and how densely is it lived in?

Everything is in kilometres in a local frame; `ORIGIN` puts it in Lambert-93, in the open sea of the
Bay of Biscay, so that the fictitious department never lies on the land of real people.
"""

from __future__ import annotations

import numpy as np

ORIGIN = (205_000.0, 6_455_000.0)
"""South-west corner in EPSG:2154 (metres)."""
WIDTH, HEIGHT = 68.0, 54.0
CITY_CENTRE = (38.0, 14.2)
TOWN_CENTRES = (
    (25.0, 14.5), (51.0, 17.5), (31.0, 30.0), (57.5, 33.0), (11.5, 34.0), (45.0, 43.0),
    (9.0, 17.0),
)  # fmt: skip
"""In the order of `names.TOWNS`: two on the lagoon and the coast by the city, the others inland."""
LAGOON = (19.5, 20.0, 5.2, 3.1)  # centre and half axes
ISLANDS = ((33.2, 6.9, 1.3, 0.6), (35.6, 5.9, 0.8, 0.5))
HARBOUR = (36.3, 9.6, 2.5, 4.0)
BAY = (47.5, 9.0, 3.4, 3.6)


class Roughness:
    """A fractal field of mean 0: what makes a coast a coast and not a curve.

    Parameters
    ----------
    rng : Generator
        Draws the directions and phases.
    longest : float
        Longest wavelength, km; each octave halves it.
    octaves : int
        Number of scales.
    """

    def __init__(self, rng: np.random.Generator, longest: float, octaves: int) -> None:
        waves = 5
        angle = rng.uniform(0, 2 * np.pi, (octaves, waves))
        number = 2 * np.pi / longest * 2.0 ** np.arange(octaves)[:, None]
        self._kx = (number * np.cos(angle)).ravel()
        self._ky = (number * np.sin(angle)).ravel()
        self._phase = rng.uniform(0, 2 * np.pi, octaves * waves)
        self._size = np.repeat(0.55 ** np.arange(octaves), waves) / np.sqrt(waves)

    def __call__(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        total = np.zeros_like(x)
        for kx, ky, phase, size in zip(self._kx, self._ky, self._phase, self._size, strict=True):
            total += size * np.sin(kx * x + ky * y + phase)
        return total


def _oval(x: np.ndarray, y: np.ndarray, oval: tuple[float, float, float, float]) -> np.ndarray:
    """Signed distance, about in km, positive inside."""
    cx, cy, a, b = oval
    return (1 - np.hypot((x - cx) / a, (y - cy) / b)) * min(a, b)


def is_land(x: np.ndarray, y: np.ndarray, rough: Roughness, fine: Roughness) -> np.ndarray:
    """Say which points are land: a ragged block, a coast in the south, a harbour, a lagoon."""
    wave = rough(x, y)
    grain = fine(x, y)
    coast = 11.0 + 2.0 * np.sin(x / 8.0 + 0.4) - 0.09 * (x - 34) + 1.2 * wave
    land = y - coast - 0.45 * grain
    north = HEIGHT - 8.0 + 3.2 * np.sin(x / 11.0 + 2.6) - 0.006 * (x - 34) ** 2
    land = np.minimum(land, north - y + 1.6 * wave + 0.4 * grain)
    west = 6.0 + 2.6 * np.sin(y / 8.0 + 1.0) + 0.008 * (y - 24) ** 2
    land = np.minimum(land, x - west + 1.5 * wave + 0.4 * grain)
    east = WIDTH - 7.0 + 3.0 * np.sin(y / 7.0) - 0.008 * (y - 28) ** 2
    land = np.minimum(land, east - x + 1.9 * wave + 0.4 * grain)
    for water in (HARBOUR, BAY, LAGOON):
        land = np.minimum(land, -_oval(x, y, water) + 0.4 * grain)
    for island in ISLANDS:
        land = np.maximum(land, _oval(x, y, island) + 0.25 * grain)
    return land > 0


def density(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return how densely people live, without unit: two bumps for the city, one for each town."""
    cx, cy = CITY_CENTRE
    away = np.hypot(x - cx, y - cy)
    people = 1.0 * np.exp(-away / 1.5) + 0.22 * np.exp(-away / 5.0)
    for rank, (tx, ty) in enumerate(TOWN_CENTRES):
        people = people + 0.5 / (1 + 0.25 * rank) * np.exp(-np.hypot(x - tx, y - ty) / 0.9)
    return people + 0.004
