"""A partner's sheet is read, mended where there is one meaning and said, refused cell by cell."""

from __future__ import annotations

import zipfile
from datetime import datetime

import openpyxl
import pytest

from diagalim.collected.reports.mending import half_year
from diagalim.collected.reports.reporting import read_report
from diagalim.wording.problems import InputError

COMMUNES = {"00018", "00201"}


def refusal(sheet, schema, communes=COMMUNES):
    with pytest.raises(InputError) as raised:
        read_report(sheet.save(), schema, communes)
    text = str(raised.value)
    assert str(sheet.path.parent) not in text, "no path of the machine"
    return text


def read(sheet, schema):
    return read_report(sheet.save(), schema, COMMUNES)


def test_a_sheet_filled_as_asked_is_read_without_a_remark(sheet, schema):
    report = read(sheet, schema)
    assert report.remarks == []
    assert report.table["foyers_distincts"].tolist() == [10, 20, 5]
    assert report.table["t_don"].sum() == 4.25
    assert list(report.table) == [field["name"] for field in schema["fields"]]


def test_the_three_counters_come_out_as_they_went_in(sheet, schema):
    table = read(sheet, schema).table
    counters = table[["foyers_distincts", "personnes_distinctes", "passages"]]
    assert counters.to_numpy().tolist() == [[10, 24, 240], [20, 41, 400], [5, 9, 90]]


def decimal_comma(sheet):
    sheet.put(2, "t_don", "1,5")


def period_in_words(sheet):
    for line in (2, 3, 4):
        sheet.put(line, "periode", ["1er semestre 2025", "S1 2025", "2025 s1"][line - 2])


def french_date(sheet):
    sheet.put(3, "tension_date", "15/06/2025")


def thousands(sheet):
    sheet.put(2, "passages", "1 240")


def number_as_text(sheet):
    sheet.put(2, "foyers_distincts", "10")


def spaced_siret(sheet):
    sheet.put(2, "siret", "000 000 125 00013")


def total_row(sheet):
    sheet.page.append(["TOTAL général"])
    sheet.put(5, "foyers_distincts", 35)


def wrong_total(sheet):
    sheet.page.append(["Total"])
    sheet.put(5, "foyers_distincts", 36)


def titles_above(sheet):
    sheet.page.insert_rows(1, 2)
    sheet.page["A1"] = "Remontée du réseau"


def groups_above(sheet):
    sheet.page.insert_rows(1)
    sheet.page["A1"] = "Le lieu"
    sheet.page.merge_cells("A1:I1")


def merged_names(sheet):
    sheet.page.insert_rows(1)
    sheet.page["A1"] = "id_site"
    sheet.page["A2"] = None
    sheet.page.merge_cells("A1:A2")


def merged_operator(sheet):
    sheet.put(3, "operateur", None)
    first = sheet.cell(2, "operateur").coordinate
    sheet.page.merge_cells(f"{first}:{sheet.cell(3, 'operateur').coordinate}")


def french_titles(sheet):
    sheet.cell(1, "foyers_distincts").value = "FOYERS  distincts"
    sheet.cell(1, "passages").value = "Passages"  # the title of the schema needs no remark


def unknown_column(sheet):
    sheet.page.cell(1, len(sheet.names) + 2).value = "Humeur du jour"
    sheet.page.cell(2, len(sheet.names) + 2).value = "bonne"


