"""A printed map of points by group: a shape and a colour for each, never colour alone."""

from __future__ import annotations

import geopandas as gpd
import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from diagalim.chapter import theme
from diagalim.chapter.maps import scale_bar

STYLES = (
    ("o", "#0b4f6c"), ("s", "#b5521b"), ("^", "#2b7a4b"), ("P", "#7a2048"), ("D", "#8a6d00"),
    ("x", "#4b5563"),
)  # fmt: skip
"""Marker and colour of each group, in order; contrast over 4:1 on the ground of the map."""
GROUND = "#f3f1ec"


def point_map(points: gpd.GeoDataFrame, groups: list[str], outlines: gpd.GeoDataFrame) -> Figure:
    """Draw points over the outlines of the communes.

    Parameters
    ----------
    points : GeoDataFrame
        ``groupe`` and point, in metres.
    groups : list of str
        Groups in the order of the legend, as many as `STYLES` at most.
    outlines : GeoDataFrame
        Communes, same CRS.
    """
    figure = plt.figure(figsize=(5.6, 5.6), layout="none")
    axes = figure.add_axes((0.0, 0.2, 1.0, 0.8))
    outlines.plot(ax=axes, color=GROUND, edgecolor=theme.LINE, linewidth=0.5)
    handles = []
    for name, (marker, colour) in zip(groups, STYLES, strict=False):
        here = points[points["groupe"] == name]
        style = {"marker": marker, "color": colour, "markersize": 5, "linestyle": "none"}
        if marker != "x":
            style |= {"markeredgecolor": "white", "markeredgewidth": 0.5}
        axes.plot(here.geometry.x, here.geometry.y, **style)
        handles.append(Line2D([], [], label=f"{name} ({len(here)})", **style | {"markersize": 8}))
    axes.set_axis_off()
    axes.set_aspect("equal")
    scale_bar(axes)
    figure.legend(handles=handles, loc="lower center", ncols=2, frameon=False, fontsize=10)
    return figure
