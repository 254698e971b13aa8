"""Workbooks of partners as they are kept: styled to the last row, filtered, struck out, computed.

Each is read as its sender meant it and said, or refused at its cell.
"""

from __future__ import annotations

import datetime
import io
import re
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill

from diagalim.collected.inputs import collected_schema
from diagalim.collected.inventory.partner import first_day, read_partner_list
from diagalim.collected.reports.reporting import read_report
from diagalim.sources.tables.sheets import filled_sheet, opened
from diagalim.wording.problems import InputError

REPORT, LIST = collected_schema("remontee"), collected_schema("tableur_partenaire")
NAMES = {id(schema): [field["name"] for field in schema["fields"]] for schema in (REPORT, LIST)}
LAST_CELL = "XFD1048576"
LINES = [
    {
        "id_site": f"V90{n}",
        "siret": "00000012500013",
        "operateur": "Association d'essai",
        "code_insee": "00018",
        "periode": "2025-S1",
        "type_aide": "colis",
        "unite_de_compte": "foyers",
        "foyers_distincts": 10 * n,
        "personnes_distinctes": 20 * n,
        "passages": 200 * n,
    }
    for n in (1, 2, 3)
]
PLACES = [
    {"N°": f"P00{n}", "Structure": f"Lieu {n}", "Type d'aide": "colis", "Code INSEE": "00018"}
    for n in (1, 2, 3)
]
GREY = PatternFill("solid", fgColor="DDDDDD")
STRUCK = Font(strike=True)


class Sheet:
    """A workbook under way: cells are changed by line and column name, then it is saved."""

    def __init__(self, path, schema, rows):
        self.path, self.schema, self.names = path, schema, NAMES[id(schema)]
        self.book = openpyxl.Workbook()
        self.page = self.book.active
        self.page.title = "Saisie"
        self.page.append(self.names)
        for row in rows:
            self.page.append([row.get(name) for name in self.names])

    def cell(self, line, name):
        return self.page.cell(line, self.names.index(name) + 1)

    def row(self, line):
        return [cell for cell in self.page[line] if cell.value is not None]

    def read(self):
        self.book.save(self.path)
        return read_report(self.path, self.schema)

    def refusal(self):
        with pytest.raises(InputError) as raised:
            self.read()
        return str(raised.value)


@pytest.fixture
def report(tmp_path):
    """A reporting sheet of three lines."""
    return Sheet(tmp_path / "remontee_essai_2025-S1.xlsx", REPORT, LINES)


@pytest.fixture
def partner(tmp_path):
    """A partner's list of three places."""
    return Sheet(tmp_path / "tableur_partenaire.xlsx", LIST, PLACES)


def put(name, value, line=2, number_format=None):
    def act(sheet):
        cell = sheet.cell(line, name)
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return act


def styled(*places):
    def act(sheet):
        for place in places:
            sheet.page[place].fill = GREY

    return act


def styled_column(sheet):
    sheet.page.column_dimensions["C"].fill = GREY
    sheet.page.column_dimensions.group("A", "XFD", hidden=False)


def merged(area):
    """Return what merges an area as a spreadsheet writes it: its bounds, not its empty cells."""
    return lambda sheet: sheet.page.merged_cells.add(area)


def hide_rows(*rows):
    def act(sheet):
        sheet.page.auto_filter.ref = "A1:H4"
        for row in rows:
            sheet.page.row_dimensions[row].hidden = True

    return act


def hide_column(sheet):
    letter = sheet.cell(1, "passages").column_letter
    sheet.page.column_dimensions[letter].hidden = True


def hide_empty_column(sheet):
    sheet.page.column_dimensions[sheet.cell(1, "commentaire").column_letter].hidden = True


def hidden_sheet(sheet):
    copy = sheet.book.copy_worksheet(sheet.page)
    sheet.page.title = "Saisie 2024"
    copy.title = "Saisie"
    copy.sheet_state = "hidden"


def strike_row(sheet):
    for cell in sheet.row(3):
        cell.font = STRUCK


def strike_cell(sheet):
    sheet.cell(3, "passages").font = STRUCK


