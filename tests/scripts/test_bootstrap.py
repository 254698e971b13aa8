"""From a bare Python: what the set-up refuses, remembers and passes on."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from diagalim.pipeline import availability

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """Return the script as a module, working in an empty folder."""
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.delenv("PART", raising=False)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "installation.json")
    monkeypatch.setattr(module, "RUN_LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(module, "DEV_LOCK", tmp_path / "requirements-dev.lock")
    return module


@pytest.fixture
def installs(bootstrap, monkeypatch):
    """Return the list of what pip is asked, without asking it."""
    asked = []

    def create(folder, with_pip):
        python = bootstrap.python_of(folder)
        python.parent.mkdir(parents=True)
        python.touch()
        asked.append("venv")

    monkeypatch.setattr(bootstrap.venv, "create", create)
    monkeypatch.setattr(bootstrap, "pip", lambda *words: asked.append(words[-1]))
    monkeypatch.setattr(bootstrap, "finish_setup", lambda: asked.append("fin"))
    return asked


def test_the_modules_of_the_project_are_compiled_once_for_all(bootstrap, monkeypatch):
    (bootstrap.ROOT / "src").mkdir()
    (bootstrap.ROOT / "src" / "one.py").write_text("ONE = 1\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "diagalim", lambda *words: None)
    monkeypatch.setattr(bootstrap, "python_of", lambda folder: sys.executable)
    bootstrap.finish_setup()
    assert list((bootstrap.ROOT / "src" / "__pycache__").glob("one.*.pyc"))


def test_old_python_is_refused_with_a_remedy(bootstrap):
    with pytest.raises(bootstrap.Stop, match=r"il faut Python 3\.11"):
        bootstrap.refuse_old_python((3, 10))


@pytest.mark.parametrize(
    ("version", "said"), [((3, 11), ""), ((3, 14), ""), ((3, 15), "3.11 à 3.14")]
)
def test_python_newer_than_those_tried_is_said_and_not_refused(bootstrap, capsys, version, said):
    bootstrap.announce_untried_python(version)
    heard = capsys.readouterr().err
    assert said in heard and bool(said) == bool(heard)


def test_command_territory_and_options_are_told_apart(bootstrap):
    asked, rest = bootstrap.read_arguments(["report", "2A", "--force", "-q"])
    assert (asked.commande, asked.territoire, rest) == ("report", "2A", ["--force", "-q"])


def test_unknown_command_is_refused(bootstrap):
    with pytest.raises(SystemExit) as refused:
        bootstrap.read_arguments(["rapport"])
    assert refused.value.code == 2


def test_first_install_uses_the_locked_packages(bootstrap, installs):
    bootstrap.install(dev=False)
    assert installs == ["venv", str(bootstrap.RUN_LOCK), str(bootstrap.ROOT), "fin"]


def test_second_run_installs_nothing(bootstrap, installs):
    bootstrap.install(dev=False)
    installs.clear()
    bootstrap.install(dev=False)
    assert installs == []


def test_tests_add_their_packages_to_a_made_environment(bootstrap, installs):
    bootstrap.install(dev=False)
    installs.clear()
    bootstrap.install(dev=True)
    bootstrap.install(dev=False)
    assert installs == [str(bootstrap.DEV_LOCK)]


def test_interrupted_install_is_made_again_from_nothing(bootstrap, installs, monkeypatch):
    monkeypatch.setattr(bootstrap, "finish_setup", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        bootstrap.install(dev=False)
    left = bootstrap.VENV / "moitié"
    left.touch()
    monkeypatch.setattr(bootstrap, "finish_setup", lambda: None)
    bootstrap.install(dev=False)
    assert not left.exists() and bootstrap.STAMP.is_file()


def test_changed_lock_is_installed_anew(bootstrap, installs):
    bootstrap.install(dev=False)
    bootstrap.RUN_LOCK.write_text("autre", encoding="utf-8")
    installs.clear()
    bootstrap.install(dev=False)
    assert installs[0] == "venv"


def test_moved_project_is_installed_anew(bootstrap, installs):
    bootstrap.install(dev=False)
    stamp = json.loads(bootstrap.STAMP.read_text(encoding="utf-8"))
    bootstrap.STAMP.write_text(json.dumps(stamp | {"dossier": "/ailleurs"}), encoding="utf-8")
    installs.clear()
    bootstrap.install(dev=False)
    assert installs[0] == "venv"


def test_data_beside_the_project_is_found_unless_the_user_says_otherwise(
    bootstrap, tmp_path, monkeypatch
):
    monkeypatch.setattr(bootstrap, "SHARED_DATA", tmp_path)
    environment = {}
    bootstrap.set_environment(environment)
    assert environment["DIAGALIM_DATA"] == str(tmp_path)
    chosen = {"DIAGALIM_DATA": "/mien"}
    bootstrap.set_environment(chosen)
    assert chosen["DIAGALIM_DATA"] == "/mien"


@pytest.fixture
def first_report(bootstrap, installs, monkeypatch, capsys):
    """Return a function that makes a report on a new computer and gives what was said first."""
    monkeypatch.setattr(bootstrap, "run", lambda *words: 0)
    monkeypatch.setattr(bootstrap, "SHARED_DATA", bootstrap.ROOT / "absent")
    monkeypatch.delenv("DIAGALIM_DATA", raising=False)
    monkeypatch.setattr(bootstrap.os, "environ", dict(bootstrap.os.environ))

    def make(*words):
        assert bootstrap.main(["report", *words]) == 0
        return capsys.readouterr().out.splitlines()

    return make


def test_first_line_of_a_first_report_says_how_to_get_13(first_report):
    assert first_report()[0] == availability.FALLEN_BACK


def test_installed_project_leaves_that_line_to_the_report(first_report):
    first_report()
    assert first_report() == []


@pytest.mark.parametrize("words", [("13",), ("exemple",), ("--territoire", "13")])
def test_named_territory_is_not_said_to_be_missing(first_report, words):
    assert availability.FALLEN_BACK not in first_report(*words)


def test_official_files_at_hand_are_not_said_to_be_missing(first_report, bootstrap):
    (bootstrap.ROOT / "data" / "officiel" / "filosofi_iris").mkdir(parents=True)
    assert availability.FALLEN_BACK not in first_report()


def test_failed_download_is_said_in_french(bootstrap, monkeypatch):
    class Failed:
        returncode, stderr = 1, "Temporary failure in name resolution"

    monkeypatch.setattr(bootstrap.subprocess, "run", lambda *words, **options: Failed)
    with pytest.raises(bootstrap.Stop, match="vérifier la connexion au réseau"):
        bootstrap.pip("install", "x")


def test_every_step_of_the_tests_is_run_and_the_first_failure_counts(bootstrap, monkeypatch):
    run, codes = [], iter([0, 3, 5])

    def answer(words, **options):
        run.append(words[2])
        return subprocess.CompletedProcess(words, next(codes))

    monkeypatch.setattr(bootstrap.subprocess, "run", answer)
    assert bootstrap.run("test", "", []) == 3
    assert run == ["ruff", "pytest", "pytest"]


def test_a_part_is_tested_alone(bootstrap, monkeypatch):
    run = []

    def answer(words, **options):
        run.append(words[1:])
        return subprocess.CompletedProcess(words, 2)

    monkeypatch.setattr(bootstrap.subprocess, "run", answer)
    monkeypatch.setenv("PART", "score")
    assert bootstrap.run("test", "", ["-x"]) == 2
    assert run == [["scripts/part_tests.py", "score", "-x"]]


@pytest.mark.parametrize(("cores", "shared"), [(1, False), (None, False), (2, True), (8, True)])
def test_tests_take_every_core_and_never_part_the_cells_of_a_notebook(
    bootstrap, monkeypatch, cores, shared
):
    run = []

    def answer(words, **options):
        run.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(bootstrap.os, "cpu_count", lambda: cores)
    monkeypatch.setattr(bootstrap.subprocess, "run", answer)
    assert bootstrap.run("test", "", ["-k", "mot"]) == 0
    tests, notebooks = run[1:]
    assert tests[-2:] == ["-k", "mot"] and "--nbval-lax" in notebooks
    parted = [words[words.index("--dist") + 1] for words in run if "--dist" in words]
    assert parted == (["worksteal", "loadfile"] if shared else [])
    counts = [words[words.index("-n") + 1] for words in run if "-n" in words]
    assert counts == ([str(cores + 1), str(cores)] if shared else [])


def test_help_lists_the_commands_in_french():
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--help"], capture_output=True, encoding="utf-8", check=True
    )
    assert "construire le site d'un territoire" in done.stdout


@pytest.mark.parametrize("script", ["bootstrap.py", "interpreters.py"])
def test_script_needs_the_standard_library_only(script):
    import ast

    tree = ast.parse(SCRIPT.with_name(script).read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else map(named, node.names))
    }
    assert imported <= {*sys.stdlib_module_names, "interpreters"}


def named(alias):
    return alias.name
