"""Can this report be made? Settings and inputs are all read before any notebook runs.

All the problems of all the files come out together, then the joins between them are checked: two
files that are each well formed may still speak of two geographies.
"""

from __future__ import annotations

from typing import Any

from diagalim.indicators import check_weights, load_indicators
from diagalim.problems import InputError, Problem
from diagalim.sources.reading import read
from diagalim.sources.registry import find, load_sources, missing
from diagalim.territory import Territory

JOINED = (
    "filosofi_iris",
    "recensement_population",
    "recensement_menages",
    "recensement_logement",
    "population_iris",
    "caf_rsa",
    "sans_voiture",
    "deplacements",
    "appartenance_iris",
)
"""Datasets keyed by IRIS: their codes must be those of the outlines."""


def check_inputs(territory: Territory) -> list[Problem]:
    """Read every input of a study and return all that is wrong, in French.

    A required dataset without a file is a problem; an optional one is not, since the chapters say
    what they miss.
    """
    problems = check_weights(territory, load_indicators())
    tables: dict[str, Any] = {}
    for source_id, source in load_sources().items():
        if find(source_id, territory) is None:
            if source.obligatoire:
                problems.append(missing(source_id, territory))
            continue
        try:
            tables[source_id], _ = read(source_id, territory)
        except InputError as error:
            problems += error.problems
    problems += check_population(territory)
    return problems + check_geography(tables, territory)


def check_population(territory: Territory) -> list[Problem]:
    """Return a problem when no file at hand gives the inhabitants of the IRIS."""
    last = None
    for part in load_indicators().population:
        found = find(part.source, territory)
        if found and part.format in (None, found.pattern.format):
            return []
        last = part.source
    return [missing(last, territory)]


def check_geography(tables: dict[str, Any], territory: Territory) -> list[Problem]:
    """Return the codes of each IRIS table that no outline carries.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Tables read, by dataset.
    territory : Territory
        The study; focus communes must have IRIS.
    """
    if "contours_iris" not in tables:
        return []
    outlines = tables["contours_iris"]
    problems = []
    for source_id in [name for name in JOINED if name in tables]:
        table = tables[source_id]
        codes = table["code"] if "code" in table.columns else table.index.to_series()
        unknown = sorted(set(codes) - set(outlines.index))
        if unknown:
            problems.append(
                Problem(
                    find(source_id, territory).path.name,
                    f"{len(unknown)} code{'s' if len(unknown) > 1 else ''} d'IRIS",
                    ", ".join(unknown[:3]),
                    f"des codes présents dans les contours ({len(outlines)} IRIS)",
                    "prendre des fichiers de la même géographie (année du découpage) ou passer "
                    "par la table de passage de l'Insee",
                )
            )
    lost = [
        commune.nom
        for commune in territory.communes_focus
        if not outlines["commune"].isin(commune.codes).any()
    ]
    if lost:
        problems.append(
            Problem(
                territory.file,
                "clé communes_focus",
                ", ".join(lost),
                "des communes présentes dans les contours",
                "corriger le code de la commune, ou la liste de ses arrondissements",
            )
        )
    return problems
