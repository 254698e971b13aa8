"""What kinds of rules judge a published figure, and what does each find?

A rule compares a figure with a bound, with another figure of the documents, with an official value
of another year, or with what its denominator allows. It never rewrites a value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from diagalim.analysis.context.published import GAP, INCOHERENT, UNVERIFIABLE
from diagalim.analysis.context.whole_cases import fractions, smallest_base

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
                told += f"{smallest_base(values[fact], self.pas)})"
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
