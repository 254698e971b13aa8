"""What do the tools say of food aid, what do they not say, and how old is it?

``inventaire.yml`` writes these tables. No table names a place: this is no directory. Where no tool
has a record a table has no row: unknown is no column of zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from diagalim.analysis.offer import inventory
from diagalim.analysis.offer.freshness import FRESH, STATES
from diagalim.analysis.offer.inventory import ASKED, DISTANCE_BREAKS, GROUPS
from diagalim.analysis.offer.licences import KINDS, NATIONAL, REGIONAL
from diagalim.chapter.aid_words import ACCESS, TOOLS, TYPES, tool_of
from diagalim.chapter.offer_words import french_order
from diagalim.chapter.point_map import point_map
from diagalim.wording import french

LICENCES = {
    "nationale": "Organisme habilité, habilitation nationale",
    "regionale": "Organisme habilité, habilitation régionale",
    "de_droit": "Organisme public (CCAS, CIAS, commune), sans habilitation nécessaire",
    "inconnue": "Inconnue : pas de numéro, ou organisme absent des listes",
}
AGES = {
    "à jour": "Vérifié depuis moins d'un an",
    "périmé": "Périmé : plus d'un an",
    "très périmé": "Très périmé : plus de deux ans",
    "non daté": "Non daté",
}
TENSIONS = ("faible", "modérée", "forte")

Table = Callable[..., pd.DataFrame]


def of_records(make: Table) -> Table:
    """Make a table whose first argument is the services empty where there is none of them."""

    @wraps(make)
    def table(services: pd.DataFrame, *others: object) -> pd.DataFrame:
        return pd.DataFrame() if services.empty else make(services, *others)

    return table


def _by_tool(rows: pd.Series, order: list[str], services: pd.DataFrame) -> pd.DataFrame:
    table = pd.crosstab(rows, tool_of(services))
    table = table.reindex(index=order, columns=list(TOOLS), fill_value=0)
    return table.assign(total=table.sum(axis=1)).rename(columns=TOOLS)


@of_records
def types(services: pd.DataFrame) -> pd.DataFrame:
    """Return the records of each tool by type of aid."""
    table = _by_tool(services["type_aide"], list(TYPES), services)
    table.loc["total"] = table.sum()
    return table.rename(index=TYPES | {"total": "Ensemble"})


@of_records
def ages(services: pd.DataFrame, states: pd.Series) -> pd.DataFrame:
    """Return the age of the records, tool by tool."""
    return _by_tool(states, list(STATES), services).rename(index=AGES)


@of_records
def known(services: pd.DataFrame) -> pd.DataFrame:
    """Return what the records say of what is asked, the least known last."""
    table = inventory.known(services).sort_values("connus", ascending=False, kind="stable")
    return table.assign(part=100 * table["connus"] / len(services)).rename(index=ASKED)


@of_records
def tension(services: pd.DataFrame) -> pd.DataFrame:
    """Return the records by level of tension, the unknown on a line of their own."""
    counts = services["tension"].value_counts().reindex(list(TENSIONS), fill_value=0)
    counts["inconnue"] = services["tension"].isna().sum()
    return counts.rename(index=str.capitalize).to_frame("fiches")


@of_records
def access(services: pd.DataFrame) -> pd.DataFrame:
    """Return the records by condition of access, those that say none on a line of their own."""
    ways = services["acces"].dropna().str.split(";").explode().value_counts()
    counts = ways.reindex(list(ACCESS), fill_value=0).rename(index=ACCESS)
    counts["Conditions non dites"] = services["acces"].isna().sum()
    return counts.to_frame("fiches")


@of_records
def communes(services: pd.DataFrame, states: pd.Series, names: Mapping[str, str]) -> pd.DataFrame:
    """Return records by commune: by group of aid, and the share not checked within a year."""
    counts = inventory.by_commune(services)
    table = counts.where(counts > 0)
    table["perimes"] = 100 * (states != FRESH).groupby(services["code_insee"]).mean()
    table.index = [french.place_name(names.get(code, code)) for code in table.index]
    return table.sort_index(key=french_order)


def distances(metres: pd.Series | None, iris: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return IRIS and inhabitants by distance to the nearest service; no row when none has a point.

    Parameters
    ----------
    metres : Series or None
        From `diagalim.analysis.offer.inventory.nearest_aid`.
    iris : DataFrame
        ``population``, ``classe``.
    top : int
        The highest class of relative risk.
    """
    if metres is None:
        return pd.DataFrame()
    table = inventory.by_distance(metres, iris["population"], iris["classe"], top)
    ends = [french.with_unit(d, "m") if d < 1000 else french.with_unit(d / 1000, "km")
            for d in DISTANCE_BREAKS]  # fmt: skip
    inner = [f"De {a} à moins de {b}" for a, b in zip(ends, ends[1:], strict=False)]
    return table.set_axis([f"Moins de {ends[0]}", *inner, f"{ends[-1]} et plus"])


def licences(kinds: pd.Series, listed: pd.DataFrame, running: pd.Series) -> pd.DataFrame:
    """Return records by kind of licence of their body, and the licences of the lists.

    Parameters
    ----------
    kinds : Series
        From `diagalim.analysis.offer.licences.licence_of`.
    listed : DataFrame
        The lists.
    running : Series
        Which of their lines are in force.
    """
    if listed.empty:
        return pd.DataFrame()
    bodies = listed.loc[running, "type_habilitation"].value_counts()
    table = pd.DataFrame({"fiches": kinds.value_counts().reindex(list(KINDS), fill_value=0)})
    table["organismes"] = bodies.reindex([NATIONAL, REGIONAL], fill_value=0)
    return table.rename(index=LICENCES)


def drawn(placed: gpd.GeoDataFrame, outlines: gpd.GeoDataFrame) -> Figure | None:
    """Return the printed map of the records that have a point; None when none has."""
    return None if placed.empty else point_map(placed, list(GROUPS), outlines)
