"""Printed maps: ordered flat colours for a rate, hatching where the producer withholds the value.

A flat colour is never used for a count. Classes have round breaks, stated in the legend with the
number of places in each. Dense cities vanish on a department map, so an inset enlarges one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from diagalim.chapter import theme
from diagalim.settings.territory import FocusCommune

SCALE_BARS_KM = (1, 2, 5, 10, 20)
"""Round lengths; the longest that takes at most a third of the width is drawn."""


SECRET, OTHER, EMPTY = "secret", "autre", "vide"
"""Why a place has no class: withheld by the producer, another reason, nobody lives there."""


class Hatching(NamedTuple):
    """How places without a class are drawn: as the interactive map draws them."""

    ground: str
    line: str
    hatch: str


UNSCORED = {
    SECRET: Hatching("#c6cad0", "#3d434b", "----"),
    OTHER: Hatching(theme.EMPTY, "#8a9099", "////"),
    EMPTY: Hatching("#b4b8bd", "#f4f4f2", "||||"),
}
"""Styles by reason; none is the colour of a class."""


@dataclass(frozen=True)
class Classes:
    """How values become colours.

    Parameters
    ----------
    labels : list of str
        One a class, lowest first.
    colours : list of str
        Same length.
    missing_label : str
        For places without a value, drawn hatched.
    reasons : dict of str to str
        Labels of `SECRET`, `OTHER` and `EMPTY`, where the map tells them apart.
    """

    labels: list[str]
    colours: list[str]
    missing_label: str
    reasons: Mapping[str, str] = field(default_factory=dict)


def inset_title(cities: Sequence[FocusCommune]) -> str:
    """Return the title of the enlargement: the cities cut into districts."""
    return " ; ".join(city.nom for city in cities if city.arrondissements)


def class_of(values: pd.Series, breaks: Sequence[float]) -> pd.Series:
    """Return the class of each value, 1 first: under the first break, between, from the last on.

    A value equal to a break belongs to the class above it; a missing value has no class.
    """
    found = pd.Series(np.searchsorted(breaks, values, side="right") + 1.0, index=values.index)
    return found.where(values.notna())


def break_labels(breaks: Sequence[float], unit: str) -> list[str]:
    """Return the label of each class of `class_of`, in French."""
    inner = [f"de {low:g} à moins de {high:g} {unit}" for low, high in itertools.pairwise(breaks)]
    return [f"moins de {breaks[0]:g} {unit}", *inner, f"{breaks[-1]:g} {unit} et plus"]


def class_map(
    places: gpd.GeoDataFrame,
    classes: pd.Series,
    legend: Classes,
    *,
    outlines: gpd.GeoDataFrame,
    inset: gpd.GeoDataFrame | None = None,
    inset_title: str = "",
    named: gpd.GeoDataFrame | None = None,
    uncertain: pd.Series | None = None,
    why: pd.Series | None = None,
) -> Figure:
    """Draw places by class, with an optional enlargement.

    Parameters
    ----------
    places : GeoDataFrame
        In metres (EPSG:2154).
    classes : Series
        1, 2, … by place, same index; missing is drawn hatched.
    legend : Classes
        Labels and colours.
    outlines : GeoDataFrame
        Drawn as thin lines over the places.
    inset : GeoDataFrame, optional
        Places whose extent is enlarged; none when empty, nor when it is the whole map.
    inset_title : str
        Title of the enlargement.
    named : GeoDataFrame, optional
        Places whose ``nom`` is written.
    uncertain : Series of bool, optional
        Places whose class is only indicative: hatched over their colour.
    why : Series of str, optional
        Reason of each place without a class, one of ``legend.reasons``; `OTHER` when not given.

    Returns
    -------
    Figure
        Map, legend with the number of places in each class, scale bar; north is up.
    """
    if inset is not None and len(inset) in (0, len(places)):  # nothing, or the map once more
        inset = None
    reasons = pd.Series(OTHER, places.index) if why is None else why.reindex(places.index)
    without = reasons[classes.isna()]
    # narrow figures: on a phone their letters stay readable
    figure = plt.figure(figsize=(5.6, 4.8 if inset is None else 6.8), layout="none")
    with _drawn_once(figure):
        _compose(
            figure,
            places,
            classes,
            legend,
            outlines,
            inset,
            inset_title,
            named,
            uncertain,
            without,
        )
    return figure


@contextmanager
def _drawn_once(figure: Figure) -> Iterator[None]:
    """Leave the figure undrawn while it is composed: geopandas asks for a drawing at each layer."""
    canvas = figure.canvas
    FigureCanvasBase(figure)
    try:
        yield
    finally:
        figure.set_canvas(canvas)


def _compose(
    figure: Figure,
    places: gpd.GeoDataFrame,
    classes: pd.Series,
    legend: Classes,
    outlines: gpd.GeoDataFrame,
    inset: gpd.GeoDataFrame | None,
    inset_title: str,
    named: gpd.GeoDataFrame | None,
    uncertain: pd.Series | None,
    unscored: pd.Series,
) -> None:
    main = figure.add_axes((0.0, 0.22, 1.0, 0.78) if inset is None else (0.0, 0.4, 1.0, 0.6))
    _paint(main, places, classes, legend, outlines, uncertain, unscored)
    scale_bar(main)
    for place in named.itertuples() if named is not None else ():
        point = place.geometry.representative_point()
        text = main.annotate(place.nom, (point.x, point.y), ha="center", fontsize=9)
        text.set_bbox({"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1.2})
    figure.legend(
        handles=_legend(classes, legend, uncertain, unscored),
        loc="lower center" if inset is None else "lower left",
        ncols=2 if inset is None else 1,
        frameon=False,
        fontsize=11,
    )
    if inset is not None:
        west, south, east, north = inset.total_bounds
        zoom = figure.add_axes((0.55, 0.0, 0.45, 0.37))
        _paint(zoom, places, classes, legend, outlines, uncertain, unscored)
        zoom.set(xlim=(west, east), ylim=(south, north))
        zoom.set_title(inset_title, fontsize=10, loc="left", color=theme.INK)
        main.add_patch(
            Rectangle((west, south), east - west, north - south, fill=False, ec=theme.INK, lw=1.2)
        )


def _paint(
    axes: Axes,
    places: gpd.GeoDataFrame,
    classes: pd.Series,
    legend: Classes,
    outlines: gpd.GeoDataFrame,
    uncertain: pd.Series | None,
    unscored: pd.Series,
) -> None:
    known = places[classes.notna()]
    colours = [legend.colours[int(k) - 1] for k in classes[classes.notna()]]
    known.plot(ax=axes, color=colours, edgecolor="white", linewidth=0.25)
    if uncertain is not None and uncertain.any():
        places[uncertain].plot(
            ax=axes, facecolor="none", edgecolor=theme.INK, hatch="....", linewidth=0.2
        )
    for reason, style in UNSCORED.items():
        without = places.loc[unscored.index[unscored == reason]]
        if len(without):
            without.plot(
                ax=axes, color=style.ground, edgecolor=style.line, hatch=style.hatch, linewidth=0.2
            )
    outlines.boundary.plot(ax=axes, color=theme.MUTED, linewidth=0.35)
    axes.set_axis_off()
    axes.set_aspect("equal")


def _legend(
    classes: pd.Series, legend: Classes, uncertain: pd.Series | None, unscored: pd.Series
) -> list[Patch]:
    counts = classes.value_counts()
    patches = [
        Patch(
            facecolor=colour,
            edgecolor=theme.LINE,
            label=f"{label} ({counts.get(float(position), 0)})",
        )
        for position, (label, colour) in enumerate(
            zip(legend.labels, legend.colours, strict=True), start=1
        )
    ]
    if uncertain is not None and uncertain.any():
        label = f"score indicatif ({int(uncertain.sum())})"
        patches.append(Patch(facecolor="white", edgecolor=theme.INK, hatch="....", label=label))
    for reason, style in UNSCORED.items():
        count = int((unscored == reason).sum())
        label = legend.reasons.get(reason, legend.missing_label)
        if count:
            patches.append(
                Patch(
                    facecolor=style.ground,
                    edgecolor=style.line,
                    hatch=style.hatch,
                    label=f"{label} ({count})",
                )
            )
    return patches


def scale_bar(axes: Axes) -> None:
    """Draw a bar of a round length in the lower left corner of a map in metres."""
    west, east = axes.get_xlim()
    south, _ = axes.get_ylim()
    length = scale_bar_km(east - west)
    start, metres = west + 200 * length, 1000 * length
    axes.plot([start, start + metres], [south, south], color=theme.INK, lw=2)
    axes.annotate(
        f"{length} km",
        (start + metres / 2, south),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        fontsize=8.5,
    )


def scale_bar_km(width: float) -> int:
    """Return the length of the scale bar, in kilometres, for a map of ``width`` metres."""
    fitting = [length for length in SCALE_BARS_KM if 3000 * length <= width]
    return max(fitting, default=SCALE_BARS_KM[0])
