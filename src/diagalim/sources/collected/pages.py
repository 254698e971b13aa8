"""Where does the table stand in a workbook filled by hand? Its sheet, its row of names, its cells.

People group the columns under merged titles, write a heading above, keep last year's sheet beside.
The row of names is the one that holds the names (or titles) of the schema; merged cells are parted
again; each cell comes out as text together with what it was, so that a number in a column of codes
or a formula without a result can be told from what it looks like.
"""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from diagalim.problems import InputError, Problem
from diagalim.sources.collected.cell_problems import fold
from diagalim.sources.workbook import BROKEN, load_workbook

ZIP = b"PK\x03\x04"
SEARCHED_ROWS = 30
"""Rows from the top among which the names of the columns are looked for."""
MOST_MEGABYTES = 100
"""A sheet of some thousand lines, unfolded; more is another file, or made to fill the memory."""
OWN_SHEETS = ("Lisez-moi", "Listes", "Dictionnaire")
"""Sheets of the template that hold no entry."""


@dataclass(frozen=True)
class Cell:
    """One cell: its text, and whether Excel keeps it as a number, a date, a formula, an error."""

    text: str = ""
    kind: str = "text"
    percent: bool = False
    merged: bool = False


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
        Cells by row and column number; rows without any content are left out.
    """

    file: str
    sheet: str
    header_row: int
    header: list[tuple[int, str]]
    rows: dict[int, dict[int, Cell]]
    remarks: list[str] = field(default_factory=list)

    def place(self, row: int, column: int) -> str:
        """Return a cell as Excel names it: « Saisie!F12 »."""
        return f"{self.sheet}!{get_column_letter(column)}{row}"


def find_page(path: Path, schema: dict[str, Any]) -> Page:
    """Open a workbook and find the table that a schema describes.

    Parameters
    ----------
    path : Path
        The workbook (.xlsx).
    schema : dict
        Table Schema.

    Raises
    ------
    InputError
        The file is no workbook, no sheet or several hold the table, the names come twice.
    """
    values = _open(path, formulas=False)
    written = _open(path, formulas=True) if _holds_formulas(path) else values
    found = []
    for sheet in values.worksheets:
        if sheet.title in OWN_SHEETS or sheet.sheet_state != "visible":
            continue
        rows = header_rows(sheet, schema)
        if rows and _filled_below(sheet, rows[-1]):
            found.append((sheet, rows))
    if len(found) != 1:
        raise InputError([_which_sheet(path, [s.title for s, _ in found], values, schema)])
    sheet, rows = found[0]
    if len(rows) > 1:
        raise InputError([_two_headers(path, sheet.title, rows)])
    return _page(path, sheet, written[sheet.title], rows[0])


def header_rows(sheet: Worksheet, schema: dict[str, Any]) -> list[int]:
    """Return the rows that hold at least half of the names that the schema requires."""
    required = [f for f in schema["fields"] if f.get("constraints", {}).get("required")]
    wanted = [{fold(f["name"]), fold(f.get("title", f["name"]))} for f in required]
    rows = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > SEARCHED_ROWS and not rows:
            break
        seen = {fold(cell) for cell in cells if isinstance(cell, str)}
        if sum(bool(names & seen) for names in wanted) * 2 >= len(wanted):
            rows.append(number)
    return rows


def _holds_formulas(path: Path) -> bool:
    """Tell whether any sheet holds a formula, so that most workbooks are read once only."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f>" in archive.read(n) or b"<f " in archive.read(n) for n in sheets)


def _open(path: Path, *, formulas: bool) -> Any:
    try:
        with path.open("rb") as file:
            if file.read(4) != ZIP:
                raise InputError([_not_a_workbook(path)])
        with zipfile.ZipFile(path) as archive:
            unfolded = sum(part.file_size for part in archive.infolist()) / 1e6
        if unfolded > MOST_MEGABYTES:
            raise InputError([_too_big(path, unfolded)])
        return load_workbook(path, data_only=not formulas)
    except InputError:
        raise
    except BROKEN as error:
        raise InputError([_not_a_workbook(path)]) from error


def _not_a_workbook(path: Path) -> Problem:
    return Problem(
        path.name,
        "fichier",
        "illisible comme classeur (ancien .xls, mot de passe, fichier coupé ou d'une autre sorte)",
        "un classeur Excel .xlsx sans mot de passe",
        "l'ouvrir dans Excel ou LibreOffice et l'enregistrer en « Classeur Excel (.xlsx) »",
    )


