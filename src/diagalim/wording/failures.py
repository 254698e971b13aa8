"""How a build says that it could not be done: one message in French, and an exit code."""

from __future__ import annotations

import errno
from pathlib import Path

_REFUSALS = {
    errno.EACCES: ("accès refusé", "donner le droit d'y écrire à la personne qui lance le rapport"),
    errno.EPERM: ("accès refusé", "donner le droit d'y écrire à la personne qui lance le rapport"),
    errno.EROFS: ("disque en lecture seule", "copier le projet sur un disque où l'on peut écrire"),
    errno.ENOSPC: ("disque plein", "libérer de la place, puis relancer"),
    errno.EDQUOT: ("quota de disque atteint", "libérer de la place, puis relancer"),
}
"""What a system that refuses a file means, and what to do."""


class BuildFailure(Exception):
    """The report could not be built; the message is for the user, in French.

    The last good site is left as it was. Takes one argument only: it has to travel between
    processes by pickle.
    """

    exit_code = 1


class MissingData(BuildFailure):
    """Official files that the territory needs were not found."""

    exit_code = 3


def refusal(error: OSError) -> str:
    """Return in French what the system refused; it says so itself in English, with a whole path."""
    if error.errno is None:  # one of ours, already in French
        return str(error)
    seen, remedy = _REFUSALS.get(
        error.errno,
        (
            f"refus du système ({errno.errorcode.get(error.errno, error.errno)})",
            "vérifier le disque et les droits sur le dossier du projet",
        ),
    )
    path = Path(str(error.filename or "dossier du projet"))
    place = "/".join(path.parts[-2:]) if path.is_absolute() else str(path)
    return f"« {place} » : {seen}. À faire : {remedy}."
