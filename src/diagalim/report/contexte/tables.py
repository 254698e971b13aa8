"""The tables and figures of « Contexte »: cities, wholes, thresholds, communes, quarters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import geopandas as gpd
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from diagalim.analysis.context.framing import PooledRate
from diagalim.chapter import theme
from diagalim.chapter.facts import literal
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.settings.territory import Territory

INCOMES = ["taux_pauvrete", "niveau_vie", "rapport_interdecile"]
SHOWN = ["population", "part", *INCOMES]
NOTHING = "–"
"""Where there is nothing to say, and nothing is missing."""


def framing(
    table: pd.DataFrame, total: float, rates: Mapping[str, PooledRate], names: list[str]
) -> pd.DataFrame:
    """Return the cities, then the department and the region; nothing is known of all of a whole.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.analysis.context.framing.framing_table`.
    total : float
        Inhabitants of the department.
    rates : mapping of str to PooledRate
        Of the department, which has no line where a city is all of it, then of the region.
    names : list of str
        Theirs.
    """
    known = [{"population": total, "part": french.with_unit(100, "%")}, {"part": NOTHING}]
    wholes = {
        name: row | {"taux_pauvrete": f"{french.interval(*rate.plausible, '%', 1)} (estimé)"}
        for name, rate, row in zip(names, rates.values(), known, strict=True)
        if not (rate.is_one_commune and "population" in row)
    }
    lines = pd.DataFrame.from_dict(wholes, orient="index", columns=SHOWN)
    return pd.concat([table[SHOWN].astype(object), lines.astype(object)])


def show_cities(chapter: Chapter, framed: pd.DataFrame, spread: pd.DataFrame, reading: str) -> None:
    """Show the same sheet for each city followed, beside the department and the region.

    Parameters
    ----------
    framed : DataFrame
        From `framing`.
    spread : DataFrame
        From `diagalim.analysis.context.inequality.spread_inside`.
    reading : str
        Of the foot that the sheets share.
    """
    wholes = [name for name in framed.index if name not in spread.index]
    nothing = [NOTHING] * len(wholes)
    for name, row in spread.iterrows():
        counted = f"{french.number(row['publies'])} et {french.number(row['masques'])}"
        sheet = framed.loc[[name, *wholes]]
        sheet = sheet.assign(rapport=[row["rapport"], *nothing], iris=[counted, *nothing])
        chapter.title(name)
        chapter.show("fiche", sheet, caption=f"Fiche de la ville : {literal(name)}")
    chapter.foot_of("fiches", reading=reading)


def thresholds(amounts: pd.DataFrame, printed: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the threshold of the year of the rates, then the one that the study quotes, if any.

    Parameters
    ----------
    amounts : DataFrame
        ``annee``, ``montant``, ``source``, ``releve``: read in published texts.
    printed : DataFrame
        Figures of the study, of which one is its threshold; empty where there is no study.
    year : int
        Of the rates; the table is empty where its threshold is not known.
    """
    own = amounts[amounts["annee"] == year]
    cited = printed[printed["indicateur"].eq("seuil_pauvrete") & (len(own) > 0)]
    names = {"annee_indiquee": "annee", "valeur": "montant", "document": "releve"}
    both = pd.concat([own, cited.rename(columns=names)])
    return both.set_index(both["annee"].astype(int))[["montant", "releve", "source"]]


def named_places(places: gpd.GeoDataFrame, territory: Territory) -> gpd.GeoDataFrame:
    """Return the cities to name on the map; one cut into districts is named by its inset."""
    cities = [c for c in territory.communes_focus if not c.arrondissements]
    return places.loc[[c.code for c in cities]]


def communes(incomes: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Return the twin table of the map, highest rate first, withheld rates last."""
    ordered = incomes.assign(nom=names).sort_values(
        ["taux_pauvrete", "nom"], ascending=[False, True], na_position="last"
    )
    return ordered[INCOMES].set_axis(ordered["nom"].map(french.place_name))


def spread_figure(medians: pd.Series, city: pd.Series) -> Figure:
    """Draw each IRIS as a tick on the line of its city, with the median of the city."""
    figure, axes = plt.subplots(figsize=(8, 3.2))
    drawn = {"x": medians, "y": city.dropna(), "order": list(city.dropna().unique()), "ax": axes}
    sns.stripplot(
        **drawn, jitter=False, marker="|", size=16, linewidth=1.1, alpha=0.55, color=theme.ACCENT
    )
    sns.pointplot(
        **drawn, estimator="median", errorbar=None, linestyle="none", color=theme.SECOND, zorder=3
    )
    axes.set_ylabel("")
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_formatter(lambda value, _: french.number(value))
    axes.set_xlabel("Niveau de vie médian de l'IRIS (€ par an et par unité de consommation)")
    axes.spines["left"].set_visible(False)
    return figure
