"""When may the results of a chapter be trusted: all their files are there, whole, and listed.

A folder of results carries ``manifest.json``, the digest of each of its files. It is written beside
its place, put on the disk, then moved there: a process that is killed, or a machine that loses its
power, leaves either the old folder or the new one, or one whose digests tell that it is neither.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path

MANIFEST = "manifest.json"
DOWNLOADS = "telechargements"
"""Folder of what readers may download: in the results of a chapter, then in the site."""
FIGURES = "figures"
"""Folder of the figures that a chapter keeps, in its results."""


def write_manifest(folder: Path) -> None:
    """Write ``manifest.json``: the digest of each file of a folder of results.

    The build follows files, not folders: readers of a chapter depend on this one file.
    """
    text = json.dumps(_digests(folder), indent=1, ensure_ascii=False, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def are_whole(folder: Path) -> bool:
    """Return whether a folder of results holds exactly the files of its manifest, unchanged."""
    listed = _listed(folder)
    return listed is not None and listed == _digests(folder)


def _listed(folder: Path) -> dict[str, str] | None:
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):  # absent, cut or overwritten
        return None


def put_in_place(new: Path, place: Path) -> None:
    """Put a whole folder in the place of another, on the disk before it is seen.

    A stop between the two steps leaves no folder, which the next run notices and makes again. A
    folder that already holds the same stays: a notebook run beside may be reading it.
    """
    if _listed(new) is not None and are_whole(place) and _listed(place) == _listed(new):
        shutil.rmtree(new)
        return
    put_on_disk(new)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        shutil.rmtree(place)
    new.replace(place)
    _flush_folder(place.parent)


def put_on_disk(place: Path) -> None:
    """Wait until a file, or every file of a folder, is on the disk and not only in memory.

    Without it a power cut after a move may leave the new name on an empty file.
    """
    if place.is_file():
        # opened for writing: Windows flushes no file that is open for reading only
        with place.open("rb+") as file:
            os.fsync(file.fileno())
        return
    for folder, _, names in os.walk(place):
        for name in names:
            put_on_disk(Path(folder, name))
        _flush_folder(Path(folder))


def write_on_disk(path: Path, text: str) -> None:
    """Write a text beside its place, then move it there whole, on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".partiel")
    beside.write_text(text, encoding="utf-8", newline="\n")
    put_on_disk(beside)
    beside.replace(path)
    _flush_folder(path.parent)


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != MANIFEST
    }


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # has no such call, and needs none: its file systems keep names in order
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        # some network disks refuse it, and are no worse off for it
        with contextlib.suppress(OSError):
            os.fsync(held)
    finally:
        os.close(held)
