"""The published documents of the study: their figures, their inconsistencies, the rules on them.

They stand in ``data/publie/``: facts carried over from the documents with their source, never a
sentence of them. A figure keeps the form in which it was printed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from diagalim.wording.problems import Problem, raise_if_any
from diagalim.workspace.paths import project_root

FOLDER = "data/publie"
RULES_FILE = f"{FOLDER}/controles.yml"


def read_published(name: str, *, keyed: bool = True) -> pd.DataFrame:
    """Read one table of ``data/publie``, every cell as text.

    Parameters
    ----------
    name : str
        ``faits`` (one row a figure: ``document``, ``libelle``, ``valeur``, ``unite``,
        ``territoire``, ``annee``, ``source_citee``, ``remarque``), ``documents`` or ``anomalies``…
    keyed : bool
        Index the table by its first column, which then identifies a row.

    Raises
    ------
    InputError
        When a row has not as many cells as there are columns (a comma without its quotation marks
        would move every cell of the table), or an identifier comes twice.
    """
    _check_cells(name)
    table = pd.read_csv(project_root() / FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)
    if not keyed:
        return table
    table = table.set_index(table.columns[0])
    twice = table.index[table.index.duplicated()].unique()
    raise_if_any(
        Problem(
            f"{FOLDER}/{name}.csv",
            f"colonne {table.index.name}",
            key,
            "chaque identifiant une seule fois",
            "garder la bonne ligne et renommer l'autre",
        )
        for key in twice
    )
    return table


def read_amounts(name: str) -> pd.DataFrame:
    """Read one table of ``data/publie`` to compute with: its numbers are numbers, its codes text.

    Parameters
    ----------
    name : str
        ``cadrage`` (framing figures of a study) or ``seuils_pauvrete`` (poverty thresholds).
    """
    _check_cells(name)
    return pd.read_csv(project_root() / FOLDER / f"{name}.csv", dtype={"code": str})


def _check_cells(name: str) -> None:
    """Refuse a row that has more or fewer cells than there are columns."""
    path = project_root() / FOLDER / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        columns = len(next(rows, []))
        wrong = [(rows.line_num, len(row)) for row in rows if row and len(row) != columns]
    raise_if_any(
        Problem(
            f"{FOLDER}/{name}.csv",
            f"ligne {line}",
            f"{cells} cellules",
            f"{columns} cellules, une par colonne",
            "mettre entre guillemets droits le texte qui contient une virgule",
        )
        for line, cells in wrong
    )


def rules_path() -> Path:
    """Return where the rules on published figures stand."""
    return project_root() / RULES_FILE
