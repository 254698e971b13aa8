"""Results are taken for whole only when every file is the one that was listed."""

from __future__ import annotations

import json
import shutil

import pytest

from diagalim.workspace.results import are_whole, put_in_place, write_manifest, write_on_disk


@pytest.fixture
def folder(tmp_path):
    """Return a folder of two results with its list."""
    made = tmp_path / "chapitre"
    (made / "sous").mkdir(parents=True)
    (made / "b.csv").write_text("1", encoding="utf-8")
    (made / "sous" / "a.csv").write_text("2", encoding="utf-8")
    write_manifest(made)
    return made


def test_manifest_is_the_same_for_the_same_files(folder):
    first = (folder / "manifest.json").read_bytes()
    write_manifest(folder)
    assert (folder / "manifest.json").read_bytes() == first
    assert list(json.loads(first)) == ["b.csv", "sous/a.csv"]


def test_listed_files_are_whole(folder):
    assert are_whole(folder)


def cut(folder):
    (folder / "b.csv").write_bytes(b"")


def change(folder):
    (folder / "b.csv").write_text("9", encoding="utf-8")


def lose(folder):
    (folder / "sous" / "a.csv").unlink()


def add(folder):
    (folder / "c.csv").touch()


def cut_the_list(folder):
    (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes()[:20])


def lose_the_list(folder):
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize("harm", [cut, change, lose, add, cut_the_list, lose_the_list])
def test_results_that_their_list_contradicts_are_not_whole(folder, harm):
    harm(folder)
    assert not are_whole(folder)


def test_absent_folder_is_not_whole(tmp_path):
    assert not are_whole(tmp_path / "rien")


def test_folder_put_in_place_replaces_the_whole_old_one(folder, tmp_path):
    place = tmp_path / "la" / "chapitre"
    place.mkdir(parents=True)
    (place / "vieux.csv").touch()
    put_in_place(folder, place)
    assert are_whole(place) and not folder.exists()
    assert not (place / "vieux.csv").exists()


def test_folder_that_holds_the_same_stays_for_those_who_read_it(folder, tmp_path):
    place = tmp_path / "la" / "chapitre"
    shutil.copytree(folder, place)
    standing = place.stat().st_ino
    put_in_place(folder, place)
    assert place.stat().st_ino == standing and are_whole(place) and not folder.exists()


@pytest.mark.parametrize("harm", [cut, change, lose, add, cut_the_list, lose_the_list])
def test_folder_that_is_no_longer_the_same_is_replaced(folder, tmp_path, harm):
    place = tmp_path / "la" / "chapitre"
    shutil.copytree(folder, place)
    harm(place)
    put_in_place(folder, place)
    assert are_whole(place) and (place / "b.csv").read_text(encoding="utf-8") == "1"


def test_text_is_written_whole_and_leaves_nothing_beside(tmp_path):
    write_on_disk(tmp_path / "la" / "texte.txt", "é\n")
    assert (tmp_path / "la" / "texte.txt").read_bytes() == "é\n".encode()
    assert [file.name for file in (tmp_path / "la").iterdir()] == ["texte.txt"]
