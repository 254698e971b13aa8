"""Which files a study asks for that its data folders do not hold yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diagalim.settings.download_facts import Download
from diagalim.settings.registry import Edition, Source
from diagalim.settings.territory import Territory
from diagalim.sources.files import laid
from diagalim.sources.registry import REGISTRY_FILE, find, load_sources, missing
from diagalim.wording.problems import InputError, Problem
from diagalim.workspace.paths import data_dirs, project_root


@dataclass(frozen=True)
class Wanted:
    """One file of one dataset of a study."""

    source_id: str
    source: Source
    edition: Edition
    download: Download
    territory: Territory

    @property
    def place(self) -> str:
        """Where the file goes, below the folder of downloads."""
        return self.download.laid_at(self.territory.code).as_posix()

    @property
    def label(self) -> str:
        """Dataset and vintage, as messages name them."""
        return f"{self.source_id} {self.edition.millesime}"


@dataclass(frozen=True)
class Unlisted:
    """A dataset whose vintage has no address in the registry.

    Attributes
    ----------
    source_id : str
        The dataset.
    source : Source
        Its entry in the registry.
    vintage : int
        The one that the territory asks for.
    at_hand : str
        Name of the file that answers for it now, empty when there is none.
    others : list of int
        Vintages that do have an address.
    """

    source_id: str
    source: Source
    vintage: int
    at_hand: str
    others: list[int]


def downloads_dir() -> Path:
    """Return the folder that downloads go to."""
    return project_root() / "data" / "officiel"


def wanted_files(
    territory: Territory, only: str | None = None
) -> tuple[list[Wanted], list[Unlisted]]:
    """Return the files that a study asks for, and the datasets that no address is known for.

    Parameters
    ----------
    territory : Territory
        The study; its vintages are the ones asked for.
    only : str, optional
        One dataset.

    Raises
    ------
    InputError
        Unknown dataset, or vintage that the registry does not have.
    """
    sources = load_sources()
    if only is not None and only not in sources:
        raise InputError([_unknown(only, list(sources))])
    files: list[Wanted] = []
    unlisted: list[Unlisted] = []
    problems: list[Problem] = []
    for source_id in [only] if only else sources:
        source = sources[source_id]
        edition = source.edition(territory.millesimes.get(source_id))
        if edition is None:
            problems.append(missing(source_id, territory))
        elif edition.telechargement:
            files += [
                Wanted(source_id, source, edition, download, territory)
                for download in edition.telechargement
            ]
        else:
            unlisted.append(_unlisted(source_id, source, edition, territory))
    if problems:
        raise InputError(problems)
    return files, unlisted


def held(wanted: Wanted) -> Path | None:
    """Return the producer's file already at hand for a dataset, in any data folder.

    Another official form counts (the archive of IGN for its service), unless the dataset is made of
    several files, each of which is then looked for by its own pattern.
    """
    own = downloads_dir() / wanted.place
    if own.is_file():
        return own
    alone = len(wanted.edition.telechargement) == 1
    globs = [
        pattern.motif.format(territoire=wanted.territory.code)
        for pattern in wanted.edition.fichiers
        if pattern.nature == "officiel" and (alone or wanted.download.matches(pattern.motif))
    ]
    folders = [folder for folder in data_dirs() if folder.is_dir()]
    found = (file for folder in folders for glob in globs for file in laid(folder, glob))
    return next(found, None)


def _unlisted(source_id: str, source: Source, edition: Edition, territory: Territory) -> Unlisted:
    found = find(source_id, territory)
    others = [e.millesime for e in source.editions if e.telechargement]
    return Unlisted(source_id, source, edition.millesime, found.path.name if found else "", others)


def _unknown(source_id: str, known: list[str]) -> Problem:
    return Problem(
        REGISTRY_FILE,
        "option --source",
        source_id,
        f"un jeu de données du registre : {', '.join(known)}",
        "choisir un de ces noms",
    )
