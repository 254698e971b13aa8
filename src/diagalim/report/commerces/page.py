"""The chapter « Offre »: food shops by type, commune and IRIS, and the aid lists of 2015."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
from IPython.display import HTML, display

from diagalim.analysis.offer.shops import HERE, LEVELS, NEXT_DOOR, NONE, UNKNOWN
from diagalim.chapter.offer_words import french_order
from diagalim.chapter.theme import CLASS_LABELS
from diagalim.sources.official.aid_lists import CLOSED, PLACE, ROUND, TOWN, WAREHOUSE
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

SHORT = {
    HERE: "1 · Dans l'IRIS",
    NEXT_DOOR: "2 · Dans un IRIS voisin seulement",
    NONE: "3 · Ni dedans ni à côté",
    UNKNOWN: "Inconnu",
}
"""Levels of under-equipment in a table; numbered as on the map."""
MAP_LABELS = ("dans l'IRIS", "dans un IRIS voisin seulement", "ni dedans ni à côté")
PER_THOUSAND = f"Pour {french.plural(1000, 'habitant')}"
LISTS = {
    "aide_croix_rouge_2015": "Croix-Rouge",
    "aide_secours_populaire_2015": "Secours populaire",
    "aide_restos_2015": "Restos du Cœur",
    "aide_banque_alimentaire_2015": "Banque alimentaire",
}
"""Networks whose list of 2015 may be at hand, by dataset."""
HELPING = (PLACE, TOWN, ROUND)
"""Lines of these lists that speak of help; the others are warehouses and closed places."""
NAMED = "citée"
"""Cell of a commune that a list names, without a number of places."""


def types_text(counts: pd.Series, types: pd.DataFrame) -> pd.DataFrame:
    """Return the shops of the department by type, everyday ones said.

    Parameters
    ----------
    counts : Series of int
        By code of type.
    types : DataFrame
        From `diagalim.sources.official.equipment.equipment_types`.
    """
    named = types[types["famille"] == "alimentaire"]
    found = counts.reindex(named.index, fill_value=0)
    table = pd.DataFrame(
        {
            "Commerces": found.map(french.number).to_numpy(),
            "Alimentation courante": ["oui" if v else "non" for v in named["courant"]],
        },
        index=named["libelle"].map(french.spaced),
    )
    total = pd.DataFrame([[french.number(found.sum()), "–"]], ["Ensemble"], table.columns)
    return pd.concat([table, total])


def communes_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return shops by commune: all, of everyday food, for 1,000 inhabitants."""
    return pd.DataFrame(
        {
            f"Pour 1{french.NARROW}000{french.NO_BREAK}habitants": [
                french.number(value, 1) for value in table["pour_mille"]
            ],
            "Commerces": table["commerces"].map(french.number).to_numpy(),
            "dont courants": table["courants"].map(french.number).to_numpy(),
            "non placés": table["non_places"].map(french.number).to_numpy(),
            "Habitants": table["population"].map(french.number).to_numpy(),
        },
        index=table["nom"].map(french.place_name),
    )


def levels_text(crossing: pd.DataFrame, total: float) -> pd.DataFrame:
    """Return IRIS and inhabitants by level of under-equipment."""
    found = crossing.groupby("niveau").sum().reindex(range(UNKNOWN + 1), fill_value=0)
    words = [*LEVELS.values(), "inconnu : un commerce non placé pourrait s'y trouver"]
    return pd.DataFrame(
        {
            "IRIS": found["iris"].map(french.number).to_numpy(),
            "Habitants": found["population"].map(french.number).to_numpy(),
            "Part": [
                french.with_unit(100 * people / total, "%", 1) for people in found["population"]
            ],
        },
        index=[french.spaced(word[:1].upper() + word[1:]) for word in words],
    )


def crossing_text(crossing: pd.DataFrame) -> pd.DataFrame:
    """Return inhabitants by class of relative risk and level of under-equipment."""
    table = crossing["population"].unstack("niveau", fill_value=0.0)
    table = table.reindex(columns=range(UNKNOWN + 1), fill_value=0.0)
    order = [*range(1, len(CLASS_LABELS) + 1), 0]
    table = table.reindex([value for value in order if value in table.index])
    names = dict(enumerate(CLASS_LABELS, start=1)) | {0: "Non noté"}
    return table.map(french.number).rename(index=names, columns=SHORT)


