"""One build of a territory at a time: two would each take the other's half-made files for its own.

The system holds the lock, on an open file, and lets go of it when the process ends, however it
ends: a build that was killed never stands in the way of the next one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from diagalim.wording.failures import BuildFailure
from diagalim.workspace.file_lock import take
from diagalim.workspace.folders import Folders

LONGEST_WAIT = 600
"""Seconds: twice the time budget of a whole first build."""

BETWEEN_TRIES = 0.5
"""Seconds."""


@contextmanager
def sole_build(folders: Folders, *, wait: bool = False) -> Iterator[None]:
    """Hold the build of a territory.

    Parameters
    ----------
    folders : Folders
        Folders of the build.
    wait : bool
        Whether to wait for the other build to end, up to `LONGEST_WAIT`.

    Raises
    ------
    BuildFailure
        When another process holds it.
    """
    deadline = time.monotonic() + (LONGEST_WAIT if wait else 0)
    folders.build.mkdir(parents=True, exist_ok=True)
    with folders.lock.open("ab") as file:
        while not take(file):
            if time.monotonic() < deadline:
                time.sleep(BETWEEN_TRIES)
                continue
            raise BuildFailure(
                f"Une autre construction du territoire {folders.code} est en cours sur cet "
                "ordinateur ; celle-ci n'a rien changé.\n"
                "À faire : attendre qu'elle finisse ou l'arrêter (Ctrl+C dans sa fenêtre), puis "
                "relancer."
            )
        yield
