"""How an official table is read: as text first, against its declared layout.

Every trap of the official files is one of form: a decimal comma read as a thousand separator, a
code that lost its leading zero in a spreadsheet, a column renamed between two vintages, a withheld
value read as zero. So a file is read as text, its form is compared with the declared layout, and
only then are numbers made. All the problems of a file are raised together.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from diagalim.sources.tables.layout import Layout
from diagalim.sources.tables.number_problems import (
    cell_problems,
    mark_problems,
    number_form,
    other_mark,
)
from diagalim.sources.tables.tabular_problems import (
    content_problem,
    duplicate_problems,
    encoding_problem,
    header_problems,
    key_problems,
    no_row_problem,
    row_problems,
    separator_problem,
)
from diagalim.wording.problems import InputError, Problem, raise_if_any

HEAD = 2**16
"""Bytes read before the rest: the widest header of the official files takes a few thousand."""
PIECE = 2**22
"""Bytes of a large file looked at together."""

LONGEST_FIELD = 131_072
"""Characters of one field: more is a quote never closed (default of the csv module)."""


def read_text_table(path: Path, layout: Layout, prefix: str | tuple[str, ...] = "") -> pd.DataFrame:
    """Read a delimited file as text and check its form.

    Parameters
    ----------
    path : Path
        The file; UTF-8, with or without byte order mark.
    layout : Layout
        Its declared form.
    prefix : str or tuple of str
        Keep the rows whose key starts with it (the territory); national files are filtered here.

    Returns
    -------
    DataFrame of str
        Columns of the layout, empty cells as ``""``, and ``_ligne``, the line in the file.

    Raises
    ------
    InputError
        Everything wrong with the form: encoding, separator, columns, keys, no row left.
    """
    check_head(path, layout)
    rows = list(_split(_decode(path), path, layout))
    header = [name.strip() for name in rows[0][1]]
    raise_if_any(row_problems(rows[1:], len(header), path))
    return checked_table(header, rows[1:], path, layout, prefix)


def check_head(path: Path, layout: Layout) -> None:
    """Check what a file is by its beginning, so that a large one of another kind is not loaded.

    Raises
    ------
    InputError
        Not a text in UTF-8, another separator, columns missing or twice.
    """
    with path.open("rb") as file:
        raw = file.read(HEAD)
        whole = not file.read(1)
    wrong = content_problem(raw, path, whole=whole)
    if wrong:
        raise InputError([wrong])
    text = raw.decode("utf-8-sig", errors="ignore")  # the last character may be cut
    wrong = separator_problem(text.lstrip().splitlines()[0], path, layout)
    if wrong:
        raise InputError([wrong])
    header = next(_split(text, path, layout))[1]
    raise_if_any(header_problems([name.strip() for name in header], path, layout))


def check_encoding(path: Path) -> None:
    """Check that a file too large to hold is in UTF-8 to its end, a piece at a time.

    Raises
    ------
    InputError
        With the line of the first character in another encoding.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    line = 1
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise InputError([encoding_problem(path, line)]) from error
            line += piece.count(b"\n")


def checked_table(
    header: list[str],
    rows: list[tuple[int, list[str]]],
    path: Path,
    layout: Layout,
    prefix: str | tuple[str, ...] = "",
) -> pd.DataFrame:
    """Check rows already cut into cells against their layout, and keep those of the territory.

    Parameters
    ----------
    header : list of str
        Names of the columns.
    rows : list of (int, list of str)
        Line in the file and cells, as many as the header has names.
    path : Path
        The file, for the messages.
    layout : Layout
        Its declared form.
    prefix : str or tuple of str
        As in `read_text_table`.

    Raises
    ------
    InputError
        Columns missing or twice, codes of another form or twice, no row left.
    """
    raise_if_any(header_problems(header, path, layout))
    table = pd.DataFrame([cells for _, cells in rows], columns=header, dtype=str)
    table = table[layout.columns].apply(lambda column: column.str.strip())
    table["_ligne"] = [number for number, _ in rows]
    raise_if_any(key_problems(table, path, layout))
    kept = table[table[layout.key].str.startswith(prefix)] if prefix else table
    if kept.empty:
        raise InputError([no_row_problem(table, prefix, path, layout)])
    raise_if_any(duplicate_problems(kept, path, layout))
    return kept.reset_index(drop=True)


def to_numbers(table: pd.DataFrame, path: Path, layout: Layout) -> pd.DataFrame:
    """Make numbers of the columns that the layout declares, withheld values apart.

    Parameters
    ----------
    table : DataFrame of str
        From `read_text_table`.
    path : Path
        The file, for the messages.
    layout : Layout
        Its declared form.

    Returns
    -------
    DataFrame
        Long table: ``code``, ``variable``, ``valeur`` (float, missing when withheld), ``motif``
        (token seen, ``"vide"`` for an empty cell, ``""`` when a value is there).

    Raises
    ------
    InputError
        Every cell that is neither a number nor a known token, and every value out of bounds.
    """
    names = list(layout.numbers)
    # all the columns in one: a census table has a hundred, and pandas costs by the call
    numbers = table[names].melt(var_name="variable", value_name="vu")
    seen = numbers.pop("vu")
    withheld = seen.isin(layout.withheld) | (seen == "")
    ordinary = seen.where(~withheld)
    wrong = ordinary.notna() & ~ordinary.str.fullmatch(number_form(layout.decimal), na=False)
    plain = ordinary.where(~wrong).str.replace(layout.decimal, ".", regex=False)
    values = pd.to_numeric(plain)
    endless = values.abs() == np.inf  # 1e999 has the form of a number
    values = values.mask(endless)
    swapped = wrong & ordinary.str.fullmatch(number_form(other_mark(layout.decimal)), na=False)
    unread = wrong & ~swapped | endless

    def by_column(cells: pd.Series) -> pd.DataFrame:
        shaped = cells.to_numpy().reshape(len(names), len(table)).T
        return pd.DataFrame(shaped, index=table.index, columns=names)

    raise_if_any(
        mark_problems(table, by_column(swapped), path, layout)
        + cell_problems(table, by_column(unread), by_column(values), path, layout)
    )
    numbers.insert(0, "code", pd.concat([table[layout.key]] * len(names), ignore_index=True))
    numbers["valeur"] = values
    numbers["motif"] = seen.where(withheld, "").mask(withheld & (seen == ""), "vide")
    return numbers


def _decode(path: Path) -> str:
    raw = path.read_bytes()
    wrong = content_problem(raw, path)
    if wrong:
        raise InputError([wrong])
    return raw.decode("utf-8-sig")


def _split(text: str, path: Path, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Cut the text in rows, each with the line where it begins; blank ones are left out."""
    # any end of line will do, and those inside quotes are kept as they are
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=layout.separator)
    begins = 1
    csv.field_size_limit(LONGEST_FIELD)  # frictionless raises it for the whole process
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InputError([_endless_field(path, begins)]) from error


def _endless_field(path: Path, line: int) -> Problem:
    size = f"{LONGEST_FIELD:,}".replace(",", "\u202f")
    return Problem(
        path.name,
        f"ligne {line}",
        f"un champ de plus de {size} caractères",
        "des champs courts, chaque guillemet ouvert étant fermé",
        "fermer le guillemet resté ouvert sur cette ligne, ou reprendre le fichier du producteur",
    )
