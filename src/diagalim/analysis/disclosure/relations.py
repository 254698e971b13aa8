"""Which sums tie the cells of one or several published tables together?

A hidden cell is recovered through sums: a row and its total, a table and the one it details. Cells
that stand in two tables have one name, so that linked tables are audited together.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

Cell = Hashable
TOTAL = "Ensemble"
"""Heading of the line and column of totals."""


class Limit(NamedTuple):
    """Bounds of a weighted sum of cells."""

    terms: dict[Cell, float]
    low: float
    high: float


@dataclass
class Relations:
    """Cells and the sums between them.

    Attributes
    ----------
    values : dict
        True count of each cell, totals included.
    sums : list of (cell, list of cell)
        A total and the cells that add up to it.
    limits : list of Limit
        What else readers know of the cells together.
    """

    values: dict[Cell, float] = field(default_factory=dict)
    sums: list[tuple[Cell, list[Cell]]] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)

    def tie(self, total: Cell, parts: list[Cell]) -> bool:
        """Add a sum when the counts bear it out, and tell whether they do.

        Readers know the questionnaire: who answered « oui » is who was asked the next question. A
        sum that the data contradict would prove anything, and is left out.
        """
        holds = self.values[total] == sum(self.values[part] for part in parts)
        if holds:
            self.sums.append((total, list(parts)))
        return holds

    def at_most(self, part: Cell, whole: Cell) -> None:
        """Say that a count is within another, when the counts bear it out, as `tie` does.

        Those who ticked a box are among those asked.
        """
        if self.values[part] <= self.values[whole]:
            self.limits.append(Limit({part: 1.0, whole: -1.0}, -math.inf, 0.0))

    def add(self, other: Relations) -> Relations:
        """Return these cells and those of a linked table, shared cells once.

        Raises
        ------
        ValueError
            When a cell has another count in the other table.
        """
        for cell, value in other.values.items():
            if self.values.get(cell, value) != value:
                raise ValueError(f"cell {cell!r} is {self.values[cell]} and {value}")
        return Relations(
            self.values | other.values,
            [*self.sums, *other.sums],
            [*self.limits, *other.limits],
        )


def table_relations(table: pd.DataFrame, name: Hashable = "") -> Relations:
    """Return the cells and sums of a table of counts crossed two ways, totals made here.

    Parameters
    ----------
    table : DataFrame of int
        Counts without totals; cells are named ``(name, row, column)``.
    name : hashable
        What tells this table from linked ones.
    """
    rows, columns = list(table.index), list(table.columns)
    if TOTAL in rows or TOTAL in columns:
        raise ValueError(f"a line or column is already named {TOTAL!r}")
    values: dict[Cell, float] = {
        (name, row, column): float(table.loc[row, column]) for row in rows for column in columns
    }
    sums: list[tuple[Cell, list[Cell]]] = []
    for row in rows:
        parts = [(name, row, column) for column in columns]
        values[name, row, TOTAL] = sum(values[cell] for cell in parts)
        sums.append(((name, row, TOTAL), parts))
    for column in [*columns, TOTAL]:
        parts = [(name, row, column) for row in rows]
        values[name, TOTAL, column] = sum(values[cell] for cell in parts)
        sums.append(((name, TOTAL, column), parts))
    sums.append(((name, TOTAL, TOTAL), [(name, TOTAL, column) for column in columns]))
    return Relations(values, sums)


def line_relations(counts: Mapping[Hashable, float], name: Hashable = "") -> Relations:
    """Return the cells and the one sum of a list of counts with its total."""
    values: dict[Cell, float] = {(name, key): float(count) for key, count in counts.items()}
    parts = list(values)
    values[name, TOTAL] = sum(values.values())
    return Relations(values, [((name, TOTAL), parts)])
