"""What do the filled cells of a workbook hold, and how do its rows and columns stand?

A sheet has a million rows and sixteen thousand columns, and people style them whole: only the cells
that hold something are kept, so that the work grows with what was typed and never with the place of
the last coloured cell. Filters, drawings, pictures and links are passed over: one that is damaged
takes nothing away from the cells. Tags are known by their namespace, whatever prefix they carry.
"""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring, iterparse

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet._reader import (
    COL_TAG,
    FORMULA_TAG,
    MERGE_TAG,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.xml.constants import SHEET_MAIN_NS

STATED = ("1", "true")
"""How Open XML writes a property that holds."""


class StrictForm(ValueError):
    """The workbook is saved as « Open XML strict », whose tags have other names."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One cell that holds something.

    Parameters
    ----------
    value : object
        Text, number, ``bool``, date, time or duration; that of a formula is its saved result.
    kind : str
        ``s`` text, ``n`` number, ``b`` boolean, ``d`` date or time, ``e`` error; ``f`` a formula
        whose result was never computed, the value being its text.
    number_format : str
        As Excel writes it: ``0%``, ``dd/mm/yyyy``.
    computed : bool
        The value is the saved result of a formula.
    struck : bool
        The font strikes the cell out.
    """

    value: Any
    kind: str
    number_format: str = "General"
    computed: bool = False
    struck: bool = False


@dataclass
class Sheet:
    """The filled cells of one sheet, by row and column number from 1, and what is hidden."""

    title: str
    hidden: bool = False
    rows: dict[int, dict[int, Filled]] = field(default_factory=dict)
    merged: list[CellRange] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    epoch: datetime.datetime = datetime.datetime(1899, 12, 30)

    def hides_column(self, column: int) -> bool:
        """Tell whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """Open a workbook to read it; what openpyxl says of its styles, in English, helps nobody.

    Raises
    ------
    StrictForm
        Excel saved it in the other form of its standard.
    """
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            if not _workbook_part(book).tag.startswith(f"{{{SHEET_MAIN_NS}}}"):
                raise StrictForm
            yield book
        finally:
            book.close()


def filled_sheet(sheet: Any) -> Sheet:
    """Return the filled cells of a sheet of an opened workbook.

    Parameters
    ----------
    sheet : ReadOnlyWorksheet
        From `opened`. Its own iteration would give every cell up to the last styled one; its parser
        is asked row by row instead, and only for rows, columns and merged areas.
    """
    book = sheet.parent
    read = Sheet(sheet.title, sheet.sheet_state != "visible", epoch=book.epoch)
    never_computed = _to_be_computed(book)
    looks: dict[int, tuple[str, bool]] = {}
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _, element in iterparse(source):
            if element.tag == ROW_TAG:
                _add_row(read, element, parser, (sheet, looks), never_computed)
                element.clear()
            elif element.tag == COL_TAG and element.get("hidden") in STATED:
                read.hidden_columns.append((int(element.get("min")), int(element.get("max"))))
            elif element.tag == MERGE_TAG:
                read.merged = [CellRange(area.get("ref")) for area in element]
    return read


def _add_row(
    read: Sheet,
    element: Element,
    parser: WorkSheetParser,
    styles: tuple[Any, dict[int, tuple[str, bool]]],
    never_computed: bool,
) -> None:
    number, cells = parser.parse_row(element)
    if element.get("hidden") in STATED:
        read.hidden_rows.add(number)
    kept = {}
    for written, cell in zip(element, cells, strict=True):
        formula = written.find(FORMULA_TAG) is not None
        if cell["value"] is None and not formula:
            continue
        number_format, struck = _look(cell["style_id"], *styles)
        value, kind = cell["value"], cell["data_type"]
        if formula and _unsaved(written, value, never_computed):
            value, kind = _formula_text(parser.parse_formula(written)), "f"
        if value is not None:
            kept[cell["column"]] = Filled(value, kind, number_format, formula, struck)
    if kept:
        read.rows[number] = kept


def _look(style: int, sheet: Any, looks: dict[int, tuple[str, bool]]) -> tuple[str, bool]:
    """Return the number format of a style, and whether its font strikes out."""
    if style not in looks:
        cell = ReadOnlyCell(sheet, 1, 1, None, "n", style)
        looks[style] = (cell.number_format or "General", bool(cell.font.strike))
    return looks[style]


def _unsaved(written: Element, value: Any, never_computed: bool) -> bool:
    """Tell whether a formula has no result: an empty text is one, saved as such.

    A program that writes a formula without computing it may put 0 in the place of its result and
    ask that all be computed at the next opening: this 0 was never counted by anybody.
    """
    if value is None:
        return written.get("t") != "str" or written.find(VALUE_TAG) is None
    return never_computed and value == 0 and not isinstance(value, bool)


def _formula_text(formula: Any) -> str:
    text = str(getattr(formula, "text", formula) or "")
    return text if len(text) > 1 else "formule"  # a part of a formula shared with other cells


def _to_be_computed(book: Workbook) -> bool:
    """Tell whether a workbook asks to be computed at its next opening.

    openpyxl supposes that it does where the file says nothing.
    """
    stated = _workbook_part(book).find(f"{{{SHEET_MAIN_NS}}}calcPr")
    return stated is not None and stated.get("fullCalcOnLoad") in STATED


def _workbook_part(book: Workbook) -> Element:
    names = (name for name in book._archive.namelist() if name.endswith("workbook.xml"))
    return fromstring(book._archive.read(next(names, "xl/workbook.xml")))
