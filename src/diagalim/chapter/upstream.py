"""What does a notebook do when a chapter that it reads is not computed: it has it computed first.

A notebook opened alone on a fresh copy of the project works, in any order.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from diagalim.workspace.paths import build_dir, project_root

SHOWN = 2000
"""Characters of the messages of a run that failed."""


def compute_chapters(chapters: Sequence[str], territory_code: str, results: Path) -> None:
    """Compute chapters, and those that they read, and say so in a line each.

    Parameters
    ----------
    chapters : sequence of str
        What to compute: all that is missing at once, since each run checks the inputs first.
    territory_code : str
        For which territory.
    results : Path
        Where their results are wanted, when that is not where builds leave them.

    Raises
    ------
    RuntimeError
        When they could not be computed, with the messages of their run.
    """
    for chapter in chapters:
        print(f"Le chapitre {chapter} n'est pas encore calculé : calcul en cours.", flush=True)
    # a separate process: this floor does not import the engine that runs notebooks
    done = subprocess.run(
        [sys.executable, "-m", "diagalim", "chapter", *chapters, "--territoire", territory_code],
        cwd=project_root(),
        env={name: value for name, value in os.environ.items() if name != "DIAGALIM_RESULTS"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said = f"{done.stdout[-SHOWN:]}{done.stderr[-SHOWN:]}"
        named = ", ".join(chapters)
        which = f"Le chapitre {named}" if len(chapters) == 1 else f"Un des chapitres {named}"
        raise RuntimeError(f"{which} n'a pas pu être calculé :\n{said}")
    made = build_dir(territory_code) / "results"
    for chapter in chapters if made != results else ():
        shutil.copytree(made / chapter, results / chapter, dirs_exist_ok=True)
