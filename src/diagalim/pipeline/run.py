"""How a territory becomes a site: check the inputs, run what changed, publish the whole."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Collection
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from diagalim import __version__
from diagalim.pipeline.availability import implied, plan_problems, remarks_of, unavailable
from diagalim.pipeline.engine import Outcome, carry_out
from diagalim.pipeline.parameters import parameter_problems, run_parameters
from diagalim.pipeline.progress import Journal
from diagalim.pipeline.required_inputs import COLLECTED, lacking
from diagalim.pipeline.tasks import ChapterJob, SiteJob, SourceFile, chapter_task, site_task
from diagalim.settings.plan import Plan, datasets_read, load_plan, reading_order
from diagalim.site.publication import recover
from diagalim.site.staging import SiteFacts
from diagalim.site.vendor import ensure_vendor
from diagalim.wording import french
from diagalim.wording.failures import BuildFailure
from diagalim.wording.problems import Problem, raise_if_any
from diagalim.workspace.build_id import new_ticket
from diagalim.workspace.build_lock import sole_build
from diagalim.workspace.folders import Folders
from diagalim.workspace.paths import data_dirs, project_root
from diagalim.workspace.results import are_whole

CODE = ("src", "notebooks", "book", "scripts", "_config.yml", "_toc.yml")
"""What the version of the code speaks of."""

REPUBLISHED = (
    "Données officielles reprises de sources secondaires\u00a0; à recalculer sur les fichiers des "
    "producteurs avant tout usage"
)
"""Banner of a report that does not rest on the producers' own files."""

FICTITIOUS = "Département fictif\u00a0: lieux et chiffres inventés, pour apprendre et pour essayer"
"""Banner of the fictitious department, where every figure is synthetic."""

TRIAL_MARK = "ESSAI.txt"
"""File that `scripts/make_department.py` leaves among the files it makes up."""
TRIAL = "Essai\u00a0: fichiers inventés, aucun lieu ni chiffre réel"
"""Banner of a report built on made-up files under the code of a real department."""

REMINDERS = {FICTITIOUS: "Données fictives", TRIAL: "Données inventées"}
"""What stays in sight when the banner is scrolled away: only where nothing shown is real."""


def _load_territory(code: str) -> Any:
    from diagalim.settings.territory_file import load_territory

    return load_territory(code)


def _check_inputs(territory: Any) -> list[Problem]:
    from diagalim.pipeline.check import check_inputs

    return check_inputs(territory)


def _find_source(source_id: str, territory: Any) -> SourceFile:
    from diagalim.sources.registry import find, load_sources
    from diagalim.sources.schemas import schema_text

    found = find(source_id, territory)
    source = load_sources()[source_id]
    entry = source.model_dump_json()
    if found is None:
        return SourceFile(source_id, None, entry, reader=source.lecteur)
    # the columns that are read are part of what a chapter rests on
    dated = f"{found.vintage} {entry} {schema_text(source_id, found.pattern.format)}"
    return SourceFile(source_id, found.path, dated, found.nature, source.lecteur)


def _find_collected(name: str, territory: Any) -> list[SourceFile]:
    from diagalim.collected.inputs import collected_files

    found = [path for place in collected_files(name, territory) for path in _inside(place)]
    nature = "synthétique" if territory.nature == "synthétique" else "collecté"
    # the name only: a study moved to another folder is not another study
    kind = COLLECTED.format(name=name)
    return [SourceFile(f"{kind}{path.name}", path, "", nature) for path in found]


def _inside(place: Path) -> list[Path]:
    return (
        sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else [place]
    )


def _local_workers(n_workers: int) -> Executor:
    # loky takes a while to import, which `diagalim --help` should not pay
    from loky import get_reusable_executor

    return get_reusable_executor(max_workers=n_workers)


@dataclass(frozen=True)
class Inputs:
    """Where a build learns about its territory and its files, and who does the work.

    ``workers`` may be another pool of processes, as that of a Dask cluster
    (``lambda n: Client(address).get_executor()``).
    """

    load_territory: Callable[[str], Any] = _load_territory
    check_inputs: Callable[[Any], list[Problem]] = _check_inputs
    find_source: Callable[[str, Any], SourceFile] = _find_source
    find_collected: Callable[[str, Any], list[SourceFile]] = _find_collected
    unavailable: Callable[[Any, Plan], list[str]] = unavailable
    plan_problems: Callable[[Plan], list[Problem]] = plan_problems
    fetch_vendor: Callable[[Path], bool] = ensure_vendor
    workers: Callable[[int], Executor] = _local_workers


