"""Facts of the offer that the page of the map quotes: shops within reach, perimeters drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from diagalim.offer.shops import HERE, NEXT_DOOR, NONE
from diagalim.publish import french

if TYPE_CHECKING:
    from diagalim.publish.chapter import Chapter

SHOPS, QUARTERS, KNOWN_QUARTERS = "bpe", "qpv", "qpv_statistiques"
EXACT = "décompte exact du fichier ; ses erreurs ne sont pas publiées"
COUNT = "décompte exact"


def state_shops(chapter: Chapter, shops: pd.DataFrame) -> None:
    """State how many IRIS have an everyday food shop within reach, and the year of the file.

    Parameters
    ----------
    shops : DataFrame
        From `diagalim.offer.shops.everyday_by_iris`.
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


def say_missing(chapter: Chapter, *, sites: bool, shops: bool, quarters: bool) -> None:
    """Say once what the map of this territory cannot show; nothing when it shows all."""
    absent = [
        name
        for name, there in (
            ("les lieux d'aide alimentaire", sites),
            ("les commerces", shops),
            ("les quartiers prioritaires", quarters),
        )
        if not there
    ]
    if absent:
        how = "" if sites else " Le [chapitre de l'offre](03_offre.ipynb) dit comment les fournir."
        chapter.say(f"**Non disponible : {french.listed(absent)}.**{how}")
