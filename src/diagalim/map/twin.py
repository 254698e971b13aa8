"""What stands in the table beside the map, which says the same without drawing it?"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from diagalim.chapter.theme import CLASS_LABELS
from diagalim.map.offer_here import offer_here
from diagalim.wording import french


def twin_table(iris: gpd.GeoDataFrame, said: Sequence[pd.Series] = ()) -> pd.DataFrame:
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
    labels = dict(enumerate(CLASS_LABELS, start=1))
    between = [
        f"{french.number(low)} à {french.number(high)}"
        for low, high in zip(ordered["rang_bas"], ordered["rang_haut"], strict=True)
    ]
    weighs = ordered["incidences"].map(" ; ".join)
    table = ordered[["commune", "score", "rang", "population"]].assign(
        classe=ordered["classe"].map(labels).where(scored, "Non noté"),
        intervalle=pd.Series(between, ordered.index).where(scored),
        mot=ordered["mot"].where(scored),
        pourquoi=weighs.where(scored, ordered["motif"]),
    )
    if said:
        table["offre"] = offer_here(ordered.index, said)
    return pd.DataFrame(table).set_axis(ordered["nom"].tolist())


def twin_ids(iris: gpd.GeoDataFrame) -> pd.Series:
    """Return the id of each row of `twin_table`, by which the map keeps the table in step."""
    return pd.Series([f"iris-{code}" for code in _twin_order(iris).index])


def _twin_order(iris: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return iris.sort_values(["rang", "commune", "nom"], na_position="last")
