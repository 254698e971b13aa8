"""The figures that « Risque relatif » states; their words are in ``score.yml``.

Wording is part of the contract: people living in a class are *potentially exposed*, never people in
food precarity, and what rests on a class says that another class was possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Any

import geopandas as gpd
import pandas as pd

from diagalim.analysis.certainty import words
from diagalim.analysis.certainty.ranks import Certainty
from diagalim.analysis.score.composite import Composite
from diagalim.analysis.score.status import WITHHELD
from diagalim.analysis.score.weighting import Weights
from diagalim.report.score import sentences
from diagalim.settings.territory import Thresholds
from diagalim.wording import french

Stated = dict[str, Any]


def settings(weights: Weights, limits: Thresholds, years: Iterable[int]) -> Stated:
    """Return in words the choices of the territory file, so that prose cannot contradict them."""
    ages = sorted(set(years))
    return {
        "phrase_poids": sentences.weighed(weights),
        "nb_dimensions": str(sum(weight > 0 for weight in weights.dimensions.values())),
        "nb_indicateurs": str(len(weights.names)),
        "dimensions_minimales": str(limits.dimensions_minimales),
        "poids_minimal": french.with_unit(100 * limits.poids_observe_minimal, "%"),
        "population_minimale": french.number(limits.population_minimale),
        "annees_donnees": f"{ages[0]} à {ages[-1]}",
        "mots_certitude": words.defined(),
    }


def of_draws(found: Mapping[str, Certainty], classes: pd.Series, people: pd.Series) -> Stated:
    """Return how sure ranks, highest decile and highest class are, and the exposed inhabitants.

    ``found`` comes from `diagalim.analysis.certainty.ranks.summarise`.
    """
    both, top = found[sentences.BOTH], int(classes.max())
    counts = words.count_words(both.ranks["mot"], both.top)
    low, middle, high = both.exposed.loc[top, ["bas", "mediane", "haut"]]
    return {
        "nb_tirages": both.draws,
        "erreur_tirage": 100 / sqrt(both.draws),  # two standard errors, at most
        "nb_dernier_decile": both.top.sum(),
        "nb_assures": counts[words.ASSURED],
        "nb_probables": counts[words.PROBABLE],
        "nb_indecis": counts[words.UNDECIDED],
        "phrase_certitude": sentences.highest_decile(both),
        "phrase_familles": sentences.families(found),
        "phrase_premier": sentences.first_rank(both),
        "phrase_classe_haute": sentences.highest_class(both, classes == top, people),
        "places_medianes": int(both.width),
        "population_haute_tirages": (middle, low, high),
        "intervalle_population_haute": french.interval(low, high, "habitants"),
    }


def certainty(sure: Certainty) -> dict[str, str]:
    """Return the certainty of the two facts whose own number stands in it."""
    drawn = f"{french.number(sure.draws)} tirages des données et de la méthode"
    width = french.number(int(sure.width))
    return {
        "nb_tirages": drawn,
        "places_medianes": "un rang n'est pas sûr : pour un IRIS sur deux, ceux de neuf tirages "
        f"sur dix s'étalent sur au moins {width} places ({drawn})",
    }


def of_scores(
    iris: gpd.GeoDataFrame, result: Composite, classes: pd.Series, why: pd.DataFrame
) -> Stated:
    """Return how many IRIS are scored, and what is said of those that are not.

    ``why`` comes from `diagalim.analysis.score.rules.explained`.
    """
    scored, uncut = result.score.notna(), iris["type_iris"] == "Z"
    secret = int(why["motif"].isin(WITHHELD).sum())
    said = sentences.uncut(result, classes, uncut & scored, iris["population"])
    return {
        "nb_iris": len(iris),
        "nb_notes": scored.sum(),
        "nb_non_notes": (~scored).sum(),
        "phrase_secret": sentences.withheld(secret),
        "nb_secret": secret,
        "nb_z": uncut.sum(),
        "nb_z_notees": (uncut & scored).sum(),
        "phrase_z": said or None,
    }


def of_people(
    people: pd.Series, scored: pd.Series, exposed: pd.DataFrame, sure: Certainty
) -> Stated:
    """Return who lives where a score is given, and in the highest class.

    ``exposed`` comes from `diagalim.analysis.score.leading.population_by_class`; the draws put
    bounds around the inhabitants of the highest class.
    """
    top, total = exposed.index.max(), people.sum()
    low, high = sure.exposed.loc[top, ["bas", "haut"]]
    return {
        "population_totale": total,
        "part_notee": 100 * people[scored].sum() / total,
        "nb_haute": exposed.loc[top, "iris"],
        "population_haute": (exposed.loc[top, "population"], low, high),
        "part_haute": (exposed.loc[top, "part"], 100 * low / total, 100 * high / total),
    }


def of_cities(cities: pd.DataFrame, year: str) -> Stated:
    """Return, for each city followed, the share of inhabitants living in the highest class."""
    shares = cities["part_haute"]
    parts = [f"{name} {french.with_unit(share, '%')}" for name, share in shares.items()]
    return {f"part_haute_{n}": share for n, share in enumerate(shares, start=1)} | {
        "phrase_villes": f"Part des habitants ({year}) vivant dans un IRIS de la classe la plus "
        f"élevée : {french.listed(parts)}"
    }


def city_labels(cities: pd.DataFrame, top: int) -> dict[str, str]:
    """Return what the share of each city is."""
    label = f"Habitants vivant dans la classe {top}"
    return {f"part_haute_{n}": f"{label}, {name}" for n, name in enumerate(cities.index, start=1)}


def of_first(
    iris: gpd.GeoDataFrame, score: pd.Series, said: pd.Series, ranks: pd.DataFrame
) -> Stated:
    """Return where the highest scores are, and what weighs most in the one taken as an example.

    ``score`` holds the highest ones, the first one first; ``said`` what weighs most, by IRIS.
    """
    towns = iris.loc[score.index, "nom_commune"].map(french.place_name)
    listed = [f"{place} ({count})" for place, count in towns.value_counts().items()]
    low, high = french.number(score.iloc[-1], 1), french.number(score.iloc[0], 1)
    return {
        "nb_premiers": str(len(score)),
        "communes_premieres": french.listed(listed),
        "scores_premiers": f"de {low} à {high}",
        "phrase_premiers": sentences.newcomers(ranks, score.index),
        "iris_premier": f"{iris.loc[score.index[0], 'nom']} ({towns.iloc[0]})",
        "incidences_premier": " ; ".join(said[score.index[0]]),
    }
