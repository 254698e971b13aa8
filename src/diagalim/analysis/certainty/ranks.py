"""For each place: the ranks it might have had, and how surely it belongs to the highest ones.

Class 1 holds the lowest risk and rank 1 is the highest, as everywhere in the score. Classes are cut
on mean ranks, as `diagalim.analysis.score.classes.quantile_classes` cuts them.

An interval always holds what is published. At either end of a ranking a place can be left in one
direction only, so that quantiles of the draws may stop short of the published rank: what is lowest
with the values as they are is seldom lowest once they are noised (Goldstein and Spiegelhalter 1996,
JRSS A 159(3); Mogstad, Romano, Shaikh and Wilhelm 2024, *Review of Economic Studies* 91(1)). The
published method is one of those that we hold possible: the interval is widened to its rank, and
holds at least nine draws in ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from diagalim.analysis.certainty.draws import Draws
from diagalim.analysis.certainty.words import certainty_word

LOW, MIDDLE, HIGH = 0.05, 0.50, 0.95
"""Ends of the 90 % interval of ranks, and the median."""
DECILES, QUINTILES = 10, 5
CHUNK = 4_000_000
"""Ranks looked at together: memory stays bounded for the size of France."""


@dataclass(frozen=True)
class Certainty:
    """What the draws of one family say of a score.

    Attributes
    ----------
    ranks : DataFrame
        From `rank_certainty`.
    top : Series of bool
        Units of the highest decile of the published score.
    exposed : DataFrame
        From `exposed_population`, by quintile.
    width : float
        Median width of the 90 % intervals of rank, in places.
    changes : float
        Share of the units that are, in a draw, in another decile than published.
    draws : int
        Number of draws.
    """

    ranks: pd.DataFrame
    top: pd.Series
    exposed: pd.DataFrame
    width: float
    changes: float
    draws: int


def summarise(families: Mapping[str, Draws], population: pd.Series) -> dict[str, Certainty]:
    """Summarise each family of draws.

    Parameters
    ----------
    families : mapping of str to Draws
        From `diagalim.analysis.certainty.draws.by_family`.
    population : Series
        Inhabitants by unit.
    """
    found = {}
    for family, draws in families.items():
        ranks = rank_certainty(draws)
        found[family] = Certainty(
            ranks=ranks,
            top=top_reference(draws),
            exposed=exposed_population(draws, population),
            width=float((ranks["rang_haut"] - ranks["rang_bas"]).median()),
            changes=decile_changes(draws),
            draws=len(draws),
        )
    return found


def rank_certainty(draws: Draws) -> pd.DataFrame:
    """Summarise the draws of each unit.

    Parameters
    ----------
    draws : Draws

    Returns
    -------
    DataFrame
        Indexed by ranked unit: ``rang`` (published), ``rang_median``, ``rang_bas`` and
        ``rang_haut`` (ends of the 90 % interval, linear between draws, widened to ``rang`` where it
        stops short of it), ``p_decile`` and
        ``p_quintile`` (probability of the highest decile and quintile), ``decile_modal`` (10 the
        highest risk; the higher of two equally frequent ones) and ``p_decile_modal``, ``mot`` (word
        for the highest decile) and ``tirages`` (draws in which the unit was ranked). Missing for a
        unit that no draw ranked.
    """
    summary = np.full((len(draws.units), len(_COLUMNS)), np.nan)
    for units, doubled, classes in _by_units(draws, DECILES):
        shares = _shares(classes, DECILES)
        modal = DECILES - np.argmax(shares[:, ::-1], axis=1)
        counted = (classes > 0).sum(axis=1)
        found = np.column_stack(
            [
                *_quantiles(doubled, (MIDDLE, LOW, HIGH)),
                shares[:, -1],
                shares[:, -DECILES // QUINTILES :].sum(axis=1),
                modal,
                shares.max(axis=1),
            ]
        )
        summary[units, :-1] = np.where((counted > 0)[:, None], found, np.nan)
        summary[units, -1] = counted
    table = pd.DataFrame(summary, index=draws.units, columns=_COLUMNS)
    table["rang_bas"], table["rang_haut"] = _holding(
        draws.reference, table["rang_bas"], table["rang_haut"]
    )
    table.insert(0, "rang", draws.reference)
    table.insert(table.columns.get_loc("tirages"), "mot", certainty_word(table["p_decile"]))
    return table.astype({"tirages": int})


_COLUMNS = [
    "rang_median",
    "rang_bas",
    "rang_haut",
    "p_decile",
    "p_quintile",
    "decile_modal",
    "p_decile_modal",
    "tirages",
]


def class_probabilities(draws: Draws, count: int) -> pd.DataFrame:
    """Return how often each unit is in each class.

    Parameters
    ----------
    draws : Draws
    count : int
        Number of classes.

    Returns
    -------
    DataFrame
        Units in rows, classes 1 (lowest risk) to ``count`` in columns; rows sum to 1, or are
        missing when no draw ranked the unit.
    """
    found = np.empty((len(draws.units), count))
    for units, _, classes in _by_units(draws, count):
        found[units] = _shares(classes, count)
    return pd.DataFrame(found, index=draws.units, columns=range(1, count + 1))


def top_reference(draws: Draws) -> pd.Series:
    """Return whether each unit is in the highest decile of the published score (bool)."""
    table = _class_of(len(draws.reference.dropna()), DECILES)
    doubled = (2 * draws.reference.fillna(0)).round().astype(int)
    return pd.Series(table[doubled] == DECILES, index=draws.units, name="decile_10")


def decile_changes(draws: Draws) -> float:
    """Return the mean share of units that are, in a draw, in another decile than published."""
    table = _class_of(len(draws.reference.dropna()), DECILES)
    published = table[(2 * draws.reference.fillna(0)).round().astype(int)]
    changed = total = 0
    for units, _, classes in _by_units(draws, DECILES):
        changed += ((classes != published[units, None]) & (classes > 0)).sum()
        total += (classes > 0).sum()
    return float(changed / total)


def exposed_population(draws: Draws, population: pd.Series, count: int = QUINTILES) -> pd.DataFrame:
    """Count the inhabitants of each class, with what the draws say of it.

    People living in a class are *potentially exposed*: they are not people in food precarity.

    Parameters
    ----------
    draws : Draws
    population : Series
        Inhabitants by unit.
    count : int
        Number of classes.

    Returns
    -------
    DataFrame
        Indexed by class, 1 the lowest risk: ``population`` (published classes), ``mediane``,
        ``bas`` and ``haut`` (90 % interval over the draws, widened to ``population``).

    Raises
    ------
    ValueError
        When a ranked unit has no number of inhabitants, or a negative one.
    """
    people = population.reindex(draws.units).to_numpy(float)
    if not (people >= 0).all():
        raise ValueError("a ranked unit without its number of inhabitants")
    living = np.empty((len(draws), count))
    step = max(1, CHUNK // len(people))
    for start in range(0, len(draws), step):
        classes = _classes(draws.doubled[start : start + step], count)
        for c in range(1, count + 1):
            living[start : start + step, c - 1] = (classes == c) @ people
    table = _class_of(len(draws.reference.dropna()), count)
    published = table[(2 * draws.reference.fillna(0)).round().astype(int)]
    low, middle, high = np.quantile(living, (LOW, MIDDLE, HIGH), axis=0)
    today = np.bincount(published, weights=people, minlength=count + 1)[1:]
    low, high = _holding(today, low, high)
    return pd.DataFrame(
        {
            "population": today,
            "mediane": middle,
            "bas": low,
            "haut": high,
        },
        index=pd.RangeIndex(1, count + 1, name="classe"),
    )


def _holding(published: Any, low: Any, high: Any) -> tuple[Any, Any]:
    """Widen intervals to what is published; a missing end stays missing."""
    return np.minimum(low, published), np.maximum(high, published)


def _by_units(draws: Draws, count: int) -> Iterator[tuple[slice, np.ndarray, np.ndarray]]:
    """Yield units by chunks with their doubled ranks and their classes, (units, draws) each."""
    ranked = np.count_nonzero(draws.doubled, axis=1)
    step = max(1, CHUNK // len(draws))
    for start in range(0, len(draws.units), step):
        units = slice(start, min(start + step, len(draws.units)))
        chunk = draws.doubled[:, units]
        classes = _classes(chunk, count, ranked)
        yield units, np.ascontiguousarray(chunk.T), np.ascontiguousarray(classes.T)


def _classes(doubled: np.ndarray, count: int, ranked: np.ndarray | None = None) -> np.ndarray:
    """Return the class of each doubled rank, 0 where missing; rows are draws."""
    ranked = np.count_nonzero(doubled, axis=1) if ranked is None else ranked
    classes = np.empty(doubled.shape, dtype=np.uint8)
    for size in np.unique(ranked):
        rows = ranked == size
        classes[rows] = _class_of(size, count)[doubled[rows]]
    return classes


def _class_of(size: int, count: int) -> np.ndarray:
    """Return the class of each doubled rank 0 to 2·size, when ``size`` units are ranked."""
    ascending = size + 1 - np.arange(2 * size + 1) / 2
    classes = np.ceil((ascending - 0.5) / max(size, 1) * count).clip(1, count).astype(np.uint8)
    classes[0] = 0
    return classes


def _shares(classes: np.ndarray, count: int) -> np.ndarray:
    """Return the share of draws of each unit in each class, (units, count)."""
    units = len(classes)
    flat = classes + (np.arange(units) * (count + 1))[:, None]
    counts = np.bincount(flat.ravel(), minlength=units * (count + 1)).reshape(units, count + 1)
    total = counts[:, 1:].sum(axis=1, keepdims=True)
    return counts[:, 1:] / np.where(total > 0, total, np.nan)


def _quantiles(doubled: np.ndarray, probabilities: tuple[float, ...]) -> list[np.ndarray]:
    """Return quantiles of the ranks of each unit (rows), linear between draws, zeros left out."""
    ordered = np.sort(doubled, axis=1)
    draws = ordered.shape[1]
    zeros = draws - np.count_nonzero(ordered, axis=1)
    found = []
    for probability in probabilities:
        place = np.minimum(zeros + probability * np.maximum(draws - zeros - 1, 0), draws - 1)
        below = np.floor(place).astype(int)
        above = np.minimum(below + 1, draws - 1)
        low, high = (
            np.take_along_axis(ordered, at[:, None], axis=1)[:, 0].astype(float)
            for at in (below, above)
        )
        found.append((low + (place - below) * (high - low)) / 2.0)
    return found
