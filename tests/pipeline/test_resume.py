"""After a kill or a power cut the next build trusts only what is whole."""

from __future__ import annotations

import os
import shutil
import signal
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest
from _pytask.path import HashPathCache

from diagalim.chapter.facts import Fact, Facts
from diagalim.cli import build
from diagalim.pipeline import execution
from diagalim.pipeline.execution import ChapterJob, run_chapter
from diagalim.site.publication import publish
from diagalim.wording.failures import BuildFailure
from diagalim.workspace.build_id import new_ticket
from diagalim.workspace.results import write_manifest

SITE = "livre"
SCORE = "score"
FACT = Fact("nb_iris", "Nombre d'IRIS", 300, "IRIS", 0, "2024", "synthétique", "essai", SCORE)


def contents(folder):
    """Return the content of every file of a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def cut(file):
    """Leave half of a file, as a power cut may."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def empty(file):
    """Leave a file of the right length without its content."""
    file.write_bytes(bytes(len(file.read_bytes())))


def test_cut_result_is_made_again_with_what_rests_on_it(toy):
    toy.build()
    before = contents(toy.folders.results)
    cut(toy.folders.results / "depart" / "depart.json")
    assert "depart" in toy.build().ran
    assert contents(toy.folders.results) == before


@pytest.mark.parametrize("harm", [cut, empty, lambda file: file.write_bytes(b"")])
def test_first_line_does_not_read_facts_that_a_power_cut_harmed(toy, harm):
    place = toy.folders.results / SCORE
    place.mkdir(parents=True)
    stated = Facts([FACT])
    stated.write(place / "facts.json")
    write_manifest(place)
    assert "300 IRIS" in build._described(toy.territory, toy.folders)
    harm(place / "facts.json")
    assert "IRIS" not in build._described(toy.territory, toy.folders)


def test_cut_copy_of_a_notebook_is_made_again(toy):
    toy.build()
    cut(toy.folders.copy("suite"))
    assert "suite" in toy.build().ran


def test_copy_cut_without_a_trace_in_its_hour_is_made_again(toy):
    toy.build()
    copy = toy.folders.copy("suite")
    hour = copy.stat()
    cut(copy)
    os.utime(copy, ns=(hour.st_atime_ns, hour.st_mtime_ns))
    HashPathCache._cache.clear()  # the next build is another process
    assert "suite" in toy.build().ran


@pytest.mark.parametrize("harm", [cut, empty, lambda file: file.write_bytes(b"")])
def test_memory_of_the_engine_that_cannot_be_read_is_no_memory(toy, harm):
    toy.build()
    before = contents(toy.folders.site)
    for file in list(toy.folders.state.rglob("*")):
        if file.is_file():
            harm(file)
    assert SITE in toy.build().ran
    assert contents(toy.folders.site) == before
    assert toy.build().ran == []


class Pressed(Executor):
    """Presses Ctrl+C as the chapter « suite » is about to start."""

    def submit(self, function, /, *arguments, **options):
        if options["task"].name == "suite":
            signal.raise_signal(signal.SIGINT)
        future = Future()
        future.set_result(function(*arguments, **options))
        return future


def test_ctrl_c_leaves_the_last_site_and_says_so_with_its_own_exit_code(toy, capsys):
    toy.build()
    before, listening = contents(toy.folders.site), signal.getsignal(signal.SIGINT)
    toy.rewrite("suite", "Suite", "Suite et fin")
    given = toy.inputs(workers=lambda n: Pressed(), fetch_vendor=lambda folder: False)
    assert build.build_command("99", quiet=True, inputs=given) == 130
    assert "Interrompu. Le dernier site complet est resté en place." in capsys.readouterr().err
    assert contents(toy.folders.site) == before
    assert signal.getsignal(signal.SIGINT) is listening, "the terminal is given back"
    assert {"suite", SITE} <= set(toy.build().ran)


def test_work_left_half_done_is_cleared(toy):
    left = toy.folders.running / "depart-abc"
    left.mkdir(parents=True)
    (left / "moitié.json").touch()
    toy.build()
    assert not left.exists()


def test_worker_of_a_killed_build_does_not_touch_the_next_one(toy):
    toy.build()
    before = contents(toy.folders.results / "depart")
    late = ChapterJob(toy.root, "99", "depart", {"territoire": "99", "seuil": 7}, (), "ancien")
    with pytest.raises(BuildFailure, match="remplacée par une autre"):
        run_chapter(late)
    assert contents(toy.folders.results / "depart") == before


def test_each_build_has_its_own_ticket(toy):
    toy.folders.build.mkdir(parents=True)
    assert new_ticket(toy.folders) != new_ticket(toy.folders)


def test_kernel_that_outlives_its_build_writes_elsewhere_than_the_next_one(toy, monkeypatch):
    places = []

    def note(job, workplace):
        places.append(workplace)
        return {"cells": [], "metadata": {}}

    monkeypatch.setattr(execution, "_execute", note)
    job = ChapterJob(toy.root, "99", "depart", {"territoire": "99"}, ())
    run_chapter(job)
    run_chapter(job)
    assert places[0] != places[1]


@pytest.mark.skipif("sys.platform != 'linux'", reason="one system swaps folders in one step")
def test_site_is_never_absent_while_it_is_replaced(toy, monkeypatch):
    toy.build()
    shutil.copytree(toy.folders.site, toy.folders.made)
    (toy.folders.made / "index.html").write_text("neuf", encoding="utf-8")

    def refuse(source, target):
        raise AssertionError("a rename would leave an instant without a site")

    monkeypatch.setattr(Path, "replace", refuse)
    publish(toy.folders)
    assert (toy.folders.site / "index.html").read_text(encoding="utf-8") == "neuf"
    assert not toy.folders.made.exists() and not toy.folders.previous.exists()
