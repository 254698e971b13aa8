"""How one chapter is run: papermill in its own folder of results, moved into place when whole.

The kernel sees only the results of the chapters that the plan says it reads: a reading that was not
declared fails at once, instead of showing a stale figure one day.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diagalim.pipeline.forked_kernel import INLINE
from diagalim.pipeline.kernel import run_notebook
from diagalim.pipeline.required_inputs import Lacking, leave_nothing, page_without_inputs
from diagalim.site.cleaned_notebook import (
    clean,
    code_cells,
    not_shown,
    write_whole,
    written_to_stderr,
)
from diagalim.wording.failures import BuildFailure
from diagalim.workspace.build_id import refuse_late_work
from diagalim.workspace.folders import Folders
from diagalim.workspace.results import FIGURES, put_in_place, write_manifest

FIXED_MOMENT = 1_735_689_600
"""2025-01-01T00:00:00Z, written where a format wants a date: two builds give the same files."""

COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class ChapterJob:
    """All that the run of one chapter needs.

    Parameters
    ----------
    root : Path
        The project.
    code : str
        The territory.
    chapter : str
        Name of the notebook, without suffix.
    parameters : dict
        Values given to the notebook.
    reads : list of str
        Chapters whose results it may read.
    ticket : str
        Build that asked for it; empty when none did.
    lacking : tuple of tuple of str
        Required inputs that are not there: then no notebook is run.
    """

    root: Path
    code: str
    chapter: str
    parameters: Mapping[str, Any]
    reads: tuple[str, ...]
    ticket: str = ""
    lacking: Lacking = ()

    @property
    def folders(self) -> Folders:
        """Folders of the build that it belongs to."""
        return Folders(self.root, self.code)


def run_chapter(job: ChapterJob) -> None:
    """Run a notebook and put its executed copy and its results in place.

    Its folder has a name of its own: the kernel of a killed build may write for a moment more.

    Raises
    ------
    BuildFailure
        When a cell fails or writes on the error stream, or a kept figure is not shown; names the
        chapter and the cell or the figure.
    """
    folders = job.folders
    folders.running.mkdir(parents=True, exist_ok=True)
    workplace = Path(tempfile.mkdtemp(prefix=f"{job.chapter}-", dir=folders.running))
    for upstream in job.reads:
        shutil.copytree(folders.results / upstream, workplace / upstream)
    own = workplace / job.chapter
    own.mkdir()

    if job.lacking:
        executed = clean(page_without_inputs(job.chapter, folders, job.lacking))
        leave_nothing(own)
    else:
        executed = _execute(job, workplace)
    for number, text in written_to_stderr(executed):
        raise BuildFailure(
            f"Chapitre {job.chapter}, cellule {number} : message sur la sortie d'erreur, "
            f"qui paraîtrait dans le rapport :\n{text}"
        )
    kept = [file.stem for file in (own / FIGURES).glob("*.png")]
    for name in not_shown(executed, kept):
        raise BuildFailure(
            f"Chapitre {job.chapter} : la figure {name} est gardée, mais sa page ne la montre pas. "
            "À faire : finir sa cellule par chapter.keep_figure, et lui donner ce nom "
            "(mystnb.figure.name)."
        )
    write_manifest(own)
    refuse_late_work(folders, job.ticket)
    put_in_place(own, folders.results / job.chapter)
    write_whole(folders.copy(job.chapter), executed)
    shutil.rmtree(workplace, ignore_errors=True)


def _execute(job: ChapterJob, workplace: Path) -> dict[str, Any]:
    from papermill.exceptions import PapermillExecutionError

    partial = workplace / "execution.ipynb"
    source, log = job.folders.source(job.chapter), workplace / "noyau.log"
    try:
        with _environment(job, workplace):
            run_notebook(source, partial, job.parameters, job.root, log)
    except PapermillExecutionError as error:
        raise BuildFailure(_explain(job, partial, error)) from None
    return clean(json.loads(partial.read_text(encoding="utf-8")))


def _explain(job: ChapterJob, partial: Path, error: Any) -> str:
    """Say which cell failed and why, without a stack trace for a wrong input."""
    notebook = json.loads(partial.read_text(encoding="utf-8"))
    failed = [
        number
        for number, cell in enumerate(code_cells(notebook), start=1)
        if any(output["output_type"] == "error" for output in cell["outputs"])
    ]
    cell = f", cellule {failed[0]}" if failed else ""
    head = f"Le chapitre {job.chapter} s'est arrêté{cell}"
    if error.ename == "InputError":
        return f"{head} :\n{error.evalue}"
    lines = COLOUR_CODES.sub("", "\n".join(error.traceback)).splitlines()
    place = next((line for line in reversed(lines) if "diagalim" in line and "line" in line), "")
    where = f"\n  {place.strip()}" if place else ""
    return f"{head} : {error.ename} : {error.evalue}{where}"


@contextmanager
def _environment(job: ChapterJob, workplace: Path) -> Iterator[None]:
    """Set what the kernel inherits, and put things back: a worker runs several chapters."""
    wanted = {
        "DIAGALIM_ROOT": str(job.root),
        "DIAGALIM_RESULTS": str(workplace),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(FIXED_MOMENT),
        "OGR_CURRENT_DATE": "2025-01-01T00:00:00.000Z",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "MPLBACKEND": INLINE,
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
