"""Where does the table stand in a workbook filled by hand? Its sheet, its row of names, its cells.

People group the columns under merged titles, write a heading above, keep last year's sheet beside.
The row of names is the one that holds the names (or titles) of the schema; merged cells are parted
again; each cell comes out as text together with what it was, so that a number in a column of codes
or a formula without a result can be told from what it looks like.
"""

from __future__ import annotations

import datetime
import zipfile
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH

from diagalim.sources.tables.cell_problems import fold
from diagalim.sources.tables.page_problems import (
    not_a_workbook,
    only_hidden,
    too_big,
    two_headers,
    which_sheet,
)
from diagalim.sources.tables.sheets import Filled, Sheet, StrictForm, filled_sheet, opened
from diagalim.sources.tables.workbook import BROKEN, strict_form
from diagalim.wording.problems import InputError

ZIP = b"PK\x03\x04"
SEARCHED_ROWS = 30
"""Rows from the top among which the names of the columns are looked for."""
MOST_MEGABYTES = 100
"""A sheet of some thousand lines, unfolded; more is another file, or made to fill the memory."""
PICTURES = "xl/media/"
"""Parts that are never unfolded: a photograph of the place weighs nothing here."""
OWN_SHEETS = ("Lisez-moi", "Listes", "Dictionnaire")
"""Sheets of the template that hold no entry."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and whether Excel keeps it as a number, a date, a formula, an error."""

    text: str = ""
    kind: str = "text"
    percent: bool = False
    merged: bool = False
    struck: bool = False

    @property
    def filled(self) -> bool:
        """Tell whether the cell says anything, be it wrong."""
        return bool(self.text) or self.kind in ("formula", "error")


EMPTY = Cell()


@dataclass
class Page:
    """The table of one workbook.

    Parameters
    ----------
    file, sheet : str
        Names of the workbook and of the sheet.
    header : dict of str to int
        Column number, from 1, by name as typed.
    rows : dict of int to dict of int to Cell
        Cells of the columns of the header, by row and column number; rows without any content are
        left out.
    epoch : datetime
        Day zero of the dates of the workbook, when they are kept as numbers.
    """

    file: str
    sheet: str
    header_row: int
    header: list[tuple[int, str]]
    rows: dict[int, dict[int, Cell]]
    remarks: list[str] = field(default_factory=list)
    epoch: datetime.datetime = WINDOWS_EPOCH

    def place(self, row: int, column: int) -> str:
        """Return a cell as Excel names it: « Saisie!F12 »."""
        return f"{self.sheet}!{get_column_letter(column)}{row}"


def find_page(path: Path, schema: dict[str, Any]) -> tuple[Page, Sheet]:
    """Open a workbook and find the table that a schema describes.

    Parameters
    ----------
    path : Path
        The workbook (.xlsx).
    schema : dict
        Table Schema.

    Returns
    -------
    page : Page
        The table.
    sheet : Sheet
        The sheet where it stands, which knows what is hidden.

    Raises
    ------
    InputError
        The file is no workbook, no sheet or several hold the table, the names come twice.
    """
    sheets = _sheets(path)
    found, hidden = [], []
    for sheet in sheets:
        rows = header_rows(sheet, schema) if sheet.title not in OWN_SHEETS else []
        if rows and _filled_below(sheet, rows[-1]):
            (hidden if sheet.hidden else found).append((sheet, rows))
    if not found and hidden:
        raise InputError([only_hidden(path, [sheet.title for sheet, _ in hidden])])
    if len(found) != 1:
        raise InputError(
            [which_sheet(path, [s.title for s, _ in found], [s.title for s in sheets], schema)]
        )
    sheet, rows = found[0]
    if len(rows) > 1:
        raise InputError([two_headers(path, sheet.title, rows)])
    page = _page(path, sheet, rows[0])
    page.remarks += [f"feuille « {other.title} » masquée, non lue" for other, _ in hidden]
    return page, sheet


def header_rows(sheet: Sheet, schema: dict[str, Any]) -> list[int]:
    """Return the rows that hold at least half of the names that the schema requires."""
    required = [f for f in schema["fields"] if f.get("constraints", {}).get("required")]
    wanted = [{fold(f["name"]), fold(f.get("title", f["name"]))} for f in required]
    rows = []
    for number, cells in sheet.rows.items():
        if number > SEARCHED_ROWS and not rows:
            break
        seen = {fold(cell.value) for cell in cells.values() if isinstance(cell.value, str)}
        if sum(bool(names & seen) for names in wanted) * 2 >= len(wanted):
            rows.append(number)
    return rows


