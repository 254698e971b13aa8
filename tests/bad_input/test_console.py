"""Kind: an output that cannot hold what is said, as a file under Windows (cp1252, cp850)."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.cli import build, compare, console
from diagalim.cli.commands import app
from diagalim.pipeline.engine import Outcome
from diagalim.wording.failures import BuildFailure
from diagalim.wording.problems import InputError, Problem
from diagalim.workspace.paths import project_root

SAID = "1\u202f234 œuvres d’été : ≥ 5\u202f%, −2 → « précarité » ⠋"
SHOWN = {
    "cp1252": "1 234 œuvres d’été : >= 5 %, -2 -> « précarité » ?",
    "cp850": "1 234 oeuvres d'été : >= 5 %, -2 -> « précarité » ?",
    "ascii": '1 234 oeuvres d\'ete : >= 5 %, -2 -> " precarite " ?',
    "utf-8": SAID,
}
COMMANDS = ("build", "chapter", "check", "fetch", "new", "template", "compare", "serve", "lab")


@pytest.fixture(params=SHOWN)
def encoding(request):
    return request.param


@pytest.fixture
def run(encoding, monkeypatch):
    """Return what runs a command whose two streams are files in some encoding."""
    monkeypatch.setenv("COLUMNS", "300")

    def call(*words):
        written = {name: io.BytesIO() for name in ("stdout", "stderr")}
        with monkeypatch.context() as patch:
            streams = {n: io.TextIOWrapper(held, encoding) for n, held in written.items()}
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            with pytest.raises(SystemExit) as ended:
                app(words, prog_name="diagalim")
            for stream in streams.values():
                stream.flush()
        texts = [
            held.getvalue().decode("utf-8" if encoding == "ascii" else encoding)
            for held in written.values()
        ]
        return ended.value.code, *texts

    return call


@pytest.fixture
def wrong_file(monkeypatch):
    """Make every territory one whose files hold a wrong value."""

    def refuse(*asked, **options):
        raise InputError([Problem("é.csv", "ligne 2", SAID, SAID, SAID)])

    for module in ("build", "fetch", "new", "template", "compare"):
        for name in ("load_territory", "read_run", "read_names", "chosen_territory"):
            monkeypatch.setattr(f"diagalim.cli.{module}.{name}", refuse, raising=False)


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
def test_help_of_every_command_is_whole(words, run):
    code, out, _ = run(*words, "--help")
    assert code == 0 and "diagalim" in out and "\ufffd" not in out


def test_what_a_comparison_says_goes_to_a_file(run, encoding, monkeypatch):
    monkeypatch.setattr(compare, "_compare", lambda *asked: [SAID])
    code, out, _ = run("compare", "exemple", "exemple")
    assert (code, out.replace("\xa0", " ").splitlines()) == (0, [SHOWN[encoding]])


def test_a_build_tells_of_a_site_that_is_whole(run, encoding, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "_described", lambda *asked: SAID)
    monkeypatch.setattr(build, "build_report", lambda *a, **o: Outcome(tmp_path, ["x"], []))
    code, out, _ = run("build", "-t", "exemple")
    assert code == 0 and out.count(SHOWN[encoding]) == 2


def test_a_check_tells_what_is_absent(run, encoding, monkeypatch):
    monkeypatch.setattr(build, "check_inputs", lambda *asked: [])
    monkeypatch.setattr(build, "unavailable", lambda *asked: [SAID])
    code, out, _ = run("check", "-t", "exemple")
    assert code == 0 and SHOWN[encoding] in out


@pytest.mark.parametrize(
    "words",
    [
        ("build", "-t", "exemple"),
        ("check", "-t", "exemple"),
        ("chapter", "accueil", "-t", "exemple"),
        ("compare", "exemple", "exemple"),
        ("fetch", "exemple"),
        ("template", "-t", "exemple"),
    ],
    ids=lambda words: words[0],
)
def test_a_wrong_file_is_told_on_the_error_stream(words, run, encoding, wrong_file):
    code, _, err = run(*words)
    assert code == 2 and SHOWN[encoding].replace('"', "") in err.replace('"', "")


def test_a_server_that_cannot_start_says_why(run, encoding, monkeypatch):
    def refuse(asked):
        raise BuildFailure(SAID)

    monkeypatch.setattr(build, "built_territory", refuse)
    code, _, err = run("serve")
    assert code == 1 and SHOWN[encoding] in err


def test_an_unknown_department_is_refused(run):
    code, _, err = run("new", "œuvre")
    assert code == 2 and "À faire" in console.nearest(err).replace("A faire", "À faire")


@given(st.text())
def test_any_text_is_written_in_any_encoding(text):
    console.write_anywhere()
    for name in SHOWN:
        written = text.encode(name, console.NEAREST).decode(name)
        held = [char.encode(name, "ignore").decode(name) or console.nearest(char) for char in text]
        assert written == "".join(held)


def outside(words, encoding):
    """Run a process that writes to pipes in some encoding, as Windows does."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONUTF8", "LC_ALL")}
    environment |= {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding, "COLUMNS": "300"}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=project_root(),
        env=environment,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_an_error_nobody_expected_keeps_its_trace_and_its_words(encoding):
    raised = f"from diagalim.cli.console import *; write_anywhere(); raise RuntimeError({SAID!r})"
    code, _, err = outside(["-c", raised], encoding)
    assert code == 1 and SHOWN[encoding] in err.decode(encoding)


@pytest.mark.parametrize("words", [["--help"], ["planté"]], ids=["help", "error"])
def test_the_set_up_script_speaks_too(words, encoding):
    code, out, err = outside(["scripts/bootstrap.py", *words], encoding)
    assert code == (0 if words == ["--help"] else 2)
    assert b"Traceback" not in err and b"bootstrap.py" in out + err


def test_two_runs_of_the_fictitious_department_are_compared_in_a_file(encoding, fictitious_site):
    words = ["-m", "diagalim", "compare", "exemple", "exemple"]
    code, out, err = outside(words, encoding)
    assert (code, err) == (0, b"")
    assert len(out.decode(encoding).splitlines()) > 3
