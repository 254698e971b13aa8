"""The chapter « Contexte » as readers see it: its facts, its tables in French, its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown, display
from matplotlib.figure import Figure

from diagalim.context.framing import PooledRate
from diagalim.context.published import CONFIRMED, GAP, INCOHERENT, UNVERIFIABLE
from diagalim.publish import french, theme
from diagalim.sources.filosofi import COMMUNE_HALF_WIDTH

if TYPE_CHECKING:
    from diagalim.publish.chapter import Chapter
    from diagalim.territory import Territory

EURO = "€/an"
LABELS = {
    "population": "population",
    "part": "part de la population du département",
    "taux_pauvrete": "taux de pauvreté",
    "rapport_interdecile": "rapport interdécile",
}
_UNITS = {"population": "", "part": "%", "taux_pauvrete": "%", "rapport_interdecile": ""}
_DIFFERENCES = {"population": "", "part": "points", "taux_pauvrete": "points"}


def state_framing(
    chapter: Chapter,
    table: pd.DataFrame,
    total: float,
    rates: dict[str, PooledRate],
    territory: Territory,
) -> None:
    """State the facts of the framing table."""
    legal, incomes = ["populations_legales"], ["filosofi_communes"]
    exhaustive = "décompte officiel du recensement"
    half = french.with_unit(COMMUNE_HALF_WIDTH, "point", 1)
    rounded = f"arrondi à l'unité par l'Insee (± {half})"
    chapter.state("arrondi_communal", half, "", "Demi-arrondi du taux communal", incomes)
    chapter.state(
        "annee_taux",
        str(chapter.resolved("filosofi_communes").vintage),
        "",
        "Année des taux de pauvreté",
        incomes,
    )
    chapter.state(
        "population", total, "habitants", "Population municipale", legal, certainty=exhaustive
    )
    chapter.state(
        "annee_population",
        str(chapter.resolved("populations_legales").vintage),
        "",
        "Année des populations légales",
        legal,
    )
    known = table["taux_pauvrete"].dropna()
    for end, name in (("min", known.idxmin()), ("max", known.idxmax())):
        chapter.state(f"ville_taux_{end}", name, "", "Ville", incomes)
        chapter.state(
            f"taux_ville_{end}",
            known[name],
            "%",
            f"Taux de pauvreté de {name}",
            incomes,
            interval=(known[name] - COMMUNE_HALF_WIDTH, known[name] + COMMUNE_HALF_WIDTH),
            certainty=rounded,
        )
    for place, name in (("departement", territory.nom), ("region", territory.region.nom)):
        rate = rates[name]
        chapter.state(
            f"taux_{place}",
            french.interval(*rate.plausible, "%", 1),
            "",
            f"Taux de pauvreté approché, {name}",
            incomes,
            interval=rate.plausible,
            certainty=f"estimation : {rates[name].withheld} communes au taux masqué",
        )
        chapter.state(
            f"taux_{place}_certain",
            f"{french.interval(*rate.certain, '%', 1)} ({name})",
            "",
            f"Bornes certaines du taux, {name}",
            incomes,
            interval=rate.certain,
            certainty="communes masquées entre 0 et 100 %",
        )
    withheld = rates[territory.nom].withheld
    chapter.state(
        "communes_masquees",
        french.plural(withheld, "commune"),
        "",
        "Communes dont le taux est masqué",
        incomes,
        certainty="décompte exact",
    )


def framing_text(
    chapter: Chapter, table: pd.DataFrame, rates: dict[str, PooledRate], territory: Territory
) -> pd.DataFrame:
    """Return the framing table as text: one line an indicator, one column a place."""
    legal = chapter.resolved("populations_legales")
    incomes = chapter.resolved("filosofi_communes")
    years = {
        "Population municipale": f"{legal.vintage}, populations légales",
        "Part de la population du département": f"{legal.vintage}, populations légales",
        "Taux de pauvreté (à 60 %)": f"{incomes.vintage}, Filosofi",
        "Niveau de vie médian (€ par an)": f"{incomes.vintage}, Filosofi",
        "Rapport interdécile (D9/D1)": f"{incomes.vintage}, Filosofi",
    }
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
    missing = french.MISSING
    department, region = rates[territory.nom], rates[territory.region.nom]
    whole = french.with_unit(100, "%")
    total = chapter.facts["population"]
    columns[territory.nom] = [
        french.number(total.value),
        whole,
        french.interval(*department.plausible, "%", 1) + " (approché)",
        missing,
        missing,
    ]
    columns[territory.region.nom] = [
        missing,
        "–",
        french.interval(*region.plausible, "%", 1) + " (approché)",
        missing,
        missing,
    ]
    return pd.DataFrame({**columns, "Année et source": years.values()}, index=list(years))


def state_thresholds(chapter: Chapter, thresholds: pd.DataFrame) -> None:
    """State the threshold of the year of the rates, and the one that the document quotes.

    Parameters
    ----------
    thresholds : DataFrame
        ``annee``, ``montant``, ``unite``, ``champ``, ``source``, ``releve``: amounts read in
        published texts, the last year being the one of the document.
    """
    year = chapter.resolved("filosofi_communes").vintage
    same = thresholds[thresholds["annee"] == year].iloc[0]
    quoted = thresholds.sort_values("annee").iloc[-1]
    for fact, row in (("seuil_meme_annee", same), ("seuil_cite", quoted)):
        chapter.quote(
            fact,
            int(row["montant"]),
            row["unite"].replace("/", " par "),
            f"Seuil de pauvreté d'une personne seule, {row['champ']}",
            year=int(row["annee"]),
            source=f"{row['source']}, relevé dans : {row['releve']}",
        )
    said = " ; ".join(f"{row['source']}, relevé dans : {row['releve']}" for row in (same, quoted))
    for fact, text in (("annee_seuil_cite", str(quoted["annee"])), ("source_seuils", said)):
        chapter.quote(fact, text, "", "Seuil de pauvreté", year=int(quoted["annee"]), source=said)


def named_places(places: gpd.GeoDataFrame, territory: Territory) -> gpd.GeoDataFrame:
    """Return the cities to name on the map; one cut into districts is named by its inset."""
    cities = [c for c in territory.communes_focus if not c.arrondissements]
    return places.loc[[c.code for c in cities]]


def inset_title(territory: Territory) -> str:
    """Return the title of the enlargement: the city cut into districts."""
    return " ; ".join(c.nom for c in territory.communes_focus if c.arrondissements)


def state_extremes(chapter: Chapter, rates: pd.Series, names: pd.Series) -> None:
    """State the place of the highest rate, and how many places have none."""
    sources = ["filosofi_communes"]
    top = rates.idxmax()
    chapter.state(
        "commune_taux_max", french.place_name(names[top]), "", "Taux le plus élevé", sources
    )
    chapter.state(
        "taux_max",
        rates[top],
        "%",
        f"Taux de pauvreté, {names[top]}",
        sources,
        interval=(rates[top] - COMMUNE_HALF_WIDTH, rates[top] + COMMUNE_HALF_WIDTH),
        certainty=f"arrondi à l'unité par l'Insee (± {chapter.facts['arrondi_communal'].text})",
    )
    counts = {"communes_carte": len(rates), "communes_carte_masquees": int(rates.isna().sum())}
    for fact, value in counts.items():
        chapter.state(fact, value, "", "Communes et arrondissements", sources)


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


def state_spread(chapter: Chapter, spread: pd.DataFrame, medians: pd.Series) -> None:
    """State how far apart the cities are, and the city whose IRIS are the furthest apart."""
    sources = ["filosofi_iris"]
    top = spread["rapport"].idxmax()
    between = medians.max() / medians.min()
    chapter.state(
        "ecart_villes",
        between,
        "",
        "Rapport entre les niveaux de vie médians des villes",
        ["filosofi_communes"],
        decimals=1,
    )
    chapter.state("ville_ecart_max", top, "", "Plus grand écart entre quartiers", sources)
    chapter.state(
        "ecart_max",
        spread.loc[top, "rapport"],
        "",
        f"Rapport entre neuvième et premier déciles des IRIS, {top}",
        sources,
        decimals=1,
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
    names = list(city.dropna().unique())
    for line, name in enumerate(reversed(names)):
        here = medians[city == name].dropna()
        axes.plot(here, [line] * len(here), "|", ms=16, mew=1.1, alpha=0.55, color=theme.ACCENT)
        axes.plot(here.median(), line, "o", ms=8, color=theme.SECOND)
    axes.set_yticks(range(len(names)), reversed(names))
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_formatter(lambda value, _: french.number(value))
    axes.set_xlabel("Niveau de vie médian de l'IRIS (€ par an et par unité de consommation)")
    axes.spines["left"].set_visible(False)
    return figure


def state_checked(chapter: Chapter, checked: pd.DataFrame) -> None:
    """State how many published figures have each status, and one line to read aloud."""
    sources = ["populations_legales", "filosofi_communes"]
    chapter.state("document_publie", checked["document"].iloc[0], "", "Document", sources)
    chapter.state("nombre_publies", len(checked), "", "Chiffres publiés comparés", sources)
    for status, fact in (
        (CONFIRMED, "confirmes"),
        (GAP, "ecarts"),
        (UNVERIFIABLE, "non_verifiables"),
        (INCOHERENT, "incoherents"),
    ):
        count = int((checked["statut"] == status).sum())
        chapter.state(f"publies_{fact}", count, "", f"Chiffres publiés : {status}", sources)
    most_telling = [INCOHERENT, GAP, UNVERIFIABLE, CONFIRMED]
    row = checked.iloc[checked["statut"].map(most_telling.index).argmin()]
    chapter.state("lecture_controle", gap_sentence(row), "", "Exemple de comparaison", sources)


def checked_text(checked: pd.DataFrame) -> pd.DataFrame:
    """Return published and recomputed figures side by side, as text."""
    rows = []
    for row in checked.itertuples(index=False):
        unit, decimals = _UNITS[row.indicateur], int(row.decimales)
        if pd.notna(row.recalcule):
            found = french.with_unit(row.recalcule, unit, max(decimals, _printed(row.indicateur)))
            gap = french.with_unit(
                row.difference, _DIFFERENCES.get(row.indicateur, ""), decimals, sign=True
            )
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
    columns = ["Publié", "Recalculé", "Différence", "Statut"]
    return pd.DataFrame(rows, index=names, columns=columns)


def _printed(indicator: str) -> int:
    """Decimals that the files give: a share is computed, a commune rate is an integer."""
    return {"part": 1, "rapport_interdecile": 1}.get(indicator, 0)


def gap_sentence(row: pd.Series) -> str:
    """Say, without judging, what the document prints and what the file gives."""
    unit, decimals = _UNITS[row["indicateur"]], int(row["decimales"])
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
    """Show one neutral sentence for each figure that differs from the files."""
    lines = []
    for _, row in checked[checked["statut"].isin([GAP, INCOHERENT])].iterrows():
        ending = (
            "Cette valeur est plus basse que le plus petit taux publié pour une commune. "
            if row["statut"] == INCOHERENT
            else ""
        )
        lines.append(
            french.spaced(
                f"- {gap_sentence(row)}. {ending}Nous montrons les deux et n'avons pas "
                "l'explication de l'écart."
            )
        )
    display(Markdown("\n".join(lines)))
