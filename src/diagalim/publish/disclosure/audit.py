"""What can a reader work out of a hidden cell?

Everything shown is known: the other cells, the totals, and that a count is not negative. The least
and the greatest count that agree with all of it are two linear programmes a cell (HiGHS). When they
meet, hiding the cell was of no use (Hundepool et al. 2012, *Statistical Disclosure Control*).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from diagalim.publish.disclosure.relations import Cell, Relations

ROUND_OFF = 1e-6
"""Bounds are whole numbers for one table; the solver leaves a little noise."""


class Interval(NamedTuple):
    """The least and greatest count that agree with what is shown."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How many units the reader is in doubt about."""
        return self.high - self.low


def intervals(
    relations: Relations,
    hidden: Iterable[Cell],
    asked: Iterable[Cell] | None = None,
    largest: float | None = None,
) -> dict[Cell, Interval]:
    """Return what a reader can work out of hidden cells.

    Parameters
    ----------
    relations : Relations
        All the cells and sums; cells that are not hidden are known.
    hidden : iterable of cell
        Cells that are not shown.
    asked : iterable of cell, optional
        Hidden cells to work out, all of them by default.
    largest : float, optional
        What no cell can exceed, known from outside (the number of structures asked).

    Returns
    -------
    dict of cell to Interval
        Rounded to whole counts, outwards.

    Raises
    ------
    RuntimeError
        When the solver does not end: never taken for a safe cell.
    """
    unknown = sorted(set(hidden), key=repr)
    column = {cell: position for position, cell in enumerate(unknown)}
    matrix, known = _system(relations, column)
    bounds = (0.0, largest if largest is not None else np.inf)
    wanted = unknown if asked is None else list(asked)
    found = {}
    for cell in wanted:
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(unknown))
            cost[column[cell]] = sign
            done = linprog(cost, A_eq=matrix, b_eq=known, bounds=bounds, method="highs")
            if done.status == 3 and sign < 0:  # unbounded: nothing shown limits the cell
                ends.append(np.inf)
            elif done.status == 0:
                ends.append(sign * done.fun)
            else:
                raise RuntimeError(f"{cell!r}: {done.message}")
        low, high = ends
        found[cell] = Interval(float(np.ceil(low - ROUND_OFF)), float(np.floor(high + ROUND_OFF)))
    return found


def _system(
    relations: Relations, column: dict[Cell, int]
) -> tuple[coo_array | None, np.ndarray | None]:
    """Return the sums that hold an unknown cell: coefficients of the unknown, and the rest."""
    rows, columns, coefficients, known = [], [], [], []
    for total, parts in relations.sums:
        terms = [(total, -1.0), *((part, 1.0) for part in parts)]
        if not any(cell in column for cell, _ in terms):
            continue
        rest = 0.0
        for cell, sign in terms:
            if cell in column:
                rows.append(len(known))
                columns.append(column[cell])
                coefficients.append(sign)
            else:
                rest -= sign * relations.values[cell]
        known.append(rest)
    if not known:
        return None, None
    shape = (len(known), len(column))
    return coo_array((coefficients, (rows, columns)), shape=shape).tocsr(), np.array(known)
