"""What may be given to the library that reads opening hours, and what must be kept from it?

The one door to opening-hours-py (a test refuses any other). In the syntax of OpenStreetMap a rule
without a time is « open at any time » and replaces what came before: `We 14:00-17:00; "téléphoner
avant"` is then open day and night, and the library (2.1.4) follows. People write remarks there, so
here a rule without a time is a remark and never an opening. Two more traps of the library: with
``||`` its `intervals` stop at the first opening, and a blank before a comma begins another rule
(`Mo-Fr 09:00-12:00 , 14:00-17:00` opens every afternoon of the week): neither reaches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError

ZONE, COUNTRY = ZoneInfo("Europe/Paris"), "FR"
OPEN_END = "23:58"
"""End given to « 14:00+ »: the library would say midnight, and nobody writes this minute."""
NOON = "12:00"
"""A slot that goes past midnight and ends later than this is a slip (« Fr 17:00-12:00 »)."""

_CLOCK = r"(?:[01]?\d|2[0-6]):[0-5]\d"
_SLOT = re.compile(rf"({_CLOCK})-({_CLOCK})")
_OPEN_END = re.compile(rf"(?<![-\d:])({_CLOCK})\+")
_LATER_END = re.compile(rf"(-{_CLOCK})\+")
_ALWAYS = re.compile(r"24/7")
_CLOSING = re.compile(r"\b(?:off|closed)\b", re.IGNORECASE)
_UNSURE = re.compile(r"\bunknown\b", re.IGNORECASE)
_BEFORE_TIME = re.compile(
    rf"(?:{_CLOCK}|24/7|\b(?:off|closed|open|unknown)\b).*", re.IGNORECASE | re.DOTALL
)
_EVERY_DAY = re.compile(r"(?:24/7|Mo-Su)?\s*(?:off|closed)", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')
_ADDED = "\x1e"
_NEXT_RULE = re.compile(
    rf'({_CLOCK}\+?|\b(?:off|closed|open|unknown)|")\s*,\s*(?=[A-Za-z"]|\d{{4}}\b(?!:))',
    re.IGNORECASE,
)
"""A comma after a time, before a day, a month or a year: another rule, added to the first."""
_SPELLINGS = (
    (re.compile("[\u2010-\u2015\u2212]"), "-"),
    (re.compile(r"\b(\d{1,2})\s*[hH]\s*([0-5]\d)?(?![\w])"), lambda m: f"{m[1]}:{m[2] or '00'}"),
    (re.compile(r"(\d)\s+:\s*([0-5]\d)\b"), r"\1:\2"),
    (re.compile(r"\s*-\s*"), "-"),
    (re.compile(r"(?<![\d:])(\d:[0-5]\d)"), r"0\1"),
)
"""Other ways of writing the same: dashes, « 9h30 », blanks around a dash, hours of one digit."""
_MARKS = re.compile("[\u201c\u201d\u00ab\u00bb]")
_TIDY = (
    (re.compile(r"\s*,\s*"), ","),
    (re.compile(r"(?<=[A-Za-z\]]):(?=\s*\d)"), " "),
    (re.compile(r"\s+"), " "),
)


@dataclass(frozen=True)
class Remark:
    """What stands among opening hours and is no hour.

    Parameters
    ----------
    when : str
        Days or months that it is said of, in the syntax of OpenStreetMap; often empty.
    words : str
        What is said; empty for a day without a time.
    """

    when: str
    words: str


@dataclass(frozen=True)
class Rules:
    """Opening hours, parted from the remarks that stand among them.

    Parameters
    ----------
    hours : str
        Rules that say a time, then those that close, without any comment; empty when no rule says
        a time.
    remarks : tuple of Remark
        What the comments and the rules without a time say.
    closed : bool
        Whether it says « closed », on every day and without an end.
    later : bool
        Whether an end may be later than it is said to be (« 09:00-12:00+ »).
    """

    hours: str
    remarks: tuple[Remark, ...] = ()
    closed: bool = False
    later: bool = False


@dataclass(frozen=True)
class _Rule:
    joint: str
    text: str
    comments: tuple[str, ...]

    @property
    def closes(self) -> bool:
        return bool(_CLOSING.search(self.text))

    @property
    def always(self) -> bool:
        return bool(_ALWAYS.search(self.text))

    @property
    def opens(self) -> bool:
        timed = self.always or _SLOT.search(self.text)
        return bool(timed) and self.sound and not self.closes and not _UNSURE.search(self.text)

    @property
    def sound(self) -> bool:
        """Whether each slot has a length, and ends before the next afternoon."""
        slots = [(begun.zfill(5), ended.zfill(5)) for begun, ended in _SLOT.findall(self.text)]
        return all(begun < ended or begun > ended < NOON for begun, ended in slots)

    @property
    def when(self) -> str:
        """Days, months and years that it is said of."""
        return _BEFORE_TIME.split(self.text)[0].strip()


@lru_cache(maxsize=2**14)  # a national file says « Mo-Fr 09:00-12:00 » a thousand times
def read_rules(text: str) -> Rules | None:
    """Part the rules that say a time from the remarks.

    Parameters
    ----------
    text : str
        Opening hours in the syntax of OpenStreetMap, or any text.

    Returns
    -------
    Rules or None
        None for what is no such syntax (a sentence). Days of a slot that cannot be (of no length,
        or ending the next afternoon) are left out: a doubt is unknown, never an opening.
    """
    said = _spelt(text)
    rules = list(_cut(said)) if said.count('"') % 2 == 0 else []
    if not rules or not all(_parses(rule.text) and (rule.sound or rule.when) for rule in rules):
        return None
    opening = _openings([rule for rule in rules if rule.opens])
    closing = [rule.text for rule in rules if rule.closes and not _every_day(rule)]
    doubtful = [f"{rule.when} off" for rule in rules if not rule.sound]
    hours = _joined(opening, [*closing, *doubtful]) if opening else ""
    return Rules(
        hours,
        tuple(remark for rule in rules for remark in _remarks(rule, opening)),
        _shut(rules, opening),
        bool(_LATER_END.search(_QUOTED.sub("", said))),
    )


def openings(rules: Rules, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Return the openings between two moments, from the rules that say a time.

    Parameters
    ----------
    rules : Rules
        From `read_rules`.
    start, end : datetime
        In the time zone `ZONE`.

    Yields
    ------
    begun, ended : datetime
    """
    if not rules.hours or rules.closed:
        return
    read = OpeningHours(rules.hours, timezone=ZONE, country=COUNTRY)
    for begun, ended, state, _ in read.intervals(start, end):
        if str(state) == "open" and ended is not None:
            yield begun, min(ended, end)


