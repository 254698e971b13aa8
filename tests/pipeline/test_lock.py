"""Two builds of one territory never mix, and a dead one blocks nobody."""

from __future__ import annotations

import subprocess
import sys

import pytest

from diagalim.wording.failures import BuildFailure
from diagalim.workspace import build_lock
from diagalim.workspace.build_lock import sole_build

HOLD = """
import sys
from pathlib import Path
from diagalim.workspace.folders import Folders
from diagalim.workspace.build_lock import sole_build
with sole_build(Folders(Path(sys.argv[1]), "99")):
    print("tenu", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_build(toy):
    """Return another process that holds the build of the territory."""
    words = [sys.executable, "-c", HOLD, str(toy.root)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline().strip() == b"tenu"
        yield process
        process.kill()


def test_second_build_of_a_territory_is_refused_and_changes_nothing(toy, other_build):
    with pytest.raises(BuildFailure, match="Une autre construction du territoire 99") as refused:
        toy.build()
    assert refused.value.exit_code == 1
    assert [file.name for file in toy.folders.build.iterdir()] == ["verrou"]


def test_killed_build_does_not_block_the_next_one(toy, other_build):
    other_build.kill()
    other_build.wait()
    assert toy.build().ran


def test_failed_build_lets_the_next_one_in(toy):
    toy.rewrite("depart", "seuil * 10", "1 / 0")
    with pytest.raises(BuildFailure):
        toy.build()
    toy.rewrite("depart", "1 / 0", "seuil * 10")
    assert toy.build().ran


def test_builds_of_two_territories_do_not_wait_for_each_other(toy, other_build):
    with sole_build(type(toy.folders)(toy.root, "98")):
        pass


def test_chapter_that_a_notebook_asks_for_waits_for_the_build_to_end(toy, other_build, monkeypatch):
    def end_of_the_other(seconds):
        other_build.kill()
        other_build.wait()

    monkeypatch.setattr(build_lock.time, "sleep", end_of_the_other)
    assert toy.build(only=["depart"]).ran == ["depart"]


def test_wait_for_another_build_has_an_end(toy, other_build, monkeypatch):
    monkeypatch.setattr(build_lock, "LONGEST_WAIT", 0)
    with pytest.raises(BuildFailure, match="Une autre construction"):
        toy.build(only=["depart"])
