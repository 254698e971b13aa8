"""A published table as an Excel workbook that opens right in a French Excel.

Three sheets: what the file is, the data, what each column means. Codes are text, so that no zero is
lost; numbers are numbers, which Excel writes with a comma where the reader's settings say so. Text
is written as text: no cell is ever a formula or a link.
"""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.workbook import Workbook

from diagalim.downloads.notice import Notice

NOTICE, DATA, COLUMNS = "Lisez-moi", "Données", "Colonnes"
HEAD = {"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "top"}
NARROW, WIDE = 10, 50
"""Widths of columns, in characters."""
SAMPLE = 200
"""Lines that tell how wide a column is."""
CELL_ROOM = 32_767
"""Characters that a cell of Excel holds."""


def xlsx_bytes(table: pd.DataFrame, fields: list[dict[str, Any]], notice: Notice) -> bytes:
    """Return a table as a workbook, the same bytes for the same table.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.downloads.columns.shaped`.
    fields : list of dict
        Its fields, in the same order.
    notice : Notice
        First sheet; its edition is the date of creation.
    """
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": notice.title, "created": notice.created})
    _notice(book, notice)
    _data(book, table, fields)
    _columns(book, fields)
    book.close()
    return held.getvalue()


def _notice(book: Workbook, notice: Notice) -> None:
    sheet = book.add_worksheet(NOTICE)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for line, (name, text) in enumerate(notice.lines()):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, text[:CELL_ROOM], wrapped)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 100)


def _data(book: Workbook, table: pd.DataFrame, fields: list[dict[str, Any]]) -> None:
    sheet = book.add_worksheet(DATA)
    head = book.add_format(HEAD)
    text = book.add_format({"num_format": "@"})
    for column, field in enumerate(fields):
        values = table[field["name"]]
        shape = text if field["type"] == "string" else _number_format(book, field)
        sheet.set_column(column, column, _width(field, values), shape)
        sheet.write_string(0, column, field["name"], head)
        for line, value in enumerate(values, start=1):
            if field["type"] == "string":
                if value:
                    sheet.write_string(line, column, value[:CELL_ROOM], text)
            elif not pd.isna(value):
                sheet.write_number(line, column, float(value), shape)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table), len(fields) - 1)


def _number_format(book: Workbook, field: dict[str, Any]) -> Any:
    places = 0 if field["type"] == "integer" else field.get("decimales")
    return book.add_format({} if places is None else {"num_format": _pattern(places)})


def _pattern(places: int) -> str:
    return "0" + ("." + "0" * places if places else "")


def _width(field: dict[str, Any], values: pd.Series) -> int:
    longest = max([len(field["name"]), *(len(str(value)) for value in values[:SAMPLE])])
    return min(max(longest + 2, NARROW), WIDE)


def _columns(book: Workbook, fields: list[dict[str, Any]]) -> None:
    sheet = book.add_worksheet(COLUMNS)
    head = book.add_format(HEAD)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, name in enumerate(("Colonne", "Intitulé", "Définition", "Unité")):
        sheet.write_string(0, column, name, head)
    for line, field in enumerate(fields, start=1):
        cells = (
            field["name"],
            field["title"],
            field.get("description", ""),
            field.get("unite", ""),
        )
        for column, text in enumerate(cells):
            sheet.write_string(line, column, text, wrapped)
    for column, width in enumerate((26, 44, 80, 24)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
