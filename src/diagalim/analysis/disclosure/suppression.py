"""Which cells of a table of respondents are hidden?

First those that show too few units or one unit that is nearly all (INSEE, *Guide du secret
statistique*, June 2024: no cell on fewer than 3 units, no unit above 85 % of a quantity; here
5 units are asked). Then, since a cell hidden alone is found again by subtraction, others beside it,
the smallest first, until the audit says that no hidden cell can be worked out closely, those hidden
beside it included. A zero is shown, for it speaks of nobody: readers know that a hidden count is
one at least, and so does the audit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.analysis.disclosure.audit import Interval, intervals
from diagalim.analysis.disclosure.relations import TOTAL, Cell, Relations, table_relations

THRESHOLD = 5
"""Fewest units that a shown cell may rest on (project's convention, never under 3)."""
LOWEST_THRESHOLD = 3
DOMINANCE = 0.85
"""Largest share of a quantity that one unit may hold."""
LEAST_WIDTH, RELATIVE_WIDTH = 3.0, 0.5
"""A hidden count must stay in doubt by this many units, and by this share of itself."""
LEAST_COUNT = 1.0
"""What a hidden count is at least, since a zero is shown."""


@dataclass(frozen=True)
class Protected:
    """A table made safe.

    Attributes
    ----------
    primary : frozenset of cell
        Hidden because of what they are.
    hidden : frozenset of cell
        All that is hidden, primary included.
    left : dict of cell to Interval
        What a reader can still work out of each hidden cell.
    """

    primary: frozenset[Cell]
    hidden: frozenset[Cell]
    left: dict[Cell, Interval]


def is_safe(
    value: float, left: Interval, *, beside: bool = False, threshold: int = THRESHOLD
) -> bool:
    """Tell whether a hidden count stays in doubt: wide enough, and not one number only.

    A cell hidden ``beside`` another is large enough to be shown: it need not stay in doubt by a
    share of itself. A small one must stay in doubt even for who guesses that it is under the
    threshold, from the rule itself.
    """
    if beside:
        return left.width >= LEAST_WIDTH
    guessed = min(left.high, threshold - 1) - left.low >= 1 or value >= threshold
    return guessed and left.width >= max(LEAST_WIDTH, RELATIVE_WIDTH * value)


def dominated(contributions: Iterable[float], share: float = DOMINANCE) -> bool:
    """Tell whether one unit makes more than a share of a quantity (tonnes, euros)."""
    amounts = sorted((float(amount) for amount in contributions), reverse=True)
    return bool(amounts) and amounts[0] > share * sum(amounts)


def protect(
    relations: Relations,
    threshold: int = THRESHOLD,
    also: Iterable[Cell] = (),
    beside: Iterable[Cell] = (),
    least: float = LEAST_COUNT,
) -> Protected:
    """Hide what must be hidden, and what would give it away.

    Parameters
    ----------
    relations : Relations
        Cells and sums of one table or of several linked ones.
    threshold : int
        Fewest units of a shown cell; 3 at the least.
    also : iterable of cell
        Cells to hide for another reason (`dominated`).
    beside : iterable of cell
        Cells already chosen to be hidden with them (`rectangles`); more are added when needed.
    least : float
        What a hidden cell is at least: 0 for quantities, whose hidden cells may be nothing.

    Raises
    ------
    ValueError
        When the threshold is under 3 or a count is not a whole number of units.
    """
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"threshold {threshold} is under {LOWEST_THRESHOLD}")
    values = relations.values
    wrong = [cell for cell, value in values.items() if value < 0 or value != int(value)]
    if wrong:
        raise ValueError(f"not a count of units: {wrong[:3]}")
    primary = {cell for cell, value in values.items() if 0 < value < threshold} | set(also)
    hidden = primary | set(beside)
    exposed = sorted(hidden, key=repr)
    while exposed:
        # hiding more only widens a doubt: a cell once safe is not looked at again
        found = intervals(relations, hidden, exposed, least=least)
        exposed = [
            cell
            for cell in exposed
            if not is_safe(values[cell], found[cell], beside=cell not in primary)
        ]
        more = {other for cell in exposed for other in _around(cell, relations, hidden)} - hidden
        if not more:
            break  # all that is tied to these cells is hidden: nothing more can be done
        hidden |= more
        exposed += sorted(more, key=repr)
    left = intervals(relations, hidden, least=least)
    return Protected(frozenset(primary), frozenset(hidden), left)


