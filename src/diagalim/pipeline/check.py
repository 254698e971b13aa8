"""Can this report be made? Settings and inputs are all read before any notebook runs.

All the problems of all the files come out together, then the joins between them are checked: two
files that are each well formed may still speak of two geographies.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from diagalim.collected.inputs import check_collected
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory import Territory
from diagalim.settings.weights import check_weights
from diagalim.sources.check_recipes import check_recipes, unknown_datasets
from diagalim.sources.datasets import read
from diagalim.sources.division import Division
from diagalim.sources.official.affiliations import NO_EPCI, epci_names
from diagalim.sources.places.geography import (
    check_coverage,
    check_districts,
    check_geography,
    check_truncated,
)
from diagalim.sources.places.left_out import left_out, unknown_places
from diagalim.sources.places.places import check_places
from diagalim.sources.registry import find, load_sources, missing
from diagalim.sources.studies import check_documents, check_study
from diagalim.sources.vintages import check_vintages
from diagalim.wording.problems import InputError, Problem

WHERE_IRIS_BELONG = "appartenance_iris"
WHO_FORMS_AN_EPCI = "epci"


class Checked(list[Problem]):
    """All that is wrong with the inputs of a study.

    Attributes
    ----------
    remarks : list of str
        What is not wrong and must be known: rows left out, codes followed, places without a row.
    """

    def __init__(self, problems: Iterable[Problem], remarks: Iterable[str] = ()) -> None:
        super().__init__(dict.fromkeys(problems))
        self.remarks = list(remarks)


def check_inputs(territory: Territory) -> Checked:
    """Read every input of a study and return all that is wrong, in French.

    A required dataset without a file is a problem; an optional one is not, since the chapters say
    what they miss.
    """
    registry = load_indicators()
    problems = check_weights(territory, registry)
    problems += check_study(territory) + check_documents()
    if unknown := unknown_datasets(registry):  # nothing can be looked for under such a name
        return Checked(problems + unknown)
    tables: dict[str, Any] = {}
    divisions: dict[str, Division] = {}
    for source_id, source in load_sources().items():
        try:
            if find(source_id, territory) is not None:
                tables[source_id], found = read(source_id, territory)
                divisions[source_id] = found.division
            elif source.obligatoire:
                problems.append(missing(source_id, territory))
        except InputError as error:
            problems += error.problems
    problems += check_recipes(registry, tables, territory)
    problems += check_population(territory)
    problems += check_inhabitants(tables, territory)
    problems += check_places(territory)
    problems += check_geography(tables, divisions, territory)
    whole = (WHERE_IRIS_BELONG, population_dataset(territory))
    problems += check_coverage(tables, territory, whole)
    problems += check_truncated(tables, divisions, territory)
    problems += check_districts(tables, territory)
    problems += check_epci(tables, territory)
    outlines = tables.get("contours_iris")
    communes = None if outlines is None else set(outlines["commune"])
    problems += check_collected(territory, communes)
    remarks = left_out(divisions, territory) + unknown_places(tables, whole, territory)
    # a required dataset of an unknown vintage is found twice
    return Checked(check_vintages(territory) + problems, remarks)


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


def check_inhabitants(tables: dict[str, Any], territory: Territory) -> list[Problem]:
    """Return the IRIS whose inhabitants are not a number that can be, and a file without anybody.

    Every rate and every total rests on them; an empty cell is not nobody.
    """
    source_id = population_dataset(territory)
    if source_id not in tables:
        return []
    part = next(part for part in load_indicators().population if part.source == source_id)
    found = find(source_id, territory)
    columns = [name.format(aa=f"{found.vintage % 100:02d}") for name in part.colonnes]
    table = tables[source_id]
    people = table[table["variable"].isin(columns)]
    place = f"colonne {', '.join(columns)}"
    checks = (
        (people["valeur"].isna(), "vide", "un nombre d'habitants pour chaque IRIS"),
        (people["valeur"] < 0, "valeur négative", "un nombre d'habitants, 0 au moins"),
    )
    problems = [
        Problem(
            found.path.name,
            f"{place}, {mask.sum()} IRIS dont {people.loc[mask, 'code'].iloc[0]}",
            seen,
            expected,
            "reprendre le fichier complet du producteur",
        )
        for mask, seen, expected in checks
        if mask.any()
    ]
    if not problems and people["valeur"].sum() == 0:
        problems.append(
            Problem(
                found.path.name,
                place,
                f"0 habitant dans les {len(people)} IRIS",
                "des habitants",
                "reprendre le fichier du producteur : ses valeurs ont été perdues",
            )
        )
    return problems


def check_epci(tables: dict[str, Any], territory: Territory) -> list[Problem]:
    """Return the EPCI of the files that nothing names, and those named that no file holds.

    The IRIS of the former would be left out of the figures by EPCI, which would then not add up;
    the latter have a code of another year, or a slip of the pen.
    """
    if WHERE_IRIS_BELONG not in tables:
        return []
    here = tables[WHERE_IRIS_BELONG]
    if "contours_iris" in tables:
        here = here[here.index.isin(tables["contours_iris"].index)]
    names = epci_names(tables.get(WHO_FORMS_AN_EPCI), territory.epci)
    file = find(WHERE_IRIS_BELONG, territory).path.name
    listed = tables.get(WHO_FORMS_AN_EPCI)
    nowhere = [] if listed is None else sorted(set(territory.epci) - set(listed["epci"]))
    unnamed = here[here["epci"].notna() & ~here["epci"].isin([*names, NO_EPCI])]
    wrong = [
        Problem(
            territory.file,
            "clé epci",
            f"{code} ({territory.epci[code]})",
            "un EPCI qui a une commune ici, d'après la composition de l'Insee",
            "corriger ce code d'après la liste de l'Insee, ou supprimer la ligne",
        )
        for code in nowhere
    ]
    return wrong + [
        Problem(
            territory.file,
            "clé epci",
            f"{code} non nommé",
            f"un nom pour cet EPCI, présent dans {file} "
            f"({len(rows)} IRIS, dont {rows['nom_commune'].iloc[0]})",
            f'ajouter la ligne "{code}": nom de l\'intercommunalité, ou déposer le classeur de '
            "l'Insee (jeu « epci » du registre), qui les nomme toutes",
        )
        for code, rows in unnamed.groupby("epci")
    ]
