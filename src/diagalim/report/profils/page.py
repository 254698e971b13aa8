"""Which profiles of places are there? Facts, tables and map of the chapter « profils ».

Where too few IRIS can be grouped there is no fact, every table is empty and no map is drawn.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from diagalim.analysis.solidity.profiles import STABLE, Partition
from diagalim.chapter.cities_map import cities_map
from diagalim.chapter.maps import Classes
from diagalim.chapter.profile_words import map_labels, profile_names, trait_sentences
from diagalim.settings.indicators import Registry
from diagalim.settings.territory import FocusCommune
from diagalim.wording import french

PROFILE_COLOURS = ["#ee8866", "#eedd88", "#44bb99", "#77aadd", "#ffaabb", "#bbcc33", "#99ddff"]
"""Unordered colours told apart by any colour vision. Source: Tol (2021), *light* scheme."""


def of_profiles(
    found: Partition, traits: pd.DataFrame, iris: gpd.GeoDataFrame, registry: Registry
) -> dict[str, float | str]:
    """Return how many profiles there are, how firm they are, and the first one in words."""
    if not found.count:
        return {}
    names = profile_names(traits, found.count, registry)
    sizes = found.groups.value_counts()
    listed = [f"« {name} » ({french.number(sizes[n])} IRIS)" for n, name in names.items()]
    kept = found.criteria.loc[found.count]
    return {
        "nb_profils": found.count,
        "iris_profiles": len(found.groups),
        "iris_sans_profil": int(iris["score"].notna().sum()) - len(found.groups),
        "iris_profil_un": int(sizes[1]),
        "profil_un": names[1],
        "traits_un": trait_sentences(traits, registry).get(1, names[1]),
        "liste_profils": french.listed(listed),
        "nombres_essayes": french.listed([str(n) for n in found.criteria.index]),
        "stabilite": float(kept["stabilite"]),
        "stabilite_voulue": STABLE,
        "silhouette": float(kept["silhouette"]),
    }


def of_dimensions(
    found: Partition, dimensions: pd.DataFrame, registry: Registry
) -> dict[str, float | str]:
    """Return the dimension that exposes the most in the first profile, to read its table aloud."""
    if not found.count:
        return {}
    here = dimensions.loc[found.groups.index]
    first = here[found.groups == 1].mean()
    name = first.idxmax()
    return {
        "dimension_un": registry.dimensions[name].libelle,
        "score_dimension_un": float(first[name]),
        "score_dimension_ensemble": float(here[name].mean()),
    }


def profiles_sentences(found: Partition) -> list[str]:
    """Return which profiles there are and whether they hold; nothing where there is none."""
    if not found.count:
        return []
    held = (
        "Retirés au hasard, les IRIS se regroupent à peu près de même (indice de Rand ajusté "
        "moyen : {stabilite}, pour {stabilite_voulue} au moins) : ces profils **tiennent**."
    )
    loose = (
        "**Aucun nombre de groupes ne donne un découpage stable** : en retirant les IRIS au "
        "hasard, l'accord moyen est de {stabilite} (indice de Rand ajusté), pour "
        "{stabilite_voulue} voulu. Les profils sont des repères de lecture : un IRIS proche d'une "
        "limite pourrait être dans le profil voisin."
    )
    named = "**{nb_profils} profils** de quartiers, nommés d'après ce qui les distingue : "
    return [named + "{liste_profils}.", held if found.stable else loose]


def profiles_table(
    found: Partition, traits: pd.DataFrame, iris: gpd.GeoDataFrame, top: int, registry: Registry
) -> pd.DataFrame:
    """Return one line a profile: its size, its scores, what sets it apart."""
    names = profile_names(traits, found.count, registry)
    here = iris.loc[found.groups.index].groupby(found.groups)
    table = pd.DataFrame(
        {
            "iris": here.size(),
            "habitants": here["population"].sum(),
            "mediane": here["score"].median(),
            f"IRIS de la classe {top}": here["classe"].agg(lambda own: (own == top).sum()),
        }
    )
    table["traits"] = table.index.map(trait_sentences(traits, registry))
    return table.set_axis([f"{number} · {name}" for number, name in names.items()])


def dimensions_table(
    found: Partition, dimensions: pd.DataFrame, registry: Registry
) -> pd.DataFrame:
    """Return the mean score of each dimension in each profile."""
    here = dimensions.loc[found.groups.index]
    means = here.groupby(found.groups).mean().rename(index=lambda number: f"Profil {number}")
    labels = {name: registry.dimensions[name].libelle for name in means.columns}
    whole = here.mean().to_frame("Ensemble").T
    return pd.concat([means, whole] if found.count else [means]).rename(columns=labels)


def criteria_table(found: Partition) -> pd.DataFrame:
    """Return what each number of groups is worth, the one kept marked."""
    marks = {count: " (retenu)" if count == found.count else "" for count in found.criteria.index}
    return found.criteria.rename(index=lambda count: f"{count} groupes{marks[count]}")


def places_table(
    iris: gpd.GeoDataFrame, found: Partition, traits: pd.DataFrame, registry: Registry
) -> pd.DataFrame:
    """Return the twin of the map of profiles: every IRIS, by profile then commune."""
    if not found.count:
        return pd.DataFrame()
    names = profile_names(traits, found.count, registry)
    table = iris[["nom", "commune", "score"]].assign(profil=found.groups.reindex(iris.index))
    table = table.sort_values(["profil", "commune", "nom"], na_position="last").set_index("nom")
    table["profil"] = table["profil"].map({n: f"{n} · {name}" for n, name in names.items()})
    return table


def profiles_map(
    iris: gpd.GeoDataFrame,
    found: Partition,
    traits: pd.DataFrame,
    registry: Registry,
    communes: gpd.GeoDataFrame,
    cities: list[FocusCommune],
) -> Figure | None:
    """Draw the profile of each IRIS; nothing where there is none."""
    if not found.count:
        return None
    labels = map_labels(traits, found.count, registry)
    legend = Classes(labels, PROFILE_COLOURS[: found.count], "sans profil")
    classes = found.groups.astype(float).reindex(iris.index)
    return cities_map(iris, classes, legend, communes, cities)
