"""One download at a time: two would write the same files, and ask a public server twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diagalim.sources.fetch.disk import said_in_french
from diagalim.sources.fetch.reporting import Reporter
from diagalim.workspace.file_lock import take

LOCK = ".telechargement.verrou"
LOOK_AGAIN = 0.2


@contextmanager
def sole_fetch(folder: Path, reporter: Reporter) -> Iterator[None]:
    """Hold the downloads of a folder, after whoever holds them now.

    The second one then finds the files of the first, and asks the servers nothing.

    Raises
    ------
    FetchFailure
        When the folder cannot be written to.
    """
    with said_in_french():
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("ab")
    with file:
        if not take(file):
            reporter.say("Un autre téléchargement est en cours : attente de sa fin…")
            while not take(file):
                time.sleep(LOOK_AGAIN)
        yield
