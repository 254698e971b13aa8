"""How a sheet of an Excel workbook is read: as the text that its cells show, against its layout.

A workbook holds what a text file cannot: formulas whose result was never saved, merged cells whose
value stands in the first one only, codes that became numbers and lost their zeros. Each is refused
with its sheet and line instead of being read as something else. What comes out is the same text
table as that of a delimited file (`diagalim.sources.tables.tabular`), under the same checks.
"""

from __future__ import annotations

import datetime
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from diagalim.sources.tables.layout import Layout
from diagalim.sources.tables.sheets import Filled, Sheet, StrictForm, filled_sheet, opened
from diagalim.sources.tables.tabular import checked_table
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import InputError, Problem, raise_if_any

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""First bytes of a compound file: a workbook of Excel 97-2003, or one behind a password."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    NotImplementedError,  # a zip of another make: encrypted, or of a later version
    EOFError,
    OSError,
    KeyError,
    TypeError,
    ValueError,
)
"""What openpyxl and zipfile raise at a workbook damaged in one place or another (each was met by
changing bytes of one at random)."""


def read_sheet(
    path: Path, sheet: str, header_row: int, layout: Layout, prefix: str | tuple[str, ...] = ""
) -> pd.DataFrame:
    """Read one sheet of a workbook as text and check its form.

    Parameters
    ----------
    path : Path
        The workbook (.xlsx).
    sheet : str
        Name of the sheet.
    header_row : int
        Row that holds the names of the columns, from 1; what stands above is not read.
    layout : Layout
        Declared form of the table.
    prefix : str or tuple of str
        Keep the rows whose key starts with it (the territory).

    Returns
    -------
    DataFrame of str
        Columns of the layout, empty cells as ``""``, and ``_ligne``, the row in the sheet. A number
        is written with the decimal mark of the layout, a date as ``2024-12-31``.

    Raises
    ------
    InputError
        Everything wrong with the form: another format, sheet or columns missing, merged cells,
        formula without a saved result, keys, no row left.
    """
    layout = replace(layout, sheet=sheet)
    page = _open(path, sheet)
    raise_if_any(_merged_problems(page, header_row, path, layout))
    raise_if_any(_formula_problems(page, path, layout))
    named = page.rows.get(header_row, {})
    header = [""] * max(named, default=0)
    for column, cell in named.items():
        header[column - 1] = " ".join(_text(cell.value, layout).split())
    rows = [
        (number, _line(cells, len(header), layout))
        for number, cells in sorted(page.rows.items())
        if number > header_row and any(str(cell.value).strip() for cell in cells.values())
    ]
    return checked_table(header, rows, path, layout, prefix)


def _line(cells: dict[int, Filled], width: int, layout: Layout) -> list[str]:
    """Return the cells under the names as text; a note written beyond them has no column."""
    line = [""] * width
    for column, cell in cells.items():
        if column <= width:
            line[column - 1] = _text(cell.value, layout)
    return line


def _open(path: Path, sheet: str) -> Sheet:
    with path.open("rb") as file:
        if file.read(4) == OLD_EXCEL:
            raise InputError([_old_excel(path)])
    try:
        with opened(path) as book:
            names = book.sheetnames
            if sheet in names:
                return filled_sheet(book[sheet])
    except StrictForm as error:
        raise InputError([strict_form(path)]) from error
    except BROKEN as error:
        raise InputError(
            [
                Problem(
                    path.name,
                    "fichier",
                    "illisible comme classeur",
                    "un classeur Excel (.xlsx)",
                    "ouvrir le fichier dans Excel ou LibreOffice et l'enregistrer en .xlsx",
                )
            ]
        ) from error
    raise InputError([_no_sheet(path, sheet, names)])


def _no_sheet(path: Path, sheet: str, names: list[str]) -> Problem:
    return Problem(
        path.name,
        "feuilles du classeur",
        ", ".join(names),
        f"une feuille « {sheet} »",
        "reprendre le classeur d'origine ou rétablir le nom de la feuille",
    )


def strict_form(path: Path) -> Problem:
    """Excel saved the workbook in the other form of its standard."""
    return Problem(
        path.name,
        "fichier",
        "classeur enregistré en « Open XML strict »",
        "un « Classeur Excel (.xlsx) »",
        "l'ouvrir dans Excel ou LibreOffice et l'enregistrer en « Classeur Excel (.xlsx) »",
    )


def _old_excel(path: Path) -> Problem:
    return Problem(
        path.name,
        "fichier",
        "classeur d'un ancien Excel (.xls) ou protégé par un mot de passe",
        "un classeur .xlsx, ou un texte CSV",
        "l'ouvrir dans Excel ou LibreOffice et l'enregistrer en « Classeur Excel (.xlsx) » ou en "
        "« CSV UTF-8 »",
    )


def _merged_problems(page: Sheet, header_row: int, path: Path, layout: Layout) -> list[Problem]:
    """Merged cells in the table; those of the titles above it do no harm."""
    return shortened(
        [
            Problem(
                path.name,
                layout.at(f"cellules {area.coord}"),
                "cellules fusionnées",
                "une valeur dans chaque cellule",
                "annuler la fusion dans le tableur et recopier la valeur dans chaque cellule",
            )
            for area in page.merged
            if area.max_row >= header_row
        ]
    )


def _formula_problems(page: Sheet, path: Path, layout: Layout) -> list[Problem]:
    """Formulas whose result was not saved with them, and results that are errors."""
    expected = {"e": "une valeur", "f": "une formule enregistrée avec son résultat"}
    wrong = [
        (f"{get_column_letter(column)}{row}", cell)
        for kind in expected
        for row, cells in page.rows.items()
        for column, cell in cells.items()
        if cell.kind == kind
    ]
    return shortened(
        [
            Problem(
                path.name,
                layout.at(f"cellule {place}"),
                str(cell.value)[:60],
                expected[cell.kind],
                "ouvrir le classeur dans Excel ou LibreOffice, remplacer la formule par sa valeur "
                "et enregistrer",
            )
            for place, cell in wrong
        ]
    )


def _text(cell: Any, layout: Layout) -> str:
    """Return a cell as it would stand in a text file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, int | float):
        return repr(cell).replace(".", layout.decimal)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return str(cell)
