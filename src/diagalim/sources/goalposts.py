"""Bounds frozen at an earlier run, in a small CSV file that a study keeps from year to year.

Three columns, comma, decimal point: ``indicateur``, ``bas``, ``haut``. `diagalim compare` writes it
and reads it again, so that scores of several years stand between the same bounds.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pandas as pd

from diagalim.wording.problems import InputError, Problem, raise_if_any

COLUMNS = ["indicateur", "bas", "haut"]
REMEDY = "reprendre le fichier écrit par diagalim compare --ecrire-bornes"


def goalposts_csv(bounds: pd.DataFrame) -> str:
    """Return bounds (`diagalim.analysis.solidity.over_time.goalposts`), no digit lost, as text."""
    return bounds.rename_axis("indicateur").to_csv(columns=["bas", "haut"], lineterminator="\n")


def read_goalposts(path: Path) -> pd.DataFrame:
    """Read bounds as `goalposts_csv` gives them.

    Returns
    -------
    DataFrame
        Indexed by ``indicateur``: ``bas`` and ``haut``.

    Raises
    ------
    InputError
        With every fault: file that cannot be read, other columns, a bound that is no finite number,
        a low bound not under the high one, an indicator given twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        seen = "absent" if isinstance(error, FileNotFoundError) else "illisible"
        raise InputError(
            [Problem(path.name, "fichier", seen, "un fichier CSV en UTF-8", REMEDY)]
        ) from error
    head = ",".join(rows[0]) if rows else "fichier vide"
    if not rows or rows[0] != COLUMNS:
        raise InputError([Problem(path.name, "ligne 1", head, ",".join(COLUMNS), REMEDY)])
    found: dict[str, tuple[float, float]] = {}
    problems = []
    for number, row in enumerate(rows[1:], start=2):
        fault = _fault(row, found)
        if fault:
            problems.append(Problem(path.name, f"ligne {number}", ",".join(row), fault, REMEDY))
            continue
        found[row[0]] = (float(row[1]), float(row[2]))
    if not found and not problems:
        problems.append(Problem(path.name, "fichier", "aucune ligne", "une par indicateur", REMEDY))
    raise_if_any(problems)
    return pd.DataFrame.from_dict(found, orient="index", columns=COLUMNS[1:]).rename_axis(
        "indicateur"
    )


def _fault(row: list[str], known: dict[str, tuple[float, float]]) -> str:
    """Return what a row should have been, or nothing when it is right."""
    if len(row) != len(COLUMNS):
        return f"{len(COLUMNS)} valeurs séparées par des virgules"
    if row[0] in known:
        return "chaque indicateur une seule fois"
    try:
        low, high = float(row[1]), float(row[2])
    except ValueError:
        return "deux nombres, avec un point décimal"
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        return "deux nombres finis, la borne basse sous la borne haute"
    return ""
