"""National figures beside the chapter « Contexte »: quoted, dated twice, never computed from files.

The year that a rate describes is not the year it was published in: both are shown. None of these
figures speaks of the department.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.context.budget import compound, cost_share, points_as_percent, yearly_growth
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

SYNTHESIS = "synthese"
HOUSING_YEARS = 20
"""Years over which the synthesis prints the growth of housing (facts S0-043 and S0-044)."""
FIGURES = {
    "bas_revenus_region": ("S0-011", "%"),
    "epci_cites": ("S0-012", "EPCI"),
    "taux_national_cite": ("S0-037", "%"),
    "debut_hausse_citee": ("S0-038", ""),
    "points_recents": ("S0-041", "points"),
    "points_anciens": ("S0-042", "points"),
    "logement_par_an": ("S0-043", "% par an"),
    "logement_total": ("S0-044", "%"),
    "taille_famille": ("S0-045", "personnes"),
    "panier_bas": ("S0-046", "€ par mois"),
    "panier_haut": ("S0-047", "€ par mois"),
    "revenu_accueillis": ("S0-053", "€ par mois"),
    "part_alimentation": ("S0-054", "%"),
    "part_transports": ("S0-055", "%"),
    "part_logement": ("S0-056", "%"),
    "prix_bilan": ("S4-012", "%"),
}
"""Figures of the registry that the page quotes: fact, figure, unit printed."""
PRICES = ("points_recents", "points_anciens", "prix_bilan")
SHARES = ("part_logement", "part_transports", "part_alimentation")


def state_series(chapter: Chapter, series: pd.DataFrame) -> None:
    """State the latest rate of the national series, and its last fall from one year to the next.

    Parameters
    ----------
    series : DataFrame
        The table ``series_nationales``, indexed by year described.
    """
    rates, years = series["valeur"].astype(float), series.index
    latest = series.loc[years[-1]]
    certainty = f"valeur publiée, {latest['verification']}"
    for fact, value, unit, label in (
        ("serie_taux", float(rates.iloc[-1]), "%", "Taux de pauvreté national"),
        ("serie_annee", years[-1], "", "Année décrite"),
        ("serie_publication", latest["publication"], "", "Date de publication"),
    ):
        chapter.quote(
            fact, value, unit, label, year=int(years[-1]), source=latest["source"], decimals=1,
            certainty=certainty,
        )  # fmt: skip
    follow = [y for y, before in zip(years[1:], years, strict=False) if int(y) == int(before) + 1]
    falls = [y for y in follow if rates[y] < rates[str(int(y) - 1)] and not series.at[y, "rupture"]]
    if falls:
        year = falls[-1]
        before = str(int(year) - 1)
        said = f"{_rate(rates[before])} en {before}, {_rate(rates[year])} en {year}"
        chapter.quote(
            "serie_baisse", said, "", "Dernière baisse d'une année à l'autre", year=int(year),
            source=series.at[year, "source"], certainty="valeurs publiées, à vérifier",
        )  # fmt: skip


def _rate(value: float) -> str:
    return french.with_unit(value, "%", 1)


def series_text(series: pd.DataFrame) -> pd.DataFrame:
    """Return the national series: year described, rate, publication, break, state."""
    return pd.DataFrame(
        {
            "Taux": [_rate(float(value)) for value in series["valeur"]],
            "Publié en": series["publication"].to_numpy(),
            "Rupture ou réserve": series["rupture"].replace("", "–").map(french.spaced).to_numpy(),
            "Relevé dans": series["releve"].map(french.spaced).to_numpy(),
            "État": series["verification"].to_numpy(),
        },
        index=series.index,
    )


def state_budget(chapter: Chapter, figures: pd.DataFrame, documents: pd.DataFrame) -> None:
    """State the published figures on prices, housing and budget, and what they amount to.

    Parameters
    ----------
    figures : DataFrame
        The table ``faits``, indexed by id.
    documents : DataFrame
        The table ``documents``, indexed by key.
    """
    values = {fact: float(figures.at[key, "valeur"]) for fact, (key, _) in FIGURES.items()}
    for fact, (key, unit) in FIGURES.items():
        row = figures.loc[key]
        plain = values[fact].is_integer()
        chapter.quote(
            fact, _value(row, unit), unit, row["libelle"],
            year=_year(row, documents), source=_told(row, documents), decimals=0 if plain else 1,
            certainty="chiffre publié, non vérifié ici",
        )  # fmt: skip
    synthesis = documents.loc[SYNTHESIS]
    said = f"{synthesis['court']} ({synthesis['auteurs']} {synthesis['date'][:4]})"
    for fact, value, unit, decimals, label in (
        ("logement_compose", compound(values["logement_par_an"], HOUSING_YEARS), "%", 1,
         "Croissance annuelle imprimée, composée"),
        ("logement_annualise", yearly_growth(values["logement_total"], HOUSING_YEARS), "% par an",
         2, "Croissance totale imprimée, ramenée à l'année"),
        ("panier_bas_part", cost_share(values["panier_bas"], values["revenu_accueillis"]), "%", 1,
         "Panier le moins cher rapporté au revenu"),
        ("panier_haut_part", cost_share(values["panier_haut"], values["revenu_accueillis"]), "%",
         1, "Panier le plus cher rapporté au revenu"),
        ("logement_annees", HOUSING_YEARS, "ans", 0, "Durée imprimée"),
    ):  # fmt: skip
        chapter.quote(
            fact, value, unit, label, year=int(synthesis["date"][:4]), source=said,
            decimals=decimals,
            certainty="calculé sur des chiffres publiés",
        )  # fmt: skip


def _told(row: pd.Series, documents: pd.DataFrame) -> str:
    document = documents.loc[row["document"]]
    cited = f", d'après {row['source_citee']}" if row["source_citee"] else ""
    return f"{document['court']} ({document['auteurs']}){cited}"


def _value(row: pd.Series, unit: str) -> float | int | str:
    """Return a figure as it is quoted: whole when it is, as text when it is a year."""
    value = float(row["valeur"])
    if not unit:
        return row["valeur"]
    return int(value) if value.is_integer() else value


def _year(row: pd.Series, documents: pd.DataFrame) -> int:
    """Return the year that a figure describes, or that of its document when it gives none."""
    year = row["annee"][:4]
    return int(year if year.isdigit() else documents.at[row["document"], "date"][:4])


def prices_text(figures: pd.DataFrame, starts: Iterable[float]) -> pd.DataFrame:
    """Return the rises of food prices: as printed, and in percent for some indices to start from.

    A rise printed in percent stays as it is; one in points has no percentage of its own, since the
    documents give no base.
    """
    starts, rows, names = list(starts), [], []
    for fact in PRICES:
        key, unit = FIGURES[fact]
        row = figures.loc[key]
        value = float(row["valeur"])
        dated = row["annee"] in row["libelle"]
        names.append(row["libelle"] if dated else f"{row['libelle']}, {row['annee']}")
        if unit == "%":
            rows.append([french.with_unit(value, unit), "sans objet", *["–"] * len(starts)])
            continue
        said = [french.with_unit(points_as_percent(value, start), "%", 1) for start in starts]
        rows.append([french.with_unit(value, unit), "non précisée", *said])
    columns = [
        "Imprimé",
        "Indice de départ",
        *(f"En % si départ à {french.number(s)}" for s in starts),
    ]
    return pd.DataFrame(rows, index=names, columns=[french.spaced(c) for c in columns])


def shares_text(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of spending of the mean household, the largest first."""
    rows, names = [], []
    for fact in SHARES:
        key, _ = FIGURES[fact]
        row = figures.loc[key]
        rows.append(
            [french.with_unit(float(row["valeur"]), "%", 1), row["annee"], row["source_citee"]]
        )
        names.append(row["libelle"])
    return pd.DataFrame(rows, index=names, columns=["Part des dépenses", "Année", "Source"])


