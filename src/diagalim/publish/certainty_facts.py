"""How sure are the ranks? The facts and sentences of the certainty of the score.

A frequency among our draws is not a probability that the world is so: sentences speak of draws, and
the two families (what the data do not know, what we chose) are never added up without saying so.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.indicators import Registry
from diagalim.publish import french
from diagalim.score.uncertainty import words
from diagalim.score.uncertainty.certainty import Certainty
from diagalim.score.uncertainty.sensitivity import SHIFT

if TYPE_CHECKING:
    from diagalim.publish.chapter import Chapter
    from diagalim.publish.facts import Fact

BOTH = "ensemble"
PLURALS = {
    words.ASSURED: "assurés",
    words.PROBABLE: "probables",
    words.UNDECIDED: "indécis",
    words.PROBABLY_OUT: "probables hors",
    words.OUT: "assurés hors",
}
FAMILIES = {
    "mesure": "Données seules (arrondis, sondage, secret, estimations)",
    "methode": "Choix de méthode seuls",
    BOTH: "Données et choix ensemble",
}
CHOICES = {
    "data": "valeurs des données",
    "removal": "indicateurs retenus",
    "weights": "poids",
    "treatment": "traitement des valeurs extrêmes",
    "normalisation": "mise à la même échelle",
    "inner": "moyenne dans une dimension",
    "outer": "réunion des dimensions",
    "missing": "règle des valeurs manquantes",
}
"""Choices of `diagalim.score.uncertainty.sensitivity.method_sensitivity`, in plain words."""
MEASURED = (
    "{nb_tirages} tirages (une fréquence est connue à {erreur_tirage} près) ; une fréquence parmi "
    "nos tirages et nos choix, pas une probabilité que le monde soit ainsi ; indicateurs tirés "
    "indépendamment les uns des autres"
)
"""Fourth part of the foot of what rests on the draws."""
WIDEST_ERROR = 1.0
"""Two standard errors of a frequency are at most ``1 / sqrt(draws)``."""
NAMED = 3
"""Choices named in the sentence on what moves the ranks."""


def state_certainty(
    chapter: Chapter, found: Mapping[str, Certainty], sources: list[str], top: int
) -> None:
    """State how many IRIS of the highest decile are sure, and the interval of exposed people.

    Parameters
    ----------
    chapter : Chapter
    found : mapping of str to Certainty
        From `diagalim.score.uncertainty.certainty.summarise`.
    sources : list of str
        Datasets of the score.
    top : int
        The highest class of exposed inhabitants.
    """
    both = found[BOTH]
    counts = words.count_words(both.ranks["mot"], both.top)
    drawn = f"{french.number(both.draws)} tirages des données et de la méthode"

    def count(fact: str, value: float, label: str) -> None:
        chapter.state(fact, int(value), "", label, sources, certainty=drawn)

    count("nb_tirages", both.draws, "Tirages des données et de la méthode")
    chapter.choose("mots_certitude", words_text(), "Mots de certitude")
    error = 100 * WIDEST_ERROR / sqrt(both.draws)
    unit = "points" if error >= 2 else "point"
    chapter.state(
        "erreur_tirage", error, unit, "Erreur d'une fréquence", sources, decimals=1,
        certainty="deux erreurs types, au plus",
    )  # fmt: skip
    count("nb_dernier_decile", both.top.sum(), "IRIS du dernier décile")
    for fact, word in {
        "nb_assures": words.ASSURED,
        "nb_probables": words.PROBABLE,
        "nb_indecis": words.UNDECIDED,
    }.items():
        count(fact, counts[word], f"IRIS du dernier décile : {PLURALS[word]}")
    chapter.state(
        "phrase_certitude", decile_sentence(both), "", "Certitude du dernier décile", sources,
        certainty=drawn,
    )  # fmt: skip
    chapter.state(
        "phrase_familles", families_sentence(found), "", "Données et méthode, à part", sources,
        certainty=drawn,
    )  # fmt: skip
    chapter.state(
        "phrase_premier", first_sentence(both), "", "Rang du score le plus élevé", sources,
        certainty=drawn,
    )  # fmt: skip
    exposed = both.exposed.loc[top]
    chapter.state(
        "population_haute_tirages",
        exposed["mediane"],
        "habitants",
        "Habitants potentiellement exposés : médiane des tirages",
        sources,
        interval=(exposed["bas"], exposed["haut"]),
        certainty=drawn,
    )
    chapter.state(
        "intervalle_population_haute",
        french.interval(exposed["bas"], exposed["haut"], "habitants"),
        "",
        "Habitants potentiellement exposés : intervalle à 90 %",
        sources,
        certainty=drawn,
    )


def words_text() -> str:
    """Define the five words by the share of draws in which an IRIS is in the highest decile."""
    sure, likely = (f"{100 * share:.0f}" for share in (words.SURE, words.LIKELY))
    hardly, never = (f"{100 * (1 - share):.0f}" for share in (words.LIKELY, words.SURE))
    said = {
        words.ASSURED: f"{sure} % ou plus",
        words.PROBABLE: f"de {likely} à {sure} %",
        words.UNDECIDED: f"de {hardly} à {likely} %",
        words.PROBABLY_OUT: f"de {never} à {hardly} %",
        words.OUT: f"{never} % ou moins",
    }
    return french.spaced(" ; ".join(f"{word} : {share}" for word, share in said.items()))


def first_sentence(found: Certainty) -> str:
    """Say between what ranks the IRIS of the highest score stands in nine draws of ten."""
    row = found.ranks.loc[found.ranks["rang"].idxmin()]
    low, high = french.number(row["rang_bas"]), french.number(row["rang_haut"])
    return (
        f"l'IRIS de score le plus élevé a un rang de {low} à {high} dans neuf tirages sur dix, et "
        f"son rang médian est {french.number(row['rang_median'])}"
    )


def decile_sentence(found: Certainty) -> str:
    """Say, of the IRIS of the highest decile, how many are sure to be in it."""
    counts = words.count_words(found.ranks["mot"], found.top)
    said = [
        french.plural(count, word, PLURALS[word])
        for word, count in counts.items()
        if count or word in (words.ASSURED, words.PROBABLE, words.UNDECIDED)
    ]
    return f"sur {int(found.top.sum())} IRIS du dernier décile, {french.listed(said)}"


def families_sentence(found: Mapping[str, Certainty]) -> str:
    """Say how many would be sure if the data alone, or the method alone, were in doubt."""
    sure = {
        family: french.plural(
            words.count_words(one.ranks["mot"], one.top)[words.ASSURED],
            words.ASSURED,
            PLURALS[words.ASSURED],
        )
        for family, one in found.items()
    }
    return (
        f"{sure['mesure']} si seules les données étaient incertaines, {sure['methode']} si seuls "
        f"nos choix de méthode l'étaient, {sure[BOTH]} avec les deux"
    )


def state_drivers(
    chapter: Chapter,
    sensitivity: pd.DataFrame,
    removed: pd.DataFrame,
    registry: Registry,
    of: Fact,
) -> None:
    """State what moves the ranks the most, choices then indicators.

    Parameters
    ----------
    chapter : Chapter
    sensitivity : DataFrame
        From `method_sensitivity`.
    removed : DataFrame
        From `remove_each`.
    registry : Registry
    of : Fact
        A fact of the score, for its year and its sources.
    """
    said = {
        "phrase_moteurs": (drivers_sentence(sensitivity), "Ce qui fait bouger les rangs"),
        "phrase_retrait": (removed_sentence(removed, registry), "Effet du retrait d'un indicateur"),
    }
    for fact, (text, label) in said.items():
        chapter.derive(fact, text, label, of, certainty="indices de Sobol, par tirages")


def state_alternatives(chapter: Chapter, compared: pd.DataFrame, of: Fact) -> None:
    """State what share of the highest decile stays, whichever other method is taken alone.

    Parameters
    ----------
    chapter : Chapter
    compared : DataFrame
        From `compare_methods`.
    of : Fact
        A fact of the score, for its year and its sources.
    """
    kept = compared["part_gardee"]
    text = (
        f"avec une autre méthode à la fois, {french.with_unit(100 * kept.min(), '%')} à "
        f"{french.with_unit(100 * kept.max(), '%')} des IRIS du dernier décile y restent"
    )
    chapter.derive(
        "phrase_methodes", text, "Effet d'une autre méthode", of, certainty="calcul exact"
    )


def drivers_sentence(sensitivity: pd.DataFrame) -> str:
    """Name the choices that take part the most in the shifts of rank; they do not add up to 100."""
    shift = sensitivity[sensitivity["sortie"] == SHIFT].dropna(subset="total")
    if shift.empty:
        return "aucun choix ne fait bouger les rangs"
    leading = shift.nlargest(NAMED, "total")
    named = [
        f"{CHOICES[row['choix']]} ({french.with_unit(100 * row['total'], '%')})"
        for _, row in leading.iterrows()
    ]
    return (
        "part des variations de rang où chaque choix de méthode intervient : "
        f"{french.listed(named)}"
    )


def removed_sentence(removed: pd.DataFrame, registry: Registry) -> str:
    """Say between what bounds the removal of one indicator moves ranks, and which does most."""
    mean = removed["deplacement_moyen"]
    label = registry.indicateurs[mean.idxmax()].libelle
    low, high = french.number(mean.min()), french.number(mean.max())
    return (
        f"retirer un indicateur déplace un IRIS de {low} à {high} places en moyenne ; celui qui "
        f"compte le plus : {label}"
    )
