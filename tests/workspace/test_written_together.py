"""Several files are all written, or all left as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.workspace.written_together import write_together


def contents(folder) -> dict:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_all_are_written_in_folders_that_are_made(tmp_path):
    files = {tmp_path / "un" / "a.csv": b"a\r\n", tmp_path / "un" / "b.csv": b"b\r\n"}
    write_together(files)
    assert contents(tmp_path / "un") == {"a.csv": b"a\r\n", "b.csv": b"b\r\n"}


@given(refused=st.integers(0, 3), there=st.sets(st.integers(0, 3)))
def test_a_place_refused_leaves_every_file_as_it_was(tmp_path_factory, refused, there):
    folder = tmp_path_factory.mktemp("ensemble")
    paths = [folder / f"{number}.csv" for number in range(4)]
    for number in there - {refused}:
        paths[number].write_bytes(b"rempli")
    paths[refused].mkdir()  # a folder in the place of the file
    before = contents(folder)
    with pytest.raises(OSError) as refusal:
        write_together(dict.fromkeys(paths, b"vide"))
    assert refusal.value.filename == str(paths[refused])
    assert contents(folder) == before
    assert [file.name for file in folder.iterdir() if file.is_dir()] == [f"{refused}.csv"]
