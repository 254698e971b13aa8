"""A sheet of a workbook is read as the text that its cells show, or refused with its place."""

from __future__ import annotations

import datetime

import openpyxl
import pytest

from diagalim.settings.codes import COMMUNE_EXAMPLE, COMMUNE_FORM
from diagalim.sources.tables.layout import Layout
from diagalim.sources.tables.tabular import to_numbers
from diagalim.sources.tables.workbook import read_sheet
from diagalim.wording.problems import InputError

LAYOUT = Layout(
    separator="",
    decimal=",",
    key="CODGEO",
    key_form=COMMUNE_FORM,
    key_example=COMMUNE_EXAMPLE,
    text=("LIBGEO",),
    numbers=("PART",),
    withheld={"s": "secret"},
)
ROWS = [
    ["Un titre"],
    [None],
    ["CODGEO", "LIBGEO", " PART\n", None],
    ["01001", "L'Abergement", 12.5],
    [None, None, None],
    ["13001", " Aix ", "s"],
    ["13002", None, 3.0],
]


@pytest.fixture
def write(tmp_path):
    """Write a workbook of one sheet, changed by hand before it is saved."""

    def write(rows=ROWS, change=lambda page: None):
        book = openpyxl.Workbook()
        page = book.active
        page.title = "Communes"
        for row in rows:
            page.append(row)
        change(page)
        path = tmp_path / "classeur.xlsx"
        book.save(path)
        return path

    return write


def refused(path, layout=LAYOUT, sheet="Communes") -> str:
    with pytest.raises(InputError) as caught:
        read_sheet(path, sheet, 3, layout)
    return str(caught.value)


def test_the_cells_under_the_header_row_come_as_text_with_their_line(write):
    table = read_sheet(write(), "Communes", 3, LAYOUT)
    assert table.to_dict("list") == {
        "CODGEO": ["01001", "13001", "13002"],
        "LIBGEO": ["L'Abergement", "Aix", ""],
        "PART": ["12,5", "s", "3"],
        "_ligne": [4, 6, 7],
    }


def test_the_rows_of_the_territory_are_kept(write):
    assert list(read_sheet(write(), "Communes", 3, LAYOUT, "13")["_ligne"]) == [6, 7]


def test_the_numbers_of_a_sheet_are_made_as_those_of_a_text_file(write):
    path = write()
    numbers = to_numbers(read_sheet(path, "Communes", 3, LAYOUT), path, LAYOUT)
    assert numbers["valeur"].tolist()[0::2] == [12.5, 3.0]
    assert numbers["motif"].tolist() == ["", "s", ""]


def test_a_date_and_a_tick_are_written_plainly(write):
    rows = [*ROWS[:3], ["13001", datetime.datetime(2024, 12, 31), True]]
    table = read_sheet(write(rows), "Communes", 3, LAYOUT)
    assert table.loc[0, ["LIBGEO", "PART"]].tolist() == ["2024-12-31", "VRAI"]


def test_a_code_that_became_a_number_is_said_to_have_lost_its_zero(write):
    message = refused(write([*ROWS[:3], [1001, "L'Abergement", 1]]))
    assert "feuille « Communes », ligne 4, colonne CODGEO" in message
    assert "lu « 1001 »" in message and "zéro perdu" in message


def test_a_code_that_comes_twice_is_named_with_its_sheet_and_lines(write):
    message = refused(write([*ROWS[:3], ["13001", "a", 1], ["13001", "b", 2]]))
    assert "feuille « Communes », lignes 4, 5" in message


def test_a_column_of_another_name_is_named_with_the_sheet(write):
    rows = [*ROWS[:2], ["CODGEO", "LIBELLE", "PART"], ["13001", "Aix", 1]]
    message = refused(write(rows))
    assert "feuille « Communes », en-tête" in message and "une colonne « LIBGEO »" in message


def test_a_sheet_that_is_not_there_is_asked_for_among_those_that_are(write):
    message = refused(write(), sheet="Composition")
    assert "lu « Communes »" in message and "une feuille « Composition »" in message


def test_merged_cells_in_the_table_are_refused_and_those_of_its_title_are_not(write):
    titled = write(change=lambda page: page.merge_cells("A1:C1"))
    assert len(read_sheet(titled, "Communes", 3, LAYOUT)) == 3
    message = refused(write(change=lambda page: page.merge_cells("B6:B7")))
    assert "feuille « Communes », cellules B6:B7" in message and "annuler la fusion" in message


def test_a_formula_saved_without_its_result_is_refused(write):
    message = refused(write([*ROWS[:3], ["13001", "Aix", "=1+1"]]))
    assert "feuille « Communes », cellule C4 : lu « =1+1 »" in message


def test_a_cell_in_error_is_refused(write):
    def fail(page):
        page["C6"].value, page["C6"].data_type = "#DIV/0!", "e"

    assert "cellule C6 : lu « #DIV/0! »" in refused(write(change=fail))


def test_an_old_excel_file_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "base.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    message = refused(path)
    assert "(.xls)" in message and "« CSV UTF-8 »" in message


def test_a_text_under_the_name_of_a_workbook_is_refused(tmp_path):
    path = tmp_path / "table.xlsx"
    path.write_text("CODGEO;LIBGEO\n", encoding="utf-8")
    assert "un classeur Excel (.xlsx)" in refused(path)


def test_a_text_column_with_a_form_is_held_to_it(write):
    layout = Layout(**{**vars(LAYOUT), "forms": {"LIBGEO": (r"[HADZ]", "H")}})
    message = refused(write([*ROWS[:3], ["13001", "X", 1]]), layout)
    assert "ligne 4, colonne LIBGEO : lu « X »" in message and "comme H" in message
