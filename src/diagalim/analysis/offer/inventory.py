"""What is known of each record of food aid, and how far is the nearest one from where people live?

Records of several tools are not merged: the same place may count several times, so nothing here is
a number of places. What a tool does not say stays unknown: capacity above all is never worked out
from anything else (METHODS 4.2). A distance is a straight line from the centre of an IRIS: a first
form, which says nothing of roads, opening hours nor of who is received.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

GROUPS = {
    "Colis": ("colis", "colis_bebe"),
    "Épicerie sociale ou solidaire": ("epicerie",),
    "Repas": ("repas", "repas_assis", "repas_emporter"),
    "Tournée de rue": ("maraude",),
    "Bon ou chèque": ("bon_cheque",),
    "Autour de l'aide": ("frigo", "cuisine", "atelier", "jardin", "eau", "achat_groupe"),
}
"""Types of aid as readers look for them (METHODS 4.3); a warehouse receives nobody: in none."""
SUPPLY = ("colis", "epicerie", "repas", "repas_assis", "repas_emporter", "maraude", "bon_cheque")
"""Types that give food to those who need it: what access is measured to (METHODS 4.10)."""
WAREHOUSE = "logistique"
ASKED = {
    "horaires": "Horaires",
    "acces": "Conditions d'accès",
    "publics": "Publics reçus",
    "frais": "Prix",
    "tension": "Niveau de tension",
    "capacite": "Capacité d'accueil",
}
"""What a professional asks of a service, by column."""
DISTANCE_BREAKS = (500, 1000, 2000, 5000)
"""Metres, straight line: from a few minutes on foot to a journey (convention of the project)."""


def open_services(
    places: pd.DataFrame, services: pd.DataFrame, today: str | pd.Timestamp
) -> pd.DataFrame:
    """Return the services that people may go to, with what is known of where they are.

    Parameters
    ----------
    places, services : DataFrame
        Tables of the inventory.
    today : date
        Reference date: a place closed for good by then is left out.

    Returns
    -------
    DataFrame
        Services without warehouses nor closed places, with ``code_insee``, ``iris``, ``lon``,
        ``lat``, ``itinerant``, ``confidentiel`` and ``statut_juridique`` of their place, and
        ``suspendu``: closed on that day until nobody knows when. Such a service is shown with its
        closure, and is no supply (`receiving`).
    """
    where = ["code_insee", "iris", "lon", "lat", "itinerant", "confidentiel", "statut_juridique"]
    closed = places["ferme_le"].notna() & (places["ferme_le"] <= pd.Timestamp(today))
    standing = places.loc[~closed].set_index("lieu_id")[where]
    here = services[services["type_aide"] != WAREHOUSE]
    here = here.assign(suspendu=[_suspended(said, today) for said in here["fermetures"]])
    return here.join(standing, on="lieu_id", how="inner").reset_index(drop=True)


def receiving(services: pd.DataFrame) -> pd.DataFrame:
    """Return the services of `open_services` that are not closed without a date of return."""
    return services[~services["suspendu"].astype(bool)].reset_index(drop=True)


def _suspended(closures: object, today: str | pd.Timestamp) -> bool:
    """Tell whether one of some closures has begun and nobody says when it ends."""
    periods = [] if pd.isna(closures) else [one.partition("/") for one in str(closures).split(";")]
    return any(
        slash and not end and (not start or pd.Timestamp(start) <= pd.Timestamp(today))
        for start, slash, end in periods
    )


def set_aside(places: pd.DataFrame, services: pd.DataFrame, today: str | pd.Timestamp) -> pd.Series:
    """Count the records that are no supply on that day (see `receiving`), by reason."""
    closed = places["ferme_le"].notna() & (places["ferme_le"] <= pd.Timestamp(today))
    shut = services["lieu_id"].isin(places.loc[closed, "lieu_id"])
    stored = (services["type_aide"] == WAREHOUSE) & ~shut
    suspended = pd.Series(
        [_suspended(said, today) for said in services["fermetures"]], services.index
    )
    counted = {
        "fermé définitivement": shut,
        "fermé sans date de retour": suspended & ~shut & ~stored,
        "entrepôt": stored,
    }
    return pd.Series({reason: int(rows.sum()) for reason, rows in counted.items()})


def group_of(types: pd.Series) -> pd.Series:
    """Return the group of each type of aid, missing for a warehouse."""
    names = {kind: name for name, kinds in GROUPS.items() for kind in kinds}
    return types.map(names).rename("groupe")


def known(services: pd.DataFrame) -> pd.DataFrame:
    """Return how many services say each thing that is asked of them.

    Returns
    -------
    DataFrame
        Indexed by the columns of `ASKED`: ``connus``, ``inconnus``.
    """
    found = services[list(ASKED)].notna().sum()
    return pd.DataFrame({"connus": found, "inconnus": len(services) - found})


def by_commune(services: pd.DataFrame) -> pd.DataFrame:
    """Count services by commune and group of aid; a commune without any has no line."""
    return pd.crosstab(services["code_insee"], group_of(services["type_aide"])).reindex(
        columns=list(GROUPS), fill_value=0
    )


def points(services: pd.DataFrame, stops: pd.DataFrame, crs: str) -> gpd.GeoDataFrame:
    """Return where services are, those of a round at each of its stops.

    Parameters
    ----------
    services : DataFrame
        From `open_services`.
    stops : DataFrame
        Stops of the rounds.
    crs : str
        In metres.

    Returns
    -------
    GeoDataFrame
        ``service_id``, ``type_aide``, ``groupe``, point. A service without a point is not there,
        nor one whose address is kept secret.
    """
    open_ones = services[~services["confidentiel"].fillna(False).astype(bool)]
    of_round = open_ones["service_id"].isin(stops["service_id"])
    halts = stops[["service_id", "lon", "lat"]].merge(
        open_ones[["service_id", "type_aide"]], on="service_id"
    )
    fixed = open_ones.loc[~of_round, ["service_id", "type_aide", "lon", "lat"]]
    both = pd.concat([fixed, halts], ignore_index=True).dropna(subset=["lon", "lat"])
    both["groupe"] = group_of(both["type_aide"])
    shapes = gpd.points_from_xy(both["lon"].astype(float), both["lat"].astype(float))
    placed = gpd.GeoDataFrame(
        both[["service_id", "type_aide", "groupe"]], geometry=shapes, crs="EPSG:4326"
    )
    return placed.to_crs(crs).reset_index(drop=True)


def nearest(origins: gpd.GeoSeries, services: gpd.GeoDataFrame) -> pd.Series:
    """Return how far the nearest service is from each origin, in metres and in a straight line.

    Parameters
    ----------
    origins : GeoSeries
        Points, indexed by place.
    services : GeoDataFrame
        Points in the same projected CRS; of at least one service.

    Raises
    ------
    ValueError
        When the coordinates are not in metres or differ, or there is no service.
    """
    if origins.crs is None or not origins.crs.is_projected or origins.crs != services.crs:
        raise ValueError(f"one projected CRS is needed, not {origins.crs} and {services.crs}")
    if services.empty:
        raise ValueError("no service to measure to: unknown is not far")
    (rows, _), metres = services.sindex.nearest(
        origins.to_numpy(), return_all=False, return_distance=True
    )
    return pd.Series(metres, origins.index[rows], name="distance").reindex(origins.index)


def nearest_aid(
    origins: gpd.GeoSeries, services: pd.DataFrame, stops: pd.DataFrame
) -> pd.Series | None:
    """Return how far the nearest service that gives food is from each origin, in metres.

    Parameters
    ----------
    origins : GeoSeries
        Points in a projected CRS, indexed by place.
    services : DataFrame
        From `open_services`.
    stops : DataFrame
        Stops of the rounds.

    Returns
    -------
    Series or None
        As `nearest`; None when no such service has a point: unknown is not far.
    """
    placed = points(receiving(services), stops, origins.crs)
    supply = placed[placed["type_aide"].isin(SUPPLY)]
    return None if supply.empty else nearest(origins, supply)


def by_distance(
    distance: pd.Series, population: pd.Series, classes: pd.Series, top: int
) -> pd.DataFrame:
    """Count IRIS and inhabitants by distance to the nearest service.

    Parameters
    ----------
    distance : Series
        Metres, by IRIS.
    population, classes : Series
        Inhabitants and class of relative risk, same index.
    top : int
        The highest class.

    Returns
    -------
    DataFrame
        Indexed by class of distance (0 is under the first of `DISTANCE_BREAKS`): ``iris``,
        ``population``, ``population_haute`` (living in class ``top``).
    """
    steps = pd.Series(np.searchsorted(DISTANCE_BREAKS, distance, side="right"), distance.index)
    grouped = pd.DataFrame(
        {"population": population, "population_haute": population.where(classes == top, 0.0)}
    ).groupby(steps)
    table = grouped.sum().assign(iris=grouped.size())
    return table.reindex(range(len(DISTANCE_BREAKS) + 1), fill_value=0)
