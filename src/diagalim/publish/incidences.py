"""« Ce qui pèse le plus » : the leading indicators of an IRIS, as sentences beside the median."""

from __future__ import annotations

import pandas as pd

from diagalim.indicators import Indicator, Registry
from diagalim.publish import french

_TIGHT = {"%": "%", "€/an": "€ par an", "‰": ""}
"""What follows the value; the sentence of a per-thousand rate already says so."""


def value_text(value: float, indicator: Indicator) -> str:
    """Format a value of an indicator with its unit, without false precision."""
    return french.with_unit(value, _TIGHT[indicator.unite])


def sentences(leading: pd.DataFrame, registry: Registry) -> pd.Series:
    """Return, for each IRIS, its leading indicators as sentences.

    Parameters
    ----------
    leading : DataFrame
        From `diagalim.score.reading.leading_indicators`.
    registry : Registry
        Labels of the indicators.

    Returns
    -------
    Series of list of str
        By IRIS, first the one that counts most: « 38 % de ménages sans voiture (médiane : 15 %) ».
    """
    said = []
    for row in leading.itertuples(index=False):
        indicator = registry.indicateurs[row.indicateur]
        value = value_text(row.valeur, indicator)
        median = value_text(row.mediane, indicator)
        said.append(
            french.spaced(
                f"{indicator.phrase.format(valeur=value)} (médiane :{french.NO_BREAK}{median})"
            )
        )
    return leading.assign(phrase=said).groupby("code_iris")["phrase"].apply(list)
