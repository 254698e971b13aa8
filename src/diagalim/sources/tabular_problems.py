"""What is wrong with a table, said so that its owner can mend it.

One function for each way in which a file or a sheet may differ from its declared layout; each
returns the problems that it finds and decides nothing.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from diagalim.problems import Problem
from diagalim.sources.layout import SEPARATORS, Layout

SHOWN = 5
"""Rows quoted for one kind of problem; the rest is counted."""


def content_problem(raw: bytes, path: Path) -> Problem | None:
    """The file is empty, is no text, or is not in UTF-8."""
    if not raw.strip():
        return Problem(
            path.name,
            "fichier",
            "vide",
            "un en-tête et des lignes",
            "télécharger de nouveau le fichier",
        )
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _encoding_problem(path, "UTF-16", "début du fichier")
    if raw[:4] == b"PK\x03\x04" or b"\x00" in raw[:4096]:
        return Problem(
            path.name,
            "fichier",
            "archive ou classeur" if raw[:2] == b"PK" else "contenu binaire",
            "un fichier texte (CSV)",
            "décompresser l'archive, ou enregistrer la feuille en CSV UTF-8",
        )
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _encoding_problem(path, "autre que UTF-8", f"ligne {line}")
    return None


def _encoding_problem(path: Path, seen: str, place: str) -> Problem:
    return Problem(
        path.name,
        place,
        f"encodage {seen}",
        "un texte en UTF-8",
        "enregistrer de nouveau en « CSV UTF-8 » (Excel, LibreOffice) ou reprendre le fichier "
        "du producteur",
    )


def separator_problem(first_line: str, path: Path, layout: Layout) -> Problem | None:
    """The header is cut by another separator."""
    found = max(SEPARATORS, key=first_line.count)
    if found == layout.separator or first_line.count(found) <= first_line.count(layout.separator):
        return None
    return Problem(
        path.name,
        "en-tête",
        f"séparateur {SEPARATORS[found]} « {found} »",
        f"séparateur {SEPARATORS[layout.separator]} « {layout.separator} »",
        "reprendre le fichier du producteur, ou l'enregistrer avec ce séparateur",
    )


def header_problems(header: Sequence[str], path: Path, layout: Layout) -> Iterable[Problem]:
    """Columns of the layout that are not there, and columns that come twice."""
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield Problem(
            path.name,
            layout.at("en-tête"),
            name,
            "chaque colonne une seule fois",
            f"supprimer la colonne « {name} » en double",
        )
    for name in layout.columns:
        if name in header:
            continue
        near = difflib.get_close_matches(name, header, n=1, cutoff=0.7)
        hint = f"la colonne « {near[0]} » lui ressemble : " if near else ""
        yield Problem(
            path.name,
            layout.at("en-tête"),
            near[0] if near else f"{len([h for h in header if h])} colonnes",
            f"une colonne « {name} »",
            f"{hint}vérifier le millésime du fichier ou rétablir ce nom de colonne",
        )


def row_problems(rows: Iterable[tuple[int, list[str]]], width: int, path: Path) -> list[Problem]:
    """Rows that have not as many cells as the header."""
    return shortened(
        [
            Problem(
                path.name,
                f"ligne {number}",
                f"{len(cells)} champs",
                f"{width} champs, comme l'en-tête",
                "vérifier les séparateurs et les guillemets de cette ligne",
            )
            for number, cells in rows
            if len(cells) != width
        ]
    )


def key_problems(table: pd.DataFrame, path: Path, layout: Layout) -> list[Problem]:
    """Codes that are not of the declared form, in the key and in the other text columns."""
    forms = {layout.key: (layout.key_form, layout.key_example), **layout.forms}
    return [
        problem
        for name, (form, example) in forms.items()
        for problem in _form_problems(table, name, form, example, path, layout)
    ]


def _form_problems(
    table: pd.DataFrame, name: str, form: str, example: str, path: Path, layout: Layout
) -> list[Problem]:
    wrong = table[~table[name].str.fullmatch(form)]
    problems = []
    for seen, line in zip(wrong[name], wrong["_ligne"], strict=True):
        as_number = re.fullmatch(r"\d+(?:[.,]\d+)?(?:[eE]\+?\d+)?", seen) is not None
        problems.append(
            Problem(
                path.name,
                layout.at(f"ligne {line}, colonne {name}"),
                seen or "vide",
                f"un code sous forme de texte, comme {example}",
                "le code a été lu comme un nombre (zéro perdu) : reprendre le fichier d'origine "
                "sans passer par un tableur"
                if as_number
                else "rétablir le code officiel de cette ligne",
            )
        )
    return shortened(problems)


def no_row_problem(
    table: pd.DataFrame, prefix: str | tuple[str, ...], path: Path, layout: Layout
) -> Problem:
    """No row is that of the territory."""
    wanted = prefix if isinstance(prefix, str) else " ou ".join(prefix)
    return Problem(
        path.name,
        layout.at(f"colonne {layout.key}"),
        table[layout.key].iloc[0] if len(table) else "aucune ligne sous l'en-tête",
        f"au moins une ligne dont le code commence par {wanted}",
        "vérifier que le fichier couvre ce territoire et qu'il est complet",
    )


def duplicate_problems(table: pd.DataFrame, path: Path, layout: Layout) -> list[Problem]:
    """Codes that come twice where each may come once."""
    if not layout.unique_key:
        return []
    twice = table[table.duplicated(layout.key, keep=False)]
    return shortened(
        [
            Problem(
                path.name,
                layout.at("lignes " + ", ".join(map(str, rows["_ligne"]))),
                key,
                f"chaque code {layout.key} une seule fois",
                "garder la bonne ligne et supprimer l'autre",
            )
            for key, rows in twice.groupby(layout.key)
        ]
    )


def number_problems(
    table: pd.DataFrame, name: str, wrong: pd.Series, path: Path, layout: Layout
) -> list[Problem]:
    """Cells that are neither a number nor a known token."""
    other = "." if layout.decimal == "," else ","
    problems = []
    for seen, line in zip(table.loc[wrong, name], table.loc[wrong, "_ligne"], strict=True):
        swapped = re.fullmatch(number_form(other), seen) is not None
        problems.append(
            Problem(
                path.name,
                layout.at(f"ligne {line}, colonne {name}"),
                seen,
                f"un nombre avec « {layout.decimal} » comme marque décimale"
                + (f", ou {', '.join(layout.withheld)}" if layout.withheld else ""),
                f"le fichier utilise « {other} » : reprendre le fichier d'origine"
                if swapped
                else "corriger la cellule ou la laisser vide",
            )
        )
    return shortened(problems)


def bound_problems(
    table: pd.DataFrame, name: str, values: pd.Series, path: Path, layout: Layout
) -> list[Problem]:
    """Values out of the bounds of their column."""
    if name not in layout.bounds:
        return []
    low, high = layout.bounds[name]
    outside = values.notna() & ~values.between(low, high)
    return shortened(
        [
            Problem(
                path.name,
                layout.at(f"ligne {line}, colonne {name}"),
                seen,
                f"une valeur entre {low:g} et {high:g}",
                "vérifier l'unité et la marque décimale de cette colonne",
            )
            for seen, line in zip(
                table.loc[outside, name], table.loc[outside, "_ligne"], strict=True
            )
        ]
    )


def number_form(decimal: str) -> str:
    """Return the regular expression of a number with this decimal mark."""
    return rf"[+-]?\d+(?:{re.escape(decimal)}\d+)?(?:[eE][+-]?\d+)?"


def shortened(problems: list[Problem]) -> list[Problem]:
    """Keep the first problems of one kind and say how many more there are."""
    if len(problems) <= SHOWN:
        return problems
    more = len(problems) - SHOWN
    last = problems[SHOWN - 1]
    counted = Problem(
        last.file,
        f"{last.place} (et {more} autre{'s' if more > 1 else ''} du même genre)",
        last.value,
        last.expected,
        last.remedy,
    )
    return [*problems[: SHOWN - 1], counted]
