"""What did a partner report? An Excel sheet filled by hand, read, mended where sure, or refused.

The sender gets two lists: what was mended, cell by cell, and what is refused, cell by cell, with
what to do. Both are complete. The three counters (households, people, servings) are never added,
converted nor averaged here: they are compared on one line, as a check on entry and no more
(METHODS 6.2).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from diagalim.collected.reports.entry_checks import cell_kind_problems, entry_problems
from diagalim.collected.reports.mending import mend
from diagalim.collected.reports.page_remarks import unseen_remarks
from diagalim.collected.stated_communes import commune_remarks
from diagalim.sources.tables.cell_problems import closest, fold
from diagalim.sources.tables.cells import Grid, check_cells
from diagalim.sources.tables.pages import Cell, Page, find_page
from diagalim.wording.problems import InputError, Problem, raise_if_any

TOTAL = re.compile(r"(?:sous[- ]?)?total\b.*|ensemble", re.IGNORECASE | re.DOTALL)
LABEL_COLUMNS = 4
"""A row of totals says so in one of the first columns."""
CELLS_SAID = 3


@dataclass(frozen=True)
class Report:
    """A reporting sheet, read.

    Parameters
    ----------
    table : DataFrame
        Columns of the schema in its order; what the sheet has not is missing.
    remarks : list of str
        What was mended or left out, in French, each with its cell.
    """

    table: pd.DataFrame
    remarks: list[str]


def all_lines(reports: Iterable[Report], schema: dict[str, Any]) -> pd.DataFrame:
    """Return the lines of every sheet; where none came, no line but all the columns."""
    tables = [report.table for report in reports]
    names = [field["name"] for field in schema["fields"]]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=names)


def read_report(
    path: Path, schema: dict[str, Any], communes: Collection[str] | None = None
) -> Report:
    """Read a sheet filled by hand.

    Parameters
    ----------
    path : Path
        The workbook (.xlsx).
    schema : dict
        Its Table Schema (``remontee``, ``tableur_partenaire``).
    communes : collection of str, optional
        Codes of the communes of the territory; others are refused.

    Raises
    ------
    InputError
        Everything that cannot be read, each with its cell and remedy.
    """
    page, sheet = find_page(path, schema)
    columns, problems = _columns(page, schema)
    remarks = list(page.remarks)
    remarks += _drop_totals(page, columns)
    remarks += unseen_remarks(page, sheet, columns)
    if not page.rows:
        raise InputError([*problems, _no_row(page)])
    remarks += _ignored_columns(page, columns)
    wrong_kinds, refused = cell_kind_problems(page, columns)
    problems += wrong_kinds
    rows, mended = _mended_rows(page, columns)
    remarks += _said(mended)
    numbers = list(page.rows)
    names = {field["name"]: column for column, field in columns.items()}
    grid = Grid(
        page.file,
        list(names),
        rows,
        lambda row, name: page.place(numbers[row], names[name]),
        refused=refused,
    )
    table, wrong = check_cells(grid, schema)
    problems += wrong + entry_problems(table, grid, communes)
    raise_if_any(problems)
    remarks += commune_remarks(table, grid, communes)
    for field in schema["fields"]:
        if field["name"] not in table:
            table[field["name"]] = pd.Series(pd.NA, index=table.index, dtype="object")
    return Report(table[[field["name"] for field in schema["fields"]]], remarks)


def _columns(page: Page, schema: dict[str, Any]) -> tuple[dict[int, dict[str, Any]], list[Problem]]:
    """Return the field of each known column, by its name or its title; what is missing or twice."""
    known = {fold(f.get("title", f["name"])): f for f in schema["fields"]}
    known |= {fold(f["name"]): f for f in schema["fields"]}
    columns: dict[int, dict[str, Any]] = {}
    problems = []
    for column, name in page.header:
        field = known.get(fold(name))
        if field is None:
            continue
        if field in columns.values():
            problems.append(
                Problem(
                    page.file,
                    page.place(page.header_row, column),
                    name,
                    "chaque colonne une seule fois",
                    f"garder la bonne colonne « {name} » et supprimer l'autre",
                )
            )
            continue
        columns[column] = field
        if name not in (field["name"], field.get("title")):
            page.remarks.append(
                f"{page.place(page.header_row, column)} : colonne « {name} » lue comme "
                f"« {field['name']} »"
            )
    got = {field["name"] for field in columns.values()}
    left = [name for column, name in page.header if column not in columns and name]
    for field in schema["fields"]:
        if field["name"] in got:
            continue
        near = closest(field["name"], left) if left else None
        if near or field.get("constraints", {}).get("required"):
            problems.append(
                Problem(
                    page.file,
                    f"{page.sheet}, ligne {page.header_row}",
                    near or "colonne absente",
                    f"une colonne « {field['name']} »",
                    f"renommer « {near} » en « {field['name']} », ou supprimer cette colonne"
                    if near
                    else "rétablir cette colonne du modèle",
                )
            )
    return columns, problems


def _drop_totals(page: Page, columns: dict[int, dict[str, Any]]) -> list[str]:
    """Leave out the rows of totals, saying where the only one is not the sum of the others.

    A place may be called « Total… »: a row of totals also lacks most of what is required.
    """
    labels = list(columns)[:LABEL_COLUMNS]
    required = [c for c, field in columns.items() if field.get("constraints", {}).get("required")]
    totals = {
        row: next(cells[c].text for c in labels if TOTAL.fullmatch(cells[c].text))
        for row, cells in page.rows.items()
        if any(TOTAL.fullmatch(cells[c].text) for c in labels)
        and sum(bool(cells[c].text) for c in required) * 2 <= len(required)
    }
    dropped = {row: page.rows.pop(row) for row in totals}
    counted = [c for c, field in columns.items() if field["type"] in ("integer", "number")]
    remarks = []
    for row, cells in dropped.items():
        only = len(totals) == 1  # one total of the whole; several are of parts that are not known
        wrong = [page.place(row, c) for c in counted if only and not _is_sum(cells[c], page, c)]
        doubt = f" ; ne vaut pas la somme des lignes : {', '.join(wrong[:CELLS_SAID])}"
        remarks.append(
            f"{page.place(row, labels[0])} : ligne « {totals[row]} » reconnue comme un total et "
            f"laissée de côté{doubt if wrong else ''}"
        )
    return remarks


def _no_row(page: Page) -> Problem:
    return Problem(
        page.file,
        f"{page.sheet}, ligne {page.header_row + 1}",
        "aucune ligne hors totaux",
        "au moins une ligne par lieu",
        "remplir la fiche, ou ne pas l'envoyer",
    )


def _is_sum(total: Cell, page: Page, column: int) -> bool:
    """Tell whether a cell of a total is the sum of its column, or says nothing."""
    try:
        said = float(total.text.replace(",", "."))
        lines = [row[column].text.replace(",", ".") for row in page.rows.values()]
        return abs(sum(float(text) for text in lines if text) - said) < 0.01  # rounding of tonnes
    except ValueError:
        return True  # a total that is no number, or lines that the check of cells will refuse


def _ignored_columns(page: Page, columns: dict[int, dict[str, Any]]) -> list[str]:
    return [
        f"{page.place(page.header_row, column)} : colonne « {name or 'sans nom'} » inconnue du "
        "modèle, non lue"
        for column, name in page.header
        if column not in columns and fold(name) not in {fold(f["name"]) for f in columns.values()}
    ]


def _mended_rows(
    page: Page, columns: dict[int, dict[str, Any]]
) -> tuple[list[list[str]], dict[tuple[str, str], list[str]]]:
    """Return the rows as text, and the mended cells by column and kind of mending."""
    rows: list[list[str]] = []
    mended: dict[tuple[str, str], list[str]] = {}
    for number, cells in page.rows.items():
        row = []
        for column, field in columns.items():
            cell = cells[column]
            text, how = mend(cell, field, page.epoch)
            if cell.kind in ("formula", "error"):
                text, how = "", ""  # refused by itself
            elif cell.kind == "computed":
                how = how or "formule lue par son résultat"
            elif cell.merged and text:
                how = how or "cellules fusionnées, valeur recopiée"
            row.append(text)
            if how:
                said = f"{page.place(number, column)} « {cell.text} »"
                mended.setdefault((field["name"], how), []).append(said)
        rows.append(row)
    return rows, mended


def _said(mended: dict[tuple[str, str], list[str]]) -> list[str]:
    remarks = []
    for (name, how), cells in mended.items():
        more = len(cells) - CELLS_SAID
        rest = f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else ""
        remarks.append(f"{name} : {how} ({', '.join(cells[:CELLS_SAID])}{rest})")
    return remarks
