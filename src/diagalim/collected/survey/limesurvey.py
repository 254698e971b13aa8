"""What did LimeSurvey export? Its CSV, its VV file and its questionnaire (.lss), made comparable.

The CSV names a sub-question ``Q[SQ001]`` and leaves blank all that has no value; the VV file names
it ``Q_SQ001``, has two rows of headings and writes ``{question_not_shown}`` for every null of its
table (filtered out, not reached, number left blank). Both come out under the names of the VV file;
`plain` takes off the ten decimals that the VV file adds to numbers.
"""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from diagalim.collected.survey.export_headings import heading_problems, question_codes
from diagalim.sources.tables.collected import size_problems
from diagalim.sources.tables.tabular_problems import content_problem, row_problems
from diagalim.wording.problems import InputError, Problem, raise_if_any

META = (
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "token",
    "startdate",
    "datestamp",
)
NOT_SHOWN = "{question_not_shown}"
NO_QUESTIONNAIRE = "illisible comme questionnaire"
ESCAPES = {
    "{newline}": "\n",
    "{cr}": "\r",
    "{tab}": "\t",
    "{quote}": '"',
    "{lbrace}": "{",
}
"""Undone in this order: the brace last, or a text that spells out a mark would be changed."""
DOCUMENTS = {
    "Responses": "des réponses (.lsr)",
    "Group": "un groupe de questions (.lsg)",
    "Question": "une seule question (.lsq)",
    "Label set": "un jeu de libellés (.lsl)",
}
"""Other files of LimeSurvey, by the kind that they state."""
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Questionnaire:
    """What a ``.lss`` file says of the questions.

    Parameters
    ----------
    labels : dict of str to str
        Text of each question, by its code.
    filters : dict of str to str
        Condition under which each filtered question is shown, as LimeSurvey writes it.
    codes : dict of str to list of str
        Codes of the answers of each closed question; of the boxes, where several may be ticked.
    pages : dict of str to int
        Page (group) of each question, from 1.
    """

    labels: dict[str, str]
    filters: dict[str, str]
    codes: dict[str, list[str]]
    pages: dict[str, int]


def read_csv_answers(path: Path) -> pd.DataFrame:
    """Read the answers of a LimeSurvey CSV export.

    Returns
    -------
    DataFrame of str
        One row an answer, ``""`` where there is no value, columns named as in the VV file.

    Raises
    ------
    InputError
        No text, another separator, uneven rows, no ``id``, ``submitdate`` or ``token`` column.
    """
    text = _text(path)
    separator = max(",;", key=lambda mark: len(next(_rows(text, mark, path))[1]))
    rows = list(_rows(text, separator, path))
    return _table(rows[0][1], rows[1:], path)


def read_vv_answers(path: Path) -> pd.DataFrame:
    """Read the answers of a LimeSurvey VV export (``vvexport``).

    Returns
    -------
    DataFrame of str
        As `read_csv_answers`; what the file marks as not shown is missing (``NA``), not ``""``.

    Raises
    ------
    InputError
        As `read_csv_answers`, and when the second row does not hold the codes.
    """
    rows = list(_rows(_text(path), "\t", path))
    if len(rows) < 2 or "id" not in question_codes(rows[1][1]):
        raise InputError(
            [
                Problem(
                    path.name,
                    "ligne 2",
                    "pas de ligne de codes",
                    "deux lignes d'en-tête : les libellés, puis les codes (id, token, …)",
                    "exporter de nouveau depuis LimeSurvey : Réponses, Exporter, Fichier VV",
                )
            ]
        )
    return _table(rows[1][1], rows[2:], path).map(_unescaped)


