"""Official workbooks spoilt one way at a time: those of the EPCI and of the IRIS of Insee."""

from __future__ import annotations

import csv
import datetime
import io
import random
import re
import zipfile

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.worksheet.formula import ArrayFormula

BELONG = "insee/communes/table_iris_insee_epci.csv"
EPCI = "epci/EPCI_au_01-01-2025.xlsx"
IRIS = "appartenance_iris/reference_IRIS_geo2024.xlsx"
TITLE = [["Un titre"], ["Source : Insee"], [], ["Mise à jour"], []]
COMPOSITION, NESTING = "Composition_communale", "Emboitements_IRIS"


@pytest.fixture
def books(study):
    """Give the study the two workbooks of Insee in the place of the table joined from them."""
    with study.file(BELONG).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    study.file(BELONG).unlink()
    study.text(
        "exemple.yml", lambda t: t.replace("appartenance_iris: 2020", "appartenance_iris: 2024")
    )
    names = ["CODE_IRIS", "LIB_IRIS", "TYP_IRIS", "GRD_QUART", "LIB_GRD_QUART", "DEPCOM", "LIBCOM"]
    iris = [
        [r["CODE_IRIS"], "x", r["TYP_IRIS"], r["GRD_QUART"], "x", r["CODE_INSEE"], r["LIBCOM"]]
        for r in rows
    ]
    communes = {}
    for row in rows:
        district = row["CODE_INSEE"].startswith("002")
        code = "00055" if district else row["CODE_INSEE"]
        name = "Port-Vermeil" if district else row["LIBCOM"]
        communes[code] = [code, name, row["EPCI"], "Intercommunalité", "00", "00"]
    heads = ["CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"]
    write(study.file(IRIS), NESTING, [names, *iris])
    write(study.file(EPCI), COMPOSITION, [heads, *communes.values()])
    return study


