"""How sure are the ranks? The facts and sentences of the certainty of the score.

A frequency among our draws is not a probability that the world is so: sentences speak of draws, and
the two families (what the data do not know, what we chose) are never added up without saying so.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.certainty import words
from diagalim.analysis.certainty.ranks import Certainty
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

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
MEASURED = (
    "{nb_tirages} tirages (une fréquence est connue à {erreur_tirage} près) ; une fréquence parmi "
    "nos tirages et nos choix, pas une probabilité que le monde soit ainsi ; indicateurs tirés "
    "indépendamment les uns des autres"
)
"""Fourth part of the foot of what rests on the draws."""
WIDEST_ERROR = 1.0
"""Two standard errors of a frequency are at most ``1 / sqrt(draws)``."""


def state_certainty(
    chapter: Chapter,
    found: Mapping[str, Certainty],
    sources: list[str],
    classes: pd.Series,
    population: pd.Series,
) -> None:
    """State how sure ranks, highest decile and highest class are, and the exposed inhabitants.

    Parameters
    ----------
    chapter : Chapter
    found : mapping of str to Certainty
        From `diagalim.analysis.certainty.ranks.summarise`.
    sources : list of str
        Datasets of the score.
    classes : Series
        Published class of each IRIS, 1 the lowest risk; missing where not scored.
    population : Series
        Inhabitants of each IRIS.
    """
    both, top = found[BOTH], int(classes.max())
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
    chapter.state(
        "phrase_classe_haute", class_sentence(both, classes == top, population), "",
        "Certitude de la classe la plus élevée", sources, certainty=drawn,
    )  # fmt: skip
    chapter.state(
        "places_medianes", int(both.width), "", "Largeur médiane des intervalles de rang",
        sources, certainty="un rang n'est pas sûr : pour un IRIS sur deux, ceux de neuf tirages "
        f"sur dix s'étalent sur au moins {french.number(int(both.width))} places ({drawn})",
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


def class_sentence(found: Certainty, highest: pd.Series, population: pd.Series) -> str:
    """Say how many IRIS of the highest class are still in it when the score is computed again.

    Parameters
    ----------
    found : Certainty
    highest : Series of bool
        IRIS of the highest class, a fifth of those that are scored.
    population : Series
        Inhabitants of each IRIS.
    """
    kept = words.certainty_word(found.ranks["p_quintile"][highest])
    sure = kept.index[kept == words.ASSURED]
    counts = words.count_words(kept)
    people = french.with_unit(population[sure].sum(), "habitants")
    stay = f"{french.plural(len(sure), 'y reste', 'y restent')} presque toujours ({people})"
    if sure.empty:
        stay = "aucun n'y reste presque toujours"
    return (
        f"sur les {int(highest.sum())} IRIS de cette classe, {stay}, "
        f"{french.number(counts[words.PROBABLE])} le plus souvent"
    )


def newcomers_sentence(ranks: pd.DataFrame, listed: pd.Index) -> str:
    """Say how many more IRIS might stand where those listed do.

    Parameters
    ----------
    ranks : DataFrame
        From `diagalim.analysis.certainty.ranks.rank_certainty`.
    listed : Index
        Codes of the IRIS of highest score.
    """
    reach = ranks["rang_bas"] <= len(listed)
    count = int((reach & ~ranks.index.isin(listed)).sum())
    if not count:
        return "Leur ordre entre eux n'est pas sûr"
    more = french.plural(count, "autre IRIS y entre", "autres IRIS y entrent")
    return (
        "Ni leur ordre ni la liste ne sont sûrs : quand on recalcule le score, "
        f"{more} au moins une fois sur vingt"
    )


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
