"""Which counts of a whole chapter are hidden, when its tables tell on each other?

A table may be safe alone and undone by the next: the base of a follow-up question is one answer of
the question before it, the lines of a grid were all seen by the same structures. Here everything a
chapter publishes is one system of counts. What a small count is found through is given up, the
cheapest thing first: a base is rounded before it is withheld, and withheld before an answer is
hidden. What turns out not to be needed is shown again. The proof is in whole numbers, on the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from diagalim.analysis.disclosure.audit import ANY, Doubt, Interval, doubt
from diagalim.analysis.disclosure.relations import Cell, Relations
from diagalim.analysis.disclosure.suppression import LEAST_COUNT, THRESHOLD, is_safe

STEP = 10
"""A base that may not be shown exactly is given to the nearest ten."""


@dataclass
class Publication:
    """What a chapter would publish, and what ties it.

    Attributes
    ----------
    relations : Relations
        All the counts, published or not, and what readers know of them together.
    cost : dict of cell to float
        What hiding a published count costs; a cell without a cost is never shown in itself.
    rounded : dict of cell to float
        What it costs to give a published count to the nearest `STEP` instead, where it may be.
    fixed : set of cell
        Counts shown whatever happens.
    telling : set of cell
        Published counts that are large and hidden all the same: they show the few others.
    watched : dict of cell to float
        Counts that are not shown and must not be worked out when they are small; nothing dearer
        than the price is given up for them.
    """

    relations: Relations = field(default_factory=Relations)
    cost: dict[Cell, float] = field(default_factory=dict)
    rounded: dict[Cell, float] = field(default_factory=dict)
    fixed: set[Cell] = field(default_factory=set)
    telling: set[Cell] = field(default_factory=set)
    watched: dict[Cell, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """What is left of a publication.

    Attributes
    ----------
    publication : Publication
        What was to be published.
    primary, hidden, rounded : frozenset of cell
        Hidden for what they are; all that is hidden; given to the nearest `STEP`.
    """

    publication: Publication
    primary: frozenset[Cell]
    hidden: frozenset[Cell]
    rounded: frozenset[Cell]

    @cached_property
    def doubt(self) -> Doubt:
        """What a reader does not know."""
        values = self.publication.relations.values
        seen = (self.publication.cost.keys() | self.publication.fixed) - self.hidden - self.rounded
        unknown = dict.fromkeys(values.keys() - seen, ANY)
        unknown |= dict.fromkeys(self.hidden, (LEAST_COUNT, ANY[1]))
        unknown |= {cell: rounding(values[cell]) for cell in self.rounded}
        return doubt(self.publication.relations, unknown)

    def left(self, cells: Iterable[Cell]) -> dict[Cell, Interval]:
        """Return what a reader can work out of counts that are not shown, in whole numbers."""
        return {cell: self.doubt.around(cell).ends(cell, whole=True) for cell in cells}

    def keeps(self, cell: Cell) -> bool:
        """Tell whether a count that is not shown stays in doubt."""
        value = self.publication.relations.values[cell]
        return is_safe(value, self.left([cell])[cell], beside=self.beside(cell))

    def beside(self, cell: Cell) -> bool:
        """Tell whether a cell is hidden for the sake of others."""
        return cell in self.hidden and cell not in self.primary

    def give_up(self, cell: Cell) -> Shown:
        """Return the same with one count less: rounded when it may be, else hidden."""
        rounds = cell in self.publication.rounded and cell not in self.rounded | self.hidden
        if rounds:
            return Shown(self.publication, self.primary, self.hidden, self.rounded | {cell})
        return Shown(
            self.publication, self.primary, self.hidden | {cell}, self.rounded - {cell}
        )  # fmt: skip

    def price(self, cell: Cell) -> float:
        """Return what giving up a count costs, a little more for a larger one."""
        rounds = cell in self.publication.rounded and cell not in self.rounded
        cost = (self.publication.rounded if rounds else self.publication.cost)[cell]
        return cost + self.publication.relations.values[cell] / 1e5


def rounding(value: float) -> tuple[float, float]:
    """Return what a reader knows of a count given to the nearest `STEP`."""
    shown = nearest(value)
    return shown - STEP / 2, shown + STEP / 2 - 1


def nearest(value: float) -> int:
    """Return a count to the nearest `STEP`, halves upwards."""
    return int((value + STEP / 2) // STEP * STEP)


def withhold(
    publication: Publication, threshold: int = THRESHOLD, beside: Iterable[Cell] = ()
) -> Shown:
    """Hide what is small, then give up what it is found through, the cheapest first.

    Parameters
    ----------
    publication : Publication
        Counts of structures and what ties them.
    threshold : int
        Fewest structures of a shown count.
    beside : iterable of cell
        Published counts already chosen to be hidden with the small ones.
    """
    values = publication.relations.values
    primary = frozenset(cell for cell in publication.cost if 0 < values[cell] < threshold)
    primary |= publication.telling
    shown = Shown(publication, primary, primary | frozenset(beside), frozenset())
    watched = {cell for cell in publication.watched if 0 < values[cell] < threshold}
    lost, unsure = set(), set(beside)
    waiting = sorted(shown.hidden | watched, key=repr)
    while waiting:  # giving up more only widens a doubt: what is safe once stays so
        cell = waiting[0]
        better = None if shown.keeps(cell) else _protect(shown, cell)
        if better is not None:
            given = (better.hidden | better.rounded) - (shown.hidden | shown.rounded)
            unsure |= set() if better.keeps(cell) else given
            waiting += sorted(better.hidden - shown.hidden, key=repr)
            shown = better
            continue
        waiting.pop(0)
        if not shown.keeps(cell):
            lost.add(cell)  # all that ties it is hidden: nothing more can be done
    return _show_again(shown, unsure - primary, (shown.hidden | watched) - lost)


def _protect(shown: Shown, cell: Cell) -> Shown | None:
    """Give up the cheapest count that puts a cell back in doubt; failing one, the cheapest."""
    reach = shown.publication.watched.get(cell, float("inf"))
    reached = shown.doubt.around(cell).culprits(cell)
    ways = sorted(
        (other for other in _open(shown, reached, cell) if shown.price(other) <= reach),
        key=lambda other: (shown.price(other), repr(other)),
    )
    for way in ways:
        tried = shown.give_up(way)
        if tried.keeps(cell):
            return tried
    return shown.give_up(ways[0]) if ways else None


def _open(shown: Shown, reached: set[Cell], cell: Cell) -> set[Cell]:
    """Return what may still be given up; a zero protects nothing."""
    values = shown.publication.relations.values
    return {
        other
        for other in (reached & shown.publication.cost.keys()) - shown.hidden - {cell}
        if values[other] > 0
    }


def _show_again(shown: Shown, unsure: set[Cell], kept: set[Cell]) -> Shown:
    """Show again, the dearest first, what was given up without being enough and need not be."""
    for cell in sorted(unsure, key=lambda cell: (-shown.publication.cost[cell], repr(cell))):
        tried = Shown(
            shown.publication, shown.primary, shown.hidden - {cell}, shown.rounded - {cell}
        )
        if all(tried.keeps(other) for other in kept - {cell}):
            shown, kept = tried, kept - {cell}
    return shown
