"""Does the score agree with what other sources say, and is it free of what it should not follow?

A score that agrees with an outside measure of the same thing converges; one that follows the size
of its units measures their drawing. Most outside sources at hand come from the same tax or census
files as the score: each agreement is therefore given twice, with the whole score and with the score
computed anew **without** the indicators that share the source of the check.

References: Campbell & Fiske (1959), Psychological Bulletin 56, on convergent and discriminant
validity; Efron & Tibshirani (1993) for the percentile bootstrap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.stats import mannwhitneyu

from diagalim.analysis.score.composite import Composite
from diagalim.analysis.score.rules import ScoreRules, scored

BOOTSTRAPS = 1_000
LEAST_PAIRS = 20
"""Fewer places than this give no correlation worth printing (project's convention)."""
INSIDE = 0.1
"""Share of the area of an IRIS that a priority neighbourhood must cover (project's convention)."""
CONVERGENT, DISCRIMINANT = "convergence", "discriminante"
FILOSOFI = ("filosofi_iris", "filosofi_communes")
"""Datasets made of the same tax files as the grid of 200 m."""


@dataclass(frozen=True)
class Agreement:
    """Spearman's correlation between two measures.

    Attributes
    ----------
    rho : float
        Missing with fewer than `LEAST_PAIRS` places, or when one measure does not vary.
    low, high : float
        95 % percentile bootstrap interval over places.
    n : int
        Places where both are known.
    """

    rho: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Check:
    """One outside measure that the score is put beside.

    Attributes
    ----------
    name : str
        Short identifier, which pages turn into words.
    values : Series
        By unit.
    kind : {"convergence", "discriminante"}
        Whether agreement or its absence is expected.
    direction : {1, -1}
        -1 when a high value means a low risk: the correlation is shown with its sign turned.
    shares : tuple of str
        Indicators of the score that come from the source of the check.
    """

    name: str
    values: pd.Series
    kind: str
    direction: int = 1
    shares: tuple[str, ...] = ()


@dataclass(frozen=True)
class Engine:
    """All that the score needs to be computed anew (`diagalim.analysis.score.rules.scored`)."""

    values: pd.DataFrame
    scorable: pd.Series
    rules: ScoreRules

    def without(self, names: Iterable[str]) -> Composite | None:
        """Return the score without some indicators, or None when what is left cannot be scored.

        Nothing is scored when the required dimension goes with them, or too few dimensions stay.
        """
        rules = self.rules.without(names)
        return scored(self.values, self.scorable, rules) if rules.can_score else None


def agreement(
    first: pd.Series, second: pd.Series, *, seed: int, bootstraps: int = BOOTSTRAPS
) -> Agreement:
    """Return Spearman's correlation over the units where both are known.

    Parameters
    ----------
    first, second : Series
        By unit; aligned on their index.
    seed : int
        Of the bootstrap.
    bootstraps : int
        Draws of units with replacement, ranked anew in each.

    Returns
    -------
    Agreement
        The interval holds the correlation: quantiles of the draws are widened to it. Missing where
        too few units are known or nothing varies, and its ends where no draw varies.
    """
    both = pd.concat([first, second], axis=1, keys=["a", "b"], join="inner").dropna()
    a, b = both["a"].to_numpy(float), both["b"].to_numpy(float)
    if len(both) < LEAST_PAIRS or np.ptp(a) == 0 or np.ptp(b) == 0:
        return Agreement(np.nan, np.nan, np.nan, len(both))
    drawn = np.random.default_rng(seed).integers(0, len(a), (bootstraps, len(a)))
    found = _correlations(_ranks(a, drawn), _ranks(b, drawn))
    whole = np.arange(len(a))[None]
    rho = _correlations(_ranks(a, whole), _ranks(b, whole))[0]
    found = found[np.isfinite(found)]  # a draw of equal values has no correlation
    if not len(found):
        return Agreement(float(rho), np.nan, np.nan, len(both))
    low, high = np.quantile(found, [0.025, 0.975])
    return Agreement(float(rho), float(min(low, rho)), float(max(high, rho)), len(both))


def _ranks(values: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Return mean ranks inside each draw: values are sorted once, then only counted."""
    distinct, place = np.unique(values, return_inverse=True)
    places = place[drawn]
    rows, width = len(drawn), len(distinct)
    flat = (places + width * np.arange(rows)[:, None]).ravel()
    counts = np.bincount(flat, minlength=rows * width).reshape(rows, width)
    middle = counts.cumsum(axis=1) - (counts - 1) / 2
    return np.take_along_axis(middle, places, axis=1)


def _correlations(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the correlation of two sets of draws, row by row."""
    a, b = (x - x.mean(axis=1, keepdims=True) for x in (a, b))
    with np.errstate(invalid="ignore"):
        return (a * b).sum(axis=1) / np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))


