"""A layer of a WFS service for one department: asked page by page, taken only when all are there.

A service sends a limited number of features at a time. A page that is short or missing gives a map
with holes that looks right, so the count that the service announces must be reached exactly, each
feature once.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import shapely.geometry

from diagalim.settings.download_facts import Download
from diagalim.sources.fetch.disk import said_in_french
from diagalim.sources.fetch.failures import FetchFailure
from diagalim.sources.fetch.partial import Partial
from diagalim.sources.fetch.reporting import Reporter
from diagalim.sources.fetch.transfer import Pace, receive

PAGE = 500
"""Features asked for at a time: under the limit of the Géoplateforme (5,000), and some megabytes of
outlines."""
METROPOLE = (-6.0, 41.0, 10.0, 52.0)
"""Bounds of metropolitan France in degrees: west, south, east, north."""
SHOWN = 160

Feature = dict[str, Any]


def page_address(download: Download, territory: str, start: int) -> str:
    """Return the address of one page of a layer, in geographic coordinates (WGS 84)."""
    asked = {
        "SERVICE": "WFS",
        "VERSION": "2.0.0",
        "REQUEST": "GetFeature",
        "TYPENAMES": download.couche,
        "OUTPUTFORMAT": "application/json",
        "SRSNAME": "EPSG:4326",
        "CQL_FILTER": download.filtre.format(territoire=territory),
        "SORTBY": download.cle,  # without an order two pages may hold the same feature
        "COUNT": PAGE,
        "STARTINDEX": start,
    }
    return f"{download.adresse}?{urlencode(asked)}"


def bring_layer(
    download: Download,
    territory: str,
    vintage: int,
    target: Partial,
    *,
    pace: Pace,
    reporter: Reporter,
    label: str,
) -> None:
    """Bring a layer for a department into one GeoJSON file.

    Parameters
    ----------
    download : Download
        Address, layer, filter and key.
    territory : str
        Code of the department.
    vintage : int
        Year written in the file; the service does not tell it.
    target : Partial
        Where the file is prepared.
    pace, reporter, label
        As for `diagalim.sources.fetch.transfer.receive`.

    Raises
    ------
    FetchFailure
        Error of the service, page missing, feature twice, outline outside metropolitan France.
    """
    features: list[Feature] = []
    announced = None
    while announced is None or len(features) < announced:
        page = Partial(target.final.with_name(f"{target.final.name}.page"))
        address = page_address(download, territory, len(features))
        receive(address, page, provable=False, pace=pace, reporter=reporter, label=label)
        try:
            received, count = _read_page(page.path)
        finally:
            page.discard()
        if announced not in (None, count):
            raise _incomplete(f"{announced} contours annoncés, puis {count}")
        announced = count
        if not received and announced:
            raise _incomplete(f"{len(features)} contours reçus sur {announced} annoncés")
        features += received
    _check(features, announced, download.cle, territory)
    features.sort(key=lambda feature: feature["properties"][download.cle])
    content = {
        "type": "FeatureCollection",
        "name": target.final.stem,
        "millesime": vintage,
        "features": features,
    }
    with said_in_french():
        target.path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _read_page(path: Path) -> tuple[list[Feature], int]:
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        content = json.loads(text)
        features, count = content["features"], content["numberMatched"]
    except (ValueError, KeyError, TypeError) as error:
        said = re.sub(r"<[^>]*>|\s+", " ", text)
        said = re.sub(r" {2,}", " ", said).strip()[:SHOWN]
        raise FetchFailure(
            f"le service n'a pas répondu des contours mais « {said} »",
            "relancer plus tard, ou prendre l'archive de l'IGN sur la page du producteur",
        ) from error
    if not isinstance(count, int):
        raise _incomplete("le service ne dit pas combien il y a de contours")
    return features, count


def _check(features: list[Feature], announced: int, key: str, territory: str) -> None:
    if not features:
        raise FetchFailure(
            f"le service ne connaît aucun contour pour le département {territory}",
            "vérifier la clé « filtre » dans data/sources.yml",
        )
    codes = [feature["properties"].get(key) for feature in features]
    if len(features) != announced or len(set(codes)) != announced:
        raise _incomplete(
            f"{announced} contours annoncés, {len(features)} reçus, {len(set(codes))} différents"
        )
    other = [code for code in codes if not str(code).startswith(territory)]
    if other:
        raise FetchFailure(
            f"des contours d'un autre département ({other[0]})",
            "vérifier la clé « filtre » dans data/sources.yml",
        )
    west, south, east, north = METROPOLE
    for code, feature in zip(codes, features, strict=True):
        drawn = feature["geometry"]
        if drawn is None:
            raise _incomplete(f"le contour {code} est vide")
        left, bottom, right, top = shapely.geometry.shape(drawn).bounds
        if left < west or bottom < south or right > east or top > north:
            raise FetchFailure(
                f"le contour {code} est hors de la métropole (longitude {left:.1f}, latitude "
                f"{bottom:.1f}) : coordonnées inversées ou dans un autre système",
                "prendre l'archive de l'IGN sur la page du producteur et signaler ce changement du "
                "service",
            )


def _incomplete(seen: str) -> FetchFailure:
    return FetchFailure(
        f"contours incomplets : {seen}",
        "relancer plus tard ; rien n'a été gardé, une carte à trous passerait pour bonne",
    )
