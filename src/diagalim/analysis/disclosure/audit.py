"""What can a reader work out of a hidden cell?

Everything shown is known: the other cells, the totals, and that a count is not negative; where a
zero is shown, a hidden count is one at least. The least and the greatest count that agree with all
of it are two linear programmes a cell (HiGHS), or two programmes in whole numbers. When they meet,
hiding the cell was of no use (Hundepool et al. 2012, *Statistical Disclosure Control*). Only the
unknown cells tied to the one asked, near or far, enter its programmes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from diagalim.analysis.disclosure.relations import Cell, Limit, Relations

ROUND_OFF = 1e-6
"""Bounds are whole numbers for one table; the solver leaves a little noise."""
ANY = (0.0, np.inf)
"""What is known of a count before anything is shown."""


class Interval(NamedTuple):
    """The least and greatest count that agree with what is shown."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How many units the reader is in doubt about."""
        return self.high - self.low


@dataclass(frozen=True)
class Doubt:
    """What a reader does not know, and what ties it to what is known.

    Attributes
    ----------
    unknown : list of cell
        In the order of the columns.
    matrix : sparse array
        One row a sum that holds an unknown cell.
    low, high : ndarray
        Bounds of each row, what is known taken away.
    known : list of frozenset of cell
        Shown cells of each row, and those through which others of the row are found.
    found : dict of cell to (float, frozenset of cell)
        What a reader finds by additions and subtractions alone: the count, and the shown cells it
        is found through.
    """

    unknown: list[Cell]
    bounds: np.ndarray
    matrix: csr_array
    low: np.ndarray
    high: np.ndarray
    known: list[frozenset[Cell]]
    found: dict[Cell, tuple[float, frozenset[Cell]]] = field(default_factory=dict)

    def around(self, cell: Cell) -> Doubt:
        """Return the part of the system that is tied to one cell, near or far."""
        if cell in self.found:
            return self
        part = int(self._parts[self._column[cell]])
        if part not in self._around:
            self._around[part] = self._only(self._parts == part)
        return self._around[part]

    def _only(self, mine: np.ndarray) -> Doubt:
        count = len(self.unknown)
        columns, lines = np.flatnonzero(mine[:count]), np.flatnonzero(mine[count:])
        return Doubt(
            [self.unknown[column] for column in columns],
            self.bounds[columns],
            self.matrix[lines][:, columns],
            self.low[lines],
            self.high[lines],
            [self.known[line] for line in lines],
        )

    @cached_property
    def _column(self) -> dict[Cell, int]:
        return {cell: position for position, cell in enumerate(self.unknown)}

    @cached_property
    def _around(self) -> dict[int, Doubt]:
        """Parts already taken apart, by number."""
        return {}

    @cached_property
    def _parts(self) -> np.ndarray:
        """Number of the connected part of each unknown cell, then of each row."""
        count, rows = len(self.unknown), self.matrix.shape[0]
        links = coo_array(self.matrix)
        graph = coo_array(
            (np.ones(links.nnz), (links.coords[0] + count, links.coords[1])),
            shape=(count + rows, count + rows),
        )
        return connected_components(graph, directed=False)[1]

    def ends(self, cell: Cell, *, whole: bool = False) -> Interval:
        """Return the least and greatest count of a cell, outwards to whole counts."""
        if cell in self.found:
            return Interval(self.found[cell][0], self.found[cell][0])
        low, high = (self._end(cell, sign, whole) for sign in (1.0, -1.0))
        return Interval(float(np.ceil(low - ROUND_OFF)) + 0.0, float(np.floor(high + ROUND_OFF)))

    def _end(self, cell: Cell, sign: float, whole: bool) -> float:
        done = milp(
            self._cost(cell, sign),
            integrality=np.full(len(self.unknown), int(whole)),
            bounds=Bounds(self.bounds[:, 0], self.bounds[:, 1]),
            constraints=LinearConstraint(self.matrix, self.low, self.high) if self.known else None,
        )
        if done.status == 3 and sign < 0:  # unbounded: nothing shown limits the cell
            return np.inf
        if done.status == 4 and whole:  # in whole numbers the solver does not say which it is
            return self._end(cell, sign, whole=False)
        if done.status != 0:
            raise RuntimeError(f"{cell!r}: {done.message}")
        return sign * done.fun

    def culprits(self, cell: Cell) -> set[Cell]:
        """Return what a reader goes through to come at the bounds of a hidden cell.

        These are the cells of the rows that have a price in one of the two programmes.
        """
        if cell in self.found:
            return set(self.found[cell][1])
        equal = self.low == self.high
        upper, lower = (np.isfinite(end) & ~equal for end in (self.high, self.low))
        rows = np.concatenate([np.flatnonzero(side) for side in (upper, lower, equal)])
        prices = np.zeros(len(rows))
        for sign in (1.0, -1.0):
            done = linprog(
                self._cost(cell, sign),
                A_ub=np.vstack([self.matrix[upper].toarray(), -self.matrix[lower].toarray()]),
                b_ub=np.concatenate([self.high[upper], -self.low[lower]]),
                A_eq=self.matrix[equal].toarray(),
                b_eq=self.low[equal],
                bounds=self.bounds,
            )
            if done.status == 0:
                prices += np.abs([*done.ineqlin.marginals, *done.eqlin.marginals])
        return {other for row in rows[prices > ROUND_OFF] for other in self._cells(row)}

    def _cells(self, row: int) -> list[Cell]:
        start, end = self.matrix.indptr[row], self.matrix.indptr[row + 1]
        return [*self.known[row], *(self.unknown[c] for c in self.matrix.indices[start:end])]

    def _cost(self, cell: Cell, sign: float) -> np.ndarray:
        cost = np.zeros(len(self.unknown))
        cost[self._column[cell]] = sign
        return cost


