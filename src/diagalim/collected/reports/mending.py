"""What may be read in a hand-filled cell although it is not written as asked?

Only what has one meaning: « 1 234 » is a number, « 1er semestre 2025 » a half-year, 0.375 in a
column of hours is nine o'clock. Each mending is kept with its cell and said to the sender, who may
disagree. What could mean two things (a date in place of a period, a share in place of a count, a
code whose zeros are gone) is not mended.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import get_month_names
from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from diagalim.sources.tables.cell_problems import fold
from diagalim.sources.tables.identifiers import WAYS, put_right
from diagalim.sources.tables.pages import Cell, clock

BLANKS = "[ \u00a0\u202f]"
THOUSANDS = re.compile(rf"[+-]?\d{{1,3}}(?:{BLANKS}\d{{3}})+(?:[.,]\d+)?")
COMMA = re.compile(r"[+-]?\d+,\d+")
PERCENT = re.compile(rf"([+-]?\d+(?:[.,]\d+)?){BLANKS}?%")
PERIOD = re.compile(
    r"(?:(?P<rank>\d)\s*(?:er|ère|re|e|è|ème|eme|nd|nde)?\s*(?P<word>semestre|trimestre)"
    r"|(?P<letter>[ST])\s*(?P<short>\d))[\s/-]*(?P<year>\d{4})",
    re.IGNORECASE,
)
PERIOD_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})[\s/-]*(?P<letter>[ST])(?P<short>\d)", re.IGNORECASE
)
FRENCH_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
DATE_IN_WORDS = re.compile(r"(?:\w+\s+)?(\d{1,2})(?:er)?\s+([^\W\d]+)\s+(\d{4})")
MONTHS = {fold(name): number for number, name in get_month_names("wide", locale="fr").items()}
SERIALS = range(36526, 73051)
"""Days of 2000 to 2099 as a spreadsheet numbers them: no year and no count of a list."""
DAY_TEXTS = ("dernièrevérif",)
"""Columns of text that hold a day, a month or a year, folded."""
SHARE_OF_A_DAY = re.compile(r"0[.,]\d+")
HOURS_AS_SHARES = re.compile(r"0[.,]\d+(?:\s*(?:[-–à/;]|et)\s*0[.,]\d+)*")
QUARTERS = {"S": 2, "T": 4}


def mend(cell: Cell, field: dict[str, Any], epoch: datetime = WINDOWS_EPOCH) -> tuple[str, str]:
    """Return the text of a cell as the schema wants it, and what was mended.

    Parameters
    ----------
    cell : Cell
        The cell.
    field : dict
        Its column in the schema.
    epoch : datetime
        Day zero of the workbook.

    Returns
    -------
    text, mended : str
        ``mended`` is empty when nothing was, or when nothing could be.
    """
    text, name = cell.text, fold(field["name"])
    if name == "periode" and cell.kind != "date":
        period = half_year(text)
        return (period, "période écrite autrement") if period not in ("", text) else (text, "")
    if name in WAYS and cell.kind != "date":
        return put_right(name, text, number=cell.kind in ("number", "computed"))
    if field["type"] in ("integer", "number"):
        return _number(cell, field)
    if field["type"] == "date":
        return _day(cell, epoch)
    if field["type"] == "string":
        return _text(cell, name, epoch)
    return text, ""


def _day(cell: Cell, epoch: datetime) -> tuple[str, str]:
    """Return a date as 2025-06-15; one that is not in the calendar is left to be refused."""
    text = cell.text
    if (day := _serial(cell, epoch)) is not None:
        return day.isoformat(), "numéro de jour du tableur, lu comme une date"
    plain = " ".join(text.split())
    if found := FRENCH_DATE.fullmatch(plain):
        of_month, month, year = map(int, found.groups())
    elif (found := DATE_IN_WORDS.fullmatch(plain)) and fold(found[2]) in MONTHS:
        of_month, month, year = int(found[1]), MONTHS[fold(found[2])], int(found[3])
    else:
        return text, ""
    try:
        return date(year, month, of_month).isoformat(), "date écrite en texte"
    except ValueError:
        return text, ""  # 31/02/2025 is refused as the date that it is not


def _text(cell: Cell, name: str, epoch: datetime) -> tuple[str, str]:
    """Return a text in which a spreadsheet put a date or a share of a day in place of words."""
    text = cell.text
    if cell.kind == "date":
        return f"{date.fromisoformat(text):%d/%m/%Y}", ""  # the same day, as it is typed
    if is_day_text(name) and (day := _serial(cell, epoch)) is not None:
        return f"{day:%d/%m/%Y}", "numéro de jour du tableur, lu comme une date"
    if is_hours(name) and HOURS_AS_SHARES.fullmatch(text):
        return SHARE_OF_A_DAY.sub(_clock, text), "part de jour du tableur, lue comme une heure"
    return text, ""


def is_hours(name: str) -> bool:
    """Tell whether a column of text holds hours, by its folded name."""
    return "horaire" in name


def is_day_text(name: str) -> bool:
    """Tell whether a column of text holds a day, by its folded name."""
    return name in map(fold, DAY_TEXTS)


def _serial(cell: Cell, epoch: datetime) -> date | None:
    """Return the day of a number of a spreadsheet, in this century only."""
    if cell.kind not in ("number", "computed") or not re.fullmatch(r"\d{5}(?:\.\d+)?", cell.text):
        return None
    whole = int(float(cell.text))
    return from_excel(whole, epoch).date() if whole in SERIALS else None


def _clock(share: re.Match[str]) -> str:
    return clock(timedelta(days=float(share[0].replace(",", "."))))


def half_year(text: str) -> str:
    """Return a half-year or quarter as ``2025-S1`` or ``2025-T3``, empty when it is none.

    Examples
    --------
    >>> half_year("1er semestre 2025"), half_year("T3 2025"), half_year("juin 2025")
    ('2025-S1', '2025-T3', '')
    """
    plain = " ".join(text.split())
    found = PERIOD.fullmatch(plain) or PERIOD_YEAR_FIRST.fullmatch(plain)
    if found is None:
        return ""
    parts = found.groupdict()
    letter = (parts.get("word") or parts["letter"])[0].upper()
    rank = int(parts.get("rank") or parts["short"])
    if not 1 <= rank <= QUARTERS[letter]:
        return ""
    return f"{parts['year']}-{letter}{rank}"


def _number(cell: Cell, field: dict[str, Any]) -> tuple[str, str]:
    text, mended = cell.text, ""
    share = field.get("unite", "").startswith("%")
    if share and cell.percent and cell.kind in ("number", "computed"):
        return f"{float(text) * 100:.10g}", "pourcentage au format du tableur"
    if share and (found := PERCENT.fullmatch(text)):
        text, mended = found.group(1), "signe % enlevé"
    if THOUSANDS.fullmatch(text):
        text, mended = re.sub(BLANKS, "", text), "espaces entre milliers enlevés"
    if field["type"] == "number" and COMMA.fullmatch(text):
        text, mended = text.replace(",", "."), mended or "nombre écrit en texte, à virgule"
    elif cell.kind == "text" and re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text):
        mended = mended or "nombre écrit en texte"
    return text, mended