def protect_table(table: pd.DataFrame, threshold: int = THRESHOLD) -> pd.DataFrame:
    """Return a table of counts with its totals, hidden cells missing.

    Parameters
    ----------
    table : DataFrame of int
        Counts crossed two ways, without totals.
    threshold : int
        Fewest units of a shown cell.

    Returns
    -------
    DataFrame of Int64
        With a line and a column `TOTAL`; a hidden cell is ``<NA>``.
    """
    relations = table_relations(table)
    hidden = protect(relations, threshold, beside=rectangles(table, threshold)).hidden
    rows, columns = [*table.index, TOTAL], [*table.columns, TOTAL]
    shown = [
        [
            pd.NA if (cell := ("", row, column)) in hidden else int(relations.values[cell])
            for column in columns
        ]
        for row in rows
    ]
    return pd.DataFrame(shown, index=rows, columns=columns, dtype="Int64")


def rectangles(table: pd.DataFrame, threshold: int = THRESHOLD) -> set[Cell]:
    """Choose, for each small cell, the cheapest rectangle that keeps it in doubt.

    Four hidden cells at the corners of a rectangle can all move together without moving a total:
    the two on one diagonal up, the two on the other down, as far as the smallest allows. This is
    the least that hides a cell in a table with its totals, and it leaves the totals in sight.

    Parameters
    ----------
    table : DataFrame of int
        Counts crossed two ways, without totals.
    threshold : int
        Fewest units of a shown cell.

    Returns
    -------
    set of cell
        Cells to hide, named as in `table_relations`; empty for a small cell that no rectangle
        protects (`protect` then looks further).
    """
    counts = table.to_numpy()
    hidden = (counts > 0) & (counts < threshold)
    small = sorted(zip(*hidden.nonzero(), strict=True), key=lambda place: counts[place])
    for row, column in small:
        value = counts[row, column]
        along, down = counts[row][None, :], counts[:, column][:, None]
        doubt = np.minimum(value, counts) + np.minimum(along, down) - 2 * LEAST_COUNT
        cost = (
            np.where(hidden, 0, counts)
            + np.where(hidden[row][None, :], 0, along)
            + np.where(hidden[:, column][:, None], 0, down)
        ).astype(float)
        unfit = doubt < max(LEAST_WIDTH, RELATIVE_WIDTH * value)
        unfit |= (counts == 0) | (along == 0) | (down == 0)
        unfit[row, :] = unfit[:, column] = True
        cost[unfit] = np.inf
        if np.isfinite(cost).any():
            far, across = np.unravel_index(cost.argmin(), cost.shape)
            hidden[row, across] = hidden[far, column] = hidden[far, across] = True
    names = zip(*hidden.nonzero(), strict=True)
    return {("", table.index[row], table.columns[column]) for row, column in names}


def _around(cell: Cell, relations: Relations, hidden: set[Cell]) -> list[Cell]:
    """Return what to hide for a cell: beside it, else beside the hidden cells it is tied to."""
    tied, reached = [cell], {cell}
    while tied:
        more = [other for near in tied for other in _beside(near, relations, hidden)]
        if more:
            return more
        lines = [[total, *parts] for total, parts in relations.sums]
        met = {other for line in lines if reached.intersection(line) for other in line}
        tied = sorted((met & hidden) - reached, key=repr)
        reached.update(tied)
    return []


def _beside(cell: Cell, relations: Relations, hidden: set[Cell]) -> list[Cell]:
    """Return, for each sum that holds a cell, the smallest shown count to hide with it.

    A total goes last, for it is what readers come for; a zero protects nothing.
    """
    chosen = []
    for total, parts in relations.sums:
        if cell != total and cell not in parts:
            continue
        candidates = [part for part in parts if part not in hidden and relations.values[part] > 0]
        if not candidates and total not in hidden:
            candidates = [total]
        if candidates:
            chosen.append(min(candidates, key=lambda other: (relations.values[other], repr(other))))
    return chosen
