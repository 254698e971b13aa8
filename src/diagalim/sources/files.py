"""Is there a file behind a name, and can it be opened?

A folder, a link that leads nowhere or a refused right is no fault of a format: it is said the same
way for all datasets, before any reader meets it as an error of the system. What a program leaves
beside a file (the parts of a shapefile, the journal of a GeoPackage, the archive it came from) is
no second file.
"""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from diagalim.wording.problems import Problem

_LINKS = {
    errno.ELOOP: "lien qui revient sur lui-même",
    errno.ENOENT: "lien vers un fichier qui n'existe pas",
}


PARTS = frozenset(
    [
        ".shx",
        ".dbf",
        ".prj",
        ".cpg",
        ".sbn",
        ".sbx",
        ".qix",
        ".qpj",
        ".qmd",
        ".qml",
        ".fbn",
        ".fbx",
        ".ain",
        ".aih",
        ".atx",
        ".ixs",
        ".mxs",
        ".cst",
        ".xml",
        ".lock",
        ".gpkg-wal",
        ".gpkg-shm",
        ".gpkg-journal",
        ".partiel",
    ]
)
"""Ends of the names of what stands beside a file and is read with it, or not at all."""
ARCHIVES = frozenset([".zip", ".7z", ".gz", ".bz2", ".xz", ".zst", ".tar", ".tgz", ".rar"])
"""Ends of the names of archives, which no reader opens."""


def laid(folder: Path, glob: str) -> list[Path]:
    """Return what answers to a pattern in a folder, links that lead nowhere included, sorted.

    Python leaves such links out of its own search when the pattern is a plain name: the dataset
    would pass for one that nobody supplied. A name in other letters, small or capital, answers
    when no other does. The parts of a shapefile, the journals of a GeoPackage and the archive left
    beside its content are not files of their own.
    """
    if not folder.is_dir():
        return []
    found = set(folder.glob(glob))
    if (folder / glob).is_symlink():
        found.add(folder / glob)
    found = found or set(folder.glob(_in_any_letters(glob)))
    asked = Path(glob).suffix.lower()
    beside = (PARTS | ARCHIVES) - {asked}
    return sorted(path for path in found if path.suffix.lower() not in beside)


def _in_any_letters(glob: str) -> str:
    """Make a pattern that small and capital letters answer alike, on every system."""
    return "".join(f"[{c.lower()}{c.upper()}]" if c.isascii() and c.isalpha() else c for c in glob)


def file_problem(path: Path) -> Problem | None:
    """Return why a file cannot be opened, or None.

    Parameters
    ----------
    path : Path
        From `laid`: it, or a link of that name, was there a moment ago.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                file.read(1)
            return None
    except OSError as error:
        seen = _LINKS.get(error.errno, "lecture refusée par le système")
        remedy = (
            "remettre le fichier lui-même à cet endroit"
            if error.errno in _LINKS
            else "donner le droit de lire ce fichier à la personne qui lance le rapport"
        )
    else:
        seen = "dossier" if stat.S_ISDIR(mode) else "ni un fichier ni un dossier"
        remedy = "mettre à cet endroit le fichier qui porte ce nom, et non ce qui s'y trouve"
    return Problem(path.name, "fichier", seen, "un fichier que l'on peut lire", remedy)
