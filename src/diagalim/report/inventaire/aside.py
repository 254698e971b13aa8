"""Which records of the tools were left out or mended, and how does the chapter say it?

A reader who knows the files must find again what is missing: each reason that happened has its
count and its line, and the others are not spoken of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from diagalim.chapter.aid_words import source_of
from diagalim.collected.inventory.closing import CLOSED, NOT_PUBLISHED
from diagalim.collected.inventory.location import (
    DISAGREES,
    NO_COMMUNE,
    OLD_CODE,
    OUTSIDE,
    SWAPPED,
    UNUSABLE,
)
from diagalim.collected.inventory.partner import NAME_AND_CODE
from diagalim.collected.inventory.records import LOST_STOP, NO_FOOD, UNKNOWN_KIND, Inventory
from diagalim.report.inventaire.page import EXACT

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

SAID = {
    OUTSIDE: ("hors_departement", "Fiches d'un autre département, non comptées"),
    NO_COMMUNE: ("sans_commune", "Fiches sans commune connue, non comptées"),
    CLOSED: ("fermees", "Fiches de lieux fermés, sans date de fermeture, non comptées"),
    NOT_PUBLISHED: (
        "non_publiees",
        "Fiches que l'outil ne publie pas (hors ligne, brouillons), non comptées",
    ),
    DISAGREES: (
        "points_contredits",
        "Points situés hors de la commune déclarée, non placés sur la carte",
    ),
    UNUSABLE: (
        "points_inutilisables",
        "Coordonnées impossibles ou incomplètes, non placées sur la carte",
    ),
    SWAPPED: ("points_remis", "Latitude et longitude interverties, remises en ordre"),
    OLD_CODE: (
        "anciens_codes",
        "Anciens codes de commune, comptés dans la commune d'aujourd'hui",
    ),
    NAME_AND_CODE: (
        "noms_contredits",
        "Noms de commune qui ne vont pas avec le code, comptés sous le code",
    ),
    LOST_STOP.format(OUTSIDE): (
        "arrets_hors_departement",
        "Arrêts de tournée hors du département, non comptés",
    ),
    LOST_STOP.format(NO_COMMUNE): (
        "arrets_sans_commune",
        "Arrêts de tournée sans commune connue, non comptés",
    ),
}
"""Identifier of the fact and words of each reason."""


def without_aid(left_out: Mapping[str, int]) -> int:
    """Return how many records of the files give no food aid that is known."""
    return left_out.get(NO_FOOD, 0) + left_out.get(UNKNOWN_KIND, 0)


def state_aside(chapter: Chapter, tools: Inventory, year: int) -> None:
    """State how many records were left out or mended, by reason; a reason that is none is not.

    Parameters
    ----------
    tools : Inventory
        From `diagalim.collected.inventory.gather.gather`.
    year : int
        Year of the files.
    """
    counted = Counter(tools.left_out) + Counter(tools.remarks)
    for reason, (fact, label) in SAID.items():
        if counted[reason]:
            chapter.count(
                f"lecture_{fact}", counted[reason], "", label, year=year,
                source=source_of(tools.services), certainty=EXACT,
            )  # fmt: skip


def say_aside(chapter: Chapter) -> None:
    """Say what was left out or mended, a line a reason; nothing when nothing was."""
    stated = {fact for fact, _ in SAID.values() if f"lecture_{fact}" in chapter.facts}
    lines = [f"{label} : {{lecture_{fact}}}" for fact, label in SAID.values() if fact in stated]
    if lines:
        chapter.say("Ce que la lecture des fichiers a écarté ou corrigé :")
        chapter.points(*lines)
