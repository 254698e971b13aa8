"""The tests of one chapter: those of its page, of the rooms that it uses, of its notebook."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from diagalim.settings.plan import load_plan

ROOT = Path(__file__).resolve().parents[2]
PLAN = load_plan()


@pytest.fixture
def part_tests(monkeypatch):
    """Return the script as a module."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    spec = importlib.util.spec_from_file_location("part_tests", ROOT / "scripts" / "part_tests.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def asked(part_tests, monkeypatch):
    """Return the list of what pytest is asked, without asking it."""
    words, codes = [], iter([3, 0])

    def answer(asked, **options):
        words.append(asked[2:])
        return subprocess.CompletedProcess(asked, next(codes))

    monkeypatch.setattr(part_tests.subprocess, "run", answer)
    return words


@pytest.mark.parametrize("key", PLAN)
def test_every_chapter_has_tests_of_its_page_or_rooms_and_a_notebook(part_tests, key):
    places = part_tests.tests_of_rooms(PLAN[key].modules, part_tests.imported_for(key))
    assert places and all((ROOT / place).exists() for place in places)
    assert part_tests.notebook_of(key).is_file()


def test_a_subject_is_a_folder_or_a_file_and_of_a_whole_room_what_imports_the_same(
    part_tests, monkeypatch, tmp_path
):
    monkeypatch.setattr(part_tests, "ROOT", tmp_path)
    tests = tmp_path / "tests"
    for folder in (tests / "analysis" / "score", tests / "settings", tests / "sources" / "tables"):
        folder.mkdir(parents=True)
    (tests / "settings" / "test_plan.py").touch()
    text = "from diagalim.sources import csv\nimport diagalim.sources.books\n"
    (tests / "sources" / "tables" / "test_csv.py").write_text(text, encoding="utf-8")
    (tests / "sources" / "test_other.py").write_text("import json\n", encoding="utf-8")
    modules = ["diagalim.analysis.score", "diagalim.settings.plan", "diagalim.sources"]
    for imported in ("diagalim.sources.csv", "diagalim.sources.books"):
        assert part_tests.tests_of_rooms([*modules, "diagalim.wording"], {imported}) == [
            *("tests/analysis/score", "tests/settings/test_plan.py"),
            "tests/sources/tables/test_csv.py",
        ]


def test_the_notebook_is_run_after_the_tests_and_the_first_failure_counts(part_tests, asked):
    key = next(iter(PLAN))
    assert part_tests.main([key, "-k", "mot"]) == 3
    tests, notebook = asked
    assert tests[tests.index("--partie") + 1] == key and set(part_tests.ALWAYS) <= set(tests)
    assert tests[-2:] == notebook[-2:] == ["-k", "mot"]
    assert notebook[-3] == part_tests.notebook_of(key).relative_to(ROOT).as_posix()


def test_an_unknown_chapter_is_refused_with_the_nearest(part_tests, asked, capsys):
    key = next(iter(PLAN))
    assert part_tests.main([f"{key}s"]) == 2 and not asked
    assert f"vouliez-vous « {key} » ?" in capsys.readouterr().err


def test_a_key_that_is_like_no_other_is_answered_with_all_of_them(part_tests, capsys):
    assert part_tests.main(["zzz"]) == 2
    said = capsys.readouterr().err
    assert "vouliez-vous" not in said and all(key in said for key in PLAN)


def test_the_rules_of_other_notebooks_are_left(pytestconfig):
    plugin = next(p for p in pytestconfig.pluginmanager.get_plugins() if hasattr(p, "chapters_in"))
    key = next(iter(PLAN))
    assert plugin.other_chapters(key) == set(PLAN) - {key}
    assert plugin.other_chapters("") == set()

    class Case:
        path = ROOT / "tests" / "notebooks" / "test_contract.py"

        class callspec:
            params = {"name": key, "lines": 3}

    assert list(plugin.chapters_in(Case)) == [key]
    Case.path = ROOT / "tests" / "report" / "test_page.py"
    assert list(plugin.chapters_in(Case)) == []


def test_a_property_of_a_part_is_tried_on_a_quarter_of_its_examples(pytestconfig):
    plugin = next(p for p in pytestconfig.pluginmanager.get_plugins() if hasattr(p, "chapters_in"))
    tried = []

    @settings(max_examples=40, database=None)
    @given(strategies.integers())
    def whole(number):
        tried.append(number)

    for _ in range(2):
        plugin.draw_fewer(type("Case", (), {"function": whole}))
    whole()
    assert 0 < len(tried) <= 10
