"""Which values does a notebook run with: the territory, and what its file sets for the chapter.

papermill only warns about a parameter that the notebook does not have, and the run goes on with the
default: a misspelt setting would publish another figure than the one asked for. It is refused here.
So is a setting of several notebooks, a date of reference, that is not the same in all of them: two
pages of one report would else count differently.
"""

from __future__ import annotations

import ast
import difflib
import json
import math
from pathlib import Path
from typing import Any

from diagalim.settings.plan import FIRST_PARAMETER, Plan
from diagalim.wording.problems import Problem
from diagalim.workspace.folders import Folders

Overrides = dict[str, dict[str, Any]]

PARAMETERS_TAG = "parameters"
KINDS = {
    bool: "true ou false, sans guillemets",
    int: "un nombre entier",
    float: "un nombre (point décimal)",
    str: "un texte entre guillemets",
    list: "une liste",
}
"""Kinds of values that a notebook may take, in the words of the territory file."""


def run_parameters(plan: Plan, code: str, overrides: Overrides) -> dict[str, dict[str, Any]]:
    """Return the parameters of every chapter for one territory.

    Parameters
    ----------
    plan : dict of str to ChapterPlan
        The chapters.
    code : str
        The territory.
    overrides : dict
        Key ``chapitres`` of the territory file: chapter, then parameter, then value; already
        checked by `parameter_problems`.
    """
    return {chapter: {FIRST_PARAMETER: code, **overrides.get(chapter, {})} for chapter in plan}


def parameter_problems(plan: Plan, folders: Folders, overrides: Overrides) -> list[Problem]:
    """Return every unknown chapter and parameter, and every value that does not fit.

    A value does not fit when it is of another kind than declared, or when several notebooks declare
    the parameter and do not run with the same value.

    Parameters
    ----------
    plan : dict of str to ChapterPlan
        The chapters.
    folders : Folders
        Where the notebooks are, and the code of the territory.
    overrides : dict
        Key ``chapitres`` of the territory file.
    """
    file = f"data/territories/{folders.code}.yml"
    problems = []
    for chapter, values in overrides.items():
        if chapter not in plan:
            problems.append(_unknown(file, f"chapitres.{chapter}", chapter, list(plan)))
            continue
        allowed = [name for name in plan[chapter].parametres if name != FIRST_PARAMETER]
        defaults = declared_values(folders.source(chapter)) if values else {}
        for name, value in values.items():
            place = f"chapitres.{chapter}.{name}"
            if name not in allowed:
                problems.append(_unknown(file, place, name, allowed))
            elif name in defaults and not _same_kind(value, defaults[name]):
                problems.append(_other_kind(file, place, value, name, defaults[name]))
    return problems + _disagreements(file, plan, folders, overrides)


def declared_values(notebook: Path) -> dict[str, Any]:
    """Return the parameters that a notebook declares, with the values it gives them."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    values: dict[str, Any] = {}
    for cell in content["cells"]:
        if PARAMETERS_TAG in cell["metadata"].get("tags", []):
            for line in ast.parse("".join(cell["source"])).body:
                if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                    values[line.targets[0].id] = ast.literal_eval(line.value)
    return values


def _disagreements(file: str, plan: Plan, folders: Folders, overrides: Overrides) -> list[Problem]:
    """Return each parameter of several notebooks that does not have one value in all."""
    sharing: dict[str, list[str]] = {}
    # that a notebook is missing is said once its turn comes, with the others
    there = {chapter: entry for chapter, entry in plan.items() if folders.source(chapter).is_file()}
    for chapter, entry in there.items():
        for name in entry.parametres:
            if name != FIRST_PARAMETER:
                sharing.setdefault(name, []).append(chapter)
    problems = []
    for name, (first, *others) in sharing.items():
        if not others:
            continue
        values = {
            chapter: overrides.get(chapter, {}).get(
                name, declared_values(folders.source(chapter)).get(name)
            )
            for chapter in (first, *others)
        }
        problems += [
            Problem(
                file,
                f"clé chapitres.{chapter}.{name}",
                json.dumps(values[chapter], ensure_ascii=False, default=str),
                f"la valeur de chapitres.{first}.{name}, "
                f"{json.dumps(values[first], ensure_ascii=False, default=str)}",
                f"écrire la même valeur pour {' et '.join(values)}, ou pour aucun",
            )
            for chapter in others
            if values[chapter] != values[first]
        ]
    return problems


def _same_kind(value: Any, default: Any) -> bool:
    """Return whether a value may stand for a default: a whole number serves as a decimal one."""
    if isinstance(default, float):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and math.isfinite(value)
    if isinstance(default, list):
        return isinstance(value, list) and all(
            _same_kind(item, default[0]) for item in value if default
        )
    return type(value) is type(default)


def _other_kind(file: str, place: str, value: Any, name: str, default: Any) -> Problem:
    written = json.dumps(default, ensure_ascii=False)
    items = f" dont chaque élément est {KINDS[type(default[0])]}" if _has_items(default) else ""
    return Problem(
        file,
        f"clé {place}",
        "vide" if value is None else json.dumps(value, ensure_ascii=False, default=str),
        f"{KINDS[type(default)]}{items}",
        f"écrire la valeur comme dans le carnet ({name}: {written}) ou retirer cette clé",
    )


def _has_items(default: Any) -> bool:
    return isinstance(default, list) and bool(default)


def _unknown(file: str, place: str, value: str, allowed: list[str]) -> Problem:
    near = difflib.get_close_matches(value, allowed, n=1)
    hint = f"vouliez-vous « {near[0]} » ? sinon " if near else ""
    return Problem(
        file,
        f"clé {place}",
        value,
        f"un de ces noms : {', '.join(allowed) or 'aucun réglage possible'}",
        f"{hint}retirer cette clé",
    )
