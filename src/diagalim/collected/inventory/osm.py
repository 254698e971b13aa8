"""What does OpenStreetMap say? An export of Overpass, under the ODbL.

A tag of food bank is put on warehouses and on points of distribution alike. A shared kitchen or a
drinking fountain is not food aid to someone who is hungry: their own type says so.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from diagalim.collected.inventory.aid_words import SERVING, aid_type, legal_status, osm_hours
from diagalim.collected.inventory.closing import CLOSED, end_of, of_the_past, shut_tags
from diagalim.collected.inventory.export_cells import siret
from diagalim.collected.inventory.forms import day
from diagalim.collected.inventory.osm_form import STAMP, Element, read_elements
from diagalim.collected.inventory.records import (
    FROM_TOOL,
    NO_FOOD,
    NOT_PLACED,
    UNNAMED,
    Inventory,
    inventory,
)

ATTRIBUTION = "© les contributeurs d'OpenStreetMap (ODbL)"
SIRET, CAPACITY = "ref:FR:SIRET", "capacity"
NAMED_OTHERWISE = {"logistique", "epicerie", "colis_bebe", "bon_cheque"}
"""Types that a food bank may be, when its name says so: the tag does not tell them apart."""


def read_osm(path: Path, nature: str = "collecté") -> Inventory:
    """Read an export of OpenStreetMap.

    Parameters
    ----------
    path : Path
        GeoJSON of Overpass, or its own JSON (``elements``); an outline is brought to a point that
        lies in it.
    nature : str
        Nature of the records.

    Raises
    ------
    InputError
        Another form, a geometry that cannot be read, a bad date, an element given twice.
    """
    elements = read_elements(path)
    kinds = {element.id: osm_type(element.tags) for element in elements}
    former = [one for one in elements if not kinds[one.id] and osm_type(of_the_past(one.tags))]
    helping = [one for one in elements if kinds[one.id]]
    shown = [one for one in helping if not shut_tags(one.tags) or _closed_on(one)]
    left_out = {
        CLOSED: len(former) + len(helping) - len(shown),
        NO_FOOD: len(elements) - len(helping) - len(former),
    }
    return inventory(
        [_place(one, nature) for one in shown],
        [_service(one, str(kinds[one.id]), nature) for one in shown],
        left_out=left_out,
    )


def osm_type(tags: dict[str, str]) -> str | None:
    """Return the type of aid that the tags of an element say, None when it is no food aid."""
    named = aid_type(tags.get("name", ""))
    facility = tags.get("social_facility")
    if facility == "food_bank":
        return named if named in NAMED_OTHERWISE else "colis"
    if facility == "soup_kitchen":
        return named if named in ("repas_assis", "repas_emporter") else "repas"
    by_tag = {
        ("amenity", "food_sharing"): "frigo",
        ("amenity", "kitchen"): "cuisine",
        ("amenity", "drinking_water"): "eau",
        ("garden:type", "community"): "jardin",
    }
    return next((kind for (key, value), kind in by_tag.items() if tags.get(key) == value), None)


def _origin(element: Element, nature: str) -> dict[str, Any]:
    updated = day(element.tags.get(STAMP))
    return {
        "source_ids": f"osm:{element.id}",
        "date_maj": updated,
        "date_verification": updated,
        "nature": nature,
    }


def _place(element: Element, nature: str) -> dict[str, Any]:
    tags = element.tags
    street = " ".join(filter(None, (tags.get("addr:housenumber"), tags.get("addr:street"))))
    return _origin(element, nature) | {
        "lieu_id": f"osm:{element.id}",
        "nom": tags.get("name", UNNAMED),
        "operateur": tags.get("operator"),
        "siret": siret(tags.get(SIRET)),
        "statut_juridique": legal_status(tags.get("name"), tags.get("operator")),
        "habilitation_type": "inconnue",
        "adresse": street,
        "lon": element.lon,
        "lat": element.lat,
        "geocodage_precision": NOT_PLACED if element.lon is None else FROM_TOOL,
        "ferme_le": _closed_on(element) if shut_tags(tags) else None,
    }


def _closed_on(element: Element) -> date | None:
    return end_of(element.tags, day(element.tags.get(STAMP)))


def _service(element: Element, kind: str, nature: str) -> dict[str, Any]:
    tags = element.tags
    hours, sentence = osm_hours(tags.get("opening_hours"))
    capacity = tags.get(CAPACITY, "")
    fee = {"no": "gratuit", "yes": "payant"}.get(tags.get("fee", ""))
    return _origin(element, nature) | {
        "service_id": f"osm:{element.id}:1",
        "lieu_id": f"osm:{element.id}",
        "type_aide": kind,
        "service": SERVING.get(kind),
        "frais": fee,
        "horaires": hours,
        "horaires_texte": sentence,
        "capacite": float(capacity) if capacity.isdecimal() else None,
    }
