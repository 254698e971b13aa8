"""The page « Examen des indicateurs »: its tables and its figure, numbers and words side by side.

Every table names an indicator in the words of the recipe that served it, and every cell that could
be mistaken for a zero says what it is.
"""

from __future__ import annotations

import re
import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from diagalim.analysis.score.multivariate import CONTRARY, REDUNDANT, Components
from diagalim.analysis.screening.screened import EACH, FIRST, STUDY, Screened
from diagalim.chapter import theme
from diagalim.settings.indicators import Registry
from diagalim.wording import french

STATES = {
    "publies": "Publiées telles quelles",
    "arrondis": "Publiées, arrondies",
    "empruntes": "Empruntées",
    "estimes": "Estimées",
    "masques": "Masquées",
    "absents": "Absentes du fichier",
    "sans_objet": "Sans objet",
}
WAYS = {
    STUDY: "Poids de ce rapport",
    EACH: "Si chaque indicateur comptait une fois",
    FIRST: "Si l'on suivait la première composante",
}
MOTIVES = {REDUNDANT: "disent presque la même chose", CONTRARY: "s'opposent"}
MARKS = {REDUNDANT: "=", CONTRARY: "−"}
"""Written in the cells of the figure, so that colour is never alone to say it."""
SHOWN_COMPONENTS, SHOWN_INDICATORS = 5, 3
WIDTH = 34
"""Characters of a line of the labels of the figure."""
WHOLE = "Tous ensemble"


def words_of(name: str, registry: Registry) -> str:
    """Return the name of an indicator as a sentence holds it, thousands kept together."""
    return re.sub(r"(?<=\d) (?=\d{3}\b)", french.NARROW, registry.indicateurs[name].libelle)


def label(name: str, registry: Registry) -> str:
    """Return the name of an indicator with a capital first."""
    words = words_of(name, registry)
    return words[:1].upper() + words[1:]


def dimension_label(name: str, registry: Registry) -> str:
    """Return the name of a dimension."""
    return registry.dimensions[name].libelle


def numbered(names: list[str], registry: Registry) -> list[str]:
    """Return the indicators with their number, which heads the columns of a matrix."""
    return [f"{n}. {label(name, registry)}" for n, name in enumerate(names, start=1)]


