"""What the chapter « Les valeurs » shows: how well each indicator is known, what is held back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.score.status import LEAST_OBSERVED
from diagalim.analysis.values.redefine import Line
from diagalim.chapter.leading_words import value_text
from diagalim.settings.indicators import Registry
from diagalim.sources.official.filosofi import INCERT_HALF_WIDTH
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

DIRECTIONS = {1: "l'accroît", -1: "le réduit"}
OUTSIDE = "hors score"
EXACT = "décompte exact"


def indicator_text(known: pd.DataFrame, registry: Registry, chapter: Chapter) -> pd.DataFrame:
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
        rows[indicator.libelle[0].upper() + indicator.libelle[1:]] = {
            "Dimension": registry.dimensions[indicator.dimension].libelle,
            "Effet sur le risque": DIRECTIONS[indicator.sens] if counts else OUTSIDE,
            "IRIS connus": french.number(row["connus"]),
            "dont estimés": french.number(row["estimes"]),
            "Habitants couverts": french.with_unit(row["part_population"], "%"),
            "Médiane": value_text(row["mediane"], indicator),
            "Du 5e au 95e centile": (
                f"{french.number(row['p5'])} à {value_text(row['p95'], indicator)}"
            ),
            "Données (année)": f"{', '.join(producers)} ({', '.join(map(str, vintages))})",
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def line_text(lines: dict[str, Line], registry: Registry) -> pd.DataFrame:
    """Return the fitted lines between two definitions, with what each is worth."""
    rows = {
        registry.indicateurs[name].libelle: {
            "Droite": (
                f"{french.number(line.intercept, 1)} + "
                f"{french.number(line.slope, 2)} × part communale"
            ),
            "Écart type restant": french.with_unit(line.residual_sd, "points", 1),
            "Variance expliquée": french.with_unit(100 * line.r2, "%"),
            "Communes": french.number(line.n),
        }
        for name, line in lines.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def state_coverage(chapter: Chapter, known: pd.DataFrame, registry: Registry) -> None:
    """State one line of the table of indicators, to be read aloud under it."""
    name = known.index[0]
    indicator, row = registry.indicateurs[name], known.iloc[0]
    source = [row["sources"][0]]
    chapter.state("indicateur_exemple", indicator.libelle, "", "Indicateur", source)
    widths = sorted(set(INCERT_HALF_WIDTH.values()))
    said = french.listed([f"± {french.with_unit(w, 'point', 1)}" for w in widths])
    chapter.state("arrondis_iris", said, "", "Demi-arrondis du taux par IRIS", ["filosofi_iris"])
    chapter.state("connus_exemple", int(row["connus"]), "", "IRIS connus", source, certainty=EXACT)
    chapter.state(
        "mediane_exemple", value_text(row["mediane"], indicator), "", "Médiane des IRIS", source
    )


def state_held(
    chapter: Chapter,
    iris: pd.DataFrame,
    values: pd.DataFrame,
    known: pd.DataFrame,
    reserve: pd.DataFrame,
    inhabitants: str,
) -> None:
    """State how many IRIS and indicators are described, and what stays withheld or in reserve.

    Parameters
    ----------
    iris : DataFrame
        ``population``.
    values : DataFrame
        Long, withheld values estimated where equal weights let them be.
    known : DataFrame
        From `diagalim.analysis.values.coverage.coverage`.
    reserve : DataFrame
        Rows of the values that only other weights let in.
    inhabitants : str
        Dataset of ``population``.
    """
    sources = chapter.used()
    left = values[values["statut"].eq("secret") & values["indicateur"].isin(known.index)]
    counts = {
        "nb_iris": (len(iris), "IRIS du département"),
        "nb_decrits": (len(known), "Indicateurs dont les fichiers sont là, profils compris"),
        "nb_laissees": (len(left), "Valeurs masquées laissées sans valeur"),
        "nb_reserve": (len(reserve), "Valeurs estimées en réserve, pour d'autres poids"),
        "nb_iris_reserve": (reserve["code_iris"].nunique(), "IRIS des valeurs en réserve"),
    }
    for fact, (value, label) in counts.items():
        chapter.state(fact, int(value), "", label, sources, certainty=EXACT)
    chapter.state(
        "habitants_decrits",
        iris["population"].sum(),
        "habitants",
        "Habitants des IRIS décrits",
        [inhabitants],
        certainty="recensement, erreur d'échantillonnage non publiée par IRIS",
    )
    least = french.with_unit(100 * LEAST_OBSERVED, "%")
    chapter.choose("part_observee", least, "Part du poids observée pour estimer un IRIS A ou D")
    ages = sorted({chapter.resolved(source).vintage for source in sources})
    chapter.choose("annees_donnees", f"{ages[0]} à {ages[-1]}", "Années des données")
