"""What drives the ranks: each choice of method together, each alternative alone, each indicator.

Varying weights only is not a robustness test: published cases agree that the aggregation and the
indicators matter more (Saisana, Saltelli & Tarantola, 2005, JRSS A 168).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

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
from diagalim.analysis.certainty.draws import DrawnTables, fixed_ranks, reference_rank, run_plan
from diagalim.analysis.certainty.measured import Spreads
from diagalim.analysis.certainty.sobol import BASE, RESAMPLES, sobol_indices
from diagalim.analysis.certainty.study import Study
from diagalim.analysis.score.composite import Weights

POOL = 64
"""Weights, sets of indicators and tables of values among which a run chooses, drawn once."""
FIRST = 10
"""Places whose own rank is explained: the highest of the published score."""
SHIFT = "deplacement_moyen"
"""Name of the main output: mean absolute shift of rank from the published score."""
TOP_SHARE = 0.10


def method_sensitivity(
    study: Study,
    sources: Sources | None = None,
    *,
    seed: int,
    base: int = BASE,
    resamples: int = RESAMPLES,
    first: int = FIRST,
) -> pd.DataFrame:
    """Say how much of the shift of ranks each choice of method explains (Sobol indices).

    What the data do not know is left out unless asked for: noise moves ranks by much the same
    distance in every draw, so that it explains little of the *variance* of the mean shift however
    large it is. Its size is read in the intervals of the family ``mesure``.

    Parameters
    ----------
    study : Study
    sources : Sources, optional
        Choices that may vary; all those of method by default. The sources of measurement that
        are on form one choice together, ``data``: which table of values was observed.
    seed : int
        Positive.
    base : int
        Base size of the sample, a power of 2; ``base · (choices + 2)`` scores are computed.
    resamples : int
        Bootstrap samples of the intervals.
    first : int
        Places, highest first, whose rank is an output of its own.

    Returns
    -------
    DataFrame
        From `diagalim.analysis.certainty.sobol.sobol_indices`: ``sortie`` is `SHIFT` or a unit. A
        unit of which a run leaves nothing keeps its published rank there.

    Raises
    ------
    ValueError
        When nothing varies, or for a wrong base or seed.
    """
    sources = sources or Sources().keeping(METHOD)
    runs = _Runs(study, sources, np.random.default_rng(seed))
    if not runs.inputs:
        raise ValueError("no choice varies: nothing to explain")
    published = reference_rank(study)
    leading = published.nsmallest(first).index
    places = published.index.get_indexer(leading)

    def model(sample: np.ndarray) -> np.ndarray:
        doubled = runs.doubled_ranks(sample)
        ranks = np.where(doubled > 0, doubled / 2.0, published.to_numpy())
        shift = np.nanmean(np.abs(ranks - published.to_numpy()), axis=1)
        return np.column_stack([shift, ranks[:, places]])

    return sobol_indices(
        model, runs.inputs, seed=seed, base=base, resamples=resamples, outputs=[SHIFT, *leading]
    )


class _Runs:
    """Scores chosen by numbers between 0 and 1, one a choice."""

    def __init__(self, study: Study, sources: Sources, rng: np.random.Generator) -> None:
        self.study = study
        self.steps = {
            step: alternatives
            for step, alternatives in study.options.items()
            if getattr(sources, step) and len(alternatives) > 1
        }
        plan_of = {
            "reference": study.reference,
            "options": {},
            "dimension": study.dimension,
            "inner": study.inner,
            "outer": study.outer,
        }
        weights = replace(sources, removal=False)
        removal = replace(sources, weights=False)
        self.weights = draw_plan(weights, POOL, rng, **plan_of) if sources.weights else None
        self.removal = draw_plan(removal, POOL, rng, **plan_of) if sources.removal else None
        switches = {name: getattr(sources, name) for name in MEASUREMENT}
        self.spreads = Spreads.of(study.measured, **switches)
        self.data = self.spreads.draw(POOL, rng) if len(self.spreads.columns) else None
        self.inputs = [
            *(["data"] if self.data is not None else []),
            *(["removal"] if self.removal is not None else []),
            *(["weights"] if self.weights is not None else []),
            *self.steps,
        ]

    def doubled_ranks(self, sample: np.ndarray) -> np.ndarray:
        """Return twice the ranks of each run of a sample (runs, inputs)."""
        drawn = dict(zip(self.inputs, sample.T, strict=True))
        count = len(sample)

        def pick(name: str, among: int) -> np.ndarray:
            return np.minimum((drawn[name] * among).astype(int), among - 1)

        chosen = {step: pick(step, len(among)) for step, among in self.steps.items()}
        choices = [
            replace(
                self.study.reference,
                **{step: self.steps[step][places[run]] for step, places in chosen.items()},
            )
            for run in range(count)
        ]
        inner = np.tile(self.study.inner, (count, 1))
        outer = np.tile(self.study.outer, (count, 1))
        if self.weights is not None:
            places = pick("weights", POOL)
            inner, outer = self.weights.inner[places], self.weights.outer[places]
        if self.removal is not None:
            inner = inner * (self.removal.inner[pick("removal", POOL)] > 0)
        plan = Plan(choices, inner, outer)
        tables = _PooledTables(self, set(choices), pick("data", POOL) if "data" in drawn else None)
        return run_plan(self.study, plan, tables, np.random.default_rng(0))


class _PooledTables:
    """Values of each run among a pool of tables, each normalised once by each method."""

    def __init__(self, runs: _Runs, choices: set[Choice], places: np.ndarray | None) -> None:
        self._places = places
        self._columns = runs.spreads.columns
        self._still = DrawnTables(runs.study, runs.spreads, choices)
        self._pool = {}
        if places is None:
            return
        for choice in {(c.treatment, c.normalisation): c for c in choices}.values():
            moved = np.nan_to_num(runs.study.normalised(runs.data, self._columns, choice))
            self._pool[choice.treatment, choice.normalisation] = moved

    def __call__(self, draws: np.ndarray, choice: Choice, rng: np.random.Generator) -> np.ndarray:
        """Return the normalised values of these runs."""
        still = self._still.still(choice)
        if self._places is None:
            return still
        pool = self._pool[choice.treatment, choice.normalisation]
        values = np.broadcast_to(still, (len(draws), *still.shape[1:])).copy()
        values[:, self._columns] = pool[self._places[draws]]
        return values


def remove_each(study: Study) -> pd.DataFrame:
    """Say what each indicator alone changes: the score without it against the published one.

    A dimension that had only this indicator goes with it.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame
        Indexed by indicator: columns of `compare_ranks`.

    Raises
    ------
    ValueError
        When there is only one indicator.
    """
    count = len(study.indicators)
    if count < 2:
        raise ValueError("one indicator only: none can be left out")
    plan = Plan(
        [study.reference] * count,
        study.inner * ~np.eye(count, dtype=bool),
        np.tile(study.outer, (count, 1)),
    )
    return compare_ranks(reference_rank(study), fixed_ranks(study, plan), list(study.indicators))


def compare_methods(
    study: Study,
    methods: Mapping[str, Choice] | None = None,
    weights: Mapping[str, Weights] | None = None,
) -> pd.DataFrame:
    """Compare the published ranks with those of each alternative taken alone.

    Parameters
    ----------
    study : Study
    methods : mapping of str to Choice, optional
        By name; by default each option of each step of the study, named ``step:option``.
    weights : mapping of str to Weights, optional
        Other weights of the same indicators, by name; one left out has none.

    Returns
    -------
    DataFrame
        Indexed by name: columns of `compare_ranks`.
    """
    if methods is None:
        methods = single_changes(study)
    names, plans = list(methods), list(methods.values())
    inner, outer = [study.inner] * len(plans), [study.outer] * len(plans)
    for name, given in (weights or {}).items():
        within = [given.indicators.get(d, {}) for d in study.dimensions]
        names.append(name)
        plans.append(study.reference)
        inner.append(
            np.array(
                [
                    within[d].get(indicator, 0.0)
                    for indicator, d in zip(study.indicators, study.dimension, strict=True)
                ],
                float,
            )
        )
        outer.append(np.array([given.dimensions.get(d, 0.0) for d in study.dimensions], float))
    ranks = fixed_ranks(study, Plan(plans, np.array(inner), np.array(outer)))
    return compare_ranks(reference_rank(study), ranks, names)


def single_changes(study: Study) -> dict[str, Choice]:
    """Return the method of reference with one step changed, by ``step:option``."""
    return {
        f"{step}:{option}": replace(study.reference, **{step: option})
        for step, alternatives in study.options.items()
        for option in alternatives
        if option != getattr(study.reference, step)
    }


def compare_ranks(published: pd.Series, ranks: np.ndarray, names: list[str]) -> pd.DataFrame:
    """Compare rows of ranks with the published ones, on the units that both rank.

    Parameters
    ----------
    published : Series
        Rank 1 is the highest.
    ranks : ndarray, shape (rows, units)
        NaN where missing.
    names : list of str
        One a row.

    Returns
    -------
    DataFrame
        Indexed by name: ``spearman``, ``deplacement_moyen`` and ``deplacement_max`` (places),
        ``unite_max`` (the unit that moves the most, empty when none does), ``part_gardee`` (share
        of the highest tenth of the published score that stays in it).
    """
    first = published.to_numpy()
    size = max(1, round(TOP_SHARE * len(first)))
    top = np.argsort(first, kind="stable")[:size]
    rows = {}
    for name, row in zip(names, ranks, strict=True):
        shift = np.abs(row - first)
        highest = np.argsort(row, kind="stable")[:size]  # missing last
        rows[name] = {
            "spearman": pd.Series(row).corr(pd.Series(first)),
            "deplacement_moyen": np.nanmean(shift),
            "deplacement_max": np.nanmax(shift),
            "unite_max": published.index[np.nanargmax(shift)] if np.nanmax(shift) > 0 else "",
            "part_gardee": len(np.intersect1d(top, highest)) / size,
        }
    return pd.DataFrame.from_dict(rows, orient="index")