MENDED = {
    decimal_comma: ["t_don : nombre écrit en texte, à virgule", "« 1,5 »"],
    period_in_words: ["periode : période écrite autrement", "Saisie!G2 « 1er semestre 2025 »"],
    french_date: ["tension_date : date écrite en texte", "« 15/06/2025 »"],
    thousands: ["passages : espaces entre milliers enlevés", "« 1 240 »"],
    number_as_text: ["foyers_distincts : nombre écrit en texte", "« 10 »"],
    spaced_siret: ["siret : espaces enlevés", "Saisie!B2"],
    total_row: ["Saisie!A5 : ligne « TOTAL général » reconnue comme un total"],
    wrong_total: ["ne vaut pas la somme des lignes : Saisie!J5"],
    titles_above: ["lignes 1 à 2 au-dessus des noms de colonnes"],
    groups_above: ["ligne 1 au-dessus des noms de colonnes"],
    merged_operator: ["operateur : cellules fusionnées, valeur recopiée", "Saisie!E3"],
    french_titles: ["colonne « FOYERS distincts » lue comme « foyers_distincts »"],
    unknown_column: ["colonne « Humeur du jour » inconnue du modèle, non lue"],
}


@pytest.mark.parametrize("spoil", MENDED, ids=lambda spoil: spoil.__name__)
def test_what_has_one_meaning_is_mended_and_said(sheet, schema, spoil):
    spoil(sheet)
    report = read(sheet, schema)
    assert len(report.table) == 3
    for fragment in MENDED[spoil]:
        assert fragment in " / ".join(report.remarks)
    assert len(report.remarks) == 1
    assert report.table["periode"].unique().tolist() == ["2025-S1"]
    assert report.table["operateur"].notna().all()


def test_names_merged_over_two_rows_are_found(sheet, schema):
    merged_names(sheet)
    assert read(sheet, schema).table["id_site"].tolist() == ["V901", "V902", "V903"]


def test_a_right_total_is_not_doubted(sheet, schema):
    total_row(sheet)
    assert "ne vaut pas" not in read(sheet, schema).remarks[0]


def test_a_place_called_total_is_no_total(sheet, schema):
    sheet.put(2, "nom_site", "Total Partage")
    report = read(sheet, schema)
    assert len(report.table) == 3 and report.remarks == []


def test_empty_rows_and_columns_around_the_table_do_no_harm(sheet, schema):
    sheet.page.insert_rows(3)
    sheet.page.cell(40, 60).value = " "
    assert len(read(sheet, schema).table) == 3


def test_a_partial_sheet_is_welcome(sheet, schema):
    for name in ("passages", "t_don", "commentaire"):
        column = sheet.names.index(name) + 1
        sheet.page.delete_cols(column)
        sheet.names.pop(column - 1)
    table = read(sheet, schema).table
    assert table["passages"].isna().all(), "a column left out is not known, never zero"


def test_html_and_formulas_in_a_name_are_text(sheet, schema):
    tag = "<b>Lieu</b><script>alert(1)</script>"
    sheet.put(2, "nom_site", tag)
    formula = sheet.cell(3, "nom_site")
    formula.value = '=HYPERLINK("https://example.invalid","Lieu")'
    formula.data_type = "s"
    names = read(sheet, schema).table["nom_site"].tolist()
    assert names[:2] == [tag, '=HYPERLINK("https://example.invalid","Lieu")']


def test_a_percentage_is_read_where_the_schema_counts_in_percent(tmp_path):
    schema = {
        "fields": [
            {"name": "lieu", "type": "string", "constraints": {"required": True}},
            {"name": "part", "type": "number", "unite": "%"},
        ]
    }
    book = openpyxl.Workbook()
    for line in (["lieu", "part"], ["a", "45 %"], ["b", 0.455], ["c", 12]):
        book.active.append(line)
    book.active["B3"].number_format = "0.0%"
    book.save(tmp_path / "parts.xlsx")
    report = read_report(tmp_path / "parts.xlsx", schema)
    assert report.table["part"].tolist() == [45, 45.5, 12]
    assert len(report.remarks) == 2


def put(name, value, line=2, number_format=None):
    return lambda sheet: sheet.put(line, name, value, number_format)


def several(**values):
    def spoil(sheet):
        for name, value in values.items():
            sheet.put(2, name, value)

    return spoil


def second_sheet(sheet):
    sheet.book.copy_worksheet(sheet.page).title = "Saisie (2)"


