"""How a layer of shapes is opened: whole, with its coordinates declared, or refused in French.

GDAL says what it meets in English, some of it as warnings beside a table cut short. What matters of
it is said here once for all the layers that the project reads.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from diagalim.wording.problems import InputError, Problem, raise_if_any

METROPOLE = (90_000.0, 6_040_000.0, 1_250_000.0, 7_120_000.0)
"""Metropolitan France in Lambert-93, metres: west, south, east, north (EPSG:2154, area of use)."""
_BROKEN = (DataSourceError, DataLayerError, UnicodeDecodeError, shapely.errors.GEOSException)


def read_layer(
    path: Path,
    columns: list[str],
    renamed: Mapping[str, str] | None = None,
    where: str | None = None,
) -> gpd.GeoDataFrame:
    """Read a layer of shapes with its attributes.

    Parameters
    ----------
    path : Path
        GeoPackage, Shapefile or GeoJSON. Of several layers, the first that has the columns.
    columns : list of str
        Attributes that must be there, in small letters.
    renamed : mapping of str to str, optional
        Other names, in small letters, under which a vintage of the product has them.
    where : str, optional
        Condition in SQL on the shapes to read, so that a national layer is not loaded whole.

    Returns
    -------
    GeoDataFrame
        In the CRS of the file, column names in small letters.

    Raises
    ------
    InputError
        File that cannot be read to its end, without layer, column or CRS.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL's, in English; what is lost is counted below
        try:
            layer, fields = _chosen(path, columns, renamed or {})
            raise_if_any(_column_problems(fields, columns, path))
            shapes = gpd.read_file(path, layer=layer, where=where)
            declared = pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"]
        except _BROKEN as error:
            raise InputError([_unreadable(path, "illisible")]) from error
    if where is None and len(shapes) != declared:
        raise InputError([_unreadable(path, f"{len(shapes)} formes lues sur {declared}")])
    if shapes.crs is None:
        raise InputError(
            [
                Problem(
                    path.name,
                    "système de coordonnées",
                    "absent",
                    "un système de coordonnées déclaré (EPSG:2154 en métropole)",
                    "ouvrir le fichier dans QGIS et définir sa projection",
                )
            ]
        )
    return shapes.rename(columns={name: _known_as(name, renamed or {}) for name in shapes.columns})


def read_attributes(
    path: Path, columns: list[str], renamed: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Read the attributes of a layer without its shapes, names as `read_layer` gives them.

    Raises
    ------
    InputError
        File that cannot be read, without layer or column.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in `read_layer`
        try:
            layer, fields = _chosen(path, columns, renamed or {})
            raise_if_any(_column_problems(fields, columns, path))
            table = pyogrio.read_dataframe(path, layer=layer, read_geometry=False)
        except _BROKEN as error:
            raise InputError([_unreadable(path, "illisible")]) from error
    return table.rename(columns={name: _known_as(name, renamed or {}) for name in table.columns})


def outside_metropole(shapes: gpd.GeoDataFrame, path: Path) -> list[Problem]:
    """Return a problem when shapes put in Lambert-93 do not lie in metropolitan France.

    A file whose coordinates are not those of the CRS that it declares falls anywhere.
    """
    bounds = shapes.total_bounds
    west, south, east, north = METROPOLE
    inside = west <= bounds[0] and south <= bounds[1] and bounds[2] <= east and bounds[3] <= north
    if inside and np.isfinite(bounds).all():
        return []
    seen = "x de {0:.0f} à {2:.0f}, y de {1:.0f} à {3:.0f} (Lambert-93, mètres)".format(*bounds)
    return [
        Problem(
            path.name,
            "système de coordonnées",
            seen.replace("inf", "l'infini"),
            "des formes situées en France métropolitaine",
            "le système de coordonnées déclaré n'est pas celui des coordonnées : définir le bon "
            "dans QGIS, ou reprendre le fichier du producteur",
        )
    ]


def _chosen(path: Path, columns: list[str], renamed: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the first layer of shapes that has the columns, else the first, and its fields."""
    layers = [name for name, kind in pyogrio.list_layers(path) if kind is not None]
    if not layers:
        raise InputError([_unreadable(path, "aucune couche de formes")])
    fields = {
        layer: [_known_as(name, renamed) for name in pyogrio.read_info(path, layer=layer)["fields"]]
        for layer in layers
    }
    fit = next((layer for layer in layers if set(columns) <= set(fields[layer])), layers[0])
    return fit, fields[fit]


def _known_as(column: str, renamed: Mapping[str, str]) -> str:
    return renamed.get(column.lower(), column.lower())


def _column_problems(fields: list[str], columns: list[str], path: Path) -> list[Problem]:
    twice = sorted({name for name in fields if fields.count(name) > 1})
    lost = [name for name in columns if name not in fields]
    shown = ", ".join(fields) or "aucune colonne"
    return [
        *(
            Problem(
                path.name,
                "table attributaire",
                name.upper(),
                "chaque colonne une seule fois",
                f"supprimer la colonne « {name.upper()} » en double",
            )
            for name in twice
            if name in columns
        ),
        *(
            Problem(
                path.name,
                "table attributaire",
                shown,
                f"une colonne « {name.upper()} »",
                "reprendre le fichier du producteur, avec toutes ses colonnes",
            )
            for name in lost
        ),
    ]


def _unreadable(path: Path, seen: str) -> Problem:
    return Problem(
        path.name,
        "fichier",
        seen,
        "un GeoPackage, un Shapefile ou un GeoJSON complet",
        "télécharger de nouveau le fichier et vérifier sa taille",
    )
