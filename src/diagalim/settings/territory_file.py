"""Is a territory file what it should be? ``data/territories/<code>.yml``, read and checked."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from diagalim.settings.checked_yaml import load_checked_yaml, problems_of, read_settings
from diagalim.settings.territory import DEPARTMENTS, Territory
from diagalim.wording.problems import InputError, Problem
from diagalim.workspace.paths import project_root

MODEL = "data/territories/13.yml"
"""The file to copy or compare with."""


def territory_path(code: str) -> Path:
    """Return where the file of a territory stands."""
    return project_root() / "data" / "territories" / f"{code}.yml"


def load_territory(code: str) -> Territory:
    """Read and check ``data/territories/<code>.yml``.

    Parameters
    ----------
    code : str
        Department code, or name of another territory file.

    Raises
    ------
    InputError
        With every unknown key, missing key and bad value, each with its place.
    """
    path = territory_path(code)
    name = f"data/territories/{path.name}"
    if code.startswith("97"):
        raise InputError([_overseas(name, code)])
    if not path.is_file():
        known = sorted(p.stem for p in path.parent.glob("*.yml"))
        ready = code in DEPARTMENTS and code != "00"
        raise InputError(
            [
                Problem(
                    name,
                    "fichier",
                    "absent",
                    f"un fichier de territoire ; disponibles : {', '.join(known) or 'aucun'}",
                    f"le préparer : diagalim new {code}"
                    if ready
                    else f"copier {MODEL} sous ce nom et l'adapter",
                )
            ]
        )
    return parse_territory(read_settings(path, name), name)


def parse_territory(text: str, name: str) -> Territory:
    """Check the text of a territory file; ``name`` is the file that errors will name."""
    content = load_checked_yaml(text, name, MODEL)
    try:
        territory = Territory.model_validate(content)
    except ValidationError as error:
        raise InputError(problems_of(error, name, Territory, model=MODEL)) from error
    territory._file = name
    return territory


def _overseas(name: str, code: str) -> Problem:
    return Problem(
        name,
        "code",
        code,
        "un département de métropole (Corse comprise : 2A, 2B)",
        "l'outre-mer n'est pas pris en charge : Filosofi n'y est pas diffusé par IRIS selon les "
        "mêmes règles et la projection Lambert-93 n'y vaut pas",
    )
