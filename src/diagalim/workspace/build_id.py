"""Whose work is this: a worker that outlives its killed build must not touch the next one.

The lock of a build falls with its main process; a worker that it started may still be busy with a
chapter. Each build leaves a number that no other has, and work that carries another is dropped.
"""

from __future__ import annotations

import uuid

from diagalim.wording.failures import BuildFailure
from diagalim.workspace.folders import Folders


def new_ticket(folders: Folders) -> str:
    """Write the number of a new build and return it; called under the lock of the territory."""
    ticket = uuid.uuid4().hex
    folders.ticket.write_text(ticket, encoding="utf-8")
    return ticket


def refuse_late_work(folders: Folders, ticket: str) -> None:
    """Stop before anything is put in place when another build has begun since.

    Raises
    ------
    BuildFailure
        When the ticket is not that of the build under way; an empty one belongs to no build.
    """
    if not ticket:
        return
    current = folders.ticket.read_text(encoding="utf-8") if folders.ticket.is_file() else ""
    if current != ticket:
        raise BuildFailure(
            "Cette construction a été remplacée par une autre du même territoire ; "
            "son travail est abandonné."
        )
