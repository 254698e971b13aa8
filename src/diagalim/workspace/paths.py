"""Where things are: found from the project, never from the working directory.

papermill, JupyterLab and nbval each start a notebook from a different folder; a path relative
to the working directory would break in two of the three.
"""

from __future__ import annotations

import os
from pathlib import Path


def project_root() -> Path:
    """Return the folder that holds ``data/sources.yml``.

    ``DIAGALIM_ROOT`` wins, so that a test can work on a copy of the project; then the checkout
    that the package was installed from.

    Raises
    ------
    FileNotFoundError
        When neither holds a project.
    """
    asked = os.environ.get("DIAGALIM_ROOT")
    root = Path(asked) if asked else Path(__file__).resolve().parents[3]
    if not (root / "data" / "sources.yml").is_file():
        raise FileNotFoundError(
            f"Aucun projet diagalim dans {root} : le fichier data/sources.yml manque. "
            "Indiquez le dossier du projet dans la variable DIAGALIM_ROOT."
        )
    return root


def build_dir(territory_code: str) -> Path:
    """Return the folder of everything generated for one territory."""
    return project_root() / "_build" / territory_code


def results_dir(territory_code: str) -> Path:
    """Return the folder where the chapters of one territory leave their results."""
    asked = os.environ.get("DIAGALIM_RESULTS")
    return Path(asked) if asked else build_dir(territory_code) / "results"


def data_dirs(*, fictitious: bool = False) -> list[Path]:
    """Return the folders searched for official files, first match wins.

    The fictitious department has its own folder and no other: it never mixes with real files.
    """
    if fictitious:
        return [project_root() / "data" / "exemple" / "officiel"]
    asked = os.environ.get("DIAGALIM_DATA")
    own = project_root() / "data" / "officiel"
    # without a word of the user, files laid beside the project are found by every command
    return [Path(asked), own] if asked else [own, project_root().parent / "shared" / "official"]
