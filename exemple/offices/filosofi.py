"""What would Filosofi publish? Rates and incomes, withheld and rounded as Insee does.

Under 500 households an IRIS has no figure (``ns``, or ``nd`` where nearly nobody lives); under
1,000 its poverty rate is rounded to the nearest odd integer, above to the unit. In the commune
file small communes have a median only, and a rate under 5 % is not given.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from exemple.land import names
from exemple.people.incomes import SOURCES

FEWEST, UNIT = 500, 1000
ANOMALIES, MOVED, WITHOUT_DETAIL = 5, 3, 4
"""IRIS withheld for an anomaly (note 5), with a household count that moved (note 1), with ``s``."""
COMMUNE_FEWEST, COMMUNE_RATE, LOWEST_RATE, LOWEST_MEDIAN = 850, 1_050, 5.0, 50
DECLARED_THRESHOLD = 14_300.0
DISP = (
    "TP60", "INCERT", "Q1", "MED", "Q3", "EQ", "D1", "D2", "D3", "D4", "D6", "D7", "D8", "D9",
    "RD", "S80S20", "GI", "PACT", "PTSA", "PCHO", "PBEN", "PPEN", "PPAT", "PPSOC", "PPFAM",
    "PPMINI", "PPLOGT", "PIMPOT", "NOTE",
)  # fmt: skip
DEC = (
    "PIMP", "TP60", "INCERT", "Q1", "MED", "Q3", "EQ", "D1", "D2", "D3", "D4", "D6", "D7", "D8",
    "D9", "RD", "S80S20", "GI", "PACT", "PTSA", "PCHO", "PBEN", "PPEN", "PAUT", "NOTE",
)  # fmt: skip
COMMUNE = (
    "NBMENFISC", "NBPERSMENFISC", "MED", "PIMP", "TP60", "TP60AGE1", "TP60AGE2", "TP60AGE3",
    "TP60AGE4", "TP60AGE5", "TP60AGE6", "TP60TOL1", "TP60TOL2", "PACT", "PTSA", "PCHO", "PBEN",
    "PPEN", "PPAT", "PPSOC", "PPFAM", "PPMINI", "PPLOGT", "PIMPOT", "D1", "D9", "RD",
)  # fmt: skip
SO = ("INCERT", "RD", "S80S20", "NOTE")
DETAIL = ("PTSA", "PCHO", "PBEN")


def comma(value: float, digits: int = 1) -> str:
    """Write a number with the decimal mark of the official file."""
    return f"{value + 0.0:.{digits}f}".replace(".", ",")


def euros(value: float) -> str:
    """Round to 10 euros, as Insee does."""
    return str(int(round(max(value, 0) / 10) * 10))


def spread(value: np.ndarray, persons: np.ndarray) -> dict[str, float]:
    """Return quantiles over persons, ratios and Gini index of one income."""
    order = np.argsort(value, kind="stable")
    v, w = np.maximum(value[order], 0), persons[order]
    reach = (np.cumsum(w) - w / 2) / w.sum()
    cut = {f"D{k}": np.interp(k / 10, reach, v) for k in range(1, 10)}
    cut |= {"Q1": np.interp(0.25, reach, v), "MED": cut.pop("D5"), "Q3": np.interp(0.75, reach, v)}
    cut["EQ"] = (cut["Q3"] - cut["Q1"]) / cut["MED"]
    cut["RD"] = cut["D9"] / max(cut["D1"], 1.0)
    cut["S80S20"] = (v * w)[reach > 0.8].sum() / max((v * w)[reach < 0.2].sum(), 1.0)
    share = np.cumsum(v * w) / (v * w).sum()
    cut["GI"] = 1 - ((share + np.r_[0, share[:-1]]) * w).sum() / w.sum()
    return cut


def disposable(homes: pd.DataFrame) -> dict[str, float]:
    """Return the unrounded figures of disposable income of some households."""
    persons = (homes["adults"] + homes["children"]).to_numpy()
    figures = spread(homes["standard"].to_numpy(), persons)
    figures["TP60"] = 100 * (persons * homes["poor"]).sum() / persons.sum()
    total = homes["disposable"].sum()
    figures |= {name: 100 * homes[name].sum() / total for name in SOURCES}
    figures["PACT"] = sum(figures[name] for name in DETAIL)
    figures["PPSOC"] = figures["PPFAM"] + figures["PPMINI"] + figures["PPLOGT"]
    return figures


def declared(homes: pd.DataFrame) -> dict[str, float]:
    """Return the unrounded figures of declared income of some households."""
    persons = (homes["adults"] + homes["children"]).to_numpy()
    income = homes["declared"] + 0.6 * homes["PPAT"]
    figures = spread((income / homes["units"]).to_numpy(), persons)
    low = income / homes["units"] < DECLARED_THRESHOLD
    figures["TP60"] = 100 * (persons * low).sum() / persons.sum()
    figures["PIMP"] = 100 * (income / homes["units"] > 17_500).mean()
    figures |= {k: 100 * homes[k].sum() / income.sum() for k in (*DETAIL, "PPEN")}
    figures["PAUT"] = 100 * 0.6 * homes["PPAT"].sum() / income.sum()
    figures["PACT"] = sum(figures[name] for name in DETAIL)
    return figures


def written(figures: dict[str, float], count: int) -> dict[str, str]:
    """Write the figures of an IRIS, its poverty rate rounded as the number of households asks."""
    odd = count < UNIT
    cells = {k: comma(v) for k, v in figures.items()}
    cells |= {k: euros(v) for k, v in figures.items() if k[0] in "DQ" or k == "MED"}
    cells |= {"EQ": comma(figures["EQ"], 2), "GI": comma(figures["GI"], 3)}
    rate = figures["TP60"]
    cells["TP60"] = comma(2 * np.floor(rate / 2) + 1 if odd else np.floor(rate + 0.5))
    cells["INCERT"], cells["NOTE"] = ("2" if odd else "1"), "0"
    return cells


def by_iris(
    homes: pd.DataFrame, iris: gpd.GeoDataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the DISP and DEC files of the IRIS of cut communes, and what they round."""
    groups = dict(tuple(homes.groupby("iris")))
    cut = iris[iris["TYP_IRIS"] != "Z"]
    ordinary = [
        k for k in cut.index if len(groups.get(k, ())) >= FEWEST and cut["TYP_IRIS"][k] == "H"
    ]
    special = rng.permutation(ordinary)
    note = dict.fromkeys(special[:ANOMALIES], "5") | dict.fromkeys(special[-MOVED:], "1")
    quiet = set(special[ANOMALIES : ANOMALIES + WITHOUT_DETAIL])
    tables: tuple[list, list, list] = ([], [], [])
    for row, code in cut["CODE_IRIS"].items():
        here = groups.get(row)
        open_ = here is not None and len(here) >= FEWEST and note.get(row) != "5"
        true = {"disp": disposable(here), "dec": declared(here)} if open_ else {}
        tables[2].append({"IRIS": code, "TP60": true["disp"]["TP60"] if open_ else np.nan})
        for table, columns, kind, prefix in (
            (tables[0], DISP, "disp", "DISP"), (tables[1], DEC, "dec", "DEC")
        ):  # fmt: skip
            if open_:
                cells = written(true[kind], len(here))
                if kind == "dec" and true[kind]["D1"] < 300:
                    cells["RD"] = "so"
                if row in quiet:
                    cells |= dict.fromkeys(DETAIL, "s")
            else:
                token = "nd" if iris["TYP_IRIS"][row] == "D" else "ns"
                cells = {c: "so" if c in SO else token for c in columns}
            cells["NOTE"] = note.get(row, cells["NOTE"])
            table.append({"IRIS": code} | {f"{prefix}_{c}21": cells[c] for c in columns})
    return tuple(pd.DataFrame(table) for table in tables)


