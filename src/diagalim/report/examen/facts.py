"""The figures that « Examen des indicateurs » states; their words: ``examen.yml``."""

from __future__ import annotations

from typing import Any

import pandas as pd

from diagalim.analysis.score.multivariate import CONTRARY, LARGEST_CORRELATION, REDUNDANT
from diagalim.analysis.score.treatment import LARGEST_KURTOSIS, LARGEST_SKEWNESS
from diagalim.analysis.screening.screened import EACH, FIRST, STUDY, Screened
from diagalim.report.examen.tables import dimension_label, words_of
from diagalim.settings.indicators import Registry
from diagalim.wording import french

HANGS_TOGETHER = 0.7
"""Cronbach's alpha from which indicators are said to go together (Nunnally and Bernstein 1994)."""

Numbers = dict[str, float | int | str]


def of_values(
    known: pd.DataFrame, states: pd.DataFrame, described: pd.DataFrame, registry: Registry
) -> Numbers:
    """Return how far the indicators are known, and what their values look like.

    Parameters
    ----------
    known, states : DataFrame
        From `diagalim.analysis.values.coverage`.
    described : DataFrame
        From `diagalim.analysis.score.multivariate.screening`, values that are not estimated.
    """
    shares = known["part_population"]
    fewest, most = shares.idxmin(), shares.idxmax()
    unlike = described.index[described["extreme"]]
    coarse = described["distincts"].idxmin()
    return {
        "nb_indicateurs": len(known),
        "moins_couvert": words_of(fewest, registry),
        "plus_couvert": words_of(most, registry),
        "peu_varie": words_of(coarse, registry),
        "part_moins_couverte": shares[fewest],
        "part_plus_couverte": shares[most],
        "nb_arrondies": int(states["arrondis"].sum()),
        "nb_empruntees": int(states["empruntes"].sum()),
        "nb_estimees": int(states["estimes"].sum()),
        "nb_masquees": int(states["masques"].sum()),
        "nb_valeurs": int(states.sum().sum()),
        "nb_extremes": len(unlike),
        "liste_extremes": french.listed([f"« {words_of(name, registry)} »" for name in unlike]),
        "nb_peu_varie": int(described.loc[coarse, "distincts"]),
        "nb_peu_varie_connus": int(described.loc[coarse, "connus"]),
        "limite_asymetrie": french.number(LARGEST_SKEWNESS),
        "limite_aplatissement": french.number(LARGEST_KURTOSIS, 1),
    }


def of_links(found: Screened, registry: Registry) -> Numbers:
    """Return what the indicators share: pairs, coherence of each dimension, weights of a component.

    Facts about components, or about the weakest dimension, exist only where they can be computed.
    """
    repeated = found.pairs[found.pairs["motif"] == REDUNDANT]
    opposed = found.pairs[found.pairs["motif"] == CONTRARY]
    said = [f"« {dimension_label(name, registry)} »" for name in repeated["dimension"].unique()]
    numbers: Numbers = {
        "nb_examines": found.units,
        "seuil_redite": french.number(LARGEST_CORRELATION, 2),
        "alpha_suffisant": french.number(HANGS_TOGETHER, 1),
        "nb_redites": len(repeated),
        "nb_opposees": len(opposed),
        "dimensions_redites": french.listed(said),
    }
    for fact, pair in (("redite", repeated.head(1)), ("opposee", opposed.tail(1))):
        for row in pair.itertuples():
            numbers |= _of_pair(fact, row, registry)
    if len(repeated):
        often = repeated["dimension"].mode()[0]
        numbers |= _of_weight(found, registry, often, "redites", EACH)
    if found.components is not None:
        heaviest = found.weights[FIRST].idxmax()
        numbers |= {
            "nb_complets": found.components.units,
            "part_premier_axe": found.components.shares[0],
            **_of_weight(found, registry, heaviest, "acp", FIRST),
        }
    return numbers | _of_weakest(found, registry)


def _of_pair(fact: str, row: Any, registry: Registry) -> Numbers:
    return {
        f"{fact}_1": words_of(row.indicateur, registry),
        f"{fact}_2": words_of(row.autre, registry),
        f"{fact}_rho": row.rho,
    }


def _of_weight(found: Screened, registry: Registry, dimension: str, fact: str, way: str) -> Numbers:
    shares = found.weights.loc[dimension]
    return {
        f"dimension_{fact}": dimension_label(dimension, registry),
        f"poids_{fact}": shares[way],
        f"poids_etude_{fact}": shares[STUDY],
    }


def _of_weakest(found: Screened, registry: Registry) -> Numbers:
    measured = found.coherence.dropna(subset=["alpha_valeurs", "alpha_centiles"])
    weak = measured[measured["alpha_centiles"] < HANGS_TOGETHER]
    counted: Numbers = {
        "nb_dimensions_mesurees": len(measured),
        "nb_dimensions_faibles": len(weak),
    }
    if weak.empty:
        return counted
    name = weak["alpha_centiles"].idxmin()
    inside = [n for n in found.names if found.dimension_of[n] == name]
    return counted | {
        "dimension_faible": dimension_label(name, registry),
        "indicateurs_faibles": french.listed([f"« {words_of(n, registry)} »" for n in inside]),
        "alpha_valeurs_faible": weak.loc[name, "alpha_valeurs"],
        "alpha_centiles_faible": weak.loc[name, "alpha_centiles"],
    }