def two_headers(sheet):
    sheet.page.insert_rows(3)
    for column, name in enumerate(sheet.names, start=1):
        sheet.page.cell(3, column).value = name


def no_header(sheet):
    sheet.page.delete_rows(1)


def merged_count(sheet):
    sheet.put(3, "foyers_distincts", None)
    sheet.page.merge_cells("J2:J3")


def only_totals(sheet):
    sheet.page.delete_rows(2, 3)
    sheet.page.append(["Total"])


def renamed(sheet):
    sheet.cell(1, "type_aide").value = "Type aides"


def column_twice(sheet):
    sheet.page.cell(1, len(sheet.names) + 1).value = "passages"


AGES = {"age_0_2": 1, "age_3_17": 5, "age_18_24": 4, "age_25_59": 10, "age_60_plus": 3}
HOMES = {"menage_seul": 1, "menage_monoparental": 1, "menage_couple_sans": 1,
         "menage_couple_avec": 1, "menage_autre": 1}  # fmt: skip
REFUSED = {
    "formula without a result": (
        put("foyers_distincts", "=4+6"), ["Saisie!J2", "lu « =4+6 »", "remplacer la formule"]),
    "error of a formula": (put("passages", "#REF!"), ["Saisie!L2", "lu « #REF! »"]),
    "two sheets filled": (
        second_sheet, ["« Saisie », « Saisie (2) »", "une seule feuille remplie"]),
    "two header rows": (two_headers, ["Saisie!A1 et Saisie!A3", "une seule ligne de noms"]),
    "no header row": (no_header, ["une ligne de noms de colonnes", "repartir du modèle"]),
    "no line but totals": (only_totals, ["Saisie, ligne 2", "aucune ligne hors totaux"]),
    "merged counts": (merged_count, ["Saisie!J2", "ne peut pas être réparti"]),
    "a date for a period": (
        put("periode", datetime(2025, 6, 30), number_format="dd/mm/yyyy"),
        ["Saisie!G2", "lu « 2025-06-30 »", "une date ne dit pas la durée"]),
    "a month for a period": (put("periode", "juin 2025"), ["Saisie!G2", "la forme de 2025-S1"]),
    "a third half-year": (put("periode", "S3 2025"), ["Saisie!G2", "lu « S3 2025 »"]),
    "two periods in a file": (
        put("periode", "2025-S2"), ["2025-S1 (2 lignes), 2025-S2 (1 lignes)", "Saisie!G2"]),
    "a text that is no number": (
        put("passages", "beaucoup"), ["Saisie!L2", "lu « beaucoup »", "un nombre entier"]),
    "a share for a count": (
        put("passages", 0.45, number_format="0%"), ["Saisie!L2", "une part ne remplace pas"]),
    "SIRET that lost its zeros": (
        put("siret", 12500013), ["Saisie!B2", "un code de 14 chiffres", "zéros de tête perdus"]),
    "SIRET in scientific notation": (
        put("siret", "1,25E+13"), ["Saisie!B2", "le tableur a changé ce code en nombre"]),
    "SIRET with a wrong key": (
        put("siret", "00000012500014"), ["Saisie!B2", "dont la clé est juste"]),
    "commune that lost its zeros": (
        put("code_insee", 18), ["Saisie!F2", "lu « 18 »", "zéros de tête perdus"]),
    "commune of elsewhere": (
        put("code_insee", "99999"), ["Saisie!F2", "une des 2 communes du territoire"]),
    "fewer people than households": (
        put("personnes_distinctes", 7), ["Saisie!K2", "au moins foyers_distincts (10, Saisie!J2)"]),
    "fewer servings than people": (
        several(unite_de_compte="personnes", passages=23),
        ["Saisie!L2", "au moins personnes_distinctes (24, Saisie!K2)"]),
    "ages that do not add up": (
        several(**AGES), ["somme des âges : 23", "personnes_distinctes = 24 (Saisie!K2)"]),
    "households that do not add up": (
        several(**HOMES), ["somme des types de ménages : 5", "foyers_distincts = 10"]),
    "unknown type of aid": (
        put("type_aide", "Coli"), ["Saisie!H2", "vouliez-vous « colis »"]),
    "negative": (put("passages", -1), ["Saisie!L2", "au moins 0"]),
    "required cell empty": (put("operateur", None), ["Saisie!E2", "lu « vide »", "obligatoire"]),
    "column renamed": (renamed, ["lu « Type aides »", "renommer « Type aides » en « type_aide »"]),
    "column twice": (column_twice, ["lu « passages »", "chaque colonne une seule fois"]),
    "a line twice": (put("id_site", "V902"), ["Saisie!A2 et Saisie!A3", "une seule ligne par"]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_refused_with_its_cell_and_its_remedy(sheet, schema, case):
    spoil, fragments = REFUSED[case]
    spoil(sheet)
    text = refusal(sheet, schema)
    for fragment in [sheet.path.name, *fragments]:
        assert fragment in text
    # each of the two cells that were merged is named
    count = "2 problèmes " if case == "merged counts" else "1 problème "
    assert text.startswith(count), f"one fault, said once: {text}"


def test_all_that_is_wrong_comes_together(sheet, schema):
    sheet.put(2, "siret", 12500013)
    sheet.put(3, "periode", "juin 2025")
    sheet.put(4, "passages", "beaucoup")
    text = refusal(sheet, schema)
    assert text.startswith("3 problèmes ")
    assert all(cell in text for cell in ("Saisie!B2", "Saisie!G3", "Saisie!L4"))


def test_fewer_servings_than_people_is_no_fault_where_households_are_counted(sheet, schema):
    sheet.put(2, "passages", 20)
    assert read(sheet, schema).table["passages"].iloc[0] == 20


def test_ages_partly_filled_are_not_added_up(sheet, schema):
    sheet.put(2, "age_0_2", 1)
    assert read(sheet, schema).table["age_0_2"].iloc[0] == 1


def test_a_comment_is_never_quoted_in_a_message(sheet, schema):
    schema = {**schema, "fields": [dict(field) for field in schema["fields"]]}
    schema["fields"][-1]["constraints"] = {"maxLength": 5}
    sheet.put(2, "commentaire", "Madame Untel est malade")
    text = refusal(sheet, schema)
    assert "Untel" not in text and "texte libre" in text


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04cut", b"a,b\n1,2\n"])
def test_a_file_that_is_no_workbook_is_refused_in_french(tmp_path, schema, content):
    path = tmp_path / "fiche.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="fiche.xlsx.*illisible comme classeur"):
        read_report(path, schema)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_with_a_damaged_part_is_refused_in_french(sheet, schema, part):
    path = sheet.save()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[: len(content) // 2] if name == part else content)
    with pytest.raises(InputError, match="illisible comme classeur"):
        read_report(path, schema)


def test_a_workbook_that_would_unfold_without_end_is_refused_before_it_is_opened(tmp_path, schema):
    path = tmp_path / "fiche.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(150_000_000))
    with pytest.raises(InputError, match="150 Mo une fois ouvert"):
        read_report(path, schema)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("1er semestre 2025", "2025-S1"),
        ("2e semestre 2024", "2024-S2"),
        ("2ème  trimestre 2025", "2025-T2"),
        ("S2 2025", "2025-S2"),
        ("2025-t4", "2025-T4"),
        ("2025-S1", "2025-S1"),
        ("T5 2025", ""),
        ("juin 2025", ""),
        ("2025", ""),
    ],
)
def test_a_period_is_read_only_when_it_says_how_long_it_is(typed, read_as):
    assert half_year(typed) == read_as


def test_an_empty_unit_is_asked_for_whatever_the_counters_are(sheet, schema):
    put("unite_de_compte", None)(sheet)
    assert "Saisie!I2 : lu « vide »" in refusal(sheet, schema)
