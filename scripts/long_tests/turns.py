"""Which of the long cases are run this time?

Some tests grow with every chapter and every department. A run takes some of their cases, in turn
from one version of the project to the next, by the number of its commits; all of them with
``make test-full ALL=1``. What was taken is printed.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from long_tests.copies import ROOT

Case = TypeVar("Case")


def everything() -> bool:
    """Tell whether every case was asked for, by ``ALL=1``."""
    return os.environ.get("ALL") == "1"


def in_turn(cases: Sequence[Case], number: int) -> list[Case]:
    """Return some of the cases, those whose turn it is, and print them.

    Parameters
    ----------
    cases : sequence
        All of them; any run of versions as long as this list takes each.
    number : int
        How many are taken, from the one that follows those of the version before.

    Returns
    -------
    list
        ``number`` cases, or all with ``ALL=1``.
    """
    if everything() or number >= len(cases):
        return list(cases)
    start = version() * number
    taken = [cases[(start + rank) % len(cases)] for rank in range(number)]
    names = ", ".join(case.stem if isinstance(case, Path) else str(case) for case in taken)
    print(f"  cette fois ({number} sur {len(cases)}, tous avec ALL=1) : {names}", flush=True)
    return taken


def version() -> int:
    """Return the number of commits of the project, 0 where it is not a git repository."""
    done = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return int(done.stdout) if done.returncode == 0 else 0
