"""No name, address or point of the aid lists of 2015 stands in anything that is built.

The lists have no licence. Their names, addresses, codes and points are searched in every file of
the build of 13, however written; names of communes and neighbourhoods, which official files give,
are not searched.
"""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from urllib.parse import unquote

import geopandas as gpd
import pytest

from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.workspace.notebooks import all_notebooks
from diagalim.workspace.paths import data_dirs, project_root

pytestmark = pytest.mark.site

FOLDER = "aide_alimentaire_2015"
NAMES = {
    "croixrouge_u2a_2015_geocoded.csv": (";", ("Code U2A", "Libellé U2A", "Adresse",
                                               "result_address")),
    "secours_populaire_2015_adresses_dep13.csv": (";", ("Code structure", "Nom de la structure",
                                                        "Raison sociale", "Nom de rue")),
    "croixrouge_dim_u2a_ville.csv": (",", ("LB_U2A",)),
}  # fmt: skip
"""Columns that name one site, by file."""
POINTS = {
    "croixrouge_u2a_2015_geocoded.csv": (";", ("latitude", "longitude")),
    "restos_du_coeur_2015_communes.csv": (";", ("coord.lat", "coord.lng")),
    "banque_alimentaire_2015.csv": (";", ("coord.lat", "coord.lng")),
    "croixrouge_dim_u2a_ville.csv": (",", ("coord.lat", "coord.lng")),
}
"""Columns of the point of one site: a latitude alone may be that of a border on the map."""
BETWEEN = 40
"""Characters that may part the two numbers of a point."""
SHORTEST = 8
"""Characters under which a text may be anything (« 1er », « Arles »)."""
DECIMALS = 5
"""Decimals of a degree that a map writes: one metre."""
NUMBER = re.compile(r"[-\d](?<![\d.].)(?:(?<=\d)|(?=\d))\d*\.?\d*")
"""A number with its sign; a first character is asked for first, to skip what cannot be one."""


def rows_of(columns: dict[str, tuple[str, tuple[str, ...]]]) -> set[tuple[str, ...]]:
    """Return the cells of some columns of the lists."""
    folders = [folder / FOLDER for folder in data_dirs(fictitious=False)]
    here = next((folder for folder in folders if folder.is_dir()), None)
    if here is None:
        pytest.skip("listes d'aide alimentaire de 2015 absentes (voir README)")
    found = set()
    for name, (separator, wanted) in columns.items():
        with (here / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter=separator):
                found.add(tuple(unquote(row[column] or "").strip() for column in wanted))
    return found


@pytest.fixture(scope="module")
def public_names(official_data, open_text) -> str:
    """Every name of a place that an official file gives, whatever the lists say."""
    outlines = read("contours_iris", load_territory("13"))[0]
    return open_text[2](" | ".join({*outlines["nom"], *outlines["nom_commune"]}))


@pytest.fixture(scope="module")
def typed(open_text) -> str:
    """What the project says before any list is read: « les sources » is also a street.

    And « Secours populaire français » is the network, named as a producer, not one of its places.
    """
    root = project_root()
    files = [*all_notebooks(root), *(root / "book").rglob("*.md")]
    files += [*(root / "src").rglob("*.py"), root / "data" / "sources.yml"]
    return open_text[2]("\n".join(file.read_text(encoding="utf-8") for file in files))


@pytest.fixture(scope="module")
def secrets(official_data, public_names, typed, open_text) -> set[str]:
    plain = open_text[2]
    cells = {text for row in rows_of(NAMES) for text in row if len(text) >= SHORTEST}
    return {text for text in cells if plain(text) not in public_names and plain(text) not in typed}


def as_key(number: str) -> str:
    """Return what two writings of one coordinate have in common: the metre, in both systems."""
    whole, _, decimals = number.partition(".")
    return whole if len(whole) >= 6 else f"{whole}.{decimals[:DECIMALS]:0<{DECIMALS}}"


