"""Every number that prose quotes, written once with its year, nature and source.

A sentence never holds a typed number: it names facts, and the fact is formatted where it is read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from diagalim.wording import french
from diagalim.wording.quotes import OWN_YEAR, filled

NATURES = ("choix", "officiel", "repris", "collecté", "publié", "synthétique")


@dataclass(frozen=True)
class Fact:
    """One figure that may be quoted.

    Attributes
    ----------
    id : str
        Unique in its chapter.
    label : str
        What it is, in French.
    value : float, int or str
        The figure, not rounded; text for a name.
    unit : str
        Printed after the value.
    decimals : int
        Decimals printed.
    year : str
        Year or period described.
    nature : str
        One of `NATURES`.
    source : str
        Producer, dataset, vintage and licence.
    notebook : str
        Chapter that computed it.
    interval : tuple of float, optional
        Bounds of the value, in its unit.
    certainty : str
        What is known of its error, in French (« non mesurée » when nothing is).
    datasets : tuple of (str, str)
        Key in the registry and name, as ``source`` writes it, of each dataset.
    """

    id: str
    label: str
    value: float | int | str
    unit: str
    decimals: int
    year: str
    nature: str
    source: str
    notebook: str
    interval: tuple[float, float] | None = None
    certainty: str = "non mesurée"
    datasets: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.nature not in NATURES:
            raise ValueError(f"{self.id}: nature {self.nature!r} is not one of {NATURES}")
        if isinstance(self.value, float) and not math.isfinite(self.value):
            raise ValueError(f"{self.id}: value {self.value!r} is not finite")

    @property
    def text(self) -> str:
        """The figure as French readers expect it."""
        if isinstance(self.value, str):
            return self.value
        return french.with_unit(self.value, self.unit, self.decimals)


def in_form(fact: Fact, form: str, text: str) -> str:
    """Return a fact as a sentence quotes it: its text, its year, or the word that agrees with it.

    Parameters
    ----------
    fact : Fact
    form : str
        Empty, ``annee`` or ``singular|plural``.
    text : str
        The fact, made safe where the sentence goes.
    """
    if not form:
        return text
    if form == OWN_YEAR:
        return fact.year
    if "|" not in form or isinstance(fact.value, str):
        raise ValueError(f"{{{fact.id}:{form}}}: agreement is written singular|plural, of a number")
    return agreeing(form, fact.value)


def agreeing(words: str, value: float) -> str:
    """Return the word that agrees with a number, ``singular|plural``; one word stays as it is."""
    singular, _, plural = words.partition("|")
    return singular if abs(value) < 2 or not plural else plural


class Facts:
    """The facts of one chapter, in the order in which they were stated."""

    def __init__(self, facts: list[Fact] | None = None) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts or []:
            self.add(fact)

    def add(self, fact: Fact) -> Fact:
        """Keep a fact; the same id with another content is an error."""
        known = self._facts.get(fact.id)
        if known is not None and known != fact:
            raise ValueError(f"fact {fact.id!r} is stated twice with different contents")
        self._facts[fact.id] = fact
        return fact

    def __getitem__(self, fact_id: str) -> Fact:
        if fact_id not in self._facts:
            known = ", ".join(self._facts) or "none"
            raise KeyError(f"no fact {fact_id!r}; known: {known}")
        return self._facts[fact_id]

    def __contains__(self, fact_id: str) -> bool:
        return fact_id in self._facts

    def __iter__(self):
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def fill(self, sentence: str, shown_as: Callable[[str], str] = str) -> str:
        """Replace each ``{id}`` of a sentence by its fact, with French spaces.

        ``{id:singular|plural}`` is the word that agrees with the fact, without the number: French
        keeps the singular under two, zero included. ``{id:annee}`` is the year that it describes:
        a year beside a figure is its own, never that of another dataset.

        Parameters
        ----------
        sentence : str
            Words, with facts in braces.
        shown_as : callable
            What makes a text from data safe where the sentence goes
            (`diagalim.wording.french.markdown_text` in Markdown).
        """

        def said(name: str, form: str) -> str:
            return in_form(self[name], form, shown_as(self[name].text))

        return french.spaced(filled(sentence, said))

    def write(self, path: Path) -> None:
        """Write the facts as JSON, the same bytes for the same facts."""
        content = [asdict(fact) for fact in self]
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")


def literal(text: str) -> str:
    """Return a text from data so that `Facts.fill` leaves its braces as they are."""
    return text.replace("{", "{{").replace("}", "}}")


def read_facts(path: Path) -> Facts:
    """Read facts written by `Facts.write`."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for entry in content:
        entry["interval"] = tuple(entry["interval"]) if entry["interval"] else None
        entry["datasets"] = tuple((key, name) for key, name in entry.get("datasets", ()))
    return Facts([Fact(**entry) for entry in content])
