"""Profiles of places and clusters of scores: facts, tables and labels of their chapter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from diagalim.analysis.geo.contiguity import GAP, Neighbourhood
from diagalim.analysis.solidity.clusters import FALSE_DISCOVERIES, LEFT_OUT, Autocorrelation
from diagalim.analysis.solidity.profiles import STABLE, Partition
from diagalim.chapter import theme
from diagalim.report.profils.names import profile_names, trait_sentences
from diagalim.settings.indicators import Registry
from diagalim.sources.registry import Resolved
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.chapter.facts import Fact, Facts

PROFILE_COLOURS = ["#ee8866", "#eedd88", "#44bb99", "#77aadd", "#ffaabb", "#bbcc33", "#99ddff"]
"""Unordered colours told apart by any colour vision. Source: Tol (2021), *light* scheme."""
GROUPS = ("HH", "LL", "HL", "LH", "")
GROUP_LABELS = {
    "HH": "élevé, entouré d'élevés",
    "LL": "faible, entouré de faibles",
    "HL": "élevé, entouré de faibles",
    "LH": "faible, entouré d'élevés",
    "": "sans regroupement net",
}
GROUP_COLOURS = [theme.SECOND, theme.ACCENT, "#f2b68f", "#9cc3d5", "#f6f6f4"]
MAIN, PEOPLE = "nb_haute", "population_haute"
"""Facts of the chapter of the score whose sources, and years, stand for those of every score, and
of whatever counts inhabitants."""
APART = (
    "Dans ce fichier, les contours ne se raccordent pas exactement : deux IRIS sont dits voisins à "
    f"{french.with_unit(GAP, 'm')} l'un de l'autre ou moins."
)
NOT_MEASURED = "l'incertitude des scores n'y est pas reportée"


def derive(
    chapter: Chapter,
    score: Facts,
    fact_id: str,
    value: float | int | str,
    label: str,
    *,
    unit: str = "",
    decimals: int = 0,
    certainty: str = "non mesurée",
    also: Sequence[Resolved] = (),
    of: str = MAIN,
) -> Fact:
    """State a fact that rests on the scores, and on datasets read in this chapter."""
    return chapter.derive(
        fact_id, value, label, score[of],
        unit=unit, decimals=decimals, certainty=certainty, also=also,
    )  # fmt: skip


# ---- profiles ----------------------------------------------------------------------------------


def state_profiles(
    chapter: Chapter,
    score: Facts,
    found: Partition,
    traits: pd.DataFrame,
    iris: gpd.GeoDataFrame,
    registry: Registry,
) -> None:
    """State how many profiles there are, how firm they are, and the first one in words."""
    names = profile_names(traits, found.count, registry)
    sizes = found.groups.value_counts()
    kept = found.criteria.loc[found.count]
    scored = iris["score"].notna()
    for fact, value, label in (
        ("nb_profils", found.count, "Profils"),
        ("iris_profiles", len(found.groups), "IRIS qui ont un profil"),
        ("iris_sans_profil", int(scored.sum()) - len(found.groups), "IRIS notés sans profil"),
        ("iris_profil_un", int(sizes[1]), "IRIS du premier profil"),
        ("profil_un", names[1], "Premier profil"),
        ("traits_un", trait_sentences(traits, registry).get(1, names[1]), "Traits"),
        ("liste_profils", _listed(names, sizes), "Profils"),
        ("nombres_essayes", french.listed([str(n) for n in found.criteria.index]), "Essais"),
    ):
        derive(chapter, score, fact, value, label)
    for fact, value, label in (
        ("stabilite", kept["stabilite"], "Indice de Rand ajusté moyen"),
        ("stabilite_voulue", STABLE, "Indice de Rand ajusté voulu"),
        ("silhouette", kept["silhouette"], "Silhouette moyenne"),
    ):
        derive(chapter, score, fact, float(value), label, decimals=2)


def state_dimensions(
    chapter: Chapter,
    score: Facts,
    found: Partition,
    dimensions: pd.DataFrame,
    registry: Registry,
) -> None:
    """State the dimension that exposes the most in the first profile, to read its table aloud."""
    here = dimensions.loc[found.groups.index]
    first = here[found.groups == 1].mean()
    name = first.idxmax()
    for fact, value, label in (
        ("dimension_un", registry.dimensions[name].libelle, "Dimension la plus exposée"),
        ("score_dimension_un", float(first[name]), "Son score moyen, premier profil"),
        ("score_dimension_ensemble", float(here[name].mean()), "Son score moyen, ensemble"),
    ):
        derive(chapter, score, fact, value, label)


def stability_sentence(found: Partition) -> str:
    """Say whether the profiles hold, in words."""
    if found.stable:
        return (
            "Retirés au hasard, les IRIS se regroupent à peu près de même (indice de Rand ajusté "
            "moyen : {stabilite}, pour {stabilite_voulue} au moins) : ces profils **tiennent**."
        )
    return (
        "**Aucun nombre de groupes ne donne un découpage stable** : en retirant les IRIS au "
        "hasard, l'accord moyen est de {stabilite} (indice de Rand ajusté), pour "
        "{stabilite_voulue} voulu. Les profils sont des repères de lecture : un IRIS proche d'une "
        "limite pourrait être dans le profil voisin."
    )


def profiles_text(
    found: Partition, traits: pd.DataFrame, iris: gpd.GeoDataFrame, top: int, registry: Registry
) -> pd.DataFrame:
    """Return one line a profile: its size, its scores, what sets it apart."""
    names = profile_names(traits, found.count, registry)
    said = trait_sentences(traits, registry)
    here = iris.loc[found.groups.index].groupby(found.groups)
    return pd.DataFrame(
        {
            "IRIS": [french.number(len(rows)) for _, rows in here],
            "Habitants": [french.number(rows["population"].sum()) for _, rows in here],
            "Score médian": [french.number(rows["score"].median(), 1) for _, rows in here],
            f"IRIS de la classe {top}": [
                french.number((rows["classe"] == top).sum()) for _, rows in here
            ],
            "Ce qui le distingue": [said.get(number, "–") for number, _ in here],
        },
        index=[f"{number} · {name}" for number, name in names.items()],
    )


def dimensions_text(found: Partition, dimensions: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Return the mean score of each dimension in each profile."""
    means = dimensions.loc[found.groups.index].groupby(found.groups).mean()
    means.loc["Ensemble"] = dimensions.loc[found.groups.index].mean()
    labels = {name: registry.dimensions[name].libelle for name in means.columns}
    shown = means.rename(columns=labels).map(lambda value: french.number(value))
    return shown.rename(index=lambda n: f"Profil {n}" if n != "Ensemble" else n)


