"""What does the certainty of a score cost, and how does it grow up to the size of France?

The project draws the values of 12 indicators 1,000 times, normalises, aggregates and ranks each
draw, then summarises them; beside it, a bare numpy loop draws and ranks the same values, with
neither ties, missing values, truncation nor summary. Each measure runs in a process of its own, so
that memory is its own. Time of processor is printed too: on a busy machine it says more than the
clock. Figures are never asserted: machines differ.

Budgets, on two cores: 1 s for 840 IRIS, 45 s and 1,500 MB for 50,000 (``--france``).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from diagalim.analysis.certainty.choices import MEASUREMENT, Sources
from diagalim.analysis.certainty.draws import joint_draws
from diagalim.analysis.certainty.measured import Measured
from diagalim.analysis.certainty.ranks import rank_certainty
from diagalim.analysis.certainty.study import Study
from diagalim.analysis.score.composite import Weights

SIZES, FRANCE = (840, 5_000), 50_000
INDICATORS, DIMENSIONS = 12, 5
ROUNDED = 5
"""Indicators that are rounded, as in Filosofi; the others come from a sample, as in the census."""
HALF, ERROR = 0.5, 2.0
"""Half-width of rounding and standard error, in points."""
DRAWS = 1000


def main() -> int:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description="Mesure les tirages du score.")
    parser.add_argument(
        "--france", action="store_true", help="aussi 50 000 IRIS (plusieurs minutes)"
    )
    parser.add_argument("--tirages", type=int, default=DRAWS)
    parser.add_argument("--mesure", choices=MEASURES, help=argparse.SUPPRESS)
    parser.add_argument("--iris", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.mesure:
        prepared = made(asked.iris)
        start, burnt = time.monotonic(), time.process_time()
        MEASURES[asked.mesure](*prepared, asked.tirages)
        seconds = time.monotonic() - start, time.process_time() - burnt
        print(*seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return 0
    print(f"{asked.tirages} tirages de {INDICATORS} indicateurs ; un processus par mesure")
    print(
        f"{'IRIS':>6} {'':20} {'durée':>8} {'/ numpy':>8} {'processeur':>11} {'/ numpy':>8} "
        f"{'mémoire':>11}"
    )
    for size in (*SIZES, FRANCE) if asked.france else SIZES:
        done = {name: measure(name, size, asked.tirages) for name in MEASURES}
        for name, (seconds, burnt, peak) in done.items():
            plain = done["boucle numpy"]
            print(
                f"{size:6} {name:20} {seconds:6.2f} s {seconds / plain[0]:8.2f} {burnt:9.2f} s "
                f"{burnt / plain[1]:8.2f} {peak:8.0f} Mo",
                flush=True,
            )
    return 0


def measure(name: str, size: int, draws: int) -> tuple[float, ...]:
    """Return seconds, seconds of processor and peak memory in MB, imports left out of time."""
    asked = ["--mesure", name, "--iris", str(size), "--tirages", str(draws)]
    command = [sys.executable, __file__, *asked]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return tuple(map(float, shown))


def made(units: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return made values in percent, half-widths and standard errors, (units, indicators)."""
    rng = np.random.default_rng(13)
    common = rng.normal(size=(units, 1))
    values = 40 + 8 * (common + rng.normal(size=(units, INDICATORS)))
    half, error = np.zeros_like(values), np.zeros_like(values)
    half[:, :ROUNDED], error[:, ROUNDED:] = HALF, ERROR
    return values.clip(0, 100), half, error


def dimension_of(indicator: int) -> int:
    """Deal the indicators out to the dimensions."""
    return indicator % DIMENSIONS


def by_project(
    values: np.ndarray, half: np.ndarray, error: np.ndarray, draws: int, sources: Sources
) -> None:
    """Draw, rank and summarise as the chapter does."""
    order = sorted(range(INDICATORS), key=dimension_of)
    bounds = np.tile([0.0, 100.0], (INDICATORS, 1))
    measured = Measured.exact(
        values[:, order],
        half_rounding=half[:, order],
        sampling_error=error[:, order],
        bounds=bounds,
    )
    inner = {
        str(d): {f"i{i}": 1.0 for i in order if dimension_of(i) == d} for d in range(DIMENSIONS)
    }
    weights = Weights(dict.fromkeys(inner, 1.0), inner)
    ranked = pd.Series(True, index=range(len(values)))
    study = Study.of(measured, ranked, dict.fromkeys(weights.names, 1), weights)
    rank_certainty(joint_draws(study, sources, draws, np.random.default_rng(1)))


def data_only(values: np.ndarray, half: np.ndarray, error: np.ndarray, draws: int) -> None:
    """Draw the values and keep the method."""
    by_project(values, half, error, draws, Sources().keeping(MEASUREMENT))


def data_and_method(values: np.ndarray, half: np.ndarray, error: np.ndarray, draws: int) -> None:
    """Draw the values and the method."""
    by_project(values, half, error, draws, Sources())


def bare_loop(values: np.ndarray, half: np.ndarray, error: np.ndarray, draws: int) -> None:
    """Draw and rank with numpy only, one draw after the other."""
    rng = np.random.default_rng(1)
    weights = np.zeros(INDICATORS)
    for i in range(INDICATORS):
        inside = sum(dimension_of(j) == dimension_of(i) for j in range(INDICATORS))
        weights[i] = 1 / DIMENSIONS / inside
    units = len(values)
    columns = np.ascontiguousarray(values.T)
    half, error = np.ascontiguousarray(half.T[:ROUNDED]), np.ascontiguousarray(error.T[ROUNDED:])
    places = np.arange(1, units + 1)
    ranks, kept = np.empty(columns.shape), np.empty((draws, units), dtype=np.int32)
    for draw in range(draws):
        drawn = columns.copy()
        drawn[:ROUNDED] += half * (2 * rng.random(half.shape) - 1)
        drawn[ROUNDED:] += error * rng.standard_normal(error.shape)
        for indicator, order in enumerate(np.argsort(drawn, axis=1)):
            ranks[indicator, order] = places
        score = weights @ (100 * (ranks - 0.5) / units)
        kept[draw, np.argsort(-score)] = places


MEASURES = {
    "boucle numpy": bare_loop,
    "données": data_only,
    "données et méthode": data_and_method,
}

if __name__ == "__main__":
    raise SystemExit(main())
