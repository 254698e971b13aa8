"""A thousand scores of the same places, each with other data and another method: their ranks.

Draws that share a method go through the engine together, in batches that stay in the cache of a
core; indicators that nothing moves are normalised once. Only ranks are kept, as whole numbers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from diagalim.analysis.certainty.choices import (
    MEASUREMENT,
    METHOD,
    Choice,
    Plan,
    Sources,
    draw_plan,
)
from diagalim.analysis.certainty.measured import Spreads
from diagalim.analysis.certainty.study import Study, ranks_of

DRAWS = 1000
"""To explore; 10,000 to publish: the error of a probability is at most ``0.5 / sqrt(draws)``."""
BATCH = 65_536
"""Values of a batch: half a megabyte."""
MOST_RANKS = 300_000_000
"""Ranks kept at most: 1.2 GB in the widest type."""

FAMILIES = {"mesure": MEASUREMENT, "methode": METHOD, "ensemble": (*MEASUREMENT, *METHOD)}
"""Sources of each family of draws: what the data do not know, what we chose, both."""


@dataclass(frozen=True)
class Draws:
    """Ranks of each unit in each draw.

    Attributes
    ----------
    reference : Series
        Rank in the published score, 1 the highest, mean rank for ties; indexed by ranked unit.
    doubled : ndarray of unsigned int, shape (draws, units)
        Twice the rank, since mean ranks have halves; 0 where a draw leaves nothing of the unit.
    sources : Sources
        What was on.
    """

    reference: pd.Series
    doubled: np.ndarray = field(repr=False)
    sources: Sources

    @property
    def units(self) -> pd.Index:
        """Ranked units."""
        return self.reference.index

    def __len__(self) -> int:
        return len(self.doubled)


def by_family(
    study: Study, count: int = DRAWS, *, sources: Sources | None = None, seed: int
) -> dict[str, Draws]:
    """Draw each family apart, then both together: the three are never one number.

    Parameters
    ----------
    study : Study
    count : int
        Draws of each family.
    sources : Sources, optional
        All on by default.
    seed : int

    Returns
    -------
    dict of str to Draws
        ``mesure``, ``methode``, ``ensemble``.
    """
    sources = sources or Sources()
    return {
        family: joint_draws(study, sources.keeping(names), count, np.random.default_rng(seed))
        for family, names in FAMILIES.items()
    }


def joint_draws(
    study: Study,
    sources: Sources,
    count: int = DRAWS,
    rng: np.random.Generator | None = None,
    *,
    workers: int | None = None,
) -> Draws:
    """Score and rank the units again and again, each time with other data and another method.

    Parameters
    ----------
    study : Study
    sources : Sources
        What changes from one draw to the next.
    count : int
        Number of draws.
    rng : Generator
        Seeded; the same one gives the same draws, whatever the number of workers.
    workers : int, optional
        Threads; as many as there are cores by default.

    Returns
    -------
    Draws

    Raises
    ------
    ValueError
        When there is no generator, no draw, or more ranks than memory should hold.
    """
    if rng is None:
        raise ValueError("a seeded generator is needed: draws must be the same on every machine")
    if count < 1:
        raise ValueError(f"{count} draws: at least one is needed")
    chosen, measured = rng.spawn(2)
    plan = draw_plan(
        sources,
        count,
        chosen,
        reference=study.reference,
        options=study.options,
        dimension=study.dimension,
        inner=study.inner,
        outer=study.outer,
    )
    spreads = Spreads.of(study.measured, **{name: getattr(sources, name) for name in MEASUREMENT})
    tables = DrawnTables(study, spreads, set(plan.choices))
    ranks = run_plan(study, plan, tables, measured, workers=workers)
    return Draws(reference_rank(study), ranks, sources)


def reference_rank(study: Study) -> pd.Series:
    """Return the ranks of the published score, by the engine of the draws.

    Returns
    -------
    Series
        Indexed by ranked unit, named ``rang``.
    """
    plan = Plan([study.reference], study.inner[None], study.outer[None])
    return pd.Series(fixed_ranks(study, plan)[0], index=study.ranked_units, name="rang")


def fixed_ranks(study: Study, plan: Plan) -> np.ndarray:
    """Return the ranks of each method of a plan on the published values, (methods, units).

    Missing where a method leaves nothing of a unit.
    """
    still = Spreads.of(study.measured, **dict.fromkeys(MEASUREMENT, False))
    tables = DrawnTables(study, still, set(plan.choices))
    doubled = run_plan(study, plan, tables, np.random.default_rng(0), workers=1)
    return np.where(doubled > 0, doubled / 2.0, np.nan)


Tables = Callable[[np.ndarray, Choice, np.random.Generator], np.ndarray]
"""From numbers of draws and their method to normalised values, (draws or 1, k, n), zero where
missing."""


class DrawnTables:
    """Values drawn anew in each draw; indicators that nothing moves are normalised once.

    Parameters
    ----------
    study : Study
    spreads : Spreads
        What moves.
    choices : set of Choice
        Those that will be asked for.
    """

    def __init__(self, study: Study, spreads: Spreads, choices: set[Choice]) -> None:
        self._study, self._spreads = study, spreads
        self._missing = np.isnan(spreads.values)
        steps = {(c.treatment, c.normalisation): c for c in choices}
        self._still = {step: self._normalise_still(choice) for step, choice in steps.items()}

    def __call__(self, draws: np.ndarray, choice: Choice, rng: np.random.Generator) -> np.ndarray:
        """Return the normalised values of these draws."""
        still = self.still(choice)
        columns = self._spreads.columns
        if not len(columns):
            return still
        drawn = self._spreads.draw(len(draws), rng)
        moved = self._study.normalised(drawn, columns, choice)
        if self._missing.any():
            moved[:, self._missing] = 0.0
        if len(columns) == still.shape[1]:
            return moved
        values = np.broadcast_to(still, (len(draws), *still.shape[1:])).copy()
        values[:, columns] = moved
        return values

    def still(self, choice: Choice) -> np.ndarray:
        """Return published values normalised, (1, k, n), zero where missing or drawn anew."""
        return self._still[choice.treatment, choice.normalisation]

    def _normalise_still(self, choice: Choice) -> np.ndarray:
        study = self._study
        k = len(study.indicators)
        fixed = np.setdiff1d(np.arange(k), self._spreads.columns)
        found = np.zeros((1, k, len(study.units)))
        if len(fixed):
            values = study.measured.values.T[None, fixed]
            found[:, fixed] = np.nan_to_num(study.normalised(values, fixed, choice))
        return found


def run_plan(
    study: Study,
    plan: Plan,
    tables: Tables,
    rng: np.random.Generator,
    *,
    workers: int | None = None,
) -> np.ndarray:
    """Rank the units in each draw of a plan.

    Parameters
    ----------
    study : Study
    plan : Plan
    tables : callable
        Gives the values of some draws.
    rng : Generator
        Each batch gets a generator of its own: threads change nothing.
    workers : int, optional
        Threads; as many as there are cores by default.

    Returns
    -------
    ndarray of unsigned int, shape (draws, ranked units)
        Twice the rank; 0 where missing.

    Raises
    ------
    ValueError
        When there are more ranks than `MOST_RANKS`.
    """
    units = int(study.ranked.sum())
    if len(plan) * units > MOST_RANKS:
        raise ValueError(f"{len(plan)} draws of {units} units: at most {MOST_RANKS // units} draws")
    known = {c.missing: study.counted(c.missing) for c in set(plan.choices)}
    doubled = np.zeros((len(plan), units), np.uint16 if 2 * units < 2**16 else np.uint32)

    def run(batch: np.ndarray, choice: Choice, own: np.random.Generator) -> None:
        values = tables(batch, choice, own)
        within, across = plan.inner[batch], plan.outer[batch]
        ranks = ranks_of(study.scores(values, known[choice.missing], within, across, choice))
        doubled[batch] = np.where(np.isnan(ranks), 0.0, np.rint(2.0 * ranks))

    batches = list(_batches(plan, max(1, BATCH // study.measured.values.size)))
    tasks = [(*batch, own) for batch, own in zip(batches, rng.spawn(len(batches)), strict=True)]
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        for done in [pool.submit(run, *task) for task in tasks]:
            done.result()
    return doubled


def _batches(plan: Plan, size: int) -> Iterator[tuple[np.ndarray, Choice]]:
    """Yield numbers of draws that share a method, ``size`` of them at most."""
    places: dict[Choice, list[int]] = {}
    for place, choice in enumerate(plan.choices):
        places.setdefault(choice, []).append(place)
    for choice, draws in places.items():
        for start in range(0, len(draws), size):
            yield np.array(draws[start : start + size]), choice
