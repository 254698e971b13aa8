"""How does a still picture lead into the interactive map, at the place that it shows?

The address of a view is that of ``map/js/panels/address.js``: latitude, longitude and scale. It
comes after ``?``, for the theme takes what follows ``#`` in a link for a heading. A test reads with
that script what is written here.
"""

from __future__ import annotations

import html
import io
import math
from collections.abc import Iterable, Mapping

import geopandas as gpd
from IPython.display import HTML, Image, display
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from PIL import Image as Picture

from diagalim.chapter.pages import MAP, address
from diagalim.wording import french

FRAME = (340, 420)
"""Pixels of the map that a phone shows: what is whole there is whole on a larger screen."""
TILE = 256
"""Pixels of the world at scale 0 (Web Mercator)."""
NEAREST = 15
COLOURS = 64
DOTS = 110


def view_address(places: gpd.GeoDataFrame) -> str:
    """Return the end of the address at which the interactive map shows all of some places.

    Parameters
    ----------
    places : GeoDataFrame
        At least one, in a known CRS.

    Raises
    ------
    ValueError
        When there is no place to show.
    """
    if places.empty:
        raise ValueError("Carte : aucun lieu à montrer, l'adresse de la vue n'existe pas.")
    west, south, east, north = places.to_crs("EPSG:4326").total_bounds
    low, high = _mercator(south), _mercator(north)
    width, height = math.radians(east - west), high - low
    world = TILE / (2 * math.pi)
    scales = [pixels / (world * size) for pixels, size in zip(FRAME, (width, height), strict=True)]
    zoom = min(NEAREST, math.floor(10 * math.log2(min(scales))) / 10)
    middle = math.degrees(2 * math.atan(math.exp((low + high) / 2)) - math.pi / 2)
    return f"?vue&carte={middle:.4f},{(west + east) / 2:.4f},{zoom:.1f}"


def city_views(iris: gpd.GeoDataFrame, cities: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the address of the view of each city.

    Parameters
    ----------
    iris : GeoDataFrame
        Indexed by codes of nine characters.
    cities : mapping of str to codes
        Communes of each city, its arrondissements where it has some.
    """
    communes = iris.index.astype(str).str[:5]
    return {name: view_address(iris[communes.isin(list(codes))]) for name, codes in cities.items()}


def show_views(views: Mapping[str, str], whole: str) -> None:
    """Show the links to the interactive map: the whole territory, then each place.

    Parameters
    ----------
    views : mapping of str to str
        From `city_views`.
    whole : str
        What the whole territory is called, « le département ».
    """
    links = [
        f'<a href="{address(MAP)}{html.escape(end)}">{html.escape(name)}</a>'
        for name, end in {whole: "", **views}.items()
    ]
    words = french.spaced("Voir sur la carte interactive : ")
    display(HTML(f'<p class="vers-carte-liens">{words}{" · ".join(links)}</p>'))


def show_light(figure: Figure) -> None:
    """Show a map of a few flat colours as a picture of a few colours, a third of the bytes."""
    full = io.BytesIO()
    figure.savefig(full, format="png", dpi=DOTS, bbox_inches="tight")
    plt.close(figure)
    small = io.BytesIO()
    picture = Picture.open(full).convert("RGB")
    picture.quantize(COLOURS, dither=Picture.Dither.NONE).save(small, "PNG", optimize=True)
    display(Image(small.getvalue()))


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
