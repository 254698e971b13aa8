"""How the tasks of a build are carried out by pytask, and what is made of its answer.

pytask remembers in ``etat/pytask.lock`` the digest of all that each task depends on and makes. What
it keeps beside (``.pytask``: digests by path and hour) is dropped at each start: after a power cut
a file may have its hour and not its content.

How long pytask-parallel 0.5.5 sleeps between two looks at its tasks is no setting of it: its
``_Sleeper`` is replaced. It earns its place: five tasks that wait for each other, 24 s in all, end
5.5 to 7 s sooner over three rounds than at its own pace (``benchmarks/engine_parts.py``).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from diagalim.pipeline.interruption import Interruption
from diagalim.pipeline.progress import Journal, WatchedExecutor
from diagalim.wording.failures import BuildFailure, refusal
from diagalim.workspace.folders import Folders

WORKERS = 2
"""Chapters run at once: more kernels than this do not fit the memory of an office computer."""
LOOKS = [0.01, 0.02, 0.05]
"""Seconds between two looks at the tasks under way, the longer the longer nothing happens."""


@dataclass(frozen=True)
class Outcome:
    """What a build did.

    Attributes
    ----------
    site : Path
        Folder of the published site.
    ran : list of str
        Tasks that were done.
    kept : list of str
        Tasks that were skipped, for nothing they depend on had changed.
    """

    site: Path
    ran: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def carry_out(
    tasks: list[Any],
    folders: Folders,
    force: bool,
    journal: Journal,
    workers: Callable[[int], Executor],
) -> Outcome:
    """Do the tasks whose dependencies or products have changed, all of them when forced.

    Raises
    ------
    BuildFailure
        When a task fails or is not reached; says what became of the last good site.
    KeyboardInterrupt
        When Ctrl+C was pressed, once the work under way is stopped.
    """
    # pytask takes a second to import, which `diagalim --help` should not pay
    from pytask import ExitCode

    known = folders.state.is_dir()
    session = _session(tasks, folders, force, journal, workers)
    if known and session.exit_code == ExitCode.CONFIGURATION_FAILED:
        # a memory that cannot be read is no memory: everything is done again
        shutil.rmtree(folders.state)
        session = _session(tasks, folders, force, journal, workers)
    return _read_outcome(session, tasks, folders)


def _session(
    tasks: list[Any],
    folders: Folders,
    force: bool,
    journal: Journal,
    workers: Callable[[int], Executor],
) -> Any:
    import pytask
    from pytask_parallel import ParallelBackend, execute, registry
    from pytask_parallel.execute import _Sleeper

    folders.state.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folders.state / ".pytask", ignore_errors=True)
    settings = folders.state / "pytask.toml"
    # pytask keeps its memory beside its settings: out of the sources
    settings.write_text("[tool.pytask.ini_options]\n", encoding="utf-8")

    interruption = Interruption()

    def executor(n_workers: int) -> WatchedExecutor:
        return WatchedExecutor(workers(n_workers), journal, interruption)

    # by itself it looks once a second: a second or two lost after each chapter that others wait for
    execute._Sleeper = partial(_Sleeper, timings=LOOKS)
    registry.register_parallel_backend(ParallelBackend.CUSTOM, executor, worker_type="processes")
    search_path = os.environ.get("PYTHONPATH")
    pytask.console.quiet = True
    try:
        with interruption:
            session = pytask.build(
                tasks=tasks,
                config=settings,
                force=force,
                verbose=0,
                capture="no",
                disable_warnings=True,
                show_traceback=False,
                n_workers=WORKERS,
                parallel_backend="custom",
            )
        if interruption.heard:
            raise KeyboardInterrupt
        return session
    finally:
        pytask.console.quiet = False
        # pytask-parallel adds its root there for its workers, and leaves it to our kernels
        if search_path is None:
            os.environ.pop("PYTHONPATH", None)
        else:
            os.environ["PYTHONPATH"] = search_path


def _read_outcome(session: Any, tasks: list[Any], folders: Folders) -> Outcome:
    from pytask import TaskOutcome

    outcomes = {report.task.name: report.outcome for report in session.execution_reports}
    failures = [
        _words(report.exc_info[1])
        for report in session.execution_reports
        if report.outcome == TaskOutcome.FAIL
    ]
    if failures:
        raise BuildFailure("\n\n".join([*failures, _still_there(folders)]))
    unfinished = [task.name for task in tasks if task.name not in outcomes]
    if unfinished:
        causes = [_words(r.exc_info[1]) for r in session.collection_reports if r.exc_info]
        told = "\n".join(causes) or f"étapes non faites : {', '.join(unfinished)}"
        raise BuildFailure(f"Construction interrompue ; {told}\n{_still_there(folders)}")
    ran = [name for name, outcome in outcomes.items() if outcome == TaskOutcome.SUCCESS]
    return Outcome(folders.site, ran, [name for name in outcomes if name not in ran])


def _words(error: BaseException) -> str:
    return refusal(error) if isinstance(error, OSError) else str(error)


def _still_there(folders: Folders) -> str:
    if (folders.site / "index.html").is_file():
        return "Le dernier site complet est resté en place ; rien n'y a été changé."
    return "Aucun site n'a été publié."
