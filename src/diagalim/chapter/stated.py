"""How does a chapter state its figures, when its words say what each of them is?

Code gives ``{id: value}`` and nothing of what ``<chapter>.yml`` says. What only a run knows (which
datasets answered, which year) is given for a whole call, for facts whose words leave it open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from diagalim.chapter.facts import agreeing
from diagalim.chapter.quoting import Quotable
from diagalim.chapter.statements import Stating
from diagalim.settings.words import BY_CODE, NAMED, READ, SETTINGS, ChapterWords, FactWords
from diagalim.settings.words_file import not_a_fact, words_file
from diagalim.wording.problems import Problem, raise_if_any

Value = float | int | str | None
Stated = Value | tuple[Value, float, float]
"""A value, or a value with its two bounds; None for a fact that this run does not have."""
OF_TERRITORY = (*NAMED.values(), SETTINGS)
"""Facts that every chapter opens with."""


class Declared:
    """States the facts that the words of a chapter declare, through the ways of `Stating`.

    Parameters
    ----------
    chapter : Stating
        The chapter, which keeps the facts.
    words : ChapterWords
        What each fact is.
    quotable : Quotable
        What labels and certainties may quote.
    """

    def __init__(self, chapter: Stating, words: ChapterWords, quotable: Quotable) -> None:
        self._chapter, self._words, self._quotable = chapter, words, quotable

    def state(self, values: Mapping[str, Stated], **given: Any) -> None:
        """State facts; ``given`` is what the words leave to the code, for all of them or by name.

        Parameters
        ----------
        values : mapping of str to value
            A value, or ``(value, low, high)``; None leaves out a fact marked ``parfois``.
        sources : iterable of str, optional
            Datasets, where the words say ``du_calcul``.
        document, collecte, releve : str, optional
            Origin in words, where they say ``du_calcul``.
        label, unit : mapping of str to str, optional
            By fact, where the words say ``du_calcul``.
        year, certainty : str, or mapping of str to str, optional
            Where the words have none; a mapping gives that of some facts only.
        """
        refused = [self._refused(name, value) for name, value in values.items()]
        raise_if_any(problem for problem in refused if problem)
        for name, value in values.items():
            if value is not None:
                own = {key: _of_one(name, told) for key, told in given.items()}
                self._state(name, value, own)

    def missing(self) -> list[Problem]:
        """Return what is wrong at the end: facts never stated, facts that nothing declares."""
        stated = [fact.id for fact in self._chapter.facts if fact.id not in OF_TERRITORY]
        late = [name for name in self._words.always() if name not in stated]
        never = "un fait que chaque calcul énonce"
        remedy = "l'énoncer par chapter.state, ou le marquer « parfois: true »"
        lost = [Problem(self._file, f"clé faits.{n}", n, never, remedy) for n in late]
        return lost + [self._undeclared(n) for n in stated if self._words.fact(n) is None]

    @property
    def _file(self) -> str:
        return words_file(self._chapter.name)

    def _refused(self, name: str, value: Stated) -> Problem | None:
        words = self._words.fact(name)
        if words is None:
            return self._undeclared(name)
        if value is None and name in self._words.always():
            expected = "une valeur, sauf pour un fait marqué « parfois: true »"
            return Problem(self._file, f"clé faits.{name}", "rien", expected, "le marquer ainsi")
        return None

    def _undeclared(self, name: str) -> Problem:
        return not_a_fact(self._file, "clé faits", name, list(self._words.faits))

    def _state(self, name: str, stated: Stated, given: dict[str, Any]) -> None:
        words, chapter = self._words.fact(name), self._chapter
        value, *bounds = stated if isinstance(stated, tuple) else (stated,)
        value = int(value) if isinstance(value, np.integer) else value
        label, said = self._said(name, words, given)
        printed = "" if words.unite == BY_CODE else words.unite
        printed = one_of(printed, given.get("unit"), f"{name}.unite") or ""
        unit = printed if isinstance(value, str) else agreeing(printed, value)
        options = {"decimals": words.decimales, **said}
        if bounds:
            options["interval"] = tuple(bounds)
        if words.choix:
            chapter.choose(name, value, label)
        elif words.told:
            way, source = self._told(words, given)
            way(name, value, unit, label, source=source, **options)
        elif words.de:
            also = [chapter.resolved(source) for source in self.datasets(words.sources, given)]
            of = self._quotable[words.de]
            chapter.derive(name, value, label, of, unit=unit, also=also, **options)
        else:
            sources = self.datasets(words.sources, given)
            Stating.state(chapter, name, value, unit, label, sources, **options)

    def _said(
        self, name: str, words: FactWords, given: Mapping[str, Any]
    ) -> tuple[str, dict[str, str]]:
        """Return the label of a fact, then its certainty and its year where somebody gives them."""
        label = "" if words.libelle == BY_CODE else words.libelle
        parts = {
            "label": one_of(label, given.get("label"), f"{name}.libelle"),
            "certainty": one_of(words.certitude, given.get("certainty"), f"{name}.certitude"),
            "year": one_of(words.annee, given.get("year"), f"{name}.annee"),
        }
        said = {key: self._quotable.quote(str(text)) for key, text in parts.items() if text}
        return said.pop("label"), said

    def _told(self, words: FactWords, given: Mapping[str, Any]) -> tuple[Callable[..., Any], str]:
        """Return how to state a fact whose origin is words, and those words."""
        kinds = [k for k, text in words.told.items() if text != BY_CODE or given.get(k)]
        kind = next(iter([*kinds, *words.told]))
        source = words.told[kind]
        ways = {"document": "quote", "collecte": "count", "releve": "tell"}
        way = getattr(self._chapter, "count_shown" if words.arrondi else ways[kind])
        return way, given[kind] if source == BY_CODE else self._quotable.quote(source)

    def datasets(self, declared: list[str] | str, given: Mapping[str, Any]) -> list[str]:
        """Return the datasets that answered, of those declared; the code names them if they say so.

        Raises
        ------
        KeyError
            When a dataset whose file is there was not read.
        """
        if declared == BY_CODE:
            return list(given["sources"])
        if declared == READ:
            return self._chapter.used()
        used = self._chapter.used()
        unread = [n for n in declared if n not in used and self._chapter.find(n)]
        if unread:
            raise KeyError(f"{self._file} names datasets that were not read: {unread}")
        return [name for name in declared if name in used]


def _of_one(name: str, given: Any) -> Any:
    """Return what the code gives for one fact: of a mapping, its own."""
    return given.get(name) if isinstance(given, Mapping) else given


def one_of(words: str, given: Any, place: str) -> Any:
    """Return what the words or the code say of one thing, never both.

    Raises
    ------
    ValueError
        When both say it.
    """
    if words and given:
        raise ValueError(f"{place} is in the words and given by the code too: one of them goes")
    return words or given
