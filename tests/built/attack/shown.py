"""How many cells does a site show, table by table, and which of another site's does it still show?

Secrecy is not had by hiding more: a table is told by its page and its caption without its base, a
cell by its line, its column, and its rank among the cells that bear both names.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from attack.cells import is_hidden
from attack.site import Site, Table


class Cell(NamedTuple):
    """Where a cell stands."""

    page: str
    table: str
    line: str
    column: str
    rank: int


def cells(site: Site) -> dict[Cell, str]:
    """Return the text of every cell of the tables of a site."""
    found: dict[Cell, str] = {}
    ranks: Counter[tuple[str, ...]] = Counter()
    for table in site.tables:
        for name, text in named_cells(table):
            found[Cell(*name, ranks[name])] = text
            ranks[name] += 1
    return found


def named_cells(table: Table) -> list[tuple[tuple[str, str, str, str], str]]:
    """Return the cells of a table with the names of their page, table, line and column."""
    return [
        ((table.page, table.stem, row[0], column), text)
        for row in table.rows
        for column, text in zip(table.head[1:], row[1:], strict=False)
    ]


def shown(site: Site) -> set[Cell]:
    """Return the cells that a site shows."""
    return {cell for cell, text in cells(site).items() if not is_hidden(text)}


def count_by_table(found: set[Cell]) -> dict[str, dict[str, int]]:
    """Return how many cells are shown by page and table."""
    counts: dict[str, dict[str, int]] = {}
    for (page, table), count in sorted(Counter((c.page, c.table) for c in found).items()):
        counts.setdefault(page, {})[table] = count
    return counts
