"""A file on its way: its bytes so far, and what must hold for the rest to be asked for.

The bytes of a process that was killed are good; those of a machine whose power went may not be. So
a download is resumed only when the whole can prove itself afterwards (an archive by its checksums),
and starts again otherwise.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

SUFFIX = ".partiel"


@dataclass(frozen=True)
class Note:
    """What the server said of a file when its download began.

    Attributes
    ----------
    address : str
        Where it came from.
    length : int or None
        Bytes announced.
    validator : str or None
        Strong ETag or date of change, for ``If-Range``.
    """

    address: str
    length: int | None
    validator: str | None


@dataclass(frozen=True)
class Partial:
    """The bytes received for a file, beside the place it will have.

    Parameters
    ----------
    final : Path
        The place of the whole file, not written here.
    """

    final: Path

    @property
    def path(self) -> Path:
        """Where the bytes are kept."""
        return self.final.with_name(self.final.name + SUFFIX)

    @property
    def note_path(self) -> Path:
        """Where the note is kept."""
        return self.final.with_name(self.final.name + SUFFIX + ".json")

    @property
    def size(self) -> int:
        """Bytes received so far."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def write_note(self, note: Note) -> None:
        """Keep what the server said, before its bytes come."""
        self.note_path.write_text(json.dumps(asdict(note)), encoding="utf-8")

    def resumable(self, address: str) -> Note | None:
        """Return the note of a download of this address that can go on, else forget its bytes."""
        try:
            note = Note(**json.loads(self.note_path.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):  # absent, or cut short itself
            note = None
        if note and note.address == address and note.length and 0 < self.size <= note.length:
            return note
        self.discard()
        return None

    def discard(self) -> None:
        """Forget the bytes and their note."""
        self.path.unlink(missing_ok=True)
        self.note_path.unlink(missing_ok=True)

    def become(self, final: Path) -> None:
        """Give the bytes their name; they are whole."""
        sync(self.path)
        self.path.replace(final)
        self.note_path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the disk hold the bytes of a file: a power cut must not leave a name on nothing."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
