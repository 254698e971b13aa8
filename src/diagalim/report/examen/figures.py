"""The figure of « Examen des indicateurs »: which indicators rank the places alike."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
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
BAR = {"orientation": "horizontal", "shrink": 0.8, "pad": 0.03, "aspect": 30}
ENDS = ["opposés", "sans lien", "même ordre"]


def correlation_figure(found: Screened, registry: Registry) -> Figure:
    """Draw the correlations of ranks, a square a pair, lines between dimensions."""
    names, count = found.names, len(found.names)
    marks = np.full((count, count), "", dtype=object)
    for pair in found.pairs.itertuples():
        column, row = sorted((names.index(pair.indicateur), names.index(pair.autre)))
        marks[row, column] = MARKS[pair.motif]
    figure, axes = plt.subplots(figsize=(6.4, 0.42 * count + 1.6))
    sns.heatmap(
        found.rho.to_numpy(), ax=axes, mask=np.triu(np.ones((count, count), bool)),
        cmap=theme.DIVERGING, vmin=-1, vmax=1, annot=marks, fmt="", annot_kws={"weight": "bold"},
        xticklabels=range(1, count + 1), cbar_kws=BAR,
        yticklabels=["\n".join(textwrap.wrap(text, WIDTH)) for text in numbered(names, registry)],
    )  # fmt: skip
    dimensions = list(found.dimension_of.values())
    for edge in range(1, count):
        if dimensions[edge] != dimensions[edge - 1]:
            axes.plot([0, edge], [edge] * 2, color=theme.INK, linewidth=0.8)
            axes.plot([edge] * 2, [edge, count], color=theme.INK, linewidth=0.8)
    axes.tick_params(length=0, labelsize=10, labelrotation=0)
    axes.collections[0].colorbar.set_ticks([-1, 0, 1], labels=ENDS)
    return figure
