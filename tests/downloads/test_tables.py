"""A published table reads back as it was, in a program as in Excel, and runs nothing."""

from __future__ import annotations

import io
import json
from datetime import datetime

import frictionless
import openpyxl
import pandas as pd
import pytest

from diagalim.downloads.columns import handed_schema, published_fields, shaped, without_index
from diagalim.downloads.notice import FICTITIOUS, OWN_KEYS
from diagalim.downloads.text_file import csv_bytes, harmless, schema_bytes
from diagalim.downloads.workbook import xlsx_bytes


def read_back(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def workbook(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_codes_of_the_csv_keep_their_zeros_and_lines_their_order(ready, fields, names):
    back = read_back(csv_bytes(ready, fields))
    assert list(back["code_commune"]) == [f"000{n:02d}" for n in range(1, len(names) + 1)]


def test_only_what_the_schema_describes_goes_out(ready, fields, notice):
    assert list(ready.columns) == ["code_commune", "nom", "habitants", "taux"]
    for content in (csv_bytes(ready, fields), xlsx_bytes(ready, fields, notice())):
        assert b"ne doit pas sortir" not in content


def test_numbers_have_a_dot_their_decimals_and_no_negative_zero(ready, fields):
    back = read_back(csv_bytes(ready, fields))
    assert list(back["taux"])[-3:] == ["-12.3", "0.0", ""]
    assert list(back["habitants"])[-2:] == ["1000", ""]


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "\n", "|", "%", " ="])
def test_no_text_of_the_csv_is_taken_for_a_formula(mark):
    assert harmless(f"{mark}1+1") == f"'{mark}1+1"


def test_an_ordinary_text_is_left_as_it_is():
    for text in ("Aix-en-Provence", "", "3,5", "« = »", "<b>gras</b>"):
        assert harmless(text) == text


def test_names_like_formulas_are_guarded_in_the_csv_and_text_in_excel(ready, fields, names, notice):
    back = read_back(csv_bytes(ready, fields))
    guarded = [f"'{n}" if n[0] in "=+-@\t" else n for n in names[:-1]]
    assert list(back["nom"]) == [*guarded, ""]
    sheet = workbook(xlsx_bytes(ready, fields, notice()))["Données"]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == names
    assert {cell.data_type for cell in cells[:-1]} == {"s"}, "no cell is a formula"


def test_codes_of_excel_are_text_and_numbers_are_numbers(ready, fields, names, notice):
    sheet = workbook(xlsx_bytes(ready, fields, notice()))["Données"]
    first = next(sheet.iter_rows(min_row=2))
    assert (first[0].value, first[0].data_type, first[0].number_format) == ("00001", "s", "@")
    assert isinstance(first[2].value, int) and first[3].number_format == "0.0"
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == f"A1:D{len(names) + 1}"


def test_the_first_sheet_says_what_it_is_and_the_last_what_columns_mean(ready, fields, notice):
    book = workbook(xlsx_bytes(ready, fields, notice()))
    assert book.sheetnames == ["Lisez-moi", "Données", "Colonnes"]
    said = {row[0].value: row[1].value for row in book["Lisez-moi"].iter_rows()}
    assert list(said) == [
        "Titre", "Contenu", "Territoire", "Édition", "Source", "Nature", "Certitude", "Licence",
    ]  # fmt: skip
    assert said["Édition"] == "novembre 2026" and "Filosofi" in said["Source"]
    assert [row[0].value for row in book["Colonnes"].iter_rows(min_row=2)] == list(ready.columns)
    assert book.properties.created == datetime(2026, 11, 1)


def test_a_file_of_the_fictitious_department_says_so_first(ready, fields, schema, notice):
    made_up = notice(fictitious=True)
    sheet = workbook(xlsx_bytes(ready, fields, made_up))["Lisez-moi"]
    assert sheet["B2"].value.replace("\u00a0", " ") == FICTITIOUS
    described = made_up.on_schema(handed_schema(schema, fields))["description"]
    assert FICTITIOUS.rstrip(".") in described.replace("\u00a0", " ")


def test_the_csv_holds_to_the_schema_that_goes_with_it(ready, fields, tmp_path, schema, notice):
    handed = notice().on_schema(handed_schema(schema, fields))
    (tmp_path / "essai.csv").write_bytes(csv_bytes(ready, fields))
    described = frictionless.Schema.from_descriptor(json.loads(schema_bytes(handed)))
    with frictionless.system.use_context(trusted=True):
        report = frictionless.validate(
            frictionless.Resource(path=str(tmp_path / "essai.csv"), schema=described)
        )
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    text = json.dumps(handed, ensure_ascii=False)
    assert not [key for key in OWN_KEYS if f'"{key}"' in text]


def test_the_same_table_gives_the_same_bytes(ready, fields, notice):
    assert csv_bytes(ready, fields) == csv_bytes(ready, fields)
    assert xlsx_bytes(ready, fields, notice()) == xlsx_bytes(ready, fields, notice())


def test_a_column_that_may_not_go_out_leaves_neither_the_table_nor_the_schema(schema, kept):
    fields = published_fields(schema, kept.columns, withheld=["habitants"])
    ready = shaped(kept, fields, "code_commune")
    assert "habitants" not in ready and "habitants" not in str(handed_schema(schema, fields))


def test_a_table_that_lost_a_column_is_refused_by_name(schema, kept):
    with pytest.raises(ValueError, match="Essai: no column for taux"):
        published_fields(schema, kept.drop(columns="taux").columns)


def test_two_lines_of_one_key_are_refused(fields, kept):
    twice = pd.concat([kept, kept])
    with pytest.raises(ValueError, match="several lines for"):
        shaped(twice, fields, "code_commune")


def test_a_key_left_in_the_index_becomes_a_column(fields, schema, kept):
    indexed = kept.set_index("code").rename_axis(None)
    flat = without_index(indexed, schema)
    assert list(flat["code"]) == list(kept["code"])
