"""All the files that a study asks for, one after the other: what came, what did not, and why.

One file that fails leaves the others alone. What is said of each is gathered and told at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from diagalim.settings.territory import Territory
from diagalim.sources.fetch.failures import DiskFull, FetchFailure, Unreachable
from diagalim.sources.fetch.ledger import Ledger
from diagalim.sources.fetch.one_at_a_time import sole_fetch
from diagalim.sources.fetch.one_file import Carrier
from diagalim.sources.fetch.reporting import Reporter, Silent
from diagalim.sources.fetch.transfer import Pace
from diagalim.sources.fetch.wanted import Unlisted, Wanted, downloads_dir, held, wanted_files


@dataclass
class Outcome:
    """What a run of downloads did.

    Attributes
    ----------
    brought, present : list of str
        Places of the files downloaded, and of those already there.
    warnings, failures : list of str
        In French.
    unlisted : list of Unlisted
        Datasets that no address is known for.
    """

    brought: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    unlisted: list[Unlisted] = field(default_factory=list)


def fetch_territory(
    territory: Territory,
    *,
    only: str | None = None,
    force: bool = False,
    pace: Pace | None = None,
    reporter: Reporter | None = None,
) -> Outcome:
    """Download the producers' files of a study that are not there yet.

    Parameters
    ----------
    territory : Territory
        The study; its vintages are the ones asked for.
    only : str, optional
        One dataset of the registry.
    force : bool
        Whether to download again what is there; the old file stays until the new one is whole.
    pace : Pace, optional
        Waits and tries.
    reporter : Reporter, optional
        Shows the progress.

    Returns
    -------
    Outcome
        With every failure; nothing is raised for one file.

    Raises
    ------
    InputError
        Unknown dataset or vintage, record of downloads that cannot be read.
    FetchFailure
        When the folder of downloads cannot be written to.
    """
    reporter = reporter or Silent()
    files, unlisted = wanted_files(territory, only)
    outcome = Outcome(unlisted=unlisted)
    folder = downloads_dir()
    with sole_fetch(folder, reporter):
        run = _Run(Carrier(folder, Ledger(folder), pace or Pace(), reporter), outcome)
        for wanted in files:
            if force or not run.is_there(wanted):
                run.attempt(wanted)
        run.gather_unreached()
    return outcome


@dataclass
class _Run:
    """What the downloads of one run learn from each other: hosts that are silent, a full disk."""

    carrier: Carrier
    outcome: Outcome
    unreached: dict[str, Unreachable] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    full: bool = False

    def is_there(self, wanted: Wanted) -> bool:
        """Tell whether a producer's file is at hand; say so when it is no longer what came."""
        found = held(wanted)
        if found is None:
            return False
        self.outcome.present.append(wanted.place)
        ours = found == self.carrier.folder / wanted.place
        if ours and self.carrier.ledger.changed_since(wanted.place, found):
            self.outcome.warnings.append(
                f"{wanted.place} a été modifié sur cet ordinateur depuis son téléchargement. "
                f"Pour reprendre celui du producteur : --source {wanted.source_id} --force"
            )
        return True

    def attempt(self, wanted: Wanted) -> None:
        """Bring one file, or note why it did not come."""
        download, named = wanted.download, f"{wanted.label} — {wanted.download.described}"
        if self.full:
            self.outcome.failures.append(f"{wanted.label} : non essayé, le disque est plein.")
            return
        if urlsplit(download.adresse).netloc in self.unreached:
            self.left_out.append(named)
            return
        self.carrier.reporter.say(f"{wanted.label} : {download.described}")
        try:
            self.outcome.warnings += self.carrier.bring(wanted)
            self.outcome.brought.append(wanted.place)
        except Unreachable as failure:
            self.unreached[urlsplit(download.adresse).netloc] = failure
            self.left_out.append(named)
        except FetchFailure as failure:
            self.full = isinstance(failure, DiskFull)
            self.outcome.failures.append(
                f"{named} : {failure} Dossier : data/officiel/{wanted.source_id}/ ; page du "
                f"producteur : {wanted.source.page}"
            )

    def gather_unreached(self) -> None:
        """Say once what a missing network keeps back, whatever the number of files."""
        if not self.unreached:
            return
        silent = list(self.unreached.values())
        kept_back = " ; ".join(self.left_out)
        causes = " ; ".join(dict.fromkeys(failure.seen for failure in silent))
        self.outcome.failures.append(
            f"{causes}. Non téléchargé : {kept_back}. À faire : {silent[0].remedy}."
        )
