"""Given sums, shares and rounding, what is the least and the greatest that each unknown can be?

Unknowns and relations fall apart into pieces that share nothing; in each piece, two whole-number
programmes an unknown (HiGHS) give its bounds.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

Name = Hashable
NOISE = 1e-6
MOST = 1e6
"""No count and no quantity of a department is larger."""


class Contradiction(ValueError):
    """What is published cannot all be true: a reader must not be told two things."""


class Relation(NamedTuple):
    """A sum of unknowns between two bounds; ``supposed`` when a reader only guesses it."""

    terms: dict[Name, float]
    low: float
    high: float
    supposed: bool


@dataclass
class System:
    """Unknowns, what is known of each alone, and what ties them."""

    low: dict[Name, float] = field(default_factory=dict)
    high: dict[Name, float] = field(default_factory=dict)
    real: set[Name] = field(default_factory=set)
    relations: list[Relation] = field(default_factory=list)

    def set(self, name: Name, low: float, high: float = MOST, real: bool = False) -> Name:
        """Say between what an unknown lies; said twice, both hold."""
        self.low[name] = max(low, self.low.get(name, -MOST))
        self.high[name] = min(high, self.high.get(name, MOST))
        if real:
            self.real.add(name)
        return name

    def tie(
        self, terms: Mapping[Name, float], low: float, high: float, supposed: bool = False
    ) -> None:
        """Say between what a sum of unknowns lies."""
        self.relations.append(Relation(dict(terms), low, high, supposed))

    def equal(self, total: Name, parts: Iterable[Name], supposed: bool = False) -> None:
        """Say that parts add up to a total."""
        terms = {part: 1.0 for part in parts}
        terms[total] = terms.get(total, 0.0) - 1.0
        self.tie(terms, 0.0, 0.0, supposed)

    def at_most(self, less: Name, more: Name, supposed: bool = False) -> None:
        """Say that one unknown is not larger than another."""
        self.tie({more: 1.0, less: -1.0}, 0.0, np.inf, supposed)

    def bounds(self, asked: Iterable[Name]) -> dict[Name, tuple[float, float]]:
        """Return the least and the greatest of each unknown asked.

        Raises
        ------
        Contradiction
            When nothing agrees with all that is sure.
        """
        piece = self._pieces()
        wanted: dict[int, list[Name]] = {}
        found = {}
        for name in asked:
            if self.low[name] == self.high[name]:
                found[name] = (self.low[name], self.high[name])
            else:
                wanted.setdefault(piece.get(name, -1 - len(wanted)), []).append(name)
        for number, names in wanted.items():
            own = [r for r in self.relations if any(piece.get(n) == number for n in r.terms)]
            found |= self._solve(names, own)
        return found

    def _free(self, relation: Relation) -> list[Name]:
        return [name for name in relation.terms if self.low[name] < self.high[name]]

    def _pieces(self) -> dict[Name, int]:
        """Return the number of the piece of each unknown that is tied to another."""
        parent: dict[Name, Name] = {}

        def root(name: Name) -> Name:
            while parent.setdefault(name, name) != name:
                name = parent[name]
            return name

        for relation in self.relations:
            free = self._free(relation)
            for name in free:
                parent[root(name)] = root(free[0])
        numbers = {name: number for number, name in enumerate({root(name): 0 for name in parent})}
        return {name: numbers[root(name)] for name in list(parent)}

    def _solve(self, asked: list[Name], own: list[Relation]) -> dict[Name, tuple[float, float]]:
        """Solve a piece; where a guess contradicts what is sure, guesses are dropped."""
        for relations in (own, [relation for relation in own if not relation.supposed]):
            names = list(dict.fromkeys([*asked, *(n for r in relations for n in r.terms)]))
            ends = [self._ends(name, names, relations) for name in asked]
            if None not in ends:
                return dict(zip(asked, ends, strict=True))
        raise Contradiction(f"what is published of {asked[:3]} cannot all be true")

    def _ends(
        self, name: Name, names: list[Name], relations: list[Relation]
    ) -> tuple[float, float] | None:
        column = {one: place for place, one in enumerate(names)}
        low, high = ([side[one] for one in names] for side in (self.low, self.high))
        whole = np.array([one not in self.real for one in names], dtype=int)
        held = [_matrix(relations, column)] if relations else []
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(names))
            cost[column[name]] = sign
            done = milp(
                cost,
                constraints=held,
                integrality=whole,
                bounds=Bounds(low, high),
                options={"mip_rel_gap": 0.0},
            )
            if done.status == 2:
                return None
            if done.x is None:
                raise RuntimeError(f"{name!r}: {done.message}")
            ends.append(sign * done.fun)
        if name in self.real:
            return ends[0], ends[1]
        return float(np.ceil(ends[0] - NOISE)), float(np.floor(ends[1] + NOISE))


def _matrix(relations: list[Relation], column: Mapping[Name, int]) -> LinearConstraint:
    cells = [
        (line, column[n], value) for line, r in enumerate(relations) for n, value in r.terms.items()
    ]
    rows, columns, values = zip(*cells, strict=True)
    matrix = coo_array((values, (rows, columns)), shape=(len(relations), len(column))).tocsr()
    return LinearConstraint(matrix, [r.low for r in relations], [r.high for r in relations])
