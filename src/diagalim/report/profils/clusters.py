"""Where do high scores touch? Facts, table, map and sentences of the chapter « profils »."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from diagalim.analysis.geo.contiguity import GAP, Neighbourhood
from diagalim.analysis.solidity.clusters import FALSE_DISCOVERIES, LEFT_OUT, Autocorrelation
from diagalim.chapter import theme
from diagalim.chapter.cities_map import cities_map
from diagalim.chapter.maps import Classes
from diagalim.settings.territory import FocusCommune
from diagalim.wording import french

GROUPS = {
    "HH": "élevé, entouré d'élevés",
    "LL": "faible, entouré de faibles",
    "HL": "élevé, entouré de faibles",
    "LH": "faible, entouré d'élevés",
    "": "sans regroupement net",
}
"""Kinds of clusters in the order of the map and of its table, with their labels."""
GROUP_COLOURS = [theme.SECOND, theme.ACCENT, "#f2b68f", "#9cc3d5", "#f6f6f4"]
UNTESTED = "non noté ou non testé"
APART = (
    "Dans ce fichier, les contours ne se raccordent pas exactement : deux IRIS sont dits voisins à "
    f"{french.with_unit(GAP, 'm')} l'un de l'autre ou moins."
)


def of_clusters(
    moran: Autocorrelation,
    local: pd.DataFrame,
    around: Neighbourhood,
    iris: gpd.GeoDataFrame,
    edge: pd.Series,
) -> dict[str, float | str]:
    """Return how alike neighbours are, and how many IRIS stand in each kind of cluster."""
    groups = local["groupe"]
    high = local.index[groups == "HH"]
    where = iris.loc[high, "commune"].value_counts(sort=False).sort_index()
    where = where.sort_values(ascending=False, kind="stable").head(4)
    listed = french.listed([f"{place} ({number})" for place, number in where.items()])
    return {
        "iris_testes": int((groups != LEFT_OUT).sum()),
        "iris_hors_test": int((groups == LEFT_OUT).sum()),
        "iris_seuls": len(around.alone),
        "iris_hh": len(high),
        "iris_ll": int((groups == "LL").sum()),
        "iris_exceptions": int(groups.isin(["HL", "LH"]).sum()),
        "iris_bord": int(edge.sum()),
        "iris_hh_bord": int(edge.reindex(high).sum()),
        "communes_hh": listed or "aucune",
        "permutations": french.number(moran.permutations),
        "habitants_hh": float(iris.loc[high, "population"].sum()),
        "moran": moran.statistic,
        "moran_p": moran.p,
    }


def gathering_sentence(moran: Autocorrelation) -> str:
    """Say whether neighbours resemble each other, in words."""
    if moran.p > FALSE_DISCOVERIES:
        return (
            "Rien ne dit que des IRIS voisins se ressemblent plus que par hasard (indice de Moran "
            "{moran})."
        )
    return (
        "**Les scores voisins se ressemblent** bien plus que par hasard (indice de Moran {moran}). "
        "Autour de {iris_hh} IRIS ({habitants_hh}), le regroupement est trop net pour être mis au "
        "compte du hasard : leur score et ceux de leurs voisins sont au-dessus de la moyenne. Le "
        "plus souvent à : {communes_hh}."
    )


def island_sentences(around: Neighbourhood, iris: gpd.GeoDataFrame) -> list[str]:
    """Say which islands were tied to whom, and which IRIS have no scored neighbour.

    Outlines that do not meet come first: neighbours are then a matter of distance.
    """
    named = {code: f"« {own['nom']} » ({own['commune']})" for code, own in iris.iterrows()}
    lines = [] if around.drawn_once else [APART]
    lines += [
        f"{named[island]} ne touche aucun IRIS : rattaché au plus proche, "
        f"« {iris.at[near, 'nom']} »."
        for island, near in around.tied.items()
    ]
    if around.alone:
        alone = french.listed([named[code] for code in around.alone])
        lines.append(f"Aucun voisin noté, donc hors des tests : {alone}.")
    return lines


def cluster_classes(local: pd.DataFrame, index: pd.Index) -> pd.Series:
    """Return the class of the map: position in `GROUPS`, 1 first; missing where not tested."""
    position = {group: float(number) for number, group in enumerate(GROUPS, start=1)}
    return local["groupe"].map(position).reindex(index)


def clusters_map(
    iris: gpd.GeoDataFrame,
    local: pd.DataFrame,
    communes: gpd.GeoDataFrame,
    cities: list[FocusCommune],
) -> Figure:
    """Draw the cluster of each IRIS."""
    legend = Classes(list(GROUPS.values()), GROUP_COLOURS, UNTESTED)
    return cities_map(iris, cluster_classes(local, iris.index), legend, communes, cities)


def clusters_table(iris: gpd.GeoDataFrame, local: pd.DataFrame, edge: pd.Series) -> pd.DataFrame:
    """Return the twin of the map of clusters: every IRIS, clusters of high scores first."""
    table = iris[["nom", "commune", "score"]].assign(
        classe=cluster_classes(local, iris.index),
        groupe=local["groupe"].map(GROUPS).reindex(iris.index),
        bord=edge.reindex(iris.index).map({True: "oui"}),
    )
    order = ["classe", "commune", "nom"]
    return table.sort_values(order, na_position="last").set_index("nom").drop(columns="classe")
