"""Whether the disk can hold what is coming, and what to say when it cannot."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diagalim.sources.fetch.failures import DiskFull, FetchFailure

FULL = {errno.ENOSPC, errno.EDQUOT}
MARGIN = 64 * 2**20
"""Bytes left free on the disk, for the rest of the system (convention of the project)."""


def need_room(folder: Path, need: int) -> None:
    """Refuse to begin what the disk cannot hold.

    Parameters
    ----------
    folder : Path
        Where it would go.
    need : int
        Bytes.

    Raises
    ------
    DiskFull
        With the room that is needed and the room that is there.
    """
    free = shutil.disk_usage(folder).free
    if need + MARGIN > free:
        raise DiskFull(f"il faut {_mega(need + MARGIN)}, il reste {_mega(free)}")


@contextmanager
def said_in_french() -> Iterator[None]:
    """Turn what the disk refuses into a failure that can be read.

    Raises
    ------
    DiskFull
        When no room is left.
    FetchFailure
        For the rest: rights, read-only disk, name too long.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None:  # not the disk: requests and zipfile raise kinds of OSError too
            raise
        if error.errno in FULL:
            raise DiskFull("l'écriture s'est arrêtée en route") from error
        raise FetchFailure(
            f"le fichier ne peut être écrit ({error.strerror or type(error).__name__})",
            "vérifier les droits sur le dossier data/officiel",
        ) from error


def _mega(size: int) -> str:
    return f"{-(-size // 2**20)} Mo"
