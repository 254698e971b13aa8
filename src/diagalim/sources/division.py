"""Which tables speak of places, and what became of the codes that no outline carries?

Followed to the outlines, or left out and counted (`diagalim.sources.places.fitting` does it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

OUTLINES = "contours_iris"
COUNTS = (
    "recensement_population",
    "recensement_menages",
    "recensement_logement",
    "recensement_activite",
    "recensement_diplomes",
    "population_iris",
    "populations_legales",
    "caf_rsa",
)
"""Datasets of people or households: rows of communes that merged are added up."""
RATES = (
    "filosofi_iris",
    "filosofi_iris_declare",
    "filosofi_communes",
    "recensement_communes",
    "ifn",
    "sans_voiture",
    "deplacements",
)
"""Datasets of rates and levels: those of two communes are no rate of the two together."""
LISTS = ("appartenance_iris", "densite", "epci")
"""Datasets with a line a place, indexed by it."""
SHOPS = "bpe"
FITTED = (*COUNTS, *RATES, *LISTS, SHOPS)
NEEDED = (OUTLINES, "cog", "cog_mouvements")
"""Datasets that the fitting of any other rests on."""
FITTING = "diagalim.sources.places.fitting"
"""The module that fits them, called by this name."""


@dataclass(frozen=True)
class Division:
    """How the places of one table fall into those of the outlines.

    Attributes
    ----------
    places : int
        Codes of the territory in the file.
    followed : mapping of str to str
        Code of the outlines under which a row of another code is counted.
    merged : tuple of str
        Codes of the outlines that several rows fall on and whose values cannot be added up: they
        stay missing.
    outside : tuple of str
        Codes that nothing ties to an outline: their rows are left out.
    people : mapping of str to float
        Inhabitants of the codes left out, where this very file gives them.
    """

    places: int = 0
    followed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    merged: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    people: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def share(self) -> float:
        """Share of the places that are left out."""
        return len(self.outside) / self.places if self.places else 0.0
