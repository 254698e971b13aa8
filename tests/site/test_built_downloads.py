"""What a reader downloads from the built site is whole, licit, and silent of the machine."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import frictionless
import openpyxl
import pandas as pd
import pyogrio
import pytest
from PIL import Image

from diagalim.workspace.paths import project_root
from diagalim.workspace.results import DOWNLOADS

pytestmark = pytest.mark.site

CODES = {"code_iris": 9, "code_commune": 5}
LAYERS = {
    "iris": {"code_iris", "score", "classe", "statut"},
    "communes": {"code_commune", "taux_pauvrete"},
}


@pytest.fixture(scope="module")
def folder(site) -> Path:
    return site.path / DOWNLOADS


@pytest.fixture(scope="module")
def tables(folder) -> dict[str, pd.DataFrame]:
    """Return the CSV as text, by name of file."""
    return {
        path.name: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in sorted(folder.glob("*.csv"))
    }


def test_there_are_tables_with_their_workbooks_and_schemas(folder, tables):
    assert len(tables) >= 6
    for name in tables:
        stem = name.removesuffix(".csv")
        assert (folder / f"{stem}.xlsx").is_file() and (folder / f"{stem}.schema.json").is_file()


def test_each_csv_holds_to_its_table_schema(folder, tables):
    for name in tables:
        described = (folder / name).with_suffix(".schema.json").read_text(encoding="utf-8")
        schema = frictionless.Schema.from_descriptor(json.loads(described))
        with frictionless.system.use_context(trusted=True):
            resource = frictionless.Resource(path=str(folder / name), schema=schema)
            report = frictionless.validate(resource)
        assert report.valid, (name, report.flatten(["rowNumber", "fieldName", "message"])[:5])


def test_codes_read_back_as_text_of_their_length_in_csv_and_excel(folder, tables):
    seen = 0
    for name, table in tables.items():
        sheet = openpyxl.load_workbook((folder / name).with_suffix(".xlsx"))["Données"]
        columns = {cell.value: cell.column - 1 for cell in sheet[1]}
        for column in CODES.keys() & set(table):
            assert set(table[column].str.len()) == {CODES[column]}, name
            cells = [row[columns[column]] for row in sheet.iter_rows(min_row=2)]
            assert [cell.value for cell in cells] == list(table[column])
            assert {cell.data_type for cell in cells} == {"s"}
            seen += 1
    assert seen >= 4


def test_no_workbook_holds_a_formula_and_each_says_what_it_is(folder):
    for path in folder.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        assert book.sheetnames[0] == "Lisez-moi"
        said = {row[0].value for row in book["Lisez-moi"].iter_rows()}
        assert {"Titre", "Source", "Licence", "Nature", "Édition", "Certitude"} <= said, path.name
        for row in book["Données"].iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"], path.name


def test_outlines_open_with_their_layers_and_are_those_of_the_tables(folder, tables):
    (path,) = folder.glob("*.gpkg")
    assert {name for name, _ in pyogrio.list_layers(path)} == set(LAYERS)
    for layer, columns in LAYERS.items():
        places = pyogrio.read_dataframe(path, layer=layer)
        assert places.crs == "EPSG:2154" and columns <= set(places)
        assert places.geometry.notna().all() and places.geometry.is_valid.all()
    scored = next(table for name, table in tables.items() if name.endswith("score_iris.csv"))
    assert len(pyogrio.read_dataframe(path, layer="iris")) == len(scored)


def test_each_image_is_a_figure_with_room_for_its_foot(folder):
    images = sorted(folder.glob("*.png"))
    assert len(images) >= 4
    for path in images:
        image = Image.open(path)
        assert image.width >= 1000 and image.height > 600, path.name
        grey = image.convert("L")
        foot = grey.crop((0, image.height - 150, image.width, image.height))
        assert foot.getextrema()[0] < 128, f"{path.name}: nothing is written at the foot"


def test_nothing_tells_of_the_machine_and_what_comes_from_a_closed_file_stays_out(folder, tables):
    private = [str(project_root()), str(Path.home())]
    for path in folder.iterdir():
        content = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                content = b"\n".join(book.read(name) for name in book.namelist())
        for text in private:
            mark = rb"(?<![\w.\-/])" + re.escape(text.encode()) + rb"(?![\w.\-])"
            assert not re.search(mark, content), path.name
    scored = next(table for name, table in tables.items() if name.endswith("score_iris.csv"))
    quoted = next(t for name, t in tables.items() if name.endswith("chiffres_du_rapport.csv"))
    people = quoted[quoted["id"] == "population_totale"].iloc[0]
    assert ("population" in scored) is ("licence non précisée" not in people["source"])


def test_every_file_is_on_the_page_and_the_reverse(site, folder):
    page = site.page("donnees").read_text(encoding="utf-8")
    linked = set(re.findall(rf'href="\.\./\.\./{DOWNLOADS}/([^"]+)"', page))
    assert linked == {path.name for path in folder.iterdir()}
