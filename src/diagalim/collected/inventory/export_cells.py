"""What does a cell of an export say, however the tool wrote it: nothing, a list, a code, degrees?

The same export is published, opened in a spreadsheet or passed through pandas: a list then comes as
JSON, as Python (``['a', 'b']``) or as NumPy (``['a' 'b']``), and nothing as ``null``, ``NaN`` or
``None``. All of them say the same.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

NOTHING = frozenset({"null", "none", "nan", "nat", "<na>", "[]", "{}"})
"""How tools write that nothing is said, in small letters."""
LONGEST_NOTHING = 2 + max(map(len, NOTHING))
"""Characters of the longest of them, a blank at each end."""
_ITEM = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_LIST = re.compile(rf"\[\s*{_ITEM}(?:\s*,\s*{_ITEM}|\s+{_ITEM})*\s*,?\s*\]")
_ITEMS = re.compile(_ITEM)


def nothing_said(text: str) -> bool:
    """Tell whether a cell says nothing."""
    return not text or text.strip().lower() in NOTHING


def listed(text: str) -> list[str]:
    """Return the values of a list written as JSON, Python or NumPy does.

    Raises
    ------
    ValueError
        Another form.

    Examples
    --------
    >>> listed('["a", "b"]') == listed("['a', 'b']") == listed("['a' 'b']") == ["a", "b"]
    True
    """
    return list(_items(text))


@lru_cache(maxsize=2**14)  # a national file says the same few lists a hundred thousand times
def _items(text: str) -> tuple[str, ...]:
    if nothing_said(text):
        return ()
    if not _LIST.fullmatch(text.strip()):
        raise ValueError(text)
    items = [item[1:-1] for item in _ITEMS.findall(text)]
    return tuple(item for item in items if not nothing_said(item))


def degrees(text: str) -> float | None:
    """Return a longitude or a latitude, None when it is not said.

    Raises
    ------
    ValueError
        Not a number. One that no place has (145 north) is for the rule of places to refuse.
    """
    value = float("nan" if nothing_said(text) else text)
    return value if math.isfinite(value) else None


def siret(text: str | None) -> str | None:
    """Return a number of establishment of 14 digits, None for any other text.

    « 123 456 789 00012 » is one; a number that a spreadsheet rounded (1.23457E+13) is lost.
    """
    digits = re.sub(r"\.0$", "", re.sub(r"\s", "", text or ""))
    return digits if re.fullmatch(r"\d{14}", digits) else None
