"""The one file wanted in an archive: found by its name, checked by the archive's own checksums.

Only the content of the member is taken; its path never becomes a path of this machine. A member
whose path would climb out of a folder is refused all the same: it is not the producer's archive.
"""

from __future__ import annotations

import lzma
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import IO

import py7zr
from py7zr.exceptions import (
    ArchiveError,
    DecompressionBombError,
    PasswordRequired,
    UnsupportedCompressionMethodError,
)
from py7zr.io import Py7zIO, WriterFactory

from diagalim.sources.fetch.answer import web_page
from diagalim.sources.fetch.disk import need_room
from diagalim.sources.fetch.failures import Damaged, FetchFailure, Unsupported
from diagalim.sources.fetch.partial import Partial

SELF_PROVING = (".zip", ".7z", ".xlsx")
"""Forms that carry a checksum of each of their parts."""
SHOWN_MEMBERS = 6
HEAD = 512
LOCKED, UNKNOWN_METHOD, TOO_LARGE = (
    "protégée par un mot de passe",
    "méthode de compression inconnue de nos bibliothèques",
    "taille une fois décompressée hors de toute mesure",
)
FAULTS = (zipfile.BadZipFile, ArchiveError, lzma.LZMAError, zlib.error, EOFError, OSError)


@dataclass(frozen=True)
class Member:
    """A file of an archive: its path there, and its size once out, in bytes."""

    name: str
    size: int


def refuse_what_is_not_a_file(path: Path) -> None:
    """Refuse an empty file, and a web page sent under another name.

    Raises
    ------
    FetchFailure
        When it is one.
    """
    with path.open("rb") as file:
        head = file.read(HEAD).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        raise FetchFailure("le fichier reçu est vide", "relancer plus tard")
    if head.startswith((b"<!doctype html", b"<html")):
        raise web_page()


def check_whole(path: Path) -> None:
    """Check each part of an archive (or of an Excel file, which is one) against its checksum.

    Raises
    ------
    Damaged
        When a part is not what the archive says of it.
    """
    with _faults(path):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                wrong = archive.testzip()
            if wrong:
                raise Damaged(f"archive endommagée : {wrong} ne passe pas le contrôle")
            return
    raise Damaged("le fichier reçu n'est pas une archive ZIP, ou il est coupé")


def take_member(archive: Path, wanted: str, target: Partial) -> str:
    """Take one file out of an archive.

    Parameters
    ----------
    archive : Path
        ZIP or 7z, told apart by their first bytes.
    wanted : str
        Name or glob of the member, without its folders; case does not matter.
    target : Partial
        Where its bytes go.

    Returns
    -------
    str
        Path of the member in the archive.

    Raises
    ------
    FetchFailure
        Not an archive, no such member or several, path that climbs, disk full.
    Damaged
        When the bytes do not pass the checksum of the archive.
    """
    with _faults(archive):
        if zipfile.is_zipfile(archive):
            return _from_zip(archive, wanted, target)
        if py7zr.is_7zfile(archive):
            return _from_7z(archive, wanted, target)
    raise Damaged("le fichier reçu n'est pas une archive ZIP ou 7z, ou il est coupé")


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    try:
        yield
    # kinds of the errors below that say « I cannot », not « this is damaged »: they come first
    except (UnsupportedCompressionMethodError, NotImplementedError) as error:
        raise Unsupported(UNKNOWN_METHOD) from error
    except PasswordRequired as error:
        raise Unsupported(LOCKED) from error
    except DecompressionBombError as error:
        raise Unsupported(TOO_LARGE) from error
    except FAULTS as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the archive
        raise Damaged(f"archive endommagée ({type(error).__name__})") from error
    except RuntimeError as error:  # zipfile, of a member that asks for a password
        raise Unsupported(LOCKED) from error


def _from_zip(path: Path, wanted: str, target: Partial) -> str:
    with zipfile.ZipFile(path) as archive:
        members = [Member(i.filename, i.file_size) for i in archive.infolist() if not i.is_dir()]
        member = _chosen(members, wanted)
        need_room(target.path.parent, member.size)
        with archive.open(member.name) as content, target.path.open("wb") as out:
            shutil.copyfileobj(content, out, 1 << 20)  # the checksum is compared at the end
    return member.name


def _from_7z(path: Path, wanted: str, target: Partial) -> str:
    with py7zr.SevenZipFile(path) as archive:
        members = [Member(i.filename, i.uncompressed) for i in archive.list() if i.is_file]
        member = _chosen(members, wanted)
        need_room(target.path.parent, member.size)
        with target.path.open("w+b") as out:
            archive.extract(targets=[member.name], factory=_Into(out))
    return member.name


def _chosen(members: list[Member], wanted: str) -> Member:
    found = [m for m in members if fnmatchcase(_path(m.name).name.casefold(), wanted.casefold())]
    if len(found) != 1:
        names = [m.name for m in (found or members)]
        more = ", …" if len(names) > SHOWN_MEMBERS else ""
        what = "plusieurs fichiers y répondent" if found else "elle contient"
        raise FetchFailure(
            f"l'archive ne donne pas un et un seul « {wanted} » ; {what} : "
            f"{', '.join(names[:SHOWN_MEMBERS]) or 'rien'}{more}",
            "corriger la clé « contenu » dans data/sources.yml",
        )
    if ".." in _path(found[0].name).parts or _path(found[0].name).is_absolute():
        raise FetchFailure(
            f"l'archive veut écrire hors de son dossier ({found[0].name})",
            "ne pas utiliser ce fichier : ce n'est sans doute pas celui du producteur",
        )
    return found[0]


def _path(name: str) -> PurePosixPath:
    return PurePosixPath(name.replace("\\", "/"))


class _Output(Py7zIO):
    """The open file that a member is written to."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def write(self, s: bytes | bytearray) -> int:
        return self.file.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self.file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.file.seek(offset, whence)

    def flush(self) -> None:
        self.file.flush()

    def size(self) -> int:
        return self.file.tell()


class _Into(WriterFactory):
    """Gives py7zr our file in place of one named by the archive."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def create(self, filename: str) -> Py7zIO:
        return _Output(self.file)
