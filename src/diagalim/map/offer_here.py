"""What is the offer of each IRIS, in the words of the table beside the map?

The sheet of an IRIS says the same in the browser (``offer.js``): a reader of the table alone must
learn as much.
"""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd

from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE
from diagalim.wording import french

COLUMN = "L'offre ici"
LEVELS = {
    NEXT_DOOR: "commerce courant dans un IRIS voisin seulement",
    NONE: "aucun commerce courant, ni dedans ni à côté",
}
UNKNOWN = "commerce courant non connu"
TENS, STEP, KILOMETRE = 10, 50, 1000
"""Metres: distances travel to the map in tens, and are said by fifties, then by 0.1 km."""
NEAREST = 100
"""Metres under which a straight line from the middle of an IRIS says nothing."""


def shops_here(reach: pd.DataFrame, labels: pd.Series) -> pd.Series:
    """Return what is said of the everyday food shops of each IRIS.

    Parameters
    ----------
    reach : DataFrame
        From `diagalim.analysis.offer.shops.everyday_by_iris`.
    labels : Series of str
        Name of each type, by its code.
    """
    counts = reach.drop(columns="niveau")
    names = [str(labels[code]).lower() for code in counts]
    said = []
    for level, row in zip(reach["niveau"], counts.to_numpy(), strict=True):
        if level == HERE:
            kinds = [
                f"{french.number(n)}{french.NO_BREAK}×{french.NO_BREAK}{name}"
                for n, name in zip(row, names, strict=True)
                if n
            ]
            total = int(row.sum())
            what = "commerce courant" if total < 2 else "commerces courants"
            said.append(f"{french.number(total)} {what} ({', '.join(kinds)})")
        else:
            said.append(UNKNOWN if pd.isna(level) else LEVELS[int(level)])
    return pd.Series(said, reach.index)


def quarters_here(touched: pd.DataFrame, quarters: gpd.GeoDataFrame) -> pd.Series:
    """Return the priority neighbourhoods of the IRIS that touch one, by name.

    Parameters
    ----------
    touched : DataFrame
        ``iris``, ``quartier``.
    quarters : GeoDataFrame
        Indexed by code: ``nom``, ``communes``.
    """
    names = touched["quartier"].map(distinct_names(quarters)).astype(str)
    joined = names.groupby(touched["iris"], sort=False).agg(", ".join)
    return f"quartier prioritaire{french.NO_BREAK}: " + joined


def distinct_names(quarters: gpd.GeoDataFrame) -> pd.Series:
    """Return names that tell priority neighbourhoods apart: « Centre-ville » is often one of many.

    Parameters
    ----------
    quarters : GeoDataFrame
        Indexed by code: ``nom``, ``communes``.

    Returns
    -------
    Series of str
        The name alone where no other has it; else with the communes, and with the code where two
        of one commune have the same.
    """
    names = quarters["nom"].astype(str)
    placed = names + " (" + quarters["communes"].astype(str) + ")"
    said = names.mask(names.duplicated(keep=False), placed)
    coded = said + ", " + quarters.index.astype(str)
    return said.mask(said.duplicated(keep=False), coded)


def aid_here(metres: pd.Series) -> pd.Series:
    """Return how far the nearest place of aid that has a point is from each IRIS.

    Parameters
    ----------
    metres : Series of float
        From the middle of the IRIS, in a straight line.
    """
    return "aide la plus proche à " + metres.map(distance_text)


def distance_text(metres: float) -> str:
    """Return a distance no finer than a straight line from a centre can be."""
    sent = TENS * round(metres / TENS)
    if sent < NEAREST:
        return f"moins de {french.with_unit(NEAREST, 'm')}"
    if sent < KILOMETRE:
        return french.with_unit(STEP * ((sent + STEP // 2) // STEP), "m")
    return french.with_unit(sent / KILOMETRE, "km", 1)


def offer_here(codes: pd.Index, said: Iterable[pd.Series]) -> pd.Series:
    """Return one cell an IRIS from what is said of its shops, neighbourhoods and aid.

    Parameters
    ----------
    codes : Index
        All the IRIS; one of which nothing is said has a dash.
    said : iterable of Series of str
        Indexed by IRIS; those that a territory does not have are left out.
    """
    parts = [one.reindex(codes) for one in said]
    cells = [[text for text in row if isinstance(text, str)] for row in zip(*parts, strict=True)]
    return pd.Series([f"{french.NARROW}; ".join(row) or "–" for row in cells], codes)
