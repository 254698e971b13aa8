"""What the official codes of places look like (Insee, code officiel géographique)."""

from __future__ import annotations

COMMUNE_FORM = r"(?:\d{2}|2[AB])\d{3}"
COMMUNE_EXAMPLE = "13001"
IRIS_FORM = r"(?:\d{2}|2[AB])\d{7}"
"""The code of the commune, then four digits."""
IRIS_EXAMPLE = "130010101"
COMMUNE_LENGTH = 5
"""Characters of an IRIS code that are its commune, or its *arrondissement*."""

CITIES_IN_DISTRICTS = {
    "13055": tuple(f"{code}" for code in range(13201, 13217)),
    "69123": tuple(f"{code}" for code in range(69381, 69390)),
    "75056": tuple(f"{code}" for code in range(75101, 75121)),
}
"""*Arrondissements municipaux* of Marseille, Lyon and Paris, by the code of the commune: files use
one or the other, or both."""
