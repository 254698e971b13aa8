"""Does a territory file name places that exist: communes, *arrondissements*, region, departments?

Checked against Insee's list of communes when it is at hand, and against the departments that the
project knows. A city followed under a code of another year would have no IRIS, and a region short
of a department another rate.
"""

from __future__ import annotations

import difflib

from diagalim.analysis.geo.commune_codes import Cog, follow
from diagalim.settings.codes import CITIES_IN_DISTRICTS
from diagalim.settings.territory import FocusCommune, Territory
from diagalim.sources.official.commune_lists import cog_at_hand
from diagalim.sources.official.departments import load_departments
from diagalim.wording.problems import InputError, Problem


def check_places(territory: Territory) -> list[Problem]:
    """Return every code of the territory file that is not what Insee says.

    The EPCI are compared with the files themselves (`diagalim.pipeline.check.check_epci`).
    """
    problems = [] if territory.nature == "synthétique" else _region(territory)
    try:
        cog = cog_at_hand(territory)
    except InputError:  # said where the list itself is read
        return problems
    for number, commune in enumerate(territory.communes_focus):
        place = f"clé communes_focus.{number}"
        if cog is not None:
            problems += _unknown(commune, place, cog, territory)
        official = CITIES_IN_DISTRICTS.get(commune.code, ())
        lost = sorted(set(official) - set(commune.arrondissements))
        if lost:
            problems.append(
                Problem(
                    territory.file,
                    f"{place}.arrondissements",
                    f"{len(commune.arrondissements)} sur {len(official)} (sans {lost[0]})",
                    f"les {len(official)} arrondissements de {commune.nom}, de {official[0]} à "
                    f"{official[-1]}",
                    "compléter la liste : les fichiers ne connaissent cette ville que par eux",
                )
            )
    return problems


def _unknown(commune: FocusCommune, place: str, cog: Cog, territory: Territory) -> list[Problem]:
    problems = []
    for code in [commune.code, *commune.arrondissements]:
        if code not in cog.names:
            problems.append(
                Problem(
                    territory.file,
                    place,
                    code,
                    "le code d'une commune ou d'un arrondissement du code officiel géographique",
                    _instead(code, commune.nom, cog),
                )
            )
    return problems


def _instead(code: str, name: str, cog: Cog) -> str:
    now = follow([code], cog)[code]
    if now is not None:
        return f"cette commune est aujourd'hui dans {cog.names[now]} : écrire {now}"
    named = {label: known for known, label in cog.names.items()}
    near = difflib.get_close_matches(name, named, n=1)
    if near:
        return f"corriger ce code ; {near[0]} a le code {named[near[0]]}"
    return "corriger ce code d'après la liste des communes de l'Insee"


def _region(territory: Territory) -> list[Problem]:
    departments = load_departments()
    own = departments.get(territory.code)
    if own is None:
        return []
    problems = []
    if territory.region.code != own.region:
        problems.append(
            Problem(
                territory.file,
                "clé region.code",
                territory.region.code,
                f"{own.region}, la région {own.region_nom}",
                "corriger ce code : la région sert de comparaison",
            )
        )
    official = {other.code for other in departments.values() if other.region == own.region}
    given = set(territory.region.departements)
    if given != official:
        wrong = [f"sans {code}" for code in sorted(official - given)]
        wrong += [f"{code} en trop" for code in sorted(given - official)]
        problems.append(
            Problem(
                territory.file,
                "clé region.departements",
                ", ".join(wrong),
                f"les départements de la région {own.region_nom} : {', '.join(sorted(official))}",
                "corriger la liste : le taux de la région est calculé sur ces départements",
            )
        )
    return problems
