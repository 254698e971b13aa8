"""A full disk is said in French and leaves no file that looks whole."""

from __future__ import annotations

import errno
import io
from collections import namedtuple
from pathlib import Path

import pytest

from diagalim.sources.fetch import disk

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def fill(monkeypatch):
    """Return a function after which files of a name can hold no more than some bytes."""
    true_open = Path.open

    class Full(io.FileIO):
        room = 0

        def write(self, piece):
            if self.tell() + len(piece) > self.room:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(piece)

    def limit(name, room):
        def opened(path, mode="r", *words, **options):
            if path.name == name and mode in ("ab", "wb", "w+b"):
                file = Full(path, mode)
                file.room = room
                return file
            return true_open(path, mode, *words, **options)

        monkeypatch.setattr(Path, "open", opened)

    return limit


def test_disk_full_while_the_archive_comes(project, producer, fetch, fill):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    fill("a.zip.partiel", 100_000)
    (failure,) = fetch().failures
    assert "plus assez de place sur le disque" in failure and "No space" not in failure
    assert project.readable() == [] and project.left() == []


def test_disk_full_while_the_file_is_taken_out(project, producer, fetch, fill):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    fill("table.csv.partiel", 100_000)
    assert "plus assez de place sur le disque" in fetch().failures[0]
    assert project.readable() == [] and project.left() == []


def test_after_a_full_disk_no_other_file_is_asked_for(project, producer, fetch, fill):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    project.dataset("b", f"{producer.url}/b.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    producer.answers("/b.zip", producer.zipped())
    fill("a.zip.partiel", 100_000)
    first, second = fetch().failures
    assert second == "b 2021 : non essayé, le disque est plein."
    assert [path for path, _ in producer.asked] == ["/a.zip"]


def test_file_larger_than_the_free_room_is_refused_before_it_comes(
    project, producer, fetch, monkeypatch
):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda folder: Usage(10**9, 0, 64 * 2**20))
    (failure,) = fetch().failures
    assert "il faut 65 Mo, il reste 64 Mo" in failure
    assert project.readable() == [] and project.left() == []


def test_member_larger_than_the_free_room_is_refused_before_it_is_taken_out(
    project, producer, fetch, monkeypatch
):
    # 30 MB of zeros make an archive of some kB
    small = producer.zipped(b"\0" * 30_000_000, method=8)
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", small)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda folder: Usage(10**9, 0, 80 * 2**20))
    (failure,) = fetch().failures
    assert len(small) < 100_000 and "il faut 93 Mo, il reste 80 Mo" in failure
    assert project.readable() == [] and project.left() == []


def test_folder_that_cannot_be_written_to_is_said_in_french(project, producer, fetch):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    project.folder.mkdir()
    (project.folder / "a").write_text("un fichier à la place du dossier")
    (failure,) = fetch().failures
    assert "le fichier ne peut être écrit" in failure and "vérifier les droits" in failure