def coverage_text(
    by_type: pd.DataFrame, totals: pd.Series, known: pd.DataFrame, registry: Registry
) -> pd.DataFrame:
    """Return, for each indicator, how many IRIS of each type and inhabitants it covers.

    Parameters
    ----------
    by_type : DataFrame of int
        From `diagalim.analysis.values.coverage.known_by_type`.
    totals : Series of int
        IRIS of each type.
    known : DataFrame
        From `diagalim.analysis.values.coverage.coverage`.
    """
    rows = {
        label(name, registry): {
            **{
                f"{kind} (sur {french.number(totals[kind])})": french.number(row[kind])
                for kind in by_type.columns
            },
            "Habitants couverts": french.with_unit(known.loc[name, "part_population"], "%", 1),
        }
        for name, row in by_type.iterrows()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def states_text(states: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Return how many values of each indicator are published, rounded, lent, estimated, withheld.

    Parameters
    ----------
    states : DataFrame of int
        From `diagalim.analysis.values.coverage.states_by_indicator`.
    """
    named = states.rename(index=lambda name: label(name, registry), columns=STATES)
    return named[list(STATES.values())].map(french.number)


def distribution_text(described: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Return the shape of each indicator.

    Parameters
    ----------
    described : DataFrame
        From `diagalim.analysis.score.multivariate.screening`.
    """
    rows = {
        label(name, registry): {
            "Valeurs": french.number(row["connus"]),
            "Valeurs distinctes": french.number(row["distincts"]),
            "Part de zéros": french.with_unit(row["part_zeros"], "%", 1),
            "Asymétrie": french.number(row["asymetrie"], 2),
            "Aplatissement": french.number(row["aplatissement"], 2),
            "À noter": _noted(row),
        }
        for name, row in described.iterrows()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def _noted(row: pd.Series) -> str:
    if row["constant"]:
        return "une seule valeur"
    return "valeurs extrêmes" if row["extreme"] else "–"


def matrix_text(found: Screened, registry: Registry) -> pd.DataFrame:
    """Return the correlations of the figure as a table, each pair once, under the diagonal."""
    rho = found.rho.to_numpy()
    before = range(len(rho) - 1)
    cells = [
        [french.number(line[j], 2) if j < i else "1" if j == i else "" for j in before]
        for i, line in enumerate(rho)
    ]
    columns = [str(j + 1) for j in before]
    return pd.DataFrame(cells, index=numbered(found.names, registry), columns=columns)


def pairs_text(found: Screened, registry: Registry) -> pd.DataFrame:
    """Return the pairs that repeat or contradict each other, from the closest to the most opposed.

    An empty table when there is none.
    """
    rows = [
        [
            label(row.autre, registry),
            dimension_label(row.dimension, registry) if row.dimension else "deux dimensions",
            french.number(row.rho, 2),
            MOTIVES[row.motif],
        ]
        for row in found.pairs.itertuples()
    ]
    return pd.DataFrame(
        rows,
        index=[label(name, registry) for name in found.pairs["indicateur"]],
        columns=["Et", "Dimension", "Corrélation des rangs", "Ces deux indicateurs"],
    )


def coherence_text(found: Screened, registry: Registry) -> pd.DataFrame:
    """Return how far the indicators of each dimension, then all of them, hang together."""
    rows = {
        dimension_label(name, registry): {
            "Indicateurs": french.number(row["indicateurs"]),
            "Alpha des valeurs": _or_dash(row["alpha_valeurs"]),
            "Alpha des centiles": _or_dash(row["alpha_centiles"]),
            "Part du premier axe": _or_dash(row["part_premiere"], "%", 0),
        }
        for name, row in found.coherence.iterrows()
    }
    first = found.components.shares[0] if found.components else float("nan")
    rows[WHOLE] = {
        "Indicateurs": french.number(len(found.names)),
        "Alpha des valeurs": _or_dash(found.alpha_values),
        "Alpha des centiles": _or_dash(found.alpha_percentiles),
        "Part du premier axe": _or_dash(first, "%", 0),
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def _or_dash(value: float, unit: str = "", decimals: int = 2) -> str:
    return "–" if np.isnan(value) else french.with_unit(value, unit, decimals)


def components_text(components: Components, names: list[str], registry: Registry) -> pd.DataFrame:
    """Return the first components: what each carries, and the indicators most tied to it."""
    rows = {}
    for axis in range(min(SHOWN_COMPONENTS, len(names))):
        tied = pd.Series(components.loadings[:, axis], index=names)
        most = tied.abs().nlargest(SHOWN_INDICATORS).index
        rows[f"Axe {axis + 1}"] = {
            "Part de la variance": french.with_unit(components.shares[axis], "%", 1),
            "Part cumulée": french.with_unit(components.shares[: axis + 1].sum(), "%", 1),
            "Indicateurs les plus liés (corrélation)": " ; ".join(
                f"{label(name, registry)} ({french.number(tied[name], 2, sign=True)})"
                for name in most
            ).replace(" ;", f"{french.NARROW};"),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def weights_text(found: Screened, registry: Registry) -> pd.DataFrame:
    """Return what each dimension would weigh under three ways to set the weights."""
    named = found.weights.rename(
        index=lambda name: dimension_label(name, registry), columns=WAYS
    ).dropna(axis="columns", how="all")
    return named.map(lambda share: french.with_unit(share, "%", 1))


def correlation_figure(found: Screened, registry: Registry) -> Figure:
    """Draw the correlations of ranks, a square a pair, lines between dimensions."""
    names, rho = found.names, found.rho.to_numpy().copy()
    count = len(names)
    rho[np.triu_indices(count)] = np.nan
    figure, axes = plt.subplots(figsize=(6.4, 0.42 * count + 1.6))
    image = axes.imshow(rho, cmap=theme.DIVERGING, vmin=-1, vmax=1, aspect="auto")
    for pair in found.pairs.itertuples():
        column, row = sorted((names.index(pair.indicateur), names.index(pair.autre)))
        axes.text(
            column, row, MARKS[pair.motif], ha="center", va="center", fontweight="bold",
            color="white" if abs(pair.rho) > 0.5 else theme.INK,
        )  # fmt: skip
    dimensions = list(found.dimension_of.values())
    for edge in range(1, count):
        if dimensions[edge] != dimensions[edge - 1]:
            axes.plot([-0.5, edge - 0.5], [edge - 0.5] * 2, color=theme.INK, linewidth=0.8)
            axes.plot([edge - 0.5] * 2, [edge - 0.5, count - 0.5], color=theme.INK, linewidth=0.8)
    labels = ["\n".join(textwrap.wrap(text, WIDTH)) for text in numbered(names, registry)]
    axes.set_yticks(range(count), labels, fontsize=10)
    axes.set_xticks(range(count), [str(n) for n in range(1, count + 1)], fontsize=10)
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    bar = figure.colorbar(image, ax=axes, orientation="horizontal", shrink=0.8, pad=0.03, aspect=30)
    bar.set_ticks([-1, 0, 1], labels=["opposés", "sans lien", "même ordre"])
    bar.outline.set_visible(False)
    return figure
