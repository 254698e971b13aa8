"""One form for what every tool says of a place: three tables, with where each value comes from.

A record is what one tool says of one place. The same place may have several records, in several
tools or twice in one: they are not merged here, so counts are of records, never of places. What a
tool does not say is missing: a capacity, an opening hour or a price is never made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from diagalim.paths import project_root
from diagalim.sources.codes import COMMUNE_FORM, COMMUNE_LENGTH
from diagalim.sources.schemas import SCHEMA_DIR, load_schema

TOOLS = ("soliguide", "data_inclusion", "osm", "tableur")
PLACES, SERVICES, STOPS = "inventaire_lieux", "inventaire_services", "inventaire_arrets"
FROM_TOOL, COMMUNE_ONLY, NOT_PLACED = "source", "commune", "non placé"
NO_FOOD = "sans aide alimentaire"
UNKNOWN_KIND = "aide alimentaire d'un type non reconnu"
_DTYPES = {
    "string": "string",
    "number": "Float64",
    "integer": "Int64",
    "boolean": "boolean",
    "date": "datetime64[ns]",
}


@dataclass(frozen=True)
class Inventory:
    """Records of one or several tools.

    Parameters
    ----------
    places, services, stops : DataFrame
        Columns of the schemas ``inventaire_lieux``, ``inventaire_services`` and
        ``inventaire_arrets``.
    left_out : Counter of str
        How many records of the files are no food aid, and why, in French.
    """

    places: pd.DataFrame
    services: pd.DataFrame
    stops: pd.DataFrame
    left_out: Counter[str] = field(default_factory=Counter)


def inventory(
    places: Iterable[Mapping[str, Any]],
    services: Iterable[Mapping[str, Any]],
    stops: Iterable[Mapping[str, Any]] = (),
    left_out: Mapping[str, int] | None = None,
) -> Inventory:
    """Make the tables of what a tool says; a value that is not given is missing."""
    return Inventory(
        _table(places, PLACES),
        _table(services, SERVICES),
        _table(stops, STOPS),
        Counter(left_out or {}),
    )


def together(parts: Iterable[Inventory]) -> Inventory:
    """Return the records of several tools, one after the other, none merged with another."""
    read = list(parts)
    return Inventory(
        pd.concat([part.places for part in read], ignore_index=True),
        pd.concat([part.services for part in read], ignore_index=True),
        pd.concat([part.stops for part in read], ignore_index=True),
        sum((part.left_out for part in read), Counter()),
    )


def located(found: Inventory, iris: gpd.GeoDataFrame) -> Inventory:
    """Give its IRIS to every record that has a point, and its commune to one that states none.

    Parameters
    ----------
    found : Inventory
        Records of the tools.
    iris : GeoDataFrame
        Outlines indexed by ``code_iris``, with ``commune``.

    Returns
    -------
    Inventory
        The commune stated stays, but where it is a whole city the *arrondissement* of the point
        replaces it. A point outside the department has no IRIS, and is left out with its services
        when it states no commune either (counted in ``left_out``).
    """
    places = _located(found.places, iris)
    outside = places["code_insee"].isna()
    kept = set(places.loc[~outside, "lieu_id"])
    services = found.services[found.services["lieu_id"].isin(kept)]
    stops = _located(found.stops, iris)
    stops = stops[stops["service_id"].isin(services["service_id"]) & stops["code_insee"].notna()]
    left_out = Counter(found.left_out)
    if outside.any():
        left_out["hors du département"] += int(outside.sum())
    return Inventory(
        places[~outside].reset_index(drop=True),
        services.reset_index(drop=True),
        stops.reset_index(drop=True),
        left_out,
    )


def _located(table: pd.DataFrame, iris: gpd.GeoDataFrame) -> pd.DataFrame:
    points = gpd.GeoSeries(
        gpd.points_from_xy(
            table["lon"].astype(float), table["lat"].astype(float), crs="EPSG:4326"
        ).to_crs(iris.crs),
        index=table.index,
    )
    shapes = gpd.GeoDataFrame(geometry=points[table["lon"].notna().to_numpy()])
    inside = shapes.sjoin(iris[["geometry"]], predicate="within")
    # a point on a border falls in two: the first code, so that two runs agree
    code = inside.groupby(level=0)["code_iris"].min().reindex(table.index).astype("string")
    known = set(iris["commune"])
    stated = table["code_insee"]
    vague = ~stated.isin(known)
    seen = stated.mask(vague & code.notna(), code.str[:COMMUNE_LENGTH])
    return table.assign(iris=code, code_insee=seen)


def commune_code(stated: str | None) -> str | None:
    """Return a code of commune of the right form, else None."""
    fits = pd.Series([stated or ""]).str.fullmatch(COMMUNE_FORM).iloc[0]
    return stated if fits else None


def _table(rows: Iterable[Mapping[str, Any]], name: str) -> pd.DataFrame:
    schema = load_schema(project_root() / SCHEMA_DIR / "collecte" / f"{name}.json")
    given = list(rows)
    unknown = {key for row in given for key in row} - {f["name"] for f in schema["fields"]}
    if unknown:
        raise KeyError(f"{name} has no column {sorted(unknown)}")
    return pd.DataFrame(
        {
            f["name"]: pd.Series([row.get(f["name"]) for row in given], dtype="object")
            .replace("", None)
            .astype(_DTYPES[f["type"]])
            for f in schema["fields"]
        }
    )
