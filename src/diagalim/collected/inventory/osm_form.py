"""The form of an export of OpenStreetMap: elements with tags and a point, however they are written.

Overpass, its web page, osmtogeojson and QGIS do not write the same: the identifier is ``id`` or
``@id``, a number is a text or a number, relations come as a list in the properties, a building is
an outline, and nothing is ``null``. Overpass itself answers in JSON (``elements``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from shapely.errors import ShapelyError
from shapely.geometry import shape

from diagalim.collected.inventory.forms import day, read_json, validated
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import Problem, raise_if_any

STAMP = "@timestamp"
EXPECTED = "un export Overpass, en GeoJSON (« features ») ou en JSON (« elements »)"
_IDS = ("@id", "id", "osm_id", "full_id")
"""Properties that may hold the identifier; one of the feature itself comes first."""
_SHORT = {"n": "node", "w": "way", "r": "relation"}
"""First letter of an identifier as QGIS writes it (``n123``)."""


class Element(BaseModel):
    """One element: its identifier (``node/123``), its tags as texts, its point in degrees."""

    id: str = Field(min_length=1)
    tags: dict[str, str]
    lon: float | None
    lat: float | None


class _Feature(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    properties: dict[str, Any] | None = None
    geometry: dict[str, Any] | None = None


class _Export(BaseModel):
    model_config = ConfigDict(extra="ignore")

    features: list[_Feature]


def read_elements(path: Path) -> list[Element]:
    """Read the elements of an export.

    Raises
    ------
    InputError
        Another form, an element without identifier, a geometry or a date that cannot be read, an
        element given twice.
    """
    content = read_json(path)
    if isinstance(content, dict) and isinstance(content.get("elements"), list):
        tagged = [one for one in content["elements"] if not isinstance(one, dict) or "tags" in one]
        content = {"features": [_feature(one) for one in tagged]}
    features = validated(content, _Export, path, EXPECTED).features
    raise_if_any(_faults(features, path))
    return [_element(feature) for feature in features]


def _feature(element: Any) -> Any:
    """Return an element of Overpass in the form of a feature; its centre when it has one."""
    if not isinstance(element, dict):
        return element
    at = element.get("center") or element
    point = {"type": "Point", "coordinates": [at.get("lon"), at.get("lat")]}
    tags = dict(element.get("tags") or {})
    if element.get("timestamp"):
        tags[STAMP] = element["timestamp"]
    name = f"{element.get('type', 'node')}/{element['id']}" if "id" in element else None
    return {"id": name, "properties": tags, "geometry": point}


def _faults(features: list[_Feature], path: Path) -> Iterator[Problem]:
    names = Counter(_name(feature) for feature in features)
    nameless = [
        Problem(path.name, f"élément {rank}", "sans identifiant", "un « id » ou un « @id »",
                "exporter de nouveau sans changer la forme du fichier")
        for rank, feature in enumerate(features, 1) if not _name(feature)
    ]  # fmt: skip
    twice = [
        Problem(path.name, name, f"{n} fois", "chaque élément une fois", "exporter de nouveau")
        for name, n in names.items() if name and n > 1
    ]  # fmt: skip
    stamps = [_dated(feature, path) for feature in features]
    shapes = [_drawn(feature, path) for feature in features]
    for kind in (nameless, twice, stamps, shapes):
        yield from shortened([problem for problem in kind if problem])


def _dated(feature: _Feature, path: Path) -> Problem | None:
    stamp = (feature.properties or {}).get(STAMP)
    try:
        day(str(stamp) if stamp else None)
    except ValueError:
        return Problem(path.name, f"{_name(feature)}, {STAMP}", str(stamp), "une date AAAA-MM-JJ",
                       "exporter de nouveau")  # fmt: skip
    return None


def _drawn(feature: _Feature, path: Path) -> Problem | None:
    try:
        _point(feature.geometry)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, ShapelyError):
        seen = str((feature.geometry or {}).get("type", "sans type"))
        return Problem(path.name, f"{_name(feature)}, geometry", seen,
                       "une géométrie GeoJSON en degrés", "exporter de nouveau")  # fmt: skip
    return None


def _element(feature: _Feature) -> Element:
    lon, lat = _point(feature.geometry)
    tags = {key: _text(value) for key, value in (feature.properties or {}).items()}
    known = {key: text for key, text in tags.items() if text}
    return Element(id=_name(feature), tags=known, lon=lon, lat=lat)


def _name(feature: _Feature) -> str:
    said = feature.properties or {}
    found = next((said[key] for key in _IDS if said.get(key) not in (None, "")), "")
    name = str(found if feature.id in (None, "") else feature.id)
    if name.isdecimal():
        return f"{said.get('@type') or said.get('osm_type') or 'node'}/{name}"
    short = name[:1] in _SHORT and name[1:].isdecimal()
    return f"{_SHORT[name[0]]}/{name[1:]}" if short else name


def _point(geometry: dict[str, Any] | None) -> tuple[float | None, float | None]:
    """Return a point that lies in a geometry, (None, None) where there is none."""
    held = geometry and geometry.get("coordinates", geometry.get("geometries"))
    if held in (None, [], {}, [None, None]):
        return None, None
    if geometry["type"] == "Point":
        lon, lat = map(float, geometry["coordinates"][:2])
        return lon, lat
    drawn = shape(geometry)
    inside = drawn.representative_point()
    return (None, None) if drawn.is_empty else (inside.x, inside.y)


def _text(value: Any) -> str | None:
    """Return a tag as a text; what is no tag (the list of relations, ``null``) is left out."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) else None
