"""The tables and figures of the chapter « Contexte », as text that readers may check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from IPython.display import Markdown, display
from matplotlib.figure import Figure

from diagalim.analysis.context.framing import PooledRate
from diagalim.analysis.context.published import INCOHERENT, UNITS, UNVERIFIABLE
from diagalim.chapter import theme
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.settings.territory import Territory

EURO = "€/an"
LABELS = {
    "population": "population",
    "part": "part de la population du département",
    "taux_pauvrete": "taux de pauvreté",
    "rapport_interdecile": "rapport interdécile",
}
_DIFFERENCES = {"population": "", "part": "points", "taux_pauvrete": "points"}


def framing_text(
    chapter: Chapter, table: pd.DataFrame, rates: dict[str, PooledRate], territory: Territory
) -> pd.DataFrame:
    """Return the framing table as text: one line an indicator with its year, one column a place."""
    legal = chapter.resolved("populations_legales").vintage
    incomes = chapter.resolved("filosofi_communes").vintage
    lines = [
        f"Population municipale, {legal}",
        f"Part de la population du département, {legal}",
        f"Taux de pauvreté à 60 %, {incomes}".replace(" %", f"{french.NO_BREAK}%"),
        f"Niveau de vie médian (€ par an), {incomes}",
        f"Rapport interdécile, {incomes}",
    ]
    columns = {
        name: [
            french.number(row.population),
            french.with_unit(row.part, "%", 1),
            french.with_unit(row.taux_pauvrete, "%"),
            french.number(row.niveau_vie),
            french.number(row.rapport_interdecile, 1),
        ]
        for name, row in zip(table.index, table.itertuples(index=False), strict=True)
    }
    department = rates[f"D{territory.code}"]
    region = rates[f"R{territory.region.code}"]
    total, whole = chapter.facts["population"].value, french.with_unit(100, "%")
    whole_places = [
        (territory.nom, french.number(total), whole, department),
        (territory.region.nom, french.MISSING, "–", region),
    ]
    if department.is_one_commune:  # the city is the department: its column already says all
        del whole_places[0]
    for name, people, share, rate in whole_places:
        approached = f"{french.interval(*rate.plausible, '%', 1)} (estimé)"
        columns[name] = [people, share, approached, french.MISSING, french.MISSING]
    return pd.DataFrame(columns, index=lines)


def pooled_places(
    territory: Territory, department: pd.DataFrame, region: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return the communes of the department and of the region, by the code of each.

    ``D`` and ``R`` tell them apart: 93 is a region and another department.
    """
    return {f"D{territory.code}": department, f"R{territory.region.code}": region}


def named_places(places: gpd.GeoDataFrame, territory: Territory) -> gpd.GeoDataFrame:
    """Return the cities to name on the map; one cut into districts is named by its inset."""
    cities = [c for c in territory.communes_focus if not c.arrondissements]
    return places.loc[[c.code for c in cities]]


def commune_text(incomes: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Return the twin table of the map, highest rate first, withheld rates last."""
    ordered = incomes.assign(nom=names).sort_values(
        ["taux_pauvrete", "nom"], ascending=[False, True], na_position="last"
    )
    return pd.DataFrame(
        {
            "Taux de pauvreté": [
                "masqué" if pd.isna(rate) else french.with_unit(rate, "%")
                for rate in ordered["taux_pauvrete"]
            ],
            "Niveau de vie médian": [
                french.with_unit(value, EURO) for value in ordered["niveau_vie"]
            ],
            "Rapport interdécile": [
                "masqué" if pd.isna(value) else french.number(value, 1)
                for value in ordered["rapport_interdecile"]
            ],
        },
        index=[french.place_name(name) for name in ordered["nom"]],
    )


def spread_text(spread: pd.DataFrame) -> pd.DataFrame:
    """Return the spread between the IRIS of each city as text."""
    euros = {"p10": "Premier décile", "mediane": "Médiane", "p90": "Neuvième décile"}
    text = {
        label: [french.number(value) for value in spread[name]] for name, label in euros.items()
    }
    text["Rapport"] = [french.number(value, 1) for value in spread["rapport"]]
    text["IRIS publiés"] = [french.number(value) for value in spread["publies"]]
    text["IRIS masqués"] = [french.number(value) for value in spread["masques"]]
    return pd.DataFrame(text, index=list(spread.index))


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


def checked_text(checked: pd.DataFrame) -> pd.DataFrame:
    """Return published and recomputed figures side by side, as text."""
    rows = []
    for row in checked.itertuples(index=False):
        unit, decimals = UNITS[row.indicateur], int(row.decimales)
        if pd.notna(row.recalcule):
            found = french.with_unit(row.recalcule, unit, max(decimals, _printed(row.indicateur)))
            unit_of_gap = _DIFFERENCES.get(row.indicateur, "")
            if abs(round(row.difference, decimals)) < 2:
                unit_of_gap = unit_of_gap.removesuffix("s")
            gap = french.with_unit(row.difference, unit_of_gap, decimals, sign=True)
        else:
            found = (
                "n.d." if pd.isna(row.bas) else french.interval(row.bas, row.haut, unit, decimals)
            )
            gap = "–"
        published = french.with_unit(row.valeur, unit, decimals)
        rows.append([published, found, gap, row.statut])
    names = [
        f"{place} · {LABELS[name]}"
        for place, name in zip(checked["territoire"], checked["indicateur"], strict=True)
    ]
    columns = ["Publié", "Recalculé", "Différence à l'arrondi publié", "Statut"]
    return pd.DataFrame(rows, index=names, columns=columns)


def _printed(indicator: str) -> int:
    """Decimals that the files give: a share is computed, a commune rate is an integer."""
    return {"part": 2, "rapport_interdecile": 1}.get(indicator, 0)


def gap_sentence(row: pd.Series) -> str:
    """Say, without judging, what the document prints and what the file gives."""
    unit, decimals = UNITS[row["indicateur"]], int(row["decimales"])
    printed = french.with_unit(row["valeur"], unit, decimals)
    place = f"{row['territoire']}, {LABELS[row['indicateur']]}"
    if pd.isna(row["bas"]):
        return f"{place} : le document indique {printed} ; les fichiers ne donnent pas cette valeur"
    if pd.isna(row["recalcule"]):
        bounds = french.interval(row["bas"], row["haut"], unit, decimals)
        return f"{place} : le document indique {printed} ; les fichiers permettent {bounds}"
    found = french.with_unit(row["recalcule"], unit, decimals if row["indicateur"] != "part" else 1)
    return f"{place} : le document indique {printed} ; le fichier donne {found}"


def show_gaps(chapter: Chapter, checked: pd.DataFrame) -> None:
    """Show one neutral sentence for each figure that is impossible, or that only bounds can hold.

    The other differences are in the table: to repeat them would say no more.
    """
    lines = []
    for _, row in checked.iterrows():
        bounded = row["statut"] == UNVERIFIABLE and pd.notna(row["bas"])
        if row["statut"] != INCOHERENT and not bounded:
            continue
        ending = {
            INCOHERENT: " ; cette valeur est plus basse que le plus petit taux publié pour une "
            "commune",
            UNVERIFIABLE: " : les deux sont compatibles, aucun fichier ne le confirme",
        }.get(row["statut"], "")
        lines.append(f"- {french.markdown_text(gap_sentence(row))}{ending}.")
    display(Markdown(french.spaced("\n".join(lines))))
