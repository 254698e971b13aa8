"""Does a territory file ask for datasets and vintages that the registry knows?

A misspelt dataset would be read at its latest vintage, an unknown vintage of an optional one would
be left out, both without a word.
"""

from __future__ import annotations

import difflib

from diagalim.settings.territory import Territory
from diagalim.sources.registry import REGISTRY_FILE, load_sources, missing
from diagalim.wording.problems import Problem


def check_vintages(territory: Territory) -> list[Problem]:
    """Return every dataset and every vintage of the territory file that the registry lacks."""
    sources = load_sources()
    problems = []
    for name, vintage in territory.millesimes.items():
        if name not in sources:
            problems.append(_unknown(territory.file, name, list(sources)))
        elif sources[name].edition(vintage) is None:
            problems.append(missing(name, territory))
    return problems


def _unknown(file: str, name: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"vouliez-vous « {near[0]} » ? sinon " if near else ""
    return Problem(
        file,
        f"clé millesimes.{name}",
        name,
        f"un jeu de données de {REGISTRY_FILE} : {', '.join(known)}",
        f"{hint}supprimer ou renommer cette clé",
    )
