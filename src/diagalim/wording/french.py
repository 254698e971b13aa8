"""Numbers, dates and spaces as French readers expect them; the one place that formats them.

Decimal comma, thousands parted by a narrow no-break space, a no-break space before ``%`` and ``€``,
so that a number never parts from its unit at the end of a line.
"""

from __future__ import annotations

import html
import math
import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

NO_BREAK, NARROW = "\u00a0", "\u202f"
MISSING = "n.d."
ENDS = (0.005, 0.995)
"""Beyond, a share that is neither none nor all would print as one of them."""


def number(value: float | int | None, decimals: int = 0, *, sign: bool = False) -> str:
    """Format a number.

    Parameters
    ----------
    value : float or None
        Missing values give ``n.d.``.
    decimals : int
        Decimals shown, always all of them.
    sign : bool
        Show the sign of positive values, for differences.

    Examples
    --------
    >>> number(2019717)
    '2\\u202f019\\u202f717'
    >>> number(-0.04, 1)
    '0,0'
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    rounded = round(float(value), decimals) + 0.0  # + 0.0 turns -0.0 into 0.0
    text = _digits(abs(rounded), decimals)
    if rounded < 0:
        return "\u2212" + text
    return ("+" + text) if sign and rounded > 0 else text


@lru_cache(maxsize=2**14)  # a report shows the same rounded values many times
def _digits(value: float, decimals: int) -> str:
    """Format a positive number that is already rounded."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(value, format=pattern, locale="fr_FR")
    return text.replace(NO_BREAK, NARROW).replace(" ", NARROW)


def with_unit(value: float | None, unit: str, decimals: int = 0, *, sign: bool = False) -> str:
    """Format a number and its unit, held together by a no-break space."""
    text = number(value, decimals, sign=sign)
    return text if not unit or text == MISSING else f"{text}{NO_BREAK}{unit}"


def share(part: float) -> str:
    """Format a share, 0 to 1, as a percentage; one that is nearly all or none says « nearly »."""
    if ENDS[1] <= part < 1:
        return f"plus de {with_unit(99, '%')}"
    if 0 < part < ENDS[0]:
        return f"moins de {with_unit(1, '%')}"
    return with_unit(100 * part, "%")


def interval(low: float, high: float, unit: str, decimals: int = 0) -> str:
    """Format two bounds: « entre 18,5 et 18,6 % »; one value when both print the same."""
    if number(low, decimals) == number(high, decimals):
        return with_unit(high, unit, decimals)
    return f"entre {number(low, decimals)} et {with_unit(high, unit, decimals)}"


def plural(count: float, word: str, words: str | None = None) -> str:
    """Format a count and its noun: one and under two stay singular in French."""
    noun = word if abs(count) < 2 else (words or word + "s")
    return f"{number(count)}{NO_BREAK}{noun}"


def edition(month: str) -> str:
    """Format an edition ``AAAA-MM``: « novembre 2026 »."""
    year, number_ = (int(part) for part in month.split("-"))
    return format_date(date(year, number_, 1), format="LLLL y", locale="fr_FR")


def dated(text: str) -> str:
    """Write a date as French readers do: « 23 mai 2024 », « 1er mars 2025 », « mars 2025 ».

    What is no date, or only a year, stays as it is.
    """
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text)
    if found is None:
        return text
    year, month, day = (int(part) if part else None for part in found.groups())
    if day is None:
        return edition(text)
    whole = format_date(date(year, month, day), format="d MMMM y", locale="fr_FR")
    return whole.replace("1 ", "1er ", 1) if day == 1 else whole


def place_name(name: str) -> str:
    """Write the name of a place as a sentence does: « Marseille 3e arrondissement »."""
    return name.replace(" Arrondissement", " arrondissement")


def at_place(name: str) -> str:
    """Return where something happens, at the head of a sentence: « À Arles », « Au Mans ».

    An article in the name of a town contracts when it is « Le » or « Les », and only then.
    """
    for article, contracted in (("Le ", "Au "), ("Les ", "Aux ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"À {name}"


def listed(words: list[str], last: str = "et") -> str:
    """Join words: « Aix, Arles et Aubagne », or with another word before the last one."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def markdown_text(text: str) -> str:
    """Return a text from data so that Markdown and HTML show it as it is.

    A place may be named « R.P. Moretti » or hold an asterisk or a tag: a sentence must survive it.
    """
    escaped = html.escape(text, quote=False)
    return re.sub(r"([\\`*_\[\]#|~$])", r"\\\1", escaped)


def spaced(text: str) -> str:
    """Put the no-break spaces of French typography in a sentence."""
    for mark in ";!?":
        text = text.replace(f" {mark}", f"{NARROW}{mark}")
    text = text.replace(" :", f"{NO_BREAK}:").replace("« ", f"«{NO_BREAK}")
    text = text.replace(" »", f"{NO_BREAK}»")
    for unit in ("%", "€", "‰", "points"):
        text = text.replace(f" {unit}", f"{NO_BREAK}{unit}")
    return text


def sentence_case(words: str) -> str:
    """Return words with a capital first, the others as they are (an acronym stays one)."""
    return words[:1].upper() + words[1:]
