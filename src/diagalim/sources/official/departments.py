"""Which department does a code mean, and how do sentences name it?

The facts are Insee's (code officiel géographique, 1 January 2025); the forms « dans l'Ain »,
« à Paris », « en Corse-du-Sud » are ours, for a wrong article is the first thing that a reader of
the department sees. `data/departements.csv` holds both, `data/schemas/departements.json` says what.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from diagalim.settings.territory import DEPARTMENTS, OVERSEAS
from diagalim.sources.schemas import SCHEMA_DIR, layout_from, load_schema
from diagalim.sources.tables.tabular import read_text_table
from diagalim.wording.problems import InputError, Problem
from diagalim.workspace.paths import project_root

FILE = "departements.csv"
TYPED = "code de département"
FICTITIOUS = "00"


@dataclass(frozen=True)
class Department:
    """One department of metropolitan France.

    Attributes
    ----------
    code, nom, nom_de, nom_dans : str
        « 01 », « Ain », « de l'Ain », « dans l'Ain ».
    region, region_nom, region_nom_de : str
        Code and names of its region.
    chef_lieu, chef_lieu_nom : str
        Code (that of the commune, never of an *arrondissement*) and name of its main town.
    """

    code: str
    nom: str
    nom_de: str
    nom_dans: str
    region: str
    region_nom: str
    region_nom_de: str
    chef_lieu: str
    chef_lieu_nom: str


def load_departments() -> dict[str, Department]:
    """Read the departments of metropolitan France, by code, in the order of the codes."""
    data = project_root() / "data"
    layout = layout_from(load_schema(project_root() / SCHEMA_DIR / "departements.json"))
    table = read_text_table(data / FILE, layout)
    names = [field.name for field in fields(Department)]
    return {row.code: Department(*row) for row in table[names].itertuples(index=False)}


def department_of(typed: str) -> Department:
    """Return the department that a user asked for by its code.

    Parameters
    ----------
    typed : str
        As typed: spaces around it and small letters (``2a``) are accepted, a lost zero is not.

    Raises
    ------
    InputError
        When this is no code of a department of metropolitan France, with what to write instead.
    """
    code = typed.strip().upper()
    found = load_departments().get(code)
    if found is None:
        raise InputError([_refused(typed, code)])
    return found


def region_departments(department: Department) -> list[str]:
    """Return the codes of all the departments of the region of one, itself included."""
    everywhere = load_departments().values()
    return [other.code for other in everywhere if other.region == department.region]


def _refused(typed: str, code: str) -> Problem:
    expected = "un département de métropole (01 à 95, 2A, 2B)"
    if code in OVERSEAS or code.startswith(("97", "98")) and len(code) == 3:
        remedy = (
            "l'outre-mer n'est pas pris en charge : Filosofi n'y est pas diffusé par IRIS selon "
            "les mêmes règles et la projection Lambert-93 n'y vaut pas"
        )
    elif code.isdecimal() and len(code) == 1 and f"0{code}" in DEPARTMENTS:
        remedy = f"un code a deux caractères, zéro compris : écrire 0{code}"
    elif code == "20":
        remedy = "la Corse a deux départements : écrire 2A (Corse-du-Sud) ou 2B (Haute-Corse)"
    elif code == FICTITIOUS:
        remedy = (
            "00 est le département fictif, qui a déjà son fichier : diagalim build --territoire "
            "exemple"
        )
    elif code.isdecimal():
        remedy = "aucun département ne porte ce numéro : vérifier le code"
    else:
        remedy = "donner le code, pas le nom : 69 et non Rhône, 2A et non Corse-du-Sud"
    return Problem("diagalim new", TYPED, typed, expected, remedy)
