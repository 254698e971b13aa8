"""Which sites of aid may a map name, and where are they?

One row is one record at one point: a round has a row at each of its stops. A record without a point
keeps its row, for the table beside the map says what the map cannot show. A place whose address is
kept secret is in neither, nor a warehouse, nor a place closed for good.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.offer.inventory import group_of

KEPT = (
    *("service_id", "nom", "code_insee", "type_aide", "groupe", "lon", "lat"),
    *("acces", "horaires", "horaires_texte", "fermetures", "tension", "date_verification"),
    "source_ids",
)
"""What a reader is told of a site; no address, telephone, mail nor number of places."""


def sites(services: pd.DataFrame, stops: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the sites that may be named, with what their record says.

    Parameters
    ----------
    services : DataFrame
        From `diagalim.analysis.offer.inventory.open_services`: no warehouse, no closed place.
    stops : DataFrame
        Stops of the rounds.
    places : DataFrame
        ``lieu_id``, ``nom``.

    Returns
    -------
    DataFrame
        Columns `KEPT`, sorted by commune, name and type; ``lon`` and ``lat`` missing where the
        record has no point.
    """
    shown = services[~services["confidentiel"].fillna(False).astype(bool)]
    named = shown.join(places.set_index("lieu_id")["nom"], on="lieu_id")
    named = named.assign(groupe=group_of(named["type_aide"]))
    halts = stops[stops["service_id"].isin(named["service_id"])]
    fixed = named[~named["service_id"].isin(halts["service_id"])]
    both = pd.concat([fixed[list(KEPT)], _at_stops(named, halts)], ignore_index=True)
    order = ["code_insee", "nom", "type_aide", "service_id"]
    return both.sort_values(order, kind="stable", ignore_index=True)


def _at_stops(named: pd.DataFrame, halts: pd.DataFrame) -> pd.DataFrame:
    """Return one row a stop, with its own commune, point and hours; the rest is of the round."""
    own = ["code_insee", "lon", "lat", "horaires"]
    rounds = named.drop(columns=own).set_index("service_id")
    told = halts[["service_id", "rang", "nom", *own]].rename(columns={"nom": "arret"})
    rows = told.join(rounds, on="service_id")
    stop = rows["arret"].fillna("arrêt " + rows["rang"].astype("string"))
    # what the record says in words is of the whole round: a stop without hours has unknown ones
    rows = rows.assign(nom=rows["nom"] + " – " + stop, horaires_texte=pd.NA)
    return rows[list(KEPT)]
