"""A chapter may declare files of the project by a pattern: all of them count."""

from __future__ import annotations

from diagalim.pipeline.tasks import _declared


def test_a_pattern_stands_for_all_its_files_and_a_name_for_one(tmp_path):
    for name in ("b.json", "a.json", "note.txt"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert [path.name for path in _declared(tmp_path, "*.json")] == ["a.json", "b.json"]
    assert _declared(tmp_path, "note.txt") == [tmp_path / "note.txt"]


def test_a_file_named_outright_counts_even_when_it_is_not_there(tmp_path):
    assert _declared(tmp_path, "absent.csv") == [tmp_path / "absent.csv"], "its lack is an error"
