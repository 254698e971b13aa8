"""« Ce qui pèse le plus » : the leading indicators of an IRIS, as sentences beside the median."""

from __future__ import annotations

import pandas as pd

from diagalim.settings.indicators import Indicator, Registry
from diagalim.wording import french

_TIGHT = {"%": "%", "€/an": "€ par an", "‰": ""}
"""What follows the value; the sentence of a per-thousand rate already says so."""

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
"""What is said of the state of a value."""
ESTIMATED = ("carreaux", "estime")
"""States of a value that nobody published."""


def value_text(value: float, indicator: Indicator, decimals: int = 0) -> str:
    """Format a value of an indicator with its unit, without false precision."""
    return french.with_unit(value, _TIGHT[indicator.unite], decimals)


def sentences(
    leading: pd.DataFrame, registry: Registry, states: pd.DataFrame | None = None
) -> pd.Series:
    """Return, for each IRIS, its leading indicators as sentences.

    Where a value and its median print the same, one decimal more is shown; an indicator whose two
    values still print the same is not named.

    Parameters
    ----------
    leading : DataFrame
        From `diagalim.analysis.score.leading.leading_indicators`.
    registry : Registry
        Labels of the indicators.
    states : DataFrame of str, optional
        State of each value, IRIS in rows, indicators in columns: an estimated value says so.

    Returns
    -------
    Series of list of str
        By IRIS, first the one that counts most: « 38 % de ménages sans voiture (médiane : 15 %) ».
    """
    said = [
        _sentence(
            row.valeur,
            row.mediane,
            registry.indicateurs[row.indicateur],
            states is not None and states.at[row.code_iris, row.indicateur] in ESTIMATED,
        )
        for row in leading.itertuples(index=False)
    ]
    named = leading.assign(phrase=said)
    return named[named["phrase"] != ""].groupby("code_iris")["phrase"].apply(list)


def _sentence(value: float, median: float, indicator: Indicator, estimated: bool) -> str:
    for decimals in (0, 1):
        shown, beside = (value_text(v, indicator, decimals) for v in (value, median))
        if shown != beside:
            phrase = indicator.phrase.format(valeur=shown)
            how = ", valeur estimée" if estimated else ""
            return french.spaced(f"{phrase}{how} (médiane :{french.NO_BREAK}{beside})")
    return ""
