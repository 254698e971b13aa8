"""Where is the risk highest, and what is known of each IRIS there?

An ipyleaflet map holds three empty layers; a small anywidget controller, running in the reader's
browser, fills them from shared arcs, paints them, opens the sheets, scores again under the reader's
weights. Python callbacks would be dead on the static site, ipyleaflet alone has no popup per
polygon of a GeoJSON layer, and its GeoJSON weighs ten times the arcs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget
import geopandas as gpd
import pandas as pd
from ipyleaflet import GeoJSON, Map, ScaleControl, TileLayer, ZoomControl
from ipywidgets import Layout, VBox, Widget, widget_serialization
from traitlets import Dict, Instance

from diagalim.chapter.offer_words import LEVEL_COLOURS
from diagalim.map.columns import check_map_tables, popup_columns
from diagalim.map.geometry import centre, simplify_coverage
from diagalim.map.script import controller_script, controller_style
from diagalim.map.topology import topology
from diagalim.map.wording import CLASS_COLOURS, complete_texts

HEIGHT = "min(75vh, 720px, max(500px, 58vw))"
"""A quarter of the screen stays free, where a finger scrolls the page and not the map; a narrow
screen gets no taller map than a department, wider than high, can fill."""

EMPTY: dict[str, Any] = {"type": "FeatureCollection", "features": []}

PLAN_IGN = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&TILEMATRIXSET=PM&FORMAT=image/png"
    "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)


class RiskController(anywidget.AnyWidget):
    """What acts in the browser: it holds the layers by reference, and the columns to show."""

    _esm = controller_script()
    _css = controller_style()
    layer = Instance(Widget).tag(sync=True, **widget_serialization)
    outlines = Instance(Widget).tag(sync=True, **widget_serialization)
    circles = Instance(Widget).tag(sync=True, **widget_serialization)
    sites = Instance(Widget, allow_none=True).tag(sync=True, **widget_serialization)
    shapes = Dict().tag(sync=True)
    data = Dict().tag(sync=True)
    scoring = Dict().tag(sync=True)
    tiles = Instance(Widget, allow_none=True).tag(sync=True, **widget_serialization)
    offer = Dict().tag(sync=True)
    texts = Dict().tag(sync=True)
    palette = Dict().tag(sync=True)


def risk_map(
    iris: gpd.GeoDataFrame,
    communes: pd.DataFrame,
    *,
    scoring: Mapping[str, Any] | None = None,
    offer: Mapping[str, Any] | None = None,
    jumps: Mapping[str, list[str]] | None = None,
    texts: Mapping[str, str | list[str]] | None = None,
    basemap: bool = False,
    offered: bool = False,
    tolerance: float = 30.0,
) -> VBox:
    """Return the map of risk classes, complete without a kernel.

    Parameters
    ----------
    iris : GeoDataFrame
        In EPSG:2154, indexed by ``code_iris`` (nine characters). Columns: ``nom``; ``type_iris``
        (H, A, D, Z); ``population`` (people); ``statut`` (``note``, ``indicatif``, ``non_note``,
        ``sans_population``); ``motif`` (French, why not scored, else empty); ``classe`` (1 to 5);
        ``score`` (0 to 100); ``rang`` (1 is the highest risk); ``nb_notes`` (IRIS scored);
        ``incidences`` (up to three French sentences); optional: ``epci`` (name); ``rang_bas``,
        ``rang_haut`` (90 % interval of the rank) and ``mot`` (its certainty in words).
    communes : DataFrame
        ``code`` and ``nom`` of communes, or of arrondissements where IRIS codes start with theirs.
        Outlines are drawn from the IRIS, so that they meet them exactly.
    scoring : mapping, optional
        From `diagalim.map.scoring.scoring_basis`, same IRIS in the same order: the reader may
        then change the weights, and the sheets show dimensions and indicators.
    offer : mapping, optional
        Layers of `diagalim.map.layers` by name, IRIS in the same order: ``shops``,
        ``quarters``, ``aid`` (distances), ``sites``. One that is missing leaves no control.
    jumps : mapping of str to list of str, optional
        Codes of the communes of each place that a button leads to: a dense city is too small to
        read when the whole territory is shown.
    texts : mapping, optional
        French texts to replace, by their names in `wording.DEFAULT_TEXTS`.
    basemap : bool
        Put the tiles of Plan IGN underneath: the page then calls data.geopf.fr.
    offered : bool
        Let the reader ask for these tiles; the page calls nobody before that.
    tolerance : float
        Metres of simplification.

    Returns
    -------
    VBox
        The controller above the map.

    Raises
    ------
    ValueError
        When a column is missing or contradicts another, or a text is unknown.
    """
    check_map_tables(iris, communes)
    said = complete_texts(texts)
    shapes = simplify_coverage(iris, tolerance)
    # Filled in the browser, which knows the arcs; grey until painted, never the colour of a class.
    layer = GeoJSON(
        data=EMPTY,
        style={"color": "#6b6b6b", "weight": 0.5, "fillColor": "#c9ccd1", "fillOpacity": 1},
    )
    outlines = GeoJSON(data=EMPTY, style={"color": "#1d1d1b", "weight": 1.2, "fill": False})
    circles = GeoJSON(data=EMPTY, point_style={"radius": 3, "color": "#1d1d1b", "weight": 0.6})
    shown = {name: part for name, part in (offer or {}).items() if part}
    sites = GeoJSON(data=EMPTY) if shown.get("sites") else None
    # An explicit tuple: without one, ipyleaflet adds the tiles of OpenStreetMap.
    below = (_plan_ign(),) if basemap else ()
    drawn = Map(
        layers=(*below, layer, outlines, circles, *([sites] if sites else [])),
        controls=(
            ZoomControl(zoom_in_title="Zoom avant", zoom_out_title="Zoom arrière"),
            ScaleControl(position="bottomright", imperial=False),
        ),
        center=centre(shapes),
        zoom=9,
        min_zoom=7,
        max_zoom=18,
        # Tiles blur between whole levels; outlines alone do not, and fit a phone better.
        zoom_snap=1 if basemap else 0.1,
        scroll_wheel_zoom=False,
        zoom_control=False,
        attribution_control=basemap,
        layout=Layout(height=HEIGHT, width="100%"),
    )
    controller = RiskController(
        layer=layer,
        outlines=outlines,
        circles=circles,
        sites=sites,
        shapes=topology(shapes),
        data={**popup_columns(iris, communes, said=not scoring), "jumps": _jumps(jumps)},
        scoring=dict(scoring or {}),
        # a reader who finds them there already has nothing to choose
        tiles=_plan_ign() if offered and not basemap else None,
        offer=shown,
        texts=said,
        palette={"classes": list(CLASS_COLOURS), "levels": list(LEVEL_COLOURS)},
        layout=Layout(width="100%"),
    )
    return VBox([controller, drawn], layout=Layout(width="100%"))


def _jumps(asked: Mapping[str, list[str]] | None) -> list[dict[str, Any]]:
    return [{"name": name, "communes": list(codes)} for name, codes in (asked or {}).items()]


def _plan_ign() -> TileLayer:
    return TileLayer(url=PLAN_IGN, attribution="© IGN, Plan IGN", max_zoom=18, opacity=0.6)
