"""Which facts does a text quote in braces, in which form, and what does it read once filled?

Three forms and no other, so that no logic creeps into words: ``{id}`` is the fact, ``{id:annee}``
the year that it describes, ``{id:singular|plural}`` the word that agrees with it. A fact of another
chapter may be named with it: ``{chapter.id}``.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable

OWN_YEAR = "annee"
"""In a sentence, ``{id:annee}`` is the year that the fact describes."""
NAME = re.compile(r"(?:[0-9a-z_]+\.)?[a-z0-9_]+")
FORM = re.compile(rf"(?:{OWN_YEAR}|[^{{}}|]*\|[^{{}}|]*)?")


def quoted(text: str) -> list[str]:
    """Return the names in braces of a text, in order; ``{{`` is a brace and quotes nothing."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def filled(text: str, said: Callable[[str, str], str]) -> str:
    """Return a text with what stands for each of its quotes.

    Parameters
    ----------
    text : str
        Words, with facts in braces.
    said : callable
        Gives the words for a name and a form (empty, ``annee`` or ``singular|plural``).
    """
    parts = string.Formatter().parse(text)
    return "".join(
        literal + (said(name, form or "") if name else "") for literal, name, form, _ in parts
    )


def misquoted(text: str) -> str:
    """Return what is wrong, in French, with the braces of a text; nothing when they are right."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return "une accolade n'est pas fermée, ou l'est sans avoir été ouverte"
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if not NAME.fullmatch(name) or conversion:
            return f"« {{{name}}} » n'est pas le nom d'un fait"
        if not FORM.fullmatch(form or ""):
            return f"« {{{name}:{form}}} » : après un fait, seuls « annee » et « un|plusieurs »"
    return ""
