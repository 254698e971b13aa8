"""IGN and Insee, outlines of the IRIS: the shape, name and type of each place of the map.

Marseille stands as its 16 *arrondissements* (codes 13201 to 13216), never as 13055. Communes are
made by joining their IRIS, so that map and tables share one geometry.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataSourceError

from diagalim.problems import InputError, Problem, raise_if_any
from diagalim.sources.registry import Resolved
from diagalim.territory import Territory

TYPES = ("H", "A", "D", "Z")
"""Dwellings, activity, miscellaneous, commune not cut into IRIS."""
_COLUMNS = {"code_iris", "nom_iris", "nom_com", "typ_iris", "insee_com"}
_SINCE_2024 = {"code_insee": "insee_com", "nom_commune": "nom_com", "type_iris": "typ_iris"}
"""Names of version 3 of the product and of its WFS layer, and those of version 2."""


def read_iris(resolved: Resolved, territory: Territory) -> gpd.GeoDataFrame:
    """Read the outlines of the IRIS of a territory.

    Returns
    -------
    GeoDataFrame
        In the CRS of the territory (EPSG:2154, metres), indexed by ``code_iris``, sorted:
        ``nom``, ``commune`` (code), ``nom_commune``, ``type_iris`` (H, A, D or Z), ``geometry``.

    Raises
    ------
    InputError
        File that cannot be read, without CRS, column missing, no IRIS of the territory, code twice,
        empty or invalid outline.
    """
    name = resolved.path.name
    try:
        layers = pyogrio.list_layers(resolved.path)
        shapes = gpd.read_file(resolved.path, layer=layers[0][0])
    except DataSourceError as error:
        raise InputError(
            [
                Problem(
                    name,
                    "fichier",
                    "illisible",
                    "un GeoPackage, un Shapefile ou un GeoJSON",
                    "télécharger de nouveau le fichier et vérifier sa taille",
                )
            ]
        ) from error
    shapes = shapes.rename(columns={column: column.lower() for column in shapes.columns})
    shapes = shapes.rename(columns=_SINCE_2024)
    raise_if_any(
        Problem(
            name,
            "table attributaire",
            ", ".join(c for c in shapes.columns if c != "geometry")[:80],
            f"une colonne « {column.upper()} »",
            "reprendre le fichier Contours… IRIS de l'IGN",
        )
        for column in sorted(_COLUMNS - set(shapes.columns))
    )
    if shapes.crs is None:
        raise InputError(
            [
                Problem(
                    name,
                    "système de coordonnées",
                    "absent",
                    "un système de coordonnées déclaré (EPSG:2154 en métropole)",
                    "ouvrir le fichier dans QGIS et définir sa projection",
                )
            ]
        )
    here = shapes[shapes["code_iris"].astype(str).str.startswith(territory.code)]
    raise_if_any(_shape_problems(here, name, territory))
    here = here.to_crs(territory.crs).rename(
        columns={"nom_iris": "nom", "insee_com": "commune", "nom_com": "nom_commune"}
    )
    here = here.rename(columns={"typ_iris": "type_iris"}).set_index("code_iris").sort_index()
    return here[["nom", "commune", "nom_commune", "type_iris", "geometry"]]


def _shape_problems(here: gpd.GeoDataFrame, name: str, territory: Territory) -> list[Problem]:
    if here.empty:
        return [
            Problem(
                name,
                "colonne CODE_IRIS",
                "aucun IRIS du département",
                f"des codes qui commencent par {territory.code}",
                "vérifier que le fichier couvre ce territoire",
            )
        ]
    codes = here["code_iris"].astype(str)
    drawn = here.geometry.to_numpy()
    empty = shapely.is_missing(drawn) | shapely.is_empty(drawn)
    checks = [
        (codes.duplicated(), "code répété", "chaque IRIS une seule fois", "supprimer le doublon"),
        (
            ~codes.str.fullmatch(r"(?:\d{2}|2[AB])\d{7}"),
            "code d'IRIS mal formé",
            "9 caractères, zéros compris",
            "reprendre le fichier d'origine : le code a été lu comme un nombre",
        ),
        (
            pd.Series(empty, here.index),
            "contour vide",
            "un polygone",
            "reprendre le contour dans le fichier de l'IGN",
        ),
        (
            pd.Series(~shapely.is_valid(drawn) & ~empty, here.index),
            "contour invalide (il se croise)",
            "un polygone valide",
            "réparer la géométrie dans QGIS (« Réparer les géométries »)",
        ),
        (
            ~here["typ_iris"].isin(TYPES),
            "type inconnu",
            "H, A, D ou Z",
            "reprendre le fichier de l'IGN",
        ),
    ]
    return [
        Problem(name, f"IRIS {', '.join(codes[mask].head(3))}", seen, expected, remedy)
        for mask, seen, expected, remedy in checks
        if mask.any()
    ]


def dissolve_communes(iris: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the IRIS of each commune or *arrondissement*.

    Parameters
    ----------
    iris : GeoDataFrame
        From `read_iris`.

    Returns
    -------
    GeoDataFrame
        Same CRS, indexed by ``code`` of commune: ``nom``, ``geometry``.
    """
    communes = iris.dissolve(by="commune", aggfunc={"nom_commune": "first"})
    return communes.rename(columns={"nom_commune": "nom"}).rename_axis("code")[["nom", "geometry"]]
