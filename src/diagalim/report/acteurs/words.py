"""What the chapter « Coordination » says of bodies, cities and costs, given whose study it is?

Only the study of the territory is « l'étude ». A department that has none may still tell of bodies,
from documents that its own team has read; what a study proposes for its cities is said nowhere
else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from diagalim.chapter.facts import Facts
    from diagalim.settings.document import Document


def told_by(study: Document | None) -> str:
    """Return who tells of the bodies, as a sentence names it: « citées par … »."""
    return "la synthèse de l'étude" if study else "les documents relus"


def source_of(*tables: pd.DataFrame) -> str:
    """Return the documents that some bodies or members were read in."""
    return " ; ".join(dict.fromkeys(cited for table in tables for cited in table["source"]))


def year_of(rows: pd.DataFrame) -> str:
    """Return the year of the latest document that some bodies or members were read in."""
    return max((year for year in rows["annee_source"] if year.isdigit()), default="sans date")


SEATS = (
    "{plusieurs_sieges} {plusieurs_sieges:organisme siège|organismes siègent} dans plusieurs "
    "instances déjà en place. Types d'acteurs que les documents ne citent parmi les membres "
    "d'aucune : **{noms_types_absents}**. Ils ne donnent pas la liste des membres de chacune."
)


def bodies_sentence(study: Document | None) -> str:
    """Return how many bodies are cited, and which are cut off from above."""
    told = "La synthèse de l'étude cite" if study else "Les documents relus citent"
    return (
        told + " {nb_instances} {nb_instances:instance|instances}. Parmi celles d'une ville ou du "
        "département qui existent déjà, **{instances_sans_lien_vers_le_haut}** "
        "{instances_sans_lien_vers_le_haut:n'a|n'ont} pas de lien constaté vers un niveau plus "
        "large : {noms_sans_lien}."
    )


def cities_sentence(facts: Facts, told: str = "la synthèse") -> str:
    """Return which of the cities followed have no body of their own; none is said in words."""
    if not facts["villes_sans_instance"].value:
        return f"Chacune des {{villes_suivies}} villes suivies a une instance citée par {told}."
    return (
        "Villes suivies : {villes_sans_instance} sur {villes_suivies} "
        f"{{villes_sans_instance:n'a|n'ont}} aucune instance nommée par {told} "
        "({noms_villes_sans_instance}) ; des échanges peuvent y exister sans instance nommée."
    )


def cost_sentence(facts: Facts) -> str:
    """Return what a coordination would cost, or why nothing is said of it."""
    if "cout_plein" not in facts:
        return (
            "**Non disponible** : ce que coûterait une coordination ; aucune étude publiée sur ce "
            "territoire ne dit quelle part d'un temps complet elle demande."
        )
    return (
        "Animer une coordination dans {villes_coordonnees} villes coûterait de "
        "**{cout_animation_bas}** à **{cout_animation_haut}** par an, **si** un temps complet "
        "coûte {cout_plein} (notre hypothèse, à remplacer) et que chaque ville en emploie "
        "{parts_temps}."
    )
