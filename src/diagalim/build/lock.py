"""One build of a territory at a time: two would each take the other's half-made files for its own.

The system holds the lock, on an open file, and lets go of it when the process ends, however it
ends: a build that was killed never stands in the way of the next one.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from diagalim.build.failures import BuildFailure
from diagalim.build.folders import Folders

TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
NO_LOCKS_THERE = {errno.ENOLCK, errno.ENOTSUP}


@contextmanager
def sole_build(folders: Folders) -> Iterator[None]:
    """Hold the build of a territory.

    Raises
    ------
    BuildFailure
        When another process holds it.
    """
    folders.build.mkdir(parents=True, exist_ok=True)
    with folders.lock.open("ab") as file:
        if not _take(file):
            raise BuildFailure(
                f"Une autre construction du territoire {folders.code} est en cours sur cet "
                "ordinateur ; celle-ci n'a rien changé.\n"
                "À faire : attendre qu'elle finisse ou l'arrêter (Ctrl+C dans sa fenêtre), puis "
                "relancer."
            )
        yield


def _take(file: IO[bytes]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in TAKEN:
            return False
        if error.errno not in NO_LOCKS_THERE:
            raise
        # some network disks know no locks: better a report than a refusal for a rare accident
    return True
