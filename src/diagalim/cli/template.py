"""What `diagalim template` writes and says: the blank reporting sheet of a study."""

from __future__ import annotations

import sys
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from diagalim.collected.inputs import collected_schema
from diagalim.downloads.report_template import write_template
from diagalim.pipeline.availability import chosen_territory
from diagalim.settings.territory_file import load_territory
from diagalim.wording import french
from diagalim.wording.problems import InputError, Problem

DONE, WRONG_INPUT = 0, 2


def template_command(
    code: str, out: Path | None = None, *, force: bool = False, quiet: bool = False
) -> int:
    """Write the blank reporting sheet of a territory and return the exit code.

    Parameters
    ----------
    code : str
        Territory: a file of ``data/territories``; empty for the one that a build would choose.
    out : Path, optional
        The workbook to write; ``fiche_remontee_<code>.xlsx`` in the current folder otherwise.
    force : bool
        Replace a file that is there: it may have been filled.
    quiet : bool
        Say nothing but errors.
    """
    try:
        territory = load_territory(code or chosen_territory("")[0])
        path = out or Path(f"fiche_remontee_{territory.code}.xlsx")
        if path.exists() and not force:
            raise InputError([_there(path)])
        title = f"Fiche de remontée d'activité, {territory.nom}"
        schema = collected_schema("remontee")
        try:
            write_template(path, schema, title, territory.edition)
        except FileCreateError as error:
            raise InputError([_unwritable(path)]) from error
    except InputError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    if not quiet:
        columns = french.plural(len(schema["fields"]), "colonne")
        print(f"Fiche écrite : {path} ({columns}, à remplir dans la feuille « Saisie »).")
    return DONE


def _there(path: Path) -> Problem:
    return Problem(
        path.name,
        "fichier",
        "existe déjà",
        "un nouveau fichier : celui-ci est peut-être rempli",
        "donner un autre nom (--sortie), ou --force pour le remplacer",
    )


def _unwritable(path: Path) -> Problem:
    return Problem(
        path.name,
        "fichier",
        "ne peut pas être écrit",
        "un dossier qui existe et où l'on peut écrire",
        "choisir un autre endroit (--sortie), ou fermer le classeur s'il est ouvert dans Excel",
    )
