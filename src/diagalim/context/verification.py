"""Which published figures hold? Rules give each its status; a person decides none.

The documents are quoted as they are. A rule compares a figure with a bound, with another figure of
the documents, with an official value of another year, or with what its denominator allows. It never
rewrites a value. Coherence is no confirmation: only a figure recomputed from a file is *confirmé*.
Rules stand in ``data/publie/controles.yml`` (METHODS 2.3 and 8.3).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Literal, get_args

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from diagalim.checked_yaml import load_checked_yaml, problems_of
from diagalim.context.published import CONFIRMED, GAP, INCOHERENT, UNVERIFIABLE
from diagalim.problems import Problem, raise_if_any

SEVERITY = (UNVERIFIABLE, CONFIRMED, GAP, INCOHERENT)
"""From the least to the most telling: a figure touched by several rules keeps the last one."""
FLOAT_NOISE = 1e-9

Finding = tuple[str, str, str]
"""Fact, status, explanation."""


class _Rule(BaseModel):
    """What all rules say: the facts they judge, the anomaly they find, why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    faits: list[str] = Field(min_length=1)
    anomalie: str = ""
    explication: str = ""


class Bounds(_Rule):
    """A figure out of what its indicator, or the words around it, allow."""

    regle: Literal["bornes"]
    minimum: float = -math.inf
    maximum: float = math.inf
    plus_que: float = -math.inf

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return the figures out of bounds as incoherent."""
        return [
            (fact, INCOHERENT, self.explication)
            for fact in self.faits
            if not self.minimum <= values[fact] <= self.maximum or values[fact] <= self.plus_que
        ]


class Reference(_Rule):
    """A figure that the document gives to another year than its source does."""

    regle: Literal["reference"]
    valeur: float
    annee: int
    annee_ecrite: int
    source: str

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return a gap when the value or the year written is not that of the source."""
        said = f"{self.explication} ({self.source})"
        return [
            (fact, GAP, said)
            for fact in self.faits
            if values[fact] != self.valeur or self.annee != self.annee_ecrite
        ]


class Series(_Rule):
    """A rise said to be constant, against the years of the series."""

    regle: Literal["serie"]
    valeurs: dict[int, float] = Field(min_length=2)
    source: str

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return a gap naming the first fall of the series."""
        years = sorted(self.valeurs)
        for before, after in zip(years, years[1:], strict=False):
            low, high = self.valeurs[after], self.valeurs[before]
            if low < high:
                fall = f"{_text(high)} % en {before}, {_text(low)} % en {after}"
                said = f"{self.explication} ; or {fall} ({self.source})"
                return [(fact, GAP, said) for fact in self.faits]
        return []


class Growth(_Rule):
    """A growth over years against the yearly rate printed beside it."""

    regle: Literal["croissance"]
    taux_annuel: str
    annees: int

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return whether the printed rate, rounded as it is, can give the printed growth."""
        rate = values[self.taux_annuel]
        half = _half_unit(rate)
        low, high = (
            100 * ((1 + bound / 100) ** self.annees - 1) for bound in (rate - half, rate + half)
        )
        said = (
            f"{_text(rate)} % par an pendant {self.annees} ans donnent "
            f"{_text(round(100 * ((1 + rate / 100) ** self.annees - 1), 1))} %"
        )
        return [
            (fact, _coherent(low - _half_unit(values[fact]), values[fact], high), said)
            for fact in self.faits
        ]


class Ratio(_Rule):
    """A figure that two others give by division."""

    regle: Literal["rapport"]
    numerateur: str | float
    denominateur: str | float
    tolerance: float

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return the figures that the division does not give."""
        above, below = (_value(term, values) for term in (self.numerateur, self.denominateur))
        ratio = above / below
        said = f"{self.explication} : {_text(above)} / {_text(below)} = {_text(round(ratio, 1))}"
        return [
            (fact, _coherent(ratio - self.tolerance, values[fact], ratio + self.tolerance), said)
            for fact in self.faits
        ]


class Product(_Rule):
    """A share that two shares, one of the other, give by product."""

    regle: Literal["produit"]
    facteurs: list[str] = Field(min_length=2)
    tolerance: float

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return the figures that the product of the shares does not give."""
        share = 100 * math.prod(values[factor] / 100 for factor in self.facteurs)
        shown = " × ".join(f"{_text(values[factor])} %" for factor in self.facteurs)
        said = f"{self.explication} : {shown} = {_text(round(share))} %"
        return [
            (fact, _coherent(share - self.tolerance, values[fact], share + self.tolerance), said)
            for fact in self.faits
        ]


