"""What moves the ranks: the sentences of « Sensibilité », named as facts in its words."""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.certainty.sensitivity import SHIFT
from diagalim.settings.indicators import Registry
from diagalim.wording import french

CHOICES = {
    "data": "valeurs des données",
    "removal": "indicateurs retenus",
    "weights": "poids",
    "treatment": "traitement des valeurs extrêmes",
    "normalisation": "mise à la même échelle",
    "inner": "moyenne dans une dimension",
    "outer": "réunion des dimensions",
    "missing": "règle des valeurs manquantes",
}
"""Choices of `diagalim.analysis.certainty.sensitivity.method_sensitivity`, in plain words."""
NAMED = 3
"""Choices named in the sentence on what moves the ranks."""


def numbers(
    sensitivity: pd.DataFrame, removed: pd.DataFrame, compared: pd.DataFrame, registry: Registry
) -> dict[str, str]:
    """Return what moves the ranks the most: choices, indicators, methods.

    Parameters
    ----------
    sensitivity, removed, compared : DataFrame
        From `method_sensitivity`, `remove_each` and `compare_methods`.
    registry : Registry
        Names of the indicators.
    """
    return {
        "phrase_moteurs": drivers_sentence(sensitivity),
        "phrase_retrait": removed_sentence(removed, registry),
        "phrase_methodes": alternatives_sentence(compared),
    }


def alternatives_sentence(compared: pd.DataFrame) -> str:
    """Say what share of the highest decile stays, whichever other method is taken alone."""
    kept = compared["part_gardee"]
    return (
        f"avec une autre méthode à la fois, {french.with_unit(100 * kept.min(), '%')} à "
        f"{french.with_unit(100 * kept.max(), '%')} des IRIS du dernier décile y restent"
    )


def drivers_sentence(sensitivity: pd.DataFrame) -> str:
    """Name the choices that take part the most in the shifts of rank; they do not add up to 100."""
    shift = sensitivity[sensitivity["sortie"] == SHIFT].dropna(subset="total")
    if shift.empty:
        return "aucun choix ne fait bouger les rangs"
    leading = shift.nlargest(NAMED, "total")
    named = [
        f"{CHOICES[row['choix']]} ({french.with_unit(100 * row['total'], '%')})"
        for _, row in leading.iterrows()
    ]
    return (
        "part des variations de rang où chaque choix de méthode intervient : "
        f"{french.listed(named)}"
    )


def removed_sentence(removed: pd.DataFrame, registry: Registry) -> str:
    """Say what the removal of one indicator does to all ranks, and to those of the first tenth."""
    mean, kept = removed["deplacement_moyen"], removed["part_gardee"]
    most, first = (registry.indicateurs[key].libelle for key in (mean.idxmax(), kept.idxmin()))
    low, high = french.number(mean.min()), french.number(mean.max())
    return (
        f"retirer un indicateur déplace un IRIS de {low} à {high} places en moyenne ; celui qui "
        f"compte le plus pour l'ensemble : {most} ; pour le dernier décile : {first} (sans lui, "
        f"{french.with_unit(100 * kept.min(), '%')} des IRIS y restent)"
    )
