"""The tables of the certainty of the score, as text."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from diagalim.analysis.certainty import words
from diagalim.analysis.certainty.ranks import Certainty
from diagalim.analysis.score.status import SCORED
from diagalim.chapter.theme import CLASS_LABELS
from diagalim.report.score.certainty import FAMILIES, PLURALS
from diagalim.wording import french

ENDS = (0.005, 0.995)
"""Beyond, a share that is neither none nor all would print as one of them."""


def families_text(found: Mapping[str, Certainty]) -> pd.DataFrame:
    """Return one line a family of draws: words of the highest decile, width, changes of decile."""
    rows = {}
    for family, one in found.items():
        counts = words.count_words(one.ranks["mot"], one.top)
        shown = {
            PLURALS[word].capitalize(): french.number(counts[word])
            for word in (words.ASSURED, words.PROBABLE, words.UNDECIDED)
        }
        out = counts[words.PROBABLY_OUT] + counts[words.OUT]
        rows[FAMILIES[family]] = shown | {
            "Plutôt hors": french.number(out),
            "Intervalle à 90 % (médiane)": french.with_unit(one.width, "places"),
            "Changent de décile à chaque tirage": french.with_unit(100 * one.changes, "%"),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def first_text(
    iris: gpd.GeoDataFrame,
    ranks: pd.DataFrame,
    status: pd.DataFrame,
    borrowed: pd.Series,
    count: int,
) -> pd.DataFrame:
    """Return the IRIS of the highest published ranks with what the draws say of each.

    Parameters
    ----------
    iris : GeoDataFrame
        ``nom`` and ``nom_commune`` by IRIS.
    ranks : DataFrame
        From `diagalim.analysis.certainty.ranks.rank_certainty`.
    status : DataFrame
        ``statut`` by IRIS: an indicative score is not among the first.
    borrowed : Series
        Share of each score that rests on borrowed values, 0 to 1
        (`diagalim.analysis.score.status.borrowed_share`).
    count : int
        Number of lines.
    """
    firm = ranks[status["statut"].reindex(ranks.index) == SCORED].nsmallest(count, "rang")
    return pd.DataFrame(
        {
            "Commune": [french.place_name(iris.loc[code, "nom_commune"]) for code in firm.index],
            "Rang": [french.number(value) for value in firm["rang"]],
            "Rang médian": [french.number(value) for value in firm["rang_median"]],
            "Intervalle à 90 %": [
                f"{french.number(low)} à {french.number(high)}"
                for low, high in zip(firm["rang_bas"], firm["rang_haut"], strict=True)
            ],
            "Tirages dans le dernier décile": [share_text(value) for value in firm["p_decile"]],
            "Appartenance au dernier décile": list(firm["mot"]),
            "Part estimée": [
                french.with_unit(100 * value, "%") for value in borrowed.reindex(firm.index)
            ],
        },
        index=[iris.loc[code, "nom"] for code in firm.index],
    )


def share_text(share: float) -> str:
    """Format a share of draws; one that is nearly all or nearly none does not print as such."""
    if ENDS[1] <= share < 1:
        return f"plus de {french.with_unit(99, '%')}"
    if 0 < share < ENDS[0]:
        return f"moins de {french.with_unit(1, '%')}"
    return french.with_unit(100 * share, "%")


def exposed_text(exposed: pd.DataFrame) -> pd.DataFrame:
    """Return the inhabitants of each class with their interval, the highest class first."""
    ordered = exposed.sort_index(ascending=False)
    return pd.DataFrame(
        {
            "Habitants": [french.number(value) for value in ordered["population"]],
            "Médiane des tirages": [french.number(value) for value in ordered["mediane"]],
            "Intervalle à 90 %": [
                french.interval(low, high, "")
                for low, high in zip(ordered["bas"], ordered["haut"], strict=True)
            ],
        },
        index=[CLASS_LABELS[int(position) - 1] for position in ordered.index],
    )
