"""Which words do the pages on the survey share, of its source and of kinds of structures?"""

from __future__ import annotations

SOURCE = "questionnaire aux structures de l'aide alimentaire"
KINDS = {
    "ccas_cias": "CCAS ou CIAS",
    "epicerie": "épicerie",
    "centre_social": "centre social",
    "intermediaire": "intermédiaire",
}
"""Codes of the frame that are no words."""
