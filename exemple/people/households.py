"""Who lives in the fictitious department? Every household, and every person of it.

All the tables of all the files are counts of these same households, so they agree: ages add up to
the population, households to persons. Shares and slopes are of the order of those of French IRIS;
none is copied from a real place.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

MAN, WOMAN, OTHERS, COUPLE, PARENTS, SINGLE_PARENT = range(6)
EMPLOYED, UNEMPLOYED, STUDENT, RETIRED, INACTIVE = range(5)
FARMER, SELF, EXECUTIVE, MIDDLE, CLERK, WORKER = 11, 12, 13, 14, 15, 16
PENSIONER, NO_WORK = 32, 40
DIPLOMAS = ("DIPLMIN", "BEPC", "CAPBEP", "BAC", "SUP2", "SUP34", "SUP5")
SMALL_H = 7
"""IRIS of type H under 500 households, whose income Insee would withhold."""


@dataclass
class People:
    """The households and the persons; ``iris`` is a row of the table of IRIS in both."""

    households: pd.DataFrame
    persons: pd.DataFrame


def targets(iris: gpd.GeoDataFrame, rng: np.random.Generator) -> np.ndarray:
    """Return the number of households wanted in each IRIS."""
    kind = iris["TYP_IRIS"].to_numpy()
    wanted = np.zeros(len(iris))
    housing = np.flatnonzero(kind == "H")
    wanted[housing] = np.clip(rng.lognormal(np.log(1130), 0.30, len(housing)), 560, 2600)
    wanted[rng.choice(housing, SMALL_H, replace=False)] = rng.uniform(230, 440, SMALL_H)
    works = np.flatnonzero(kind == "A")
    wanted[works] = np.clip(rng.lognormal(np.log(90), 0.9, len(works)), 10, 420)
    wanted[works[:4]] = (610, 760, 540, 690)
    wanted[works[4]] = 0
    empty = np.flatnonzero(kind == "D")
    wanted[empty] = rng.choice([0, 0, 12, 25, 40, 70, 90, 110, 150], len(empty), replace=False)
    alone = np.flatnonzero(kind == "Z")
    wanted[alone] = np.clip(rng.lognormal(np.log(880), 0.85, len(alone)), 70, 3600)
    return np.round(wanted).astype(int)


def settle(iris: gpd.GeoDataFrame, places: pd.DataFrame, rng: np.random.Generator) -> People:
    """Draw every household and person."""
    homes = _households(targets(iris, rng), places, rng)
    persons = _persons(homes, rng)
    persons = pd.concat([persons, _institutions(iris, persons, rng)], ignore_index=True)
    _occupy(persons, places, rng)
    return People(homes, persons)


def _households(count: np.ndarray, places: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    place = np.repeat(np.arange(len(count)), count)
    h, c, f, o = places[["hard", "central", "families", "old"]].to_numpy()[place].T
    odds = np.column_stack(
        [
            0.130 * np.exp(0.7 * c + 0.02 * h - 0.16 * f),
            0.190 * np.exp(0.6 * c - 0.04 * h - 0.16 * f),
            0.022 * np.exp(0.8 * c + 0.20 * h),
            0.265 * np.exp(-0.5 * c - 0.16 * h),
            0.235 * np.exp(-0.5 * c + 0.15 * f),
            0.090 * np.exp(0.26 * h + 0.17 * f),
        ]
    )
    odds /= odds.sum(axis=1, keepdims=True)
    kind = (rng.random(len(place))[:, None] > odds.cumsum(axis=1)[:, :-1]).sum(axis=1)
    young = rng.random(len(place)) < 0.17 + 0.33 * c + 0.03 * h - 0.05 * o
    mean = np.select([kind <= OTHERS, kind == COUPLE], [66.0, 67.0], 42.0)
    spread = np.select([kind <= OTHERS, kind == COUPLE], [15.0, 10.5], 7.5)
    age = rng.normal(mean - 0.9 * h + 2.2 * o * (kind <= COUPLE), spread)
    age = np.where(young & (kind <= COUPLE), rng.normal(27.5, 5.5, len(age)), age)
    age = np.clip(np.where(kind >= PARENTS, np.clip(age, 23, 60), age), 18, 99).astype(int)
    children = np.where(kind >= PARENTS, 1 + rng.poisson(np.clip(0.62 + 0.10 * h, 0.2, 1.4)), 0)
    others = np.where(kind == OTHERS, 2 + (rng.random(len(age)) < 0.25), 0)
    adults = np.select([kind == OTHERS, (kind == COUPLE) | (kind == PARENTS)], [others, 2], 1)
    return pd.DataFrame(
        {
            "iris": place,
            "type": kind,
            "age": age,
            "adults": adults,
            "children": np.minimum(children, 5),
        }
    )


def _persons(homes: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    adult = np.repeat(homes.index.to_numpy(), homes["adults"])
    first = np.r_[True, adult[1:] != adult[:-1]]
    kind, age = homes["type"].to_numpy()[adult], homes["age"].to_numpy()[adult]
    woman = rng.random(len(adult)) < 0.5
    woman = np.select([kind == MAN, kind == WOMAN], [False, True], woman)
    woman = np.where((kind == SINGLE_PARENT), rng.random(len(adult)) < 0.82, woman)
    second = ~first & ((kind == COUPLE) | (kind == PARENTS))
    woman[second] = ~woman[np.flatnonzero(second) - 1]
    age = np.where(first, age, np.clip(age + rng.normal(0, 3.5, len(age)).astype(int), 18, 99))
    child = np.repeat(homes.index.to_numpy(), homes["children"])
    oldest = np.clip(homes["age"].to_numpy()[child] - 20, 1, 27)
    return pd.DataFrame(
        {
            "home": np.r_[adult, child],
            "iris": homes["iris"].to_numpy()[np.r_[adult, child]],
            "child": np.r_[np.zeros(len(adult), bool), np.ones(len(child), bool)],
            "age": np.r_[age, (rng.random(len(child)) * oldest).astype(int)],
            "woman": np.r_[woman, rng.random(len(child)) < 0.49],
        }
    )


def _institutions(
    iris: gpd.GeoDataFrame, persons: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw hostels, student residences, homes for the old: persons outside households (-1)."""
    living = persons["iris"].value_counts()
    places = rng.choice(living.index[living > 300].sort_values(), 34, replace=False)
    size = rng.integers(40, 420, len(places))
    old = np.repeat(rng.random(len(places)) < 0.6, size)
    age = np.where(old, rng.normal(85, 7, size.sum()), rng.normal(27, 9, size.sum()))
    return pd.DataFrame(
        {
            "home": -1,
            "iris": np.repeat(places, size),
            "child": False,
            "age": np.clip(age, 16, 102).astype(int),
            "woman": rng.random(size.sum()) < np.where(old, 0.7, 0.4),
        }
    )