def build_report(
    code: str,
    *,
    only: Collection[str] = (),
    force: bool = False,
    journal: Journal | None = None,
    inputs: Inputs | None = None,
) -> Outcome:
    """Build and publish the report of a territory.

    Parameters
    ----------
    code : str
        The territory.
    only : collection of str
        Run these chapters and those they read, and publish nothing.
    force : bool
        Do everything again.
    journal : Journal, optional
        Where progress is shown.
    inputs : Inputs, optional
        Other readers of the territory and of its files.

    Raises
    ------
    InputError
        When an input or a setting is wrong; nothing has been written then.
    BuildFailure
        When a chapter or the site fails, or another build of the territory is under way; the last
        good site is still there. Chapters alone wait for the other build to end: a notebook
        may ask for it while the report is made.
    """
    given = inputs or Inputs()
    told = journal or Journal()
    root = project_root()
    folders = Folders(root, code)
    plan = load_plan()
    territory = given.load_territory(code)
    told.say("Contrôle des données d'entrée…")
    checked = given.check_inputs(territory)
    raise_if_any(
        given.plan_problems(plan) + parameter_problems(plan, folders, territory.chapitres) + checked
    )
    for line in given.unavailable(territory, plan) + remarks_of(checked):
        told.say(line)
    parameters = run_parameters(plan, code, territory.chapitres)
    with sole_build(folders, wait=bool(only)):
        recover(folders)
        ticket = new_ticket(folders)
        _forget_what_is_not_whole(folders, plan)
        wanted = upstream(plan, *only) if only else list(plan)
        tasks = []
        for chapter in reading_order(plan):
            if chapter in wanted:
                reads = tuple(plan[chapter].lit)
                job = ChapterJob(root, code, chapter, parameters[chapter], reads, ticket)
                tasks.append(_chapter_task(job, plan, territory, given))
        if not only:
            if given.fetch_vendor(folders.vendor):
                told.say("Composants du site téléchargés.")
            banner = warning_of(plan, territory, given.find_source)
            foot = page_foot(plan, territory, given.find_source, root)
            reminder = REMINDERS.get(banner, "")
            facts = SiteFacts(territory.titre, territory.nature, foot, banner, reminder)
            tasks.append(site_task(SiteJob(root, code, tuple(plan), facts, ticket)))
        with told:
            return carry_out(tasks, folders, force, told, given.workers)


def upstream(plan: Plan, *chapters: str) -> list[str]:
    """Return chapters and all those whose results they rest on.

    Raises
    ------
    BuildFailure
        When the plan has no such chapter.
    """
    for chapter in chapters:
        if chapter not in plan:
            raise BuildFailure(f"Chapitre inconnu : « {chapter} ». Connus : {', '.join(plan)}.")
    found = list(chapters)
    for name in found:
        found += [other for other in plan[name].lit if other not in found]
    return found


def _forget_what_is_not_whole(folders: Folders, plan: Plan) -> None:
    """Drop half-done work, results that their list contradicts, and chapters that have left."""
    shutil.rmtree(folders.running, ignore_errors=True)
    for left in (*folders.executed.glob("*.ipynb"), *folders.results.glob("*")):
        if left.stem not in plan:
            left.unlink() if left.is_file() else shutil.rmtree(left)
    for chapter in plan:
        manifest = folders.manifest(chapter)
        if manifest.is_file() and not are_whole(manifest.parent):
            manifest.unlink()


def _chapter_task(job: ChapterJob, plan: Plan, territory: Any, inputs: Inputs) -> Any:
    read = plan[job.chapter].sources
    sources = [inputs.find_source(source, territory) for source in (*read, *implied(read))]
    for name in plan[job.chapter].collecte:
        sources += inputs.find_collected(name, territory)
    there = [source.id for source in sources if source.path is not None]
    job = replace(job, lacking=lacking(plan[job.chapter], there))
    return chapter_task(job, plan, territory.model_dump(), sources)


def warning_of(plan: Plan, territory: Any, find_source: Callable[[str, Any], SourceFile]) -> str:
    """Return the banner of every page: fictitious territory, or files not from their producers."""
    if getattr(territory, "nature", "") == "synthétique":
        return FICTITIOUS
    if any((folder / TRIAL_MARK).is_file() for folder in data_dirs()):
        return TRIAL
    natures = {find_source(source, territory).nature for source in sorted(datasets_read(plan))}
    return REPUBLISHED if "repris" in natures else ""


def page_foot(
    plan: Plan, territory: Any, find_source: Callable[[str, Any], SourceFile], root: Path
) -> tuple[str, ...]:
    """Return the lines of the page foot: edition, years of the files read, version of the code.

    A vintage that is asked for and whose file is not there dates nothing.
    """
    wanted, read = getattr(territory, "millesimes", {}), datasets_read(plan)
    found = [source for source in wanted if source in read and find_source(source, territory).path]
    years = sorted(wanted[source] for source in found)
    span = f"{years[0]} à {years[-1]}" if years else "non précisés"
    return (
        f"{territory.titre}. Édition de {french.edition(territory.edition)}.",
        f"Millésimes des fichiers lus : {span} ; celui de chaque chiffre est donné sous sa figure.",
        f"Version du code : {code_version(root)}.",
    )


def code_version(root: Path) -> str:
    """Return the version of the code: of the checkout when there is one, else of the package.

    A change of settings is not a change of code: a weight must not change the foot of every page.
    """
    described = _git(root, "describe", "--always")
    if not described:
        return __version__
    changed = _git(root, "status", "--porcelain", "--", *CODE)
    return f"{__version__} ({described}{'-modifié' if changed else ''})"


def _git(root: Path, *arguments: str) -> str:
    """Return what git says, empty without git or outside a checkout."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except FileNotFoundError:  # git is not installed
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
