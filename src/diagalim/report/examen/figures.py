"""The figure of « Examen des indicateurs »: which indicators rank the places alike."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from diagalim.analysis.score.multivariate import CONTRARY, REDUNDANT
from diagalim.analysis.screening.screened import Screened
from diagalim.chapter import theme
from diagalim.report.examen.tables import numbered
from diagalim.settings.indicators import Registry

MARKS = {REDUNDANT: "=", CONTRARY: "−"}
"""Written in the cells of the figure, so that colour is never alone to say it."""
WIDTH = 34
"""Characters of a line of the labels of the figure."""


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
