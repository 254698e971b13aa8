"""What is there is not asked for again; what changed is said; a killed run is taken up."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from diagalim.wording.problems import InputError

PATIENCE_S = 300
"""How long to wait for what must come: a busy machine is no fault of the code."""


def md5(content):
    return hashlib.md5(content).hexdigest()


@pytest.fixture
def archive(project, producer):
    """Return where the file of a dataset served as an archive must come."""
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    return target


def test_file_already_there_costs_no_request(archive, producer, fetch):
    fetch()
    producer.asked.clear()
    outcome = fetch()
    assert producer.asked == []
    assert (outcome.present, outcome.brought, outcome.warnings) == (["a/table.csv"], [], [])


def test_file_laid_by_hand_in_another_data_folder_costs_no_request(
    archive, producer, fetch, tmp_path, monkeypatch
):
    monkeypatch.setenv("DIAGALIM_DATA", str(tmp_path / "mien"))
    (tmp_path / "mien" / "a").mkdir(parents=True)
    (tmp_path / "mien" / "a" / "table.csv").write_text("a")
    assert fetch().present == ["a/table.csv"] and producer.asked == []


def test_another_official_form_laid_by_hand_costs_no_request(archive, project, producer, fetch):
    other = {"motif": "a/archive*.gpkg", "nature": "officiel", "format": "essai"}
    project.entries["a"]["editions"][0]["fichiers"].append(other)
    project.write()
    archive.parent.mkdir(parents=True)
    (archive.parent / "archive_2021.gpkg").write_text("a")
    assert fetch().present == ["a/table.csv"] and producer.asked == []


def test_republished_file_does_not_stand_for_the_one_of_the_producer(archive, project, fetch):
    (project.folder / "repris").mkdir(parents=True)
    (project.folder / "repris" / "a.csv").write_text("a")
    assert fetch().brought == ["a/table.csv"]


def test_one_dataset_is_brought_alone(archive, project, producer, fetch):
    project.dataset("b", f"{producer.url}/b.zip", contenu="table.csv")
    assert fetch(only="a").brought == ["a/table.csv"]
    assert [path for path, _ in producer.asked] == ["/a.zip"]


def test_unknown_dataset_lists_the_known_ones(archive, fetch):
    with pytest.raises(InputError, match=r"lu « filosophie » ; attendu : un jeu .* : a\."):
        fetch(only="filosophie")


def test_one_failure_leaves_the_others_alone(archive, project, producer, fetch):
    project.dataset("b", f"{producer.url}/b.zip", contenu="table.csv")
    project.dataset("c", f"{producer.url}/c.zip", contenu="table.csv")
    producer.answers("/b.zip", producer.failing(404))
    producer.answers("/c.zip", producer.zipped())
    outcome = fetch()
    assert outcome.brought == ["a/table.csv", "c/table.csv"] and len(outcome.failures) == 1
    assert project.readable() == ["a/table.csv", "c/table.csv"]


def test_checksum_as_known_says_nothing(project, producer, fetch):
    known = md5(producer.csv)
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv", md5=known)
    producer.answers("/a.zip", producer.zipped())
    assert fetch().warnings == []


def test_checksum_of_the_archive_is_compared_with_the_archive(project, producer, fetch):
    known = {"md5": md5(producer.zipped()), "md5_de": "archive"}
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv", **known)
    producer.answers("/a.zip", producer.zipped())
    assert fetch().warnings == []


@pytest.mark.parametrize("what", ["archive", "fichier"])
def test_whole_file_of_another_checksum_is_kept_with_a_warning(project, producer, fetch, what):
    known = {"md5": md5(b"ancien"), "md5_de": what}
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv", **known)
    producer.answers("/a.zip", producer.zipped())
    outcome = fetch()
    assert outcome.failures == [] and target.read_bytes() == producer.csv
    assert "n'est pas l'édition que le registre connaît" in outcome.warnings[0]
    assert md5(b"ancien") in outcome.warnings[0]
    record = json.loads((project.folder / "telechargements.json").read_text(encoding="utf-8"))
    assert record["a/table.csv"]["fichier"]["md5"] == md5(producer.csv)


def test_truncated_file_of_a_known_checksum_is_refused_all_the_same(project, producer, fetch):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv", md5=md5(producer.csv))
    producer.answers("/a.zip", producer.zipped()[:-200])
    assert fetch().failures and project.readable() == []


def test_file_that_the_producer_replaced_is_kept_with_a_warning(archive, project, producer, fetch):
    fetch()
    producer.answers("/a.zip", producer.zipped(b"a;b\n"))
    outcome = fetch(force=True)
    assert "le producteur a remplacé ce fichier" in outcome.warnings[0]
    assert archive.read_bytes() == b"a;b\n"
    producer.asked.clear()
    assert fetch().warnings == []  # the record is of the new one


def test_failed_replacement_leaves_the_file_that_was_there(archive, producer, fetch):
    fetch()
    producer.answers("/a.zip", producer.zipped()[:-200])
    assert fetch(force=True).failures
    assert archive.read_bytes() == producer.csv


def test_file_changed_on_this_disk_is_said_to_be(archive, producer, fetch):
    fetch()
    archive.write_bytes(producer.csv.replace(b"130010001;7", b"130010001;8"))
    producer.asked.clear()
    (warning,) = fetch().warnings
    assert "a été modifié sur cet ordinateur" in warning and "--source a --force" in warning
    assert producer.asked == []


@pytest.mark.parametrize("text", ["{", "[]x", '{"a": 1}', "[1]"])
def test_unreadable_record_is_said_and_nothing_is_asked(archive, project, producer, fetch, text):
    project.folder.mkdir(parents=True)
    (project.folder / "telechargements.json").write_text(text)
    with pytest.raises(InputError, match="telechargements.json — fichier : lu « illisible »"):
        fetch()
    assert producer.asked == []


def test_note_of_an_address_reaches_the_user(project, producer, fetch):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv", note="Année à vérifier.")
    producer.answers("/a.zip", producer.zipped())
    assert fetch().warnings == ["a/table.csv : Année à vérifier."]


def test_two_runs_at_once_ask_the_producer_once(archive, producer, fetch):
    def late(handler):
        time.sleep(0.5)
        producer.send(handler, producer.zipped())

    producer.answers("/a.zip", late)
    outcomes = []
    runs = [threading.Thread(target=lambda: outcomes.append(fetch())) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert len(producer.asked) == 1
    assert sorted((o.brought, o.present) for o in outcomes) == [
        ([], ["a/table.csv"]),
        (["a/table.csv"], []),
    ]
    assert archive.read_bytes() == producer.csv


def test_killed_download_is_taken_up_where_it_was(archive, project, producer, fetch):
    body = producer.zipped()
    released = threading.Event()

    def stall(handler):
        producer.cut(body, ETag='"1"')(handler)
        handler.wfile.flush()
        released.wait(PATIENCE_S)

    producer.answers("/a.zip", stall, producer.ranged(body))
    command = [sys.executable, "-m", "diagalim", "fetch", "13", "-q"]
    process = subprocess.Popen(command, env=os.environ)
    partial = archive.with_name("a.zip.partiel")
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and not (partial.is_file() and partial.stat().st_size):
        assert process.poll() is None, "the download ended before it was killed"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    released.set()
    received = partial.stat().st_size
    assert 0 < received < len(body) and project.readable() == []
    assert fetch().failures == []
    assert archive.read_bytes() == producer.csv
    assert producer.ranges == [None, f"bytes={received}-"]
    assert project.left() == []


def test_bytes_received_before_a_kill_are_not_asked_for_again_when_all_came(
    archive, project, producer, fetch
):
    """A run killed between the last byte and the opening of the archive."""
    body = producer.zipped()
    archive.parent.mkdir(parents=True)
    archive.with_name("a.zip.partiel").write_bytes(body)
    note = {"address": f"{producer.url}/a.zip", "length": len(body), "validator": None}
    archive.with_name("a.zip.partiel.json").write_text(json.dumps(note))
    assert fetch().brought == ["a/table.csv"]
    assert producer.asked == [] and archive.read_bytes() == producer.csv


def test_plain_file_of_a_killed_run_is_taken_anew(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/table.csv")
    producer.answers("/table.csv", producer.ranged(producer.csv))
    target.parent.mkdir(parents=True)
    target.with_name("table.csv.partiel").write_bytes(b"\0" * 1_000)
    note = {"address": f"{producer.url}/table.csv", "length": len(producer.csv), "validator": None}
    target.with_name("table.csv.partiel.json").write_text(json.dumps(note))
    assert fetch().failures == []
    assert producer.ranges == [None] and target.read_bytes() == producer.csv


@pytest.mark.parametrize("note", ["", "{", '{"address": "autre", "length": 9, "validator": null}'])
def test_bytes_without_a_note_that_fits_are_forgotten(archive, producer, fetch, note):
    archive.parent.mkdir(parents=True)
    archive.with_name("a.zip.partiel").write_bytes(b"reste")
    archive.with_name("a.zip.partiel.json").write_text(note)
    assert fetch().failures == []
    assert producer.ranges == [None] and archive.read_bytes() == producer.csv
