"""Where is each record: in which commune, in which IRIS, and may its point be used?

One rule for all tools. The commune that a record states is followed to the one of today, and a
point that lies in another one is not used (METHODS 4.5 refuses such results of a geocoder): sending
people to a wrong place does more harm than having no point. A record of another department is left
out. Each case is counted, to be said.
"""

from __future__ import annotations

from collections import Counter

import geopandas as gpd
import numpy as np
import pandas as pd

from diagalim.analysis.geo.commune_codes import Cog, follow
from diagalim.settings.codes import CITIES_IN_DISTRICTS, COMMUNE_FORM, COMMUNE_LENGTH

OUTSIDE, NO_COMMUNE = "hors du département", "commune inconnue"
"""Why a record is left out."""
DISAGREES = "point hors de la commune déclarée"
SWAPPED = "latitude et longitude interverties"
UNUSABLE = "coordonnées inutilisables"
OLD_CODE = "ancien code de commune"
COMMUNE_ONLY = "commune"
"""Precision of a record whose point is not used: shown in its commune, out of distances."""
BORDER = 100
"""Metres by which a point may miss its commune: a street that is the border, a quay."""
WGS84 = "EPSG:4326"


def placed(
    table: pd.DataFrame, iris: gpd.GeoDataFrame, cog: Cog | None = None
) -> tuple[pd.DataFrame, pd.Series, Counter[str]]:
    """Give each record its commune and its IRIS, and take away the points that cannot be.

    Parameters
    ----------
    table : DataFrame
        ``lon`` and ``lat`` (degrees), ``code_insee``; ``geocodage_precision`` where there is one.
    iris : GeoDataFrame
        Outlines indexed by ``code_iris``, with ``commune``, in metres.
    cog : Cog, optional
        What is known of the codes of communes; without it an old code stays as it is.

    Returns
    -------
    table : DataFrame
        The same rows; ``iris`` is missing where there is no point.
    reason : Series of str
        `OUTSIDE` or `NO_COMMUNE` for the rows to leave out, missing for the others.
    remarks : Counter of str
        How many of the rows kept had their point or their code mended or refused.
    """
    lon, lat = (table[name].astype(float) for name in ("lon", "lat"))
    given = lon.notna() | lat.notna()
    usable = _usable(lon, lat)
    code = _iris_at(lon, lat, usable, iris)
    exchanged = _usable(lat, lon) & code.isna() & given
    swapped_code = _iris_at(lat, lon, exchanged, iris)
    swapped = swapped_code.notna()
    lon, lat = lon.mask(swapped, lat), lat.mask(swapped, lon)
    code, usable = code.fillna(swapped_code), usable | swapped

    stated, foreign = _stated(table["code_insee"], iris, cog)
    beside = _beside(code, lon, lat, usable, stated, iris)
    code = code.mask(beside.notna(), beside)
    seen = code.str[:COMMUNE_LENGTH]
    agrees = seen.notna() & (stated.isna() | _same(stated, seen, iris, cog)) & ~foreign
    commune = stated.mask(agrees, seen)
    kept = usable & agrees

    reason = pd.Series(pd.NA, table.index, dtype="string")
    reason = reason.mask(commune.isna(), NO_COMMUNE)
    reason = reason.mask(foreign | (stated.isna() & usable & ~agrees), OUTSIDE)
    found = table.assign(
        code_insee=commune,
        iris=code.where(kept),
        lon=_as_given(lon, kept),
        lat=_as_given(lat, kept),
    )
    if "geocodage_precision" in table:
        refused = given & ~kept
        found["geocodage_precision"] = table["geocodage_precision"].mask(refused, COMMUNE_ONLY)
    here = reason.isna()
    counted = {
        DISAGREES: usable & ~agrees,
        SWAPPED: swapped & kept,
        UNUSABLE: given & ~usable,
        OLD_CODE: (stated != table["code_insee"]).fillna(False) & ~agrees,
    }
    remarks = Counter({name: int((rows & here).sum()) for name, rows in counted.items()})
    return found, reason, +remarks


