"""What moved between two runs of the score, and did things change or only the others?

Percentiles order the IRIS of one run: an IRIS may rise because others fell. With **fixed
goalposts** each indicator keeps the bounds of a first run, so that a score moves when its own
values do. Values beyond the bounds are allowed and flagged: cutting them would hide the change.

Two runs are compared on the same IRIS of the same geography; a change of rank smaller than its
uncertainty means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.analysis.score.classes import CLASSES, quantile_classes
from diagalim.analysis.score.composite import Composite

DECILES = 10
ENTERED, LEFT, STAYED, OUT = "entre", "sort", "reste", "hors"


@dataclass(frozen=True)
class FixedScore:
    """A score against goalposts.

    Attributes
    ----------
    score : Series
        0 where every indicator is at its least exposed bound, 100 at its most exposed one; beyond
        where values are.
    normalised : DataFrame
        Each indicator between its bounds, on the same scale.
    beyond : DataFrame of int
        -1 under the lower bound of the first run, 1 over the upper one, 0 inside or unknown.
    """

    score: pd.Series
    normalised: pd.DataFrame
    beyond: pd.DataFrame


def goalposts(values: pd.DataFrame, scored: pd.Series) -> pd.DataFrame:
    """Return the bounds of each indicator over the units scored in a first run.

    Parameters
    ----------
    values : DataFrame
        Raw indicators, units in rows.
    scored : Series of bool
        Same index.

    Returns
    -------
    DataFrame
        Indexed by indicator: ``bas`` and ``haut``, in its unit. An indicator that is unknown or
        does not vary has no row: nothing can be placed between equal bounds.
    """
    here = values[scored]
    table = pd.DataFrame({"bas": here.min(), "haut": here.max()}).rename_axis("indicateur")
    return table[table["haut"] > table["bas"]]


def against(
    values: pd.DataFrame, bounds: pd.DataFrame, directions: Mapping[str, int], run: Composite
) -> FixedScore:
    """Score units against bounds frozen in a first run.

    The weights are those that the run gave each unit, so that the same units are scored under the
    same rules; only the scale of the indicators differs.

    Parameters
    ----------
    values : DataFrame
        Raw indicators of the run.
    bounds : DataFrame
        From `goalposts`, possibly of an older run.
    directions : mapping of str to int
        1 or -1 by indicator.
    run : Composite
        The same values scored with the weights of the first run.

    Raises
    ------
    ValueError
        When an indicator that counts has no bounds.
    """
    names = list(run.effective_weights.columns)
    lost = [name for name in names if name not in bounds.index]
    if lost:
        raise ValueError(f"indicators without bounds: {', '.join(lost)}")
    low, high = bounds.loc[names, "bas"], bounds.loc[names, "haut"]
    here = values[names]
    place = 100.0 * (here - low) / (high - low)
    falling = [name for name in names if directions[name] < 0]
    place[falling] = 100.0 - place[falling]
    beyond = (here > high).astype(int) - (here < low).astype(int)
    weights = run.effective_weights
    scored = run.score.notna()
    score = (place.fillna(0.0) * weights).sum(axis=1).where(scored).rename("score_fixe")
    return FixedScore(score, place, beyond)


def differing(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Say, indicator by indicator, whether the values of two runs are the same.

    Parameters
    ----------
    before, after : DataFrame
        Raw indicators, the same units in rows.

    Returns
    -------
    DataFrame
        Indexed by indicator: ``change`` (units whose value differs, appeared or vanished),
        ``avant``, ``apres`` (medians). Indicators of either run.
    """
    names = list(dict.fromkeys([*before.columns, *after.columns]))
    first, second = (t.reindex(index=before.index, columns=names) for t in (before, after))
    same = np.isclose(first, second, rtol=1e-9, atol=1e-12, equal_nan=True)
    return pd.DataFrame(
        {
            "change": (~same).sum(axis=0),
            "avant": first.median().to_numpy(),
            "apres": second.median().to_numpy(),
        },
        index=pd.Index(names, name="indicateur"),
    )


