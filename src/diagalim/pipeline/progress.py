"""What the user sees while a build runs: one French line a step, a live one on a terminal."""

from __future__ import annotations

import time
from concurrent.futures import Executor, Future
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from diagalim.pipeline.interruption import Interruption
from diagalim.pipeline.tasks import SITE_TASK


def step_name(task: str) -> str:
    """Return how a task is called in front of the user."""
    return "Mise en pages et contrôle du site" if task == SITE_TASK else f"Chapitre {task}"


class Journal:
    """Shows the steps of a build; says nothing when quiet.

    Parameters
    ----------
    console : rich.console.Console
        Where to write.
    quiet : bool
        Whether to keep silent.
    """

    def __init__(self, console: Console | None = None, quiet: bool = False) -> None:
        self.console = console or Console(highlight=False, soft_wrap=True)
        self.quiet = quiet
        self._since: dict[str, float] = {}
        self._lines: dict[str, Any] = {}
        self._live = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=quiet or not self.console.is_terminal,
        )

    def __enter__(self) -> Journal:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.stop()

    def say(self, text: str) -> None:
        """Write one line."""
        if not self.quiet:
            self.console.print(text, markup=False)

    def started(self, task: str) -> None:
        """Note that a step began."""
        self._since[task] = time.monotonic()
        self._lines[task] = self._live.add_task(f"{step_name(task)}…", total=None)
        if self._live.disable:
            self.say(f"{step_name(task)}…")

    def ended(self, task: str, failed: bool) -> None:
        """Note that a step ended."""
        self._live.remove_task(self._lines.pop(task))
        seconds = time.monotonic() - self._since.pop(task)
        word = "arrêté" if failed else "fait"
        self.say(f"{step_name(task)} : {word} en {seconds:.0f} s")


class WatchedExecutor:
    """Passes tasks on to an executor and tells the journal when each begins and ends.

    pytask takes plug-ins from its own command line only; an executor is the public place where a
    program that calls it learns of its tasks.
    """

    def __init__(self, executor: Executor, journal: Journal, stop: Interruption) -> None:
        self.executor = executor
        self.journal = journal
        self.stop = stop

    def __enter__(self) -> WatchedExecutor:
        return self

    def __exit__(self, *raised: Any) -> None:
        from loky.process_executor import ProcessPoolExecutor

        if not self.stop.heard:
            self.executor.shutdown(wait=True)
        elif isinstance(self.executor, ProcessPoolExecutor):
            # a chapter takes minutes: its worker is ended, and what it wrote is not in place
            self.executor.shutdown(wait=True, kill_workers=True)
        else:
            self.executor.shutdown(wait=False, cancel_futures=True)

    def submit(self, function: Any, **arguments: Any) -> Future[Any]:
        """Start a task of pytask."""
        name = arguments["task"].name
        self.journal.started(name)
        future = self.executor.submit(function, **arguments)
        future.add_done_callback(lambda done: self.journal.ended(name, _failed(done)))
        return future


def _failed(future: Future[Any]) -> bool:
    if future.cancelled() or future.exception() is not None:
        return True
    return future.result().exc_info is not None
