"""What must the page know of shops, priority neighbourhoods and aid?

Numbers by IRIS travel as varints, outlines as arcs, the sentences of sites once each: on a real
department the whole takes a few thousand bytes. What is not there is absent from the page: no empty
layer, no dead control.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from diagalim.analysis.offer.shops import UNKNOWN
from diagalim.chapter.point_map import STYLES
from diagalim.map.offer_here import distinct_names
from diagalim.map.packing import varints
from diagalim.map.topology import topology

TOLERANCE = 8.0
"""Metres of simplification of a neighbourhood: a street keeps its side."""
METRES = 10
"""Distances are sent in tens of metres: the centre of an IRIS is no finer."""
DECIMALS = 5
MARKS = ("colis", "epicerie", "repas", "maraude", "bon", "autour")
"""Groups of aid in the address, in the order of `diagalim.analysis.offer.inventory.GROUPS`."""
LETTERS = ("C", "É", "R", "T", "B", "A")
"""Letter of each group on its marker, so that colour never tells alone."""
CODED = ("type", "acces", "horaires", "tension", "verifie", "outil", "lieu")
"""Columns of text sent once each."""


def shop_layer(shops: pd.DataFrame, labels: pd.Series, year: int | str) -> dict[str, Any]:
    """Return the everyday food shops and the level of under-equipment of each IRIS.

    Parameters
    ----------
    shops : DataFrame
        In the order of the map: counts by type, then ``niveau`` (missing when unknown).
    labels : Series of str
        Name of each type, by its code.
    year : int or str
        Of the counts.
    """
    counts = shops.drop(columns="niveau")
    level = shops["niveau"].fillna(UNKNOWN).astype(int)
    return {
        "year": str(year),
        "labels": [str(labels[code]) for code in counts],
        "counts": [varints(counts[code].to_numpy()) for code in counts],
        "level": varints(level.to_numpy()),
    }


def quarter_layer(
    quarters: gpd.GeoDataFrame, touched: pd.DataFrame, codes: pd.Index, said: str
) -> dict[str, Any]:
    """Return the outlines of priority neighbourhoods, and which of them each IRIS touches.

    Parameters
    ----------
    quarters : GeoDataFrame
        In metres, indexed by code: ``nom``, ``communes``.
    touched : DataFrame
        ``iris``, ``quartier``.
    codes : Index
        IRIS in the order of the map.
    said : str
        Year and number of the perimeters, for the legend.
    """
    shapes = quarters.geometry.simplify(TOLERANCE, preserve_topology=True)
    place = {code: k for k, code in enumerate(codes)}
    rank = {code: k for k, code in enumerate(quarters.index)}
    pairs = [
        (place[iris], rank[quarter])
        for iris, quarter in zip(touched["iris"], touched["quartier"], strict=True)
        if iris in place
    ]
    return {
        "said": said,
        "names": distinct_names(quarters).tolist(),
        "shapes": topology(shapes),
        "touched": varints(np.array(pairs, dtype=np.int64).reshape(-1)),
    }


def aid_distances(metres: pd.Series) -> str:
    """Return how far the nearest site is from each IRIS, in tens of metres."""
    return varints(np.rint(metres.to_numpy() / METRES).astype(np.int64))


def site_layer(
    rows: pd.DataFrame, groups: Sequence[str], communes: Sequence[str]
) -> dict[str, Any]:
    """Return the sites of aid as the page shows them.

    Parameters
    ----------
    rows : DataFrame
        From `diagalim.chapter.site_words.site_rows`.
    groups : sequence of str
        Names of the groups of aid, in the order of `MARKS`.
    communes : sequence of str
        Codes of the communes that the map holds, in its order.
    """
    known = {code: k for k, code in enumerate(communes)}
    ranks = {name: k for k, name in enumerate(groups)}
    coded = {name: _coded(rows[name]) for name in CODED}
    return {
        "name": [str(name) for name in rows["nom"]],
        "group": [ranks[name] for name in rows["groupe"]],
        "commune": [known.get(code) for code in rows["code_insee"]],
        "days": [int(mask) for mask in rows["jours"]],
        "checkedOn": [str(day) for day in rows["verifie_le"]],
        "point": [
            None if pd.isna(lon) else [round(float(lat), DECIMALS), round(float(lon), DECIMALS)]
            for lat, lon in zip(rows["lat"], rows["lon"], strict=True)
        ],
        "groups": [
            {"id": mark, "label": label, "letter": letter, "colour": colour}
            for mark, label, letter, (_, colour) in zip(MARKS, groups, LETTERS, STYLES, strict=True)
        ],
        "said": {name: texts for name, (texts, _) in coded.items()},
        **{f"{name}At": at for name, (_, at) in coded.items()},
    }


def _coded(values: pd.Series) -> tuple[list[str], list[int]]:
    distinct = sorted(values.unique())
    position = {value: k for k, value in enumerate(distinct)}
    return distinct, [position[value] for value in values]
