"""The tables of the chapter « Risque relatif », as text that readers may check by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
from IPython.display import Markdown, display

from diagalim.analysis.score.composite import Composite
from diagalim.analysis.score.status import REASONS, SCORED
from diagalim.chapter.leading_words import value_text
from diagalim.chapter.theme import CLASS_LABELS
from diagalim.settings.indicators import Registry
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

CERTAINTY = ("rang_bas", "rang_haut", "p_decile", "mot")
"""What the map shows of the draws: 90 % interval of the rank, and membership of the top decile."""
STATES = {
    "observe": "observée",
    "arrondi": "observée, arrondie par l'Insee",
    "communal": "valeur de la commune",
    "proxy": "autre définition, ajustée",
    "carreaux": "masquée, estimée avec les carreaux de 200 m",
    "estime": "masquée, estimée",
    "secret": "masquée par le producteur",
    "absent": "absente du fichier",
    "petit_effectif": "trop petit effectif",
    "sans_population": "sans population",
}


def unscored_text(counts: pd.DataFrame, least_population: int) -> pd.DataFrame:
    """Return how many IRIS of each type are scored, and why the others are not."""
    types = [name for name in ("H", "A", "D", "Z") if name in counts.columns]
    rows = {}
    for reason, row in counts.iterrows():
        text = REASONS.get(reason, "noté").replace("{seuil}", french.number(least_population))
        label = "Notés" if reason == "" else f"Non notés : {text}"
        rows[label] = {name: french.number(row[name]) for name in [*types, "iris", "population"]}
    total = counts.sum()
    rows["Ensemble"] = {name: french.number(total[name]) for name in [*types, "iris", "population"]}
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.rename(columns={"iris": "IRIS", "population": "Habitants"})


def by_hand_text(
    code: str, raw: pd.DataFrame, states: pd.DataFrame, result: Composite, registry: Registry
) -> pd.DataFrame:
    """Return all that is needed to redo the score of one IRIS on paper."""
    rows = {}
    for name in result.normalised.columns:
        indicator = registry.indicateurs[name]
        weight = result.effective_weights.loc[code, name]
        percentile = result.normalised.loc[code, name]
        rows[indicator.libelle] = {
            "Valeur": value_text(raw.loc[code, name], indicator),
            "État de la valeur": STATES[states.loc[code, name]],
            "Centile de risque": french.number(percentile, 1),
            "Poids": french.with_unit(100 * weight, "%", 2),
            "Centile × poids": french.number(percentile * weight, 2),
            "Écart à l'IRIS médian": french.number(
                result.contributions.loc[code, name], 2, sign=True
            ),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def say_by_hand(chapter: Chapter, code: str, result: Composite) -> None:
    """Say how the last columns of the table add up."""
    score = french.number(result.score[code], 1)
    reference = (result.effective_weights.loc[code] * result.reference).sum()
    display(
        Markdown(
            french.spaced(
                f"La somme de la colonne « Centile × poids » est le score : **{score}**. Celle de "
                "la dernière colonne est l'écart avec un IRIS qui aurait la médiane de chaque "
                f"indicateur ({french.number(reference, 1)}) : les plus grands de ces écarts sont "
                "« ce qui pèse le plus »."
            )
        )
    )


def exposed_text(exposed: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """Return inhabitants by class with the interval of the draws, the unscored on their own line.

    Parameters
    ----------
    exposed : DataFrame
        From `diagalim.analysis.score.leading.population_by_class`.
    drawn : DataFrame
        From `diagalim.analysis.certainty.ranks.exposed_population`: ``bas``, ``haut`` by class.
    """
    labels = dict(enumerate(CLASS_LABELS, start=1)) | {0: "Non noté"}
    return pd.DataFrame(
        {
            "IRIS": [french.number(value) for value in exposed["iris"]],
            "Habitants": [french.number(value) for value in exposed["population"]],
            "Intervalle à 90 %": [
                french.interval(*drawn.loc[position, ["bas", "haut"]], "") if position else "–"
                for position in exposed.index
            ],
            "Part des habitants": [french.with_unit(value, "%", 1) for value in exposed["part"]],
        },
        index=[labels[position] for position in exposed.index],
    )


def area_text(cities: pd.DataFrame, epci: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return cities then EPCI: how many live in the highest class."""
    both = pd.concat([cities, epci.sort_values("population", ascending=False)])
    return pd.DataFrame(
        {
            "IRIS": [french.number(value) for value in both["iris"]],
            "dont notés": [french.number(value) for value in both["notes"]],
            "Habitants": [french.number(value) for value in both["population"]],
            f"dont en classe {top}": [french.number(value) for value in both["population_haute"]],
            "Part": [french.with_unit(value, "%") for value in both["part_haute"]],
        },
        index=list(both.index),
    )


def top_text(
    iris: gpd.GeoDataFrame, result: Composite, status: pd.DataFrame, said: pd.Series, count: int
) -> pd.DataFrame:
    """Return the IRIS of the highest scores and what weighs most; none that is only indicative."""
    firm = result.score.where(status["statut"] == SCORED)
    codes = firm.nlargest(count).index
    return pd.DataFrame(
        {
            "Commune": [french.place_name(iris.loc[code, "nom_commune"]) for code in codes],
            "Score": [french.number(result.score[code], 1) for code in codes],
            "Rang": [french.number(result.rank[code]) for code in codes],
            "Habitants": [french.number(iris.loc[code, "population"]) for code in codes],
            "Ce qui pèse le plus": [" ; ".join(said.get(code, [])) for code in codes],
        },
        index=[iris.loc[code, "nom"] for code in codes],
    )


def map_table(
    iris: gpd.GeoDataFrame,
    result: Composite,
    classes: pd.Series,
    why: pd.DataFrame,
    said: pd.Series,
    ranks: pd.DataFrame,
) -> gpd.GeoDataFrame:
    """Gather what the map and its twin table show of each IRIS.

    ``ranks`` comes from `diagalim.analysis.certainty.ranks.rank_certainty`.

    Returns
    -------
    GeoDataFrame
        Indexed by ``code_iris``: ``nom``, ``commune`` (name), ``code_commune``, ``type_iris``,
        ``population``, ``statut``, ``motif``, ``part_estimee`` (0 to 1, missing where not scored),
        ``classe``, ``score``, ``rang``, ``rang_bas``, ``rang_haut``, ``p_decile``, ``mot``,
        ``nb_notes``, ``incidences`` (list of sentences),
        ``geometry``.
    """
    return gpd.GeoDataFrame(
        {
            "nom": iris["nom"],
            "commune": iris["nom_commune"].map(french.place_name),
            "code_commune": iris["commune"],
            "type_iris": iris["type_iris"],
            "population": iris["population"],
            "statut": why["statut"],
            "motif": why["motif"],
            "part_estimee": result.borrowed.where(result.score.notna()),
            "classe": classes.reindex(iris.index),
            "score": result.score,
            "rang": result.rank,
            **{name: ranks[name].reindex(iris.index) for name in CERTAINTY},
            "nb_notes": int(result.score.notna().sum()),
            "incidences": [list(said.get(code, [])) for code in iris.index],
        },
        geometry=iris.geometry,
        crs=iris.crs,
    )
