"""What do the aid lists of 2015 hold, counted without naming a place?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from IPython.display import HTML, display

from diagalim.chapter.offer_words import french_order
from diagalim.sources.official.aid_lists import CLOSED, PLACE, ROUND, TOWN, WAREHOUSE
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

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
