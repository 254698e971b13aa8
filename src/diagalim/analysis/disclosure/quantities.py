"""Which sums of a quantity are hidden: tonnes, households, euros that a few places declare?

A quantity is hidden when fewer than five places make it, or one makes nearly all of it. So must be
every sum of hidden parts that a reader can work out: three hidden cells of a line add up to its
total less what is shown, and one place may make nearly all of the three. A sum is worked out when
it is a combination of what is shown: all sums of hidden parts are tried where the parts are few,
and each line and column where they are many.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import numpy as np
import pandas as pd
from scipy.linalg import null_space

from diagalim.analysis.disclosure.audit import intervals
from diagalim.analysis.disclosure.relations import TOTAL, Cell, Relations, table_relations
from diagalim.analysis.disclosure.suppression import RELATIVE_WIDTH, THRESHOLD, dominated, protect

MOST_PARTS = 14
"""Hidden parts of which every sum is tried: 16 384 sums."""
NOISE = 1e-9


def too_few(contributions: Iterable[float], threshold: int = THRESHOLD) -> bool:
    """Tell whether a quantity may not be shown: few places make it, or one nearly alone.

    Parameters
    ----------
    contributions : iterable of float
        What each place brings; a place that brings nothing makes nothing.
    threshold : int
        Fewest places.
    """
    given = [float(amount) for amount in contributions if amount > 0]
    return bool(given) and (len(given) < threshold or dominated(given))


def worked_out(sums: np.ndarray, hidden: int) -> np.ndarray:
    """Return the sums of hidden parts that are known from the sums shown.

    Parameters
    ----------
    sums : ndarray, shape (shown, parts)
        Each line tells which parts a known sum adds up; the first ``hidden`` parts are those of
        interest, the others are hidden totals.
    hidden : int
        Number of parts of interest.

    Returns
    -------
    ndarray of bool, shape (found, hidden)
        Each line tells which parts a sum that can be worked out adds up.
    """
    if not hidden:
        return np.zeros((0, 0), dtype=bool)
    if hidden > MOST_PARTS:
        alone = sums[(sums[:, hidden:] == 0).all(axis=1)]
        return alone[:, :hidden].astype(bool)
    tried = (np.arange(1, 2**hidden)[:, None] >> np.arange(hidden)) & 1
    free = null_space(sums) if len(sums) else np.eye(sums.shape[1])
    moved = tried @ free[:hidden]
    return tried[(np.abs(moved) < NOISE).all(axis=1)].astype(bool)


def safe_sets(
    sets: Mapping[Hashable, frozenset[Hashable]],
    amounts: Mapping[Hashable, float],
    threshold: int = THRESHOLD,
) -> list[Hashable]:
    """Return which sums over sets of lines may be shown together, the first ones kept first.

    The total of a network and that of its lines which fill a part of the sheet differ by the lines
    that do not: shown together, they show those few.

    Parameters
    ----------
    sets : mapping of name to frozenset of line
        Lines that each sum adds up, the most wanted first.
    amounts : mapping of line to float
        What each line declares.
    """
    kept: list[Hashable] = []
    for name in sets:
        if not _tells([sets[one] for one in (*kept, name)], amounts, threshold):
            kept.append(name)
    return kept


def _tells(
    sets: list[frozenset[Hashable]], amounts: Mapping[Hashable, float], threshold: int
) -> bool:
    """Tell whether some lines, too few to be shown, can be worked out of sums over sets."""
    alike: dict[tuple[bool, ...], list[float]] = {}
    for line, amount in amounts.items():
        alike.setdefault(tuple(line in one for one in sets), []).append(float(amount))
    parts = {member: held for member, held in alike.items() if any(member)}
    sums = np.array(list(parts), dtype=float).reshape(-1, len(sets)).T
    return any(
        too_few((a for held, own in zip(parts.values(), found, strict=True) if own for a in held),
                threshold)
        for found in worked_out(sums, len(parts))
    )  # fmt: skip


def protect_quantities(
    by_place: pd.DataFrame, threshold: int = THRESHOLD, also: Iterable[Cell] = ()
) -> frozenset[Cell]:
    """Return the cells of a table of quantities, totals included, that may not be shown.

    Parameters
    ----------
    by_place : DataFrame of int
        Indexed by (line of the table, place), one column a column of the table: whole units of the
        last digit shown, or finer.
    threshold : int
        Fewest places behind a shown cell.
    also : iterable of cell
        Cells to hide for another reason.

    Returns
    -------
    frozenset of cell
        Named as in `diagalim.analysis.disclosure.relations.table_relations`.
    """
    table = by_place.groupby(level=0).sum()
    relations = table_relations(table)
    few = {cell for cell in relations.values if too_few(_behind([cell], by_place), threshold)}
    also = few | set(also)
    beside: set[Cell] = set()
    while True:
        hidden = protect(relations, also=also, beside=beside, least=0).hidden
        more = _next(relations, hidden, by_place, threshold)
        if more is None:
            return hidden
        beside = set(hidden) | {more}


def _next(
    relations: Relations, hidden: frozenset[Cell], by_place: pd.DataFrame, threshold: int
) -> Cell | None:
    """Return the cell to hide so that hidden cells do not add up to what few places make."""
    for found in _exposed(relations, hidden, by_place, threshold):
        lines = [[total, *parts] for total, parts in relations.sums]
        near = {cell for line in lines if set(found) & set(line) for cell in line} - hidden
        open_cells = [cell for cell in near if relations.values[cell] > 0]
        if open_cells:
            return min(open_cells, key=lambda cell: (*_price(cell, found, relations), repr(cell)))
    return None


def _price(cell: Cell, found: list[Cell], relations: Relations) -> tuple[bool, bool, float]:
    """Return what hiding a cell costs: a total goes last, then one out of the line at fault."""
    rows, columns = ({own[place] for own in found} for place in (1, 2))
    beside = (cell[1] in rows) if len(rows) == 1 else (cell[2] in columns)
    return TOTAL in cell, not beside, relations.values[cell]


def _exposed(
    relations: Relations, hidden: frozenset[Cell], by_place: pd.DataFrame, threshold: int
) -> Iterable[list[Cell]]:
    """Yield the sums of hidden cells that are known, or nearly, and may not be."""
    inner = sorted((cell for cell in hidden if TOTAL not in cell), key=repr)
    order = {cell: place for place, cell in enumerate([*inner, *sorted(hidden - set(inner))])}
    rows = []
    for total, parts in relations.sums:
        row = np.zeros(len(order))
        for cell, weight in [(total, -1.0), *((part, 1.0) for part in parts)]:
            if cell in order:
                row[order[cell]] = weight
        if row.any():
            rows.append(row)
    sums = np.array(rows).reshape(len(rows), len(order))
    for chosen in worked_out(sums, len(inner)):
        cells = [cell for cell, own in zip(inner, chosen, strict=True) if own]
        if too_few(_behind(cells, by_place), threshold):
            yield cells
    yield from _nearly(relations, hidden, by_place, threshold)


def _nearly(
    relations: Relations, hidden: frozenset[Cell], by_place: pd.DataFrame, threshold: int
) -> Iterable[list[Cell]]:
    """Yield the hidden cells of a line or column whose sum is known too closely."""
    for _, parts in relations.sums:
        cells = [part for part in parts if part in hidden and TOTAL not in part]
        behind = list(_behind(cells, by_place))
        if len(cells) < 2 or not too_few(behind, threshold):
            continue
        whole = Relations(dict(relations.values), list(relations.sums))
        whole.values["somme"] = sum(relations.values[cell] for cell in cells)
        whole.tie("somme", cells)
        left = intervals(whole, hidden | {"somme"}, ["somme"])["somme"]
        if left.width < RELATIVE_WIDTH * whole.values["somme"]:
            yield cells


def _behind(cells: Iterable[Cell], by_place: pd.DataFrame) -> Iterable[float]:
    """Return what each place brings to a sum of cells, totals opened."""
    held = pd.Series(0.0, index=by_place.index)
    for _, row, column in cells:
        here = slice(None) if row == TOTAL else by_place.index.get_level_values(0) == row
        own = by_place.loc[here]
        held[own.index] += own.sum(axis=1) if column == TOTAL else own[column]
    return held.groupby(level=1).sum()
