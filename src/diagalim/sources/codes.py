"""What the official codes of places look like (Insee, code officiel géographique)."""

from __future__ import annotations

COMMUNE_FORM = r"(?:\d{2}|2[AB])\d{3}"
COMMUNE_EXAMPLE = "13001"
IRIS_FORM = r"(?:\d{2}|2[AB])\d{7}"
"""The code of the commune, then four digits."""
IRIS_EXAMPLE = "130010101"
