"""What may change from one draw to the next, and which choice each draw makes.

Two families are kept apart: *measurement*, what the data do not know, and *method*, what we chose.
A probability over methods is a frequency among our choices, not a probability that the world is so.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from diagalim.analysis.score.aggregation import KNOWN_WEIGHT
from diagalim.analysis.score.method import Method
from diagalim.analysis.score.treatment import TREATMENTS

MEASUREMENT = ("rounding", "sampling", "withheld", "estimation")
METHOD = (
    "removal", "weights", "treatment", "normalisation", "inner", "outer", "missing",
)  # fmt: skip
KEEP_PROBABILITY = 0.8
"""Each indicator stays in a draw with this probability (METHODS 3.6)."""
CONCENTRATION = 20.0
"""Of the Dirichlet law of the weights: a weight of 20 % goes from 7 % to 36 % in nine draws of ten.
As many as there are dimensions means "no opinion"."""


@dataclass(frozen=True)
class Sources:
    """Sources of uncertainty: each can be switched off.

    Attributes
    ----------
    rounding, sampling, withheld, estimation : bool
        Measurement: rounded values, samples, counts withheld, values estimated by a model.
    removal, weights, treatment, normalisation, inner, outer, missing : bool
        Method: indicators left out, weights, outlier rule, normalisation, mean inside a dimension,
        aggregation of the dimensions, rule for missing values.
    keep_probability : float
        Of each indicator when ``removal`` is on; one stays in each dimension.
    concentration : float
        Of the Dirichlet law of the weights, when ``weights`` is on.
    """

    rounding: bool = True
    sampling: bool = True
    withheld: bool = True
    estimation: bool = True
    removal: bool = True
    weights: bool = True
    treatment: bool = True
    normalisation: bool = True
    inner: bool = True
    outer: bool = True
    missing: bool = True
    keep_probability: float = KEEP_PROBABILITY
    concentration: float = CONCENTRATION

    def __post_init__(self) -> None:
        """Refuse settings that mean nothing.

        Raises
        ------
        ValueError
            When the probability is not in (0, 1], or the concentration not positive.
        """
        if not 0 < self.keep_probability <= 1:
            raise ValueError(f"keep_probability {self.keep_probability} is not in (0, 1]")
        if not (np.isfinite(self.concentration) and self.concentration > 0):
            raise ValueError(f"concentration {self.concentration} is not positive")

    @classmethod
    def only(cls, *names: str, **settings: float) -> Sources:
        """Return the sources named on, all the others off; no name at all means none.

        Raises
        ------
        ValueError
            When a name is not that of a source.
        """
        unknown = set(names) - {*MEASUREMENT, *METHOD}
        if unknown:
            raise ValueError(f"unknown sources: {', '.join(sorted(unknown))}")
        switched = {name: name in names for name in (*MEASUREMENT, *METHOD)}
        return cls(**switched, **settings)

    def keeping(self, names: tuple[str, ...]) -> Sources:
        """Return the same sources, those not named switched off."""
        off = {name: False for name in (*MEASUREMENT, *METHOD) if name not in names}
        return replace(self, **off)

    @property
    def on(self) -> tuple[str, ...]:
        """Names of the sources that are on, measurement first."""
        switches = {f.name: getattr(self, f.name) for f in fields(self)}
        return tuple(name for name in (*MEASUREMENT, *METHOD) if switches[name])


@dataclass(frozen=True)
class Choice:
    """What a draw chooses: `diagalim.analysis.score.method.Method` and the missing rule.

    Attributes
    ----------
    treatment : str
        Of extreme values: one of `diagalim.analysis.score.treatment.TREATMENTS`.
    normalisation : str
        Of `diagalim.analysis.score.normalisation`.
    inner : str
        Mean inside a dimension, of `diagalim.analysis.score.aggregation.MEANS`.
    outer : str
        Aggregation of the dimensions: a mean, ``net_outranking_flow`` or ``counting``.
    missing : float
        A dimension counts for a unit when at least this share of its weight is known there.
    """

    treatment: str = "aucun"
    normalisation: str = "percentile"
    inner: str = "arithmetic"
    outer: str = "arithmetic"
    missing: float = KNOWN_WEIGHT

    @classmethod
    def of(cls, method: Method, known_weight: float) -> Choice:
        """Return the choices of a score, with the share of weight that a dimension needs.

        Raises
        ------
        ValueError
            When the method is not one of those that draws know (goalposts, Copeland).
        """
        if method.normalisation == "goalposts" or method.outer == "copeland":
            raise ValueError("draws know neither fixed goalposts nor Copeland")
        steps = {step: getattr(method, step) for step in ("treatment", "normalisation")}
        return cls(**steps, inner=method.inner, outer=method.outer, missing=known_weight)


OPTIONS: dict[str, tuple] = {
    "treatment": TREATMENTS,
    "normalisation": ("percentile", "min_max", "z_score", "distance_to_reference"),
    "inner": ("arithmetic", "geometric", "harmonic"),
    "outer": ("arithmetic", "geometric", "net_outranking_flow"),
    "missing": (KNOWN_WEIGHT, 0.0),
}
"""Alternatives of each step (METHODS 3.4), each as likely. Left out of the draws, and not of the
comparison of methods: Borda, which orders the units of a column as the percentile does and would
weigh ranks twice; counting, whose few values tie a tenth of the units at the first rank; goalposts,
which need values of an earlier year."""


@dataclass(frozen=True)
class Plan:
    """The choice of method of each draw.

    Attributes
    ----------
    choices : list of Choice
        One a draw.
    inner : ndarray, shape (draws, k)
        Weight of each indicator in its dimension; zero where it is left out.
    outer : ndarray, shape (draws, d)
        Weight of each dimension.
    """

    choices: list[Choice]
    inner: np.ndarray
    outer: np.ndarray

    def __len__(self) -> int:
        return len(self.choices)


def draw_plan(
    sources: Sources,
    count: int,
    rng: np.random.Generator,
    *,
    reference: Choice,
    options: dict[str, tuple],
    dimension: np.ndarray,
    inner: np.ndarray,
    outer: np.ndarray,
) -> Plan:
    """Draw the method of each draw.

    Parameters
    ----------
    sources : Sources
    count : int
        Number of draws.
    rng : Generator
    reference : Choice
        The choice made where a source is off.
    options : dict of str to tuple
        Alternatives of each step, equally likely.
    dimension : ndarray of int, shape (k,)
        Dimension of each indicator.
    inner, outer : ndarray, shapes (k,) and (d,)
        Weights of reference; they sum to 1 in each dimension, and over the dimensions.
    """
    picked = {
        step: [alternatives[place] for place in rng.integers(len(alternatives), size=count)]
        for step, alternatives in options.items()
        if getattr(sources, step)
    }
    choices = [
        replace(reference, **{step: among[draw] for step, among in picked.items()})
        for draw in range(count)
    ]
    within, across = np.tile(inner, (count, 1)), np.tile(outer, (count, 1))
    if sources.weights:
        across = rng.dirichlet(sources.concentration * outer, size=count)
        for d in range(len(outer)):
            here = np.flatnonzero(dimension == d)
            if len(here) > 1:
                within[:, here] = rng.dirichlet(sources.concentration * inner[here], size=count)
    if sources.removal:
        within *= kept_indicators(dimension, sources.keep_probability, count, rng)
    return Plan(choices, within, across)


def kept_indicators(
    dimension: np.ndarray, probability: float, count: int, rng: np.random.Generator
) -> np.ndarray:
    """Draw the indicators that stay, each with that probability, given that one stays in each
    dimension.

    Returns
    -------
    ndarray of bool, shape (count, k)
    """
    kept = np.ones((count, len(dimension)), dtype=bool)
    for d in np.unique(dimension):
        here = np.flatnonzero(dimension == d)
        if len(here) == 1:
            continue
        again = np.arange(count)
        while len(again):
            kept[np.ix_(again, here)] = rng.random((len(again), len(here))) < probability
            again = again[~kept[np.ix_(again, here)].any(axis=1)]
    return kept
