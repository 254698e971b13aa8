"""What does the page know about each IRIS?

Only what a popup or the legend shows, column by column: the names of the columns then stand once
in the page instead of 840 times, and no other column of a table can slip into it.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from diagalim.analysis.score.status import WITHHELD
from diagalim.map.wording import STATUSES

REQUIRED = (
    "nom",
    "type_iris",
    "population",
    "statut",
    "motif",
    "classe",
    "score",
    "rang",
    "nb_notes",
    "incidences",
)
PROJECTED_CRS = 2154
SCORED = ("note", "indicatif")
MOST_INCIDENCES = 3


def check_map_tables(iris: gpd.GeoDataFrame, communes: pd.DataFrame) -> None:
    """Assert that the tables can be drawn without showing a reader something false.

    Raises
    ------
    ValueError
        Naming the column, and how many IRIS are concerned.
    """
    absent = [name for name in REQUIRED if name not in iris] + [
        f"{name} (communes)" for name in ("code", "nom") if name not in communes
    ]
    if absent:
        raise ValueError(f"Colonnes absentes pour la carte : {', '.join(absent)}.")
    if iris.crs is None or iris.crs.to_epsg() != PROJECTED_CRS:
        raise ValueError(f"Carte : les contours doivent être en EPSG:2154, lu {iris.crs}.")
    if iris.index.has_duplicates or communes["code"].duplicated().any():
        raise ValueError("Carte : un code d'IRIS ou de commune figure deux fois.")
    scored = iris["statut"].isin(SCORED)
    for wrong, what in (
        (~iris["statut"].isin(STATUSES), f"de statut inconnu (connus : {', '.join(STATUSES)})"),
        (scored & ~iris["classe"].isin([1, 2, 3, 4, 5]), "avec une note mais sans classe de 1 à 5"),
        (scored & ~iris["score"].between(0, 100), "avec une note mais sans score de 0 à 100"),
        (scored & iris["rang"].isna(), "avec une note mais sans rang"),
        (~scored & iris["classe"].notna(), "avec une classe sans être notés"),
        (~scored & iris["motif"].fillna("").eq(""), "sans note ni motif"),
        (~iris["type_iris"].isin(list("HADZ")), "d'un type autre que H, A, D ou Z"),
        (~_commune_codes(iris).isin(communes["code"]), "d'une commune absente de la table"),
    ):
        if wrong.any():
            first = ", ".join(map(str, iris.index[wrong][:3]))
            raise ValueError(f"Carte : {int(wrong.sum())} IRIS {what} (dont {first}).")


def popup_columns(
    iris: gpd.GeoDataFrame, communes: pd.DataFrame, *, said: bool = True
) -> dict[str, Any]:
    """Return the columns of the popups, as plain lists in the order of ``iris``.

    Parameters
    ----------
    iris : GeoDataFrame
        As `diagalim.map.risks.risk_map` takes it, already checked.
    communes : DataFrame
        ``code`` and ``nom``; only communes that hold an IRIS are kept.
    said : bool
        Send the sentences on what weighs most; a page that can score makes them itself.

    Returns
    -------
    dict
        ``commune``, ``epci`` and ``reason`` hold positions in ``communes``, ``epcis`` and
        ``reasons``; ``status`` positions in `STATUSES`; ``kind`` one letter an IRIS; ``secret``
        whether statistical confidentiality keeps it from a score; missing numbers are None.
    """
    names = communes.set_index("code")["nom"]
    own = _commune_codes(iris)
    present = sorted(own.unique())
    position = {code: k for k, code in enumerate(present)}
    reasons, reason = _coded(iris["motif"].fillna(""))
    return {
        "code": [str(code) for code in iris.index],
        "name": [str(name) for name in iris["nom"]],
        "codes": present,
        "communes": [str(names[code]) for code in present],
        "commune": [position[code] for code in own],
        "kind": "".join(iris["type_iris"]),
        # Not rounded to people: sums over a commune or the territory must be those of the report.
        "population": _numbers(iris["population"], 3),
        "status": [STATUSES.index(status) for status in iris["statut"]],
        "class": _numbers(iris["classe"], 0),
        "score": _numbers(iris["score"], 1),
        "rank": _numbers(iris["rang"], 0),
        "scored": int(iris["nb_notes"].iloc[0]),
        "reasons": reasons,
        "reason": reason,
        "secret": [motive in WITHHELD for motive in iris["motif"]],
        **({"leading": _leading(iris["incidences"])} if said else {}),
        **_optional(iris),
    }


def _leading(incidences: pd.Series) -> list[list[str]]:
    return [[str(one) for one in said][:MOST_INCIDENCES] for said in incidences]


def _optional(iris: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return what only some chapters give: intercommunalité, interval of the rank, its words."""
    columns: dict[str, Any] = {}
    if "epci" in iris:
        columns["epcis"], columns["epci"] = _coded(iris["epci"].dropna())
        position = dict(zip(iris["epci"].dropna().index, columns["epci"], strict=True))
        columns["epci"] = [position.get(code) for code in iris.index]
    for name, column in (("low", "rang_bas"), ("high", "rang_haut")):
        if column in iris:
            columns[name] = _numbers(iris[column], 0)
    if "mot" in iris:
        columns["words"] = [None if pd.isna(word) else str(word) for word in iris["mot"]]
    return columns


def _commune_codes(iris: gpd.GeoDataFrame) -> pd.Series:
    return pd.Series(iris.index.astype(str).str[:5], index=iris.index)


def _coded(values: pd.Series) -> tuple[list[str], list[int]]:
    distinct = sorted(values.unique())
    position = {value: k for k, value in enumerate(distinct)}
    return distinct, [position[value] for value in values]


def _numbers(values: pd.Series, decimals: int) -> list[float | int | None]:
    return [
        None if pd.isna(v) else (round(float(v), decimals) if decimals else round(float(v)))
        for v in values
    ]
