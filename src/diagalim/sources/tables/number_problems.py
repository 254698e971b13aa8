"""What is wrong with the numbers of a table: no number, another decimal mark, out of bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from diagalim.sources.tables.layout import Layout
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import Problem


def cell_problems(
    table: pd.DataFrame, unread: pd.DataFrame, values: pd.DataFrame, path: Path, layout: Layout
) -> list[Problem]:
    """Cells that are no number, and values out of the bounds of their column, column by column.

    Parameters
    ----------
    table : DataFrame of str
        From `diagalim.sources.tables.tabular.read_text_table`.
    unread : DataFrame of bool
        One column a column of numbers: the cells that are neither a number nor a known token.
    values : DataFrame of float
        Of the same shape: what was read, missing elsewhere.
    path : Path
        The file.
    layout : Layout
        Its declared form.
    """
    bounds = [layout.bounds.get(name, (-np.inf, np.inf)) for name in values]
    low, high = np.array(bounds).T
    outside = (values < low) | (values > high)
    return [
        problem
        for name in values
        for problem in (
            *_number_problems(table, name, unread[name], path, layout),
            *_bound_problems(table, name, outside[name], path, layout),
        )
    ]


def _number_problems(
    table: pd.DataFrame, name: str, wrong: pd.Series, path: Path, layout: Layout
) -> list[Problem]:
    """Cells that are neither a number nor a known token."""
    return shortened(
        [
            Problem(
                path.name,
                layout.at(f"ligne {line}, colonne {name}"),
                seen,
                _a_number(layout),
                "corriger la cellule ou la laisser vide",
            )
            for seen, line in _where(table, name, wrong)
        ]
    )


def mark_problems(
    table: pd.DataFrame, swapped: pd.DataFrame, path: Path, layout: Layout
) -> list[Problem]:
    """Numbers written with the other decimal mark: one fault of the file, however many cells.

    Parameters
    ----------
    table : DataFrame of str
        From `diagalim.sources.tables.tabular.read_text_table`.
    swapped : DataFrame of bool
        One column a column of numbers: the cells that are numbers with the other mark.
    path : Path
        The file.
    layout : Layout
        Its declared form.
    """
    touched = {name: cells for name, cells in swapped.items() if cells.any()}
    if not touched:
        return []
    name = next(iter(touched))
    first = table[touched[name]].iloc[0]
    count = sum(int(cells.sum()) for cells in touched.values()) - 1
    others = f" (et {count} autre{'s' if count > 1 else ''} cellule{'s' if count > 1 else ''}"
    others += f", {len(touched)} colonnes en tout)" if len(touched) > 1 else ")"
    return [
        Problem(
            path.name,
            layout.at(f"ligne {first['_ligne']}, colonne {name}{others if count else ''}"),
            first[name],
            _a_number(layout),
            f"le fichier utilise « {other_mark(layout.decimal)} » : reprendre le fichier d'origine",
        )
    ]


def _a_number(layout: Layout) -> str:
    tokens = f", ou {', '.join(layout.withheld)}" if layout.withheld else ""
    return f"un nombre avec « {layout.decimal} » comme marque décimale{tokens}"


def other_mark(decimal: str) -> str:
    """Return the decimal mark that a layout does not use."""
    return "." if decimal == "," else ","


def _bound_problems(
    table: pd.DataFrame, name: str, outside: pd.Series, path: Path, layout: Layout
) -> list[Problem]:
    """Values out of the bounds of their column."""
    low, high = layout.bounds.get(name, (-np.inf, np.inf))
    return shortened(
        [
            Problem(
                path.name,
                layout.at(f"ligne {line}, colonne {name}"),
                seen,
                f"une valeur entre {low:g} et {high:g}",
                "vérifier l'unité et la marque décimale de cette colonne",
            )
            for seen, line in _where(table, name, outside)
        ]
    )


def _where(table: pd.DataFrame, name: str, cells: pd.Series) -> Iterator[tuple[str, int]]:
    """Return what chosen cells of a column hold, and the line of each."""
    if not cells.any():
        return iter(())
    return zip(table.loc[cells, name], table.loc[cells, "_ligne"], strict=True)


def number_form(decimal: str) -> str:
    """Return the regular expression of a number with this decimal mark."""
    return rf"[+-]?\d+(?:{re.escape(decimal)}\d+)?(?:[eE][+-]?\d+)?"
