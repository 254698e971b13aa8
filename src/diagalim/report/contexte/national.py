"""What do the documents say of the whole country? Quoted, dated twice, never computed from files.

The year that a rate describes is not the year it was published in: both are stated. None of these
figures speaks of the department.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.context.budget import HOUSING_YEARS, last_fall, worked_out
from diagalim.chapter.stated import Stated
from diagalim.sources.studies import FIRST
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.settings.document import Document

FIGURES = {
    "bas_revenus_region": "S0-011",
    "epci_cites": "S0-012",
    "taux_national_cite": "S0-037",
    "debut_hausse_citee": "S0-038",
    "points_recents": "S0-041",
    "points_anciens": "S0-042",
    "logement_par_an": "S0-043",
    "logement_total": "S0-044",
    "taille_famille": "S0-045",
    "panier_bas": "S0-046",
    "panier_haut": "S0-047",
    "revenu_accueillis": "S0-053",
    "part_alimentation": "S0-054",
    "part_transports": "S0-055",
    "part_logement": "S0-056",
    "prix_bilan": "S4-012",
}
"""Figures of the registry that the page quotes, by fact."""


def latest(series: pd.DataFrame) -> tuple[dict[str, Stated], dict[str, dict[str, str]]]:
    """Return the latest rate of the national series, and its last fall from one year to the next.

    Parameters
    ----------
    series : DataFrame
        The table ``series_nationales``, indexed by year described.
    """
    rates, years = series["valeur"].astype(float), list(series.index)
    last, fall = years[-1], last_fall(rates, series["rupture"])
    before = str(int(fall or last) - 1)
    said = fall and f"{_rate(rates[before])} en {before}, {_rate(rates[fall])} en {fall}"
    values = {
        "serie_taux": float(rates[last]),
        "serie_annee": last,
        "serie_publication": series.at[last, "publication"],
        "serie_baisse": said,
    }
    dated = dict.fromkeys(values, last) | {"serie_baisse": fall or last}
    read = f"valeur publiée, {series.at[last, 'verification']}"
    return values, {
        "document": {fact: series.at[year, "source"] for fact, year in dated.items()},
        "year": dated,
        "certainty": dict.fromkeys(values, read) | {"serie_baisse": "valeurs publiées, à vérifier"},
    }


def _rate(value: float) -> str:
    return french.with_unit(value, "%", 1)


def cited(figures: pd.DataFrame, study: Document | None) -> pd.DataFrame:
    """Return the registered figures that the page quotes, by fact; none without their study.

    Parameters
    ----------
    figures : DataFrame
        The table ``faits``, indexed by id.
    study : Document or None
        The published study of the territory.
    """
    own = study is not None and study.key == FIRST
    return figures.loc[list(FIGURES.values())].set_axis(list(FIGURES)).iloc[: None if own else 0]


def budget(
    figures: pd.DataFrame, documents: pd.DataFrame, study: Document | None
) -> tuple[dict[str, Stated], dict[str, dict[str, str]]]:
    """Return the published figures on prices, housing and budget, and what they amount to.

    Parameters
    ----------
    figures : DataFrame
        From `cited`.
    documents : DataFrame
        The table ``documents``, indexed by key.
    study : Document or None
        The published study of the territory.
    """
    if figures.empty:
        return {}, {}
    values = figures["valeur"].astype(float)
    amounts = {"logement_annees": HOUSING_YEARS} | worked_out(values)
    return {fact: _printed(row) for fact, row in figures.iterrows()} | amounts, {
        "label": figures["libelle"].to_dict(),
        "year": figures.apply(_year, axis=1, documents=documents).to_dict()
        | dict.fromkeys(amounts, study.year),
        "document": figures.apply(_told, axis=1, documents=documents).to_dict()
        | dict.fromkeys(amounts, study.cited),
    }


def _told(row: pd.Series, documents: pd.DataFrame) -> str:
    document = documents.loc[row["document"]]
    origin = f", d'après {row['source_citee']}" if row["source_citee"] else ""
    return f"{document['court']} ({document['auteurs']}){origin}"


def _printed(row: pd.Series) -> float | int | str:
    """Return a figure as it is quoted: whole when it is, as text when it is a year."""
    value = float(row["valeur"])
    if row["unite"] == "année":
        return row["valeur"]
    return int(value) if value.is_integer() else value


def _year(row: pd.Series, documents: pd.DataFrame) -> str:
    """Return the year that a figure describes, or that of its document when it gives none."""
    year = row["annee"][:4]
    return year if year.isdigit() else documents.at[row["document"], "date"][:4]
