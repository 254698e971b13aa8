"""What may be read in a hand-filled cell although it is not written as asked?

Only what has one meaning: « 1 234 » is a number, « 1er semestre 2025 » a half-year. Each mending is
kept with its cell and said to the sender, who may disagree. What could mean two things (a date in
place of a period, a share in place of a count, a code whose zeros are gone) is not mended.
"""

from __future__ import annotations

import re
from typing import Any

from diagalim.sources.collected.pages import Cell

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
FRENCH_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
DIGITS_APART = re.compile(r"\d[\d \u00a0\u202f.]*\d")
QUARTERS = {"S": 2, "T": 4}


def mend(cell: Cell, field: dict[str, Any]) -> tuple[str, str]:
    """Return the text of a cell as the schema wants it, and what was mended.

    Parameters
    ----------
    cell : Cell
        The cell.
    field : dict
        Its column in the schema.

    Returns
    -------
    text, mended : str
        ``mended`` is empty when nothing was, or when nothing could be.
    """
    text = cell.text
    if field["name"] == "periode" and cell.kind != "date":
        period = half_year(text)
        return (period, "période écrite autrement") if period not in ("", text) else (text, "")
    if field["name"] in ("siret", "rna") and cell.kind == "text" and DIGITS_APART.fullmatch(text):
        plain = re.sub(r"[^\d]", "", text)
        return (plain, "espaces enlevés") if plain != text else (text, "")
    if field["type"] in ("integer", "number"):
        return _number(cell, field)
    if field["type"] == "date" and FRENCH_DATE.fullmatch(text):
        return text, "date écrite en texte"  # the check of cells makes it 2025-06-15
    return text, ""


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
