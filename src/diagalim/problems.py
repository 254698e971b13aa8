"""What is wrong with an input, said so that its owner can mend it.

A reader collects every problem of a file before it raises: a partner who sends twelve wrong cells
gets twelve answers, not one a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one input, in French.

    Parameters
    ----------
    file : str
        Name of the file as its owner knows it (never a path of this machine).
    place : str
        Where in the file: column, line, key.
    value : str
        What was seen there.
    expected : str
        What was expected.
    remedy : str
        How to mend it.
    """

    file: str
    place: str
    value: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return (
            f"{self.file} — {self.place} : lu « {self.value} » ; "
            f"attendu : {self.expected}. À faire : {self.remedy}."
        )


class InputError(ValueError):
    """One or more inputs cannot be used; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        count = len(self.problems)
        head = f"{count} problème{'s' if count > 1 else ''} dans les données d'entrée :"
        super().__init__("\n".join([head, *(f"  • {problem}" for problem in self.problems)]))


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise `InputError` with all the problems, or return when there is none."""
    found = list(problems)
    if found:
        raise InputError(found)
