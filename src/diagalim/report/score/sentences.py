"""What does « Risque relatif » say in words that the data choose?

A frequency among our draws is not a probability that the world is so: sentences speak of draws, and
the two families (what the data do not know, what we chose) are never added up without saying so.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from diagalim.analysis.certainty import words
from diagalim.analysis.certainty.ranks import Certainty
from diagalim.analysis.score.composite import Composite
from diagalim.analysis.score.weighting import Weights
from diagalim.chapter.facts import Facts
from diagalim.wording import french

BOTH = "ensemble"
DIPLOMA = "part_peu_diplomes"


def withheld(count: int) -> str:
    """Say how many IRIS have no score because their incomes are withheld."""
    some = french.plural(count, "IRIS n'est pas noté", "IRIS ne sont pas notés")
    said = some if count else "aucun IRIS n'est laissé sans note"
    why = "les revenus sont masqués, en tout ou partie, par le secret statistique"
    return f"{said} parce que {why}"


def uncut(result: Composite, classes: pd.Series, kept: pd.Series, people: pd.Series) -> str:
    """Say on how much less the score of the uncut communes rests; nothing where it does not.

    ``kept`` is true for those that are scored, ``people`` the inhabitants of each IRIS.
    """
    weighs = (result.effective_weights[kept] > 0).any()
    if not kept.any() or weighs.all():
        return ""
    parts = result.dimensions[kept].notna().any()
    some = f" et {french.plural(parts.sum(), 'dimension')} sur {len(parts)}"
    inhabitants = french.with_unit(people[kept].sum(), "habitants")
    indicators = french.plural(weighs.sum(), "indicateur")
    return (
        f"Leur score ({inhabitants}) repose sur {indicators} sur {len(weighs)}"
        f"{'' if parts.all() else some}, le reste n'étant pas connu pour elles, ou pas assez ; "
        f"{_in_the_highest(classes[kept], classes.max())}"
    )


def _in_the_highest(classes: pd.Series, top: float) -> str:
    count = int((classes >= top - 1).sum())
    where = "dans l'une des deux classes les plus élevées"
    if count:
        return f"{french.plural(count, 'est', 'sont')} {where}"
    return f"aucune n'est {where}, ce qui ne prouve pas qu'on y soit moins exposé"


def weighed(weights: Weights) -> str:
    """Say whether the territory file weighs dimensions and indicators."""
    if weights.even:
        return (
            "Toutes les dimensions ont le même poids et, dans une dimension, tous les indicateurs "
            "aussi : un choix neutre, pas une mesure de leur importance."
        )
    return (
        "Les poids des dimensions et des indicateurs sont choisis dans le fichier du territoire ; "
        "la page des indicateurs les donne."
    )


def by_hand(result: Composite, code: str) -> str:
    """Say how the last columns of the table of one IRIS add up."""
    score, middle = result.score[code], result.effective_weights.loc[code] @ result.reference
    return (
        "La somme de la colonne « Centile × poids » est le score : "
        f"**{french.number(score, 1)}**. Celle de la dernière colonne est l'écart avec un IRIS qui "
        f"aurait la médiane de chaque indicateur ({french.number(middle, 1)}) : les plus grands de "
        "ces écarts sont « ce qui pèse le plus »."
    )


def cautions(facts: Facts, states: pd.DataFrame) -> list[str]:
    """Return what to beware of where the data have it: uncut communes, values lent by a commune."""
    count, scored = (int(facts[fact].value) for fact in ("nb_z", "nb_z_notees"))
    rest = "" if count == scored else " ; pour les autres, les revenus sont en partie masqués"
    lacking = " {phrase_z}." if "phrase_z" in facts else ""
    communes = f"Communes non découpées en IRIS : {{nb_z_notees}} notées sur {{nb_z}}{rest}."
    lent = (
        "Dans les fichiers lus, le diplôme n'est connu que par commune, ou par arrondissement "
        "d'une ville qui en a : tous les IRIS d'un même lieu y reçoivent la même valeur."
    )
    some = DIPLOMA in states and states[DIPLOMA].eq("communal").any()
    return [communes + lacking] * bool(count) + [lent] * bool(some)


def first_rank(found: Certainty) -> str:
    """Say between what ranks the IRIS of the highest score stands in nine draws of ten."""
    row = found.ranks.loc[found.ranks["rang"].idxmin()]
    low, middle, high = map(french.number, row[["rang_bas", "rang_median", "rang_haut"]])
    said = f"l'IRIS de score le plus élevé a un rang de {low} à {high} dans neuf tirages sur dix"
    return f"{said}, et son rang médian est {middle}"


def highest_decile(found: Certainty) -> str:
    """Say, of the IRIS of the highest decile, how many are sure to be in it."""
    counts = words.count_words(found.ranks["mot"], found.top)
    said = [
        french.plural(count, word, words.PLURALS[word])
        for word, count in counts.items()
        if count or word in (words.ASSURED, words.PROBABLE, words.UNDECIDED)
    ]
    return f"sur {int(found.top.sum())} IRIS du dernier décile, {french.listed(said)}"


def highest_class(found: Certainty, highest: pd.Series, population: pd.Series) -> str:
    """Say how many IRIS of the highest class are still in it when the score is computed again.

    ``highest`` is true for those of that class, a fifth of those that are scored.
    """
    kept = words.certainty_word(found.ranks["p_quintile"][highest])
    sure = kept.index[kept == words.ASSURED]
    people = french.with_unit(population[sure].sum(), "habitants")
    stay = f"{french.plural(len(sure), 'y reste', 'y restent')} presque toujours ({people})"
    stay = "aucun n'y reste presque toujours" if sure.empty else stay
    often = french.number(words.count_words(kept)[words.PROBABLE])
    return f"sur les {int(highest.sum())} IRIS de cette classe, {stay}, {often} le plus souvent"


def newcomers(ranks: pd.DataFrame, listed: pd.Index) -> str:
    """Say how many more IRIS might stand where those listed, of highest score, do."""
    reach = ranks["rang_bas"] <= len(listed)
    count = int((reach & ~ranks.index.isin(listed)).sum())
    more = french.plural(count, "autre IRIS y entre", "autres IRIS y entrent")
    unsure = "Ni leur ordre ni la liste ne sont sûrs : quand on recalcule le score, "
    said = f"{unsure}{more} au moins une fois sur vingt"
    return said if count else "Leur ordre entre eux n'est pas sûr"


def families(found: Mapping[str, Certainty]) -> str:
    """Say how many would be sure if the data alone, or the method alone, were in doubt."""
    one, several = words.ASSURED, words.PLURALS[words.ASSURED]
    counts = {name: words.count_words(each.ranks["mot"], each.top) for name, each in found.items()}
    sure = {name: french.plural(count[one], one, several) for name, count in counts.items()}
    return (
        f"{sure['mesure']} si seules les données étaient incertaines, {sure['methode']} si seuls "
        f"nos choix de méthode l'étaient, {sure[BOTH]} avec les deux"
    )
