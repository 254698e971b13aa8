"""How is a class of every place drawn, with the cities cut into districts enlarged beside it?"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from diagalim.chapter import maps
from diagalim.settings.territory import FocusCommune


def cities_map(
    places: gpd.GeoDataFrame,
    classes: pd.Series,
    legend: maps.Classes,
    outlines: gpd.GeoDataFrame,
    cities: Sequence[FocusCommune],
) -> Figure:
    """Draw places by class, as `diagalim.chapter.maps.class_map` does.

    Parameters
    ----------
    places : GeoDataFrame
        In metres (EPSG:2154), with ``code_commune``.
    classes : Series
        1, 2, … by place, same index; missing is drawn hatched.
    legend : Classes
        Labels and colours.
    outlines : GeoDataFrame
        Drawn as thin lines over the places.
    cities : sequence of FocusCommune
        Those cut into districts are enlarged.
    """
    districts = [code for city in cities for code in city.arrondissements]
    return maps.class_map(
        places,
        classes,
        legend,
        outlines=outlines,
        inset=places[places["code_commune"].isin(districts)],
        inset_title=maps.inset_title(cities),
    )
