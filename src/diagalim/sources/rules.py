"""Which rules judge the published figures? ``data/publie/controles.yml``, read and checked."""

from __future__ import annotations

from pydantic import ValidationError

from diagalim.analysis.context.rules import KINDS, Rule
from diagalim.settings.checked_yaml import load_checked_yaml, problems_of
from diagalim.wording.problems import Problem, raise_if_any


def parse_rules(text: str, name: str) -> list[Rule]:
    """Check the text of a file of rules; the faults of all its rules come together.

    Raises
    ------
    InputError
        With every unknown key and bad value of every rule.
    """
    rules: list[Rule] = []
    problems: list[Problem] = []
    for key, entry in load_checked_yaml(text, name).items():
        kind = KINDS.get(entry.get("regle")) if isinstance(entry, dict) else None
        if kind is None:
            known = ", ".join(KINDS)
            problems.append(
                Problem(name, f"clé {key}.regle", "inconnue", f"une de : {known}", "corriger")
            )
            continue
        try:
            rules.append(kind.model_validate(entry))
        except ValidationError as error:
            problems += problems_of(error, name, kind, under=[key])
    raise_if_any(problems)
    return rules
