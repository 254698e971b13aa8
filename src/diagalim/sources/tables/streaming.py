"""How a file too large to hold is read: by blocks, keeping the rows of the territory on the way.

The national file of equipment has some 2.8 million rows of 80 columns, of which a department needs
one in forty and eleven columns. The form is checked as that of a small file
(`diagalim.sources.tables.tabular`): the head before anything, every row by its number of cells,
then the codes of the rows kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from diagalim.sources.tables.layout import Layout
from diagalim.sources.tables.tabular import check_encoding, check_head, checked_table
from diagalim.sources.tables.tabular_problems import no_row_problem, shortened
from diagalim.wording.problems import InputError, Problem, raise_if_any

BLOCK = 2**22
"""Bytes read at a time: 4 MB holds 80 columns of some 25,000 rows."""


def read_large_table(
    path: Path, layout: Layout, prefix: str, listed: str, several: int = 0
) -> tuple[pd.DataFrame, set[str]]:
    """Read the rows of one territory out of a large delimited file, as text.

    Parameters
    ----------
    path : Path
        The file; UTF-8, with or without byte order mark.
    layout : Layout
        Its declared form; the key is not unique.
    prefix : str
        Keep the rows whose key starts with it.
    listed : str
        Column whose values are listed over the whole file.
    several : int
        Length of a code where a key may hold several, one after the other; one of them is enough
        to keep the row.

    Returns
    -------
    table : DataFrame of str
        As that of `diagalim.sources.tables.tabular.read_text_table`.
    values : set of str
        Every value of ``listed`` in the file, in the territory or not.

    Raises
    ------
    InputError
        Everything wrong with the form: encoding, separator, columns, rows, keys, no row left.
    """
    check_head(path, layout)
    check_encoding(path)  # Arrow prints a trace of its own at a row that it cannot quote
    short: list[tuple[int, int, int]] = []
    blocks: list[pa.RecordBatch] = []
    values: set[str] = set()
    line, first = 2, ""
    wanted = rf"^(?:.{{{several}}})*{prefix}" if several else f"^{prefix}"
    try:
        for block in _blocks(path, layout, short):
            values.update(pc.unique(block.column(listed)).to_pylist())
            first = first or block.column(layout.key)[0].as_py()
            numbered = block.append_column("_ligne", pa.array(range(line, line + len(block))))
            line += len(block)
            blocks.append(
                numbered.filter(pc.match_substring_regex(block.column(layout.key), wanted))
            )
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise InputError([_unreadable(path, line)]) from error
    raise_if_any(_row_problems(short, path))
    kept = pa.Table.from_batches(blocks).to_pylist() if blocks else []
    if not kept:
        seen = pd.DataFrame({layout.key: [first]})
        raise InputError([no_row_problem(seen, prefix, path, layout)])
    columns = layout.columns
    rows = [(row["_ligne"], [row[name] for name in columns]) for row in kept]
    return checked_table(columns, rows, path, layout), values


def _blocks(path: Path, layout: Layout, short: list[tuple[int, int, int]]) -> Any:
    def skip(row: Any) -> str:
        short.append((row.number or 0, row.actual_columns, row.expected_columns))
        return "skip"

    return pcsv.open_csv(
        path,
        read_options=pcsv.ReadOptions(block_size=BLOCK, use_threads=False),
        parse_options=pcsv.ParseOptions(delimiter=layout.separator, invalid_row_handler=skip),
        convert_options=pcsv.ConvertOptions(
            include_columns=layout.columns,
            column_types=dict.fromkeys(layout.columns, pa.string()),
            strings_can_be_null=False,
        ),
    )


def _row_problems(short: list[tuple[int, int, int]], path: Path) -> list[Problem]:
    return shortened(
        [
            Problem(
                path.name,
                f"ligne {number}",
                f"{seen} champs",
                f"{expected} champs, comme l'en-tête",
                "vérifier les séparateurs et les guillemets de cette ligne",
            )
            for number, seen, expected in short
        ]
    )


def _unreadable(path: Path, line: int) -> Problem:
    return Problem(
        path.name,
        f"après la ligne {line}",
        "texte illisible",
        "un texte en UTF-8, complet",
        "télécharger de nouveau le fichier du producteur et vérifier sa taille",
    )
