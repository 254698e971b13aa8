"""What is to be retained of who answered the survey: as counted, as published, or not known?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagalim.chapter.facts import Facts

SENT = (
    "Le questionnaire a été envoyé à **{{contacts}}** contacts {when} ; **{{reponses}}** "
    "structures ont répondu ({{taux_reponse}}), dont **{{completes}}** entièrement "
    "({{taux_complet}} des contacts)."
)
UNLIKE = (
    "Les plus sous-représentées : {sous_representee}, {sous_base} de la base et "
    "{sous_repondantes} des répondantes."
)
DOUBT = (
    "Si les répondantes avaient été tirées au hasard, une part serait connue à {marge_avec} près. "
    "Rien ne le garantit : sans cette hypothèse, elle ne serait connue qu'à "
    "{doute_sans_hypothese} près."
)
PUBLISHED = (
    "L'étude signale un **risque** : petites structures et structures loin des institutions ont pu "
    "moins répondre ; rien ne le mesure ici.",
    "Les réponses elles-mêmes **ne sont pas publiques** : rien de plus n'est dit ici de ce que "
    "vivent les structures.",
    "La méthode est montrée, sur des réponses fictives, dans le rapport du département d'exemple.",
)
"""What to retain where the study of the territory publishes its counts, and no answer."""
NO_SURVEY = (
    "**Non disponible** : aucune enquête auprès des structures de ce territoire n'est publiée ni "
    "fournie. La méthode est montrée, sur des réponses fictives, dans le rapport du département "
    "d'exemple."
)


def retained(facts: Facts) -> list[str]:
    """Return what to retain of who answered, with facts in braces: only what was stated."""
    if "contacts" not in facts:
        return [NO_SURVEY]
    if "eligibles" not in facts:
        return [SENT.format(when="à une date que l'étude ne précise pas"), *PUBLISHED]
    unlike = [UNLIKE] if "sous_representee" in facts else []
    return [SENT.format(when="en {annee_enquete}"), *unlike, DOUBT]


def unlike_reading(facts: Facts) -> str:
    """Return how to read the comparison with the frame: the kind that answered least."""
    if "sous_representee" not in facts:
        return "aucune catégorie n'a assez de réponses pour être montrée"
    return "{sous_representee} : {sous_base} de la base, {sous_repondantes} des répondantes"