def criteria_text(found: Partition) -> pd.DataFrame:
    """Return what each number of groups is worth, the one kept marked."""
    rows = {
        f"{count} groupes{' (retenu)' if count == found.count else ''}": {
            "Silhouette moyenne": french.number(row["silhouette"], 2),
            "Saut de hauteur": french.number(row["saut"], 1),
            "Stabilité (Rand ajusté)": french.number(row["stabilite"], 2),
        }
        for count, row in found.criteria.iterrows()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def places_text(
    iris: gpd.GeoDataFrame, groups: pd.Series, traits: pd.DataFrame, registry: Registry
) -> pd.DataFrame:
    """Return the twin of the map of profiles: every IRIS, by profile then commune."""
    names = profile_names(traits, int(groups.max()), registry)
    table = iris[["nom", "commune", "score"]].assign(profil=groups.reindex(iris.index))
    table = table.sort_values(["profil", "commune", "nom"], na_position="last")
    return pd.DataFrame(
        {
            "Commune": list(table["commune"]),
            "Profil": [
                "sans profil" if pd.isna(n) else f"{int(n)} · {names[int(n)]}"
                for n in table["profil"]
            ],
            "Score": [_score(value) for value in table["score"]],
        },
        index=list(table["nom"]),
    )


def _listed(names: dict[int, str], sizes: pd.Series) -> str:
    return french.listed(
        [f"« {name} » ({french.number(sizes[n])} IRIS)" for n, name in names.items()]
    )


# ---- clusters ----------------------------------------------------------------------------------


def state_clusters(
    chapter: Chapter,
    score: Facts,
    moran: Autocorrelation,
    local: pd.DataFrame,
    around: Neighbourhood,
    iris: gpd.GeoDataFrame,
    edge: pd.Series,
) -> None:
    """State how alike neighbours are, and how many IRIS stand in each kind of cluster."""
    tested = local["groupe"] != LEFT_OUT
    high = local.index[local["groupe"] == "HH"]
    where = iris.loc[high, "commune"].value_counts(sort=False).sort_index()
    where = where.sort_values(ascending=False, kind="stable").head(4)
    listed = french.listed([f"{place} ({number})" for place, number in where.items()])
    for fact, value, label in (
        ("iris_testes", int(tested.sum()), "IRIS testés"),
        ("iris_hors_test", int((~tested).sum()), "IRIS notés mais non testés"),
        ("iris_seuls", len(around.alone), "IRIS notés sans aucun voisin noté"),
        ("iris_hh", len(high), "IRIS élevés entourés d'élevés"),
        ("iris_ll", int((local["groupe"] == "LL").sum()), "IRIS faibles entourés de faibles"),
        (
            "iris_exceptions",
            int(local["groupe"].isin(["HL", "LH"]).sum()),
            "IRIS qui contrastent avec leurs voisins",
        ),
        ("iris_bord", int(edge.sum()), "IRIS du bord du territoire"),
        ("iris_hh_bord", int(edge.reindex(high).sum()), "IRIS du bord, élevés entourés d'élevés"),
        ("communes_hh", listed or "aucune", "Communes où les scores élevés se touchent"),
        ("permutations", str(french.number(moran.permutations)), "Permutations"),
    ):
        derive(chapter, score, fact, value, label)
    derive(
        chapter, score, "habitants_hh", float(iris.loc[high, "population"].sum()),
        "Habitants des IRIS élevés entourés d'élevés", unit="habitants", certainty=NOT_MEASURED,
        of=PEOPLE,
    )  # fmt: skip
    derive(chapter, score, "moran", moran.statistic, "Indice de Moran", decimals=2)
    derive(chapter, score, "moran_p", moran.p, "Probabilité par permutation", decimals=3)


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
    lines = [] if around.drawn_once else [APART]
    lines += [
        f"« {iris.loc[island, 'nom']} » ({iris.loc[island, 'commune']}) ne touche aucun IRIS : "
        f"rattaché au plus proche, « {iris.loc[near, 'nom']} »."
        for island, near in around.tied.items()
    ]
    if around.alone:
        named = french.listed(
            [f"« {iris.loc[code, 'nom']} » ({iris.loc[code, 'commune']})" for code in around.alone]
        )
        lines.append(f"Aucun voisin noté, donc hors des tests : {named}.")
    return lines


def cluster_classes(local: pd.DataFrame, index: pd.Index) -> pd.Series:
    """Return the class of the map: position in `GROUPS`, 1 first; missing where not tested."""
    position = {group: float(number) for number, group in enumerate(GROUPS, start=1)}
    return local["groupe"].map(position).reindex(index)


def clusters_text(iris: gpd.GeoDataFrame, local: pd.DataFrame, edge: pd.Series) -> pd.DataFrame:
    """Return the twin of the map of clusters: every IRIS, clusters of high scores first."""
    table = iris[["nom", "commune", "score"]].assign(
        classe=cluster_classes(local, iris.index), bord=edge.reindex(iris.index)
    )
    table = table.sort_values(["classe", "commune", "nom"], na_position="last")
    return pd.DataFrame(
        {
            "Commune": list(table["commune"]),
            "Regroupement": [
                "non noté ou non testé" if pd.isna(n) else GROUP_LABELS[GROUPS[int(n) - 1]]
                for n in table["classe"]
            ],
            "Au bord": ["oui" if value else "–" for value in table["bord"]],
            "Score": [_score(value) for value in table["score"]],
        },
        index=list(table["nom"]),
    )


def _score(value: float) -> str:
    return "–" if pd.isna(value) else french.number(value, 1)
