"""How does a chapter state its figures, when its words say what each of them is?

Code gives ``{id: value}`` and nothing of what ``<chapter>.yml`` says. What only a run knows (which
datasets answered, which year) is given for a whole call, for facts whose words leave it open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

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
        """State facts; ``given`` is what the words leave to the code, for all of them.

        Parameters
        ----------
        values : mapping of str to value
            A value, or ``(value, low, high)``; None leaves out a fact marked ``parfois``.
        sources : iterable of str, optional
            Datasets, where the words say ``du_calcul``.
        document, collecte, releve : str, optional
            Origin in words, where they say ``du_calcul``.
        year, certainty : str, optional
            Where the words have none.
        """
        refused = [self._refused(name, value) for name, value in values.items()]
        raise_if_any(problem for problem in refused if problem)
        for name, value in values.items():
            if value is not None:
                self._state(name, value, given)

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
        words = self._words.fact(name)
        value, *bounds = stated if isinstance(stated, tuple) else (stated,)
        value = int(value) if isinstance(value, np.integer) else value
        label = self._quotable.quote(words.libelle)
        if words.choix:
            self._chapter.choose(name, value, label)
            return
        said = {"decimals": words.decimales, "interval": tuple(bounds) or None}
        if certainty := one_of(words.certitude, given.get("certainty"), f"{name}.certitude"):
            said["certainty"] = self._quotable.quote(certainty)
        if year := one_of(words.annee, given.get("year"), f"{name}.annee"):
            said["year"] = self._quotable.quote(str(year))
        if words.told:
            self._tell(name, value, label, words, given, said)
        elif words.de:
            also = [self._chapter.resolved(n) for n in self.datasets(words.sources, given)]
            said.pop("year", None)
            self._chapter.derive(
                name, value, label, self._quotable[words.de], unit=words.unite, also=also, **said
            )
        else:
            sources = self.datasets(words.sources, given)
            Stating.state(self._chapter, name, value, words.unite, label, sources, **said)

    def _tell(
        self, name: str, value: Value, label: str, words: FactWords, given: dict[str, Any],
        said: dict[str, Any],
    ) -> None:  # fmt: skip
        ((kind, source),) = words.told.items()
        ways = {"document": "quote", "collecte": "count", "releve": "tell"}
        way = "count_shown" if words.arrondi else ways[kind]
        if said["interval"] is None:  # a figure that is quoted takes none
            said.pop("interval")
        source = given[kind] if source == BY_CODE else self._quotable.quote(source)
        getattr(self._chapter, way)(name, value, words.unite, label, source=source, **said)

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
