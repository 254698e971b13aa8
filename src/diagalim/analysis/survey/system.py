"""What may be shown of a survey, taken all together: everything counted of it, as one system?

A count is found again through the others: the base of a table is the sum of its answers; who was
asked a follow-up is who gave one answer before; who left at a page is who reached the next one
less; the lines of a grid were seen by the same structures; the totals of a crossed table are the
answers of its question. `protected` ties all of it together and gives up, the cheapest first, what
would tell on a small count (`diagalim.analysis.disclosure.linked`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from diagalim.analysis.disclosure.linked import Publication, nearest, withhold
from diagalim.analysis.disclosure.relations import TOTAL, Cell
from diagalim.analysis.disclosure.suppression import THRESHOLD, rectangles
from diagalim.analysis.survey.response import break_off
from diagalim.analysis.survey.shown import (
    ANSWER,
    ASIDE,
    BASE,
    CROSSED,
    KIND,
    LEFT,
    NUMBER,
    REACHED,
    SPARED,
    SurveyShown,
)
from diagalim.analysis.survey.tabulation import SINGLE, Tabulated

COSTS = {SPARED: 0.2, LEFT: 0.5, NUMBER: 0.7, ASIDE: 1.0, CROSSED: 1.0, KIND: 2.0}
"""What hiding a count costs a reader: a caption less than a line, a line less than its share."""
ROUNDED = {SPARED: 0.1, NUMBER: 0.3, BASE: 0.5}
"""What giving a count to the nearest ten costs."""
ANSWER_COST, ANSWER_OF_TWO = 2.0, 3.0
"""An answer goes with its share and its interval; of two answers, the other goes with it."""
LEAST_ROUNDED = 50
"""Rounded base under which no share is given: to the nearest ten, it would be too rough."""
PAGE_PRICE = 1.2
"""Who stopped at which page is protected with captions and bases, never at the price of answers."""


@dataclass
class SurveySystem:
    """The counts of a survey and what ties them, built question by question.

    Attributes
    ----------
    publication : Publication
        Filled by the methods.
    beside : set of cell
        Cells of crossed tables chosen to be hidden with the small ones.
    """

    publication: Publication = field(default_factory=Publication)
    beside: set[Cell] = field(default_factory=set)

    def count(self, cell: Cell, value: float, cost: float | None = None) -> Cell:
        """Add a count; it is published when hiding it costs something."""
        self.publication.relations.values[cell] = float(value)
        if cost is not None:
            self.publication.cost[cell] = cost
        return cell

    def base(self, item: str, value: int, answers: int) -> Cell:
        """Add the base of a table; without it every share of the table is gone."""
        gone = ANSWER_COST * answers
        cell = self.count((BASE, item), value, 1.0 + gone)
        rough = nearest(value) < LEAST_ROUNDED
        self.publication.rounded[cell] = ROUNDED[BASE] + (gone if rough else 0.0)
        return cell

    def fix(self, cell: Cell, value: float) -> Cell:
        """Add a count that is shown whatever happens."""
        self.publication.fixed.add(self.count(cell, value))
        return cell

    def add_table(self, table: Tabulated, threshold: int = THRESHOLD) -> None:
        """Add the answers to one question, their base, and those who gave one or said not to know.

        An item with one answer is one sum. A box to tick is a sum of its own: those who ticked it
        and those who did not; a box that nearly all ticked shows the few who did not.
        """
        single = table.kind == SINGLE
        base = self.base(table.item, table.base, len(table.counts))
        cost = ANSWER_OF_TWO if single and len(table.counts) < 3 else ANSWER_COST
        inside = [
            self.count((ANSWER, table.item, answer), count, cost)
            for answer, count in table.counts.items()
        ]
        outside = [
            self.count((ANSWER, table.item, answer), count, COSTS[ASIDE])
            for answer, count in table.outside.items()
        ]
        ties = self.publication.relations
        answered = self.count(("répondu", table.item), table.base + int(table.outside.sum()))
        ties.tie(answered, [base, *outside])
        if single:
            ties.tie(base, inside)
        for cell in () if single else inside:
            ties.at_most(cell, base)
            if 0 < table.base - ties.values[cell] < threshold:
                self.publication.telling.add(cell)

    def add_number(self, item: str, given: int) -> None:
        """Add how many structures gave a quantity."""
        cell = self.count((NUMBER, item), given, COSTS[NUMBER])
        self.publication.rounded[cell] = ROUNDED[NUMBER]
        self.publication.relations.tie(self.count(("répondu", item), given), [cell])

    def add_flow(self, item: str, states: pd.Series, reached: Cell, required: bool) -> None:
        """Tie a question to those who reached its page: spared, or shown and silent or not."""
        ties = self.publication.relations
        spared = int((states == "non montré").sum())
        seen = self.count(("vu", item), ties.values[reached] - spared)
        parts = [seen]
        if spared:  # said in the caption of a closed question, nowhere else
            told = COSTS[SPARED] if (BASE, item) in ties.values else None
            parts.append(self.count((SPARED, item), spared, told))
            if told is not None:
                self.publication.rounded[parts[-1]] = ROUNDED[SPARED]
        ties.tie(reached, parts)
        silent = ties.values[seen] - ties.values["répondu", item]
        known = [("répondu", item)]
        if silent or not required:
            known.append(self.count(("sans réponse", item), silent))
        ties.tie(seen, known)

    def add_filter(self, item: str, before: str, answer: str, *, same_page: bool) -> None:
        """Tie who was shown a question to who gave the answer that opens it."""
        ties, opening = self.publication.relations, (ANSWER, before, answer)
        if opening not in ties.values:
            return
        if not (same_page and ties.tie(opening, [("vu", item)])):
            ties.at_most(("vu", item), opening)

    def add_pages(self, progress: pd.DataFrame, pages: int, threshold: int = THRESHOLD) -> None:
        """Add who reached each page, who stopped at it, and the stops that are published."""
        ties = self.publication.relations
        page = progress["derniere_page"].fillna(0).astype(int)
        stopped = break_off(page, progress["complete"], pages)
        here = self.fix((REACHED, 1), len(progress))
        stops = []
        for number in range(pages + 1):
            stop = self.count(("arrêt", number), stopped[number])
            self.publication.watched[stop] = PAGE_PRICE
            stops.append(stop)
            if 1 <= number < pages:
                own = page <= 1 if number == 1 else page == number
                gone = self.count(("parti", number), int((own & ~progress["envoyee"]).sum()))
                ties.tie(gone, [stop] if number > 1 else stops)
                after = self.count((REACHED, number + 1), ties.values[here] - ties.values[gone])
                ties.tie(here, [after, gone])
                here = after
        for number in page_ends([ties.values[stop] for stop in stops], threshold):
            parts = stops[: number + 1]
            whole = sum(ties.values[part] for part in parts)
            if number == pages:
                ties.tie(self.fix((LEFT, number), whole), parts)
            else:
                ties.tie(self.count((LEFT, number), whole, COSTS[LEFT]), parts)

    def add_crossed(self, item: str, table: pd.DataFrame, threshold: int = THRESHOLD) -> None:
        """Add a question crossed with a variable of the frame; its totals are those of its own."""
        ties, name = self.publication.relations, (CROSSED, item)
        columns, rows = list(table.columns), list(table.index)
        whole = table.assign(**{TOTAL: table.sum(axis=1)})
        whole.loc[TOTAL] = whole.sum()
        for row in [*rows, TOTAL]:
            for column in [*columns, TOTAL]:
                cost = COSTS[CROSSED] * (1 + (row == TOTAL) + (column == TOTAL))
                self.count((*name, row, column), whole.at[row, column], cost)
            ties.tie((*name, row, TOTAL), [(*name, row, column) for column in columns])
        for column in [*columns, TOTAL]:
            ties.tie((*name, TOTAL, column), [(*name, row, column) for row in rows])
            own = (BASE, item) if column == TOTAL else (ANSWER, item, column)
            if own in ties.values and not ties.tie(own, [(*name, TOTAL, column)]):
                ties.at_most((*name, TOTAL, column), own)
        chosen = {(*name, row, column) for _, row, column in rectangles(table, threshold)}
        self.beside |= chosen

    def add_kinds(self, rates: pd.DataFrame) -> None:
        """Add how many structures of each kind answered entirely; they add up to all who did."""
        for variable, here in rates["reponses"].groupby(level=0, sort=False):
            parts = [
                self.count((KIND, variable, kind), count, COSTS[KIND])
                for (_, kind), count in here.items()
            ]
            self.publication.relations.tie(self.fix((KIND, variable), here.sum()), parts)

    def tie_grids(self, groups: pd.Series) -> None:
        """Tie the lines of one grid: as many structures answered one as the other.

        Parameters
        ----------
        groups : Series of str
            Grid of each item of one, by item.
        """
        ties = self.publication.relations
        for _, items in groups.groupby(groups):
            names = [("répondu", item) for item in items.index]
            for one, other in zip(names, names[1:], strict=False):
                ties.tie(one, [other])

    def protected(self, threshold: int = THRESHOLD) -> SurveyShown:
        """Hide what must be hidden, and what would give it away."""
        return SurveyShown(withhold(self.publication, threshold, self.beside))


def page_ends(stops: list[float], threshold: int = THRESHOLD) -> list[int]:
    """Return the last page of each group of pages that holds enough stops; the last page ends all.

    Small counts are put together rather than hidden: a page where three stopped goes with the next.
    """
    ends, held = [], 0.0
    for page, count in enumerate(stops):
        held += count
        if held >= threshold:
            ends.append(page)
            held = 0.0
    kept = ends[:-1] if held else ends
    return sorted({*kept, len(stops) - 1})


def shown_alone(table: Tabulated) -> SurveyShown:
    """Return what may be shown of one question, were it published alone."""
    system = SurveySystem()
    system.add_table(table)
    system.publication.rounded.clear()  # a base is rounded for another table only
    return system.protected()
