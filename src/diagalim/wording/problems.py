"""What is wrong with an input, said so that its owner can mend it.

A reader collects every problem of a file before it raises: a partner who sends twelve wrong cells
gets twelve answers, not one a day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_SHOWN = 200
"""Characters of a value that a message quotes: enough to know it again, and a message stays one."""
_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs"}
"""Unicode categories without a mark of their own, among them what commands a terminal."""


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
        return f"{_plain(self.file)} — {self.within_file}"

    @property
    def within_file(self) -> str:
        """The same without the name of the file, to stand under it."""
        return (
            f"{_plain(self.place)} : lu « {_plain(self.value)} » ; "
            f"attendu : {self.expected}. À faire : {self.remedy}."
        )


class InputError(ValueError):
    """One or more inputs cannot be used; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(_listed(self.problems)))

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of a trace: IPython asks an exception for it."""
        return str(self).splitlines()


def _listed(problems: list[Problem]) -> list[str]:
    """Return the lines of a message; under the name of each file when there are several."""
    count = len(problems)
    head = f"{count} problème{'s' if count > 1 else ''} dans les données d'entrée"
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        files.setdefault(problem.file, []).append(problem)
    if len(files) < 2:
        return [f"{head} :", *(f"  • {problem}" for problem in problems)]
    lines = [f"{head}, dans {len(files)} fichiers :"]
    for file, inside in files.items():
        lines += ["", _plain(file), *(f"  • {problem.within_file}" for problem in inside)]
    return lines


def _plain(text: str) -> str:
    """Return what was read so that it can be shown: one line, not endless, no hidden command."""
    whole = re.sub(r"[ \t\r\n]+", " ", text).strip() or text
    seen = "".join(f"\\x{ord(c):02x}" if unicodedata.category(c) in _UNSEEN else c for c in whole)
    return seen if len(seen) <= LONGEST_SHOWN else seen[: LONGEST_SHOWN - 1] + "…"


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise `InputError` with all the problems, or return when there is none."""
    found = list(problems)
    if found:
        raise InputError(found)
