"""Where are the food shops, and where are there none, not even next door?

The national file of equipment counts shops by IRIS: no opening hours, no price, no market, no
surface. So no distance is computed from it. *Indice de sous-équipement* says only whether an IRIS,
or one that touches it, has a shop that sells everyday food. It is a convention of the project, not
an official definition (METHODS 4.9).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import geopandas as gpd
import numpy as np
import pandas as pd

HERE, NEXT_DOOR, NONE = 0, 1, 2
LEVELS = {
    HERE: "au moins un commerce dans l'IRIS",
    NEXT_DOOR: "aucun dans l'IRIS, au moins un dans un IRIS voisin",
    NONE: "aucun dans l'IRIS ni dans les IRIS voisins",
}
"""Levels of the index of under-equipment, in words."""
UNKNOWN = 3
"""Level of an IRIS where a shop that is not placed could stand."""
SLIVER = 1.0
"""Length in metres under which a common border is a fault of drawing, not a border."""


def counts_by_place(shops: pd.DataFrame, place: str, places: pd.Index) -> pd.DataFrame:
    """Count the shops of each type in each place.

    Parameters
    ----------
    shops : DataFrame
        One row a place and type: ``place``, ``type``, ``nombre``.
    place : str
        Column that names the place (``iris``, ``commune``).
    places : Index
        All the places, so that a place without a shop has a line of zeros.

    Returns
    -------
    DataFrame of int
        Indexed by place, one column a type.
    """
    table = shops.pivot_table(index=place, columns="type", values="nombre", aggfunc="sum")
    return table.reindex(places).fillna(0).astype(int)


def per_thousand(count: pd.Series, population: pd.Series, smallest: float) -> pd.Series:
    """Return shops per 1,000 inhabitants, missing where too few people live.

    Parameters
    ----------
    count : Series
        Shops by place.
    population : Series
        Inhabitants, same index.
    smallest : float
        Inhabitants under which no rate is given.
    """
    lived = population.where(population >= smallest)
    return 1000 * count / lived


def communes_table(
    food: pd.DataFrame,
    everyday: pd.DataFrame,
    legal: pd.DataFrame,
    smallest: float,
    unknown: Iterable[str] = (),
) -> pd.DataFrame:
    """Count shops and their rate in each commune.

    Parameters
    ----------
    food, everyday : DataFrame
        Shops of all food types and of everyday food: ``iris``, ``commune``, ``type``, ``nombre``.
    legal : DataFrame
        ``valeur`` (inhabitants) and ``nom``, indexed by code of commune.
    smallest : float
        Inhabitants under which no rate is given.
    unknown : iterable of str
        Communes of which nothing is known (`without_any_row`): their counts are missing, not zero.

    Returns
    -------
    DataFrame
        Indexed by commune: ``nom``, ``population``, ``commerces``, ``courants``, ``non_places``,
        ``pour_mille`` (food shops for 1,000 inhabitants).
    """
    lost = food[food["iris"].isna()]
    found = {
        name: counts_by_place(table, "commune", legal.index).sum(axis=1)
        for name, table in (("commerces", food), ("courants", everyday), ("non_places", lost))
    }
    if silent := list(unknown):
        found = {name: count.mask(count.index.isin(silent)) for name, count in found.items()}
    rate = per_thousand(found["commerces"], legal["valeur"], smallest)
    return pd.DataFrame(
        {"nom": legal["nom"], "population": legal["valeur"], **found, "pour_mille": rate}
    )


def without_any_row(
    counted: pd.DataFrame, communes: pd.Index, outside: Collection[str]
) -> list[str]:
    """Return the communes whose shops may stand under a code that nothing ties to them.

    A commune without a row has no equipment at all, unless the file holds communes that could not
    be placed: then it may be one of them.

    Parameters
    ----------
    counted : DataFrame
        Equipment of all types: ``commune``.
    communes : Index
        All the communes.
    outside : collection of str
        Communes of the file that were left out.
    """
    return list(communes.difference(counted["commune"].unique())) if outside else []


def neighbours(iris: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the pairs of IRIS that have a common border.

    Parameters
    ----------
    iris : GeoDataFrame
        A coverage in metres (EPSG:2154), indexed by code: no gap, no overlap.

    Returns
    -------
    DataFrame
        ``iris``, ``voisin``: each pair both ways. Places that meet at a point only are no
        neighbours.

    Raises
    ------
    ValueError
        When the coordinates are not in metres.
    """
    if iris.crs is None or not iris.crs.is_projected:
        raise ValueError(f"neighbours need a projected CRS in metres, not {iris.crs}")
    shapes = iris.geometry
    left, right = shapes.sindex.query(shapes, predicate="intersects")
    pairs = pd.DataFrame({"iris": iris.index[left], "voisin": iris.index[right]})
    pairs = pairs[left != right].reset_index(drop=True)
    near = shapes.loc[pairs["iris"]].reset_index(drop=True)
    other = shapes.loc[pairs["voisin"]].reset_index(drop=True)
    border = near.intersection(other, align=False).length
    return pairs[border > SLIVER].sort_values(["iris", "voisin"], ignore_index=True)


