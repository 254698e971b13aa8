"""What is wrong with a table, said so that its owner can mend it.

One function for each way in which a file or a sheet may differ from its declared layout; each
returns the problems that it finds and decides nothing.
"""

from __future__ import annotations

import codecs
import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from diagalim.sources.tables.layout import SEPARATORS, Layout
from diagalim.wording.problems import Problem

ALIKE = 0.85
"""Likeness of two column names above which one may be the other renamed: ``DISP_MED20`` and
``DISP_MED21`` (0.9), not two age bands of one vintage (0.82)."""
SHOWN = 5
"""Rows quoted for one kind of problem; the rest is counted."""


def content_problem(raw: bytes, path: Path, *, whole: bool = True) -> Problem | None:
    """The file is empty, is no text, or is not in UTF-8.

    Without ``whole``, ``raw`` is the beginning of the file and may stop inside a character.
    """
    if not raw.strip():
        return Problem(
            path.name,
            "fichier",
            "vide",
            "un en-tête et des lignes",
            "télécharger de nouveau le fichier",
        )
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return encoding_problem(path, 1, "UTF-16")
    if raw[:4] == b"PK\x03\x04" or b"\x00" in raw[:4096]:
        return Problem(
            path.name,
            "fichier",
            "archive ou classeur" if raw[:2] == b"PK" else "contenu binaire",
            "un fichier texte (CSV)",
            "décompresser l'archive, ou enregistrer la feuille en CSV UTF-8",
        )
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(raw, final=whole)
    except UnicodeDecodeError as error:
        return encoding_problem(path, raw[: error.start].count(b"\n") + 1)
    return None


def encoding_problem(path: Path, line: int, seen: str = "autre que UTF-8") -> Problem:
    """A character that is not in UTF-8."""
    return Problem(
        path.name,
        f"ligne {line}",
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
    for name in sorted(name for name, count in Counter(header).items() if name and count > 1):
        yield Problem(
            path.name,
            layout.at("en-tête"),
            name,
            "chaque colonne une seule fois",
            f"supprimer la colonne « {name} » en double",
        )
    free = {name.casefold(): name for name in header if name not in layout.columns}
    for name in layout.columns:
        if name in header:
            continue
        found = difflib.get_close_matches(name.casefold(), free, n=1, cutoff=ALIKE)
        near = [free[other] for other in found]
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
        problems.append(
            Problem(
                path.name,
                layout.at(f"ligne {line}, colonne {name}"),
                seen or "vide",
                f"un code sous forme de texte, comme {example}",
                _code_remedy(seen, len(example)),
            )
        )
    return shortened(problems)


def _code_remedy(seen: str, length: int) -> str:
    """Return how to mend a code; a spreadsheet leaves marks of its own on what it took as one."""
    number = re.fullmatch(r"(\d+)(?:[.,]\d+)?([eE]\+?\d+)?", seen)
    if number is None:
        return "rétablir le code officiel de cette ligne"
    if seen.isdecimal() and len(seen) >= length:
        return f"un code de cette colonne a {length} caractères : rétablir le code officiel"
    lost = " (zéro perdu)" if len(number[1]) < length and not number[2] else ""
    return (
        f"le code a été lu comme un nombre{lost} : reprendre le fichier d'origine sans passer par "
        "un tableur"
    )


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
