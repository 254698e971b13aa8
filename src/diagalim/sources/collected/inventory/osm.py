"""What does OpenStreetMap say? An Overpass export in GeoJSON, under the ODbL.

A tag of food bank is put on warehouses and on points of distribution alike. A shared kitchen or a
drinking fountain is not food aid to someone who is hungry: their own type says so.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from diagalim.problems import Problem, raise_if_any
from diagalim.sources.collected.inventory.forms import day, read_json, validated
from diagalim.sources.collected.inventory.records import (
    FROM_TOOL,
    NO_FOOD,
    Inventory,
    inventory,
)
from diagalim.sources.collected.inventory.words import (
    SERVING,
    aid_type,
    legal_status,
    osm_hours,
)

ATTRIBUTION = "© les contributeurs d'OpenStreetMap (ODbL)"
SIRET, CAPACITY = "ref:FR:SIRET", "capacity"
NAMED_OTHERWISE = {"logistique", "epicerie", "colis_bebe", "bon_cheque"}
"""Types that a food bank may be, when its name says so: the tag does not tell them apart."""


def _dated(stamp: str) -> str:
    day(stamp)
    return stamp


class _Point(BaseModel):
    type: Literal["Point"]
    coordinates: tuple[
        Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]
    ]


class _Feature(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    properties: dict[str, str]
    geometry: _Point


class _Stamped(BaseModel):
    stamp: Annotated[str, AfterValidator(_dated)]


class _Export(BaseModel):
    model_config = ConfigDict(extra="ignore")

    features: list[_Feature]


def read_osm(path: Path, nature: str = "collecté") -> Inventory:
    """Read an Overpass export (``out center``: every feature is a point).

    Parameters
    ----------
    path : Path
        The GeoJSON file.
    nature : str
        Nature of the records.

    Raises
    ------
    InputError
        Not GeoJSON, a feature that is no point, a bad date, an element given twice.
    """
    expected = "un export Overpass en GeoJSON, chaque élément ramené à un point"
    export = validated(read_json(path), _Export, path, expected)
    for feature in export.features:
        if "@timestamp" in feature.properties:
            validated({"stamp": feature.properties["@timestamp"]}, _Stamped, path, "une date")
    times = Counter(feature.id for feature in export.features)
    raise_if_any(
        Problem(path.name, name, f"{n} fois", "chaque élément une fois", "exporter de nouveau")
        for name, n in times.items()
        if n > 1
    )
    kinds = {feature.id: osm_type(feature.properties) for feature in export.features}
    helping = [feature for feature in export.features if kinds[feature.id]]
    return inventory(
        [_place(feature, nature) for feature in helping],
        [_service(feature, str(kinds[feature.id]), nature) for feature in helping],
        left_out={NO_FOOD: len(export.features) - len(helping)},
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


def _origin(feature: _Feature, nature: str) -> dict[str, Any]:
    updated = day(feature.properties.get("@timestamp"))
    return {
        "source_ids": f"osm:{feature.id}",
        "date_maj": updated,
        "date_verification": updated,
        "nature": nature,
    }


def _place(feature: _Feature, nature: str) -> dict[str, Any]:
    tags = feature.properties
    street = " ".join(filter(None, (tags.get("addr:housenumber"), tags.get("addr:street"))))
    return _origin(feature, nature) | {
        "lieu_id": f"osm:{feature.id}",
        "nom": tags.get("name", "sans nom"),
        "operateur": tags.get("operator"),
        "siret": tags.get(SIRET),
        "statut_juridique": legal_status(tags.get("name"), tags.get("operator")),
        "habilitation_type": "inconnue",
        "adresse": street,
        "lon": feature.geometry.coordinates[0],
        "lat": feature.geometry.coordinates[1],
        "geocodage_precision": FROM_TOOL,
    }


def _service(feature: _Feature, kind: str, nature: str) -> dict[str, Any]:
    tags = feature.properties
    hours, sentence = osm_hours(tags.get("opening_hours"))
    capacity = tags.get(CAPACITY, "")
    fee = {"no": "gratuit", "yes": "payant"}.get(tags.get("fee", ""))
    return _origin(feature, nature) | {
        "service_id": f"osm:{feature.id}:1",
        "lieu_id": f"osm:{feature.id}",
        "type_aide": kind,
        "service": SERVING.get(kind),
        "frais": fee,
        "horaires": hours,
        "horaires_texte": sentence,
        "capacite": float(capacity) if capacity.isdecimal() else None,
    }
