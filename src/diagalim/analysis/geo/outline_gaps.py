"""Do outlines that ought to meet stand apart?

Official outlines are drawn once: two IRIS side by side share their border. Outlines simplified or
redrawn one by one leave cracks; up to `NEAR` metres the search of neighbours bridges them
(`diagalim.analysis.geo.contiguity.GAP`). A wider crack that runs along a border would make
strangers of neighbours without a word: such outlines are refused when they leave an IRIS without a
neighbour, or when there are many. A few are not: a dock or a canal keeps two official outlines a
few metres apart, and so does a thin IRIS between them.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from diagalim.wording.problems import Problem

NEAR = 2.0
"""Metres that the search of neighbours bridges."""
FAR = 20.0
"""Metres from which two outlines are no longer the two sides of one border (convention)."""
LEAST_SHARED = 0.2
"""Share of the shorter outline that runs along the other from which the two ought to meet. Of the
840 IRIS of 13, no pair that is not a pair of neighbours runs along more than 0.15."""
MANY = 0.05
"""Pairs for each IRIS from which the whole file was redrawn (convention; none of them on 13)."""
SHOWN = 3


def gap_problems(here: gpd.GeoDataFrame, name: str) -> list[Problem]:
    """Return the refusal of outlines that run side by side without meeting.

    Parameters
    ----------
    here : GeoDataFrame
        Valid polygons in metres, with ``code_iris``.
    name : str
        File that is named.
    """
    drawn, codes = here.geometry.to_numpy(), here["code_iris"].to_numpy()
    wide = _apart(drawn)
    if wide.empty or not (len(wide) > MANY * len(drawn) or _left_alone(drawn, wide)):
        return []
    shown = [
        f"{codes[row.one]} et {codes[row.other]} ({row.gap:.1f} m d'écart)".replace(".", ",")
        for row in wide.head(SHOWN).itertuples()
    ]
    count = len(wide)
    return [
        Problem(
            name,
            f"{count} paire{'s' if count > 1 else ''} d'IRIS qui se longent sans se toucher",
            " ; ".join(shown) + (" ; …" if count > SHOWN else ""),
            f"des contours voisins qui se touchent, à {NEAR:.0f} m près : sans cela, deux IRIS "
            "côte à côte ne seraient pas dits voisins",
            "reprendre les contours de l'IGN : ceux-ci ont été simplifiés ou redessinés un par un",
        )
    ]


def _apart(drawn: np.ndarray) -> pd.DataFrame:
    """Return the pairs of polygons that run along each other over a crack, the widest first."""
    one, other = shapely.STRtree(drawn).query(drawn, predicate="dwithin", distance=FAR)
    pairs = pd.DataFrame({"one": one, "other": other})[one < other]
    pairs["gap"] = shapely.distance(drawn[pairs["one"]], drawn[pairs["other"]])
    pairs = pairs[pairs["gap"] > NEAR]
    lengths = shapely.length(drawn)
    shorter = np.where(
        lengths[pairs["one"]] <= lengths[pairs["other"]], pairs["one"], pairs["other"]
    )
    longer = pairs["one"].to_numpy() + pairs["other"].to_numpy() - shorter
    along = shapely.intersection(
        shapely.boundary(drawn[shorter]), shapely.buffer(drawn[longer], FAR)
    )
    pairs = pairs[shapely.length(along) / lengths[shorter] > LEAST_SHARED]
    across = shapely.shortest_line(drawn[pairs["one"]], drawn[pairs["other"]])
    middle = shapely.line_interpolate_point(across, 0.5, normalized=True)
    filled, _ = shapely.STRtree(drawn).query(middle, predicate="intersects")
    pairs = pairs.drop(pairs.index[filled])
    return pairs.sort_values(["gap", "one"], ascending=False)


def _left_alone(drawn: np.ndarray, wide: pd.DataFrame) -> bool:
    """Return whether a polygon of these pairs has no other within `NEAR` metres."""
    found, _ = shapely.STRtree(drawn).query(drawn, predicate="dwithin", distance=NEAR)
    near = np.bincount(found, minlength=len(drawn))
    return bool((near[wide[["one", "other"]].to_numpy()] < 2).any())
