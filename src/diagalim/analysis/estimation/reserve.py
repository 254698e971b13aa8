"""Withheld values that some weighting may ask for, estimated before any weighting is known.

An IRIS of activities or other uses (A, D) is estimated only where at least half of the weights rest
on what was observed there (METHODS 3.3): another weight may let it in or leave it out. All those
that a weighting can let in are therefore estimated once; each score takes the ones that its own
weights allow (`where_allowed`), and a weight redoes no estimation.

Two passes, each with its own generator: the IRIS that equal weights let in, then the others, held
in reserve. What is drawn for the first does not depend on how many there are of the second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.analysis.estimation.estimates import Surroundings
from diagalim.analysis.estimation.imputations import varying_cells
from diagalim.analysis.estimation.withheld import estimate_withheld
from diagalim.analysis.score.weighting import Weights
from diagalim.settings.indicators import Registry

KEYS = ["code_iris", "indicateur"]


@dataclass(frozen=True)
class Reserve:
    """Every estimate that a score may use.

    Attributes
    ----------
    cells : DataFrame
        One row a value estimated, columns of the long table of values.
    draws : DataFrame
        What differs from one completed table to the next, from
        `diagalim.analysis.estimation.imputations.varying_cells`.
    """

    cells: pd.DataFrame
    draws: pd.DataFrame


def equal_weights(registry: Registry) -> Weights:
    """Return equal weights of the dimensions, and of the indicators of the score inside each."""
    inside: dict[str, dict[str, float]] = {}
    for name, indicator in registry.indicateurs.items():
        if indicator.role == "score":
            inside.setdefault(indicator.dimension, {})[name] = 1.0
    return Weights(dict.fromkeys(inside, 1.0), inside)


def estimate_for_any_weights(
    values: pd.DataFrame,
    registry: Registry,
    around: Surroundings,
    *,
    first: pd.Series,
    others: pd.Series,
    seed: int,
) -> Reserve:
    """Estimate the withheld values of all the IRIS that some weighting may let in.

    Parameters
    ----------
    values, registry, around
        As in `diagalim.analysis.estimation.withheld.estimate_withheld`.
    first : Series of bool
        IRIS that equal weights let in.
    others : Series of bool
        IRIS that another weighting may let in; those of ``first`` are not asked for twice.
    seed : int
        Of the first pass; the second one has a seed made from it.

    Returns
    -------
    Reserve
    """
    after = int(np.random.SeedSequence([seed, 1]).generate_state(1)[0])
    passes = []
    for allowed, own in ((first, seed), (others & ~first, after)):
        found = estimate_withheld(values, registry, around, allowed=allowed, seed=own)
        cells = found.values[_is_among(found.values, found.intervals)]
        passes.append((cells, varying_cells(found.imputations)))
    (cells, draws), (more, drawn) = passes
    drawn = drawn[_is_among(drawn, more)]
    return Reserve(
        pd.concat([cells, more], ignore_index=True), pd.concat([draws, drawn], ignore_index=True)
    )


def _is_among(table: pd.DataFrame, cells: pd.DataFrame) -> np.ndarray:
    return pd.MultiIndex.from_frame(table[KEYS]).isin(pd.MultiIndex.from_frame(cells[KEYS]))
