"""On which days of the week does a service open, and at what times?

A service that says « the first Tuesday » or « every other week » opens on some weeks only, so a
single week tells too little: the days are read over `WEEKS` weeks. The syntax is that of
OpenStreetMap, with its traps (METHODS 4.6): `diagalim.analysis.offer.opening_rules` keeps apart the
remarks and the rules without a time, and school holidays are silently ignored. Hours that cannot be
read are unknown, never « closed ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd

from diagalim.analysis.offer.opening_rules import (
    OPEN_END,
    ZONE,
    Remark,
    Rules,
    openings,
    read_rules,
)

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WEEKS = 10
"""Weeks read: two months of closure leave some of them, and each week of a month comes twice."""
EVERY_WEEK = 0.75
"""Share of the weeks from which a day is an ordinary one: public holidays take a week or two."""
NIGHT_ENDS = time(5)
"""What begins in the evening and ends by then belongs to the evening."""
WHOLE_DAY = ("00:00", "24:00")
NOT_SAID = ""
"""End of a slot whose end is not said (« 14:00+ »)."""

_SCHOOL = re.compile(r"\bSH\b", re.IGNORECASE)
_PUBLIC = re.compile(r"\bPH\b[^;\d]*\b(?:off|closed)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Week:
    """The ordinary week of a service.

    Parameters
    ----------
    slots : dict of int to tuple of (str, str)
        Times of each day that has some (0 is Monday), as ``HH:MM``; an end before its beginning is
        that of the next morning, and `NOT_SAID` an end that nobody says.
    every_week : bool
        Whether each of these days opens in ordinary weeks.
    public_holidays_off, school_holidays : bool
        Closed on public holidays; says something of school holidays, which nobody computes here.
    later : bool
        Whether an end may be later than the one said.
    remarks : tuple of Remark
        What is said beside the hours and is no hour.
    """

    slots: dict[int, tuple[tuple[str, str], ...]]
    every_week: bool
    public_holidays_off: bool
    school_holidays: bool
    later: bool = False
    remarks: tuple[Remark, ...] = ()

    @property
    def days(self) -> tuple[int, ...]:
        """Days with some time, in order."""
        return tuple(sorted(self.slots))


def week_of(hours: str | None, today: str | date | pd.Timestamp) -> Week | None:
    """Read the ordinary week of a service.

    Parameters
    ----------
    hours : str or None
        In the syntax of OpenStreetMap.
    today : date
        Reference date of the study: the weeks read begin on the Monday that follows.

    Returns
    -------
    Week or None
        None when the hours are unknown: not given, not readable, a remark without a time, or no
        opening in `WEEKS` weeks (a service that is there opens some day).
    """
    rules = read_rules(hours) if isinstance(hours, str) else None
    if rules is None:
        return None
    opened = _opened(rules, _next_monday(pd.Timestamp(today).date()))
    if not opened:
        return None
    return Week(
        {day: _most_common(times) for day, times in opened.items()},
        all(len(times) >= EVERY_WEEK * WEEKS for times in opened.values()),
        bool(_PUBLIC.search(rules.hours)),
        bool(_SCHOOL.search(rules.hours)),
        rules.later,
        rules.remarks,
    )


def opening_table(hours: pd.Series, today: str | date | pd.Timestamp) -> pd.Series:
    """Return the ordinary week of each service; None where its hours are unknown."""
    return pd.Series([week_of(_text(one), today) for one in hours], hours.index, dtype="object")


def _text(value: object) -> str | None:
    return None if pd.isna(value) else str(value)


def _next_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _opened(rules: Rules, first: date) -> dict[int, list[tuple[tuple[str, str], ...]]]:
    """Return the times of each day of the week that opens, one entry a week in which it does."""
    start = datetime.combine(first, time(), ZONE)
    end = datetime.combine(first + timedelta(weeks=WEEKS), time(), ZONE)
    by_date: dict[date, list[tuple[str, str]]] = {}
    for begun, ended in openings(rules, start, end):
        for day, slot in _by_day(begun, ended):
            by_date.setdefault(day, []).append(slot)
    found: dict[int, list[tuple[tuple[str, str], ...]]] = {}
    for day, slots in sorted(by_date.items()):
        if first <= day < end.date():
            found.setdefault(day.weekday(), []).append(tuple(slots))
    return found


def _by_day(begun: datetime, ended: datetime) -> list[tuple[date, tuple[str, str]]]:
    """Cut an opening at midnight; the small hours stay with the evening before."""
    if f"{ended:%H:%M}" == OPEN_END:
        return [(begun.date(), (f"{begun:%H:%M}", NOT_SAID))]
    parts = []
    day, since = begun.date(), begun.time()
    while True:
        midnight = datetime.combine(day + timedelta(days=1), time(), ZONE)
        if ended <= midnight:
            until = "24:00" if ended == midnight else f"{ended:%H:%M}"
            parts.append((day, (f"{since:%H:%M}", until)))
            return parts
        if ended.date() == midnight.date() and ended.time() <= NIGHT_ENDS:
            parts.append((day, (f"{since:%H:%M}", f"{ended:%H:%M}")))
            return parts
        parts.append((day, (f"{since:%H:%M}", "24:00")))
        day, since = midnight.date(), time()


def _most_common(times: list[tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
    return max(dict.fromkeys(times), key=times.count)
