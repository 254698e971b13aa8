"""The tables of « Les valeurs »: how each indicator is known, how two definitions are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.values.redefine import Line
from diagalim.chapter.leading_words import value_text
from diagalim.settings.indicators import Registry
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

DIRECTIONS = {1: "l'accroît", -1: "le réduit"}
OUTSIDE = "hors score"


def indicators(known: pd.DataFrame, registry: Registry, chapter: Chapter) -> pd.DataFrame:
    """Return one line an indicator: dimension, effect on the risk, coverage, values.

    Parameters
    ----------
    known : DataFrame
        From `diagalim.analysis.values.coverage.coverage`.
    registry : Registry
        Names, units and directions of the indicators.
    chapter : Chapter
        Has read the datasets of ``known``.
    """
    rows = {}
    for name, row in known.iterrows():
        indicator = registry.indicateurs[name]
        vintages = sorted({chapter.resolved(source).vintage for source in row["sources"]})
        producers = sorted({chapter.resolved(s).source.producteur for s in row["sources"]})
        counts = indicator.role == "score"
        rows[french.sentence_case(indicator.libelle)] = {
            "dimension": registry.dimensions[indicator.dimension].libelle,
            "effet": DIRECTIONS[indicator.sens] if counts else OUTSIDE,
            "connus": row["connus"],
            "estimes": row["estimes"],
            "part_population": row["part_population"],
            "mediane": value_text(row["mediane"], indicator),
            "etendue": f"{french.number(row['p5'])} à {value_text(row['p95'], indicator)}",
            "donnees": f"{', '.join(producers)} ({', '.join(map(str, vintages))})",
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def lines(fitted: dict[str, Line], registry: Registry) -> pd.DataFrame:
    """Return the fitted lines between two definitions, with what each is worth."""
    rows = {
        registry.indicateurs[name].libelle: {
            "droite": (
                f"{french.number(line.intercept, 1)} + "
                f"{french.number(line.slope, 2)} × part communale"
            ),
            "ecart": line.residual_sd,
            "expliquee": 100 * line.r2,
            "communes": line.n,
        }
        for name, line in fitted.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index")
