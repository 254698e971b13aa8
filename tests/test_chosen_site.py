"""Which tests run for which territory: each once, and none skipped without a word."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture
def rules(pytestconfig):
    """Return the module that chooses the tests."""
    file = str(Path(__file__).with_name("conftest.py"))
    plugins = pytestconfig.pluginmanager.get_plugins()
    return next(one for one in plugins if getattr(one, "__file__", "") == file)


@pytest.mark.parametrize(
    ("fixtures", "on_the_example", "on_13"),
    [
        ({"page", "site"}, True, True),
        ({"page", "site", "site_of_13"}, False, True),
        ({"page", "fictitious_site"}, True, False),
        ({"site", "site_of_13", "fictitious_site"}, False, True),
        ({"official_data"}, False, True),
        ({"bouches_du_rhone", "official"}, False, True),
        ({"tmp_path"}, True, False),
    ],
)
def test_each_test_runs_where_it_looks_and_only_those_of_a_site_run_twice(
    rules, fixtures, on_the_example, on_13
):
    assert rules.is_for("exemple", fixtures) is on_the_example
    assert rules.is_for("13", fixtures) is on_13


def test_the_site_of_13_is_refused_in_french_without_its_files(rules, monkeypatch):
    chosen = SimpleNamespace(getoption=lambda name: "13")
    monkeypatch.setattr(rules, "folder_of_13", lambda: None)
    with pytest.raises(pytest.UsageError, match="les fichiers officiels du territoire 13"):
        rules.pytest_configure(chosen)


@pytest.mark.parametrize("code", ["exemple", "13"])
def test_a_run_says_first_which_site_it_looks_at(rules, code):
    chosen = SimpleNamespace(getoption=lambda name: code)
    assert rules.pytest_report_header(chosen).startswith(f"site regardé : {code}")


def test_a_run_that_leaves_the_long_tests_out_says_so(rules):
    said = {
        asked: rules.pytest_report_header(
            SimpleNamespace(getoption={"territoire": "exemple", "markexpr": asked}.get)
        )
        for asked in ("", rules.NOT_LONG)
    }
    assert "les essais longs (-m long)" not in said[""]
    assert "les essais longs (-m long)" in said[rules.NOT_LONG]
