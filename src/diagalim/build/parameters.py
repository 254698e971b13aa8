"""Which values does a notebook run with: the territory, and what its file sets for the chapter.

papermill only warns about a parameter that the notebook does not have, and the run goes on with the
default: a misspelt setting would publish another figure than the one asked for. It is refused here.
"""

from __future__ import annotations

import difflib
from typing import Any

from diagalim.plan import FIRST_PARAMETER, Plan
from diagalim.problems import InputError, Problem

Overrides = dict[str, dict[str, Any]]


def run_parameters(plan: Plan, code: str, overrides: Overrides) -> dict[str, dict[str, Any]]:
    """Return the parameters of every chapter for one territory.

    Parameters
    ----------
    plan : dict of str to ChapterPlan
        The chapters.
    code : str
        The territory.
    overrides : dict
        Key ``chapitres`` of the territory file: chapter, then parameter, then value.

    Raises
    ------
    InputError
        With every unknown chapter and every unknown parameter.
    """
    file = f"data/territories/{code}.yml"
    problems = []
    for chapter, values in overrides.items():
        if chapter not in plan:
            problems.append(_unknown(file, f"chapitres.{chapter}", chapter, list(plan)))
            continue
        allowed = [name for name in plan[chapter].parametres if name != FIRST_PARAMETER]
        problems += [
            _unknown(file, f"chapitres.{chapter}.{name}", name, allowed)
            for name in values
            if name not in allowed
        ]
    if problems:
        raise InputError(problems)
    return {chapter: {FIRST_PARAMETER: code, **overrides.get(chapter, {})} for chapter in plan}


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
