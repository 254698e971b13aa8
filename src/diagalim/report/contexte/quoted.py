"""The tables of what the documents say of the country: poverty by year, prices, spending, incomes.

Made from the figures that `diagalim.report.contexte.national.cited` returns; empty without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.context.budget import points_as_percent
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.facts import Facts

PRICES = ["points_recents", "points_anciens", "prix_bilan"]
SHARES = ["part_logement", "part_transports", "part_alimentation"]
BASKETS = {"panier_bas": "Panier le moins cher", "panier_haut": "Panier bio le plus complet"}
LEVELS = {
    "bas_revenus_region": "région",
    "epci_cites": "écrit « EPCI » et « zone d'emploi » : deux niveaux",
}


def series(series: pd.DataFrame) -> pd.DataFrame:
    """Return the national series: year described, rate, publication, break, state."""
    shown = series[["publication", "rupture", "releve", "verification"]]
    shown = shown.replace({"rupture": {"": None}})
    shown = shown.assign(releve=shown["releve"].map(french.spaced))
    shown = shown.assign(rupture=shown["rupture"].map(french.spaced, na_action="ignore"))
    return shown.assign(valeur=series["valeur"].astype(float))


def prices(figures: pd.DataFrame, starts: Iterable[float]) -> pd.DataFrame:
    """Return the rises of food prices: as printed, and in percent for some indices to start from.

    A rise printed in percent stays as it is; one in points has no percentage of its own, since the
    documents give no base.
    """
    heads = {french.spaced(f"En % si départ à {french.number(start)}"): start for start in starts}
    rows = {}
    for _, row in figures.filter(items=PRICES, axis=0).iterrows():
        value, points = float(row["valeur"]), row["unite"] != "%"
        dated = "" if row["annee"] in row["libelle"] else f", {row['annee']}"
        rows[row["libelle"] + dated] = {
            "imprime": french.with_unit(value, "points" if points else "%"),
            "depart": "non précisée" if points else "sans objet",
            **{h: points_as_percent(value, s) if points else None for h, s in heads.items()},
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def shares(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of spending of the mean household, the largest first."""
    shown = figures.filter(items=SHARES, axis=0).set_index("libelle")
    return shown[["annee", "source_citee"]].assign(valeur=shown["valeur"].astype(float))


def basket(facts: Facts) -> pd.DataFrame:
    """Return the cost of the two baskets against the income of other households."""
    rows = {
        name: {
            "part": facts[f"{cost}_part"].value,
            "cout": f"{facts[cost].text} ({facts[cost].year})",
            "revenu": f"{facts['revenu_accueillis'].text} ({facts['revenu_accueillis'].year})",
        }
        for cost, name in BASKETS.items()
        if cost in facts
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def low_incomes(figures: pd.DataFrame) -> pd.DataFrame:
    """Return what is quoted on low incomes, with the level that each figure names."""
    shown = figures.filter(items=list(LEVELS), axis=0)
    printed = [
        french.with_unit(float(value), unit, 1 if unit == "%" else 0)
        for value, unit in zip(shown["valeur"], shown["unite"], strict=True)
    ]
    table = shown[["annee", "source_citee"]].replace({"annee": {"": None}})
    levels = shown.index.map(LEVELS).map(french.spaced, na_action="ignore")
    return table.assign(valeur=printed, niveau=levels).set_axis(shown["libelle"].map(french.spaced))
