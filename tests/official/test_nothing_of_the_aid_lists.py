"""No name, address or point of the aid lists of 2015 stands in anything that is built.

The lists have no licence. Each is searched for as it is written in its file, in the executed
notebooks, the pages and the results of 13; names of communes, which are public, are not searched.
"""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest

from diagalim.paths import build_dir, data_dirs, project_root
from diagalim.sources.aid_lists import plain

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
READ = {".html", ".ipynb", ".json", ".js", ".csv", ".xlsx", ".gpkg"}


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
def secrets() -> set[str]:
    return {text for row in rows_of(NAMES) for text in row if len(text) >= SHORTEST}


@pytest.fixture(scope="module")
def built() -> dict[Path, str]:
    folder = build_dir("13")
    files = [
        path
        for part in ("executed", "html", "results")
        for path in sorted((folder / part).rglob("*"))
        if path.suffix in READ and "_static" not in path.parts
    ]
    if not (folder / "results" / "03_offre").is_dir():
        pytest.skip("le rapport du 13 n'est pas construit : lancez make report")
    return {path: text_of(path) for path in files}


def text_of(path: Path) -> str:
    """Return what can be read in a file: the sheets of a workbook, the text of any other."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def public_names(official) -> str:
    """Every name of a place that an official file gives, whatever the lists say."""
    outlines = official["contours_iris"]
    return plain(" | ".join({*outlines["nom"], *outlines["nom_commune"]}))


def test_the_lists_hold_many_names_addresses_and_points(secrets):
    assert len(secrets) > 200


@pytest.fixture(scope="module")
def typed() -> str:
    """Prose of the project, written before any list was read: « les sources » is also a street."""
    root = project_root()
    files = [*(root / "notebooks").glob("*.ipynb"), *(root / "book").rglob("*.md")]
    files += (root / "src").rglob("*.py")
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_none_of_them_is_built(secrets, built, public_names, typed):
    asked = [t for t in secrets if plain(t) not in public_names and t not in typed]
    assert len(asked) > 200
    whole = "\n".join(built.values())
    assert [text for text in asked if text in whole] == []


def test_none_of_their_points_is_built(built):
    points = {point for point in rows_of(POINTS) if all(point)}
    assert len(points) > 30
    whole = "\n".join(built.values())
    for point in points:
        for one, other in (point, point[::-1]):
            form = rf"{re.escape(one)}\d*.{{1,{BETWEEN}}}?{re.escape(other)}"
            assert not (one in whole and re.search(form, whole)), point


def test_the_tables_of_the_chapter_hold_no_network_and_no_point():
    folder = build_dir("13") / "results" / "03_offre"
    if not folder.is_dir():
        pytest.skip("le rapport du 13 n'est pas construit : lancez make report")
    for path in folder.glob("*.parquet"):
        columns = set(pd.read_parquet(path).columns)
        assert columns <= {"code_iris", "population", "classe", "courants", "niveau", "distance"}
