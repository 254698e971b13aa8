"""Which published figures hold? Rules give each its status; a person decides none.

The documents are quoted as they are. Coherence is no confirmation: only a figure recomputed from a
file is *confirmé*. Rules stand in ``data/publie/controles.yml`` (METHODS 2.3 and 8.3); their kinds
are in `diagalim.analysis.context.rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
from pydantic import ValidationError

from diagalim.analysis.context.published import CONFIRMED, GAP, INCOHERENT, UNVERIFIABLE
from diagalim.analysis.context.rules import KINDS, Finding, Rule
from diagalim.settings.checked_yaml import load_checked_yaml, problems_of
from diagalim.wording.problems import Problem, raise_if_any

SEVERITY = (UNVERIFIABLE, CONFIRMED, GAP, INCOHERENT)
"""From the least to the most telling: a figure touched by several rules keeps the last one."""


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


def verify(
    facts: pd.DataFrame, rules: Iterable[Rule], recomputed: Mapping[str, Finding] | None = None
) -> pd.DataFrame:
    """Give each published figure its status and the reasons of it.

    Parameters
    ----------
    facts : DataFrame
        Indexed by id: ``valeur`` as printed, and what describes the figure.
    rules : iterable of Rule
        The rules to apply.
    recomputed : mapping of str to (str, str, str), optional
        By fact: fact, status and reason found against a file
        (`diagalim.analysis.context.published`).

    Returns
    -------
    DataFrame
        ``facts`` with ``statut``, ``explication`` and ``anomalies``.

    Raises
    ------
    KeyError
        When a rule names a figure that is not in the registry, or that is no number.
    """
    values = {
        fact: float(text)
        for fact, text in facts["valeur"].items()
        if pd.notna(pd.to_numeric(text, errors="coerce"))
    }
    found: dict[str, list[Finding]] = {fact: [] for fact in facts.index}
    anomalies: dict[str, list[str]] = {fact: [] for fact in facts.index}
    for fact, finding in (recomputed or {}).items():
        found[fact].append(finding)
    for rule in rules:
        for finding in rule.judge(values):
            found[finding[0]].append(finding)
        if rule.anomalie:
            for fact in rule.faits:
                anomalies[fact].append(rule.anomalie)
    table = facts.copy()
    table["statut"] = [_worst(findings) for findings in found.values()]
    table["explication"] = [
        " ; ".join(dict.fromkeys(reason for _, _, reason in findings if reason))
        for findings in found.values()
    ]
    table["anomalies"] = [", ".join(dict.fromkeys(names)) for names in anomalies.values()]
    return table


def _worst(findings: list[Finding]) -> str:
    statuses = [status for _, status, _ in findings]
    return max(statuses, key=SEVERITY.index, default=UNVERIFIABLE)
