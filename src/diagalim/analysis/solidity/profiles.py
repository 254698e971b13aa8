"""Which IRIS look alike, whatever their score?

Two IRIS of the same score may owe it to different circumstances. Ward's method groups them by the
scores of their dimensions, not by raw indicators, or the dimension with the most indicators would
decide. The number of groups is chosen on three criteria shown together; when none gives a partition
that holds from one draw of the IRIS to another, the page says so: profiles describe, they do not
exist.

References: Ward (1963), JASA 58; Rousseeuw (1987) for the silhouette; Hubert & Arabie (1985) for
the adjusted Rand index; Hennig (2007), CSDA 52, for stability under bootstrap; Lebart, Morineau &
Piron (1995) for test values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.metrics import silhouette_score

COUNTS = (4, 5, 6, 7)
"""Numbers of groups tried: fewer say too little, more cannot be kept in mind (METHODS 3.8)."""
BOOTSTRAPS = 200
STABLE = 0.7
"""Mean adjusted Rand index from which a partition is called stable."""
LEAST_UNITS = 50
"""Fewer units than this are not grouped (project's convention: about seven a group at worst)."""
LEAST_V, TRAITS = 2.0, 3


@dataclass(frozen=True)
class Partition:
    """Groups of units, and why that many.

    Attributes
    ----------
    groups : Series of int
        1, 2, … by unit, the group of the highest mean score first.
    criteria : DataFrame
        Indexed by number of groups: ``silhouette``, ``saut`` (height of the next merge minus that
        of the one that made these groups), ``stabilite`` (mean adjusted Rand over bootstraps).
    stable : bool
        Whether the partition kept reaches `STABLE`.
    """

    groups: pd.Series
    criteria: pd.DataFrame
    stable: bool

    @property
    def count(self) -> int:
        """Number of groups kept; 0 where no unit could be grouped."""
        return int(self.groups.max()) if len(self.groups) else 0


def can_be_grouped(dimensions: pd.DataFrame) -> bool:
    """Return whether enough units have every dimension, each of which varies."""
    whole = dimensions.dropna()
    return len(whole) >= LEAST_UNITS and not np.isclose(whole.std(ddof=0), 0.0).any()


def standardised(table: pd.DataFrame) -> pd.DataFrame:
    """Return each column centred, in units of its own standard deviation, complete rows only.

    Raises
    ------
    ValueError
        With fewer than `LEAST_UNITS` complete rows, or a column that does not vary.
    """
    whole = table.dropna()
    if len(whole) < LEAST_UNITS:
        raise ValueError(f"only {len(whole)} units with every dimension, {LEAST_UNITS} needed")
    spread = whole.std(ddof=0)
    flat = list(spread.index[np.isclose(spread, 0.0)])
    if flat:
        raise ValueError(f"dimension that does not vary: {', '.join(map(str, flat))}")
    return (whole - whole.mean()) / spread


def partition(
    dimensions: pd.DataFrame,
    *,
    seed: int,
    counts: Sequence[int] = COUNTS,
    bootstraps: int = BOOTSTRAPS,
) -> Partition:
    """Group the units by Ward's method and choose how many groups to keep.

    Among the numbers whose stability reaches `STABLE`, the best silhouette is kept; when none does,
    the number with the best mean rank over the three criteria, the smallest of those that tie.

    Parameters
    ----------
    dimensions : DataFrame
        Score of each dimension (0 to 100), units in rows; a unit that lacks one is in no group.
    seed : int
        Of the bootstraps.
    counts : sequence of int
        Numbers of groups tried, ascending.
    bootstraps : int

    Raises
    ------
    ValueError
        As `standardised`.
    """
    table = standardised(dimensions)
    z = table.to_numpy()
    tree = linkage(z, "ward")
    heights = tree[:, 2][::-1]  # heights[k - 2] is that of the merge of k groups into k − 1
    cut = {count: fcluster(tree, count, "maxclust") for count in counts}
    held = _stability(z, cut, seed, bootstraps)
    criteria = pd.DataFrame(
        {
            "silhouette": {k: float(silhouette_score(z, groups)) for k, groups in cut.items()},
            "saut": {k: float(heights[k - 2] - heights[k - 1]) for k in counts},
            "stabilite": held,
        }
    ).rename_axis("groupes")
    kept = choose(criteria)
    mean = dimensions.mean(axis=1).reindex(table.index)
    order = mean.groupby(cut[kept]).mean().sort_values(ascending=False).index
    number = {old: new for new, old in enumerate(order, start=1)}
    groups = pd.Series(cut[kept], table.index, name="profil").map(number)
    return Partition(groups, criteria, bool(criteria.loc[kept, "stabilite"] >= STABLE))


def grouped(dimensions: pd.DataFrame, *, seed: int, bootstraps: int = BOOTSTRAPS) -> Partition:
    """Group the units as `partition` does where they can be; otherwise no unit has a group."""
    if can_be_grouped(dimensions):
        return partition(dimensions, seed=seed, bootstraps=bootstraps)
    none = pd.Series(index=dimensions.index[:0], dtype=int, name="profil")
    criteria = pd.DataFrame(columns=["silhouette", "saut", "stabilite"], dtype=float)
    return Partition(none, criteria.rename_axis("groupes"), stable=False)


def choose(criteria: pd.DataFrame) -> int:
    """Return the number of groups to keep (see `partition`)."""
    stable = criteria[criteria["stabilite"] >= STABLE]
    if len(stable):
        return int(stable["silhouette"].idxmax())
    return int(criteria.rank(ascending=False).mean(axis=1).idxmin())


def _stability(
    z: np.ndarray, cut: Mapping[int, np.ndarray], seed: int, bootstraps: int
) -> dict[int, float]:
    """Return how far partitions of draws agree with that of all units, on the units drawn."""
    rng = np.random.default_rng(seed)
    scores: dict[int, list[float]] = {count: [] for count in cut}
    for _ in range(bootstraps):
        drawn = rng.integers(0, len(z), len(z))
        tree = linkage(z[drawn], "ward")
        units, first = np.unique(drawn, return_index=True)
        for count, groups in cut.items():
            again = fcluster(tree, count, "maxclust")[first]
            scores[count].append(adjusted_rand(groups[units], again))
    return {count: float(np.mean(found)) for count, found in scores.items()}


def adjusted_rand(one: np.ndarray, other: np.ndarray) -> float:
    """Return how far two partitions of the same units agree: 1 the same, about 0 by chance.

    Index of Hubert & Arabie (1985, equation 5) on the pairs of units put together. That of
    scikit-learn gives the same and checks the labels each time, which takes longer than the 800
    partitions themselves.

    Parameters
    ----------
    one, other : array of int, shape (units,)
        Group of each unit, from 0 or 1 on.
    """
    width = int(other.max()) + 1
    table = np.bincount(one * width + other, minlength=(int(one.max()) + 1) * width)
    table = table.reshape(-1, width)
    together = _pairs(table)
    first, second = _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    expected = first * second / max(_pairs(np.array([len(one)])), 1)
    most = (first + second) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def _pairs(sizes: np.ndarray) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def v_tests(variables: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Return how far the mean of each variable in a group is from that of all units.

    ``v = (m_k − m) / sqrt(((N − n_k) / (N − 1)) · s² / n_k)`` over the units where the variable is
    known.

    Parameters
    ----------
    variables : DataFrame
        Units in rows.
    groups : Series of int
        By unit; units without a group are left out.

    Returns
    -------
    DataFrame
        One row a group and variable: ``profil``, ``variable``, ``v``, ``moyenne`` (of the group),
        ``ensemble`` (of all the units grouped), ``n`` (units of the group where it is known).
        A variable that does not vary has no row.
    """
    rows = []
    for name in variables.columns:
        known = pd.DataFrame({"x": variables[name], "profil": groups}).dropna()
        total, variance = len(known), known["x"].var(ddof=0)
        if total < 2 or np.isclose(variance, 0.0):
            continue
        mean = known["x"].mean()
        for group, here in known.groupby("profil")["x"]:
            size = len(here)
            if size == total:
                continue
            error = np.sqrt((total - size) / (total - 1) * variance / size)
            rows.append(
                {
                    "profil": int(group),
                    "variable": name,
                    "v": float((here.mean() - mean) / error),
                    "moyenne": float(here.mean()),
                    "ensemble": float(mean),
                    "n": size,
                }
            )
    columns = ["profil", "variable", "v", "moyenne", "ensemble", "n"]
    return pd.DataFrame(rows, columns=columns)


def traits(
    values: pd.DataFrame, family: Mapping[str, str], count: int = TRAITS, least: float = LEAST_V
) -> pd.DataFrame:
    """Return what sets each group apart the most, one variable a family.

    Several columns of one file say the same thing: three of them would leave no room for the rest.

    Parameters
    ----------
    values : DataFrame
        From `v_tests`.
    family : mapping of str to str
        Dimension of each variable.
    count : int
        Largest number of traits a group.
    least : float
        Traits under this ``|v|`` are not kept.

    Returns
    -------
    DataFrame
        Rows of ``values``, the strongest first in each group, with ``ordre`` (1 first).
    """
    strong = values[values["v"].abs() > least].copy()
    strong["force"] = strong["v"].abs()
    strong["famille"] = strong["variable"].map(family)
    strong = strong.sort_values(["profil", "force", "variable"], ascending=[True, False, True])
    strong = strong.drop_duplicates(["profil", "famille"])
    strong["ordre"] = strong.groupby("profil").cumcount() + 1
    kept = strong[strong["ordre"] <= count]
    return kept.drop(columns=["force", "famille"]).reset_index(drop=True)