def _spelt(text: str) -> str:
    """Return the text with the spelling of the standard outside of its comments."""
    parts = re.split(r'("[^"]*")', _MARKS.sub('"', text))
    for at in range(0, len(parts), 2):
        for other, standard in _SPELLINGS:
            parts[at] = other.sub(standard, parts[at])
    return "".join(parts)


def _cut(said: str) -> Iterator[_Rule]:
    """Cut a text into rules, at « ; », « || » and the comma that begins another rule."""
    comments = _QUOTED.findall(said)
    numbers = iter(range(len(comments)))
    masked = _QUOTED.sub(lambda _: f'"{next(numbers)}"', said)
    pieces = re.split(rf"(\|\||;|{_ADDED})", _NEXT_RULE.sub(rf"\1{_ADDED}", masked))
    for joint, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        own = tuple(comments[int(number)].strip() for number in _QUOTED.findall(piece))
        text = _QUOTED.sub(" ", piece)
        for loose, tight in _TIDY:
            text = loose.sub(tight, text)
        text = _OPEN_END.sub(rf"\1-{OPEN_END}", text.strip())
        if text or own:
            yield _Rule(joint, _LATER_END.sub(r"\1", text), own)


def _parses(text: str) -> bool:
    try:
        OpeningHours(text or "off", timezone=ZONE, country=COUNTRY)
    except ParserError:
        return False
    return True


def _openings(timed: list[_Rule]) -> list[_Rule]:
    """Leave out « 24/7 "remark" » beside other hours: a tool wrote 24/7 before the remark."""
    if all(rule.always for rule in timed):
        return timed
    return [rule for rule in timed if not (rule.always and rule.comments)]


def _every_day(rule: _Rule) -> bool:
    return bool(_EVERY_DAY.fullmatch(rule.text))


def _shut(rules: list[_Rule], opening: list[_Rule]) -> bool:
    """Tell whether the last word is « closed »: said first, it is what other rules come to open."""
    closing = [rule for rule in rules if _every_day(rule) and rule.joint != "||"]
    return bool(closing) and (not opening or rules.index(closing[-1]) > rules.index(opening[-1]))


def _joined(opening: list[_Rule], closing: list[str]) -> str:
    """Write the rules one after the other, those that close last.

    « Jul-Aug off; Mo-Fr 09:00-12:00 » is open in August, for the later rule wins; whoever writes a
    closure means it. A fallback that says a time adds it to the others.
    """
    said = opening[0].text
    for rule in opening[1:]:
        said += ("; " if rule.joint == ";" else ", ") + rule.text
    return "; ".join([said, *closing])


def _remarks(rule: _Rule, opening: list[_Rule]) -> Iterator[Remark]:
    alone = rule in opening and len(opening) == 1
    when = "" if alone or _every_day(rule) else rule.when
    if rule.comments:
        yield Remark(when, " ; ".join(filter(None, rule.comments)))
    elif when and not rule.closes and rule not in opening:
        yield Remark(when, "")