def write(path, sheet, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in [*TITLE, *rows]:
        book.active.append(row)
    book.save(path)


def change(path, act):
    book = openpyxl.load_workbook(path)
    act(book)
    book.save(path)


def put(place, value):
    def act(book):
        book.worksheets[0][place] = value

    return act


def in_error(book):
    cell = book.worksheets[0]["C8"]
    cell.value, cell.data_type = "#REF!", "e"


def column_away(book):
    book.worksheets[0].delete_cols(3)


CASES = {
    "merged cells": (
        EPCI,
        lambda b: b.worksheets[0].merge_cells("C8:C9"),
        [f"feuille « {COMPOSITION} », cellules C8:C9", "annuler la fusion"],
    ),
    "a formula without its result": (
        EPCI,
        put("C8", '=CONCATENATE("000055","001")'),
        [f"feuille « {COMPOSITION} », cellule C8", "CONCATENATE"],
    ),
    "a formula over several cells": (
        IRIS,
        put("A8", ArrayFormula("A8:A9", '="00004"&"0102"')),
        [f"feuille « {NESTING} », cellule A8", "remplacer la formule par sa valeur"],
    ),
    "a result that is an error": (EPCI, in_error, ["cellule C8 : lu « #REF! »"]),
    "codes turned into numbers": (
        IRIS,
        put("A8", 40101),
        [f"feuille « {NESTING} », ligne 8, colonne CODE_IRIS : lu « 40101 »", "(zéro perdu)"],
    ),
    "a code turned into a date": (
        EPCI,
        put("A8", datetime.datetime(2025, 1, 4)),
        ["ligne 8, colonne CODGEO : lu « 2025-01-04 »"],
    ),
    "the sheet under another name": (
        EPCI,
        lambda b: setattr(b.worksheets[0], "title", "Feuil1"),
        ["lu « Feuil1 »", f"une feuille « {COMPOSITION} »"],
    ),
    "a column taken away": (EPCI, column_away, ["une colonne « EPCI »"]),
    "a title line added": (
        IRIS,
        lambda b: b.worksheets[0].insert_rows(1),
        ["colonne « CODE_IRIS »"],
    ),
    "a title line taken away": (
        IRIS,
        lambda b: b.worksheets[0].delete_rows(1),
        ["colonne « CODE_IRIS »"],
    ),
    "no line under the names": (
        EPCI,
        lambda b: b.worksheets[0].delete_rows(7, 500),
        ["aucune ligne sous l'en-tête"],
    ),
    "nothing in the sheet": (
        EPCI,
        lambda b: b.worksheets[0].delete_rows(1, 500),
        [f"feuille « {COMPOSITION} »", "une colonne « CODGEO »"],
    ),
    "a commune of another year": (
        EPCI,
        put("A8", "00999"),
        ["commune sans intercommunalité", "EPCI_au_01-01-2025.xlsx", "même géographie"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_spoilt_workbook_is_refused_with_its_sheet_and_cell(case, books, refused):
    place, act, fragments = CASES[case]
    change(books.file(place), act)
    refused(place.rsplit("/", 1)[1], fragments)


def plain_zip(raw):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("EPCI_au_01-01-2025.csv", "CODGEO;EPCI\n")
    return packed.getvalue()


def raw(path, act):
    """Change the text of the first sheet of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = act(parts[name].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def prefixed(text):
    named = re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", text)
    return named.replace('xmlns="http', 'xmlns:x="http')


def with_drawing(text):
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return text.replace("</worksheet>", f'<drawing xmlns:r="{office}" r:id="rId9"/></worksheet>')


def test_a_formula_without_its_result_is_refused_whatever_the_prefix_of_tags(books, refused):
    change(books.file(EPCI), put("C8", '=CONCATENATE("000055","001")'))
    raw(books.file(EPCI), prefixed)
    refused("EPCI_au_01-01-2025.xlsx", [f"feuille « {COMPOSITION} », cellule C8", "CONCATENATE"])


def test_what_stands_far_from_the_table_and_around_its_cells_does_no_harm(books, accepted):
    def act(book):
        page = book[COMPOSITION]
        for place in ("XFD7", "B900000", "XFD1048576"):
            page[place].fill = PatternFill("solid", fgColor="DDDDDD")
        page["ZZ9"] = "une note loin du tableau"
        page.row_dimensions[9].hidden = True

    change(books.file(EPCI), act)
    raw(books.file(EPCI), with_drawing)
    raw(books.file(IRIS), prefixed)
    accepted()


CONTENTS = {
    "cut in its middle": lambda raw: raw[: len(raw) // 2],
    "empty": lambda raw: b"",
    "a zip of something else": plain_zip,
    "a text under its name": lambda raw: b"CODGEO;LIBGEO;EPCI\n00001;Ambrelles;000055002\n",
    "an old Excel, or a password": lambda raw: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_a_file_that_is_no_workbook_is_refused(case, books, refused):
    path = books.file(EPCI)
    path.write_bytes(CONTENTS[case](path.read_bytes()))
    refused(path.name, ["fichier : lu « ", "Excel ou LibreOffice"])


def test_a_workbook_damaged_anywhere_is_read_or_refused_and_never_ends_in_a_trace(books):
    path = books.file(EPCI)
    whole = path.read_bytes()
    chance = random.Random(20251121)
    codes = set()
    for _ in range(12):
        damaged = bytearray(whole)
        for _ in range(chance.choice([1, 5, 50])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        codes.add(books.check().code)
    assert codes <= {0, 2} and 2 in codes


def test_other_sheets_and_saved_formulas_elsewhere_do_no_harm(books, accepted):
    def add(book):
        other = book.create_sheet("Documentation", 0)
        other.merge_cells("A1:C1")
        other["A2"] = "=1+1"
        book[COMPOSITION].merge_cells("A1:F1")

    change(books.file(EPCI), add)
    accepted()


def test_the_two_workbooks_of_insee_are_read_in_the_place_of_the_joined_table(books, accepted):
    accepted()
