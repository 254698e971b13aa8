"""How a delimited official file is read: as text first, against its declared layout.

Every trap of the official files is one of form: a decimal comma read as a thousand separator, a
code that lost its leading zero in a spreadsheet, a column renamed between two vintages, a withheld
value read as zero. So a file is read as text, its form is compared with the declared layout, and
only then are numbers made. All the problems of a file are raised together.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from diagalim.problems import InputError, Problem, raise_if_any

SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
SHOWN = 5
"""Rows quoted for one kind of problem; the rest is counted."""


@dataclass(frozen=True)
class Layout:
    """Declared form of one delimited file.

    Parameters
    ----------
    separator, decimal : str
        Field separator and decimal mark.
    key : str
        Column that identifies a row.
    key_form : str
        Regular expression of a whole key.
    key_example : str
        A key, to show what was expected.
    text : tuple of str
        Other columns kept as text.
    numbers : tuple of str
        Columns read as numbers.
    withheld : dict of str to str
        Tokens that stand for a withheld value, and the reason each one stands for.
    bounds : dict of str to (float, float)
        Bounds of a column, both included.
    unique_key : bool
        Whether a key may come once only.
    """

    separator: str
    decimal: str
    key: str
    key_form: str
    key_example: str
    text: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    withheld: dict[str, str] = field(default_factory=dict)
    bounds: dict[str, tuple[float, float]] = field(default_factory=dict)
    unique_key: bool = True

    @property
    def columns(self) -> list[str]:
        """Columns that the file must have."""
        return [self.key, *self.text, *self.numbers]


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
    text = _decode(path)
    rows = _split(text, path, layout)
    header = [name.strip() for name in rows[0][1]]
    raise_if_any(_header_problems(header, path, layout))
    width = len(header)
    ragged = [
        Problem(
            path.name,
            f"ligne {number}",
            f"{len(cells)} champs",
            f"{width} champs, comme l'en-tête",
            "vérifier les séparateurs et les guillemets de cette ligne",
        )
        for number, cells in rows[1:]
        if len(cells) != width
    ]
    raise_if_any(_shortened(ragged))
    table = pd.DataFrame([cells for _, cells in rows[1:]], columns=header, dtype=str)
    table = table[layout.columns].apply(lambda column: column.str.strip())
    table["_ligne"] = [number for number, _ in rows[1:]]
    raise_if_any(_key_problems(table, path, layout))
    kept = table[table[layout.key].str.startswith(prefix)] if prefix else table
    if kept.empty:
        wanted = prefix if isinstance(prefix, str) else " ou ".join(prefix)
        seen = table[layout.key].iloc[0] if len(table) else "aucune ligne sous l'en-tête"
        raise InputError(
            [
                Problem(
                    path.name,
                    f"colonne {layout.key}",
                    seen,
                    f"au moins une ligne dont le code commence par {wanted}",
                    "vérifier que le fichier couvre ce territoire et qu'il est complet",
                )
            ]
        )
    raise_if_any(_duplicate_problems(kept, path, layout))
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
    problems: list[Problem] = []
    parts = []
    for name in layout.numbers:
        seen = table[name]
        withheld = seen.isin(layout.withheld) | (seen == "")
        ordinary = seen.where(~withheld)
        wrong = ordinary.notna() & ~ordinary.str.fullmatch(_number_form(layout.decimal), na=False)
        problems += _number_problems(table, name, wrong, path, layout)
        plain = ordinary.where(~wrong).str.replace(layout.decimal, ".", regex=False)
        values = pd.to_numeric(plain)
        problems += _bound_problems(table, name, values, path, layout)
        reason = seen.where(withheld, "").mask(withheld & (seen == ""), "vide")
        parts.append(
            pd.DataFrame(
                {"code": table[layout.key], "variable": name, "valeur": values, "motif": reason}
            )
        )
    raise_if_any(problems)
    return pd.concat(parts, ignore_index=True)


def _number_form(decimal: str) -> str:
    return rf"[+-]?\d+(?:{re.escape(decimal)}\d+)?(?:[eE][+-]?\d+)?"


def _decode(path: Path) -> str:
    raw = path.read_bytes()
    if not raw.strip():
        raise InputError(
            [
                Problem(
                    path.name,
                    "fichier",
                    "vide",
                    "un en-tête et des lignes",
                    "télécharger de nouveau le fichier",
                )
            ]
        )
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError([_encoding_problem(path, "UTF-16", "début du fichier")])
    if raw[:4] == b"PK\x03\x04" or b"\x00" in raw[:4096]:
        raise InputError(
            [
                Problem(
                    path.name,
                    "fichier",
                    "archive ou classeur" if raw[:2] == b"PK" else "contenu binaire",
                    "un fichier texte (CSV)",
                    "décompresser l'archive, ou enregistrer la feuille en CSV UTF-8",
                )
            ]
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError([_encoding_problem(path, "autre que UTF-8", f"ligne {line}")]) from error


def _encoding_problem(path: Path, seen: str, place: str) -> Problem:
    return Problem(
        path.name,
        place,
        f"encodage {seen}",
        "un texte en UTF-8",
        "enregistrer de nouveau en « CSV UTF-8 » (Excel, LibreOffice) ou reprendre le fichier "
        "du producteur",
    )


def _split(text: str, path: Path, layout: Layout) -> list[tuple[int, list[str]]]:
    """Cut the text in rows, each with its line number; refuse another separator."""
    first = text.lstrip("\r\n").splitlines()[0]
    found = max(SEPARATORS, key=first.count)
    if found != layout.separator and first.count(found) > first.count(layout.separator):
        raise InputError(
            [
                Problem(
                    path.name,
                    "en-tête",
                    f"séparateur {SEPARATORS[found]} « {found} »",
                    f"séparateur {SEPARATORS[layout.separator]} « {layout.separator} »",
                    "reprendre le fichier du producteur, ou l'enregistrer avec ce séparateur",
                )
            ]
        )
    reader = csv.reader(io.StringIO(text), delimiter=layout.separator)
    return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]


def _header_problems(header: Sequence[str], path: Path, layout: Layout) -> Iterable[Problem]:
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield Problem(
            path.name,
            "en-tête",
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
            "en-tête",
            near[0] if near else f"{len([h for h in header if h])} colonnes",
            f"une colonne « {name} »",
            f"{hint}vérifier le millésime du fichier ou rétablir ce nom de colonne",
        )


def _key_problems(table: pd.DataFrame, path: Path, layout: Layout) -> list[Problem]:
    wrong = table[~table[layout.key].str.fullmatch(layout.key_form)]
    problems = []
    for key, line in zip(wrong[layout.key], wrong["_ligne"], strict=True):
        as_number = re.fullmatch(r"\d+(?:[.,]\d+)?(?:[eE]\+?\d+)?", key) is not None
        problems.append(
            Problem(
                path.name,
                f"ligne {line}, colonne {layout.key}",
                key or "vide",
                f"un code sous forme de texte, comme {layout.key_example}",
                "le code a été lu comme un nombre (zéro perdu) : reprendre le fichier d'origine "
                "sans passer par un tableur"
                if as_number
                else "rétablir le code officiel de cette ligne",
            )
        )
    return _shortened(problems)


def _duplicate_problems(table: pd.DataFrame, path: Path, layout: Layout) -> list[Problem]:
    if not layout.unique_key:
        return []
    twice = table[table.duplicated(layout.key, keep=False)]
    return _shortened(
        [
            Problem(
                path.name,
                "lignes " + ", ".join(map(str, rows["_ligne"])),
                key,
                f"chaque code {layout.key} une seule fois",
                "garder la bonne ligne et supprimer l'autre",
            )
            for key, rows in twice.groupby(layout.key)
        ]
    )


def _number_problems(
    table: pd.DataFrame, name: str, wrong: pd.Series, path: Path, layout: Layout
) -> list[Problem]:
    other = "." if layout.decimal == "," else ","
    problems = []
    for seen, line in zip(table.loc[wrong, name], table.loc[wrong, "_ligne"], strict=True):
        swapped = re.fullmatch(_number_form(other), seen) is not None
        problems.append(
            Problem(
                path.name,
                f"ligne {line}, colonne {name}",
                seen,
                f"un nombre avec « {layout.decimal} » comme marque décimale"
                + (f", ou {', '.join(layout.withheld)}" if layout.withheld else ""),
                f"le fichier utilise « {other} » : reprendre le fichier d'origine"
                if swapped
                else "corriger la cellule ou la laisser vide",
            )
        )
    return _shortened(problems)


def _bound_problems(
    table: pd.DataFrame, name: str, values: pd.Series, path: Path, layout: Layout
) -> list[Problem]:
    if name not in layout.bounds:
        return []
    low, high = layout.bounds[name]
    outside = values.notna() & ~values.between(low, high)
    return _shortened(
        [
            Problem(
                path.name,
                f"ligne {line}, colonne {name}",
                seen,
                f"une valeur entre {low:g} et {high:g}",
                "vérifier l'unité et la marque décimale de cette colonne",
            )
            for seen, line in zip(
                table.loc[outside, name], table.loc[outside, "_ligne"], strict=True
            )
        ]
    )


def _shortened(problems: list[Problem]) -> list[Problem]:
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
