"""What does a collected table hold? A CSV typed by hand or exported, read against its Table Schema.

Collected files are made by people in a hurry, with the software they have: a column renamed, a row
left blank, a date written the French way. What has one meaning is read; everything else is said,
all at once, with its line and its column. Nothing is read half.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from diagalim.sources.tables.cell_problems import fold
from diagalim.sources.tables.cells import Grid, check_cells
from diagalim.sources.tables.layout import SEPARATORS
from diagalim.sources.tables.links import link_problems
from diagalim.sources.tables.tabular_problems import content_problem, row_problems, shortened
from diagalim.wording.problems import InputError, Problem, raise_if_any

ACCEPTED_SEPARATORS = ",;"
MOST_MEGABYTES = 50
"""A survey or a list of places holds a few thousand rows; more is another file (convention)."""

Row = tuple[int, list[str]]
Rules = Callable[[pd.DataFrame, Grid], list[Problem]]
"""What a schema cannot say: from the values and where each stands, all that is wrong with them."""


def read_collected(
    path: Path,
    schema: dict[str, Any],
    others: Mapping[str, pd.DataFrame] | None = None,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Read a collected CSV and check all of it against its schema.

    Parameters
    ----------
    path : Path
        The file: UTF-8 with or without byte order mark, comma or semicolon.
    schema : dict
        Its Table Schema (``data/schemas/collecte``, read by `diagalim.sources.schemas`).
    others : mapping of str to DataFrame, optional
        Tables already read, for the foreign keys that name them.
    rules : callable, optional
        Checks of whole rows, asked once every cell is right.

    Returns
    -------
    DataFrame
        Columns of the schema in its order, of types that know a missing value: ``string``,
        ``Int64``, ``Float64``, ``boolean``, ``datetime64``. Text that looks like a formula is text;
        it is for the exports to write it harmless.

    Raises
    ------
    InputError
        Everything wrong with the file, in French.
    """
    raise_if_any(size_problems(path))
    raw = path.read_bytes()
    wrong = content_problem(raw, path)
    raise_if_any([wrong] if wrong else [])
    text = raw.decode("utf-8-sig")
    names = [field["name"] for field in schema["fields"]]
    separator = _separator(text, path, names)
    header, rows = _cut(text, separator, path)
    problems = header_problems(header, names, path.name)
    uneven = row_problems(rows, len(header), path)
    even = [(line, cells) for line, cells in rows if len(cells) == len(header)]
    filled = _without_blank_end(even)
    problems += uneven + _blank_problems(filled, path)
    written = [(line, cells) for line, cells in filled if any(cells)]
    if not written and not uneven:
        raise InputError([*problems, _no_row(path)])
    grid = Grid(
        path.name,
        header,
        [cells for _, cells in written],
        lambda row, name: f"ligne {written[row][0]}, colonne {name}",
        ",." if separator == ";" else ".",
    )
    table, wrong_cells = check_cells(grid, schema)
    problems += wrong_cells
    if not problems:
        problems += link_problems(table, schema, others or {}, grid)
        problems += rules(table, grid) if rules else []
    raise_if_any(problems)
    return table


def without_private(table: pd.DataFrame, schema: dict[str, Any]) -> pd.DataFrame:
    """Return a table without its personal and free text columns: what a chapter may be given.

    Parameters
    ----------
    table : DataFrame
        From `read_collected`, or the table of a report.
    schema : dict
        Its Table Schema, whose ``donnee_personnelle`` and ``texte_libre`` mark those columns.
    """
    private = [
        field["name"]
        for field in schema["fields"]
        if field.get("donnee_personnelle") or field.get("texte_libre")
    ]
    return table.drop(columns=[name for name in private if name in table])


def header_problems(header: Sequence[str], names: Sequence[str], file: str) -> list[Problem]:
    """Return the columns that are missing, renamed, doubled or that no schema names.

    Parameters
    ----------
    header : sequence of str
        Names found.
    names : sequence of str
        Names that the schema wants.
    file : str
        For the messages.
    """
    problems = [
        Problem(
            file,
            "en-tête",
            name,
            "chaque colonne une seule fois",
            f"supprimer la colonne « {name} » en double",
        )
        for name in sorted(name for name, count in Counter(header).items() if name and count > 1)
    ]
    extra = [name for name in dict.fromkeys(header) if name not in names]
    for name in [name for name in names if name not in header]:
        near = _renamed(name, extra)
        if near is not None:
            extra.remove(near)
        problems.append(
            Problem(
                file,
                "en-tête",
                near if near is not None else f"{len(header)} colonnes",
                f"une colonne « {name} »",
                f"renommer « {near} » en « {name} »"
                if near is not None
                else f"ajouter la colonne « {name} », vide si rien n'est connu",
            )
        )
    problems += [
        Problem(
            file,
            "en-tête",
            name or f"colonne {list(header).index(name) + 1} sans nom",
            f"une des colonnes déclarées : {', '.join(names)}",
            "supprimer cette colonne : ce qui n'est pas déclaré n'est ni contrôlé ni protégé",
        )
        for name in extra
    ]
    return problems


