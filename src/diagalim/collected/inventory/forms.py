"""Is a file of a tool what it should be? JSON read and checked, dates as days, faults in French."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from diagalim.sources.tables.tabular_problems import content_problem, shortened
from diagalim.wording.problems import InputError, Problem, raise_if_any

Model = TypeVar("Model", bound=BaseModel)
HERE = ZoneInfo("Europe/Paris")
"""A day that a tool gives in universal time begins in Paris two hours before, or one."""


def read_json(path: Path) -> Any:
    """Read a JSON file in UTF-8.

    Raises
    ------
    InputError
        Not a text, not JSON.
    """
    raw = path.read_bytes()
    wrong = content_problem(raw, path)
    raise_if_any([wrong] if wrong else [])
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        place = f"ligne {error.lineno}" if isinstance(error, json.JSONDecodeError) else "fichier"
        problem = Problem(
            path.name, place, "pas du JSON", "un fichier JSON entier", "exporter de nouveau"
        )
        raise InputError([problem]) from error


def validated(content: Any, model: type[Model], path: Path, expected: str) -> Model:
    """Return what a file says in the form of a model, every fault of it at once.

    Parameters
    ----------
    content : object
        From `read_json`.
    model : type
        The pydantic model.
    path : Path
        The file, for the messages.
    expected : str
        What the file should be, in French.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = [
            Problem(
                path.name,
                "champ " + (".".join(map(str, fault["loc"])) or "principal"),
                "absent" if fault["type"] == "missing" else str(fault["input"]),
                expected,
                "exporter de nouveau sans changer la forme du fichier",
            )
            for fault in error.errors()
        ]
        raise InputError(shortened(problems)) from error


def day(stamp: str | None) -> date | None:
    """Return the day of a date or of a moment, as it is in France; None when there is none."""
    if not stamp:
        return None
    moment = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
    return (moment.astimezone(HERE) if moment.tzinfo else moment).date()