class SameValue(_Rule):
    """One thing that is given twice."""

    regle: Literal["meme_valeur"]
    touche: list[str] = []

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return the facts as incoherent when their values differ, as untouched otherwise."""
        seen = sorted({values[fact] for fact in self.faits})
        listed = " et ".join(map(_text, seen))
        if len(seen) == 1:
            return [
                (f, UNVERIFIABLE, f"{self.explication} : même valeur, {listed}") for f in self.faits
            ]
        told = f"{self.explication} : {listed}"
        return [(fact, INCOHERENT, told) for fact in self.touche or self.faits]


class Fractions(_Rule):
    """A percentage that no whole number of cases gives."""

    regle: Literal["fractions"]
    bases: list[int] = Field(min_length=1)
    pas: Annotated[float, Field(gt=0, le=1)]

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return the percentages that none of the bases can give, rounded to the unit."""
        findings = []
        for fact in self.faits:
            ways = fractions(values[fact], self.bases, self.pas)
            listed = " ou ".join(map(str, self.bases))
            if ways:
                top, base = ways[0]
                told = f"{self.explication} : {_text(top)} sur {base} donne ce pourcentage"
            else:
                told = f"{self.explication} : aucun nombre de cas sur {listed} ne donne "
                told += f"{_text(values[fact])} % (le premier total possible est "
                told += f"{_smallest_base(values[fact], self.pas)})"
            findings.append((fact, UNVERIFIABLE if ways else INCOHERENT, told))
        return findings


class Complement(_Rule):
    """A share that cannot be larger than what another share of the same total leaves."""

    regle: Literal["complement"]
    de: str

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return the shares larger than what is left."""
        left = 100 - values[self.de]
        told = f"{self.explication} : il en reste {_text(left)} % au plus"
        return [(f, INCOHERENT, told) for f in self.faits if values[f] > left]


class AllAndNone(_Rule):
    """« Tous » in one place, none in another."""

    regle: Literal["tous_et_aucun"]
    tous: list[str]
    aucun: str

    def judge(self, values: Mapping[str, float]) -> list[Finding]:
        """Return the facts when one says all and the other none."""
        if values[self.aucun] != 0 or any(values[fact] != 100 for fact in self.tous):
            return []
        return [(fact, INCOHERENT, self.explication) for fact in self.faits]


Rule = (
    Bounds
    | Reference
    | Series
    | Growth
    | Ratio
    | Product
    | SameValue
    | Fractions
    | Complement
    | AllAndNone
)
KINDS: dict[str, type[Rule]] = {
    get_args(kind.model_fields["regle"].annotation)[0]: kind for kind in get_args(Rule)
}
"""The rules by the name they have in the file."""


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


def fractions(percent: float, bases: Iterable[int], step: float = 1.0) -> list[tuple[float, int]]:
    """List the numbers of cases that give a percentage printed to the unit.

    Parameters
    ----------
    percent : float
        The printed percentage, 0 to 100.
    bases : iterable of int
        Denominators to try.
    step : float
        1 for whole cases, 0.5 when half a case may be counted.

    Returns
    -------
    list of (float, int)
        Numerator and denominator; both roundings of an exact half are accepted (half up and half
        to even: 62.5 may be printed 63 or 62).
    """
    ways = []
    for base in bases:
        for k in range(int(base / step) + 1):
            exact = 100 * k * Fraction(step) / base
            if percent in (math.floor(exact + Fraction(1, 2)), round(exact)):
                ways.append((k * step, base))
    return ways


def _smallest_base(percent: float, step: float) -> int:
    """Return the smallest total of which some number of cases gives the percentage."""
    return next(base for base in range(1, 201) if fractions(percent, [base], step))


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
        By fact: fact, status and reason found against a file (`diagalim.context.published`).

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


def _coherent(low: float, value: float, high: float) -> str:
    inside = low - FLOAT_NOISE <= value <= high + FLOAT_NOISE
    return UNVERIFIABLE if inside else INCOHERENT


def _value(term: str | float, values: Mapping[str, float]) -> float:
    return values[term] if isinstance(term, str) else float(term)


def _half_unit(value: float) -> float:
    """Half of the last printed digit."""
    printed = f"{value:.6f}".rstrip("0").rstrip(".")
    return 0.5 * 10.0 ** -len(printed.partition(".")[2])


def _text(value: float) -> str:
    return f"{value:g}".replace(".", ",") if abs(value) < 1e4 else f"{value:.0f}"
