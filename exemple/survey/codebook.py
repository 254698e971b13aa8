"""How is the survey described to those who read it? The codebook, in the spirit of XLSForm.

Two tables: one row an item (question, row of an array, field « Autre »), one row an answer. Names
are those of LimeSurvey's VV format (``aides_SQ001`` is the column ``aides[SQ001]`` of the CSV).
"""

from __future__ import annotations

import pandas as pd

from exemple.survey.questionnaire import QUESTIONS, YES_NO, Question

ITEMS = (
    "type", "name", "label", "relevant", "required", "coeur", "theme", "libre", "contact", "page",
    "unite", "minimum", "maximum",
)  # fmt: skip
CHOICES = ("list_name", "name", "label")
LISTS = {"freins": "accord", "benevolat": "accord", "besoins": "accord",
         "ramasseqte": "evolution", "demande": "evolution", "budget": "evolution"}  # fmt: skip
"""Lists of answers that several questions share."""


def list_of(question: Question) -> str:
    """Return the name of the list of answers of a question."""
    return "oui_non" if question.choices == YES_NO else LISTS.get(question.code, question.code)


def relevant_of(question: Question) -> str:
    """Return the filter of a question as XLSForm writes it, empty when it is always shown."""
    if question.shown_if is None:
        return ""
    return "${{{}}} = '{}'".format(*question.shown_if)


def items() -> pd.DataFrame:
    """Return the dictionary of items, one row each, all cells text."""
    rows = []
    for question in QUESTIONS:
        common = {
            "relevant": relevant_of(question), "required": int(question.required),
            "coeur": int(question.core), "theme": question.theme, "libre": 0,
            "contact": int(question.contact), "page": question.page, "unite": question.unit,
            "minimum": question.low, "maximum": question.high,
        }  # fmt: skip
        if question.kind == "F":
            rows += [
                common | {"type": f"select_one {list_of(question)}",
                          "name": f"{question.code}_{part}", "label": f"{question.text} [{label}]"}
                for part, label in question.parts
            ]  # fmt: skip
        else:
            own = {"name": question.code, "label": question.text, "type": _type_of(question)}
            rows.append(common | own | {"libre": int(question.kind == "T")})
        if question.other:
            own = {"name": f"{question.code}_other", "label": f"{question.text} [Autre]"}
            rows.append(common | own | {"type": "text", "libre": 1, "coeur": 0, "required": 0})
    return pd.DataFrame([{name: _cell(row[name]) for name in ITEMS} for row in rows])


def _type_of(question: Question) -> str:
    if question.kind in "LY":
        return f"select_one {list_of(question)}"
    if question.kind == "M":
        return f"select_multiple {list_of(question)}"
    if question.kind == "N":
        return "decimal" if question.code in {"etp", "tonnes"} else "integer"
    return "text"


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def choices() -> pd.DataFrame:
    """Return the answers of each list, in the order shown."""
    lists = {}
    for question in QUESTIONS:
        if question.kind == "M":
            lists[question.code] = question.parts
        elif question.choices:
            lists[list_of(question)] = question.choices
    rows = [(name, code, label) for name, answers in lists.items() for code, label in answers]
    return pd.DataFrame(rows, columns=list(CHOICES))