def doubt(relations: Relations, unknown: Mapping[Cell, tuple[float, float]]) -> Doubt:
    """Return what is not known of some cells, all others being shown.

    Parameters
    ----------
    relations : Relations
        All the cells and what ties them.
    unknown : mapping of cell to (float, float)
        Cells that are not shown exactly, with the bounds known of each.
    """
    rows = list(_rows(relations))
    found = _found(rows, relations, set(unknown))
    names = sorted(unknown.keys() - found.keys(), key=repr)
    column = {cell: position for position, cell in enumerate(names)}
    places, columns, weights, low, high, known = [], [], [], [], [], []
    for terms, least, most in rows:
        open_cells = [cell for cell in terms if cell in column]
        if not open_cells:
            continue
        places += [len(low)] * len(open_cells)
        columns += [column[cell] for cell in open_cells]
        weights += [terms[cell] for cell in open_cells]
        shown = terms.keys() - set(open_cells)
        rest = sum(terms[cell] * relations.values[cell] for cell in shown)
        low.append(least - rest)
        high.append(most - rest)
        known.append(_through(shown, found))
    matrix = coo_array((weights, (places, columns)), shape=(len(low), len(names))).tocsr()
    bounds = np.array([unknown[cell] for cell in names], dtype=float).reshape(-1, 2)
    return Doubt(names, bounds, matrix, np.array(low), np.array(high), known, found)


def _found(
    rows: list[Limit], relations: Relations, unknown: set[Cell]
) -> dict[Cell, tuple[float, frozenset[Cell]]]:
    """Return the unknown cells that are alone in a sum, again and again until none is left."""
    found: dict[Cell, tuple[float, frozenset[Cell]]] = {}
    waiting = [row for row in rows if row.low == row.high]
    while True:
        alone = [(row, left) for row in waiting if len(left := row.terms.keys() & unknown) == 1]
        if not alone:
            return found
        for row, (cell,) in alone:
            if cell in unknown:
                shown = row.terms.keys() - {cell}
                found[cell] = (relations.values[cell], _through(shown, found))
                unknown.discard(cell)
        waiting = [row for row in waiting if row.terms.keys() & unknown]


def _through(
    cells: Iterable[Cell], found: Mapping[Cell, tuple[float, frozenset[Cell]]]
) -> frozenset[Cell]:
    """Return shown cells, those found opened into what they are found through."""
    return frozenset().union(*(found[cell][1] if cell in found else (cell,) for cell in cells))


def _rows(relations: Relations) -> Iterable[Limit]:
    for total, parts in relations.sums:
        yield Limit({total: -1.0} | dict.fromkeys(parts, 1.0), 0.0, 0.0)
    yield from relations.limits


def intervals(
    relations: Relations,
    hidden: Iterable[Cell],
    asked: Iterable[Cell] | None = None,
    largest: float | None = None,
    least: float = 0.0,
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
    least : float
        What no hidden cell is under: one where a zero is always shown.

    Returns
    -------
    dict of cell to Interval
        Rounded to whole counts, outwards.

    Raises
    ------
    RuntimeError
        When the solver does not end: never taken for a safe cell.
    """
    hidden = set(hidden)
    ends = (least, largest if largest is not None else np.inf)
    left = doubt(relations, dict.fromkeys(hidden, ends))
    wanted = sorted(hidden, key=repr) if asked is None else list(asked)
    return {cell: left.around(cell).ends(cell) for cell in wanted}