def sharing(values: pd.DataFrame, datasets: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Return the indicators of the score that draw on some datasets in this run.

    Parameters
    ----------
    values : DataFrame
        From `diagalim.analysis.values.recipes.all_values`: ``indicateur``, ``source``, ``valeur``.
    datasets : iterable of str
        Keys of the registry of sources.
    names : iterable of str
        Indicators of the score.
    """
    known = values[values["valeur"].notna() & values["source"].isin(list(datasets))]
    drawn = set(known["indicateur"])
    return tuple(name for name in names if name in drawn)


def validity_table(
    checks: Sequence[Check],
    score: pd.Series,
    reference: pd.Series,
    engine: Engine,
    *,
    seed: int,
    bootstraps: int = BOOTSTRAPS,
) -> pd.DataFrame:
    """Put the score, and the poverty rate alone, beside each outside measure.

    Parameters
    ----------
    checks : sequence of Check
    score : Series
        The score as published, missing where it is not given.
    reference : Series
        The poverty rate: what the score adds to it, or loses, shows in the difference.
    engine : Engine
        Used to leave out the indicators that share the source of a check.
    seed : int
    bootstraps : int

    Returns
    -------
    DataFrame
        One row a check, indexed by name: ``sorte``, then ``rho``, ``bas``, ``haut`` and ``n`` of
        the score, the same with ``_taux`` for the poverty rate and ``_sans`` for the score without
        the shared indicators (missing when it shares none, or when nothing can be scored without
        them), ``retires`` (tuple of these indicators), ``calculable`` (bool).
    """
    rows, made = {}, {}
    for check in checks:
        measure = check.direction * check.values
        row: dict[str, object] = {"sorte": check.kind}
        row |= _row(agreement(score, measure, seed=seed, bootstraps=bootstraps), "")
        row |= _row(agreement(reference, measure, seed=seed, bootstraps=bootstraps), "_taux")
        row["retires"], row["calculable"] = check.shares, True
        without = pd.Series(np.nan, index=score.index)
        if check.shares:
            if check.shares not in made:
                made[check.shares] = engine.without(check.shares)
            again = made[check.shares]
            row["calculable"] = again is not None
            without = without if again is None else again.score.where(score.notna())
        row |= _row(agreement(without, measure, seed=seed, bootstraps=bootstraps), "_sans")
        rows[check.name] = row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("controle")


def _row(found: Agreement, suffix: str) -> dict[str, object]:
    return {
        f"rho{suffix}": found.rho,
        f"bas{suffix}": found.low,
        f"haut{suffix}": found.high,
        f"n{suffix}": found.n,
    }


def area_under_curve(score: pd.Series, marked: pd.Series) -> float:
    """Return the chance that a marked unit has a higher score than another one, ties for half.

    Missing when no unit, or every unit, is marked.

    Parameters
    ----------
    score : Series
        Missing where not scored.
    marked : Series of bool
        Same index.
    """
    known = score.notna() & marked.notna()
    above, below = score[known & marked.eq(True)], score[known & marked.eq(False)]
    if above.empty or below.empty:
        return float("nan")
    return float(mannwhitneyu(above, below).statistic / (len(above) * len(below)))


def inside_quarters(
    shapes: gpd.GeoSeries,
    quarters: gpd.GeoDataFrame | None,
    communes: pd.Series,
    share: float = INSIDE,
) -> pd.Series:
    """Return whether each unit is partly a priority neighbourhood, where their map is known.

    A commune that holds none of the outlines at hand is left missing: its quarters may be absent
    from the file.

    Parameters
    ----------
    shapes : GeoSeries
        Units, in metres.
    quarters : GeoDataFrame
        From `diagalim.sources.official.quarters.read_perimeters`, same CRS. Without any (None),
        every unit is left missing.
    communes : Series of str
        Commune of each unit.
    share : float
        Least share of the area of a unit.

    Raises
    ------
    ValueError
        When the two layers are not in the same CRS.
    """
    if quarters is None:
        return pd.Series(float("nan"), shapes.index, dtype=object, name="qpv")
    if shapes.crs != quarters.crs:
        raise ValueError(f"units in {shapes.crs}, neighbourhoods in {quarters.crs}")
    covered = shapes.intersection(quarters.union_all()).area / shapes.area
    marked = (covered >= share).astype(object)
    known = communes.isin(set(communes[covered >= share]))
    return marked.where(known).rename("qpv")
