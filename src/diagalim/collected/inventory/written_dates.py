"""Which day is meant by « 25/02/2026 », « 02/2026 », « février 2026 » or « 2024-05 »?"""

from __future__ import annotations

import calendar
import re
from datetime import date

from diagalim.collected.inventory.aid_words import plain

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
DATE_SAID = re.compile(
    rf"(?:\d{{1,2}}/)?\d{{1,2}}/\d{{4}}|(?:\d{{1,2}}(?:er)? )?(?:{'|'.join(MONTHS)}) \d{{4}}"
)
"""A date among other words, in a text without accents."""


def first_day(said: str | None) -> date | None:
    """Return the first day of « 25/02/2026 », « 02/2026 » or « février 2026 », else None."""
    text = plain(said or "")
    if numbers := re.fullmatch(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", text):
        of_month, month, year = numbers.groups()
        return _valid(int(year), int(month), int(of_month or 1))
    words = re.fullmatch(r"(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})", text)
    if words and words[2] in MONTHS:
        return _valid(int(words[3]), MONTHS.index(words[2]) + 1, int(words[1] or 1))
    return None


def last_day(said: str | None) -> date | None:
    """Return the last day of « 2024 », « 2024-05 » or « 2024-05-17 », else None."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", (said or "").strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if found[3] or not 1 <= month <= 12 or not year:
        return _valid(year, month, int(found[3] or 1))
    return date(year, month, calendar.monthrange(year, month)[1])


def _valid(year: int, month: int, of_month: int) -> date | None:
    try:
        return date(year, month, of_month)
    except ValueError:  # the 31st of a month that has 30 days: not a date that can be trusted
        return None