READ = {
    "a cell styled in the last row": (styled("A1048576"), []),
    "a cell styled in the last corner": (styled(LAST_CELL), []),
    "cells styled far apart": (styled("A1000", "ZZ2000", "XFD5"), []),
    "a column styled, and all of them set": (styled_column, []),
    "cells merged under the table": (merged("A5:C200000"), []),
    "cells merged beside the table": (merged("AZ1:XFD4"), []),
    "one line hidden": (hide_rows(3), ["Saisie : ligne masquée lue : 3"]),
    "lines hidden by a filter": (hide_rows(2, 4), ["Saisie : lignes masquées lues : 2, 4"]),
    "an empty line hidden": (hide_rows(9), []),
    "a column hidden": (hide_column, ["Saisie : colonne masquée lue : L"]),
    "a column without a value hidden": (hide_empty_column, []),
    "another sheet hidden": (hidden_sheet, ["feuille « Saisie » masquée, non lue"]),
    "a line struck out": (
        strike_row,
        ["Saisie : ligne barrée lue : 3 ; à supprimer du classeur si elle ne compte plus"],
    ),
    "a cell struck out": (
        strike_cell,
        ["Saisie : cellule barrée lue : L3 ; à supprimer du classeur si elle ne compte plus"],
    ),
}


@pytest.mark.parametrize("case", READ)
def test_the_three_lines_are_read_and_what_is_not_seen_is_said(report, case):
    act, remarks = READ[case]
    act(report)
    found = report.read()
    assert found.table["passages"].tolist() == [200, 400, 600]
    assert found.remarks == remarks


def test_only_filled_cells_are_kept_however_far_the_styled_ones_stand(report):
    styled("A1000", "ZZ2000", LAST_CELL)(report)
    report.read()
    with opened(report.path) as book:
        rows = filled_sheet(book["Saisie"]).rows
    assert list(rows) == [1, 2, 3, 4]
    assert all(cell.value is not None for cells in rows.values() for cell in cells.values())


LAW = "numéro d'un registre de droit local (Alsace-Moselle)"
CODES = {
    "RNA in small letters": ("rna", "w000000018", "W000000018", "en majuscules"),
    "RNA with blanks": ("rna", "W 000 000 018", "W000000018", "sans espace"),
    "RNA with its name": ("rna", "RNA : W000000018", "W000000018", "sans espace"),
    "RNA of Corsica": ("rna", "W2A0000018", "W2A0000018", None),
    "a register of Alsace-Moselle": ("rna", "178-236", None, LAW),
    "volume and folio": ("rna", "Volume 178, Folio n° 236", None, LAW),
    "a court": ("rna", "Tribunal judiciaire de Lieu, 55/12", None, LAW),
    "SIRET with blanks": ("siret", "000 000 125 00013", "00000012500013", "espaces enlevés"),
    "SIRET with hard blanks": (
        "siret",
        "000\u00a0000\u202f125 00013",
        "00000012500013",
        "espaces enlevés",
    ),
    "SIRET with signs": ("siret", "n° 000.000.125-00013", "00000012500013", "signes enlevés"),
    "SIRET kept as a number": ("siret", 73282932000074, "73282932000074", None),
    "SIRET with an exponent and all its digits": (
        "siret",
        "7,3282932000074E+13",
        "73282932000074",
        "sans chiffre perdu",
    ),
    "commune with a blank": ("code_insee", "00 018", "00018", "lu sans espace"),
    "commune of Corsica in small letters": ("code_insee", "2a004", "2A004", "en majuscules"),
}


@pytest.mark.parametrize("case", CODES)
def test_a_code_written_another_way_is_read_and_said(report, case):
    name, typed, value, remark = CODES[case]
    put(name, typed)(report)
    found = report.read()
    seen = found.table[name].iloc[0]
    assert pd.isna(seen) if value is None else seen == value
    assert len(found.table) == 3
    assert len(found.remarks) == (remark is not None)
    assert remark is None or remark in found.remarks[0]


DATES = {
    "a number of the spreadsheet": (45823, "numéro de jour du tableur"),
    "dots": ("15.06.2025", "date écrite en texte"),
    "words": ("15 juin 2025", "date écrite en texte"),
    "words, with the day": ("dimanche 15 juin 2025", "date écrite en texte"),
}


@pytest.mark.parametrize("case", DATES)
def test_a_date_written_another_way_is_read_and_said(report, case):
    typed, remark = DATES[case]
    put("tension_date", typed)(report)
    found = report.read()
    assert f"{found.table['tension_date'].iloc[0]:%Y-%m-%d}" == "2025-06-15"
    assert len(found.remarks) == 1 and remark in found.remarks[0]


def test_a_number_of_a_day_counts_from_the_day_zero_of_its_workbook(report):
    report.book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    put("tension_date", 45823 - 1462)(report)
    assert f"{report.read().table['tension_date'].iloc[0]:%Y-%m-%d}" == "2025-06-15"


