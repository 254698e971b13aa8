"""One form for what every tool says of a place: three tables, with where each value comes from.

A record is what one tool says of one place. The same place may have several records, in several
tools or twice in one: they are not merged here, so counts are of records, never of places. What a
tool does not say is missing: a capacity, an opening hour or a price is never made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from diagalim.analysis.geo.commune_codes import Cog
from diagalim.collected.inventory.location import placed
from diagalim.settings.codes import COMMUNE_FORM, COMMUNE_LENGTH
from diagalim.sources.schemas import SCHEMA_DIR, load_schema
from diagalim.workspace.paths import project_root

TOOLS = ("soliguide", "data_inclusion", "osm", "tableur")
PLACES, SERVICES, STOPS = "inventaire_lieux", "inventaire_services", "inventaire_arrets"
FROM_TOOL, NOT_PLACED = "source", "non placé"
NO_FOOD = "sans aide alimentaire"
UNNAMED = "sans nom"
UNKNOWN_KIND = "aide alimentaire d'un type non reconnu"
LOST_STOP = "arrêt de tournée : {}"
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
        How many records of the files are not counted, and why, in French.
    remarks : Counter of str
        What was mended or refused in those that are, in French.
    """

    places: pd.DataFrame
    services: pd.DataFrame
    stops: pd.DataFrame
    left_out: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)


def inventory(
    places: Iterable[Mapping[str, Any]],
    services: Iterable[Mapping[str, Any]],
    stops: Iterable[Mapping[str, Any]] = (),
    left_out: Mapping[str, int] | None = None,
    remarks: Mapping[str, int] | None = None,
) -> Inventory:
    """Make the tables of what a tool says; a value that is not given is missing."""
    return Inventory(
        _table(places, PLACES),
        _table(services, SERVICES),
        _table(stops, STOPS),
        +Counter(left_out or {}),
        +Counter(remarks or {}),
    )


def no_record() -> Inventory:
    """Return the tables of an inventory that no tool fills: its columns, and no row."""
    return inventory((), ())


def together(parts: Iterable[Inventory]) -> Inventory:
    """Return the records of several tools, one after the other, none merged with another."""
    read = list(parts)
    return Inventory(
        pd.concat([part.places for part in read], ignore_index=True),
        pd.concat([part.services for part in read], ignore_index=True),
        pd.concat([part.stops for part in read], ignore_index=True),
        sum((part.left_out for part in read), Counter()),
        sum((part.remarks for part in read), Counter()),
    )


def located(found: Inventory, iris: gpd.GeoDataFrame, cog: Cog | None = None) -> Inventory:
    """Give its commune and its IRIS to every record, and leave out those of elsewhere.

    Parameters
    ----------
    found : Inventory
        Records of the tools.
    iris : GeoDataFrame
        Outlines indexed by ``code_iris``, with ``commune``.
    cog : Cog, optional
        What is known of the codes of communes, to follow those of another year.

    Returns
    -------
    Inventory
        By the rule of `diagalim.collected.inventory.location`, the same for the stops of a
        round. What is left out goes with its services and stops, counted in ``left_out``; what was
        mended or refused of those that stay is counted in ``remarks``.
    """
    places, reason, remarks = placed(found.places, iris, cog)
    kept = set(places.loc[reason.isna(), "lieu_id"])
    services = found.services[found.services["lieu_id"].isin(kept)]
    of_kept = found.stops["service_id"].isin(services["service_id"])
    stops, lost, of_stops = placed(found.stops[of_kept], iris, cog)
    lost_stops = Counter(LOST_STOP.format(why) for why in lost.dropna())
    return Inventory(
        places[reason.isna()].reset_index(drop=True),
        services.reset_index(drop=True),
        stops[lost.isna()].reset_index(drop=True),
        found.left_out + Counter(reason.dropna()),
        found.remarks + remarks + of_stops + lost_stops,
    )


def commune_code(stated: str | None) -> str | None:
    """Return a code of commune of the right form, else None.

    « 1004 » and « 1004.0 » are 01004 as a spreadsheet, or pandas, wrote it: a number.
    """
    said = re.sub(r"\.0$", "", (stated or "").strip())
    said = said.zfill(COMMUNE_LENGTH) if re.fullmatch(r"\d{4}", said) else said
    return said if re.fullmatch(COMMUNE_FORM, said) else None


def _table(rows: Iterable[Mapping[str, Any]], name: str) -> pd.DataFrame:
    schema = load_schema(project_root() / SCHEMA_DIR / "collecte" / f"{name}.json")
    given = list(rows)
    said = {key for row in given for key in row}
    unknown = said - {f["name"] for f in schema["fields"]}
    if unknown:
        raise KeyError(f"{name} has no column {sorted(unknown)}")
    return pd.DataFrame(
        {f["name"]: _column(given, f["name"], f["type"], said) for f in schema["fields"]}
    )


def _column(given: list[Mapping[str, Any]], name: str, kind: str, said: set[str]) -> pd.Series:
    """Make one column; a text that is empty says nothing."""
    values = [row.get(name) for row in given] if name in said else [None] * len(given)
    told = [None if value == "" else value for value in values]
    return pd.Series(told, dtype="object").astype(_DTYPES[kind])
