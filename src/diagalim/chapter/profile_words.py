"""Names of profiles, built from what sets them apart: never from peoples or places."""

from __future__ import annotations

import textwrap

import pandas as pd

from diagalim.chapter.leading_words import value_text
from diagalim.settings.indicators import Registry
from diagalim.wording import french

LEGEND_WIDTH = 26
"""Letters of a line of the legend."""
NAMED_BY = 2
"""Traits in a name; the table gives one more."""


def trait_words(name: str, v: float, registry: Registry) -> str:
    """Return a trait in a few words; an indicator without words of its own lends its label."""
    indicator, side = registry.indicateurs[name], "plus" if v > 0 else "moins"
    return getattr(indicator.traits, side, f"{indicator.libelle} : {side}")


def profile_names(traits: pd.DataFrame, count: int, registry: Registry) -> dict[int, str]:
    """Return the name of each profile: its strongest traits, one more when two names are alike.

    Parameters
    ----------
    traits : DataFrame
        From `diagalim.analysis.solidity.profiles.traits`.
    count : int
        Number of profiles.
    registry : Registry
        Labels of the indicators.
    """
    words = {
        number: [
            trait_words(row.variable, row.v, registry)
            for row in traits[traits["profil"] == number].itertuples()
        ]
        for number in range(1, count + 1)
    }
    short = {number: tuple(said[:NAMED_BY]) for number, said in words.items()}
    alike = {number for number in short if list(short.values()).count(short[number]) > 1}
    return {
        number: ", ".join(said[: NAMED_BY + (number in alike)]) or "proche de l'ensemble"
        for number, said in words.items()
    }


def map_labels(traits: pd.DataFrame, count: int, registry: Registry) -> list[str]:
    """Return a label short enough for the legend of a map: number and strongest trait.

    Long ones take two lines: beside them stands the enlargement of a city.
    """
    labels = []
    for number in range(1, count + 1):
        own = traits[traits["profil"] == number]
        first = next(own.itertuples(), None)
        said = "" if first is None else f" · {trait_words(first.variable, first.v, registry)}"
        labels.append(textwrap.fill(f"{number}{said}", LEGEND_WIDTH, subsequent_indent="    "))
    return labels


def trait_sentences(traits: pd.DataFrame, registry: Registry) -> dict[int, str]:
    """Return the traits of each profile with their figures, beside those of all IRIS grouped."""
    said: dict[int, list[str]] = {}
    for row in traits.itertuples():
        indicator = registry.indicateurs[row.variable]
        here, all_of_them = (value_text(x, indicator) for x in (row.moyenne, row.ensemble))
        said.setdefault(row.profil, []).append(
            f"{indicator.libelle} : {here} (ensemble : {all_of_them})"
        )
    return {number: french.spaced(" ; ".join(parts)) for number, parts in said.items()}
