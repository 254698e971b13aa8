"""What do sentences and recommendations quote of the records of food aid?

Counts are of records, since the records of several tools are not merged yet: the same place may
stand in each of them. Without a record nothing is stated: unknown is not zero.
"""

from __future__ import annotations

from collections import Counter

import geopandas as gpd
import pandas as pd

from diagalim.analysis.offer.freshness import FRESH
from diagalim.analysis.offer.inventory import DISTANCE_BREAKS
from diagalim.chapter.aid_words import TYPES, tools_of
from diagalim.collected.inventory.closing import CLOSED, NOT_PUBLISHED
from diagalim.collected.inventory.location import (
    DISAGREES,
    NO_COMMUNE,
    OLD_CODE,
    OUTSIDE,
    SWAPPED,
    UNUSABLE,
)
from diagalim.collected.inventory.partner import NAME_AND_CODE
from diagalim.collected.inventory.records import LOST_STOP, NO_FOOD, UNKNOWN_KIND, Inventory
from diagalim.wording import french

FAR = 2000
"""Metres of a straight line that few people walk (project's convention), one of the breaks."""
READING = {
    OUTSIDE: "hors_departement",
    NO_COMMUNE: "sans_commune",
    CLOSED: "fermees",
    NOT_PUBLISHED: "non_publiees",
    DISAGREES: "points_contredits",
    UNUSABLE: "points_inutilisables",
    SWAPPED: "points_remis",
    OLD_CODE: "anciens_codes",
    NAME_AND_CODE: "noms_contredits",
    LOST_STOP.format(OUTSIDE): "arrets_hors_departement",
    LOST_STOP.format(NO_COMMUNE): "arrets_sans_commune",
}
"""How the fact of each reason to leave out or mend a record ends (``lecture_…``)."""


def of_records(services: pd.DataFrame, states: pd.Series) -> dict[str, int | float | str]:
    """Return how many records there are and how many say what is asked of them.

    Parameters
    ----------
    services : DataFrame
        From `diagalim.analysis.offer.inventory.receiving`.
    states : Series
        Freshness of each of them.
    """
    if services.empty:
        return {}
    kinds = services["type_aide"].value_counts()
    freely = services["acces"].fillna("").str.split(";").map(lambda ways: "libre" in ways)
    return {
        "fiches_services": len(services),
        "outils_lus": french.listed(tools_of(services)),
        "sites_capacite_connue": _said(services, "capacite"),
        "sites_capacite_inconnue": len(services) - _said(services, "capacite"),
        "repas_service_inconnu": int((services["type_aide"] == "repas").sum()),
        "part_perimes": 100 * float((states != FRESH).mean()),
        "acces_libre": int(freely.sum()),
        "acces_dit": _said(services, "acces"),
        "tension_connue": _said(services, "tension"),
        "tension_forte": int((services["tension"] == "forte").sum()),
        "type_premier": TYPES[kinds.index[0]].lower(),
        "type_premier_nombre": int(kinds.iloc[0]),
    }


def _said(services: pd.DataFrame, column: str) -> int:
    return int(services[column].notna().sum())


def of_reading(tools: Inventory, aside: pd.Series) -> dict[str, int | None]:
    """Return how many records were set aside, left out or mended; a reason that is none is not.

    Parameters
    ----------
    tools : Inventory
        From `diagalim.collected.inventory.gather.gather`.
    aside : Series
        From `diagalim.analysis.offer.inventory.set_aside`.
    """
    if tools.services.empty:
        return {}
    counted = Counter(tools.left_out) + Counter(tools.remarks)
    stated = {f"lecture_{end}": counted[reason] or None for reason, end in READING.items()}
    without_aid = counted[NO_FOOD] + counted[UNKNOWN_KIND]
    return {"fiches_ecartees": int(aside.sum()), "fiches_hors_sujet": without_aid} | stated


def of_access(
    services: pd.DataFrame, placed: gpd.GeoDataFrame, distances: pd.DataFrame
) -> dict[str, int | float | str]:
    """Return how many services have a point, and who lives far from the nearest of them.

    Parameters
    ----------
    services : DataFrame
        All of them.
    placed : GeoDataFrame
        From `diagalim.analysis.offer.inventory.points`.
    distances : DataFrame
        From `diagalim.analysis.offer.inventory.by_distance`; empty when no service has a point.
    """
    if services.empty:
        return {}
    found = int(services["service_id"].isin(placed["service_id"]).sum())
    stated = {"fiches_placees": found, "fiches_non_placees": len(services) - found}
    return stated if distances.empty else stated | _far(distances)


def _far(distances: pd.DataFrame) -> dict[str, float | str]:
    far = distances.iloc[DISTANCE_BREAKS.index(FAR) + 1 :].sum()
    return {
        "distance_loin": french.with_unit(FAR / 1000, "km"),
        "habitants_loin": float(far["population"]),
        "habitants_loin_exposes": float(far["population_haute"]),
    }


def of_licences(listed: pd.DataFrame, running: pd.Series) -> dict[str, int]:
    """Return how many bodies hold a licence, and how many of the lists have lapsed."""
    if listed.empty:
        return {}
    return {
        "habilitations_en_cours": int(running.sum()),
        "habilitations_expirees": int((~running).sum()),
        "habilitations_sans_siret": int(listed["siret"].isna().sum()),
    }
