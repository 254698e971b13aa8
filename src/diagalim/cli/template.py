"""What `diagalim template` writes and says: what a study has others fill, blank.

The reporting sheet of the networks, or the tables that say who works with whom.
"""

from __future__ import annotations

import sys
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from diagalim.collected.coordination import COORDINATION
from diagalim.collected.inputs import collected_dir
from diagalim.downloads.report_template import write_template
from diagalim.pipeline.availability import chosen_territory
from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory
from diagalim.sources.schemas import collected_schema
from diagalim.wording import french
from diagalim.wording.problems import InputError, Problem, raise_if_any
from diagalim.workspace.paths import project_root
from diagalim.workspace.written_together import write_together

DONE, WRONG_INPUT = 0, 2
REPORT, TOGETHER = "remontee", "coordination"


def template_command(
    code: str,
    out: Path | None = None,
    *,
    model: str = REPORT,
    force: bool = False,
    quiet: bool = False,
) -> int:
    """Write what a study has others fill and return the exit code.

    Parameters
    ----------
    code : str
        Territory: a file of ``data/territories``; empty for the one that a build would choose.
    out : Path, optional
        The workbook to write, ``fiche_remontee_<code>.xlsx`` in the current folder otherwise; or
        the folder of the tables of coordination, where the study looks for them otherwise.
    model : str
        One of `MODELS`.
    force : bool
        Replace a file that is there: it may have been filled.
    quiet : bool
        Say nothing but errors.
    """
    try:
        if model not in MODELS:
            raise InputError([_unknown(model)])
        told = MODELS[model](load_territory(code or chosen_territory("")[0]), out, force)
    except InputError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    if not quiet:
        print(told)
    return DONE


def _write_report(territory: Territory, out: Path | None, force: bool) -> str:
    """Write the blank reporting sheet and return what to say of it."""
    path = out or Path(f"fiche_remontee_{territory.code}.xlsx")
    if path.exists() and not force:
        raise InputError([_there(path)])
    title = f"Fiche de remontée d'activité, {territory.nom}"
    schema = collected_schema(REPORT)
    try:
        write_template(path, schema, title, territory.edition)
    except FileCreateError as error:
        raise InputError([_unwritable(path)]) from error
    columns = french.plural(len(schema["fields"]), "colonne")
    return f"Fiche écrite : {path} ({columns}, à remplir dans la feuille « Saisie »)."


def _write_coordination(territory: Territory, out: Path | None, force: bool) -> str:
    """Write the empty tables of coordination and return what to do with them."""
    schemas = {name: collected_schema(name) for name in COORDINATION}
    places = {name: Path(schema["fichiers"]) for name, schema in schemas.items()}
    folder = out or collected_dir(territory) / places[COORDINATION[0]].parent
    paths = {name: folder / place.name for name, place in places.items()}
    raise_if_any(_there(path) for path in paths.values() if path.exists() and not force)
    # semicolons and a byte order mark: a spreadsheet in French opens it with its columns
    heads = {name: ";".join(field["name"] for field in s["fields"]) for name, s in schemas.items()}
    try:
        write_together({p: f"{heads[n]}\r\n".encode("utf-8-sig") for n, p in paths.items()})
    except OSError as error:
        raise InputError([_unwritable(Path(error.filename))]) from error
    return "\n".join(_next_steps(territory, folder, places))


def _next_steps(territory: Territory, folder: Path, places: dict[str, Path]) -> list[str]:
    shown = folder.relative_to(project_root()) if project_root() in folder.parents else folder
    steps = [
        f"Écrits dans {shown} : {french.listed([place.name for place in places.values()])}.",
        "À remplir, un document cité à chaque ligne ; retirer ceux qui restent vides. La page",
        "« Dictionnaire » du rapport dit ce que veut dire chaque colonne. Ensuite :",
        f"  diagalim check --territoire {Path(territory.file).stem}",
    ]
    absent = [name for name in places if name not in territory.collecte]
    if absent:
        steps += [f"D'abord, ajouter à la clé « collecte » de {territory.file} :"]
        steps += [f"  {name}: {places[name].as_posix()}" for name in absent]
    return steps


MODELS = {REPORT: _write_report, TOGETHER: _write_coordination}
"""What can be written, by the name that the command takes."""


def _unknown(model: str) -> Problem:
    return Problem(
        "diagalim template",
        "modèle",
        model,
        f"un de ces modèles : {', '.join(MODELS)}",
        "choisir un nom de cette liste",
    )


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
