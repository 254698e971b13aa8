"""What was downloaded, when, from where, and what it was: `data/officiel/telechargements.json`.

Insee replaces some files in place, under the same address. The record tells the two editions apart,
and a file that was changed on this disk since.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pooch

from diagalim.wording.problems import InputError, Problem

LEDGER = "telechargements.json"


@dataclass(frozen=True)
class Fingerprint:
    """Size in bytes and checksums of a file."""

    taille: int
    sha256: str
    md5: str

    @classmethod
    def of(cls, path: Path) -> Fingerprint:
        """Measure a file."""
        return cls(
            path.stat().st_size,
            pooch.file_hash(path, alg="sha256"),
            pooch.file_hash(path, alg="md5"),
        )


class Ledger:
    """The record of downloads of one data folder.

    Parameters
    ----------
    folder : Path
        ``data/officiel``.

    Raises
    ------
    InputError
        When the record is there and cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / LEDGER
        self.entries: dict[str, dict[str, Any]] = {}
        if self.path.is_file():
            self.entries = self._read()

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            entries = json.loads(self.path.read_text(encoding="utf-8"))
            if all(entry["fichier"]["sha256"] for entry in entries.values()):
                return entries
        except (ValueError, AttributeError, TypeError, KeyError) as error:
            raise self._unreadable() from error
        raise self._unreadable()

    def _unreadable(self) -> InputError:
        return InputError(
            [
                Problem(
                    LEDGER,
                    "fichier",
                    "illisible",
                    "le registre écrit par diagalim fetch",
                    "le supprimer : les fichiers déjà là sont gardés, leur histoire est perdue",
                )
            ]
        )

    def known(self, file: str) -> dict[str, Any] | None:
        """Return the record of a file, by its place below the folder."""
        return self.entries.get(file)

    def changed_since(self, file: str, path: Path) -> bool:
        """Tell whether a recorded file is no longer what was downloaded."""
        entry = self.known(file)
        if entry is None:
            return False
        recorded = entry["fichier"]
        if path.stat().st_size != recorded["taille"]:
            return True
        return pooch.file_hash(path, alg="sha256") != recorded["sha256"]

    def record(
        self,
        file: str,
        facts: dict[str, Any],
        measured: Fingerprint,
        archive: Fingerprint | None,
    ) -> None:
        """Add or replace the record of a file, and keep it on disk at once."""
        entry = facts | {"fichier": asdict(measured)}
        if archive is not None:
            entry["archive"] = asdict(archive)
        self.entries[file] = entry
        text = json.dumps(self.entries, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        beside = self.path.with_name(self.path.name + ".partiel")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.path)
