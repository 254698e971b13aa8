"""Which food shops are there, by type, commune and IRIS? ``commerces.yml`` writes them."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from diagalim.analysis.offer.shops import HERE, LEVELS, NEXT_DOOR, NONE, UNKNOWN
from diagalim.chapter.theme import CLASS_LABELS
from diagalim.wording import french

SHORT = {
    HERE: "1 · Dans l'IRIS",
    NEXT_DOOR: "2 · Dans un IRIS voisin seulement",
    NONE: "3 · Ni dedans ni à côté",
    UNKNOWN: "Inconnu",
}
"""Levels of under-equipment in a table; numbered as on the map."""
MAP_LABELS = ("dans l'IRIS", "dans un IRIS voisin seulement", "ni dedans ni à côté")
UNSCORED = "Non noté"


def types(counts: pd.Series, named: pd.DataFrame) -> pd.DataFrame:
    """Return the shops of the department by type of food shop, everyday ones said.

    Parameters
    ----------
    counts : Series of int
        By code of type.
    named : DataFrame
        From `diagalim.sources.official.equipment.equipment_types`.
    """
    food = named[named["famille"] == "alimentaire"]
    found = counts.reindex(food.index, fill_value=0)
    everyday = food["courant"].map({True: "oui", False: "non"})
    table = pd.DataFrame({"commerces": found, "courant": everyday})
    table.index = food["libelle"].map(french.spaced)
    table.loc["Ensemble"] = [found.sum(), "–"]
    return table


def communes(table: pd.DataFrame) -> pd.DataFrame:
    """Return shops by commune, from the lowest rate to the highest."""
    ordered = table.sort_values("pour_mille", na_position="last")
    kept = ordered[["pour_mille", "commerces", "courants", "non_places", "population"]]
    return kept.set_axis(ordered["nom"].map(french.place_name))


def levels(crossing: pd.DataFrame, total: float) -> pd.DataFrame:
    """Return IRIS and inhabitants by level of under-equipment."""
    found = crossing.groupby("niveau").sum().reindex(range(UNKNOWN + 1), fill_value=0)
    words = [*LEVELS.values(), "inconnu : un commerce non placé pourrait s'y trouver"]
    table = found[["iris", "population"]].assign(part=100 * found["population"] / total)
    return table.set_axis([french.spaced(word[:1].upper() + word[1:]) for word in words])


def classes(crossing: pd.DataFrame) -> pd.DataFrame:
    """Return inhabitants by class of relative risk and level of under-equipment."""
    table = crossing["population"].unstack("niveau", fill_value=0.0)
    table = table.reindex(columns=range(UNKNOWN + 1), fill_value=0.0)
    order = [*range(1, len(CLASS_LABELS) + 1), 0]
    table = table.reindex([value for value in order if value in table.index])
    names = dict(enumerate(CLASS_LABELS, start=1)) | {0: UNSCORED}
    return table.rename(index=names, columns=SHORT)


def by_iris(iris: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the table that stands beside the map: the worst served IRIS first.

    Parameters
    ----------
    iris : GeoDataFrame
        ``nom``, ``nom_commune``, ``niveau`` (missing when unknown), ``courants``, ``population``,
        ``classe``.
    """
    order = ["niveau", "nom_commune", "nom"]
    ordered = iris.sort_values(order, ascending=[False, True, True])
    named = {float(rank): label for rank, label in enumerate(CLASS_LABELS, start=1)}
    return pd.DataFrame(
        {
            "niveau": ordered["niveau"].fillna(UNKNOWN).astype(int).map(SHORT),
            "classe": ordered["classe"].astype(float).map(named).fillna(UNSCORED),
            "commune": ordered["nom_commune"].map(french.place_name),
            "population": ordered["population"],
            "courants": ordered["courants"],
        }
    ).set_axis(ordered["nom"])
