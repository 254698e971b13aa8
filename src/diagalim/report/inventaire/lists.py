"""What do the aid lists of 2015 hold, counted without naming a place?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.chapter.offer_words import french_order
from diagalim.sources.official.aid_lists import KINDS, PLACE, ROUND, TOWN
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


def lists_held(chapter: Chapter) -> dict[str, pd.DataFrame]:
    """Read the aid lists of 2015 that are at hand and speak of the territory, by dataset."""
    read = {name: chapter.read(name) for name in LISTS if chapter.find(name)}
    return {name: table for name, table in read.items() if len(table)}


def by_commune(lists: dict[str, pd.DataFrame], names: dict[str, str]) -> pd.DataFrame:
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
            columns[LISTS[name]] = places.astype(object).where(places > 0, NAMED)
    found = pd.DataFrame(columns)
    found.index = found.index.map(names)
    return found.sort_index(key=french_order)


def summary(lists: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what each list of 2015 holds: places, towns, rounds, warehouses, closed, unknown."""
    rows = {}
    for name, table in lists.items():
        by_kind = table.groupby("sorte")["nombre"].sum().reindex(list(KINDS), fill_value=0)
        lost = table.loc[table["commune"].isna(), "nombre"].sum()
        rows[LISTS[name]] = [by_kind.sum(), *by_kind, lost]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["lignes", *KINDS, "inconnue"])


def counts(lists: dict[str, pd.DataFrame], years: Iterable[int | str]) -> dict[str, int | str]:
    """Return how many lines the lists of 2015 hold, and how many have no commune.

    Parameters
    ----------
    lists : dict of str to DataFrame
        From `lists_held`.
    years : iterable
        Year of each of them.
    """
    if not lists:
        return {}
    every = pd.concat(lists.values())
    helping = every[every["sorte"].isin(HELPING)]
    return {
        "annee_listes": french.listed(sorted({str(year) for year in years})),
        "lignes_2015": int(every["nombre"].sum()),
        "lignes_2015_sans_commune": int(every.loc[every["commune"].isna(), "nombre"].sum()),
        "communes_2015": helping["commune"].nunique(),
        "nb_listes_2015": len(lists),
    }
