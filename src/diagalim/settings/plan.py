"""What each chapter reads: the plan of the report, ``data/chapters.yml``, read and checked.

The build decides from this plan what a change re-runs, and a notebook may read nothing else than
its entry declares. A forgotten line would show a stale figure, so an unknown key is refused.
"""

from __future__ import annotations

from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from diagalim.settings.checked_yaml import load_checked_yaml, problems_of, read_settings
from diagalim.wording.problems import Problem, raise_if_any
from diagalim.workspace.paths import project_root

PLAN_FILE = "data/chapters.yml"
FIRST_PARAMETER = "territoire"

ChapterName = Annotated[str, StringConstraints(pattern=r"^[0-9a-z_]+$")]


class ChapterPlan(BaseModel):
    """What one notebook reads and which parameters it takes.

    Attributes
    ----------
    sources : list of str
        Datasets of ``data/sources.yml``.
    exige : list of str, or of lists of str
        Those of ``sources`` and ``collecte`` without which the chapter is not computed: the
        pipeline writes its page, « Non disponible ». A list in the list: one of these is enough.
    territoire : list of str
        Top-level keys of the territory file.
    lit : list of str
        Chapters whose results are read.
    modules : list of str
        Modules of the package that the notebook imports.
    collecte : list of str
        Collected inputs: keys under ``collecte`` in the territory file.
    donnees : list of str
        Files of the project that are read, from the project root; ``*`` stands for several.
    parametres : list of str
        Parameters of the notebook, ``territoire`` first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: list[str] = []
    exige: list[str | list[str]] = []
    territoire: list[str] = []
    lit: list[ChapterName] = []
    modules: list[str] = []
    collecte: list[str] = []
    donnees: list[str] = []
    parametres: list[str] = Field(default=[FIRST_PARAMETER], min_length=1)

    @property
    def required(self) -> list[tuple[str, ...]]:
        """Each required input with those that would do as well."""
        return [(one,) if isinstance(one, str) else tuple(one) for one in self.exige]


Plan = dict[str, ChapterPlan]
"""Chapters by name, in the order of the file."""


def load_plan(path: Path | None = None) -> Plan:
    """Read and check the plan of the report.

    Parameters
    ----------
    path : Path, optional
        Another file than ``data/chapters.yml`` of the project.

    Raises
    ------
    InputError
        With every unknown key, every chapter that reads an unknown chapter, and every circle.
    """
    file = path or project_root() / PLAN_FILE
    return dict(_parse_plan(read_settings(file, PLAN_FILE)))


@lru_cache
def _parse_plan(text: str) -> Plan:
    """Check the text of a plan; the faults of all its chapters come together."""
    plan: Plan = {}
    problems: list[Problem] = []
    for name, entry in load_checked_yaml(text, PLAN_FILE).items():
        try:
            plan[str(name)] = ChapterPlan.model_validate({} if entry is None else entry)
        except ValidationError as error:
            problems += problems_of(error, PLAN_FILE, ChapterPlan, under=[name])
    raise_if_any(problems)
    raise_if_any(_check_reading(plan))
    return plan


def datasets_read(plan: Plan) -> set[str]:
    """Return the official datasets that some chapter reads, there or not."""
    return {source for entry in plan.values() for source in entry.sources}


def reading_order(plan: Plan) -> list[str]:
    """Return the chapters so that each comes after those that it reads.

    Raises
    ------
    ValueError
        When chapters read each other in a circle.
    """
    sorter = TopologicalSorter({name: entry.lit for name, entry in plan.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = ", ".join(reversed(error.args[1]))  # each reads the next
        raise ValueError(f"chapitres qui se lisent en cercle : {circle}") from error
    order: list[str] = []
    while sorter.is_active():
        ready = sorter.get_ready()
        order += sorted(ready, key=list(plan).index)
        sorter.done(*ready)
    return order


def _check_reading(plan: Plan) -> list[Problem]:
    problems = []
    for name, entry in plan.items():
        for upstream in entry.lit:
            if upstream not in plan:
                known = ", ".join(plan)
                problems.append(
                    _problem(f"{name}.lit", upstream, f"un chapitre du plan : {known}", "corriger")
                )
        read = [*entry.sources, *entry.collecte]
        problems += [
            _problem(
                f"{name}.exige",
                required,
                "un jeu de « sources » ou une entrée de « collecte » de ce chapitre",
                "l'y ajouter, ou corriger ce nom",
            )
            for names in entry.required
            for required in names
            if required not in read
        ]
        if entry.parametres[0] != FIRST_PARAMETER:
            problems.append(
                _problem(
                    f"{name}.parametres",
                    entry.parametres[0],
                    f"« {FIRST_PARAMETER} » en premier",
                    "le placer en tête de liste",
                )
            )
    if not problems:
        try:
            reading_order(plan)
        except ValueError as circle:
            problems.append(_problem("lit", str(circle), "aucun cercle", "retirer une lecture"))
    return problems


def _problem(place: str, value: str, expected: str, remedy: str) -> Problem:
    return Problem(PLAN_FILE, f"clé {place}", value, expected, remedy)
