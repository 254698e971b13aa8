"""Make producers' files of another department out of the fictitious one, to try the report on it.

``python scripts/make_department.py 69 --dossier <folder>`` lays them as ``diagalim fetch`` does, so
that ``DIAGALIM_DATA=<folder>`` is enough to build. Every figure is invented: the folder must stay
out of the project, and the territory file that reads it must say « essai » in its title.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the package « exemple »

from diagalim.pipeline.run import TRIAL_MARK
from diagalim.sources.official.departments import Department, department_of, load_departments
from diagalim.wording.problems import InputError
from exemple.land.names import CITY_NAME
from exemple.offices.forms import Fictitious, write_forms
from exemple.offices.oddities import ODD, spoil

ROOT = Path(__file__).resolve().parents[1]
FICTITIOUS = ROOT / "data" / "exemple" / "officiel"


def make(typed: str, target: Path) -> pd.DataFrame:
    """Write the files of a department under a folder outside the project.

    Parameters
    ----------
    typed : str
        Code of the department.
    target : Path
        Receives a folder a dataset.

    Returns
    -------
    DataFrame
        One row an IRIS of the department, from `exemple.offices.recoding.recoded`.

    Raises
    ------
    InputError
        When the code is refused.
    ValueError
        When the folder is inside the project, where invented figures could pass for real ones.
    """
    department = department_of(typed)
    if target.resolve().is_relative_to(ROOT):
        raise ValueError("--dossier : un dossier hors du projet, car ces chiffres sont inventés")
    table = write_forms(Fictitious.read(FICTITIOUS), department, neighbour_of(department), target)
    if department.code in ODD:
        spoil(target, table)
    # a report built on this folder carries the banner of a trial, whatever its territory file says
    (target / TRIAL_MARK).write_text("Fichiers inventés, pour essayer.\n", encoding="utf-8")
    return table


def neighbour_of(department: Department) -> Department:
    """Return another department of the same region, whose rows must be left out."""
    others = [d for d in load_departments().values() if d.region == department.region]
    return next(d for d in others if d.code != department.code)


def as_trial(text: str, department: Department) -> str:
    """Return a territory file that says « essai » in its title and names no real town.

    Parameters
    ----------
    text : str
        What ``diagalim new`` wrote.
    department : Department
        Its department.
    """
    said = text.replace('titre: "La précarité', 'titre: "Essai : la précarité')
    return said.replace(
        f'nom: "{department.chef_lieu_nom}"\n    arr', f'nom: "{CITY_NAME}"\n    arr'
    )


def main() -> int:
    """Read the code and the folder, write, and return an exit code."""
    parser = argparse.ArgumentParser(
        description="Fabrique les fichiers d'essai d'un autre département, aux formes officielles."
    )
    parser.add_argument("code", help="Code du département : 69, 01, 2A…")
    parser.add_argument("--dossier", type=Path, required=True, help="Un dossier hors du projet.")
    asked = parser.parse_args()
    try:
        table = make(asked.code, asked.dossier)
    except (InputError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{len(table)} IRIS d'essai écrits. Ensuite, avec ce dossier dans DIAGALIM_DATA :")
    print(f"  diagalim new {asked.code.upper()}")
    print(f"  diagalim build --territoire {asked.code.upper()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
