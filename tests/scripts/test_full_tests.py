"""The long tests: what could not be done is said, and what fails is not lost."""

from __future__ import annotations

import importlib.util
import os
import random
import re
import sys
import time
from pathlib import Path

import pytest

from diagalim.sources import registry

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def full_tests(monkeypatch):
    """Return the script as a module, without any of its tests."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    spec = importlib.util.spec_from_file_location("full_tests", SCRIPTS / "full_tests.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ON_THE_EXAMPLE", ())
    monkeypatch.setattr(module, "ON_13", ())
    monkeypatch.setattr(module, "AFTERWARDS_ON_13", ())
    yield module
    for name in [name for name in sys.modules if name.partition(".")[0] == "long_tests"]:
        del sys.modules[name]


def copies():
    return importlib.import_module("long_tests.copies")


def holds(folder):
    """Ce qui tient"""


def test_absent_official_files_are_named_and_the_example_is_tested_all_the_same(
    full_tests, monkeypatch, capsys
):
    done = []

    def noted(folder):
        """Essai du département fictif"""
        done.append(folder)

    monkeypatch.setattr(registry, "find", lambda source, territory: None)
    monkeypatch.setattr(full_tests, "ON_THE_EXAMPLE", (noted,))
    monkeypatch.setattr(full_tests, "ON_13", (pytest.fail,))
    monkeypatch.setattr(full_tests, "AFTERWARDS_ON_13", (pytest.fail,))
    assert full_tests.main() == 0 and len(done) == 1
    said = capsys.readouterr().out
    assert "fichiers absents" in said and "contours_iris" in said


def test_one_failure_is_said_and_the_others_are_still_done(full_tests, monkeypatch, capsys):
    def fails(folder):
        """Ce qui ne tient pas"""
        raise full_tests.Difference("fichier a.csv")

    monkeypatch.setattr(full_tests, "missing_files", lambda: [])
    monkeypatch.setattr(full_tests, "ON_THE_EXAMPLE", (fails, holds))
    assert full_tests.main() == 1
    said = capsys.readouterr().out
    assert "ÉCHEC : fichier a.csv" in said and "Ce qui tient" in said


def test_the_site_of_13_is_looked_at_once_the_other_tests_are_done(full_tests, monkeypatch):
    done = []

    def builds(folder):
        """Deux constructions"""
        time.sleep(0.1)
        done.append("constructions")

    def looks(folder):
        """Site du 13"""
        done.append("site")

    monkeypatch.setattr(full_tests, "missing_files", lambda: [])
    monkeypatch.setattr(full_tests, "ON_13", (builds,))
    monkeypatch.setattr(full_tests, "AFTERWARDS_ON_13", (looks,))
    assert full_tests.main() == 0
    assert done == ["constructions", "site"]


def test_the_site_of_13_is_looked_at_on_every_core_and_what_is_skipped_is_said(
    full_tests, monkeypatch, tmp_path, capsys
):
    ran = []

    def run(words, project, failure):
        ran.extend([words, project])
        return "346 tests\nSKIPPED [1] a.py: sans navigateur\n345 passed, 1 skipped\n"

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(full_tests, "run", run)
    monkeypatch.setattr(full_tests, "first_study_built_once", lambda folder: folder / "treize")
    full_tests.site_of_13_holds(tmp_path)
    words, project = ran
    assert words[words.index("--territoire") + 1] == "13" and "-n" in words
    assert project == tmp_path / "treize"
    assert capsys.readouterr().out.splitlines() == [
        *("  SKIPPED [1] a.py: sans navigateur", "  345 passed, 1 skipped"),
    ]


def test_copy_of_the_project_holds_the_fictitious_files_and_no_build(full_tests, tmp_path):
    project = copies().copy_project(tmp_path / "copie")
    assert any((project / "data" / "exemple" / "officiel").rglob("*.csv"))
    assert any((project / "data" / "schemas" / "officiel").iterdir())
    assert not (project / ".git").exists() and not (project / "_build" / "exemple").exists()


def test_difference_names_what_changed_and_what_is_alone(full_tests):
    first, second = {"a": b"1", "b": b"2"}, {"a": b"1", "b": b"3", "c": b""}
    assert full_tests.changed(first, second) == ["b", "c"]


def test_power_cut_harms_the_last_writes_and_never_the_site(full_tests, tmp_path):
    from long_tests.kills import lose_last_writes

    made = tmp_path / "_build" / "exemple"
    files = {name: made / name for name in ("html/index.html", "results/a/facts.json", "vieux.txt")}
    for file in files.values():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("contenu", encoding="utf-8")
    began = time.time() - 60
    os.utime(files["vieux.txt"], (began - 60, began - 60))
    lose_last_writes(tmp_path, began, random.Random(1))
    texts = {name: file.read_bytes() for name, file in files.items()}
    assert texts["html/index.html"] == texts["vieux.txt"] == b"contenu"
    assert texts["results/a/facts.json"] != b"contenu"


def test_two_settings_of_the_killed_builds_undo_each_other(full_tests, tmp_path):
    from long_tests.kills import choose

    project = copies().copy_project(tmp_path / "copie")
    file = project / "data" / "territories" / "exemple.yml"
    first = file.read_text(encoding="utf-8")
    choose(project, "après")
    second = file.read_text(encoding="utf-8")
    assert "nom: Vermeillerie-Neuve\n" in second and "taux_pauvrete: 3\n" in second
    choose(project, "avant")
    assert file.read_text(encoding="utf-8") == first != second


def test_a_weight_may_touch_pages_that_show_it_and_those_that_read_them(full_tests, monkeypatch):
    from diagalim.settings import plan

    given = {
        "score": plan.ChapterPlan(territoire=["code", "score"]),
        "indicateurs": plan.ChapterPlan(territoire=["score"]),
        "accueil": plan.ChapterPlan(territoire=["code"], lit=["carte"]),
        "carte": plan.ChapterPlan(lit=["score"]),
        "sources": plan.ChapterPlan(territoire=["code"]),
    }
    monkeypatch.setattr(plan, "load_plan", lambda: given)
    assert full_tests.resting_on("score") == {"score", "indicateurs", "carte", "accueil"}


def test_the_readme_names_the_notebooks_that_a_weight_redoes(full_tests):
    readme = (SCRIPTS.parent / "README.md").read_text(encoding="utf-8")
    told = re.search(r"Change a weight, run `make report`: [^(]*\(([^)]*)\)", readme).group(1)
    assert set(re.findall(r"`(\w+)`", told)) == full_tests.resting_on("score")


def test_each_case_has_its_turn_and_what_is_taken_is_said(full_tests, monkeypatch, capsys):
    from long_tests import turns

    cases, taken = ["01", "08", "2A", "69", "75"], []
    monkeypatch.delenv("ALL", raising=False)
    for number in range(7, 10):
        monkeypatch.setattr(turns, "version", lambda number=number: number)
        taken += turns.in_turn(cases, 2)
    assert taken == ["75", "01", "08", "2A", "69", "75"]
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "  cette fois (2 sur 5, tous avec ALL=1) : 75, 01"


def test_all_cases_are_taken_where_they_are_asked_for_or_fewer_than_their_turn(
    full_tests, monkeypatch, capsys
):
    from long_tests import turns

    monkeypatch.setenv("ALL", "1")
    assert turns.in_turn(["01", "08", "2A"], 2) == ["01", "08", "2A"]
    monkeypatch.delenv("ALL")
    assert turns.in_turn(["01"], 2) == ["01"]
    assert capsys.readouterr().out == ""


def test_a_version_is_the_number_of_its_commits_and_0_without_a_repository(
    full_tests, monkeypatch, tmp_path
):
    from long_tests import turns

    monkeypatch.setattr(turns, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert turns.version() == 0
    for rank in range(2):
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
        turns.subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
        words = [*git, "commit", "-q", "--allow-empty", "-m", str(rank)]
        turns.subprocess.run(words, cwd=tmp_path, check=True)
    assert turns.version() == 2


def test_how_long_each_test_took_is_said_last_the_longest_first(full_tests, monkeypatch, capsys):
    def fails(folder):
        """Ce qui ne tient pas"""
        time.sleep(0.6)
        raise full_tests.Difference("fichier a.csv")

    monkeypatch.setattr(full_tests, "missing_files", lambda: [])
    monkeypatch.setattr(full_tests, "ON_THE_EXAMPLE", (holds, fails))
    assert full_tests.main() == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-3:] == [
        "Durée de chaque essai :",
        "      1 s  Ce qui ne tient pas : ÉCHEC",
        "      0 s  Ce qui tient",
    ]


def test_the_first_build_of_a_run_starts_from_what_the_project_has_built(
    full_tests, monkeypatch, tmp_path
):
    module = copies()
    made = tmp_path / "projet" / "_build" / module.EXAMPLE / "results" / "score"
    made.mkdir(parents=True)
    (made / "facts.json").write_text("[]", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path / "projet")
    monkeypatch.setattr(module, "COMMITTED", "data")
    (tmp_path / "projet" / "data").mkdir()
    monkeypatch.setattr(module, "NOT_COPIED", {"_build", "data"})
    built = []

    def build(project):
        built.append((module.out(project) / "results" / "score").is_dir())
        (module.out(project) / "html").mkdir(parents=True)

    monkeypatch.setattr(module, "build", build)
    for test in ("un", "deux"):
        module.built_once(tmp_path / "essais" / test)
    assert built == [True]
    (made.parent / "02_score_iris").mkdir()  # a chapter that left would be taken for one
    module.built_once(tmp_path / "autres" / "un")
    assert built == [True, False]


def test_what_was_computed_is_forgotten_before_the_first_notebook_of_a_fresh_case_once(
    full_tests, monkeypatch, tmp_path
):
    replays = importlib.import_module("long_tests.replays")
    forgetting = importlib.import_module("long_tests.forgetting")
    notebooks = [tmp_path / "executed" / f"{name}.ipynb" for name in "ab"]
    results = tmp_path / "_build" / "exemple"
    for folder in (notebooks[0].parent, results):
        folder.mkdir(parents=True)
    for notebook in notebooks:
        notebook.touch()
    monkeypatch.setenv("DIAGALIM_ROOT", str(tmp_path))
    monkeypatch.setenv("OUBLIER", "exemple")
    there = []
    cases = replays.laid_out(tmp_path, "dans-l-ordre", notebooks)
    for copy in cases + replays.laid_out(tmp_path, "seul-a", notebooks, fresh=True):
        cell = type("Cell", (), {"path": copy})
        for _ in range(2):
            forgetting.pytest_runtest_setup(cell)
            there.append(results.is_dir())
            results.mkdir(exist_ok=True)
    assert there == [True] * 4 + [False, True, True, True]
