"""What does anybody who was asked know of the questionnaire: its questions, pages and filters?

The blank form only, never an answer: hundreds of structures have it in their mail.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

from attack.site import clean

CONDITION = re.compile(r"\$\{(\w+)\} = '([^']+)'")


class Asked(NamedTuple):
    """A question: where it stands, whether it must be answered, which answer leads to it."""

    name: str
    label: str
    page: int
    required: bool = False
    after: str = ""
    answer: str = ""


def read_form(folder: Path) -> list[Asked]:
    """Read the blank form of a survey: ``dictionnaire.csv`` and ``modalites.csv``."""
    with (folder / "modalites.csv").open(encoding="utf-8-sig", newline="") as file:
        answers = {
            (row["list_name"], row["name"]): clean(row["label"]) for row in csv.DictReader(file)
        }
    with (folder / "dictionnaire.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lists = {row["name"]: row["type"].partition(" ")[2] for row in rows}
    form = []
    for row in rows:
        found = CONDITION.fullmatch(row["relevant"])
        after, code = found.groups() if found else ("", "")
        form.append(
            Asked(
                row["name"],
                clean(row["label"]),
                int(row["page"]),
                row["required"] == "1",
                after,
                answers.get((lists.get(after, ""), code), ""),
            )
        )
    return form