def iris_text(iris: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the table that stands beside the map: the worst served IRIS first.

    Parameters
    ----------
    iris : GeoDataFrame
        ``nom``, ``commune``, ``niveau`` (missing when unknown), ``courants``, ``population``,
        ``classe``.
    """
    ordered = iris.sort_values(["niveau", "commune", "nom"], ascending=[False, True, True])
    return pd.DataFrame(
        {
            "Commerce courant": ordered["niveau"].fillna(UNKNOWN).astype(int).map(SHORT).to_numpy(),
            "Classe de risque": [
                CLASS_LABELS[int(value) - 1] if pd.notna(value) else "Non noté"
                for value in ordered["classe"]
            ],
            "Commune": ordered["commune"].map(french.place_name).to_numpy(),
            "Habitants": ordered["population"].map(french.number).to_numpy(),
            "Commerces courants": ordered["courants"].map(french.number).to_numpy(),
        },
        index=ordered["nom"],
    )


def say_lists() -> None:
    """Show what the lists of 2015 are, in front of their counts."""
    display(
        HTML(
            '<p class="avertissement" role="note"><strong>Liste partielle de 2015, montrée pour la '
            f"méthode{french.NO_BREAK}:</strong> ces lieux ont pu fermer ou déménager, d'autres "
            "réseaux n'y sont pas. Sans licence de réutilisation, elle est seulement comptée, par "
            "commune, sans aucun nom, aucune adresse ni aucun point.</p>"
        )
    )


def say_no_inventory(chapter: Chapter) -> None:
    """Say that no tool is at hand, and how to supply one."""
    chapter.say(
        "**Non disponible : la liste des lieux d'aide alimentaire**, avec leurs horaires, leurs "
        "conditions d'accès et leur capacité. Le rapport du département fictif montre ce qui en "
        "serait tiré."
    )
    chapter.say(
        "Pour la fournir : déposer un ou plusieurs fichiers dans le dossier des données collectées "
        "du département, puis les nommer dans `{fichier_territoire}`, sous `collecte` : "
        "`soliguide` (réponse JSON de l'API, avec l'accord de Soliguide), `data_inclusion` (les "
        "deux CSV, structures et services), `osm` (export Overpass en GeoJSON), "
        "`tableur_partenaire` (classeur Excel)."
    )


def lists_held(chapter: Chapter) -> dict[str, pd.DataFrame]:
    """Read the aid lists of 2015 that are at hand and speak of the territory, by dataset."""
    read = {name: chapter.read(name) for name in LISTS if chapter.find(name)}
    return {name: table for name, table in read.items() if len(table)}


def lists_text(lists: dict[str, pd.DataFrame], names: dict[str, str]) -> pd.DataFrame:
    """Return places and rounds of the lists of 2015 by commune and network.

    A list of towns says where there is a place, not how many: « citée ».

    Parameters
    ----------
    lists : dict of str to DataFrame
        Counts by dataset: ``commune``, ``sorte``, ``nombre``.
    names : dict of str to str
        Name of each commune by its code.
    """
    columns = {}
    for name, table in lists.items():
        known = table[table["commune"].notna()].groupby(["commune", "sorte"])["nombre"].sum()
        counts = known.unstack("sorte").reindex(columns=HELPING).fillna(0).astype(int)
        counts = counts[counts.sum(axis=1) > 0]
        if len(counts):
            places = counts[[PLACE, ROUND]].sum(axis=1)
            columns[LISTS[name]] = places.map(french.number).where(places > 0, NAMED)
    found = pd.DataFrame(columns).fillna("–")
    found.index = found.index.map(names)
    return found.sort_index(key=french_order)


def lists_summary(lists: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what each list of 2015 holds: places, towns, rounds, warehouses, closed, unknown."""
    rows = {}
    for name, table in lists.items():
        by_kind = table.groupby("sorte")["nombre"].sum().reindex(
            [PLACE, TOWN, ROUND, WAREHOUSE, CLOSED], fill_value=0
        )  # fmt: skip
        lost = table.loc[table["commune"].isna(), "nombre"].sum()
        rows[LISTS[name]] = [french.number(v) for v in (by_kind.sum(), *by_kind, lost)]
    columns = ["Lignes", "Lieux", "Communes citées", "Tournées", "Entrepôts", "Fermés",
               "Commune non reconnue"]  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def show_lists(chapter: Chapter, lists: dict[str, pd.DataFrame], names: dict[str, str]) -> None:
    """Show what the lists hold and their counts by commune, the year in every title.

    The foot of the second table is left to the chapter.
    """
    year = chapter.facts["annee_listes"].text
    chapter.show_table(
        lists_summary(lists),
        f"Ce que contiennent les listes de {year}, en lignes",
        index_label=f"Réseau (liste de {year})",
    )
    chapter.foot(
        reading="les {nb_listes_2015} listes ont {lignes_2015} lignes",
        scope="toutes les lignes des listes de {annee_listes}, lieux fermés et entrepôts compris ; "
        "une commune citée a au moins un centre, leur nombre n'est pas donné ; une antenne du "
        "Secours populaire ne donne pas forcément de la nourriture ; autres réseaux non comptés",
        sources=list(lists),
        certainty="décompte exact de listes partielles, qui n'ont pas été vérifiées",
    )
    chapter.show_table(
        lists_text(lists, names),
        f"Lieux et tournées cités en {year}, par commune et réseau",
        index_label=f"Commune ({year})",
        height="26rem",
    )


def state_lists(chapter: Chapter, lists: dict[str, pd.DataFrame]) -> None:
    """State how many lines the lists of 2015 hold, and how many have no commune."""
    every = pd.concat(lists.values())
    sources = list(lists)
    years = sorted({str(chapter.resolved(name).vintage) for name in lists})
    chapter.state(
        "annee_listes", french.listed(years), "", "Année des listes", sources, certainty="exacte"
    )
    for fact, value, label in (
        ("lignes_2015", every["nombre"].sum(), "Lignes des listes de 2015"),
        ("lignes_2015_sans_commune", every.loc[every["commune"].isna(), "nombre"].sum(),
         "Lignes des listes de 2015 dont la commune n'est pas reconnue"),
        ("communes_2015", every.loc[every["sorte"].isin(HELPING), "commune"].nunique(),
         "Communes citées en 2015"),
        ("nb_listes_2015", len(lists), "Listes de 2015"),
    ):  # fmt: skip
        chapter.state(
            fact, int(value), "", label, sources,
            certainty="décompte d'une liste partielle, non vérifiée",
        )  # fmt: skip
