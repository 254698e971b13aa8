"""How does a French line reach a file, a pipe or a screen that cannot hold all of its characters?

On Windows what a command writes to a file is in the code page of the system, where the narrow
no-break space of French numbers does not exist: Python stopped there, after a report that was
whole. What a stream cannot hold is written as the nearest characters of ASCII, the rest as it is.
"""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

NEAREST = "diagalim.nearest"
"""Name of the way of writing what an encoding does not hold (``errors`` of a stream)."""

LOOKALIKES = {
    **{"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'},
    **{"–": "-", "—": "-", "−": "-", "•": "-", "·": "-", "│": "|", "─": "-"},
    **{"→": "->", "×": "x", "≤": "<=", "≥": ">=", "≠": "!=", "±": "+/-"},
    **{"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "€": "EUR"},
}
"""What Unicode does not decompose into ASCII."""


def write_anywhere() -> None:
    """Let both streams of this process write every character, whatever their encoding."""
    codecs.register_error(NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=NEAREST)


def nearest(text: str) -> str:
    """Return a text in ASCII, as near as it can be; ``?`` for what has no likeness.

    Examples
    --------
    >>> nearest("1\\u202f234 œuvres « d’été » → ≥ 5 €")
    '1 234 oeuvres " d\\'ete " -> >= 5 EUR'
    """
    return "".join(LOOKALIKES.get(char) or _bare(char) for char in text)


def _bare(char: str) -> str:
    decomposed = unicodedata.normalize("NFKD", char)
    return decomposed.encode("ascii", "ignore").decode("ascii") or "?"


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return nearest(error.object[error.start : error.end]), error.end
