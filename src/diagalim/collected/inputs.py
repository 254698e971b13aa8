"""Which collected inputs does a study have, and is each of them what it should be?

A territory file names them under ``collecte:``; a study that names none has none, and nothing is
said to be missing. The fictitious department has its own folder and a real territory never looks
there: a made-up answer cannot pass for a collected one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from diagalim.collected.coordination import COORDINATION, read_coordination
from diagalim.collected.inventory.gather import DATA_INCLUSION, OSM, SOLIGUIDE, read_tool
from diagalim.collected.reports.reporting import Report, read_report
from diagalim.collected.survey.answers import read_survey
from diagalim.settings.territory import Territory
from diagalim.sources.schemas import collected_schema
from diagalim.sources.tables.collected import read_collected, unopened_problem
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import InputError, Problem
from diagalim.workspace.paths import project_root

TABLES = ("base_contacts", "habilitations", "entretiens", "segments", "groupes")
"""Inputs that are one CSV, in an order such that foreign keys find what they name."""
PARTNER_LIST, REPORTS, SURVEY = "tableur_partenaire", "remontee", "enquete"
REPORT_KEY = ["id_site", "periode", "type_aide"]


def collected_dir(territory: Territory) -> Path:
    """Return the folder of what was collected for a study."""
    if territory.nature == "synthétique":
        return project_root() / "data" / "exemple" / "collecte"
    return project_root() / "data" / "collecte" / territory.code


def collected_files(name: str, territory: Territory) -> list[Path]:
    """Return the files (or folder) of a collected input that are there, sorted by name.

    Parameters
    ----------
    name : str
        Key of ``collecte:`` in the territory file.
    """
    pattern = territory.collecte.get(name)
    if pattern is None:
        return []
    found = sorted(collected_dir(territory).glob(pattern))
    return [path for path in found if not path.name.startswith(("~$", "."))]  # opened in Excel


def check_collected(territory: Territory, communes: Collection[str] | None = None) -> list[Problem]:
    """Read every collected input that is there and return all that is wrong.

    Parameters
    ----------
    territory : Territory
        The study.
    communes : collection of str, optional
        Codes of its communes (arrondissements where there are any), when they are known.
    """
    problems: list[Problem] = []
    tables: dict[str, pd.DataFrame] = {}
    for name in TABLES:
        for path in _single(name, territory, problems):
            table = _tried(
                lambda p=path, n=name: read_collected(p, collected_schema(n), tables),
                path,
                problems,
            )
            if table is not None:
                tables[name] = table
    partner = collected_schema(PARTNER_LIST)
    for path in _single(PARTNER_LIST, territory, problems):
        _tried(lambda p=path: read_report(p, partner, communes), path, problems)
    for name in (SOLIGUIDE, OSM):
        for path in _single(name, territory, problems):
            _tried(lambda p=path, n=name: read_tool(n, [p]), path, problems)
    if export := collected_files(DATA_INCLUSION, territory):
        _tried(lambda: read_tool(DATA_INCLUSION, export), export[0], problems)
    if "base_contacts" in tables:
        for path in _single(SURVEY, territory, problems):
            _tried(lambda p=path: read_survey(p, tables["base_contacts"]), path, problems)
    together = {name: _single(name, territory, problems) for name in COORDINATION}
    _tried(lambda: read_coordination(together, territory), collected_dir(territory), problems)
    reports: dict[str, Report] = {}
    schema = collected_schema(REPORTS)
    for path in collected_files(REPORTS, territory):
        report = _tried(lambda p=path: read_report(p, schema, communes), path, problems)
        if report is not None:
            reports[path.name] = report
    return problems + _sent_twice(reports)


def read_one(name: str, files: Sequence[Path]) -> pd.DataFrame:
    """Read an input that is one CSV; without a file, its columns and no row.

    Parameters
    ----------
    name : str
        One of `TABLES`.
    files : sequence of Path
        From `collected_files`.

    Raises
    ------
    InputError
        Everything wrong with the file.
    """
    schema = collected_schema(name)
    if files:
        return read_collected(files[0], schema)
    return pd.DataFrame(columns=[field["name"] for field in schema["fields"]])


def read_reports(territory: Territory) -> dict[str, Report]:
    """Read the reporting sheets of a study: what each says and what was mended, by file name.

    Raises
    ------
    InputError
        Everything wrong in all of them.
    """
    return read_report_files(collected_files(REPORTS, territory))


def read_remarks(
    territory: Territory, names: Mapping[str, str] | None = None
) -> dict[str, list[str]]:
    """Return what was mended, hidden or left out in the workbooks of a study, by file name.

    Parameters
    ----------
    names : mapping of str to str, optional
        Name of each commune of the territory, by code, when they are known.

    Raises
    ------
    InputError
        Everything wrong in all of them.
    """
    read = read_partner(territory, names) | read_reports(territory)
    return {name: found.remarks for name, found in read.items()}


def read_partner(territory: Territory, names: Mapping[str, str] | None) -> dict[str, Report]:
    """Read the list of a partner, when there is one: what it says and what was mended, by file.

    Parameters
    ----------
    names : mapping of str to str or None
        Name of each commune of the territory, by code, when they are known.

    Raises
    ------
    InputError
        Everything wrong in it.
    """
    schema = collected_schema(PARTNER_LIST)
    paths = collected_files(PARTNER_LIST, territory)
    return {path.name: read_report(path, schema, names) for path in paths}


def read_report_files(paths: Iterable[Path]) -> dict[str, Report]:
    """Read some reporting sheets: what each says and what was mended, by file name.

    Raises
    ------
    InputError
        Everything wrong in all of them.
    """
    problems: list[Problem] = []
    schema = collected_schema(REPORTS)
    reports = {
        path.name: _tried(lambda p=path: read_report(p, schema), path, problems) for path in paths
    }
    if problems:
        raise InputError(problems)
    return reports


def _single(name: str, territory: Territory, problems: list[Problem]) -> list[Path]:
    """Return the one file of an input; several are a problem, none is not."""
    files = collected_files(name, territory)
    if len(files) > 1:
        problems.append(
            Problem(
                ", ".join(path.name for path in files),
                f"collecte « {name} »",
                f"{len(files)} fichiers",
                "un seul fichier",
                f"garder le bon, ou préciser collecte.{name} dans {territory.file}",
            )
        )
        return []
    return files


def _tried(read: Callable[[], Any], path: Path, problems: list[Problem]) -> Any:
    """Return what a reader gives, or nothing and its problems added to the others."""
    try:
        return read()
    except InputError as error:
        problems += error.problems
    except OSError:  # a folder under the name of a file, a file without permission, a missing part
        problems.append(unopened_problem(path))
    return None


def _sent_twice(reports: dict[str, Report]) -> list[Problem]:
    """Lines that two files report: a sheet sent again under another name would count twice."""
    if len(reports) < 2:
        return []
    lines = pd.concat(
        [report.table[REPORT_KEY].assign(fichier=name) for name, report in reports.items()]
    )
    twice = lines[lines.duplicated(REPORT_KEY, keep=False)]
    return shortened(
        [
            Problem(
                ", ".join(sorted(set(rows["fichier"]))),
                "entre deux fichiers",
                " · ".join(key),
                "un lieu, une période et un type d'aide une seule fois",
                "retirer la fiche remplacée",
            )
            for key, rows in twice.groupby(REPORT_KEY)
        ]
    )
