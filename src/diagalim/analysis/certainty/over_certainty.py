"""Does a change of rank exceed what the certainty of the ranks explains?

Each run gives a rank its interval, over its own draws and among all the units **it** ranks. A unit
that moved while its two intervals share a rank may stand where it stood. Intervals that share none
are a strict test: two that overlap a little may still come from ranks that differ (Schenker and
Gentleman 2001, *The American Statistician* 55(3)).

The shift itself (`diagalim.analysis.solidity.over_time.moves`) counts places among the units that
both runs rank. The scale of the intervals is not redone: where one run ranks units that the other
does not, its intervals may slide by as many places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

OVERLAP, APART = "se recoupent", "se séparent"


@dataclass(frozen=True)
class Beyond:
    """How many moves the certainty of the ranks does not explain.

    Attributes
    ----------
    moved : int
        Units that changed place among those ranked in both runs.
    known : int
        Of these, units whose rank has its interval in both runs.
    apart : int
        Of these, units whose two intervals share no rank.
    """

    moved: int
    known: int
    apart: int


def with_ranges(table: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return where each unit stood with the interval of its rank in each run.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.analysis.solidity.over_time.moves`.
    before, after : DataFrame
        Indexed by unit: ``rang_bas``, ``rang_haut``, in places; missing where not known.

    Returns
    -------
    DataFrame
        ``table`` with ``rang_bas_avant``, ``rang_haut_avant``, ``rang_bas_apres``,
        ``rang_haut_apres``, and ``intervalles``: ``se recoupent`` or ``se séparent`` for a unit
        that moved, empty for one that did not, or whose intervals are not both known. Ends that
        touch overlap.
    """
    first, second = before.reindex(table.index), after.reindex(table.index)
    known = first.notna().all(axis=1) & second.notna().all(axis=1)
    met = (first["rang_bas"] <= second["rang_haut"]) & (second["rang_bas"] <= first["rang_haut"])
    said = pd.Series(np.where(met, OVERLAP, APART), table.index)
    return table.assign(
        rang_bas_avant=first["rang_bas"],
        rang_haut_avant=first["rang_haut"],
        rang_bas_apres=second["rang_bas"],
        rang_haut_apres=second["rang_haut"],
        intervalles=said.where(known & _moved(table), ""),
    )


def beyond(table: pd.DataFrame) -> Beyond:
    """Return how many moves the certainty does not explain, from `with_ranges`."""
    return Beyond(
        moved=int(_moved(table).sum()),
        known=int((table["intervalles"] != "").sum()),
        apart=int((table["intervalles"] == APART).sum()),
    )


def _moved(table: pd.DataFrame) -> pd.Series:
    return table["ecart_rang"].notna() & (table["ecart_rang"] != 0)
