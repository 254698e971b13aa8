"""Which layers of the offer does the map show, of what a territory has?

A part that is not there leaves no layer and no words: no empty layer, no dead control.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from diagalim.analysis.geo.touched_quarters import quarters_touched
from diagalim.analysis.offer.inventory import GROUPS
from diagalim.map import layers
from diagalim.map.offer_here import aid_here, quarters_here, shops_here


@dataclass(frozen=True)
class Offer:
    """What is at hand, None for what is not.

    Attributes
    ----------
    shops : DataFrame
        Everyday food shops by IRIS, a column a type under its name, and ``niveau``.
    sites : DataFrame
        Places of aid in words (`diagalim.chapter.site_words.site_rows`).
    metres : Series
        From the middle of each IRIS to the nearest place of aid.
    quarters : GeoDataFrame
        Priority neighbourhoods, indexed by code.
    listed : DataFrame
        Observations by neighbourhood, which name all those of the territory.
    year : int or str
        Of the shops.
    """

    shops: pd.DataFrame | None
    sites: pd.DataFrame | None
    metres: pd.Series | None
    quarters: gpd.GeoDataFrame | None
    listed: pd.DataFrame | None
    year: int | str = ""


def drawn(
    offer: Offer, iris: gpd.GeoDataFrame, perimeters: str
) -> tuple[dict[str, Any], list[pd.Series]]:
    """Return the layers that the map shows, and what its table says of each IRIS.

    Parameters
    ----------
    offer : Offer
    iris : GeoDataFrame
        In the order of the map: ``code_commune``.
    perimeters : str
        Year and number of the priority neighbourhoods, for the legend.
    """
    shown, said = {}, []
    if offer.sites is not None:
        shown["sites"] = layers.site_layer(
            offer.sites, list(GROUPS), sorted(set(iris["code_commune"]))
        )
    if offer.shops is not None:
        shops = offer.shops.reindex(iris.index)
        kinds = shops.columns.drop("niveau")
        labels = pd.Series(kinds, kinds)
        said.append(shops_here(shops, labels))
        shown["shops"] = layers.shop_layer(shops, labels, offer.year)
    if offer.quarters is not None:
        touched = quarters_touched(iris.geometry, offer.quarters)
        said.append(quarters_here(touched, offer.quarters))
        shown["quarters"] = layers.quarter_layer(offer.quarters, touched, iris.index, perimeters)
    if offer.metres is not None:
        metres = offer.metres.reindex(iris.index)
        shown["aid"] = layers.aid_distances(metres)
        said.append(aid_here(metres))
    return shown, said
