"""The reporting sheets of the networks, the interviews and the focus groups: valid as shipped.

The wrong sheets that a reader must refuse are written on demand, each wrong in the named way.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from frictionless import Resource, Schema
from stdnum.fr import siret

from exemple.reports import files as reports
from exemple.reports import sheet as report_sheet

ROOT = Path(__file__).resolve().parents[2]
COLLECTED = ROOT / "data" / "exemple" / "collecte"
SCHEMAS = ROOT / "data" / "schemas" / "collecte"
SHEETS = sorted((COLLECTED / "remontees").glob("*.xlsx"))
COUNTERS = ["foyers_distincts", "personnes_distinctes", "passages"]
SUMS = {
    "personnes_distinctes": r"^age_.*",
    "foyers_distincts": r"^menage_.*",
}


def schema_of(name: str) -> dict:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def misfits(lines: list[list], name: str) -> list:
    content = schema_of(name)
    content.pop("foreignKeys", None)
    report = Resource(data=lines, schema=Schema.from_descriptor(content)).validate()
    return report.flatten(["rowNumber", "fieldName", "message"])


def lines_of(path: Path) -> list[list]:
    schema = schema_of("remontee")
    sheet = openpyxl.load_workbook(path)[schema["feuille"]]
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    return lines[schema["ligne_entete"] - 1 :]


def entered(path: Path) -> pd.DataFrame:
    head, *lines = lines_of(path)
    return pd.DataFrame(lines, columns=head)


def listened(stem: str) -> pd.DataFrame:
    return pd.read_csv(COLLECTED / "ecoute" / f"{stem}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def everything() -> pd.DataFrame:
    return pd.concat([entered(path) for path in SHEETS], ignore_index=True)


@pytest.fixture(scope="module")
def sheet_maker():
    """The functions that write a sheet, well or wrongly."""
    return report_sheet, reports


@pytest.fixture
def write(sheet_maker, tmp_path):
    report_sheet, reports = sheet_maker

    def write_one(wrong: str = "") -> openpyxl.Workbook:
        path = tmp_path / "fiche.xlsx"
        report_sheet.write_report(path, reports.example_rows(), datetime(2025, 7, 30), wrong)
        return openpyxl.load_workbook(path)

    return write_one


def test_each_sheet_has_its_four_sheets_and_hides_the_lists():
    assert 10 <= len(SHEETS) <= 14
    for path in SHEETS:
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["Lisez-moi", "Saisie", "Listes", "Dictionnaire"], path.name
        assert book["Listes"].sheet_state == "hidden"


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_shipped_sheet_fits_its_schema(path):
    assert misfits(lines_of(path), "remontee") == []


def test_the_heading_of_the_entry_is_that_of_the_schema():
    names = [field["name"] for field in schema_of("remontee")["fields"]]
    assert all(lines_of(path)[0] == names for path in SHEETS)


def test_the_dictionary_of_each_sheet_says_what_its_schema_says_today():
    said = [
        (field["name"], field["title"], field.get("description", ""))
        for field in schema_of("remontee")["fields"]
    ]
    for path in SHEETS:
        rows = openpyxl.load_workbook(path)["Dictionnaire"].iter_rows(min_row=2, max_col=3)
        told = [tuple(cell.value or "" for cell in row) for row in rows]
        assert told == said, f"{path.name}: make it again (python -m exemple.make)"


def test_codes_are_text_with_their_zeros_and_the_siret_has_its_key(everything):
    assert everything["siret"].map(siret.is_valid).all()
    assert everything["code_insee"].str.fullmatch(r"00\d{3}").all()
    book = openpyxl.load_workbook(SHEETS[0])["Saisie"]
    assert {book["B2"].number_format, book["F2"].number_format} == {"@"}


def test_a_file_holds_one_period_and_one_unit():
    for path in SHEETS:
        content = entered(path)
        assert set(content["periode"]) == {path.stem.rsplit("_", 1)[1]}
        assert content["unite_de_compte"].nunique() == 1


def test_the_networks_do_not_count_alike_and_one_half_year_never_came(everything):
    assert set(everything["unite_de_compte"]) == {"foyers", "personnes", "passages"}
    sent = Counter(path.stem.rsplit("_", 1)[0] for path in SHEETS)
    assert set(sent.values()) == {1, 2, 3, 4}


def test_counters_never_contradict_each_other(everything):
    counts = everything[COUNTERS].apply(pd.to_numeric)
    for less, more in zip(COUNTERS, COUNTERS[1:], strict=False):
        both = counts[[less, more]].dropna()
        assert len(both) > 20
        assert (both[less] <= both[more]).all()


@pytest.mark.parametrize("total", SUMS)
def test_parts_that_are_all_filled_add_up_to_their_total(everything, total):
    parts = everything.filter(regex=SUMS[total])
    filled = parts.notna().all(axis=1) & everything[total].notna()
    assert filled.sum() > 20
    assert (parts[filled].sum(axis=1) == everything.loc[filled, total]).all()


def test_sheets_are_partial_and_a_blank_is_not_a_zero(everything):
    assert everything["personnes_distinctes"].isna().any()
    assert everything["age_0_2"].isna().any()
    assert everything["passages"].isna().any()


def test_a_reported_site_is_a_true_place_of_the_same_network(everything):
    text = (COLLECTED.parent / "verite_offre.json").read_text(encoding="utf-8")
    places = json.loads(text)["sites"]
    for _, line in everything.iterrows():
        place = places[line["id_site"]]
        assert line["operateur"] == place["operateur"] and line["siret"] == place["siret"]
        assert line["type_aide"] in place["type_aide"] and line["code_insee"] == place["code_insee"]


def test_a_sheet_written_well_fits_its_schema(write):
    lines = [list(line) for line in write()["Saisie"].iter_rows(values_only=True)]
    assert misfits(lines, "remontee") == []
    assert len(lines) == 4


SEEN_WRONG = {
    "titres_au_dessus": lambda s: s["A1"].value == "Remontée du réseau" and s["A3"].value,
    "entetes_fusionnes": lambda s: "A1:I1" in [str(r) for r in s.merged_cells.ranges],
    "ligne_total": lambda s: (s["A5"].value, s["J5"].value) == ("TOTAL général", 35),
    "lignes_vides": lambda s: s["A3"].value is None and s["A4"].value == "V902",
    "periode_en_toutes_lettres": lambda s: s["G2"].value == "1er semestre 2025",
    "periode_en_date": lambda s: s["G2"].value == datetime(2025, 6, 30),
    "date_francaise": lambda s: column(s, "tension_date") == "15/06/2025",
    "formules": lambda s: s["J2"].value == "=4+6" and s["J2"].data_type == "f",
    "virgules_en_texte": lambda s: column(s, "t_don") == "1,5",
    "plusieurs_feuilles": lambda s: s.parent["Saisie (2)"]["A2"].value == "V901",
    "html_dans_un_nom": lambda s: "<script>" in s["D2"].value,
    "formule_dans_un_nom": lambda s: s["D2"].value.startswith("=HYPERLINK"),
    "siret_en_nombre": lambda s: s["B2"].value == 12500013,
    "zero_perdu": lambda s: s["F2"].value == 18,
    "somme_des_ages_fausse": lambda s: sum(s.cell(2, k).value for k in range(13, 18)) == 23,
    "personnes_sous_foyers": lambda s: (s["J2"].value, s["K2"].value) == (10, 7),
}


def column(sheet, name: str) -> object:
    names = [cell.value for cell in sheet[1]]
    return sheet.cell(2, names.index(name) + 1).value


def test_each_way_of_being_wrong_is_tried(sheet_maker):
    assert set(SEEN_WRONG) == set(sheet_maker[0].WRONG)


@pytest.mark.parametrize("wrong", SEEN_WRONG)
def test_a_sheet_is_wrong_in_the_named_way(wrong, write):
    assert SEEN_WRONG[wrong](write(wrong)["Saisie"])
    assert not _also_in_the_right_one(wrong, write()["Saisie"])


def _also_in_the_right_one(wrong: str, sheet) -> bool:
    try:
        return bool(SEEN_WRONG[wrong](sheet))
    except (KeyError, TypeError, AttributeError):
        return False


def test_an_unknown_way_of_being_wrong_is_refused(write):
    with pytest.raises(KeyError, match="inconnue"):
        write("inconnue")


@pytest.mark.parametrize("stem", ["entretiens", "segments", "groupes"])
def test_what_was_heard_fits_its_schema(stem):
    content = listened(stem)
    assert misfits([list(content.columns), *content.to_numpy().tolist()], stem) == []
    assert list(content.columns) == [field["name"] for field in schema_of(stem)["fields"]]


def test_interviews_come_from_eight_sites_of_the_four_focus_towns(exemple):
    register = listened("entretiens")
    assert register["id_site"].nunique() == 8
    assert set(register["ville"]) == {town.nom for town in exemple.communes_focus}
    assert set(listened("groupes")["ville"]) == set(register["ville"])
    assert register.groupby("id_site")["ville"].nunique().eq(1).all()


def test_each_segment_belongs_to_an_interview_and_each_theme_is_heard():
    segments = listened("segments")
    assert set(segments["id_entretien"]) <= set(listened("entretiens")["id_entretien"])
    themes = next(f for f in schema_of("segments")["fields"] if f["name"] == "theme")
    assert set(segments["theme"]) == set(themes["constraints"]["enum"])


def test_verbatims_have_forty_words_at_most_and_some_are_not_read_again():
    segments = listened("segments")
    quoted = segments[segments["verbatim_court"] != ""]
    assert quoted["verbatim_court"].str.split().str.len().max() == 40
    assert 0 < (quoted["relu_par"] == "").mean() < 0.3
    assert quoted["verbatim_court"].is_unique


def test_no_verbatim_gives_a_percentage_or_a_place_of_the_department(outlines):
    said = " ".join(listened("segments")["verbatim_court"])
    places = {*outlines["nom"], *outlines["nom_commune"]}
    assert "%" not in said
    assert [name for name in places if re.search(rf"\b{re.escape(name)}\b", said)] == []


def test_a_forty_first_word_is_refused():
    content = listened("segments").head(1)
    content["verbatim_court"] = " ".join(["mot"] * 41)
    lines = [list(content.columns), *content.to_numpy().tolist()]
    assert len(misfits(lines, "segments")) == 1


def test_four_groups_met_then_all_met_again_and_dissent_is_kept():
    groups = listened("groupes")
    first = groups[groups["seance"] == "premier échange"]
    second = groups[groups["seance"] == "second échange"]
    assert first.groupby("ville")["date"].nunique().eq(1).all()
    assert first["date"].nunique() == 4
    assert second["date"].nunique() == 1 and second["ville"].nunique() == 4
    assert set(groups["consensus"]) == {"fort", "partiel", "dissensus"}
