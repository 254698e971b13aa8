"""What the commands say, and with which code they end."""

from __future__ import annotations

import json
import subprocess
import threading
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diagalim.cli import build as command
from diagalim.cli.commands import app
from diagalim.pipeline import availability
from diagalim.pipeline.engine import Outcome
from diagalim.settings.plan import ChapterPlan
from diagalim.settings.territory_file import load_territory
from diagalim.sources.registry import load_sources
from diagalim.wording.failures import BuildFailure
from diagalim.wording.problems import InputError, Problem
from diagalim.workspace.folders import Folders

PROBLEM = Problem("x.csv", "ligne 2", "abc", "un nombre", "corriger")


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs the command line and gives its code and its words."""
    # wide enough for whole sentences
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words):
        result = CliRunner().invoke(app, list(words))
        return result.exit_code, result.output

    return call


@pytest.mark.parametrize("name", ["build", "chapter", "check", "serve", "lab"])
def test_help_of_each_command_documents_the_exit_codes(run, name):
    code, text = run(name, "--help")
    assert code == 0 and "Codes de sortie" in text


def test_unknown_territory_lists_the_known_ones(run):
    code, text = run("build", "--territoire", "99")
    assert code == 2
    assert "data/territories/99.yml" in text and "disponibles : 13" in text


def test_overseas_department_is_refused_with_the_reason(run):
    code, text = run("check", "-t", "974")
    assert code == 2 and "outre-mer" in text


@pytest.fixture
def no_official_files(tmp_path, monkeypatch):
    """Make the official files of 13 be nowhere; the fictitious department has its own folder."""
    monkeypatch.setenv("DIAGALIM_DATA", str(tmp_path))
    found = availability.find

    def only_fictitious(source, territory):
        return found(source, territory) if territory.nature == "synthétique" else None

    monkeypatch.setattr(availability, "find", only_fictitious)


def test_missing_data_say_where_to_get_them(run, no_official_files):
    code, text = run("build", "--territoire", "13")
    assert code == 3
    assert "data/sources.yml" in text and "data/officiel/" in text
    assert "make fetch TERRITORY=13" in text


def test_report_without_official_files_is_the_fictitious_one_and_says_so_first_and_last(
    run, no_official_files, monkeypatch, tmp_path
):
    built = []

    def build(code, **options):
        built.append(code)
        return Outcome(tmp_path, ["sources"])

    monkeypatch.setattr(command, "build_report", build)
    code, text = run("build")
    assert code == 0 and built == ["exemple"]
    lines = text.splitlines()
    assert lines[0] == lines[-1] == availability.FALLEN_BACK
    assert "make fetch TERRITORY=13" in lines[0] and "make report TERRITORY=13" in lines[0]


def test_report_with_official_files_is_that_of_13(run, monkeypatch, tmp_path):
    monkeypatch.setattr(availability, "any_file", lambda territory: True)
    built = []
    monkeypatch.setattr(
        command, "build_report", lambda code, **options: built.append(code) or Outcome(tmp_path)
    )
    code, text = run("build")
    assert code == 0 and built == ["13"]
    assert "fictif" not in text


def test_site_that_was_built_is_the_one_served(tmp_path, monkeypatch):
    monkeypatch.setattr(availability, "project_root", lambda: tmp_path)
    assert availability.built_territory("") == "13"
    for code, expected in (("exemple", "exemple"), ("13", "13")):
        Folders(tmp_path, code).site.mkdir(parents=True)
        (Folders(tmp_path, code).site / "index.html").touch()
        assert availability.built_territory("") == expected
    assert availability.built_territory("2A") == "2A"


def test_check_names_the_optional_data_that_are_not_there_in_one_line(run, monkeypatch):
    found = availability.find

    def without(source, territory):
        return None if source in ("caf_rsa", "sans_voiture") else found(source, territory)

    optional = {
        name: source.model_copy(update={"obligatoire": False})
        for name, source in load_sources().items()
    }
    monkeypatch.setattr(availability, "find", without)
    monkeypatch.setattr(availability, "load_sources", lambda: optional)
    monkeypatch.setattr(command, "check_inputs", lambda territory: [])
    code, text = run("check", "-t", "exemple")
    assert code == 0
    (line,) = [line for line in text.splitlines() if "non disponible" in line]
    assert optional["caf_rsa"].court in line and optional["sans_voiture"].court in line
    assert optional["deplacements"].court not in line


def test_check_sees_the_settings_of_the_chapters_beside_the_data(run, monkeypatch):
    territory = load_territory("exemple")
    settings = {"score": {"iris_cite": 3, "iris_cites": "quinze"}, "03_offre_": {}}
    wrong = territory.model_copy(update={"chapitres": settings})
    monkeypatch.setattr(command, "load_territory", lambda code: wrong)
    monkeypatch.setattr(command, "check_inputs", lambda territory: [PROBLEM])
    code, text = run("check", "-t", "exemple")
    assert code == 2
    assert "vouliez-vous « iris_cites »" in text
    assert 'lu « "quinze" » ; attendu : un nombre entier' in text
    assert "clé chapitres.03_offre_" in text and "x.csv\n  • ligne 2" in text


def test_wrong_input_ends_with_its_message_and_code_2(run, monkeypatch):
    monkeypatch.setattr(command, "require_data", lambda territory: None)
    monkeypatch.setattr(command, "check_inputs", lambda territory: [PROBLEM])
    code, text = run("check")
    assert code == 2 and "x.csv — ligne 2 : lu « abc »" in text


def test_good_input_is_said_and_quiet_says_nothing(run, monkeypatch):
    monkeypatch.setattr(command, "require_data", lambda territory: None)
    monkeypatch.setattr(command, "check_inputs", lambda territory: [])
    assert "toutes les données d'entrée sont lisibles" in run("check")[1]
    assert run("check", "-q") == (0, "")


@pytest.mark.parametrize(
    ("raised", "code"),
    [(BuildFailure("Échec"), 1), (InputError([PROBLEM]), 2), (KeyboardInterrupt(), 130)],
)
def test_each_failure_has_its_exit_code(run, monkeypatch, raised, code):
    def fail(*words, **options):
        raise raised

    monkeypatch.setattr(command, "require_data", lambda territory: None)
    monkeypatch.setattr(command, "build_report", fail)
    assert run("build")[0] == code


def test_nothing_to_serve_says_how_to_build(run, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "project_root", lambda: tmp_path)
    monkeypatch.setattr(availability, "project_root", lambda: tmp_path)
    code, text = run("serve")
    assert code == 1 and "diagalim build --territoire 13" in text


def test_busy_port_gives_way_to_the_next_one(tmp_path):
    folders = Folders(tmp_path, "13")
    folders.site.mkdir(parents=True)
    (folders.site / "index.html").write_text("bonjour", encoding="utf-8")
    with command.open_server(folders, 8123) as first, command.open_server(folders, 8123) as second:
        assert second.server_port != first.server_port
        threading.Thread(target=second.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{second.server_port}/"
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == b"bonjour"
        second.shutdown()


def test_jupyterlab_opens_on_the_notebooks_without_a_question_about_news(run, monkeypatch):
    asked = []

    def start(words, **options):
        asked.extend(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(command.subprocess, "run", start)
    assert run("lab")[0] == 0
    assert "--LabApp.default_url=/lab/tree/notebooks" in asked
    (folder,) = [word.partition("=")[2] for word in asked if "app_settings_dir" in word]
    settings = json.loads((Path(folder) / "overrides.json").read_text(encoding="utf-8"))
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_datasets_and_modules_that_the_plan_names_wrongly_are_said_together():
    plan = {
        "01": ChapterPlan(sources=["filosofi_commune"], modules=["diagalim.contexte"]),
        "02": ChapterPlan(sources=["filosofi_communes"], modules=["diagalim.analysis.context"]),
    }
    said = [str(problem) for problem in availability.plan_problems(plan)]
    assert len(said) == 2
    assert "filosofi_commune" in said[0] and "vouliez-vous « filosofi_communes »" in said[0]
    assert "diagalim.contexte" in said[1]