def by_commune(homes: pd.DataFrame, iris: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the commune file: communes, and both the city and its *arrondissements*."""
    district = iris["INSEE_COM"].to_numpy()[homes["iris"]]
    commune = iris["commune"].to_numpy()[homes["iris"]]
    groups = dict(tuple(homes.groupby(district))) | {names.CITY: homes[commune == names.CITY]}
    rows = []
    for code in sorted(groups):
        here = groups[code]
        figures, count = disposable(here), len(here)
        cells = dict.fromkeys(COMMUNE, "s")
        cells["NBMENFISC"] = str(count)
        cells["NBPERSMENFISC"] = str(int((here["adults"] + here["children"]).sum()))
        if count >= LOWEST_MEDIAN:
            cells["MED"] = euros(figures["MED"])
        if count >= COMMUNE_FEWEST:
            cells["PIMP"] = comma(np.floor(declared(here)["PIMP"] + 0.5))
            cells |= {k: comma(figures[k]) for k in (*SOURCES, "PACT", "PPSOC", "RD")}
            cells |= {k: euros(figures[k]) for k in ("D1", "D9")}
        if count >= COMMUNE_RATE:
            cells |= _rates(here, figures["TP60"])
        rows.append({"CODGEO": code} | {f"{c}21": cells[c] for c in COMMUNE})
    return pd.DataFrame(rows)


def _rates(here: pd.DataFrame, rate: float) -> dict[str, str]:
    parts = {"TP60": np.ones(len(here), bool)}
    for k, low in enumerate((0, 30, 40, 50, 60, 75)):
        parts[f"TP60AGE{k + 1}"] = here["age"].between(low, (29, 39, 49, 59, 74, 200)[k])
    parts |= {"TP60TOL1": here["owner"], "TP60TOL2": ~here["owner"]}
    cells = {}
    for name, mask in parts.items():
        some = here[mask]
        size = some["adults"] + some["children"]
        value = np.floor(100 * (size * some["poor"]).sum() / max(size.sum(), 1) + 0.5)
        if len(some) >= 200 and value >= LOWEST_RATE and rate >= LOWEST_RATE:
            cells[name] = comma(value)
    return cells
