"""How does LimeSurvey write answers and questionnaires? Its CSV, its VV file, its ``.lss``.

Forms taken from the tool itself. The CSV has a byte order mark, every cell in quotes, sub-questions
in brackets, and nothing where there is no value, for whatever reason. The VV file (*vertical
verification*) is tab-separated with two lines of headings, writes ``{question_not_shown}`` for any
null of the table (filtered out, not reached, and a number left empty), numbers with the ten
decimals of their column, and escapes braces, line ends, tabs and a leading quote.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from exemple.survey.answers import Row, names_of
from exemple.survey.questionnaire import QUESTIONS, columns, label_of

CSV_META = ("id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate",
            "datestamp")  # fmt: skip
VV_META = {
    "id": "ID de la réponse", "token": "Code d'accès", "submitdate": "Date de soumission",
    "lastpage": "Dernière page", "startlanguage": "Langue de départ", "seed": "Graine",
    "startdate": "Date de lancement", "datestamp": "Date de la dernière action",
}  # fmt: skip
NOT_SHOWN = "{question_not_shown}"
ESCAPES = (("{", "{lbrace}"), ("\n", "{newline}"), ("\r", "{cr}"), ("\t", "{tab}"))
"""In this order: the brace first, or the marks of the others would be escaped in turn."""
FIRST_ID = 4
"""The three lines before were deleted by the owner of the survey: an ``id`` is not a row number."""
NUMBERS = {question.code for question in QUESTIONS if question.kind == "N"}


def lines_of(rows: list[Row], rng: np.random.Generator) -> list[dict[str, str | None]]:
    """Return the table that LimeSurvey keeps: one line an answer, null where nothing was stored."""
    lines = []
    for number, row in enumerate(rows, start=FIRST_ID):
        stamp = f"{row.end:%Y-%m-%d %H:%M:%S}"
        meta = {
            "id": str(number), "token": row.token, "lastpage": str(row.page),
            "submitdate": stamp if row.submitted else None, "startlanguage": "fr",
            "seed": str(rng.integers(10**8, 2 * 10**9)), "datestamp": stamp,
            "startdate": f"{row.start:%Y-%m-%d %H:%M:%S}",
        }  # fmt: skip
        lines.append(meta | row.answers)
    return lines


def write_csv(path: Path, lines: list[dict[str, str | None]]) -> None:
    """Write the answers as the CSV export does, with codes."""
    names = [name for question in QUESTIONS for name in names_of(question)]
    heads = [f"{q.code}[{part}]" if part else q.code for q, part in columns()]
    table = [[*CSV_META, *heads]]
    table += [[line[name] or "" for name in (*CSV_META, *names)] for line in lines]
    text = "".join(",".join(map(_quoted, cells)) + "\n" for cells in table)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8-sig"))


def write_vv(path: Path, lines: list[dict[str, str | None]]) -> None:
    """Write the same answers as the VV export does."""
    names = [name for question in QUESTIONS for name in names_of(question)]
    labels = [*VV_META.values(), *(label_of(question, part) for question, part in columns())]
    table = [labels, [*VV_META, *names]]
    table += [[_vv_cell(name, line[name]) for name in (*VV_META, *names)] for line in lines]
    text = "".join("\t".join(map(_quoted_at_need, cells)) + "\n" for cells in table)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _quoted_at_need(cell: str) -> str:
    """Quote as PHP does: also for a blank or a backslash, unlike Python's own writer."""
    return _quoted(cell) if any(sign in cell for sign in '\t" \\\n\r') else cell


def _vv_cell(name: str, value: str | None) -> str:
    if value is None or (name in NUMBERS and value == ""):
        return NOT_SHOWN
    if name in NUMBERS:
        return f"{float(value):.10f}"
    for sign, mark in ESCAPES:
        value = value.replace(sign, mark)
    return "{quote}" + value[1:] if value.startswith('"') else value
