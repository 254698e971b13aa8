"""Can this report be made? Settings and inputs are all read before any notebook runs.

All the problems of all the files come out together, then the joins between them are checked: two
files that are each well formed may still speak of two geographies.
"""

from __future__ import annotations

from typing import Any

from diagalim.indicators import check_weights, load_indicators
from diagalim.problems import InputError, Problem
from diagalim.sources.affiliations import NO_EPCI, epci_names
from diagalim.sources.collected.inputs import check_collected
from diagalim.sources.reading import read
from diagalim.sources.registry import find, load_sources, missing
from diagalim.sources.vintages import check_vintages
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

WHERE_IRIS_BELONG = "appartenance_iris"
WHO_FORMS_AN_EPCI = "epci"

SHOWN_CODES = 3


DWELLINGS = (
    "filosofi_iris",
    "recensement_population",
    "recensement_menages",
    "recensement_logement",
)
"""Datasets with a row for every dwelling IRIS."""
MOST_LOST = 0.05
"""Share of dwelling IRIS that a change of geography may explain (project's convention)."""


def check_inputs(territory: Territory) -> list[Problem]:
    """Read every input of a study and return all that is wrong, in French.

    A required dataset without a file is a problem; an optional one is not, since the chapters say
    what they miss.
    """
    problems = check_weights(territory, load_indicators())
    tables: dict[str, Any] = {}
    for source_id, source in load_sources().items():
        try:
            if find(source_id, territory) is not None:
                tables[source_id], _ = read(source_id, territory)
            elif source.obligatoire:
                problems.append(missing(source_id, territory))
        except InputError as error:
            problems += error.problems
    problems += check_population(territory)
    problems += check_geography(tables, territory)
    problems += check_coverage(tables, territory)
    problems += check_truncated(tables)
    problems += check_epci(tables, territory)
    outlines = tables.get("contours_iris")
    communes = None if outlines is None else set(outlines["commune"])
    problems += check_collected(territory, communes)
    # a required dataset of an unknown vintage is found twice
    return list(dict.fromkeys(check_vintages(territory) + problems))


def check_population(territory: Territory) -> list[Problem]:
    """Return a problem when no file at hand gives the inhabitants of the IRIS."""
    if population_dataset(territory) is not None:
        return []
    return [missing(load_indicators().population[-1].source, territory)]


def population_dataset(territory: Territory) -> str | None:
    """Return the dataset that gives the inhabitants of the IRIS in this study, if any."""
    for part in load_indicators().population:
        try:
            found = find(part.source, territory)
        except InputError:  # two files for one: said when it is read, and not that none is there
            return part.source
        if found and part.format in (None, found.pattern.format):
            return part.source
    return None


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
        unknown = sorted(set(_codes(table)) - set(outlines.index))
        if unknown:
            problems.append(
                Problem(
                    find(source_id, territory).path.name,
                    f"{len(unknown)} code{'s' if len(unknown) > 1 else ''} d'IRIS",
                    ", ".join(unknown[:SHOWN_CODES]),
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


def check_coverage(tables: dict[str, Any], territory: Territory) -> list[Problem]:
    """Return the IRIS of the outlines that a table which must hold them all does not hold.

    Without a row an IRIS has no inhabitants or no EPCI, and drops out of the totals unseen.
    """
    if "contours_iris" not in tables:
        return []
    outlines = tables["contours_iris"]
    problems = []
    for source_id in (WHERE_IRIS_BELONG, population_dataset(territory)):
        if source_id not in tables:
            continue
        lost = sorted(set(outlines.index) - set(_codes(tables[source_id])))
        if lost:
            problems.append(
                Problem(
                    find(source_id, territory).path.name,
                    f"{len(lost)} IRIS des contours sans ligne",
                    ", ".join(lost[:SHOWN_CODES]) + (", …" if len(lost) > SHOWN_CODES else ""),
                    f"une ligne pour chacun des {len(outlines)} IRIS des contours",
                    "reprendre le fichier complet du producteur, de la même géographie (année du "
                    "découpage) que les contours",
                )
            )
    return problems


def check_truncated(tables: dict[str, Any]) -> list[Problem]:
    """Return the tables cut short between two lines: well formed, but with too few dwelling IRIS.

    Every dwelling IRIS (type H) has a row in these files, withheld or not; a few may be lost to a
    change of geography, not one in twenty.
    """
    if "contours_iris" not in tables:
        return []
    outlines = tables["contours_iris"]
    expected = set(outlines.index[outlines["type_iris"] == "H"])
    problems = []
    for source_id in [name for name in DWELLINGS if name in tables]:
        lost = sorted(expected - set(_codes(tables[source_id])))
        if len(lost) > MOST_LOST * len(expected):
            problems.append(
                Problem(
                    load_sources()[source_id].titre,
                    f"{len(lost)} IRIS d'habitat sans ligne sur {len(expected)}",
                    ", ".join(lost[:SHOWN_CODES]) + ", …",
                    "une ligne pour chaque IRIS d'habitat",
                    "le fichier est sans doute tronqué : le télécharger de nouveau en entier",
                )
            )
    return problems


def check_epci(tables: dict[str, Any], territory: Territory) -> list[Problem]:
    """Return the EPCI found in the files that nothing names: the territory file, or Insee's list.

    Its IRIS would be left out of the figures by EPCI, which would then not add up.
    """
    if WHERE_IRIS_BELONG not in tables:
        return []
    here = tables[WHERE_IRIS_BELONG]
    if "contours_iris" in tables:
        here = here[here.index.isin(tables["contours_iris"].index)]
    names = epci_names(tables.get(WHO_FORMS_AN_EPCI), territory.epci)
    unnamed = here[~here["epci"].isin([*names, NO_EPCI])]
    return [
        Problem(
            territory.file,
            "clé epci",
            f"{code} non nommé",
            f"un nom pour cet EPCI, présent dans {find(WHERE_IRIS_BELONG, territory).path.name} "
            f"({len(rows)} IRIS, dont {rows['nom_commune'].iloc[0]})",
            f'ajouter la ligne "{code}": nom de l\'intercommunalité, ou déposer le classeur de '
            "l'Insee (jeu « epci » du registre), qui les nomme toutes",
        )
        for code, rows in unnamed.groupby("epci")
    ]


def _codes(table: Any) -> Any:
    return table["code"] if "code" in table.columns else table.index.to_series()
