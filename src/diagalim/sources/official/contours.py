"""IGN and Insee, outlines of the IRIS: the shape, name and type of each place of the map.

Marseille stands as its 16 *arrondissements* (codes 13201 to 13216), never as 13055. Communes are
made by joining their IRIS, so that map and tables share one geometry.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from diagalim.analysis.geo.outline_gaps import gap_problems
from diagalim.settings.codes import COMMUNE_LENGTH, IRIS_EXAMPLE, IRIS_FORM
from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import columns_of
from diagalim.sources.tables.layers import outside_metropole, read_attributes, read_layer
from diagalim.wording.problems import Problem, raise_if_any

TYPES = ("H", "A", "D", "Z")
"""Dwellings, activity, miscellaneous, commune not cut into IRIS."""
_SINCE_2024 = {"code_insee": "insee_com", "nom_commune": "nom_com", "type_iris": "typ_iris"}
"""Names of version 3 of the product and of its WFS layer, and those of version 2."""

MOST_SHARED = 0.01
"""Share of the smaller of two IRIS that both may cover: borders drawn twice never fall on one
another to the metre, and nobody is counted by them (project's convention)."""
SHOWN = 3


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
        File that cannot be read, without CRS or with a wrong one, column missing, no IRIS of the
        territory, code twice, empty or invalid outline, outlines over one another, or side by side
        without meeting.
    """
    path = resolved.path
    shapes = read_layer(path, columns_of(resolved), _SINCE_2024)
    shapes["code_iris"] = shapes["code_iris"].astype(str)
    here = shapes[shapes["code_iris"].str.startswith(territory.code)]
    raise_if_any(_absence_problems(here, shapes["code_iris"], path.name, territory))
    raise_if_any(_shape_problems(here, path.name))
    here = here.to_crs(territory.crs)
    raise_if_any(outside_metropole(here, path))
    raise_if_any(_overlap_problems(here, path.name) + gap_problems(here, path.name))
    here = here.rename(
        columns={"nom_iris": "nom", "insee_com": "commune", "nom_com": "nom_commune"}
    )
    here = here.rename(columns={"typ_iris": "type_iris"}).set_index("code_iris").sort_index()
    return here[["nom", "commune", "nom_commune", "type_iris", "geometry"]]


def read_places(path: Path, columns: list[str], department: str) -> pd.Series:
    """Read the codes of the IRIS of a department without their shapes, and the commune of each.

    Parameters
    ----------
    path : Path
        The outlines.
    columns : list of str
        Attributes that must be there (`diagalim.sources.schemas.columns_of`).
    department : str
        Code of the department.

    Returns
    -------
    Series of str
        ``commune`` indexed by ``code_iris``, sorted.

    Raises
    ------
    InputError
        File that cannot be read, or column missing.
    """
    table = read_attributes(path, columns, _SINCE_2024).astype(str)
    here = table[table["code_iris"].str.startswith(department)].drop_duplicates("code_iris")
    return here.set_index("code_iris")["insee_com"].rename("commune").sort_index()


def _absence_problems(
    here: gpd.GeoDataFrame, codes: pd.Series, name: str, territory: Territory
) -> list[Problem]:
    if len(here):
        return []
    seen = ", ".join(codes.head(SHOWN))
    return [
        Problem(
            name,
            "colonne CODE_IRIS",
            f"aucun IRIS du département ({seen})" if seen else "aucun IRIS du département",
            f"des codes qui commencent par {territory.code}",
            "vérifier que le fichier couvre ce territoire, et que ses codes ont gardé leurs zéros",
        )
    ]


def _shape_problems(here: gpd.GeoDataFrame, name: str) -> list[Problem]:
    codes = here["code_iris"]
    drawn = here.geometry.to_numpy()
    empty = shapely.is_missing(drawn) | shapely.is_empty(drawn)
    area = shapely.get_dimensions(drawn) == 2
    checks = [
        (codes.duplicated(), "code répété", "chaque IRIS une seule fois", "supprimer le doublon"),
        (
            ~codes.str.fullmatch(IRIS_FORM),
            "code d'IRIS mal formé",
            f"{len(IRIS_EXAMPLE)} caractères, zéros compris",
            "reprendre le fichier d'origine : le code a été lu comme un nombre",
        ),
        (
            here["insee_com"].astype(str) != codes.str[:COMMUNE_LENGTH],
            "commune qui n'est pas celle du code d'IRIS",
            f"dans INSEE_COM les {COMMUNE_LENGTH} premiers caractères de CODE_IRIS "
            "(l'arrondissement à Marseille, Lyon et Paris)",
            "reprendre la table attributaire de l'IGN",
        ),
        (
            pd.Series(empty, here.index),
            "contour vide",
            "un polygone",
            "reprendre le contour dans le fichier de l'IGN",
        ),
        (
            pd.Series(~area & ~empty, here.index),
            "point ou ligne",
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
        Problem(
            name, f"IRIS {', '.join(codes[mask].head(SHOWN))}{_more(mask)}", seen, expected, remedy
        )
        for mask, seen, expected, remedy in checks
        if mask.any()
    ]


def _more(mask: pd.Series) -> str:
    rest = int(mask.sum()) - SHOWN
    return f" (et {rest} autre{'s' if rest > 1 else ''})" if rest > 0 else ""


def _overlap_problems(here: gpd.GeoDataFrame, name: str) -> list[Problem]:
    """Pairs of IRIS that cover the same ground: its people would be counted in both."""
    drawn, codes = here.geometry.to_numpy(), here["code_iris"].to_numpy()
    one, other = shapely.STRtree(drawn).query(drawn, predicate="intersects")
    first = one < other
    pairs = pd.DataFrame({"one": one[first], "other": other[first]})
    pairs["shared"] = shapely.area(shapely.intersection(drawn[pairs["one"]], drawn[pairs["other"]]))
    areas = shapely.area(drawn)
    smaller = pd.Series(areas[pairs["one"]]).clip(upper=pd.Series(areas[pairs["other"]]))
    wrong = pairs[pairs["shared"] > MOST_SHARED * smaller].sort_values("shared", ascending=False)
    if wrong.empty:
        return []
    shown = [
        f"{codes[row.one]} et {codes[row.other]} "
        + (
            "(contours identiques)"
            if drawn[row.one].equals(drawn[row.other])
            else f"({row.shared / 1e4:.1f} ha)".replace(".", ",")
        )
        for row in wrong.head(SHOWN).itertuples()
    ]
    count = len(wrong)
    return [
        Problem(
            name,
            f"{count} paire{'s' if count > 1 else ''} d'IRIS qui se recouvrent",
            " ; ".join(shown) + (" ; …" if count > SHOWN else ""),
            f"des contours qui ne partagent pas plus de {MOST_SHARED:.0%} de leur surface".replace(
                "%", "\u202f%"
            ),
            "reprendre les contours de l'IGN : deux années y sont peut-être réunies",
        )
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
