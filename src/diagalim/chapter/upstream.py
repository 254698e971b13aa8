"""What does a notebook do when a chapter that it reads is not computed: it has it computed first.

A notebook opened alone on a fresh copy of the project works, in any order.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from diagalim.workspace.paths import build_dir, project_root

SHOWN = 2000
"""Characters of the messages of a run that failed."""


def compute_chapter(chapter: str, territory_code: str, folder: Path) -> None:
    """Compute a chapter, and those that it reads, and say so in one line.

    Parameters
    ----------
    chapter, territory_code : str
        What to compute.
    folder : Path
        Where its results are wanted, when that is not where builds leave them.

    Raises
    ------
    RuntimeError
        When it could not be computed, with the messages of its run.
    """
    print(f"Le chapitre {chapter} n'est pas encore calculé : calcul en cours.", flush=True)
    # a separate process: this floor does not import the engine that runs notebooks
    done = subprocess.run(
        [sys.executable, "-m", "diagalim", "chapter", chapter, "--territoire", territory_code],
        cwd=project_root(),
        env={name: value for name, value in os.environ.items() if name != "DIAGALIM_RESULTS"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said = f"{done.stdout[-SHOWN:]}{done.stderr[-SHOWN:]}"
        raise RuntimeError(f"Le chapitre {chapter} n'a pas pu être calculé :\n{said}")
    made = build_dir(territory_code) / "results" / chapter
    if made != folder:
        shutil.copytree(made, folder, dirs_exist_ok=True)
