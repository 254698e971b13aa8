"""What does the text of a cell say: a number and how far it was rounded, or that it is hidden?"""

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER = re.compile(r"([+-]?)(\d+(?: \d{3})*)(?:[,.](\d+))?")
HIDDEN = re.compile(r"(non )?(masqué|montré|caché)\w*|secret", re.I)
UNDER = re.compile(r"(?:moins de|<) ?(\d+)", re.I)
SILENT = {"non renseigné", "–", "-", ""}


class Said(NamedTuple):
    """A number as it is written: it may be half a unit of its last digit away from the truth."""

    value: float
    half: float

    @property
    def low(self) -> float:
        """The least that it may stand for."""
        return self.value - self.half

    @property
    def high(self) -> float:
        """The greatest that it may stand for."""
        return self.value + self.half


def said(text: str) -> Said | None:
    """Return the number that a text opens with, or None."""
    found = NUMBER.match(text)
    if not found or is_hidden(text):
        return None
    sign, units, decimals = found[1], found[2].replace(" ", ""), found[3] or ""
    value = float(f"{sign}{units}.{decimals or 0}")
    return Said(value, 0.5 * 10.0 ** -len(decimals))


def is_hidden(text: str) -> bool:
    """Tell whether a text says that something is not shown."""
    return bool(HIDDEN.match(text) or UNDER.match(text))


def limits(text: str, most: float) -> tuple[float, float] | None:
    """Return between what a count lies: itself when shown, one at the least when hidden.

    A zero is shown, so that what is hidden is not one.
    """
    if is_hidden(text):
        under = UNDER.match(text)
        return 1.0, float(under[1]) - 1 if under else most
    found = said(text)
    return None if found is None else (found.value, found.value)