A_DAY = datetime.datetime(2025, 12, 10)
REFUSED = {
    "SIRET rounded": (put("siret", 32615000000000), ["Saisie!B2", "arrondis par un tableur"]),
    "SIRET with an exponent that lost digits": (
        put("siret", "1,23E+13"),
        ["Saisie!B2", "le tableur a changé ce code en nombre"],
    ),
    "SIREN for a SIRET": (put("siret", "000 000 125"), ["Saisie!B2", "le SIREN de l'organisme"]),
    "commune that lost its zero": (put("code_insee", 1004), ["Saisie!F2", "zéros de tête perdus"]),
    "a name that became a date": (
        put("nom_site", A_DAY, number_format="dd/mm/yyyy"),
        ["Saisie!D2", "le tableur a changé ce texte en date"],
    ),
    "a number that became a time": (
        put("passages", datetime.time(9, 0)),
        ["Saisie!L2", "lu « 09:00 »", "le tableur y voit une heure"],
    ),
    "a day that is not in the calendar": (
        put("tension_date", "31 juin 2025"),
        ["lu « 31 juin 2025 »", "une date"],
    ),
    "a day of another century": (put("tension_date", 2025), ["lu « 2025 »", "une date"]),
    "counts merged over all lines": (
        merged("J2:J200000"),
        ["Saisie!J2", "ne peut pas être réparti"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_spreadsheet_changed_is_refused_at_its_cell(report, case):
    act, fragments = REFUSED[case]
    act(report)
    text = report.refusal()
    assert all(fragment in text for fragment in fragments), text
    lines = 3 if case == "counts merged over all lines" else 1
    assert re.match(f"{lines} problèmes? ", text), text  # said once


def test_a_table_that_stands_in_a_hidden_sheet_only_is_refused(report):
    report.book.create_sheet("Notes")
    report.page.sheet_state = "veryHidden"
    text = report.refusal()
    assert "la seule feuille remplie est masquée : « Saisie »" in text and "Afficher" in text


def partner_value(sheet, name, line=0):
    return sheet.read().table[name].iloc[line]


PLACE_CELLS = {
    "postal code without its zero": ("CP", 1000, "01000", "zéro de tête remis"),
    "postal code with a blank": ("CP", "00 100", "00100", "code postal lu seul"),
    "postal code with CEDEX": ("CP", "00100 CEDEX 3", "00100", "code postal lu seul"),
    "CEDEX alone": ("CP", "13 CEDEX", None, "« CEDEX » sans code postal"),
    "SIRET with blanks": ("SIRET", "000 000 125 00013", "00000012500013", "espaces enlevés"),
    "hours as a share of a day": ("Jours et horaires", 0.375, "09:00", "part de jour"),
    "hours from and to": ("Jours et horaires", "0,375 - 0,5", "09:00 - 12:00", "part de jour"),
    "hours as a time": ("Jours et horaires", datetime.time(9, 30), "09:30", None),
    "hours as a sentence": ("Jours et horaires", "lundi 9h-12h", "lundi 9h-12h", None),
    "a day typed as such": ("Dernière vérif.", A_DAY, "10/12/2025", None),
    "the number of a day": ("Dernière vérif.", 46001, "10/12/2025", "numéro de jour du tableur"),
    "a remark that is a day": ("Remarques", A_DAY, "10/12/2025", None),
}


@pytest.mark.parametrize("case", PLACE_CELLS)
def test_a_cell_of_a_list_of_places_is_read_as_it_was_meant(partner, case):
    name, typed, value, remark = PLACE_CELLS[case]
    put(name, typed)(partner)
    found = partner.read()
    seen = found.table[name].iloc[0]
    assert pd.isna(seen) if value is None else seen == value
    assert [remark in said for said in found.remarks] == ([True] if remark else [])


def test_the_day_of_a_check_typed_as_a_date_reaches_the_inventory(partner):
    put("Dernière vérif.", A_DAY)(partner)
    places = read_partner_list(partner.read().table).places
    assert places["date_verification"].iloc[0].date() == first_day("10/12/2025")


PLACES_REFUSED = {
    "a capacity that became a date": ("Capacité", A_DAY, "le tableur a changé ce texte en date"),
    "hours that became a date": (
        "Jours et horaires",
        A_DAY,
        "le tableur a changé ce texte en date",
    ),
    "SIRET with a wrong key": ("SIRET", "00000012500014", "dont la clé est juste"),
    "SIRET that lost its zeros": ("SIRET", 12500013, "zéros de tête perdus"),
    "commune that lost its zeros": ("Code INSEE", 18, "zéros de tête perdus"),
    "postal code typed without its zero": ("CP", "1000", "un zéro de tête est sans doute perdu"),
}


@pytest.mark.parametrize("case", PLACES_REFUSED)
def test_a_cell_of_a_list_of_places_that_lost_something_is_refused(partner, case):
    name, typed, fragment = PLACES_REFUSED[case]
    put(name, typed)(partner)
    assert fragment in partner.refusal()


def rewritten(path, changes):
    """Change the parts of a workbook: the name of a part to a function of its text."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            text = changes[name](raw.decode("utf-8")) if name in changes else raw
            archive.writestr(name, text)


def prefixed(text):
    named = re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", text)
    return named.replace('xmlns="http', 'xmlns:x="http')


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("tags", ["plain", "prefixed"])
def test_a_formula_without_its_result_is_refused_whatever_the_prefix_of_tags(report, tags):
    put("personnes_distinctes", "=40+5")(report)
    report.book.save(report.path)
    if tags == "prefixed":
        rewritten(report.path, {SHEET: prefixed})
    with pytest.raises(InputError, match=r"Saisie!K2 : lu « =40\+5 » ; attendu : une valeur"):
        read_report(report.path, REPORT)


def test_a_workbook_with_prefixed_tags_is_read_like_another(report):
    hide_rows(3)(report)
    strike_row(report)
    plain = report.read()
    rewritten(report.path, {SHEET: prefixed})
    again = read_report(report.path, REPORT)
    assert again.remarks == plain.remarks and len(again.remarks) == 2
    assert again.table.equals(plain.table)


def test_a_result_that_was_never_computed_is_no_zero(tmp_path):
    path = tmp_path / "remontee.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Saisie")
        names = NAMES[id(REPORT)]
        page.write_row(0, 0, names)
        page.write_row(1, 0, [LINES[0].get(name) for name in names])
        page.write_formula(1, names.index("passages"), "=40+5")
    with pytest.raises(InputError, match=r"Saisie!L2 : lu « =40\+5 »"):
        read_report(path, REPORT)


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(report):
    for line in (2, 60):
        put("commentaire", '=IF(A2="","","vu")', line=line)(report)
    report.book.save(report.path)
    saved = r'<c r="(A[A-Z]\d+)"[^>]*><f>([^<]*)</f><v ?/></c>'
    rewritten(
        report.path,
        {SHEET: lambda t: re.sub(saved, r'<c r="\1" t="str"><f>\2</f><v></v></c>', t)},
    )
    found = read_report(report.path, REPORT)
    assert len(found.table) == 3 and found.remarks == []
    assert found.table["commentaire"].isna().all()


DAMAGED = {
    "a filter that openpyxl cannot read": lambda t: t.replace(
        "</sheetData>",
        '</sheetData><autoFilter ref="A1:C4"><filterColumn colId="0"><customFilters>'
        '<customFilter operator="notEqual" val=""/></customFilters></filterColumn></autoFilter>',
    ),
    "a list of values without a type": lambda t: t.replace(
        "</sheetData>",
        '</sheetData><dataValidations count="1"><dataValidation type="liste" sqref="A2"/>'
        "</dataValidations>",
    ),
    "a drawing that is not there": lambda t: t.replace(
        "</worksheet>",
        '<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'r:id="rId9"/></worksheet>',
    ),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_what_stands_around_the_cells_does_not_stop_the_reading(report, case):
    report.read()
    rewritten(report.path, {SHEET: DAMAGED[case]})
    assert len(read_report(report.path, REPORT).table) == 3


def test_a_workbook_saved_as_strict_open_xml_is_refused_with_the_way_out(report):
    report.read()
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    usual = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rewritten(
        report.path,
        dict.fromkeys(("xl/workbook.xml", SHEET), lambda t: t.replace(usual, strict)),
    )
    with pytest.raises(InputError, match="Open XML strict.*Classeur Excel"):
        read_report(report.path, REPORT)


def test_photographs_do_not_make_a_workbook_too_big(report):
    report.read()
    with zipfile.ZipFile(report.path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bmp", bytes(120_000_000))
    assert len(read_report(report.path, REPORT).table) == 3


PLACES_OF_CELLS = st.dictionaries(
    st.tuples(st.integers(1, 1_048_576), st.integers(1, 16_384)),
    st.one_of(st.none(), st.integers(-9, 9), st.sampled_from(["", " ", "x"])),
    max_size=6,
)


@settings(deadline=None, max_examples=40)
@given(PLACES_OF_CELLS)
def test_the_cells_kept_are_those_that_hold_something_wherever_they_stand(cells):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for (row, column), value in cells.items():
        cell = book.active.cell(row, column, value)
        cell.fill = GREY
    book.save(file)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "essai.xlsx"
        path.write_bytes(file.getvalue())
        with opened(path) as read:
            rows = filled_sheet(read.active).rows
    found = {
        (row, column): cell.value for row, line in rows.items() for column, cell in line.items()
    }
    assert found == {place: value for place, value in cells.items() if value not in (None, "")}
