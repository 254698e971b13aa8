"""Which published figures hold? Rules give each its status; a person decides none.

The documents are quoted as they are. Coherence is no confirmation: only a figure recomputed from a
file is *confirmé*. Rules stand in ``data/publie/controles.yml`` (METHODS 2.3 and 8.3); their kinds
are in `diagalim.analysis.context.rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from diagalim.analysis.context.published import CONFIRMED, GAP, INCOHERENT, UNVERIFIABLE
from diagalim.analysis.context.rules import Finding, Rule

SEVERITY = (UNVERIFIABLE, CONFIRMED, GAP, INCOHERENT)
"""From the least to the most telling: a figure touched by several rules keeps the last one."""


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
