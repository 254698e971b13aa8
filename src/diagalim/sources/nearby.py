"""Does a file lie in the folders under another name than the one looked for, or for another year?

Browsers add « (1) », archives stay packed or keep their own sub-folder, producers change the year
in a name. Such a file is never read in place of another one: it is said, with what to do.
"""

from __future__ import annotations

import fnmatch
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from diagalim.sources.files import ARCHIVES, PARTS, laid
from diagalim.workspace.paths import data_dirs

if TYPE_CHECKING:
    from diagalim.settings.registry import Edition, Source
    from diagalim.settings.territory import Territory

NO_TABLE = frozenset({".json", ".md", ".txt", ".pdf", ".html", ".yml", ""})
"""Ends of names that no dataset has: notes, records of downloads, documentation."""
_COPY = re.compile(r"(?:\s*\(\d+\)|\s*-\s*copie?|\s*-\s*copy|[_-](?:csv|xlsx?|shp|gpkg))+$")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Lying:
    """A file that is there and does not answer.

    Attributes
    ----------
    place : str
        Below the data folder.
    wanted : str
        Where it should be, and under which name.
    year : int or None
        The vintage that its name announces, when it is another one.
    """

    place: str
    wanted: str
    year: int | None = None

    @property
    def remedy(self) -> str:
        """What to do so that it is read, in French."""
        path, wanted = PurePath(self.place), PurePath(self.wanted)
        if path.suffix.lower() in ARCHIVES:
            return f"le décompresser, et poser « {wanted.name} » dans {_folder(wanted)}"
        if path.suffix.lower() != wanted.suffix.lower() and "*" not in wanted.suffix:
            return f"prendre chez le producteur le fichier {wanted.suffix}, et non {path.suffix}"
        if path.name.lower() == wanted.name.lower():
            return f"le déplacer dans {_folder(wanted)}"
        return f"le renommer « {wanted.name} », dans {_folder(wanted)}"


def _folder(wanted: PurePath) -> str:
    return f"data/officiel/{wanted.parent.as_posix()}/"


def remarks(sources: Mapping[str, Source], territory: Territory) -> list[str]:
    """Return what lies in the data folders and is not read, a line each, in French.

    An optional dataset whose file has another name, and files of a newer vintage than the one that
    the study asks for. A required file that is missing is a problem of its own
    (`diagalim.sources.registry.missing`).
    """
    said = []
    for source_id, source in sources.items():
        edition = source.edition(territory.millesimes.get(source_id))
        if edition is None:
            continue
        absent = not any(_laid(edition, territory))
        if absent and not source.obligatoire:
            said += [
                f"{source.court} : {is_there(lying)}, et n'est pas lu. À faire : {lying.remedy}."
                for lying in under_another_name(edition, territory)[:1]
            ]
        said += [
            f"{source.court} : le fichier de {lying.year}, « {lying.place} », est dans le dossier "
            f"et n'est pas lu ; ce rapport demande {edition.millesime} (clé millesimes.{source_id} "
            f"de {territory.file})."
            for lying in other_vintages(source, edition, territory)
            if absent or lying.year > edition.millesime
        ]
    return said


def is_there(lying: Lying) -> str:
    """Say that a file lies under another name."""
    return f"ce fichier est là sous le nom « {lying.place} »"


def under_another_name(edition: Edition, territory: Territory) -> list[Lying]:
    """Return the files of an edition that nothing reads: packed, renamed, or in another folder."""
    return renamed(edition.motifs(territory), lying_about(_folders(territory)))


def other_vintages(source: Source, edition: Edition, territory: Territory) -> list[Lying]:
    """Return the files of a dataset that lie in the data folders for another year, by year."""
    found = other_years(edition, edition.motifs(territory), lying_about(_folders(territory)))
    for other in (e for e in source.editions if e.millesime != edition.millesime):
        found += [Lying(place, place, other.millesime) for place in _laid(other, territory)]
    once = {lying.place: lying for lying in found}
    return sorted(once.values(), key=lambda lying: (lying.year, lying.place))


def _folders(territory: Territory) -> list[Path]:
    return data_dirs(fictitious=territory.nature == "synthétique")


def _laid(edition: Edition, territory: Territory) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for motif in edition.motifs(territory)
        for folder in _folders(territory)
        for path in laid(folder, motif)
    ]


def lying_about(folders: Iterable[Path]) -> list[str]:
    """Return the files that may be a dataset, by their place below the data folder they are in."""
    return [path.relative_to(folder).as_posix() for folder in folders for path in _files(folder)]


def _files(folder: Path) -> Iterator[Path]:
    for parent, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            if (
                not name.startswith((".", "~$"))
                and Path(name).suffix.lower() not in NO_TABLE | PARTS
            ):
                yield Path(parent, name)


def renamed(motifs: Iterable[str], places: Iterable[str]) -> list[Lying]:
    """Return the files that are the one looked for under another name, packed, or elsewhere.

    Parameters
    ----------
    motifs : iterable of str
        Patterns of the edition, below a data folder.
    places : iterable of str
        From `lying_about`.
    """
    wanted = {motif: re.compile(fnmatch.translate(_stem(motif))) for motif in motifs}
    return [
        Lying(place, motif)
        for place in places
        for motif, form in wanted.items()
        if "**" not in motif and form.fullmatch(_stem(place))
    ]


def other_years(edition: Edition, motifs: Iterable[str], places: Iterable[str]) -> list[Lying]:
    """Return the files whose name is the one looked for but for the year.

    Parameters
    ----------
    edition : Edition
        The vintage asked for.
    motifs, places
        As in `renamed`.
    """
    found = []
    for motif in motifs:
        form, named = _dated(_stem(motif), edition.millesime)
        if not form or "**" in motif:
            continue
        for place in places:
            match = form.fullmatch(_stem(place))
            if match and int(match["year"]) != named:
                year = edition.millesime + int(match["year"]) - named
                found.append(Lying(place, motif, year))
    return sorted(set(found), key=lambda lying: (lying.year, lying.place))


def _stem(name: str) -> str:
    """Return a name without folder, ends, marks of a copy, nor capital letters."""
    path = PurePath(unicodedata.normalize("NFC", name).casefold())
    while path.suffix in ARCHIVES:
        path = path.with_suffix("")
    stem = path.stem if re.fullmatch(r"\.[a-z*]{1,7}\d?", path.suffix) else path.name
    return _COPY.sub("", stem)


def _dated(stem: str, vintage: int) -> tuple[re.Pattern[str] | None, int]:
    """Return the form of a name with its year left open, and the year that it has."""
    years, short = _YEAR.search(stem), f"{vintage % 100:02d}"
    if years:
        start, end, open_year = *years.span(), _YEAR.pattern
    elif re.search(rf"(?<!\d){short}(?!\d)", stem):
        start = re.search(rf"(?<!\d){short}(?!\d)", stem).start()
        end, open_year = start + 2, r"\d\d"
    else:
        return None, 0
    before, after = (re.escape(part).replace(r"\*", ".*?") for part in (stem[:start], stem[end:]))
    return re.compile(f"{before}(?P<year>{open_year}){after}"), int(stem[start:end])
