"""All that the tools of a study say of the places of food aid, in one set of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd

from diagalim.analysis.geo.commune_codes import Cog
from diagalim.collected.inventory.data_inclusion import read_data_inclusion
from diagalim.collected.inventory.osm import read_osm
from diagalim.collected.inventory.partner import read_partner_list
from diagalim.collected.inventory.records import Inventory, located, together
from diagalim.collected.inventory.soliguide import read_soliguide
from diagalim.collected.reports.reporting import read_report
from diagalim.sources.schemas import SCHEMA_DIR, load_schema
from diagalim.workspace.paths import project_root

SOLIGUIDE, DATA_INCLUSION, OSM, PARTNER = "soliguide", "data_inclusion", "osm", "tableur_partenaire"
INPUTS = (SOLIGUIDE, DATA_INCLUSION, OSM, PARTNER)
"""Collected inputs that an inventory is made of, by their key in the territory file."""


def read_tool(
    name: str,
    files: Sequence[Path],
    nature: str = "collecté",
    names: Mapping[str, str] | None = None,
) -> Inventory:
    """Read what one tool says.

    Parameters
    ----------
    name : str
        One of `INPUTS`.
    files : sequence of Path
        Its file, or its two files (data.inclusion).
    nature : str
        Nature of the records.
    names : mapping of str to str, optional
        Name of each commune known, by code.

    Raises
    ------
    InputError
        Everything wrong with the file.
    """
    if name == DATA_INCLUSION:
        return read_data_inclusion(files, nature)
    if name == PARTNER:
        schema = load_schema(project_root() / SCHEMA_DIR / "collecte" / f"{PARTNER}.json")
        return read_partner_list(read_report(files[0], schema).table, nature, names)
    return (read_soliguide if name == SOLIGUIDE else read_osm)(files[0], nature)


def gather(
    files: Mapping[str, Sequence[Path]],
    iris: gpd.GeoDataFrame,
    nature: str = "collecté",
    cog: Cog | None = None,
) -> Inventory | None:
    """Read all the tools that a study has, and give each record its IRIS.

    Parameters
    ----------
    files : mapping of str to sequence of Path
        Files of each input; an input without a file is passed over.
    iris : GeoDataFrame
        Outlines indexed by ``code_iris``.
    nature : str
        Nature of the records.
    cog : Cog, optional
        What is known of the codes of communes, to follow those of another year.

    Returns
    -------
    Inventory or None
        None when no tool has a file. Records are not merged across tools.
    """
    names = commune_names(iris) | dict(cog.names if cog else {})
    read = [read_tool(name, files[name], nature, names) for name in INPUTS if files.get(name)]
    return located(together(read), iris, cog) if read else None


def commune_names(iris: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the name of each commune of the outlines, by its code."""
    if "nom_commune" not in iris:
        return {}
    return dict(zip(iris["commune"], iris["nom_commune"], strict=True))
