"""The facts of the chapter « Risque relatif »: what its sentences, the home page and the map quote.

Wording is part of the contract: people living in a class are *potentially exposed*, never people in
food precarity, and what rests on a class says that another class was possible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from diagalim.analysis.certainty.ranks import Certainty
from diagalim.analysis.score.composite import Composite, Weights
from diagalim.analysis.score.status import SCORED
from diagalim.chapter.facts import Facts
from diagalim.report.score.certainty import newcomers_sentence
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

DRAWN = "classe publiée ; d'un tirage à l'autre un IRIS peut en changer"
"""Certainty of what rests on the published classes or ranks."""
EXACT = "décompte exact"
DIPLOMA = "part_peu_diplomes"


def state_score(
    chapter: Chapter,
    iris: gpd.GeoDataFrame,
    result: Composite,
    classes: pd.Series,
    exposed: pd.DataFrame,
    why: pd.DataFrame,
    weights: Weights,
    inhabitants: str,
    sure: Certainty,
) -> None:
    """State how many IRIS and inhabitants are scored, and where the score is highest."""
    population = [inhabitants]
    scored = result.score.notna()
    people = iris["population"]
    top = int(classes.max())
    inside = [name for name in chapter.used() if name != "appartenance_iris"]
    low, high = sure.exposed.loc[top, ["bas", "haut"]]
    drawn = f"{french.interval(low, high, 'habitants')} dans neuf tirages sur dix"

    def count(fact: str, value: float, label: str, unit: str = "") -> None:
        chapter.state(fact, int(value), unit, label, inside, certainty=EXACT)

    count("nb_iris", len(iris), "IRIS du département")
    count("nb_notes", scored.sum(), "IRIS notés")
    count("nb_non_notes", (~scored).sum(), "IRIS non notés")
    secret = why["raison"].isin(["ressources_secretes", "ressources_partielles"])
    hidden = french.plural(secret.sum(), "IRIS n'est pas noté", "IRIS ne sont pas notés")
    if not secret.any():
        hidden = "aucun IRIS n'est laissé sans note"
    reason = "parce que les revenus sont masqués, en tout ou partie, par le secret statistique"
    chapter.state(
        "phrase_secret", f"{hidden} {reason}", "", "IRIS aux revenus masqués", inside,
        certainty=EXACT,
    )  # fmt: skip
    uncut = iris["type_iris"] == "Z"
    count("nb_secret", secret.sum(), "IRIS non notés aux revenus masqués, en tout ou partie")
    count("nb_z", uncut.sum(), "Communes non découpées")
    count("nb_z_notees", (uncut & scored).sum(), "Communes non découpées et notées")
    if lacking := uncut_sentence(result, classes, uncut & scored, people):
        chapter.state("phrase_z", lacking, "", "Communes non découpées", inside, certainty=EXACT)
    count("nb_haute", exposed.loc[top, "iris"], "IRIS de la classe la plus élevée")
    chapter.state(
        "population_totale",
        people.sum(),
        "habitants",
        "Habitants au recensement",
        population,
        certainty="recensement, erreur d'échantillonnage non publiée par IRIS",
    )
    chapter.state(
        "annee_population_iris",
        str(chapter.resolved(inhabitants).vintage),
        "",
        "Année de la population par IRIS",
        population,
        certainty=EXACT,
    )
    chapter.state(
        "part_notee",
        100 * people[scored].sum() / people.sum(),
        "%",
        "Part des habitants vivant dans un IRIS noté",
        population,
        decimals=1,
    )
    chapter.state(
        "population_haute",
        exposed.loc[top, "population"],
        "habitants",
        "Habitants potentiellement exposés : ceux des IRIS de la classe la plus élevée",
        inside,
        year=chapter.resolved(inhabitants).vintage,
        interval=(low, high),
        certainty=drawn,
    )
    chapter.state(
        "part_haute",
        exposed.loc[top, "part"],
        "%",
        "Part des habitants vivant dans la classe la plus élevée",
        inside,
        year=chapter.resolved(inhabitants).vintage,
        decimals=1,
        interval=(100 * low / people.sum(), 100 * high / people.sum()),
        certainty=drawn,
    )
    _state_settings(chapter, weights)


def uncut_sentence(
    result: Composite, classes: pd.Series, uncut: pd.Series, people: pd.Series
) -> str:
    """Say on how much less the score of the uncut communes rests; nothing where it does not.

    Parameters
    ----------
    result : Composite
    classes : Series
        Class of each IRIS, 1 the lowest risk.
    uncut : Series of bool
        Uncut communes that are scored.
    people : Series
        Inhabitants of each IRIS.
    """
    if not uncut.any():
        return ""
    weighs = (result.effective_weights[uncut] > 0).any()
    if weighs.all():
        return ""
    parts = result.dimensions[uncut].notna().any()
    dimensions = (
        "" if parts.all() else f" et {french.plural(parts.sum(), 'dimension')} sur {len(parts)}"
    )
    high = int((classes[uncut] >= classes.max() - 1).sum())
    where = f"{french.plural(high, 'est', 'sont')} dans l'une des deux classes les plus élevées"
    if not high:
        where = (
            "aucune n'est dans l'une des deux classes les plus élevées, ce qui ne prouve pas qu'on "
            "y soit moins exposé"
        )
    inhabitants = french.with_unit(people[uncut].sum(), "habitants")
    indicators = french.plural(weighs.sum(), "indicateur")
    return (
        f"Leur score ({inhabitants}) repose sur {indicators} sur {len(weighs)}"
        f"{dimensions}, le reste n'étant pas connu pour elles, ou pas assez ; {where}"
    )


def _state_settings(chapter: Chapter, weights: Weights) -> None:
    """State in words the choices of the territory file, so that prose cannot contradict them."""
    limits = chapter.territory.seuils
    counted = {name: weight for name, weight in weights.dimensions.items() if weight > 0}
    same = len(set(counted.values())) == 1 and all(
        len({w for w in weights.indicators[name].values() if w > 0}) == 1 for name in counted
    )
    words = (
        "Toutes les dimensions ont le même poids et, dans une dimension, tous les indicateurs "
        "aussi : un choix neutre, pas une mesure de leur importance."
        if same
        else "Les poids des dimensions et des indicateurs sont choisis dans le fichier du "
        "territoire ; la page des indicateurs les donne."
    )
    ages = sorted({chapter.resolved(source).vintage for source in chapter.used()})
    said = {
        "phrase_poids": words,
        "nb_dimensions": str(len(counted)),
        "nb_indicateurs": str(len(weights.names)),
        "dimensions_minimales": str(limits.dimensions_minimales),
        "poids_minimal": french.with_unit(100 * limits.poids_observe_minimal, "%"),
        "population_minimale": french.number(limits.population_minimale),
        "annees_donnees": f"{ages[0]} à {ages[-1]}",
    }
    for fact, value in said.items():
        chapter.choose(fact, value, f"Réglage du score ({fact})")


def state_first(
    chapter: Chapter,
    iris: gpd.GeoDataFrame,
    result: Composite,
    why: pd.DataFrame,
    said: pd.Series,
    sure: Certainty,
    count: int,
) -> None:
    """State where the highest scores are, and what weighs most in the one taken as an example."""
    sources = chapter.used()
    first = result.score.where(why["statut"] == SCORED).idxmax()
    codes = result.score.where(why["statut"] == SCORED).nlargest(count).index
    where = iris.loc[codes, "nom_commune"].map(french.place_name).value_counts()
    listed = [f"{place} ({number})" for place, number in where.items()]
    ends = (result.score[codes[-1]], result.score[codes[0]])
    said_of_top = {
        "nb_premiers": str(len(codes)),
        "communes_premieres": french.listed(listed),
        "scores_premiers": f"de {french.number(ends[0], 1)} à {french.number(ends[1], 1)}",
        "phrase_premiers": newcomers_sentence(sure.ranks, codes),
    }
    for fact, text in said_of_top.items():
        chapter.state(fact, text, "", "IRIS de score le plus élevé", sources, certainty=DRAWN)
    name = f"{iris.loc[first, 'nom']} ({french.place_name(iris.loc[first, 'nom_commune'])})"
    chapter.state("iris_premier", name, "", "IRIS de score le plus élevé", sources, certainty=DRAWN)
    chapter.state(
        "incidences_premier",
        " ; ".join(said[first]),
        "",
        "Ce qui pèse le plus dans cet IRIS",
        sources,
        certainty=DRAWN,
    )


def cautions(facts: Facts, states: pd.DataFrame) -> list[str]:
    """Return what to beware of where the data have it: uncut communes, values lent by a commune.

    Parameters
    ----------
    facts : Facts
        From `state_score`.
    states : DataFrame of str
        State of each value, indicators in columns.
    """
    uncut, scored = (int(facts[fact].value) for fact in ("nb_z", "nb_z_notees"))
    said = []
    if uncut:
        rest = "" if uncut == scored else " ; pour les autres, les revenus sont en partie masqués"
        lacking = " {phrase_z}." if "phrase_z" in facts else ""
        said.append(
            f"Communes non découpées en IRIS : {{nb_z_notees}} notées sur {{nb_z}}{rest}.{lacking}"
        )
    if DIPLOMA in states and states[DIPLOMA].eq("communal").any():
        said.append(
            "Dans les fichiers lus, le diplôme n'est connu que par commune, ou par arrondissement "
            "d'une ville qui en a : tous les IRIS d'un même lieu y reçoivent la même valeur."
        )
    return said


def state_places(chapter: Chapter, cities: pd.DataFrame, top: int) -> None:
    """State, for each city followed, the share of inhabitants living in the highest class."""
    sources, year = chapter.used(), chapter.facts["annee_population_iris"].text
    parts = []
    for position, (name, row) in enumerate(cities.iterrows(), start=1):
        fact = chapter.state(
            f"part_haute_{position}",
            row["part_haute"],
            "%",
            f"Habitants vivant dans la classe {top}, {name}",
            sources,
            year=year,
            certainty=DRAWN,
        )
        parts.append(f"{name} {fact.text}")
    sentence = (
        f"Part des habitants ({year}) vivant dans un IRIS de la classe la plus élevée : "
        f"{french.listed(parts)}"
    )
    chapter.state(
        "phrase_villes", sentence, "", "Classe la plus élevée, par ville", sources,
        year=year, certainty=DRAWN,
    )  # fmt: skip
