"""Insee, *base permanente des équipements* (BPE): which shops and services stand where?

Two forms are read. Up to 2020 at the least, counts by IRIS and type (form ``ensemble``); from 2023,
one row an equipment with its point (form ``liste``). The types changed name between the two: a
bakery is B203 up to 2020 and B207 after, and a file read with the codes of another vintage would
show a town without bread. Vintages are not comparable, as Insee warns. No open-air market, no
social grocery, nothing on prices.

``0000`` after a commune means two things: the one IRIS of a commune that is not cut, or, in a
commune that is, an equipment that Insee could not place. Some editions write the code of the
commune alone for either.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from diagalim.settings.codes import COMMUNE_FORM, COMMUNE_LENGTH, IRIS_FORM
from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.layout import Layout
from diagalim.sources.tables.streaming import read_large_table
from diagalim.sources.tables.tabular import to_numbers
from diagalim.wording.problems import InputError, Problem, raise_if_any
from diagalim.workspace.paths import project_root

CODES_FILE = "data/bpe_codes.csv"
FOOD = "alimentaire"
UNCUT = "0000"
MEASURABLE = ("B", "A")
"""Quality of a point good enough for distances: B within 100 m, A within 500 m; M is farther or
drawn at random (Insee, dictionary of the BPE 2024)."""


def equipment_types(vintage: int) -> pd.DataFrame:
    """Return the types that the project knows of one vintage.

    Returns
    -------
    DataFrame
        Indexed by ``code``: ``libelle``, ``famille`` (``alimentaire`` or ``autre``), ``repere``
        (a type that every department has), ``courant`` (sells everyday food: hypermarkets,
        supermarkets, small groceries, greengrocers; METHODS 4.9).
    """
    table = pd.read_csv(project_root() / CODES_FILE, dtype=str, keep_default_na=False)
    start = pd.to_numeric(table["de"]).fillna(vintage)
    end = pd.to_numeric(table["a"]).fillna(vintage)
    here = table[(start <= vintage) & (vintage <= end)].set_index("code")
    marks = {name: here[name] == "oui" for name in ("repere", "courant")}
    return here[["libelle", "famille"]].assign(**marks)


def read_counts(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read how many pieces of equipment of each type each IRIS has.

    Returns
    -------
    DataFrame
        One row a place and type: ``code_iris`` (missing when not placed), ``commune`` (the
        *arrondissement* in Marseille), ``type``, ``nombre`` (int), ``localise`` (bool). Every piece
        of equipment of the territory is counted once.

    Raises
    ------
    InputError
        When the form of the file, or its types, are not those of its vintage.
    """
    layout = layout_of(resolved)
    table = _placed(_rows(resolved, layout, territory))
    if "NB_EQUIP" in layout.numbers:
        numbers = to_numbers(table, resolved.path, layout)
        table["nombre"] = numbers["valeur"].to_numpy()
    else:
        table["nombre"] = 1
    keys = ["code_iris", "commune", "type", "localise"]
    counts = table.groupby(keys, dropna=False)["nombre"].sum().astype(int).reset_index()
    return counts[["code_iris", "commune", "type", "nombre", "localise"]]


def read_points(resolved: Resolved, territory: Territory) -> gpd.GeoDataFrame:
    """Read each piece of equipment with its point.

    Returns
    -------
    GeoDataFrame
        EPSG:2154, one row a piece: ``code_iris`` (missing when not placed), ``commune``, ``type``,
        ``localise``, ``qualite`` (B, A or M as Insee says), ``mesurable`` (point good enough for
        distances), ``qpv`` (code of the 2024 priority neighbourhood, empty outside), ``dens7``
        (density level of the commune, 1 to 7). Count with all rows, measure with ``mesurable``.

    Raises
    ------
    InputError
        When the form of the file is not the declared one, or its vintage has no points.
    """
    layout = layout_of(resolved)
    if "LAMBERT_X" not in layout.numbers:
        raise InputError(
            [
                Problem(
                    territory.file,
                    "clé millesimes.bpe",
                    str(resolved.vintage),
                    "un millésime qui donne les coordonnées (2023 ou après)",
                    "choisir un autre millésime de la base permanente des équipements",
                )
            ]
        )
    table = _placed(_rows(resolved, layout, territory))
    numbers = to_numbers(table, resolved.path, layout)
    x, y = (
        numbers.loc[numbers["variable"] == name, "valeur"].to_numpy()
        for name in ("LAMBERT_X", "LAMBERT_Y")
    )
    points = gpd.GeoSeries(gpd.points_from_xy(x, y, crs="EPSG:2154"), index=table.index)
    points = points.where(pd.notna(x) & pd.notna(y))
    return gpd.GeoDataFrame(
        {
            **table[["code_iris", "commune", "type", "localise"]],
            "qualite": table["QUALITE_XY"],
            "mesurable": table["QUALITE_XY"].isin(MEASURABLE) & points.notna(),
            "qpv": table["QP2024"].where(table["QP2024"].str.startswith("Q"), ""),
            "dens7": pd.to_numeric(table["DENS7"], errors="coerce").astype("Int64"),
        },
        geometry=points.to_numpy(),
        crs="EPSG:2154",
    ).to_crs(territory.crs)


def _rows(resolved: Resolved, layout: Layout, territory: Territory) -> pd.DataFrame:
    table, types = read_large_table(resolved.path, layout, territory.code, "TYPEQU")
    raise_if_any(_type_problems(types, resolved))
    return table.rename(columns={"TYPEQU": "type"}).assign(commune=table["DEPCOM"])


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    """Add the code of the IRIS, and whether the equipment is placed in one."""
    iris = table["DCIRIS"].str.replace("_", "", regex=False)
    iris = iris.where(~iris.str.fullmatch(COMMUNE_FORM), iris + UNCUT)
    whole = iris.str[COMMUNE_LENGTH:] == UNCUT
    formed = iris.str.fullmatch(IRIS_FORM)
    cut = table["commune"].isin(table.loc[formed & ~whole, "commune"])
    placed = formed & ~(whole & cut)
    return table.assign(code_iris=iris.where(placed), localise=placed)


def _type_problems(types: set[str], resolved: Resolved) -> list[Problem]:
    """Codes of another vintage, and codes that every department has and this file has not."""
    known = equipment_types(resolved.vintage)
    every = pd.read_csv(project_root() / CODES_FILE, dtype=str)
    others = set(every.loc[every["famille"] == FOOD, "code"]) - set(known.index)
    foreign = sorted(types & others)
    lost = sorted(set(known.index[known["repere"]]) - types)
    remedy = "vérifier le millésime du fichier : les codes ont changé, la boulangerie entre autres"
    return [
        *(
            Problem(
                resolved.path.name,
                "colonne TYPEQU",
                code,
                f"des codes de la nomenclature de {resolved.vintage}",
                remedy,
            )
            for code in foreign
        ),
        *(
            Problem(
                resolved.path.name,
                "colonne TYPEQU",
                f"aucun équipement {code}",
                f"des équipements « {known.loc[code, 'libelle']} », qu'a tout département "
                f"en {resolved.vintage}",
                remedy,
            )
            for code in lost
        ),
    ]
