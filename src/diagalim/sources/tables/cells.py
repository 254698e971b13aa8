"""Which cells of a collected table do not fit its Table Schema, and what the others are worth.

Text in, typed values out. The check is that of frictionless, over every row and with every fault;
only the way of writing dates and decimals is made that of the standard first, since the people who
fill these files write 17/03/2025 and 12,5.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from frictionless import Detector, Resource, Schema

from diagalim.sources.tables.cell_problems import HIDDEN, cell_problem, fold
from diagalim.sources.tables.identifiers import WAYS, put_right
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import Problem

FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
DTYPES = {
    "string": "string",
    "integer": "Int64",
    "year": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}
"""Table Schema type to column type; every one of them knows a missing value."""


@dataclass(frozen=True)
class Grid:
    """A table as it was typed.

    Parameters
    ----------
    file : str
        Name of the file.
    header : list of str
        Names of the columns.
    rows : list of list of str
        Cells as text, as many in each row as in the header.
    place : callable
        Where a cell stands, from the position of its row and the name of its column.
    decimals : str
        Decimal marks accepted.
    refused : set of (int, str)
        Cells already refused for another reason, of which nothing more is said.
    """

    file: str
    header: list[str]
    rows: list[list[str]]
    place: Callable[[int, str], str]
    decimals: str = "."
    refused: frozenset[tuple[int, str]] = frozenset()


def problems_at(
    table: pd.DataFrame,
    grid: Grid,
    name: str,
    rows: Iterable[int],
    expected: str,
    remedy: str,
    *,
    hidden: bool = False,
) -> list[Problem]:
    """Return one problem for each of some rows of a column, the last ones counted together.

    Parameters
    ----------
    table : DataFrame
        Typed cells.
    grid : Grid
        Where each stands.
    name : str
        The column.
    rows : iterable of int
        Positions of the rows.
    expected, remedy : str
        What to say of each.
    hidden : bool
        The value is personal and is not quoted.
    """
    seen = table[name].astype("string").fillna("vide")
    return shortened(
        [
            Problem(
                grid.file, grid.place(row, name), HIDDEN if hidden else seen.iloc[row],
                expected, remedy,
            )
            for row in rows
        ]
    )  # fmt: skip


def check_cells(grid: Grid, schema: dict[str, Any]) -> tuple[pd.DataFrame, list[Problem]]:
    """Check the cells of a table and give their values.

    Parameters
    ----------
    grid : Grid
        The table; columns that the schema does not name are left out.
    schema : dict
        Table Schema.

    Returns
    -------
    table : DataFrame
        Columns of the schema that the table has, in the order of the schema; wrong cells missing.
    problems : list of Problem
        Every wrong cell, those of one kind and column shortened together.
    """
    fields = [field for field in schema["fields"] if field["name"] in grid.header]
    names = [field["name"] for field in fields]
    positions = [grid.header.index(name) for name in names]
    cells = [
        [
            _standard(row[at], field, grid.decimals)
            for at, field in zip(positions, fields, strict=True)
        ]
        for row in grid.rows
    ]
    values, faults = _validated(cells, fields, schema)
    found: dict[tuple[str, str], list[Problem]] = {}
    for row, name, kind in faults:
        if (row, name) in grid.refused:
            continue
        field = fields[names.index(name)]
        seen = grid.rows[row][grid.header.index(name)]
        problem = cell_problem(kind, seen, field, grid.file, grid.place(row, name))
        found.setdefault((name, kind), []).append(problem)
    problems = [problem for group in found.values() for problem in shortened(group)]
    problems += _key_problems(cells, names, schema, grid)
    table = pd.DataFrame(
        {name: _column(values[name], field) for name, field in zip(names, fields, strict=True)}
    )
    return table, problems


def _validated(
    cells: list[list[str]], fields: Sequence[dict[str, Any]], schema: dict[str, Any]
) -> tuple[dict[str, list[Any]], list[tuple[int, str, str]]]:
    """Return the typed values by column, and the faults as (row, column, kind)."""
    names = [field["name"] for field in fields]
    values: dict[str, list[Any]] = {name: [] for name in names}
    faults: list[tuple[int, str, str]] = []
    descriptor = {
        "fields": [_for_frictionless(field) for field in fields],
        "missingValues": schema.get("missingValues", [""]),
    }
    resource = Resource(
        data=[names, *cells],
        schema=Schema.from_descriptor(descriptor),
        detector=Detector(field_float_numbers=True),
    )
    with resource:
        for number, row in enumerate(resource.row_stream):
            seen = row.to_dict()
            for name in names:
                values[name].append(seen[name])
            for error in row.errors:
                kind = _kind(error)
                faults.append((number, error.field_name, kind))
                values[error.field_name][number] = None
    return values, faults


def _for_frictionless(field: dict[str, Any]) -> dict[str, Any]:
    """Return a field so that its pattern holds for the whole cell.

    frictionless puts ``^`` and ``$`` at its ends without brackets: ``a|b`` would let ``axx`` in.
    """
    known = ("name", "type", "format", "constraints", "trueValues", "falseValues")
    kept = deepcopy({key: field[key] for key in known if key in field})
    if "pattern" in kept.get("constraints", {}):
        kept["constraints"]["pattern"] = f"(?:{kept['constraints']['pattern']})"
    return kept


def _kind(error: Any) -> str:
    if error.type == "constraint-error":
        return re.search(r'constraint "(\w+)"', error.note).group(1)
    return {"type-error": "type", "unique-error": "unique"}[error.type]


def _standard(cell: str, field: dict[str, Any], decimals: str) -> str:
    """Write a date, a decimal and a code as their schema does; leave what is none of them."""
    kind = field["type"]
    if (name := fold(field["name"])) in WAYS:
        return put_right(name, cell, number=False)[0] or cell  # another register: refused, said
    iso = field.get("format", "default") in ("default", "any", "%Y-%m-%d")
    if kind == "date" and iso and (found := FRENCH_DATE.fullmatch(cell)):
        day, month, year = map(int, found.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return cell  # 31/02/2025 is refused as the date that it is not
    if kind == "number" and NOT_FINITE.fullmatch(cell):
        return "non fini"  # Table Schema takes NaN and INF for numbers
    if kind == "number" and "," in decimals and re.fullmatch(r"[+-]?\d+,\d+", cell):
        return cell.replace(",", ".")
    return cell


def _column(values: list[Any], field: dict[str, Any]) -> pd.Series:
    dtype = DTYPES.get(field["type"], "object")
    if field["type"] == "date":
        return pd.Series(pd.array(pd.to_datetime(pd.Series(values, dtype=object)), dtype=dtype))
    return pd.Series(values, dtype=dtype)


def _key_problems(
    cells: list[list[str]], names: list[str], schema: dict[str, Any], grid: Grid
) -> list[Problem]:
    """Rows whose key was seen before, when the key is made of several columns."""
    key = schema.get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    single = {f["name"] for f in schema["fields"] if f.get("constraints", {}).get("unique")}
    if not key or not set(key) <= set(names) or set(key) <= single:
        return []
    at = [names.index(name) for name in key]
    first: dict[tuple[str, ...], int] = {}
    problems = []
    for number, row in enumerate(cells):
        seen = tuple(row[position] for position in at)
        if any(seen) and seen in first:
            problems.append(
                Problem(
                    grid.file,
                    f"{grid.place(first[seen], key[0])} et {grid.place(number, key[0])}",
                    " · ".join(seen),
                    f"une seule ligne par {' × '.join(key)}",
                    "garder la bonne ligne et supprimer l'autre",
                )
            )
        first.setdefault(seen, number)
    return shortened(problems)
