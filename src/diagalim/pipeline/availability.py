"""Which territory can be built with the files at hand, and what will be missing from its report."""

from __future__ import annotations

import difflib
import importlib.util
import os
from collections.abc import Iterable

from diagalim.settings.plan import PLAN_FILE, Plan, datasets_read
from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory
from diagalim.sources.division import FITTED, NEEDED
from diagalim.sources.nearby import remarks
from diagalim.sources.registry import find, load_sources, required_sources
from diagalim.wording.failures import MissingData
from diagalim.wording.problems import Problem
from diagalim.workspace.folders import Folders
from diagalim.workspace.paths import project_root

FIRST_CHOICE, FICTITIOUS = "13", "exemple"
"""What is built when no territory is named: the first study, else the fictitious department."""

FALLEN_BACK = (
    "Les fichiers officiels du territoire 13 n'ont pas été trouvés : rapport du département "
    "fictif ; pour le 13 : make fetch TERRITORY=13 (ou déposer les fichiers dans data/officiel/, "
    "voir README), puis make report TERRITORY=13"
)


def chosen_territory(asked: str) -> tuple[str, str]:
    """Return the territory to work on, and what to say when it is not the first choice.

    Parameters
    ----------
    asked : str
        Territory that the user named, empty when none was.
    """
    if asked:
        return asked, ""
    if any_file(load_territory(FIRST_CHOICE)):
        return FIRST_CHOICE, ""
    return FICTITIOUS, FALLEN_BACK


def built_territory(asked: str) -> str:
    """Return the territory whose site to open: the one named, else the first that has a site."""
    if asked:
        return asked
    made = [
        code
        for code in (FIRST_CHOICE, FICTITIOUS)
        if (Folders(project_root(), code).site / "index.html").is_file()
    ]
    return made[0] if made else FIRST_CHOICE


def any_file(territory: Territory) -> bool:
    """Return whether one at least of the required files of a territory is there."""
    return any(find(source, territory) for source in required_sources())


def require_data(territory: Territory) -> None:
    """Refuse to start when none of the official files of a territory is there.

    When some are there, the check of inputs names each one that is missing.

    Raises
    ------
    MissingData
        Says where files are looked for and how to get them.
    """
    if any_file(territory):
        return
    place = os.environ.get("DIAGALIM_DATA")
    asked = (
        f"DIAGALIM_DATA ({place}) ou " if place else "le dossier de la variable DIAGALIM_DATA ou "
    )
    raise MissingData(
        f"Les fichiers officiels du territoire {territory.code} ({territory.nom}) ne sont pas là : "
        f"aucun des {len(required_sources())} jeux de données attendus n'a été trouvé.\n"
        f"Cherchés dans {asked}data/officiel/.\n"
        f"À faire : make fetch TERRITORY={territory.code}, ou les télécharger depuis les pages "
        "indiquées dans data/sources.yml (clé « page ») et les déposer dans data/officiel/<nom du "
        "jeu>/, puis relancer.\n"
        "Sans fichier officiel, make report TERRITORY=exemple construit le rapport du département "
        "fictif."
    )


def unavailable(territory: Territory, plan: Plan) -> list[str]:
    """Return what the report does without, a line each: absent datasets, files not read.

    Of the datasets only those that a chapter reads or that the territory file asks for: the
    registry knows more.
    """
    wanted = datasets_read(plan) | set(territory.millesimes)
    absent = [
        source.court
        for name, source in load_sources().items()
        if name in wanted and not source.obligatoire and find(name, territory) is None
    ]
    said = remarks(load_sources(), territory)
    if absent:
        without = " ; ".join(absent)
        said.insert(0, f"Facultatif, non disponible : {without} (les pages concernées le disent).")
    return said


def remarks_of(checked: list[Problem]) -> list[str]:
    """Return what a check of inputs says beside problems (`diagalim.pipeline.check.Checked`)."""
    return list(getattr(checked, "remarks", ()))


def implied(read: Iterable[str]) -> list[str]:
    """Return the datasets that others rest on: those that say which outline a code is in.

    Parameters
    ----------
    read : iterable of str
        Datasets that a chapter declares.
    """
    declared = set(read)
    return [name for name in NEEDED if name not in declared] if declared & set(FITTED) else []


def plan_problems(plan: Plan) -> list[Problem]:
    """Return the datasets and modules that the plan names and that do not exist."""
    known = load_sources()
    problems = []
    for chapter, entry in plan.items():
        for source in entry.sources:
            if source not in known:
                near = difflib.get_close_matches(source, known, n=1)
                hint = f"vouliez-vous « {near[0]} » ?" if near else "corriger ce nom"
                problems.append(
                    _unknown(f"{chapter}.sources", source, "un jeu de données du registre", hint)
                )
        problems += [
            _unknown(f"{chapter}.modules", name, "un module du projet", "corriger ce nom")
            for name in entry.modules
            if importlib.util.find_spec(name) is None
        ]
    return problems


def _unknown(place: str, value: str, expected: str, remedy: str) -> Problem:
    return Problem(PLAN_FILE, f"clé {place}", value, expected, remedy)