def _usable(lon: pd.Series, lat: pd.Series) -> pd.Series:
    """Tell which points can be on Earth; (0, 0) is what a tool writes for « none »."""
    null = (lon == 0) & (lat == 0)
    return lon.between(-180, 180) & lat.between(-90, 90) & ~null


def _iris_at(lon: pd.Series, lat: pd.Series, asked: pd.Series, iris: gpd.GeoDataFrame) -> pd.Series:
    """Return the IRIS of each point asked for, missing for the others."""
    west, south, east, north = gpd.GeoSeries(iris.geometry, crs=iris.crs).to_crs(WGS84).total_bounds
    near = asked & lon.between(west, east) & lat.between(south, north)
    shapes = gpd.GeoDataFrame(geometry=_points(lon[near], lat[near], iris), index=lon.index[near])
    inside = shapes.sjoin(iris[["geometry"]], predicate="within")
    # a point on a border falls in two: the first code, so that two runs agree
    first = inside.groupby(level=0)[iris.index.name or "index_right"].min()
    return first.reindex(lon.index).astype("string")


def _points(lon: pd.Series, lat: pd.Series, iris: gpd.GeoDataFrame) -> gpd.GeoSeries:
    shapes = gpd.points_from_xy(lon, lat, crs=WGS84).to_crs(iris.crs)
    return gpd.GeoSeries(shapes, index=lon.index)


def _stated(
    codes: pd.Series, iris: gpd.GeoDataFrame, cog: Cog | None
) -> tuple[pd.Series, pd.Series]:
    """Return the commune of today that each code means, and which codes are of elsewhere."""
    known = set(iris["commune"])
    departments = tuple({code[:2] for code in known})
    fits = codes.str.fullmatch(COMMUNE_FORM).fillna(False).astype(bool)
    drawn = follow(codes.where(fits), cog, known).astype("string")
    of_here = codes.str.startswith(departments).fillna(False).astype(bool) & fits
    # a city whose districts are drawn is in the list and not on the map; without a list, any is
    named = codes.isin(cog.names) if cog else of_here
    return drawn.fillna(codes.where(named & of_here)), fits & drawn.isna() & ~of_here


def _same(stated: pd.Series, seen: pd.Series, iris: gpd.GeoDataFrame, cog: Cog | None) -> pd.Series:
    """Tell whether a point lies in the commune stated, or in a district of the city stated."""
    known = set(iris["commune"])
    pairs = {
        (one, other): one == other if one in known else _holds(one, other, cog)
        for one, other in set(zip(stated.dropna(), seen[stated.notna()], strict=True))
        if not pd.isna(other)
    }
    return pd.Series(
        [pairs.get(pair, False) for pair in zip(stated, seen, strict=True)], stated.index, bool
    )


def _holds(stated: str, seen: str, cog: Cog | None) -> bool:
    """Tell whether a place that is not drawn holds one that is; without a list, it may."""
    if stated in CITIES_IN_DISTRICTS:
        return seen in CITIES_IN_DISTRICTS[stated]
    if cog is None:
        return True
    return cog.names.get(seen, "").startswith(cog.names.get(stated, "?") + " ")


def _beside(
    code: pd.Series,
    lon: pd.Series,
    lat: pd.Series,
    usable: pd.Series,
    stated: pd.Series,
    iris: gpd.GeoDataFrame,
) -> pd.Series:
    """Return the IRIS of the commune stated for the points that miss it by less than `BORDER`."""
    found = pd.Series(pd.NA, code.index, dtype="string")
    apart = (
        usable
        & stated.isin(set(iris["commune"]))
        & (code.str[:COMMUNE_LENGTH] != stated).fillna(True)
    )
    points = _points(lon[apart], lat[apart], iris)
    for commune, inside in points.groupby(stated[apart]):
        own = iris.loc[iris["commune"] == commune, ["geometry"]]
        (rows, near) = own.sindex.nearest(inside.to_numpy(), return_all=False, max_distance=BORDER)
        found.loc[inside.index[rows]] = np.asarray(own.index)[near]
    return found


def _as_given(values: pd.Series, kept: pd.Series) -> pd.Series:
    return values.where(kept).astype("Float64")
