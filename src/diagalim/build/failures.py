"""How a build says that it could not be done: one message in French, and an exit code."""

from __future__ import annotations


class BuildFailure(Exception):
    """The report could not be built; the message is for the user, in French.

    The last good site is left as it was. Takes one argument only: it has to travel between
    processes by pickle.
    """

    exit_code = 1


class MissingData(BuildFailure):
    """Official files that the territory needs were not found."""

    exit_code = 3
