"""Bodies, members and links are read together, or refused with all that is wrong in them."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from diagalim.analysis.coordination.instances import EXPECTED, LEVELS
from diagalim.cli.commands import app
from diagalim.collected.coordination import COORDINATION, read_coordination
from diagalim.collected.inputs import collected_files
from diagalim.settings.territory_file import load_territory
from diagalim.sources.schemas import collected_schema
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root

GOOD = {
    "documents": "cle,titre,auteurs,date\nbilan,Bilan du réseau,Un service,2024-05\n",
    "instances": "id,nom,niveau,commune,etat,annee,pilote,objet,document\n"
    "v,Table de ville,ville,13005,en place,2023,,Se voir,bilan\n"
    "d,Comité,département,,en place,,Un service,Financer,synthese\n"
    "r,Forum,région,,annoncée,,,Se voir,bilan\n",
    "membres": "instance,organisme,type,document\nv,CCAS,CCAS,bilan\nd,Un service,État,synthese\n",
    "liens": "de,vers,type,etat\nv,d,représentation,constaté\nr,d,membre commun,proposé\n",
}


@pytest.fixture
def written(tmp_path):
    """Return a function that writes good tables, changed, and gives where each stands."""

    def write(*names, **changed):
        files = {}
        for name in names or COORDINATION:
            path = tmp_path / f"{name}.csv"
            path.write_text(changed.get(name, GOOD[name]), encoding="utf-8")
            files[name] = [path]
        return files

    return write


@pytest.fixture
def of_13():
    return load_territory("13")


def refusal(files, territory):
    with pytest.raises(InputError) as raised:
        read_coordination(files, territory)
    return raised.value.problems


def test_each_row_says_how_its_document_is_cited(written, of_13):
    bodies, members, links = read_coordination(written(), of_13)
    assert bodies["source"].to_dict() == {
        "v": "Bilan du réseau (Un service 2024)",
        "d": "Synthèse et recommandations (Ansa et LARIIS 2025)",
        "r": "Bilan du réseau (Un service 2024)",
    }
    assert bodies["annee_source"].tolist() == ["2024", "2025", "2024"]
    assert members["source"].tolist() == bodies["source"].tolist()[:2]
    assert list(links) == ["de", "vers", "type", "etat"]


def test_an_empty_cell_is_an_empty_text_and_a_year_is_written_as_typed(written, of_13):
    bodies = read_coordination(written(), of_13).bodies
    assert bodies["annee"].tolist() == ["2023", "", ""]
    assert bodies.at["d", "commune"] == ""


def test_a_study_without_tables_has_no_body_and_nothing_is_wrong(of_13):
    bodies, members, links = read_coordination({}, of_13)
    assert bodies.empty and members.empty and links.empty
    assert "niveau" in bodies and "source" in members and "etat" in links


def test_members_and_links_may_be_unknown(written, of_13):
    bodies, members, links = read_coordination(written("documents", "instances"), of_13)
    assert len(bodies) == 3 and members.empty and links.empty


def changed(name, before, after):
    assert before in GOOD[name]
    return {name: GOOD[name].replace(before, after, 1)}


CASES = {
    "a link to a body without a line": (
        changed("liens", "v,d,", "v,x,"),
        ("liens.csv", "ligne 2, colonne vers", "x", "« instances »"),
    ),
    "a member of a body without a line": (
        changed("membres", "v,CCAS", "x,CCAS"),
        ("membres.csv", "ligne 2, colonne instance", "x", "« instances »"),
    ),
    "a state of links that is none": (
        changed("liens", "constaté", "espéré"),
        ("liens.csv", "ligne 2, colonne etat", "espéré", "constaté, proposé"),
    ),
    "a state of bodies that is none": (
        changed("instances", "annoncée", "promise"),
        ("instances.csv", "ligne 4, colonne etat", "promise", "en place, annoncée"),
    ),
    "a level that is none": (
        changed("instances", "département", "canton"),
        ("instances.csv", "ligne 3, colonne niveau", "canton", "ville, département"),
    ),
    "a body of a city that does not say which": (
        changed("instances", "13005", ""),
        ("instances.csv", "ligne 2, colonne commune", "vide", "la commune"),
    ),
    "a city of another department": (
        changed("instances", "13005", "84007"),
        ("instances.csv", "ligne 2, colonne commune", "84007", "du département 13"),
    ),
    "an established link of an announced body": (
        changed("liens", "proposé", "constaté"),
        ("liens.csv", "ligne 3, colonne etat", "constaté", "seulement annoncée"),
    ),
    "a link to itself": (
        changed("liens", "v,d,", "v,v,"),
        ("liens.csv", "ligne 2, colonne vers", "v", "une autre instance"),
    ),
    "a document that nobody declares": (
        changed("membres", "État,synthese", "État,rapport"),
        ("membres.csv", "ligne 3, colonne document", "rapport", "« documents »"),
    ),
    "a document that the project has already": (
        changed("documents", "bilan,Bilan", "bilan_hdf,Bilan"),
        ("documents.csv", "ligne 2, colonne cle", "bilan_hdf", "data/publie/documents.csv"),
    ),
    "a kind of actor misspelt": (
        changed("membres", "Un service,État", "Un service,Etats"),
        ("membres.csv", "ligne 3, colonne type", "Etats", "État, collectivité"),
    ),
    "a body twice": (
        changed("instances", "d,Comité", "v,Comité"),
        ("instances.csv", "ligne 3, colonne id", "v", "une seule fois"),
    ),
    "a body without a document": (
        changed("instances", "Se voir,bilan", "Se voir,"),
        ("instances.csv", "ligne 2, colonne document", "vide", "obligatoire"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_said_with_its_file_its_line_and_what_was_expected(case, written, of_13):
    change, (file, place, value, expected) = CASES[case]
    problem = refusal(written(**change), of_13)[0]
    assert (problem.file, problem.place, problem.value) == (file, place, value)
    assert expected in problem.expected and problem.remedy


def test_the_faults_of_all_the_tables_come_together(written, of_13):
    changes = {}
    for case in (
        "a state of links that is none",
        "a kind of actor misspelt",
        "a level that is none",
    ):
        changes |= CASES[case][0]
    assert {p.file for p in refusal(written(**changes), of_13)} == {
        "liens.csv", "membres.csv", "instances.csv"
    }  # fmt: skip


def test_what_leans_on_a_table_that_could_not_be_read_is_not_said_to_be_wrong(written, of_13):
    files = written(documents=GOOD["documents"].replace("2024-05", "mai 2024"))
    (problem,) = refusal(files, of_13)
    assert (problem.file, problem.place) == ("documents.csv", "ligne 2, colonne date")


def test_a_line_that_holds_a_line_break_moves_the_place_of_those_that_follow(written, of_13):
    change = (
        GOOD["instances"].replace("Financer", '"Financer,\net suivre"').replace("annoncée", "x")
    )
    (problem, *_) = refusal(written(instances=change), of_13)
    assert problem.place == "ligne 5, colonne etat"


def test_members_and_links_without_the_bodies_are_refused(written, of_13):
    problems = refusal(written("documents", "membres", "liens"), of_13)
    assert [p.file for p in problems] == ["membres.csv", "liens.csv"]
    assert all("instances.csv" in p.remedy for p in problems)


def test_a_folder_under_the_name_of_a_table_is_a_problem_of_that_table(written, of_13, tmp_path):
    files = written()
    (tmp_path / "membres.csv").unlink()
    (tmp_path / "membres.csv").mkdir()
    (problem,) = refusal(files, of_13)
    assert problem.file == "membres.csv" and "ne peut pas être ouvert" in problem.value


def test_another_department_cannot_lean_on_the_study_of_13(written, of_13):
    text = GOOD["instances"].replace("13005", "84007")
    files = written("documents", "instances", instances=text)
    vaucluse = of_13.model_copy(update={"code": "84", "etude_publiee": None})
    (problem,) = refusal(files, vaucluse)
    assert problem.value == "synthese" and problem.place == "ligne 3, colonne document"


def test_an_unknown_study_is_said_elsewhere_and_stops_nothing_here(written, of_13):
    unknown = of_13.model_copy(update={"etude_publiee": "inconnue"})
    problems = refusal(written(), unknown)
    assert {p.value for p in problems} == {"synthese"}


def test_the_schemas_hold_the_levels_and_kinds_that_are_counted():
    choices = {
        (name, field["name"]): field["constraints"]["enum"]
        for name in COORDINATION
        for field in collected_schema(name)["fields"]
        if "enum" in field.get("constraints", {})
    }
    assert tuple(choices["instances", "niveau"]) == LEVELS
    assert tuple(choices["membres", "type"]) == (*EXPECTED, "autre")


def test_the_tables_of_13_hold_the_committees_of_its_study(of_13):
    files = {name: collected_files(name, of_13) for name in COORDINATION}
    bodies, members, links = read_coordination(files, of_13)
    assert (len(bodies), len(members), len(links)) == (7, 27, 4)
    assert (members["instance"] == "financeurs_13").sum() == 7
    assert (members["instance"] == "coalim").sum() == 6
    assert set(bodies["document"]) == {"synthese"}


def test_the_tables_that_the_command_writes_are_refused_blank_and_read_once_filled(tmp_path, of_13):
    words = ["template", "coordination", "-t", "13", "--sortie", str(tmp_path)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0 and "diagalim check --territoire 13" in done.output
    assert "documents: coordination/documents.csv" in done.output, "13 does not declare it"
    files = {name: [tmp_path / f"{name}.csv"] for name in COORDINATION}
    blank = refusal(files, of_13)
    assert [p.file for p in blank] == [f"{name}.csv" for name in COORDINATION]
    assert all("retirer le fichier" in p.remedy for p in blank)
    for name, (path,) in files.items():
        rows = GOOD[name].split("\n", 1)[1].replace(",", ";")
        path.write_bytes(path.read_bytes() + rows.encode("utf-8"))
    assert len(read_coordination(files, of_13).bodies) == 3
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 2 and "existe déjà" in again.output


def test_a_place_refused_names_it_and_leaves_what_was_filled(tmp_path):
    held = {name: tmp_path / f"{name}.csv" for name in COORDINATION}
    for path in held.values():
        path.write_text("rempli", encoding="utf-8")
    last = held[COORDINATION[-1]]
    last.unlink()
    last.mkdir()
    words = ["template", "coordination", "-t", "13", "--sortie", str(tmp_path), "--force"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2 and f"{last.name} — fichier" in done.output
    assert {path.read_text("utf-8") for path in held.values() if path != last} == {"rempli"}
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(p.name for p in held.values())


def test_an_unknown_model_is_refused_with_those_there_are():
    done = CliRunner().invoke(app, ["template", "entretiens", "-t", "13"])
    assert done.exit_code == 2
    assert "remontee, coordination" in done.output


def test_only_what_the_study_of_13_published_is_kept_in_the_repository():
    asked = (project_root() / ".gitignore").read_text(encoding="utf-8").splitlines()
    kept = [line for line in asked if line.startswith("!")]
    assert "data/collecte/*" in asked and "data/collecte/13/*" in asked
    assert kept == ["!data/collecte/13/", "!data/collecte/13/coordination/"]