def under_equipment(count: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """Return the level of under-equipment of each IRIS.

    Parameters
    ----------
    count : Series of int
        Shops that sell everyday food, by IRIS, zero included.
    pairs : DataFrame
        From `neighbours`.

    Returns
    -------
    Series of int
        One of `LEVELS`.

    Raises
    ------
    ValueError
        When a neighbour has no count: unknown is not none.
    """
    unknown = set(pairs["voisin"]) - set(count.index)
    if unknown:
        raise ValueError(f"no count of shops for {sorted(unknown)[:3]}")
    around = count.reindex(pairs["voisin"]).groupby(pairs["iris"].to_numpy()).sum()
    near = around.reindex(count.index, fill_value=0)
    level = np.select([count > 0, near > 0], [HERE, NEXT_DOOR], NONE)
    return pd.Series(level, count.index, name="sous_equipement")


def possible_levels(
    count: pd.Series, aside: pd.Series, communes: pd.Series, pairs: pd.DataFrame
) -> pd.Series:
    """Return the level of under-equipment of each IRIS, missing where a shop could change it.

    A shop that the file places in a commune but in none of its IRIS may stand in any of them.

    Parameters
    ----------
    count : Series of int
        Shops that sell everyday food, by IRIS, zero included.
    aside : Series of int
        Such shops not placed in an IRIS, by commune.
    communes : Series of str
        Commune of each IRIS, index of ``count``.
    pairs : DataFrame
        From `neighbours`.

    Returns
    -------
    Series of float
        One of `LEVELS`, missing where the shops not placed might give a better one.
    """
    level = under_equipment(count, pairs)
    at_best = under_equipment(count + communes.map(aside).fillna(0).astype(int), pairs)
    return level.astype(float).where(level == at_best)


def crossed(levels: pd.Series, classes: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Count IRIS and inhabitants by level of under-equipment and class of risk.

    Parameters
    ----------
    levels : Series
        From `possible_levels`; missing is unknown, under `UNKNOWN` in the result.
    classes : Series
        Class of relative risk, missing without a score, under 0 in the result.
    population : Series
        Inhabitants, same index.

    Returns
    -------
    DataFrame
        Indexed by (``classe``, ``niveau``): ``iris``, ``population``. Inhabitants add up to the
        whole territory.
    """
    keys = [
        classes.fillna(0).astype(int).rename("classe"),
        levels.fillna(UNKNOWN).astype(int).rename("niveau"),
    ]
    grouped = population.groupby(keys)
    return pd.DataFrame({"iris": grouped.size(), "population": grouped.sum()})


def unlocated(shops: pd.DataFrame) -> tuple[int, int]:
    """Return how many shops the file places in a commune but in none of its IRIS, and in all."""
    lost = shops.loc[shops["iris"].isna(), "nombre"].sum()
    return int(lost), int(shops["nombre"].sum())


def everyday_count(reach: pd.DataFrame) -> pd.Series:
    """Return the everyday food shops known in each IRIS, missing where zero may be false.

    Parameters
    ----------
    reach : DataFrame
        From `everyday_by_iris`.

    Returns
    -------
    Series of float
        None is placed in an IRIS whose level is not known: that is no zero.
    """
    count = reach.drop(columns="niveau").sum(axis=1).astype(float)
    return count.mask((count == 0) & reach["niveau"].isna())


def everyday_by_iris(
    counted: pd.DataFrame, types: pd.DataFrame, iris: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Return the everyday food shops of each IRIS and its level of under-equipment.

    Parameters
    ----------
    counted : DataFrame
        Equipment of the territory: ``code_iris`` (missing when not placed), ``commune``, ``type``,
        ``nombre``.
    types : DataFrame
        From `diagalim.sources.official.equipment.equipment_types`: ``courant``.
    iris : GeoDataFrame
        A coverage in metres, indexed by ``code_iris``; ``commune`` (code).

    Returns
    -------
    DataFrame
        Indexed as ``iris``: one column of counts a type of everyday food, then ``niveau`` (missing
        where shops that are not placed could change it).
    """
    everyday = types.index[types["courant"]]
    shops = counted[counted["type"].isin(everyday)]
    inside = shops["code_iris"].where(shops["code_iris"].isin(iris.index))
    placed = shops.assign(iris=inside)
    counts = counts_by_place(placed, "iris", iris.index).reindex(columns=everyday, fill_value=0)
    aside = placed[placed["iris"].isna()].groupby("commune")["nombre"].sum()
    level = possible_levels(counts.sum(axis=1), aside, iris["commune"], neighbours(iris))
    return counts.assign(niveau=level)
