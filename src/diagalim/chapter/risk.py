"""What do several pages say alike of the score: its classes, why a place has none, its gaps?"""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
from IPython.display import Markdown, display
from matplotlib.figure import Figure

from diagalim.analysis.score.status import EMPTY, INDICATIVE, SCORED, WITHHELD
from diagalim.chapter import maps, theme
from diagalim.chapter.theme import CLASS_LABELS
from diagalim.settings.indicators import Registry
from diagalim.settings.territory import FocusCommune
from diagalim.wording import french

UNSCORED_LABELS = {
    maps.SECRET: "non noté : secret",
    maps.OTHER: "non noté, autre motif",
    maps.EMPTY: "sans population",
}


def say_missing(names: list[str], registry: Registry) -> None:
    """Say which indicators are left out for want of a file, when there are any."""
    if names:
        labels = french.listed([registry.indicateurs[name].libelle for name in names])
        labels = french.markdown_text(labels)
        display(Markdown(f"**Non disponible dans cette édition{french.NO_BREAK}:** {labels}."))


def unscored_reasons(why: pd.DataFrame) -> pd.Series:
    """Return why each IRIS has no class, as the maps tell it apart; missing where it has one.

    Parameters
    ----------
    why : DataFrame
        ``statut`` and ``motif`` of each IRIS.
    """
    reasons = pd.Series(maps.OTHER, why.index)
    reasons[why["motif"].isin(WITHHELD)] = maps.SECRET
    reasons[why["statut"] == EMPTY] = maps.EMPTY
    return reasons.where(~why["statut"].isin((SCORED, INDICATIVE)))


def risk_classes() -> maps.Classes:
    """Return the classes of relative risk as maps label and paint them."""
    colours = theme.sequential(len(CLASS_LABELS))
    return maps.Classes(CLASS_LABELS, colours, "non noté", UNSCORED_LABELS)


def class_map(
    iris: gpd.GeoDataFrame,
    classes: pd.Series,
    why: pd.DataFrame,
    communes: gpd.GeoDataFrame,
    cities: Sequence[FocusCommune],
) -> Figure:
    """Draw the class of each IRIS, the cities of *arrondissements* enlarged.

    Parameters
    ----------
    iris, communes : GeoDataFrame
        Places, and the outlines drawn over them.
    classes : Series
        Class of each IRIS; missing where not scored.
    why : DataFrame
        ``statut`` and ``motif`` of each IRIS.
    cities : sequence of FocusCommune
        Cities followed.
    """
    districts = [code for city in cities for code in city.arrondissements]
    return maps.class_map(
        iris,
        classes,
        risk_classes(),
        outlines=communes,
        inset=iris[iris["commune"].isin(districts)],
        inset_title=maps.inset_title(cities),
        uncertain=why["statut"] == INDICATIVE,
        why=unscored_reasons(why),
    )
