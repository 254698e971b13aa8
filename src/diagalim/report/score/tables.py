"""The tables of « Risque relatif », which readers may check by hand; words: ``score.yml``."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from diagalim.analysis.certainty import words
from diagalim.analysis.certainty.ranks import Certainty
from diagalim.analysis.score.composite import Composite
from diagalim.analysis.score.status import REASONS
from diagalim.chapter.leading_words import STATES, value_text
from diagalim.chapter.theme import CLASS_LABELS
from diagalim.report.score.sentences import BOTH
from diagalim.settings.indicators import Registry
from diagalim.wording import french

CERTAINTY = ("rang_bas", "rang_haut", "p_decile", "mot")
"""What the map shows of the draws: 90 % interval of the rank, and membership of the top decile."""
FAMILIES = {
    "mesure": "Données seules (arrondis, sondage, secret, estimations)",
    "methode": "Choix de méthode seuls",
    BOTH: "Données et choix ensemble",
}


def situations(counts: pd.DataFrame, least_population: int) -> pd.DataFrame:
    """Return how many IRIS of each type are scored, and why the others are not.

    ``counts`` comes from `diagalim.analysis.score.status.by_type`.
    """
    least = french.number(least_population)
    why = {key: f"Non notés : {text.replace('{seuil}', least)}" for key, text in REASONS.items()}
    shown = counts.rename(index={"": "Notés"} | why).rename_axis(None)
    shown.loc["Ensemble"] = counts.sum()
    return shown[[name for name in ("H", "A", "D", "Z", "iris", "population") if name in shown]]


def by_hand(result: Composite, code: str, states: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Return all that is needed to redo the score of one IRIS on paper."""
    traced = result.trace(code)
    indicators = [registry.indicateurs[name] for name in traced.index]
    values = zip(traced["valeur"], indicators, strict=True)
    shown = pd.DataFrame(
        {
            "valeur": [value_text(value, indicator) for value, indicator in values],
            "etat": states.loc[code, traced.index].map(STATES).to_numpy(),
            "centile": traced["normalisee"].to_numpy(),
            "poids": 100 * traced["poids"].to_numpy(),
            "points": (traced["normalisee"] * traced["poids"]).to_numpy(),
            "ecart": traced["contribution"].to_numpy(),
        }
    )
    return shown.set_axis([indicator.libelle for indicator in indicators])


def by_class(exposed: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Return inhabitants by class with the interval of the draws, the unscored on their own line.

    ``drawn`` comes from `diagalim.analysis.certainty.ranks.exposed_population`.
    """
    between = [french.interval(*ends, "") for ends in drawn[["bas", "haut"]].to_numpy()]
    labels = dict(enumerate(CLASS_LABELS, start=1)) | {0: "Non noté"}
    return exposed.assign(intervalle=pd.Series(between, drawn.index)).rename(index=labels)


def areas(cities: pd.DataFrame, epci: pd.DataFrame) -> pd.DataFrame:
    """Return cities then EPCI: how many live in the highest class."""
    return pd.concat([cities, epci.sort_values("population", ascending=False)])


def first(
    iris: gpd.GeoDataFrame, result: Composite, said: pd.Series, codes: pd.Index
) -> pd.DataFrame:
    """Return the IRIS of the highest scores and what weighs most."""
    found = pd.DataFrame({"score": result.score, "rang": result.rank}).loc[codes]
    heaviest = [" ; ".join(said.get(code, [])) for code in codes]
    return _named(iris, found.assign(population=iris["population"], poids=heaviest))


def sure(
    iris: gpd.GeoDataFrame, ranks: pd.DataFrame, borrowed: pd.Series, codes: pd.Index
) -> pd.DataFrame:
    """Return the IRIS of the highest scores with what the draws say of each.

    ``ranks`` comes from `diagalim.analysis.certainty.ranks.rank_certainty`; ``borrowed`` is the
    share of each score that rests on borrowed values.
    """
    found = ranks.loc[codes, ["rang", "rang_median", "mot"]]
    low, high = (ranks.loc[codes, end].map(french.number) for end in ("rang_bas", "rang_haut"))
    shares = ranks.loc[codes, "p_decile"].map(french.share)
    found = found.assign(intervalle=low + " à " + high, tirages=shares, part=100 * borrowed)
    return _named(iris, found)


def _named(iris: gpd.GeoDataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table by IRIS with the commune of each, under its name."""
    towns = iris.loc[table.index, "nom_commune"].map(french.place_name)
    return table.assign(commune=towns).set_axis(iris.loc[table.index, "nom"].tolist())


def families(found: Mapping[str, Certainty]) -> pd.DataFrame:
    """Return one line a family of draws: words of the highest decile, width, changes of decile."""
    counts = {name: words.count_words(one.ranks["mot"], one.top) for name, one in found.items()}
    shown = pd.DataFrame(counts).T
    shown["hors"] = shown.pop(words.PROBABLY_OUT) + shown.pop(words.OUT)
    shown["largeur"] = [one.width for one in found.values()]
    shown["changent"] = [100 * one.changes for one in found.values()]
    return shown.rename(index=FAMILIES)


def map_table(
    iris: gpd.GeoDataFrame,
    result: Composite,
    classes: pd.Series,
    why: pd.DataFrame,
    said: pd.Series,
    ranks: pd.DataFrame,
) -> gpd.GeoDataFrame:
    """Gather by IRIS what the map and its twin table show, the sentences of ``said`` in a list.

    ``ranks`` comes from `diagalim.analysis.certainty.ranks.rank_certainty`; ``part_estimee``, from
    0 to 1, is missing where there is no score.
    """
    scored = result.score.notna()
    return gpd.GeoDataFrame(
        {
            "nom": iris["nom"],
            "commune": iris["nom_commune"].map(french.place_name),
            "code_commune": iris["commune"],
            "type_iris": iris["type_iris"],
            "population": iris["population"],
            "statut": why["statut"],
            "motif": why["motif"],
            "part_estimee": result.borrowed.where(scored),
            "classe": classes.reindex(iris.index),
            "score": result.score,
            "rang": result.rank,
            **{name: ranks[name].reindex(iris.index) for name in CERTAINTY},
            "nb_notes": int(scored.sum()),
            "incidences": [list(said.get(code, [])) for code in iris.index],
        },
        geometry=iris.geometry,
        crs=iris.crs,
    )
