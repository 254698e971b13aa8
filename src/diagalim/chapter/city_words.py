"""What do several pages say alike of the cities and of the department?

Sentences with facts in braces, so that no page says more than was stated.
"""

from __future__ import annotations

from diagalim.chapter.facts import Facts

WITHOUT_ENDS = "sans compter le dixième des {places} le plus aisé ni le dixième le plus modeste"
MEDIAN = "le niveau de vie médian varie de 1"


def city_rates(facts: Facts, ending: str = "") -> str:
    """Return the sentence on the poverty rates of the cities followed.

    Parameters
    ----------
    facts : Facts
        Those of the chapter « Contexte ».
    ending : str
        Added before the full stop, when there is a rate.
    """
    if "ville_taux_max" not in facts:
        return "En {annee_taux}, aucune des villes suivies n'a de taux de pauvreté publié."
    if "villes_du_taux" in facts:
        said = "le taux de pauvreté est de **{taux_ville_max}** ({villes_du_taux})"
    else:
        said = (
            "parmi les villes suivies, le taux de pauvreté va de **{taux_ville_min}** "
            "({ville_taux_min}) à **{taux_ville_max}** ({ville_taux_max})"
        )
    return f"En {{taux_ville_max:annee}}, {said}{ending}."