def basket_text(chapter: Chapter) -> pd.DataFrame:
    """Return the cost of the two baskets against the income of other households."""
    facts = chapter.facts
    rows = [
        [
            facts[share].text,
            f"{facts[cost].text} ({facts[cost].year})",
            f"{facts['revenu_accueillis'].text} ({facts['revenu_accueillis'].year})",
        ]
        for cost, share in (("panier_bas", "panier_bas_part"), ("panier_haut", "panier_haut_part"))
    ]
    return pd.DataFrame(
        rows,
        index=["Panier le moins cher", "Panier bio le plus complet"],
        columns=["Part de ce revenu", "Coût", "Revenu mis à côté"],
    )


def low_incomes_text(figures: pd.DataFrame) -> pd.DataFrame:
    """Return what is quoted on low incomes, with the level that each figure names."""
    levels = {"S0-011": "région", "S0-012": "écrit « EPCI » et « zone d'emploi » : deux niveaux"}
    rows, names = [], []
    for key, level in levels.items():
        row = figures.loc[key]
        unit = "%" if row["unite"] == "%" else row["unite"]
        value = french.with_unit(float(row["valeur"]), unit, 1 if unit == "%" else 0)
        year = row["annee"] or "non dite"
        rows.append([value, year, french.spaced(level), row["source_citee"]])
        names.append(french.spaced(row["libelle"]))
    return pd.DataFrame(rows, index=names, columns=["Publié", "Année", "Niveau", "Source"])


def show_cities(
    chapter: Chapter, framing: pd.DataFrame, spread: pd.DataFrame, whole: list[str]
) -> None:
    """Show the same panel for each city followed, beside the department and the region.

    Parameters
    ----------
    framing : DataFrame of str
        From `diagalim.report.contexte.tables.framing_text`.
    spread : DataFrame
        From `diagalim.analysis.context.inequality.spread_inside`.
    whole : list of str
        Columns of the department and the region, those that the table has.
    """
    kept = [name for name in whole if name in framing]
    year = chapter.facts["annee_revenus_iris"].text
    for name in spread.index:
        panel = framing[[name, *kept]].copy()
        row = spread.loc[name]
        ratio = french.number(row["rapport"], 1)
        ratio = "trop peu d'IRIS" if ratio == french.MISSING else ratio
        counted = f"{french.number(row['publies'])} et {french.number(row['masques'])}"
        panel.loc[f"Écart entre quartiers, {year}"] = [ratio, *["–"] * len(kept)]
        panel.loc["IRIS publiés et masqués"] = [counted, *["–"] * len(kept)]
        chapter.title(name)
        chapter.show_table(panel, f"Fiche de la ville : {name}", index_label="Indicateur")
