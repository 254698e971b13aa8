"""What does each household live on, and in what dwelling?

Declared income first, by person; then benefits and tax by household, under simplified French rules.
The *niveau de vie* is what is left, by consumption unit.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from exemple.people.households import (
    CLERK,
    EMPLOYED,
    EXECUTIVE,
    FARMER,
    MIDDLE,
    PARENTS,
    RETIRED,
    SELF,
    STUDENT,
    UNEMPLOYED,
    WORKER,
    People,
)

THRESHOLD = 13_850.0
"""60 % of the median *niveau de vie* of Filosofi 2021, euros a year (METHODS 1.2)."""
WAGES = {
    FARMER: 20_000,
    SELF: 33_000,
    EXECUTIVE: 46_000,
    MIDDLE: 31_000,
    CLERK: 24_000,
    WORKER: 24_000,
}
MODES = ("nodep", "marche", "velo", "drm", "voiture", "tcom")
SOURCES = ("PTSA", "PCHO", "PBEN", "PPEN", "PPAT", "PPFAM", "PPMINI", "PPLOGT", "PIMPOT")


def earn(people: People, places: pd.DataFrame, rng: np.random.Generator) -> None:
    """Add to the households their incomes (columns `SOURCES`), units, standard of living, RSA."""
    persons, homes = people.persons, people.households
    inside = persons[persons["home"] >= 0]
    _personal(inside, homes, places, rng)
    h = places["hard"].to_numpy()[homes["iris"]]
    wealth = np.exp(rng.normal(7.25 - 0.42 * h + 0.016 * (homes["age"] - 45), 1.25))
    homes["PPAT"] = np.minimum(wealth, 90_000)
    under14 = _total(inside, homes, inside["age"] < 14)
    homes["units"] = 1 + 0.3 * under14 + 0.5 * (homes["adults"] + homes["children"] - under14 - 1)
    minors = _total(inside, homes, inside["age"] < 20)
    homes["declared"] = homes[["PTSA", "PCHO", "PBEN", "PPEN"]].sum(axis=1)
    per_unit = (homes["declared"] + 0.5 * homes["PPAT"]) / homes["units"]
    homes["PPFAM"] = np.where(minors >= 2, 1_650 * (minors - 1), 0) + np.where(
        (minors >= 1) & (per_unit < 15_000), 1_100, 0
    )
    _safety_net(homes, per_unit, places, rng)
    taxed = np.maximum(per_unit - 9_500, 0)
    homes["PIMPOT"] = -homes["units"] * (
        0.13 * taxed + 0.14 * np.maximum(per_unit - 27_000, 0) + 420
    )
    homes["disposable"] = homes[list(SOURCES)].sum(axis=1)
    homes["standard"] = homes["disposable"] / homes["units"]
    homes["poor"] = homes["standard"] < THRESHOLD


def _personal(
    inside: pd.DataFrame, homes: pd.DataFrame, places: pd.DataFrame, rng: np.random.Generator
) -> None:
    h = places["hard"].to_numpy()[inside["iris"]]
    situation, trade = inside["situation"].to_numpy(), inside["trade"].to_numpy()
    base = pd.Series(trade).map(WAGES).to_numpy() * np.exp(-0.055 * h)
    part_time = np.where(rng.random(len(h)) < 0.16 + 0.035 * np.clip(h, -2, 3), 0.55, 1.0)
    age = np.interp(inside["age"], [18, 30, 45, 60], [0.72, 0.93, 1.08, 1.14])
    work = base * part_time * age * rng.lognormal(0, 0.27, len(h))
    own = np.isin(trade, (SELF, FARMER))
    pay = {
        "PTSA": np.where((situation == EMPLOYED) & ~own, work, 0)
        + np.where(situation == STUDENT, 1_300 * (rng.random(len(h)) < 0.4), 0),
        "PBEN": np.where((situation == EMPLOYED) & own, work * rng.lognormal(0, 0.45, len(h)), 0),
        "PCHO": np.where((situation == UNEMPLOYED) & (rng.random(len(h)) < 0.62), 0.56 * work, 0),
        "PPEN": np.where(situation == RETIRED, 0.80 * base * rng.lognormal(0, 0.33, len(h)), 0),
    }
    for name, value in pay.items():
        homes[name] = np.bincount(inside["home"], value, minlength=len(homes))


def _safety_net(
    homes: pd.DataFrame, per_unit: pd.Series, places: pd.DataFrame, rng: np.random.Generator
) -> None:
    """Minimum-income benefits, housing benefit, and who receives the RSA."""
    old = homes["age"] >= 64
    young = (homes["age"] < 25) & (homes["type"] < PARENTS)
    floor = np.where(old, 11_200.0, np.where(young, 4_500.0, 7_600.0))
    takes = places["claims"].to_numpy()[homes["iris"]]
    claims = rng.random(len(homes)) < 0.87
    gap = np.maximum(floor - 0.8 * per_unit, 0) * homes["units"]
    disabled = (rng.random(len(homes)) < 0.05) & (per_unit < 12_000) & ~young
    homes["PPMINI"] = np.where(claims, gap, 0) + np.where(disabled, 4_800, 0)
    homes["PPMINI"] += np.where((per_unit > 6_000) & (per_unit < 14_500) & ~old, 1_150, 0)
    asks = rng.random(len(homes)) < 1 / (1 + np.exp(-1.7 - 0.9 * takes))
    homes["rsa"] = claims & asks & ~old & ~young & ~disabled & (gap > 900 * homes["units"])
    homes["PPLOGT"] = np.where(
        per_unit < 14_500, np.maximum(2_700 - 0.17 * per_unit, 0) * (0.8 + 0.2 * homes["units"]), 0
    )


def house(people: People, places: pd.DataFrame, rng: np.random.Generator) -> None:
    """Add to the households their dwelling, tenure, cars, and how long they have been there."""
    homes = people.households
    h, c, e = places[["hard", "central", "estates"]].to_numpy()[homes["iris"]].T
    size = (homes["adults"] + homes["children"]).to_numpy()
    low = (homes["standard"] < 1.35 * THRESHOLD).to_numpy()
    flat = rng.random(len(homes)) < 1 / (1 + np.exp(0.75 - 4.6 * c - 0.75 * h + 0.25 * (size - 2)))
    social = low & flat & (rng.random(len(homes)) < np.clip(0.32 + 0.17 * h + 0.26 * e, 0.0, 0.9))
    buys = 0.9 - 0.45 * h - 1.0 * c + 0.03 * (homes["age"] - 50) - 1.1 * low
    owner = ~social & (rng.random(len(homes)) < 1 / (1 + np.exp(-buys)))
    free = ~social & ~owner & (rng.random(len(homes)) < 0.05)
    homes["flat"], homes["social"], homes["owner"], homes["free"] = flat, social, owner, free
    homes["furnished"] = ~social & ~owner & ~free & (rng.random(len(homes)) < 0.18)
    rooms = (
        1.4 + 0.62 * size + 0.9 * ~flat + 0.5 * owner - 0.25 * h + rng.normal(0, 0.9, len(homes))
    )
    homes["rooms"] = np.clip(np.round(rooms), 1, 8).astype(int)
    homes["area"] = np.clip(homes["rooms"] * rng.normal(20, 3.5, len(homes)) + 6, 12, 260)
    wants = 2.9 - 3.2 * c - 0.33 * h + 0.55 * (homes["adults"] - 1) - 0.9 * low
    wants -= 0.05 * np.maximum(homes["age"] - 74, 0)
    homes["cars"] = (rng.random(len(homes)) < 1 / (1 + np.exp(-wants))) * (
        1 + (rng.random(len(homes)) < np.clip(0.46 - 0.55 * c - 0.1 * h, 0.03, 0.7))
        * (homes["adults"] > 1)
    )  # fmt: skip
    homes["since"] = np.minimum(rng.gamma(1.1, np.where(owner, 15.0, 6.0)), homes["age"] - 16)
    homes["built"] = 1900 + rng.beta(2.0 + 1.5 * (1 - c), 1.8, len(homes)) * 120


def _total(inside: pd.DataFrame, homes: pd.DataFrame, mask: pd.Series) -> np.ndarray:
    return np.bincount(inside["home"][mask], minlength=len(homes))


def travel(people: People, places: pd.DataFrame, rng: np.random.Generator) -> None:
    """Add to the persons at work their main way of going there."""
    persons = people.persons
    c = places["central"].to_numpy()[persons["iris"]]
    home = persons["home"].to_numpy()
    driver = np.where(home >= 0, people.households["cars"].to_numpy()[home] > 0, False)
    pull = np.column_stack(
        [
            np.full(len(c), 0.05), 0.05 + 0.12 * c, 0.012 + 0.02 * c, 0.02 + 0.02 * c,
            np.where(driver, 0.85 - 0.45 * c, 0.09), 0.03 + 0.28 * c,
        ]
    )  # fmt: skip
    pull /= pull.sum(axis=1, keepdims=True)
    chosen = (rng.random(len(c))[:, None] > pull.cumsum(axis=1)[:, :-1]).sum(axis=1)
    persons["mode"] = np.array(MODES)[chosen]
