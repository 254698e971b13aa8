"""« Ce qui pèse le plus » never prints a value equal to the median beside it."""

from __future__ import annotations

import pandas as pd

from diagalim.chapter.leading_words import sentences
from diagalim.settings.indicators_file import load_indicators


def said(value: float, median: float, state: str | None = None) -> list[str]:
    leading = pd.DataFrame(
        {
            "code_iris": ["130010101"],
            "ordre": [1],
            "indicateur": ["part_sans_voiture"],
            "contribution": [1.0],
            "valeur": [value],
            "mediane": [median],
        }
    )
    states = (
        None if state is None else pd.DataFrame({"part_sans_voiture": [state]}, index=["130010101"])
    )
    return sentences(leading, load_indicators(), states).get("130010101", [])


def test_a_value_stands_beside_its_median():
    assert said(38.2, 15.4) == ["38\u00a0% de ménages sans voiture (médiane\u00a0:\u00a015\u00a0%)"]


def test_one_decimal_more_tells_close_values_apart():
    assert "17,4" in said(17.4, 17.1)[0] and "17,1" in said(17.4, 17.1)[0]


def test_values_that_print_the_same_are_not_named():
    assert said(17.11, 17.12) == []


def test_an_estimated_value_says_so_and_a_published_one_does_not():
    assert ", valeur estimée (médiane" in said(38.2, 15.4, "estime")[0]
    assert ", valeur estimée (médiane" in said(38.2, 15.4, "carreaux")[0]
    assert said(38.2, 15.4, "observe") == said(38.2, 15.4)
