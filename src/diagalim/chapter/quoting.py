"""Which facts may the words of a chapter quote: its own, then those of the chapters that it reads.

A name that two of those chapters give is written ``{chapter.id}``. What is not there is refused
with the name nearest to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase

from diagalim.chapter.facts import Fact, Facts, in_form
from diagalim.chapter.inputs import Reading
from diagalim.settings.words_file import not_a_fact, words_of
from diagalim.wording import french
from diagalim.wording.problems import InputError, Problem
from diagalim.wording.quotes import filled


class Quotable:
    """The facts that a chapter may quote, by name; those upstream are read when one is asked for.

    Parameters
    ----------
    chapter : Reading
        Reads the facts upstream.
    own : Facts
        Stated by the chapter.
    declared : iterable of str
        Facts that its words declare, stated or not yet.
    """

    def __init__(self, chapter: Reading, own: Facts, declared: Iterable[str]) -> None:
        self._chapter, self._own, self._declared = chapter, own, list(declared)
        self._upstream: dict[str, Facts] = {}

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def __getitem__(self, name: str) -> Fact:
        fact = self.get(name)
        if fact is None:
            raise InputError([self._unknown(name)])
        return fact

    def get(self, name: str) -> Fact | None:
        """Return the fact of a name, ``id`` or ``chapter.id``; None when nobody stated it."""
        upstream, parted, fact_id = name.rpartition(".")
        if parted:
            places = [self._facts_of(upstream)]
        elif name in self._own or any(fnmatchcase(name, own) for own in self._declared):
            places = [self._own]  # its own, even where this run lacks it
        else:
            places = [facts for facts in self._all_upstream() if name in facts]
        return next((facts[fact_id] for facts in places if fact_id in facts), None)

    def may_lack(self, name: str) -> bool:
        """Whether a chapter upstream may go without a fact, which its words mark ``parfois``."""
        upstream, parted, fact_id = name.rpartition(".")
        given = [
            words_of(chapter) for chapter in ([upstream] if parted else self._chapter.plan.lit)
        ]
        return any(w and w.fact(fact_id) and fact_id not in w.always() for w in given)

    def fill(self, text: str, shown_as: Callable[[str], str] = str) -> str:
        """Replace each quote of a text by its fact, as `Facts.fill` does."""
        return french.spaced(self.quote(text, shown_as))

    def quote(self, text: str, shown_as: Callable[[str], str] = str) -> str:
        """Replace each quote of a text by its fact and leave its spaces as they are."""

        def said(name: str, form: str) -> str:
            return in_form(self[name], form, shown_as(self[name].text))

        return filled(text, said)

    def _facts_of(self, upstream: str) -> Facts:
        if upstream not in self._upstream:
            self._upstream[upstream] = self._chapter.facts_of(upstream)
        return self._upstream[upstream]

    def _all_upstream(self) -> Iterator[Facts]:
        return (self._facts_of(name) for name in self._chapter.plan.lit)

    def _unknown(self, name: str) -> Problem:
        given = [fact.id for facts in (self._own, *self._all_upstream()) for fact in facts]
        known = [*self._declared, *given]
        return not_a_fact(f"carnet {self._chapter.name}", "texte", name, known)