def _sheets(path: Path) -> list[Sheet]:
    try:
        with path.open("rb") as file:
            if file.read(4) != ZIP:
                raise InputError([not_a_workbook(path)])
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not part.filename.startswith(PICTURES)]
        unfolded = sum(part.file_size for part in parts) / 1e6
        if unfolded > MOST_MEGABYTES:
            raise InputError([too_big(path, unfolded, MOST_MEGABYTES)])
        with opened(path) as book:
            return [filled_sheet(sheet) for sheet in book.worksheets]
    except InputError:
        raise
    except StrictForm as error:
        raise InputError([strict_form(path)]) from error
    except BROKEN as error:
        raise InputError([not_a_workbook(path)]) from error


def _filled_below(sheet: Sheet, row: int) -> bool:
    return any(
        str(cell.value).strip()
        for number, cells in sheet.rows.items()
        if number > row
        for cell in cells.values()
    )


def _page(path: Path, sheet: Sheet, header_row: int) -> Page:
    """Return the cells under the row of names, merged ones parted again."""
    rows = {
        row: {column: _cell(cell) for column, cell in cells.items()}
        for row, cells in sheet.rows.items()
        if row >= header_row
    }
    _part_again(rows, sheet)
    rows = {row: cells for row, cells in rows.items() if any(c.filled for c in cells.values())}
    names = {c: " ".join(cell.text.split()) for c, cell in sorted(rows.pop(header_row).items())}
    last = max(column for column, name in names.items() if name)
    filled = {c for cells in rows.values() for c, cell in cells.items() if cell.text and c <= last}
    columns = sorted({column for column, name in names.items() if name} | filled)
    page = Page(
        path.name,
        sheet.title,
        header_row,
        [(column, names.get(column, "")) for column in columns],
        {row: {c: cells.get(c, EMPTY) for c in columns} for row, cells in rows.items()},
        epoch=sheet.epoch,
    )
    if header_row > 1:
        page.remarks.append(
            f"{sheet.title} : lignes 1 à {header_row - 1} au-dessus des noms de colonnes, ignorées"
            if header_row > 2
            else f"{sheet.title} : ligne 1 au-dessus des noms de colonnes, ignorée"
        )
    return page


def _part_again(rows: dict[int, dict[int, Cell]], sheet: Sheet) -> None:
    """Give the value of a merged area to each of its cells, in the rows that hold something else.

    An area may cover a million rows: those where nothing was typed are no lines of the table.
    """
    numbers = sorted(rows)
    last = max((max(cells) for cells in sheet.rows.values()), default=0)
    for area in sheet.merged:
        first = sheet.rows.get(area.min_row, {}).get(area.min_col)
        copied = _cell(first, merged=True) if first else Cell(merged=True)
        for row in numbers[
            bisect_left(numbers, area.min_row) : bisect_right(numbers, area.max_row)
        ]:
            for column in range(area.min_col, min(area.max_col, last) + 1):
                rows[row][column] = copied


def _cell(cell: Filled, *, merged: bool = False) -> Cell:
    """Return a cell as text with what it is.

    A formula counts by its saved result, and stays ``formula`` where none was saved.
    """
    text, kind = _text_and_kind(cell.value)
    if cell.kind in ("f", "e"):
        kind = {"f": "formula", "e": "error"}[cell.kind]
    elif cell.computed and kind in ("text", "number"):
        kind = "computed"
    percent = kind in ("number", "computed") and "%" in cell.number_format
    return Cell(text, kind, percent, merged, cell.struck)


def _text_and_kind(seen: Any) -> tuple[str, str]:
    if isinstance(seen, bool):
        return ("VRAI" if seen else "FAUX"), "number"
    if isinstance(seen, datetime.datetime | datetime.date):
        day = seen.date() if isinstance(seen, datetime.datetime) else seen
        return day.isoformat(), "date"
    if isinstance(seen, datetime.time | datetime.timedelta):
        return clock(seen), "time"
    if isinstance(seen, int | float):
        whole = isinstance(seen, float) and seen.is_integer()
        return (str(int(seen)) if whole else repr(seen)), "number"
    return str(seen).strip(), "text"


def clock(seen: datetime.time | datetime.timedelta) -> str:
    """Return a time of the day, or a duration, as ``09:00``: seconds are rounding."""
    if isinstance(seen, datetime.time):
        seen = datetime.timedelta(
            hours=seen.hour, minutes=seen.minute, seconds=seen.second, microseconds=seen.microsecond
        )
    minutes = round(seen.total_seconds() / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
