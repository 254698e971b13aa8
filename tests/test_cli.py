"""What the commands say, and with which code they end."""

from __future__ import annotations

import threading
import urllib.request

import pytest
from typer.testing import CliRunner

from diagalim.build import BuildFailure, command
from diagalim.build.folders import Folders
from diagalim.cli import app
from diagalim.problems import InputError, Problem

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


def test_missing_data_say_where_to_get_them(run, tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_DATA", str(tmp_path))
    monkeypatch.setattr(command, "find", lambda source, territory: None)
    code, text = run("build")
    assert code == 3
    assert "data/sources.yml" in text and "data/officiel/" in text


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
