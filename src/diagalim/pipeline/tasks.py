"""What has to be done again: the tasks of a build and all that each depends on.

pytask compares each dependency with the last time: files by their content, the rest (parameters,
keys of the territory, digests of code) as values. A chapter depends on what its entry of the plan
declares and on nothing else, so that a change re-runs what it touches and no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pytask import Mark, NodeInfo, PathNode, PythonNode, TaskWithoutPath

from diagalim.pipeline import digests
from diagalim.pipeline.execution import ChapterJob, run_chapter
from diagalim.pipeline.words import problems_of_words
from diagalim.settings.plan import PLAN_FILE, Plan
from diagalim.site.inspection import inspect_site, pages_of, read_toc
from diagalim.site.publication import publish
from diagalim.site.quiet_console import silence
from diagalim.site.staging import SiteFacts, stage, staged_files
from diagalim.site.typesetting import typeset, write_entrance
from diagalim.site.vendor import pinned
from diagalim.sources.division import FITTED, FITTING
from diagalim.wording.failures import BuildFailure
from diagalim.wording.problems import raise_if_any
from diagalim.workspace.build_id import refuse_late_work
from diagalim.workspace.folders import Folders

SITE_TASK = "livre"
CHAPTER_ENGINE = (
    "diagalim.pipeline.execution",
    "diagalim.site.cleaned_notebook",
    "diagalim.pipeline.forked_kernel",
    "diagalim.pipeline.kernel",
    "diagalim.pipeline.required_inputs",
    "diagalim.site.widget_state",
    "diagalim.map.identifiers",
)
SITE_ENGINE = (
    "diagalim.site.staging",
    "diagalim.site.typesetting",
    "diagalim.site.sphinx_extension",
    "diagalim.site.quiet_console",
    "diagalim.site.inspection",
)
"""Parts of the engine that shape what it makes: a change there makes it again."""

SITE_RECORD = "edition.json"
"""Written into the site when it is whole; its presence says that the site is finished."""


@dataclass(frozen=True)
class SourceFile:
    """An official file that a chapter reads, its registry entry, whose file it is, its reader.

    ``reader`` is the dotted name of a function; empty when no code of the package reads the file.
    """

    id: str
    path: Path | None
    entry: str
    nature: str = "officiel"
    reader: str = ""


@dataclass(frozen=True)
class SiteJob:
    """All that making the site needs."""

    root: Path
    code: str
    chapters: tuple[str, ...]
    facts: SiteFacts
    ticket: str = ""

    @property
    def folders(self) -> Folders:
        """Folders of the build that it belongs to."""
        return Folders(self.root, self.code)


def make_site(job: SiteJob) -> None:
    """Stage, typeset, check and publish the site of a territory."""
    folders = job.folders
    stage(folders, list(job.chapters), job.facts)
    typeset(folders)
    silence(folders.made)
    toc = folders.staged / "_toc.yml"
    write_entrance(folders.made, job.facts.title, pages_of(read_toc(toc))[0])
    home = Path.home()
    private = [folders.root, *([home] if home != Path(home.anchor) else [])]
    inspect_site(folders.made, toc, private)
    record = {"titre": job.facts.title, "nature": job.facts.nature, "pied": list(job.facts.foot)}
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folders.made / SITE_RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")
    refuse_late_work(folders, job.ticket)
    publish(folders)


def chapter_task(
    job: ChapterJob,
    plan: Plan,
    territory: Mapping[str, Any],
    sources: list[SourceFile],
    code_base: Path | None = None,
) -> TaskWithoutPath:
    """Return the task that runs one chapter.

    Parameters
    ----------
    job : ChapterJob
        What to run.
    plan : dict of str to ChapterPlan
        The plan; the entry of the chapter says what it depends on.
    territory : mapping
        Content of the territory file; only the declared keys count.
    sources : list of SourceFile
        Its official files.
    code_base : Path, optional
        Folder that holds the package, when it is not the installed one.

    Raises
    ------
    BuildFailure
        When the notebook imports a module that its entry does not declare.
    InputError
        When its words name a fact, a dataset or a schema that there is not.
    """
    entry, folders = plan[job.chapter], job.folders
    imported = digests.imported_by(folders.source(job.chapter))
    hidden = digests.undeclared(imported, entry.modules)
    if hidden:
        raise BuildFailure(
            f"Le carnet {job.chapter} importe {', '.join(hidden)} sans le déclarer. "
            f"À faire : l'ajouter à « modules » du chapitre dans {PLAN_FILE}."
        )
    raise_if_any(problems_of_words(job.chapter, folders, plan))
    files, words = [folders.source(job.chapter)], folders.words(job.chapter)
    files += [words] if words.is_file() else []
    files += [source.path for source in sources if source.path is not None]
    declared = [path for name in entry.donnees for path in _declared(folders.root, name)]
    files += declared
    files += [folders.manifest(upstream) for upstream in entry.lit]
    values = {
        "parametres": dict(job.parameters),
        "territoire": {key: territory[key] for key in entry.territoire},
        "registre": {source.id: source.entry for source in sources},
        # a file taken away from a pattern leaves the others as they were
        "donnees": [path.relative_to(folders.root).as_posix() for path in declared],
        "code": chapter_code(imported, sources, code_base),
        "moteur": digests.own_digest(CHAPTER_ENGINE),
        "manque": job.lacking,
    }
    products = [folders.copy(job.chapter), folders.manifest(job.chapter)]
    task = _task(job.chapter, _run_chapter, job, files, values, products)
    if not any(job.chapter in other.lit for other in plan.values()):
        # nothing waits for it but the site: chapters that others wait for go first
        task.markers.append(Mark("try_last", (), {}))
    return task


def _declared(root: Path, name: str) -> list[Path]:
    """Return a file of the project that a chapter declares, or all those of a pattern."""
    return sorted(root.glob(name)) if "*" in name else [root / name]


def chapter_code(
    imported: Iterable[str], sources: Iterable[SourceFile], base: Path | None = None
) -> str:
    """Return one digest of all the code behind a chapter: what it imports and what reads its files.

    A reader is named by the registry and imported by that name when it is called: no import
    statement leads to it. So is what fits a table to the outlines.
    """
    read = list(sources)
    called = {source.reader.rpartition(".")[0] for source in read if source.reader}
    called |= {FITTING for source in read if source.id in FITTED}
    return digests.digest([*imported, *sorted(called)], base)


def site_task(job: SiteJob) -> TaskWithoutPath:
    """Return the task that makes and publishes the site from the executed chapters."""
    folders = job.folders
    files = [folders.copy(chapter) for chapter in job.chapters]
    # files to download are no part of the executed copies
    files += [folders.manifest(chapter) for chapter in job.chapters]
    files += staged_files(folders.root)
    values = {
        "site": asdict(job.facts),
        "moteur": digests.own_digest(SITE_ENGINE),
        "composants": json.dumps(pinned()),
    }
    return _task(SITE_TASK, _make_site, job, files, values, [folders.site / SITE_RECORD])


def _task(
    name: str, function: Any, job: Any, files: list[Path], values: Any, products: list[Path]
) -> TaskWithoutPath:
    def nodes(paths: list[Path]) -> list[PathNode]:
        return [PathNode.from_path(path) for path in dict.fromkeys(paths)]

    def value(argument: str, content: Any, hashed: bool) -> PythonNode:
        # pytask tells values apart by this information, not by their names
        info = NodeInfo(argument, (), None, name, None)
        return PythonNode(name=f"{name}::{argument}", value=content, hash=hashed, node_info=info)

    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return TaskWithoutPath(
        name=name,
        function=function,
        depends_on={
            "job": value("job", job, False),
            "values": value("values", text, True),
            "files": nodes(files),
        },
        produces={"products": nodes(products)},
    )


def _run_chapter(job: ChapterJob, values: str, files: list[Path], products: list[Path]) -> None:
    """Run a chapter; what pytask passes besides the job only orders the tasks."""
    run_chapter(job)


def _make_site(job: SiteJob, values: str, files: list[Path], products: list[Path]) -> None:
    """Make the site; what pytask passes besides the job only orders the tasks."""
    make_site(job)
