"""Which Pythons of a machine the project can be tried on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
THIS = sys.version_info[:2]


@pytest.fixture
def interpreters(monkeypatch, tmp_path):
    """Return the script as a module, on a machine whose only Python is the one of the tests."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    import interpreters

    return interpreters


def stand_in(folder: Path, version: str, says: str) -> Path:
    """Lay a program that answers as an interpreter of pyenv would."""
    path = folder / "versions" / version / "bin" / "python3"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!{sys.executable}\n{says}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


needs_scripts_that_run = pytest.mark.skipif(
    os.name == "nt", reason="un script ne se lance pas comme un programme sous Windows"
)


def test_the_python_that_runs_is_found_and_can_make_an_environment(interpreters):
    found = interpreters.interpreters()
    assert list(found) == [THIS]
    said = subprocess.run([found[THIS], "-c", interpreters.USABLE], capture_output=True, text=True)
    assert said.stdout.split() == [str(part) for part in THIS]


@needs_scripts_that_run
def test_those_that_pyenv_keeps_are_found_in_order_of_version(interpreters, tmp_path):
    newer = stand_in(tmp_path, "3.14.1", "print(3, 14)")
    older = stand_in(tmp_path, "3.12.4", "print(3, 12)")
    found = interpreters.interpreters()
    assert list(found) == sorted({THIS, (3, 12), (3, 14)})
    assert {found[3, 12], found[3, 14]} >= {older, newer} - {found[THIS]}


@needs_scripts_that_run
@pytest.mark.parametrize(
    ("version", "says"),
    [
        pytest.param("3.13.0", "raise ModuleNotFoundError('ensurepip')", id="without venv"),
        pytest.param("3.14.0", "print(3, 15)", id="not yet supported"),
        pytest.param("3.12.0", "print(3, 10)", id="too old"),
    ],
)
def test_one_that_cannot_serve_does_not_count(interpreters, tmp_path, version, says):
    stand_in(tmp_path, version, says)
    assert list(interpreters.interpreters()) == [THIS]


def test_a_name_that_leads_nowhere_is_passed_over(interpreters, tmp_path):
    assert interpreters.version_of(tmp_path / "absent") is None


def test_the_supported_versions_are_those_that_the_project_declares(interpreters):
    import tomllib

    project = tomllib.loads((SCRIPTS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == f">=3.{interpreters.OLDEST[1]}"
    named = {f"Programming Language :: Python :: 3.{minor}" for minor in range(11, 15)}
    assert named <= set(project["project"]["classifiers"])
    readme = (SCRIPTS.parent / "README.md").read_text(encoding="utf-8")
    assert "Python 3.11 to 3.14" in readme


def test_what_is_asked_for_is_printed_alone(interpreters, capsys):
    assert interpreters.main(["oldest"]) == 0
    assert capsys.readouterr().out.strip() == str(interpreters.interpreters()[THIS])
    assert interpreters.main([]) == 2


@pytest.fixture
def long_tests(interpreters, monkeypatch):
    """Return the module of the long tests on other Pythons."""
    from long_tests import interpreters as module

    yield module
    for name in [name for name in sys.modules if name.partition(".")[0] == "long_tests"]:
        del sys.modules[name]


def test_a_machine_without_a_newer_python_fails_under_continuous_integration(
    long_tests, monkeypatch, tmp_path, capsys
):
    monkeypatch.delenv("CI", raising=False)
    long_tests.newest_python_builds(tmp_path)
    assert "non fait : aucun Python plus récent que 3." in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    with pytest.raises(AssertionError, match="aucun Python plus récent"):
        long_tests.newest_python_builds(tmp_path)


def test_a_bare_system_is_not_made_by_an_ordinary_user(long_tests, monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    long_tests.bare_debian_builds(tmp_path)
    assert "il faut être root sous Linux" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_the_newest_python_runs_the_commands_of_the_readme(long_tests, monkeypatch, tmp_path):
    ran = []
    monkeypatch.setattr(long_tests, "interpreters", lambda: {THIS: Path("a"), (3, 99): Path("b")})
    monkeypatch.setattr(long_tests, "copy_project", lambda folder: folder)
    monkeypatch.setattr(long_tests, "run", lambda words, *rest: ran.append(words) or "1 passed")
    long_tests.newest_python_builds(tmp_path)
    assert [words[2:] for words in ran] == [["report", "exemple"], ["unit"]]
    assert {words[0] for words in ran} == {"b"}