def _renamed(name: str, extra: Sequence[str]) -> str | None:
    """Return the column left over that is probably this one under another spelling."""
    folded = {fold(other): other for other in extra if other}
    near = difflib.get_close_matches(fold(name), folded, n=1, cutoff=0.75)
    return folded[near[0]] if near else None


def size_problems(path: Path) -> list[Problem]:
    """Return that a file is larger than a collected table can be."""
    size = path.stat().st_size / 1e6
    if size <= MOST_MEGABYTES:
        return []
    return [
        Problem(
            path.name,
            "fichier",
            f"{size:.0f} Mo",
            f"une table collectée de moins de {MOST_MEGABYTES} Mo",
            "vérifier que c'est le bon fichier",
        )
    ]


def unopened_problem(path: Path) -> Problem:
    """Return that a file, or one of its parts, cannot be opened."""
    return Problem(
        path.name,
        "fichier",
        "ne peut pas être ouvert, ou incomplet",
        "un fichier lisible (pour une enquête : un dossier avec l'export et le dictionnaire)",
        "vérifier que le fichier est là, entier, et ses droits d'accès",
    )


def _separator(text: str, path: Path, names: Sequence[str]) -> str:
    """Return the separator of the header; refuse a tabulation or a bar."""
    first = text.lstrip("\r\n").splitlines()[0]
    found = max(SEPARATORS, key=first.count)
    if found in ACCEPTED_SEPARATORS or not first.count(found) or len(names) == 1:
        return found if first.count(found) and found in ACCEPTED_SEPARATORS else ","
    raise InputError(
        [
            Problem(
                path.name,
                "en-tête",
                f"séparateur {SEPARATORS[found]}",
                "séparateur virgule « , » ou point-virgule « ; »",
                "enregistrer de nouveau en « CSV UTF-8 »",
            )
        ]
    )


def _cut(text: str, separator: str, path: Path) -> tuple[list[str], list[Row]]:
    """Cut the text in rows of stripped cells, each with the line where it begins."""
    if "\n" not in text:
        text = text.replace("\r", "\n")  # line ends of old Macintosh files
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    start = 1
    try:
        for cells in reader:
            rows.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            [
                Problem(
                    path.name,
                    f"ligne {start}",
                    "guillemets ou champ sans fin",
                    "des guillemets par paires, doublés à l'intérieur d'un texte",
                    "corriger les guillemets de cette ligne, ou exporter de nouveau le fichier",
                )
            ]
        ) from error
    rows = _without_blank_start(rows)
    header = rows[0][1]
    blank = [""] * len(header)  # a blank row is said to be blank, not to lack cells
    return header, [(line, cells if any(cells) else blank) for line, cells in rows[1:]]


def _without_blank_start(rows: list[Row]) -> list[Row]:
    first = next(i for i, (_, cells) in enumerate(rows) if any(cells))
    return rows[first:]


def _without_blank_end(rows: list[Row]) -> list[Row]:
    """Leave out the rows of separators alone that spreadsheets add at the end."""
    last = max((i for i, (_, cells) in enumerate(rows) if any(cells)), default=-1)
    return rows[: last + 1]


def _blank_problems(rows: list[Row], path: Path) -> list[Problem]:
    return shortened(
        [
            Problem(
                path.name,
                f"ligne {line}",
                "ligne vide",
                "des lignes remplies qui se suivent",
                "supprimer la ligne vide, ou retrouver ce qui y manque",
            )
            for line, cells in rows
            if not any(cells)
        ]
    )


def _no_row(path: Path) -> Problem:
    return Problem(
        path.name,
        "fichier",
        "aucune ligne sous l'en-tête",
        "au moins une ligne",
        "vérifier l'export, ou retirer le fichier s'il n'y a rien à dire",
    )
