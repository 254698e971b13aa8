"""Which number of a register, or which postal code, was meant by what was typed?

Numbers travel through mails, letterheads and spreadsheets: blanks, dots, small letters, « n° », an
exponent. What is only another way of writing is put right. A number of another register is not
ours to translate: the associations of Alsace-Moselle have one of their court (« vol. 178, folio
236 ») and no RNA; the cell is optional and set aside with that word.
"""

from __future__ import annotations

import re

SIRET, RNA, COMMUNE, POSTCODE = "siret", "rna", "codeinsee", "cp"
"""Names of the columns, folded: « Code INSEE » and ``code_insee`` are one."""
CODE_LENGTHS = {SIRET: 14, COMMUNE: 5}
"""Digits of the codes that lose their zeros when a spreadsheet takes them for numbers."""
RNA_FORM = re.compile(r"W\d[0-9A-Z]\d{7}")
"""W, the department of the registry (131, 2A1, 9R1) and six or seven digits."""
SIGNS = re.compile(r"[\W_]+")
SAID = re.compile(r"(?:siret|rna|no|num[ée]ro|n(?=\W|\d))", re.IGNORECASE)
WHOLE_EXPONENT = re.compile(r"(\d)[.,](\d{13})E\+?13", re.IGNORECASE)
LOCAL_LAW = re.compile(
    r"\d{1,4}\s*[-/–]\s*\d{1,5}"
    r"|A\d{4}[A-Z]{3}\d{6}"
    r"|.*\bvol(?:ume|\.)?\b.*\bfol(?:io|\.)?\b.*"
    r"|.*\b(?:tribunal|droit local|registre des associations)\b.*",
    re.IGNORECASE | re.DOTALL,
)
CEDEX = re.compile(r"\s*cedex(?:\s*\d{1,2})?", re.IGNORECASE)


def put_right(kind: str, text: str, *, number: bool) -> tuple[str, str]:
    """Return a code as its column wants it, and what was mended.

    Parameters
    ----------
    kind : str
        `SIRET`, `RNA`, `COMMUNE` or `POSTCODE`.
    text : str
        What the cell holds.
    number : bool
        The spreadsheet keeps it as a number.

    Returns
    -------
    text, mended : str
        ``mended`` is empty when nothing was, or when nothing could be; the text is empty when the
        cell is set aside.

    Examples
    --------
    >>> put_right("rna", "w 000 000 018", number=False)
    ('W000000018', 'lu sans espace ni autre signe, en majuscules')
    >>> put_right("siret", "1,2345678901234E+13", number=False)
    ('12345678901234', 'notation scientifique dépliée, sans chiffre perdu')
    """
    if not text:
        return text, ""
    return WAYS[kind](text, number)


def _siret(text: str, number: bool) -> tuple[str, str]:
    if found := WHOLE_EXPONENT.fullmatch(text):
        return "".join(found.groups()), "notation scientifique dépliée, sans chiffre perdu"
    plain = SIGNS.sub("", SAID.sub("", text))
    if plain != text and re.fullmatch(r"\d{14}", plain):
        return plain, "espaces enlevés" if not re.sub(r"[\d\s]", "", text) else "signes enlevés"
    return text, ""


def _rna(text: str, number: bool) -> tuple[str, str]:
    plain = SIGNS.sub("", SAID.sub("", text)).upper()
    if RNA_FORM.fullmatch(plain):
        return plain, "" if plain == text else "lu sans espace ni autre signe, en majuscules"
    if LOCAL_LAW.fullmatch(text):
        return "", (
            "numéro d'un registre de droit local (Alsace-Moselle), qui n'est pas un numéro RNA : "
            "laissé de côté"
        )
    return text, ""


def _commune(text: str, number: bool) -> tuple[str, str]:
    plain = re.sub(r"\s", "", text).upper()
    return plain, "" if plain == text else "lu sans espace, en majuscules"


def _postcode(text: str, number: bool) -> tuple[str, str]:
    if number and re.fullmatch(r"\d{4}", text):
        return f"0{text}", "zéro de tête remis"
    plain = re.sub(r"^F[\s-]*(?=\d)|\s", "", CEDEX.sub("", text), flags=re.IGNORECASE)
    if plain != text and re.fullmatch(r"\d{5}", plain):
        return plain, "code postal lu seul"
    if CEDEX.search(text):
        return "", "« CEDEX » sans code postal de cinq chiffres : laissé de côté"
    return text, ""


WAYS = {SIRET: _siret, RNA: _rna, COMMUNE: _commune, POSTCODE: _postcode}
