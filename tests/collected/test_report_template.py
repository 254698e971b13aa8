"""The blank sheet that networks get is the one that the reader expects back."""

from __future__ import annotations

import openpyxl
import pytest
from typer.testing import CliRunner

from diagalim.cli.commands import app
from diagalim.collected.reports.reporting import read_report
from diagalim.downloads.report_template import periods, write_template
from diagalim.wording.problems import InputError


@pytest.fixture
def blank(tmp_path, schema):
    """The blank sheet of an edition."""
    path = tmp_path / "fiche.xlsx"
    write_template(path, schema, "Fiche d'essai", "2026-11")
    return path


def by_title(page):
    return {cell.value: cell.column for cell in page[1]}


def fill(path, schema, rows):
    book = openpyxl.load_workbook(path)
    page = book["Saisie"]
    columns = by_title(page)
    titles = {field["name"]: field["title"] for field in schema["fields"]}
    for line, row in enumerate(rows, start=2):
        for name, value in row.items():
            page.cell(line, columns[titles[name]]).value = value
    book.save(path)


def test_what_is_filled_in_the_sheet_is_read_back_without_a_remark(blank, schema, lines):
    fill(blank, schema, lines)
    report = read_report(blank, schema, {"00018"})
    assert report.remarks == []
    assert report.table["personnes_distinctes"].tolist() == [24, 41, 9]


def test_a_sheet_sent_back_blank_is_refused(blank, schema):
    with pytest.raises(InputError, match="au moins une ligne remplie"):
        read_report(blank, schema)


def test_codes_are_text_before_anything_is_typed(blank):
    page = openpyxl.load_workbook(blank)["Saisie"]
    columns = by_title(page)
    for title in ("SIRET", "Code Insee de la commune", "Identifiant du lieu"):
        formats = [
            run.number_format  # columns alike are kept as one run
            for run in page.column_dimensions.values()
            if run.min <= columns[title] <= run.max
        ]
        assert formats == ["@"]


def test_every_choice_is_offered_as_a_list_of_the_hidden_sheet(blank, schema):
    book = openpyxl.load_workbook(blank)
    assert book["Listes"].sheet_state == "hidden"
    offered = {
        column[0]: [value for value in column[1:] if value]
        for column in book["Listes"].iter_cols(values_only=True)
    }
    enums = {f["name"]: f["constraints"]["enum"] for f in schema["fields"]
             if "enum" in f.get("constraints", {})}  # fmt: skip
    assert offered == enums | {"periode": periods(2026)}
    lists = [v for v in book["Saisie"].data_validations.dataValidation if v.type == "list"]
    assert len(lists) == len(offered)


def test_each_column_is_explained_in_a_comment_and_in_the_dictionary(blank, schema):
    book = openpyxl.load_workbook(blank)
    assert all(cell.comment and cell.value in cell.comment.text for cell in book["Saisie"][1])
    names = [row[1] for row in book["Dictionnaire"].iter_rows(min_row=2, values_only=True)]
    assert names == [field["name"] for field in schema["fields"]]


def test_the_same_settings_give_the_same_bytes(tmp_path, schema, blank):
    again = tmp_path / "encore.xlsx"
    write_template(again, schema, "Fiche d'essai", "2026-11")
    assert again.read_bytes() == blank.read_bytes()


def test_the_command_writes_the_sheet_and_never_over_one_that_may_be_filled(tmp_path):
    path = tmp_path / "fiche.xlsx"
    words = ["template", "-t", "exemple", "--sortie", str(path)]
    first = CliRunner().invoke(app, words)
    assert first.exit_code == 0 and "Fiche écrite" in first.output
    path.write_bytes(b"rempli")
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 2 and "existe déjà" in again.output
    assert path.read_bytes() == b"rempli"
    assert CliRunner().invoke(app, [*words, "--force"]).exit_code == 0
    assert path.read_bytes() != b"rempli"


def test_a_place_where_nothing_can_be_written_is_said(tmp_path):
    words = ["template", "-t", "exemple", "--sortie", str(tmp_path / "absent" / "fiche.xlsx")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2 and "ne peut pas être écrit" in result.output
