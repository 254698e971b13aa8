"""The figures that « Les valeurs » states; their words are in ``valeurs.yml``."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from diagalim.analysis.score.status import LEAST_OBSERVED
from diagalim.chapter.facts import Facts
from diagalim.chapter.leading_words import value_text
from diagalim.settings.indicators import Registry
from diagalim.sources.official.filosofi import INCERT_HALF_WIDTH
from diagalim.wording import french


def described(
    values: pd.DataFrame, known: pd.DataFrame, reserve: pd.DataFrame, years: Iterable[int]
) -> dict[str, int | str]:
    """Return how many indicators are described, and what stays withheld or in reserve.

    Parameters
    ----------
    values : DataFrame
        Long, withheld values estimated where equal weights let them be.
    known : DataFrame
        From `diagalim.analysis.values.coverage.coverage`.
    reserve : DataFrame
        Rows of the values that only other weights let in.
    years : iterable of int
        Of the datasets read.
    """
    left = values[values["statut"].eq("secret") & values["indicateur"].isin(known.index)]
    ages = sorted(set(years))
    return {
        "nb_decrits": len(known),
        "nb_laissees": len(left),
        "nb_reserve": len(reserve),
        "nb_iris_reserve": reserve["code_iris"].nunique(),
        "part_observee": french.with_unit(100 * LEAST_OBSERVED, "%"),
        "annees_donnees": f"{ages[0]} à {ages[-1]}",
    }


def first_line(known: pd.DataFrame, registry: Registry) -> dict[str, int | str]:
    """Return the first line of the table of indicators, to be read aloud under it."""
    indicator, row = registry.indicateurs[known.index[0]], known.iloc[0]
    return {
        "indicateur_exemple": indicator.libelle,
        "connus_exemple": int(row["connus"]),
        "mediane_exemple": value_text(row["mediane"], indicator),
    }


def roundings() -> str:
    """Return how far the published rates of an IRIS may be from what was measured."""
    widths = sorted(set(INCERT_HALF_WIDTH.values()))
    return french.listed([f"± {french.with_unit(w, 'point', 1)}" for w in widths])


def in_reserve(facts: Facts) -> list[str]:
    """Return what to say of the values estimated for other weights; nothing when there is none."""
    if not facts["nb_reserve"].value:
        return []
    return [
        "**En réserve.** Un IRIS d'activité ou divers n'est estimé que si au moins {part_observee} "
        "du poids du score repose sur ce qui y est observé : cela dépend donc des poids. Pour "
        "qu'un changement de poids n'oblige pas à tout refaire, {nb_reserve} autres valeurs, dans "
        "{nb_iris_reserve} IRIS, sont estimées d'avance. Elles ne comptent ni dans les tableaux ni "
        "dans l'épreuve ; [le score](../etat_des_lieux/score.ipynb) ne prend que celles que ses "
        "poids autorisent."
    ]
