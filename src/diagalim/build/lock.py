"""One build of a territory at a time: two would each take the other's half-made files for its own.

The system holds the lock, on an open file, and lets go of it when the process ends, however it
ends: a build that was killed never stands in the way of the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from diagalim.build.failures import BuildFailure
from diagalim.build.folders import Folders
from diagalim.file_lock import take


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
        if not take(file):
            raise BuildFailure(
                f"Une autre construction du territoire {folders.code} est en cours sur cet "
                "ordinateur ; celle-ci n'a rien changé.\n"
                "À faire : attendre qu'elle finisse ou l'arrêter (Ctrl+C dans sa fenêtre), puis "
                "relancer."
            )
        yield
