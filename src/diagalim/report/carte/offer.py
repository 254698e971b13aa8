"""Facts of the offer that the page of the map quotes: shops within reach, perimeters drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

SHOPS, QUARTERS, KNOWN_QUARTERS = "bpe", "qpv", "qpv_statistiques"
EXACT = "décompte exact du fichier ; ses erreurs ne sont pas publiées"
COUNT = "décompte exact"
LAYERS = {
    "sites": "les lieux d'aide alimentaire",
    "shops": "les commerces",
    "quarters": "les quartiers prioritaires",
}
"""Layers of the map in the words of its page."""
NOT_MEASURED = "la distance à l'aide la plus proche, aucune fiche n'ayant de point"
HOW_TO_SUPPLY = "La [page de l'aide](../offre/inventaire.ipynb) dit comment les fournir."


def state_shops(chapter: Chapter, shops: pd.DataFrame) -> None:
    """State how many IRIS have an everyday food shop within reach, and the year of the file.

    Parameters
    ----------
    shops : DataFrame
        From `diagalim.analysis.offer.shops.everyday_by_iris`.
    """
    level = shops["niveau"]
    placed = int(shops.drop(columns="niveau").to_numpy().sum())
    for fact, value, label in (
        ("carte_commerces", placed, "Commerces d'alimentation courante placés dans un IRIS"),
        ("carte_iris_avec", int((level == HERE).sum()), "IRIS avec un tel commerce"),
        ("carte_iris_voisin", int((level == NEXT_DOOR).sum()), "IRIS servis à côté seulement"),
        ("carte_iris_sans", int((level == NONE).sum()), "IRIS sans un tel commerce ni à côté"),
        ("carte_iris_doute", int(level.isna().sum()), "IRIS dont le niveau n'est pas connu"),
    ):
        chapter.state(fact, value, "", label, [SHOPS], certainty=EXACT)
    year = str(chapter.resolved(SHOPS).vintage)
    chapter.state("carte_annee_bpe", year, "", "Année des commerces", [SHOPS], certainty=EXACT)


def state_quarters(
    chapter: Chapter, quarters: gpd.GeoDataFrame, statistics: pd.DataFrame | None
) -> None:
    """State how many perimeters are drawn, out of how many there are, and their year.

    Parameters
    ----------
    quarters : GeoDataFrame
        Perimeters at hand, indexed by code.
    statistics : DataFrame or None
        Observations by neighbourhood (``territoire``): they name all those of the territory, when
        they are of the same perimeters.
    """
    year = str(chapter.resolved(QUARTERS).vintage)
    chapter.state("carte_annee_qpv", year, "", "Année des périmètres", [QUARTERS], certainty=COUNT)
    drawn = len(quarters)
    chapter.state(
        "carte_qpv", drawn, "", "Quartiers prioritaires tracés", [QUARTERS], certainty=COUNT
    )
    every = set() if statistics is None else set(statistics["code"])
    # a list of other perimeters says nothing of how many of these there are
    same = bool(every) and set(quarters.index) <= every
    words = f"{french.number(drawn)} sur {french.number(len(every))}" if same else ""
    sources = [QUARTERS, KNOWN_QUARTERS] if same else [QUARTERS]
    chapter.state(
        "carte_qpv_tracees", words or french.number(drawn), "",
        "Quartiers prioritaires tracés, et ceux du territoire quand leur liste est connue",
        sources, year=year, certainty=COUNT,
    )  # fmt: skip


def quarters_said(chapter: Chapter) -> str:
    """Return what the legend says of the perimeters: their year and how many are drawn."""
    return chapter.fill("périmètres de {carte_annee_qpv}, {carte_qpv_tracees}")


def say_missing(chapter: Chapter, offer: Mapping[str, object]) -> None:
    """Say once what the map of this territory cannot show; nothing when it shows all.

    Parameters
    ----------
    offer : mapping
        Layers given to the map, by name.
    """
    absent = [words for name, words in LAYERS.items() if name not in offer]
    if "sites" in offer and "aid" not in offer:
        absent.append(NOT_MEASURED)
    if absent:
        how = "" if "sites" in offer else f" {HOW_TO_SUPPLY}"
        chapter.say(f"**Non disponible : {french.listed(absent)}.**{how}")
