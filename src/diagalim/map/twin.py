"""What stands in the table beside the map, which says the same without drawing it?"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from diagalim.chapter.theme import CLASS_LABELS
from diagalim.map.offer_here import COLUMN as OFFER
from diagalim.map.offer_here import offer_here
from diagalim.wording import french

REASON = "Ce qui pèse le plus, ou pourquoi il n'est pas noté"
TWIN_WORDS = ("Commune", "Classe", "Certitude", REASON, OFFER)
"""Columns of text of the table beside the map."""


def twin_text(iris: gpd.GeoDataFrame, said: Sequence[pd.Series] = ()) -> pd.DataFrame:
    """Return the table that stands beside the map: the same information, highest score first.

    Parameters
    ----------
    iris : GeoDataFrame
        From `map_table`.
    said : sequence of Series of str
        From `diagalim.map.offer_here`; without any, there is no column for the offer.
    """
    ordered = _twin_order(iris)
    scored = ordered["rang"].notna()
    table = pd.DataFrame(
        {
            "Commune": list(ordered["commune"]),
            "Classe": [
                CLASS_LABELS[int(value) - 1] if known else "Non noté"
                for value, known in zip(ordered["classe"], scored, strict=True)
            ],
            "Score": [
                french.number(value, 1) if known else "–"
                for value, known in zip(ordered["score"], scored, strict=True)
            ],
            "Rang": [
                french.number(value) if known else "–"
                for value, known in zip(ordered["rang"], scored, strict=True)
            ],
            "Rang à 90\u00a0%": [
                f"{french.number(low)} à {french.number(high)}" if known else "–"
                for low, high, known in zip(
                    ordered["rang_bas"], ordered["rang_haut"], scored, strict=True
                )
            ],
            "Certitude": [
                word if known else "–" for word, known in zip(ordered["mot"], scored, strict=True)
            ],
            "Habitants": [french.number(value) for value in ordered["population"]],
            REASON: [
                " ; ".join(weighs) if known else reason
                for weighs, reason, known in zip(
                    ordered["incidences"], ordered["motif"], scored, strict=True
                )
            ],
        },
        index=list(ordered["nom"]),
    )
    if said:
        table[OFFER] = list(offer_here(ordered.index, said))
    return table


def twin_ids(iris: gpd.GeoDataFrame) -> pd.Series:
    """Return the id of each row of `twin_text`, by which the map keeps the table in step."""
    return pd.Series([f"iris-{code}" for code in _twin_order(iris).index])


def _twin_order(iris: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return iris.sort_values(["rang", "commune", "nom"], na_position="last")