def read_lss(path: Path) -> Questionnaire:
    """Read the questions, filters and codes of a LimeSurvey questionnaire.

    Raises
    ------
    InputError
        When the file is no LimeSurvey questionnaire.
    """
    raise_if_any(size_problems(path))
    raw = path.read_bytes()
    if raw.startswith(ZIP):
        raise InputError([_not_lss(path, "une archive d'enquête (.lsa)")])
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise InputError([_not_lss(path)])  # entities may unfold without end; LimeSurvey has none
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        raise InputError([_not_lss(path)]) from error
    kind = root.findtext("LimeSurveyDocType") or ""
    if kind != "Survey":
        raise InputError([_not_lss(path, DOCUMENTS.get(kind, NO_QUESTIONNAIRE))])
    try:
        return _questionnaire(root)
    except (KeyError, ValueError) as error:  # a table or a number that every such file has
        raise InputError([_not_lss(path)]) from error


def _questionnaire(root: ElementTree.Element) -> Questionnaire:
    groups = sorted(_section(root, "groups"), key=lambda row: int(row["group_order"]))
    page = {row["gid"]: number for number, row in enumerate(groups, start=1)}
    texts = {row["qid"]: row["question"] for row in _section(root, "question_l10ns")}
    questions = {row["qid"]: row for row in _section(root, "questions")}
    codes: dict[str, list[tuple[int, str]]] = {}
    for row in _section(root, "answers"):
        codes.setdefault(questions[row["qid"]]["title"], []).append(
            (int(row["sortorder"]), row["code"])
        )
    for row in _section(root, "subquestions"):
        parent = questions[row["parent_qid"]]
        if parent["type"] == "M":  # several boxes to tick
            codes.setdefault(parent["title"], []).append((int(row["question_order"]), row["title"]))
    return Questionnaire(
        labels={
            row["title"]: texts.get(qid, row.get("question", "")) for qid, row in questions.items()
        },
        filters={
            row["title"]: row["relevance"]
            for row in questions.values()
            if row.get("relevance", "1") not in ("1", "")
        },
        codes={name: [code for _, code in sorted(found)] for name, found in codes.items()},
        pages={row["title"]: page[row["gid"]] for row in questions.values()},
    )


def plain(value: str) -> str:
    """Return an answer so that the two exports may be compared: ``6.0000000000`` is ``6``."""
    if re.fullmatch(r"-?\d+\.\d*", value):
        return value.rstrip("0").rstrip(".")
    return value.replace("\r\n", "\n")


def _text(path: Path) -> str:
    raise_if_any(size_problems(path))
    raw = path.read_bytes()
    wrong = content_problem(raw, path)
    raise_if_any([wrong] if wrong else [])
    return raw.decode("utf-8-sig")


def _rows(text: str, separator: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Cut the text in rows, each with the line where it begins; an answer may hold line ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            [
                Problem(
                    path.name,
                    f"ligne {begins}",
                    "guillemets ou champ sans fin",
                    "un export de LimeSurvey",
                    "exporter de nouveau, sans passer par un tableur",
                )
            ]
        ) from error


def _table(header: list[str], rows: list[tuple[int, list[str]]], path: Path) -> pd.DataFrame:
    raise_if_any(heading_problems(header, path))
    problems = row_problems(rows, len(header), path)
    if not rows:
        problems.append(
            Problem(
                path.name,
                "fichier",
                "aucune réponse",
                "au moins une réponse",
                "vérifier l'export : réponses complètes et incomplètes",
            )
        )
    raise_if_any(problems)
    columns = question_codes(header)
    return pd.DataFrame([cells for _, cells in rows], columns=columns, dtype="string")


def _unescaped(value: str) -> str | None:
    if value == NOT_SHOWN:
        return None
    for mark, sign in ESCAPES.items():
        value = value.replace(mark, sign)
    return value


def _section(root: ElementTree.Element, name: str) -> list[dict[str, str]]:
    return [{cell.tag: cell.text or "" for cell in row} for row in root.findall(f"{name}/rows/row")]


def _not_lss(path: Path, seen: str = NO_QUESTIONNAIRE) -> Problem:
    return Problem(
        path.name,
        "fichier",
        seen,
        "un questionnaire LimeSurvey (.lss)",
        "exporter de nouveau : Afficher/Exporter, Structure du questionnaire (.lss)",
    )
