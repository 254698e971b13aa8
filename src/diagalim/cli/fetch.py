"""What `diagalim fetch` says and with which code it ends."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory
from diagalim.sources.fetch.failures import FetchFailure
from diagalim.sources.fetch.run import Outcome, fetch_territory
from diagalim.sources.fetch.wanted import Unlisted
from diagalim.sources.registry import find, required_sources
from diagalim.wording import french
from diagalim.wording.problems import InputError

DONE, FAILED, WRONG_INPUT, NO_DATA, INTERRUPTED = 0, 1, 2, 3, 130


def fetch_command(
    code: str, *, only: str | None = None, force: bool = False, quiet: bool = False
) -> int:
    """Download the official files of a territory and say what came and what did not."""
    shown = TerminalReporter(quiet=quiet)
    try:
        territory = load_territory(code)
        if territory.nature == "synthétique":
            shown.say(
                f"{territory.nom} est un département fictif : ses fichiers sont déjà dans "
                "data/exemple/, il n'y a rien à télécharger."
            )
            return DONE
        with shown:
            outcome = fetch_territory(territory, only=only, force=force, reporter=shown)
        return _tell(outcome, territory, only, shown)
    except InputError as error:
        shown.complain(str(error))
        return WRONG_INPUT
    except FetchFailure as error:
        shown.complain(f"data/officiel : {error}")
        return FAILED
    except KeyboardInterrupt:
        shown.complain(
            "\nInterrompu. Les fichiers entiers sont gardés ; relancer la même commande reprendra."
        )
        return INTERRUPTED


def _tell(outcome: Outcome, territory: Territory, only: str | None, shown: TerminalReporter) -> int:
    for place in outcome.brought:
        shown.say(f"Téléchargé : data/officiel/{place}")
    for warning in outcome.warnings:
        shown.complain(f"Attention : {warning}")
    for dataset in outcome.unlisted:
        shown.say(_without_address(dataset, territory))
    missing = [
        source_id
        for source_id in required_sources()
        if only in (None, source_id) and find(source_id, territory) is None
    ]
    there = french.plural(len(outcome.present), "fichier déjà là", "fichiers déjà là")
    brought = french.plural(len(outcome.brought), "fichier téléchargé", "fichiers téléchargés")
    shown.say(f"{territory.nom} ({territory.code}) : {brought}, {there}.")
    if outcome.failures:
        count = french.plural(len(outcome.failures), "échec")
        shown.complain("\n".join([f"{count} :", *(f"  • {text}" for text in outcome.failures)]))
        return FAILED
    if missing:
        shown.complain(
            f"Il manque encore, pour le rapport : {', '.join(missing)}. À faire : les télécharger "
            "depuis les pages ci-dessus et les déposer dans data/officiel/<nom du jeu>/."
        )
        return NO_DATA
    return DONE


def _without_address(dataset: Unlisted, territory: Territory) -> str:
    now = f"en usage : {dataset.at_hand}" if dataset.at_hand else "aucun fichier pour l'instant"
    text = (
        f"{dataset.source_id} {dataset.vintage} : pas d'adresse connue pour ce millésime ({now}). "
        f"Page du producteur : {dataset.source.page}"
    )
    if dataset.others:
        years = french.listed([str(year) for year in dataset.others])
        text += (
            f". Téléchargeable : {years} (clé millesimes.{dataset.source_id} de {territory.file})"
        )
    return text


class TerminalReporter:
    """Shows lines and progress bars on the terminal; complaints always, on the error stream.

    Parameters
    ----------
    quiet : bool
        Whether to keep all but complaints to itself.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.console = Console(highlight=False, soft_wrap=True)
        self.errors = Console(stderr=True, highlight=False, soft_wrap=True)
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
            disable=quiet or not self.console.is_terminal,
        )

    def __enter__(self) -> TerminalReporter:
        self.progress.start()
        return self

    def __exit__(self, *raised: Any) -> None:
        self.progress.stop()

    def say(self, text: str) -> None:
        """Write one line."""
        if not self.quiet:
            self.console.print(text, markup=False)

    def complain(self, text: str) -> None:
        """Write on the error stream."""
        self.errors.print(text, markup=False)

    def bar(self, label: str, done: int) -> Bar:
        """Return a bar for one file, of which some bytes are already there."""
        return Bar(self.progress, label, done)


class Bar:
    """A progress bar in the form that `pooch.HTTPDownloader` drives.

    pooch sets ``total`` to the bytes still to come, then calls ``update`` with the size of each
    piece, and ends by ``reset``, ``update`` with the total and ``close``.
    """

    def __init__(self, progress: Progress, label: str, done: int) -> None:
        self._progress = progress
        self._done = done
        self._coming = 0
        self._task: TaskID | None = progress.add_task(label, total=None, completed=done)

    @property
    def total(self) -> int:
        """Bytes still to come when the bar began, 0 when they are not announced."""
        return self._coming

    @total.setter
    def total(self, coming: int) -> None:
        self._coming = coming
        self._progress.update(self._task, total=self._done + coming if coming else None)

    def update(self, size: int) -> None:
        """Move on by some bytes."""
        self._progress.advance(self._task, size)

    def reset(self) -> None:
        """Go back to where it began."""
        self._progress.update(self._task, completed=self._done)

    def close(self) -> None:
        """Take the bar away; a second call does nothing."""
        if self._task is not None:
            self._progress.remove_task(self._task)
            self._task = None