def _occupy(persons: pd.DataFrame, places: pd.DataFrame, rng: np.random.Generator) -> None:
    """Give each person of 15 and over a diploma, a situation and an occupational group."""
    h, c = places[["hard", "central"]].to_numpy()[persons["iris"]].T
    age, woman = persons["age"].to_numpy(), persons["woman"].to_numpy()
    draw = rng.random((4, len(age)))
    level = -0.62 * h + 0.7 * c - 0.030 * (age - 45) + rng.logistic(0, 1, len(age))
    rank = np.searchsorted([-1.35, -0.95, 0.25, 1.05, 1.65, 2.45], level)
    persons["diploma"] = rank
    studying = np.interp(
        age, [15, 17, 18, 20, 22, 24, 29, 30], [1, 0.96, 0.8, 0.6, 0.38, 0.15, 0.03, 0]
    )
    student = draw[0] < np.where(age >= 30, 0.004, studying * np.exp(-0.06 * h))
    retired = draw[1] < np.interp(age, [54, 59, 61, 63, 66, 70], [0, 0.06, 0.3, 0.72, 0.93, 0.97])
    pull = 0.72 * h - 0.22 * (rank - 2.5)
    idle = draw[2] < 1 / (1 + np.exp(2.75 - 0.8 * pull - 0.55 * woman - 0.02 * np.abs(age - 40)))
    jobless = draw[3] < 1 / (1 + np.exp(2.3 - 0.72 * pull + 0.022 * (age - 40)))
    situation = np.select(
        [student & (age >= 15), retired, idle, jobless],
        [STUDENT, RETIRED, INACTIVE, UNEMPLOYED],
        EMPLOYED,
    )
    situation = np.where(
        (persons["home"] < 0) & (age < 65),
        rng.choice([EMPLOYED, STUDENT, INACTIVE], len(age)),
        situation,
    )
    persons["situation"] = np.where(age < 15, -1, situation)
    skill = 0.55 * (rank - 3) - 0.25 * h + rng.logistic(0, 0.8, len(age))
    trade = np.select(
        [skill > 1.35, skill > 0.15, rng.random(len(age)) < np.where(woman, 0.80, 0.34)],
        [EXECUTIVE, MIDDLE, CLERK],
        WORKER,
    )
    trade = np.where(rng.random(len(age)) < 0.075, SELF, trade)
    trade = np.where((c < 0.08) & (rng.random(len(age)) < 0.03), FARMER, trade)
    group = np.select([situation <= UNEMPLOYED, situation == RETIRED], [trade, PENSIONER], NO_WORK)
    persons["group"] = np.where(age < 15, 0, group)
    persons["trade"] = trade
