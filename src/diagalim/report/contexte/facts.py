"""What does « Contexte » state of its cities, of the whole, of its map? Words in ``contexte.yml``.

What cannot be said is not stated: a city without a published rate, a gap between cities where
there is one, a study that is not of this territory.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from diagalim.analysis.context.framing import PooledRate
from diagalim.chapter.facts import literal
from diagalim.chapter.stated import Stated
from diagalim.report.contexte.sentences import ROUNDED
from diagalim.sources.official.filosofi import COMMUNE_HALF_WIDTH
from diagalim.wording import french
from diagalim.wording.place_kinds import places

Values, Given = dict[str, Stated], dict[str, Any]
WHOLES = ("departement", "region")
"""How the facts of each whole end, in the order of their rates."""


def framing(total: float, rates: pd.Series, years: Mapping[str, int]) -> Values:
    """Return the inhabitants of the department and the rates of its cities.

    Parameters
    ----------
    total : float
        Inhabitants.
    rates : Series
        Poverty rate of each city followed, missing where withheld.
    years : mapping of str to int
        Of the datasets read.
    """
    return {
        "population": float(total),
        "annee_population": str(years["populations_legales"]),
        "annee_taux": str(years["filosofi_communes"]),
        "arrondi_communal": french.with_unit(COMMUNE_HALF_WIDTH, "point", 1),
        **_city_rates(rates.dropna()),
    }


def _city_rates(known: pd.Series) -> Values:
    """Return the lowest and the highest rate of the cities; nothing when all are withheld."""
    if known.empty:
        return {}
    low, high = known.idxmin(), known.idxmax()
    return {
        "ville_taux_min": low,
        "taux_ville_min": _rounded(known[low]),
        "ville_taux_max": high,
        "taux_ville_max": _rounded(known[high]),
        "lieu_taux_max": french.at_place(high),
        "villes_du_taux": french.listed(list(known.index)) if known.nunique() == 1 else None,
    }


def _rounded(rate: float) -> tuple[float, float, float]:
    """Return a rate that Insee rounds, with its bounds."""
    return rate, rate - COMMUNE_HALF_WIDTH, rate + COMMUNE_HALF_WIDTH


def pooled(rates: Mapping[str, PooledRate], names: list[str]) -> tuple[Values, Given]:
    """Return the rates of the department and of the region, with what only the data say of them.

    Parameters
    ----------
    rates : mapping of str to PooledRate
        From `diagalim.analysis.context.framing.pooled_rates`: department, then region.
    names : list of str
        Theirs.
    """
    values: Values = {}
    given: Given = {"label": {}, "unit": {}, "certainty": {}}
    for fact, rate, name in zip(WHOLES, rates.values(), names, strict=True):
        values |= _whole(fact, rate, name)
        for kind, told in _told_of(f"taux_{fact}", rate, literal(name)).items():
            given[kind] |= told
    return values, given


def _whole(fact: str, rate: PooledRate, name: str) -> Values:
    """Return the rate of a whole: as published where it is one commune, else between bounds."""
    counted, have = _counted(rate.masked), {0: "n'a", 1: "a"}.get(rate.masked, "ont")
    one, bounds = rate.is_one_commune, french.interval(*rate.certain, "%", 1)
    approached = (french.interval(*rate.plausible, "%", 1), *rate.plausible)
    return {
        f"taux_{fact}": _rounded(rate.published_only) if one else approached,
        f"phrase_masquees_{fact}": None if one else f"{counted} {have} un taux masqué",
        f"taux_{fact}_certain": (f"{bounds} ({name}{_left_out(rate)})", *rate.certain),
        f"masquees_{fact}": counted,
    }


def _told_of(fact: str, rate: PooledRate, place: str) -> dict[str, dict[str, str]]:
    """Return the label, unit and certainty of a rate, by fact."""
    bounds = {f"{fact}_certain": f"Bornes certaines du taux, {place}"}
    if rate.is_one_commune:
        label, unit, certainty = f"Taux de pauvreté, {place}", "%", ROUNDED
    else:
        certain = french.interval(*rate.certain, "%", 1)
        label, unit = f"Taux de pauvreté approché, {place}", ""
        certainty = (
            f"estimation : {_counted(rate.masked)} au taux masqué{_left_out(rate)} ; à coup sûr, "
            f"{certain}"
        )
    return {"label": {fact: label, **bounds}, "unit": {fact: unit}, "certainty": {fact: certainty}}


def _left_out(rate: PooledRate) -> str:
    """Return how many communes the rate leaves out, for want of a number of persons."""
    if not rate.left_out:
        return ""
    aside = "laissées" if rate.left_out > 1 else "laissée"
    return f", {french.plural(rate.left_out, 'commune')} sans effectif publié {aside} de côté"


def _counted(communes: int) -> str:
    return french.plural(communes, "commune") if communes else "aucune commune"


def thresholds(read: pd.DataFrame) -> tuple[Values, Given]:
    """Return the threshold of the year of the rates, and the one that the study quotes, if any.

    Parameters
    ----------
    read : DataFrame
        From `diagalim.report.contexte.tables.thresholds`.
    """
    if read.empty:
        return {}, {}
    own, cited = read.iloc[0], read.iloc[1:]
    origin = " ; ".join([f"{own['source']}, relevé dans : {own['releve']}", *cited["releve"]])
    values = {
        "seuil_meme_annee": int(own["montant"]),
        "seuil_cite": int(cited["montant"].iloc[0]) if len(cited) else None,
        "annee_seuil_cite": str(cited.index[0]) if len(cited) else None,
        "source_seuils": origin,
    }
    years = dict.fromkeys(values, read.index[-1]) | {"seuil_meme_annee": read.index[0]}
    return values, {"document": origin, "year": years}


def extremes(
    rates: pd.Series, names: pd.Series, districts: Collection[str]
) -> tuple[Values, Given]:
    """Return the place of the highest rate, and how many places of the map have none."""
    top, words = rates.idxmax(), places(rates.index, districts)
    split = int(rates[rates.index.isin(list(districts))].isna().sum())
    counts = {"communes_carte": len(rates), "communes_carte_masquees": int(rates.isna().sum())}
    return {
        "commune_taux_max": french.place_name(names[top]),
        "taux_max": _rounded(rates[top]),
        **counts,
        "lieux_carte": words,
        "dont_arrondissements": f", dont {french.plural(split, 'arrondissement')}" if split else "",
    }, {"label": dict.fromkeys(counts, words.capitalize())}


def spread(inside: pd.DataFrame, medians: pd.Series, year: int) -> Values:
    """Return how far apart the cities are, and the city whose IRIS are the furthest apart.

    Parameters
    ----------
    inside : DataFrame
        From `diagalim.analysis.context.inequality.spread_inside`.
    medians : Series
        Median standard of living of each city.
    year : int
        Of the incomes by IRIS.
    """
    values: Values = {"annee_revenus_iris": str(year)}
    if medians.notna().sum() > 1:
        values["ecart_villes"] = medians.max() / medians.min()
    if inside["rapport"].notna().any():
        top = inside["rapport"].idxmax()
        values |= {"ville_ecart_max": top, "lieu_ecart_max": french.at_place(top)}
        values["ecart_max"] = inside.loc[top, "rapport"]
    return values
