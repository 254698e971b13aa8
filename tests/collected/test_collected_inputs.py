"""A study names its collected inputs; those that are there are all checked, no other is missed."""

from __future__ import annotations

import shutil

import openpyxl
import pytest

from diagalim.collected.inputs import (
    check_collected,
    collected_dir,
    collected_files,
    read_remarks,
    read_reports,
)
from diagalim.settings.territory_file import load_territory, parse_territory
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root

EXAMPLE = project_root() / "data" / "exemple" / "collecte"
PLACE = project_root() / "data" / "territories"


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A project whose collected files may be spoilt."""
    here = project_root() / "data"
    for part in ("exemple/collecte", "schemas", "territories"):
        shutil.copytree(here / part, tmp_path / "data" / part)
    shutil.copy(here / "sources.yml", tmp_path / "data" / "sources.yml")
    monkeypatch.setenv("DIAGALIM_ROOT", str(tmp_path))
    return tmp_path / "data" / "exemple" / "collecte"


def example(*names):
    """The fictitious department, with some of its collected inputs or all of them."""
    territory = load_territory("exemple")
    kept = {name: territory.collecte[name] for name in names} if names else territory.collecte
    return territory.model_copy(update={"collecte": kept})


def test_the_inputs_of_the_fictitious_department_are_all_as_they_should_be():
    territory = example()
    assert all(collected_files(name, territory) for name in territory.collecte)
    assert check_collected(territory) == []


def test_a_real_territory_has_only_what_its_study_published_and_misses_nothing():
    territory = load_territory("13")
    assert list(territory.collecte) == ["instances", "membres", "liens"]
    assert all(collected_files(name, territory) for name in territory.collecte)
    assert check_collected(territory) == []


def test_a_real_territory_never_looks_among_fictitious_files():
    text = (PLACE / "13.yml").read_text(encoding="utf-8")
    text = text.replace("collecte:\n", "collecte:\n  base_contacts: structures/base_contacts.csv\n")
    territory = parse_territory(text, "13.yml")
    assert collected_dir(territory).parts[-3:] == ("data", "collecte", "13")
    assert collected_files("base_contacts", territory) == []
    assert check_collected(territory) == []


@pytest.mark.parametrize(
    ("line", "fragment"),
    [
        ("enquette: enquete", "clé collecte.enquette"),
        ("enquete: ../../officiel", "ni chemin absolu"),
        ("enquete: /tmp/x", "ni chemin absolu"),
        ("enquete: 'C:\\\\x'", "ni chemin absolu"),
    ],
)
def test_a_place_outside_the_collected_files_or_an_unknown_input_is_refused(line, fragment):
    text = (PLACE / "exemple.yml").read_text(encoding="utf-8")
    with pytest.raises(InputError, match=fragment):
        parse_territory(text.replace("enquete: enquete", line), "exemple.yml")


def test_the_faults_of_all_inputs_come_together(copy):
    contacts = copy / "structures" / "base_contacts.csv"
    contacts.write_text(
        contacts.read_text(encoding="utf-8").replace(",association,", ",asociation,", 1), "utf-8"
    )
    groups = copy / "ecoute" / "groupes.csv"
    groups.write_text(groups.read_text(encoding="utf-8").replace("dissensus", "désaccord"), "utf-8")
    report = sorted((copy / "remontees").glob("*.xlsx"))[0]
    report.write_bytes(b"PK\x03\x04")
    said = "\n".join(map(str, check_collected(example("base_contacts", "groupes", "remontee"))))
    assert "base_contacts.csv" in said and "vouliez-vous « association »" in said
    assert "groupes.csv" in said and "fort, partiel, dissensus" in said
    assert report.name in said and "illisible comme classeur" in said
    assert str(copy) not in said


def test_a_segment_of_an_interview_that_is_not_registered_is_said(copy):
    segments = copy / "ecoute" / "segments.csv"
    lines = segments.read_text(encoding="utf-8").splitlines()
    lines[1] = "E999" + lines[1][4:]
    segments.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (problem,) = check_collected(example("entretiens", "segments"))
    assert problem.value == "E999" and "« entretiens »" in problem.expected


def test_a_sheet_sent_twice_under_two_names_is_said(copy):
    first = sorted((copy / "remontees").glob("*.xlsx"))[0]
    shutil.copy(first, first.with_name("remontee_corrigee.xlsx"))
    problems = check_collected(example("remontee"))
    assert problems and all("remontee_corrigee.xlsx" in p.file for p in problems)
    assert "retirer la fiche remplacée" in problems[0].remedy


def test_a_commune_outside_the_territory_is_said_for_each_sheet(copy):
    problems = check_collected(example("remontee"), communes=["00999"])
    assert {p.file for p in problems} >= {path.name for path in (copy / "remontees").glob("*.xlsx")}


def test_a_folder_under_the_name_of_a_file_is_a_problem_and_not_a_crash(copy):
    path = copy / "ecoute" / "groupes.csv"
    path.unlink()
    path.mkdir()
    (problem,) = check_collected(example("groupes"))
    assert problem.file == "groupes.csv" and "ne peut pas être ouvert" in problem.value


def test_two_files_for_one_input_cannot_be_chosen_between(copy):
    territory = example("groupes")
    shutil.copy(copy / "ecoute" / "groupes.csv", copy / "ecoute" / "groupes2.csv")
    changed = territory.model_copy(update={"collecte": {"groupes": "ecoute/groupes*.csv"}})
    (problem,) = check_collected(changed)
    assert "2 fichiers" in problem.value


def test_a_workbook_open_in_excel_leaves_a_shadow_that_is_not_read(copy):
    (copy / "remontees" / "~$remontee_x.xlsx").write_bytes(b"x")
    changed = example().model_copy(update={"collecte": {"remontee": "remontees/*.xlsx"}})
    assert check_collected(changed) == []


def test_reading_the_sheets_gives_one_report_a_file():
    reports = read_reports(example())
    assert sorted(reports) == sorted(p.name for p in (EXAMPLE / "remontees").glob("*.xlsx"))
    assert all(report.table["id_site"].notna().all() for report in reports.values())


def test_what_is_hidden_in_a_workbook_is_said_for_the_list_of_places_as_for_the_sheets(copy):
    files = [copy / "offre" / "tableur_partenaire.xlsx", *(copy / "remontees").glob("*.xlsx")]
    for path in files:
        book = openpyxl.load_workbook(path)
        for page in book:
            page.row_dimensions[page.max_row].hidden = True
        book.save(path)
    remarks = read_remarks(example())
    assert set(remarks) == {path.name for path in files}
    assert all("ligne masquée lue" in "".join(said) for said in remarks.values())
