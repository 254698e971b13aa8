"""Which question does each column of an export answer, and whose export is it?

LimeSurvey writes the head of a column in several ways, as the person who exports chooses: the code
(``freins[SQ001]``), the code and the text (``freins[SQ001]. Quels freins ? [Le coût]``), the text
alone. Only a code tells a question from another. Two codes may become one name once the brackets
are taken off: both are named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd

from diagalim.sources.tables.cell_problems import fold
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import Problem

NEEDED = ("id", "submitdate", "lastpage", "token")
CODE_AND_TEXT = re.compile(r"(\w+(?:\[\w+\])*)\.\s.*", re.DOTALL)
PART = re.compile(r"\[(\w+)\]")
SERVICE = re.compile(
    r"ipaddr|refurl|interviewtime|groupTime\d+|firstname|lastname|email|emailstatus"
)
"""What LimeSurvey knows of the machine, of the time spent and of the person asked: never read,
unless the codebook has a question of this name."""
TIMED = "Time"
"""Ends the name of the column that holds the seconds spent on a question."""
TEXTS = {"responseid", "iddelareponse", "datesubmitted", "datedesoumission"}
OTHER_TOOLS = (
    (
        {"_uuid", "_submission_time", "instance_name", "instanceID", "KEY", "uuid"},
        "un export de KoboToolbox ou d'ODK",
        "un tel export n'est pas encore lu : reprendre les réponses dans LimeSurvey, ou écrire une "
        "table à ses en-têtes (id, submitdate, lastpage, token, puis les codes des questions)",
    ),
    (
        {"list_name", "relevant", "constraint"},
        "une feuille de questionnaire XLSForm, sans réponses",
        "donner l'export des réponses ; ce qui décrit les questions va dans dictionnaire.csv et "
        "modalites.csv",
    ),
)


def question_codes(header: Sequence[str]) -> list[str]:
    """Return the name of each column as the VV file writes it: ``freins_SQ001``.

    Parameters
    ----------
    header : sequence of str
        Heads as exported: codes, or codes followed by texts.
    """
    plain = [name.strip() for name in header]
    cut = [found[1] if (found := CODE_AND_TEXT.fullmatch(name)) else name for name in plain]
    return [PART.sub(r"_\1", name) for name in (cut if "id" in cut else plain)]


def heading_problems(header: Sequence[str], path: Path) -> list[Problem]:
    """Return the columns that every export of LimeSurvey has and this one lacks, and name clashes.

    Parameters
    ----------
    header : sequence of str
        Heads as exported.
    path : Path
        The export.
    """
    codes = question_codes(header)
    if missing := [name for name in NEEDED if name not in codes]:
        return _not_codes(header, missing, path)
    twice = [name for name, count in Counter(codes).items() if count > 1]
    return shortened(
        [
            _clash(
                name, [head for head, code in zip(header, codes, strict=True) if code == name], path
            )
            for name in twice
        ]
    )


def absent_export(folder: Path, name: str, others: Collection[str]) -> Problem:
    """Return that the export is not there under its name; LimeSurvey gives it another.

    Parameters
    ----------
    folder : Path
        Folder of the survey.
    name : str
        Name under which the export is read.
    others : collection of str
        Names of the other files that are read there.
    """
    left = sorted(path.name for path in folder.glob("*.csv") if path.name not in others)
    return Problem(
        folder.name,
        "dossier de l'enquête",
        ", ".join(left) or "aucun export de réponses",
        f"les réponses exportées en CSV, sous le nom « {name} »",
        f"renommer « {left[0]} » en « {name} »"
        if len(left) == 1
        else f"y poser l'export de LimeSurvey sous le nom « {name} »",
    )


def without_service(answers: pd.DataFrame, wanted: Collection[str]) -> pd.DataFrame:
    """Return the answers without what LimeSurvey knows of the machine and of the person.

    Parameters
    ----------
    answers : DataFrame
        As exported.
    wanted : collection of str
        Columns of the codebook.
    """
    questions = {name.split("_")[0] for name in answers.columns}
    service = [
        name
        for name in answers.columns
        if name not in wanted
        and (SERVICE.fullmatch(name) or name.removesuffix(TIMED) in questions - {name})
    ]
    return answers.drop(columns=service)


def _not_codes(header: Sequence[str], missing: Sequence[str], path: Path) -> list[Problem]:
    seen = {fold(name) for name in header}
    if seen & TEXTS:
        return [
            Problem(
                path.name,
                "en-tête",
                f"les textes des questions ({header[0].strip()}…)",
                "les codes des questions (id, submitdate, lastpage, token…)",
                "exporter de nouveau depuis LimeSurvey : Réponses, Exporter, en-têtes « Code de "
                "la question »",
            )
        ]
    for marks, what, remedy in OTHER_TOOLS:
        if seen & {fold(mark) for mark in marks}:
            return [
                Problem(path.name, "en-tête", what, "un export des réponses de LimeSurvey", remedy)
            ]
    return [
        Problem(
            path.name,
            "en-tête",
            f"{len(header)} colonnes",
            f"une colonne « {name} »",
            "exporter de nouveau depuis LimeSurvey avec les codes des questions en en-tête"
            + (" ; le jeton demande une enquête sur invitation" if name == "token" else ""),
        )
        for name in missing
    ]


def _clash(name: str, heads: Sequence[str], path: Path) -> Problem:
    if len(set(heads)) == 1:
        return Problem(
            path.name,
            "en-tête",
            name,
            "chaque colonne une seule fois",
            "exporter de nouveau, sans passer par un tableur",
        )
    return Problem(
        path.name,
        "en-tête",
        " et ".join(head.strip() for head in heads),
        f"un seul code par colonne : les deux se lisent « {name} »",
        "changer le code d'une des deux questions dans LimeSurvey et dans dictionnaire.csv, puis "
        "exporter de nouveau",
    )