def _too_big(path: Path, size: float) -> Problem:
    return Problem(
        path.name,
        "fichier",
        f"{size:.0f} Mo une fois ouvert",
        f"un classeur de moins de {MOST_MEGABYTES} Mo",
        "vérifier que c'est la bonne fiche ; supprimer les lignes vides mises en forme et les "
        "feuilles sans rapport",
    )


def _which_sheet(path: Path, filled: list[str], book: Any, schema: dict[str, Any]) -> Problem:
    wanted = schema.get("feuille", "Saisie")
    if filled:
        return Problem(
            path.name,
            "feuilles du classeur",
            "plusieurs feuilles remplies : " + ", ".join(f"« {name} »" for name in filled),
            "une seule feuille remplie",
            f"garder la feuille à transmettre (« {wanted} ») et supprimer les autres, ou envoyer "
            "un classeur par feuille",
        )
    names = [f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")]
    return Problem(
        path.name,
        "feuilles du classeur",
        ", ".join(f"« {name} »" for name in book.sheetnames),
        f"une feuille « {wanted} » avec une ligne de noms de colonnes ({', '.join(names)}) et au "
        "moins une ligne remplie dessous",
        "repartir du modèle de fiche et rétablir les noms de colonnes",
    )


def _two_headers(path: Path, sheet: str, rows: list[int]) -> Problem:
    return Problem(
        path.name,
        " et ".join(f"{sheet}!A{row}" for row in rows),
        "plusieurs lignes de noms de colonnes",
        "une seule ligne de noms, au-dessus des données",
        "supprimer les lignes de noms répétées",
    )


def _filled_below(sheet: Worksheet, row: int) -> bool:
    return any(
        cell is not None and str(cell).strip()
        for cells in sheet.iter_rows(min_row=row + 1, values_only=True)
        for cell in cells
    )


def _page(path: Path, values: Worksheet, written: Worksheet, header_row: int) -> Page:
    """Return the cells under the row of names, merged ones parted again."""
    parted = {
        (row, column): (area.min_row, area.min_col)
        for area in values.merged_cells.ranges
        if area.max_row >= header_row
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    columns = range(1, values.max_column + 1)  # openpyxl looks at every cell each time it is asked
    rows: dict[int, dict[int, Cell]] = {}
    for row in range(header_row, values.max_row + 1):
        cells = {}
        for column in columns:
            source = parted.get((row, column))
            at = source or (row, column)
            cells[column] = _cell(values.cell(*at), written.cell(*at), source is not None)
        if any(cell.text or cell.kind in ("formula", "error") for cell in cells.values()):
            rows[row] = cells
    header = [(c, " ".join(cell.text.split())) for c, cell in rows.pop(header_row).items()]
    last = max(column for column, name in header if name)
    filled = {c for cells in rows.values() for c, cell in cells.items() if cell.text}
    header = [(c, name) for c, name in header if name or (c <= last and c in filled)]
    page = Page(path.name, values.title, header_row, header, rows)
    if header_row > 1:
        page.remarks.append(
            f"{values.title} : lignes 1 à {header_row - 1} au-dessus des noms de colonnes, ignorées"
            if header_row > 2
            else f"{values.title} : ligne 1 au-dessus des noms de colonnes, ignorée"
        )
    return page


def _cell(value: Any, written: Any, merged: bool) -> Cell:
    """Return a cell as text with what it is.

    A formula counts by its saved result, and stays ``formula`` where none was saved.
    """
    seen = value.value
    formula = written.data_type == "f"
    percent = "%" in (value.number_format or "")
    if formula and seen in (None, ""):
        return Cell(str(written.value), "formula", merged=merged)
    if value.data_type == "e":
        return Cell(str(seen), "error", merged=merged)
    kind = "computed" if formula else "text"
    if seen is None:
        return Cell(merged=merged)
    if isinstance(seen, bool):
        return Cell("VRAI" if seen else "FAUX", "number", merged=merged)
    if isinstance(seen, datetime.datetime | datetime.date):
        day = seen.date() if isinstance(seen, datetime.datetime) else seen
        return Cell(day.isoformat(), "date", merged=merged)
    if isinstance(seen, int | float):
        whole = isinstance(seen, float) and seen.is_integer()
        text = str(int(seen)) if whole else repr(seen)
        return Cell(text, kind if formula else "number", percent, merged)
    return Cell(str(seen).strip(), kind, merged=merged)