def moves(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return where each unit stood in two runs of the same units.

    Parameters
    ----------
    before, after : DataFrame
        Indexed by unit: ``score``, ``rang``, ``classe``, missing where not scored; ``before`` also
        carries ``nom``, ``commune`` and ``code_commune``.

    Returns
    -------
    DataFrame
        Indexed as ``before``: ``nom``, ``commune``, ``code_commune``, ``score_avant``,
        ``score_apres``, ``rang_avant``, ``rang_apres``, ``ecart_rang`` (places risen towards the
        highest risk, negative when it fell, **among the units scored in both runs**: units that
        one run alone scores would push all the others), ``classe_avant``, ``classe_apres``, then
        ``decile`` and ``haute``: whether the unit enters (``entre``), leaves (``sort``), stays in
        (``reste``) or out (``hors``) of the top decile and the top class; empty where a run does
        not score it.

    Raises
    ------
    ValueError
        When the units differ.
    """
    if set(before.index) != set(after.index):
        raise ValueError("the two runs do not hold the same units")
    after = after.reindex(before.index)
    table = before[["nom", "commune", "code_commune"]].copy()
    for name in ("score", "rang", "classe"):
        table[f"{name}_avant"], table[f"{name}_apres"] = before[name], after[name]
    both = table["rang_avant"].notna() & table["rang_apres"].notna()
    shared = table[["rang_avant", "rang_apres"]].where(both).rank()
    table.insert(7, "ecart_rang", shared["rang_avant"] - shared["rang_apres"])
    tops = {
        "decile": (_in_top_decile(before["rang"]), _in_top_decile(after["rang"])),
        "haute": (before["classe"] == CLASSES, after["classe"] == CLASSES),
    }
    for name, (was, now) in tops.items():
        words = np.select([~was & now, was & ~now, was & now], [ENTERED, LEFT, STAYED], OUT)
        table[name] = pd.Series(words, table.index).where(both, "")
    return table


def _in_top_decile(rank: pd.Series) -> pd.Series:
    """Return whether a rank (1 the highest risk) is in the first tenth of those scored."""
    return quantile_classes(-rank, DECILES) == DECILES


@dataclass(frozen=True)
class Summary:
    """How much two runs differ.

    Attributes
    ----------
    both, gained, lost : int
        Units scored in both runs, in the second only, in the first only.
    median, mean, largest : float
        Absolute shift of rank, in places, over units scored in both.
    decile_in, decile_out, class_in, class_out : int
        Units that enter and leave the top decile and the top class.
    rho : float
        Spearman's correlation of the two ranks; missing with fewer than two units.
    """

    both: int
    gained: int
    lost: int
    median: float
    mean: float
    largest: float
    decile_in: int
    decile_out: int
    class_in: int
    class_out: int
    rho: float


def summary(table: pd.DataFrame) -> Summary:
    """Return how much two runs differ, from `moves`."""
    before, after = table["rang_avant"].notna(), table["rang_apres"].notna()
    shift = table["ecart_rang"].abs().dropna()
    ranks = table.loc[before & after, ["rang_avant", "rang_apres"]].rank()
    return Summary(
        both=int((before & after).sum()),
        gained=int((~before & after).sum()),
        lost=int((before & ~after).sum()),
        median=float(shift.median()),
        mean=float(shift.mean()),
        largest=float(shift.max()),
        decile_in=int((table["decile"] == ENTERED).sum()),
        decile_out=int((table["decile"] == LEFT).sum()),
        class_in=int((table["haute"] == ENTERED).sum()),
        class_out=int((table["haute"] == LEFT).sum()),
        rho=float(ranks["rang_avant"].corr(ranks["rang_apres"])),
    )


def by_commune(table: pd.DataFrame) -> pd.DataFrame:
    """Return how far the units of each commune moved, the commune that moved the most first.

    Parameters
    ----------
    table : DataFrame
        From `moves`.

    Returns
    -------
    DataFrame
        Indexed by ``code_commune``: ``commune``, ``iris`` (units scored in both runs), ``ecart``
        (median shift of rank, signed), ``ampleur`` (median absolute shift), ``entrees`` and
        ``sorties`` of the top class.
    """
    here = table[table["ecart_rang"].notna()]
    grouped = here.assign(
        ampleur=here["ecart_rang"].abs(),
        entrees=here["haute"] == ENTERED,
        sorties=here["haute"] == LEFT,
    ).groupby("code_commune")
    result = grouped.agg(
        commune=("commune", "first"),
        iris=("ecart_rang", "size"),
        ecart=("ecart_rang", "median"),
        ampleur=("ampleur", "median"),
        entrees=("entrees", "sum"),
        sorties=("sorties", "sum"),
    )
    return result.sort_values(["ampleur", "commune"], ascending=[False, True])
