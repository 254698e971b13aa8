"""When are two names of a place the same, whatever their accents, capitals and hyphens?"""

from __future__ import annotations

import re
import unicodedata


def plain(text: str) -> str:
    """Return a text without accents, capitals nor punctuation, words parted by one blank."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", letters.lower()).strip()
    return re.sub(r"\bst(e?)\b", r"saint\1", words)
