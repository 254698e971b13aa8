"""The long tests that could not be done: said, and a failure where nobody reads the words."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from diagalim.sources import registry

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "full_tests.py"


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_absent_official_files_fail_in_continuous_integration_only(monkeypatch, capsys, ci, code):
    spec = importlib.util.spec_from_file_location("full_tests", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(registry, "find", lambda source, territory: None)
    monkeypatch.setenv("CI", ci)
    assert module.main() == code
    said = capsys.readouterr().out
    assert "fichiers officiels absents" in said and "contours_iris" in said
