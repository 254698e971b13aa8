"""What does a sheet hold that its sender no longer sees, or no longer means?

A filter hides lines that are still there; a line struck out was taken away on the screen only. All
of it is read, since nobody but the sender knows, and said, so that the sender may take it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl.utils import get_column_letter

from diagalim.sources.tables.pages import Page
from diagalim.sources.tables.sheets import Sheet

SAID = 8
"""Lines, columns or cells named; the others are counted."""


def unseen_remarks(page: Page, sheet: Sheet, columns: Iterable[int]) -> list[str]:
    """Return what is hidden or struck out in the lines that are read, in French.

    Parameters
    ----------
    page : Page
        The table, its rows of totals taken away.
    sheet : Sheet
        The sheet where it stands.
    columns : iterable of int
        Columns that are read.
    """
    columns = list(columns)
    lines = [row for row in page.rows if row in sheet.hidden_rows]
    hidden = [
        get_column_letter(column)
        for column in columns
        if sheet.hides_column(column) and any(cells[column].text for cells in page.rows.values())
    ]
    remarks = [_said(page, "lignes masquées lues", "ligne masquée lue", lines)]
    remarks += [_said(page, "colonnes masquées lues", "colonne masquée lue", hidden)]
    return [remark for remark in remarks if remark] + _struck(page, columns)


def _struck(page: Page, columns: Sequence[int]) -> list[str]:
    """Lines of which every cell is struck out, then single cells of others."""
    lines, cells = [], []
    for row, found in page.rows.items():
        filled = [column for column in columns if found[column].text]
        struck = [column for column in filled if found[column].struck]
        if struck and len(struck) == len(filled):
            lines.append(row)
        else:
            cells += [f"{get_column_letter(column)}{row}" for column in struck]
    return [
        f"{_said(page, several, one, places)} ; à supprimer du classeur si elle"
        f"{' ne compte' if len(places) == 1 else 's ne comptent'} plus"
        for several, one, places in (
            ("lignes barrées lues", "ligne barrée lue", lines),
            ("cellules barrées lues", "cellule barrée lue", cells),
        )
        if places
    ]


def _said(page: Page, several: str, one: str, places: Sequence[object]) -> str:
    if not places:
        return ""
    more = len(places) - SAID
    rest = f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else ""
    named = ", ".join(map(str, places[:SAID]))
    return f"{page.sheet} : {one if len(places) == 1 else several} : {named}{rest}"
