"""What can be said of the cities and of the department, given which of their figures are known?

A department may be one city, follow one, or have only small towns whose figures are withheld. Each
function returns sentences with facts in braces, so that no page says more than was stated. The year
beside a figure is that of its own dataset: communes and IRIS may be of different years.
"""

from __future__ import annotations

from diagalim.chapter.city_words import MEDIAN, WITHOUT_ENDS
from diagalim.chapter.facts import Facts

ROUNDED = "arrondi à l'unité par l'Insee (± {arrondi_communal})"
TOO_FEW = (
    "trop peu d'IRIS ont un revenu publié dans les villes suivies pour dire l'écart entre leurs "
    "quartiers"
)


def department_rate(facts: Facts) -> str:
    """Return the sentence on the rate of the whole department."""
    if "phrase_masquees_departement" not in facts:
        return (
            "Le département est une seule commune : son taux est celui de la ville, "
            "**{taux_departement}**."
        )
    printed = (
        " L'étude imprime {taux_departement_publie} : les fichiers ne le confirment ni ne le "
        "contredisent."
    )
    return (
        "Le taux du département n'est pas dans les fichiers ; il est estimé "
        "**{taux_departement}** ({phrase_masquees_departement})."
        + (printed if "taux_departement_publie" in facts else "")
    )


def gaps(facts: Facts) -> str:
    """Return the sentence on gaps between cities, then between the IRIS of a city."""
    between = f"d'une ville à l'autre, {MEDIAN} à {{ecart_villes}}"
    ends = WITHOUT_ENDS.format(places="IRIS")
    inside = f"à **{{ecart_max}}** ({{ville_ecart_max}}, {ends})"
    if "ecart_max" not in facts:
        if "ecart_villes" not in facts:
            return f"En {{annee_revenus_iris}}, {TOO_FEW}."
        return f"En {{ecart_villes:annee}}, {between} ; {TOO_FEW}."
    if "ecart_villes" not in facts:
        said = f"d'un quartier à l'autre d'une même ville, {MEDIAN} {inside}"
        return f"En {{ecart_max:annee}}, {said}."
    when = "" if facts["ecart_villes"].year == facts["ecart_max"].year else "en {ecart_max:annee}, "
    said = f"{when}d'un quartier à l'autre d'une même ville, de 1 {inside}"
    return f"En {{ecart_villes:annee}}, {between} ; {said}."


def rate_reading(facts: Facts) -> str:
    """Return how to read the framing table."""
    if "lieu_taux_max" not in facts:
        return "les villes suivies n'ont pas de taux publié ; celui du département est estimé"
    return "{lieu_taux_max}, {taux_ville_max} des personnes vivent sous le seuil de pauvreté"


def rate_certainty(facts: Facts) -> str:
    """Return what is certain of the rates of the framing table."""
    rounded = "taux communal arrondi à l'unité (± {arrondi_communal})"
    if "phrase_masquees_departement" not in facts:
        return (
            f"{rounded} ; taux de la région reconstruit à partir des communes, à coup sûr "
            "{taux_region_certain}"
        )
    return (
        f"{rounded} ; taux du département et de la région reconstruits à partir des communes, à "
        "coup sûr {taux_departement_certain} et {taux_region_certain}"
    )


def gap_reading(facts: Facts) -> str:
    """Return how to read the table of the gaps inside cities."""
    if "lieu_ecart_max" not in facts:
        return TOO_FEW
    return (
        "{lieu_ecart_max}, l'IRIS au seuil du dixième le plus aisé a un niveau de vie médian "
        "valant {ecart_max} fois celui de l'IRIS au seuil du dixième le plus modeste"
    )
