"""A table as a web page needs it: headers tied to cells, names escaped, wide ones scrolled.

Cells arrive as text already formatted by `diagalim.wording.french`: what is shown is decided where
the table is made, and a table is never a place where numbers are rounded a second time.
"""

from __future__ import annotations

import html

import pandas as pd

from diagalim.wording import french

SENTENCE = 60
"""A cell this long is a sentence: its column keeps room to be read."""
PRINTED = 60
"""More rows than this are a file, not a page of paper: 840 filled a hundred sheets."""
NEW_LINE = "\n"
"""Between cells: the search of the site strips the tags and would glue two words."""

HIDDEN = "masqué"
"""What stands in a table in place of a number that disclosure control hides."""


def html_table(
    table: pd.DataFrame,
    caption: str,
    *,
    index_label: str,
    text_columns: tuple[str, ...] = (),
    row_ids: pd.Series | None = None,
    height: str | None = None,
) -> str:
    """Return an HTML table.

    Parameters
    ----------
    table : DataFrame
        Cells as text; the index gives the row headers.
    caption : str
        Says what the table shows.
    index_label : str
        Header of the first column.
    text_columns : tuple of str
        Columns aligned on the left; the others hold numbers, aligned on the right.
    row_ids : Series of str, optional
        An ``id`` for each row, so that a link may lead to it.
    height : str, optional
        CSS height over which a long table scrolls inside its frame.

    Returns
    -------
    str
        The table in a frame that scrolls sideways on a narrow screen and can be reached by
        keyboard. One of more than `PRINTED` rows is left out of a printed page, which says so.
    """
    head = "\n".join(
        f'<th scope="col"{_align(name, text_columns)}>{html.escape(str(name))}</th>'
        for name in table.columns
    )
    rows = []
    for position, (label, cells) in enumerate(
        zip(table.index, table.itertuples(index=False, name=None), strict=True)
    ):
        anchor = "" if row_ids is None else f' id="{html.escape(str(row_ids.iloc[position]))}"'
        body = "\n".join(
            f"<td{_align(name, text_columns, str(cell))}>{html.escape(str(cell))}</td>"
            for name, cell in zip(table.columns, cells, strict=True)
        )
        rows.append(f'<tr{anchor}><th scope="row">{html.escape(str(label))}</th>\n{body}</tr>')
    style = f' style="max-height:{height}"' if height else ""
    escaped = html.escape(caption)
    long, left_out = ("", "")
    if len(table) > PRINTED:
        long = " tableau-long"
        left_out = (
            f'<p class="tableau-non-imprime">{escaped}{french.NO_BREAK}: tableau de '
            f"{french.number(len(table))} lignes, non imprimé\u202f; il se lit à l'écran.</p>"
        )
    return (
        f'<div class="tableau{long}" role="region" aria-label="{escaped}" tabindex="0"{style}>'
        f"<table><caption>{escaped}</caption>\n"
        f'<thead><tr><th scope="col">{html.escape(index_label)}</th>\n{head}</tr></thead>\n'
        f"<tbody>{NEW_LINE.join(rows)}</tbody></table></div>{left_out}"
    )


def _align(name: str, text_columns: tuple[str, ...], cell: str = "") -> str:
    if name not in text_columns:
        return ' class="nombre"'
    return ' class="phrase"' if len(cell) >= SENTENCE else ""