@cache
def forms_of(number: float) -> frozenset[str]:
    """Return a coordinate as a file may hold it, cut and rounded."""
    places = 0 if abs(number) > 1000 else DECIMALS
    return frozenset({as_key(f"{number:.9f}"), as_key(f"{number:.{places}f}")})


def points_in(text: str, points: set[tuple[float, float]]) -> set[tuple[float, float]]:
    """Return the points whose two numbers stand close to each other in a text, in either order.

    Where they stand is looked at only for points whose two numbers are somewhere in the text.
    """
    keys = {as_key(number) for number in set(NUMBER.findall(text))}
    points = {point for point in points if not any(forms_of(n).isdisjoint(keys) for n in point)}
    if not points:
        return set()
    wanted = {form for point in points for number in point for form in forms_of(number)}
    seen: dict[str, list[int]] = {}
    for match in NUMBER.finditer(text):
        if (key := as_key(match[0])) in wanted:
            seen.setdefault(key, []).append(match.start())
    return {
        point
        for point in points
        if any(
            abs(one - other) <= BETWEEN
            for here in forms_of(point[0])
            for there in forms_of(point[1])
            for one in seen.get(here, [])
            for other in seen.get(there, [])
        )
    }


@pytest.fixture(scope="module")
def points(official_data) -> set[tuple[float, float]]:
    """The points of the lists, in degrees and in Lambert 93."""
    degrees = {(float(lat), float(lon)) for lat, lon in rows_of(POINTS) if lat and lon}
    placed = gpd.points_from_xy([b for _, b in degrees], [a for a, _ in degrees], crs="EPSG:4326")
    metres = placed.to_crs("EPSG:2154")
    return degrees | {(point.x, point.y) for point in metres}


def test_the_lists_hold_many_names_addresses_and_points(secrets, points):
    assert len(secrets) > 200 and len(points) > 100


def test_none_of_their_names_and_addresses_is_built(secrets, files_of_13):
    assert files_of_13.found(secrets) == []


def test_none_of_their_points_is_built(points, files_of_13):
    held = {text: points_in(text, points) for text in set(files_of_13.texts.values())}
    found = {name: held[text] for name, text in files_of_13.texts.items()}
    assert {name: where for name, where in found.items() if where} == {}


def test_every_chapter_and_the_map_of_13_are_searched(files_of_13):
    for name in (
        "executed/inventaire.ipynb",
        "html/notebooks/offre/inventaire.html",
        "html/searchindex.js",
    ):
        assert name in files_of_13.texts
    for name in ("html/_sources/notebooks/offre/inventaire.ipynb", "results/inventaire/facts.json"):
        assert name in files_of_13.texts
    assert (
        "widget-state+json" in files_of_13.texts["html/_static/widgets/notebooks/accueil/carte.js"]
    )


def test_the_search_finds_a_name_and_an_address_put_into_a_page(secrets, open_text, site_of_13):
    make, _, _ = open_text
    page = site_of_13.page("inventaire").read_text(encoding="utf-8")
    for secret in sorted(secrets)[:: len(secrets) // 20]:
        copy = page.replace("</article>", f"<p>{secret}</p></article>")
        assert (secret, "copie") in make([("copie", copy)]).found([secret])


WRITTEN = {
    "a map": lambda a, b: json.dumps({"location": [round(a, DECIMALS), round(b, DECIMALS)]}),
    "GeoJSON": lambda a, b: json.dumps({"type": "Point", "coordinates": [b, a]}),
    "cut": lambda a, b: f"{str(a)[:9]};{str(b)[:8]}",
    "WKT": lambda a, b: f"POINT ({b:.8f} {a:.8f})",
    "two columns": lambda a, b: f"<td>{a:.6f}</td><td>{b:.6f}</td>",
}


@pytest.mark.parametrize("how", WRITTEN)
def test_the_search_finds_a_point_however_it_is_written(how, points):
    for a, b in points:
        if how in ("cut", "a map") and abs(a) > 1000:
            continue
        assert (a, b) in points_in(f"x {WRITTEN[how](a, b)} y", points)
