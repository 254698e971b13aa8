"""One file of the registry, from its address to its place: received, proved whole, then named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from diagalim.sources.fetch.archives import (
    SELF_PROVING,
    check_whole,
    refuse_what_is_not_a_file,
    take_member,
)
from diagalim.sources.fetch.disk import said_in_french
from diagalim.sources.fetch.failures import Damaged, FetchFailure, Unsupported
from diagalim.sources.fetch.ledger import Fingerprint, Ledger
from diagalim.sources.fetch.partial import Partial
from diagalim.sources.fetch.reporting import Reporter
from diagalim.sources.fetch.transfer import Pace, receive
from diagalim.sources.fetch.wanted import Wanted
from diagalim.sources.fetch.wfs import bring_layer


@dataclass(frozen=True)
class Carrier:
    """Brings files to one folder.

    Parameters
    ----------
    folder : Path
        ``data/officiel``.
    ledger : Ledger
        Its record of downloads.
    pace : Pace
        Waits and tries.
    reporter : Reporter
        Shows the progress.
    """

    folder: Path
    ledger: Ledger
    pace: Pace
    reporter: Reporter

    def bring(self, wanted: Wanted) -> list[str]:
        """Bring one file and record it; return what the user must know of it, in French.

        Raises
        ------
        FetchFailure
            With what was seen; no file has the name that a reader would look for, except the one
            that was there before.
        """
        target = self.folder / wanted.place
        out = Partial(target)
        with said_in_french():
            target.parent.mkdir(parents=True, exist_ok=True)
        archive = self._prepare(wanted, out)
        with said_in_french():
            measured = Fingerprint.of(out.path)
            warnings = self._differences(wanted, measured, archive)
            out.become(target)
            self.ledger.record(
                wanted.place,
                {
                    "source": wanted.source_id,
                    "millesime": wanted.edition.millesime,
                    "adresse": wanted.download.adresse,
                    "date": datetime.now().astimezone().isoformat(timespec="seconds"),
                },
                measured,
                archive,
            )
        if wanted.download.note:
            warnings.append(f"{wanted.place} : {wanted.download.note}")
        return warnings

    def _prepare(self, wanted: Wanted, out: Partial) -> Fingerprint | None:
        """Put a whole file at its temporary place; return the measure of its archive, if any."""
        download = wanted.download
        how = {"pace": self.pace, "reporter": self.reporter, "label": wanted.label}
        if download.couche:
            bring_layer(download, wanted.territory.code, wanted.edition.millesime, out, **how)
            return None
        if not download.contenu:
            self._plain(wanted, out)
            return None
        name = unquote(urlsplit(download.adresse).path.rpartition("/")[2]) or "archive"
        archive = Partial(out.final.with_name(name))

        def unpack(packed: Path) -> Fingerprint:
            refuse_what_is_not_a_file(packed)
            take_member(packed, download.contenu, out)
            refuse_what_is_not_a_file(out.path)
            return Fingerprint.of(packed)

        try:
            if archive.final.is_file():  # kept when it could not be opened: not asked for twice
                with said_in_french():
                    return unpack(archive.final)
            measured = _checked(
                archive,
                lambda: receive(download.adresse, archive, provable=True, **how),
                lambda _: unpack(archive.path),
            )
        except FetchFailure:
            out.discard()
            raise
        archive.discard()
        return measured

    def _plain(self, wanted: Wanted, out: Partial) -> None:
        download = wanted.download
        provable = out.final.suffix.lower() in SELF_PROVING

        def check(ends_itself: bool) -> None:
            refuse_what_is_not_a_file(out.path)
            if provable:
                check_whole(out.path)
            elif not ends_itself and Fingerprint.of(out.path).md5 != download.md5:
                raise FetchFailure(
                    "le serveur n'annonce pas la taille du fichier et son empreinte n'est pas "
                    "celle attendue : rien ne dit qu'il est entier",
                    "le télécharger depuis la page du producteur et comparer sa taille",
                )

        how = {"pace": self.pace, "reporter": self.reporter, "label": wanted.label}
        _checked(out, lambda: receive(download.adresse, out, provable=provable, **how), check)

    def _differences(
        self, wanted: Wanted, measured: Fingerprint, archive: Fingerprint | None
    ) -> list[str]:
        """Say when a whole file is not the one known: Insee replaces some in place."""
        download = wanted.download
        seen = archive.md5 if archive and download.md5_de == "archive" else measured.md5
        before = self.ledger.known(wanted.place)
        if download.md5 and seen != download.md5:
            return [
                f"{wanted.place} est entier, mais n'est pas l'édition que le registre connaît (md5 "
                f"{seen} au lieu de {download.md5}). Le producteur l'a sans doute remplacé : le "
                "fichier est gardé. Lancer « diagalim check » et lire la page du producteur : "
                f"{wanted.source.page}"
            ]
        if before and before["fichier"]["sha256"] != measured.sha256:
            return [
                f"{wanted.place} : le producteur a remplacé ce fichier depuis le téléchargement du "
                f"{before['date'][:10]}. Le nouveau est gardé ; des chiffres peuvent changer."
            ]
        return []


def _checked(partial: Partial, receive_it: Callable[[], bool], check: Callable[[bool], Any]) -> Any:
    """Receive a file and check it; once more from nothing when two halves do not fit together."""
    resumed = partial.size > 0
    while True:
        ends_itself = receive_it()
        try:
            with said_in_french():
                return check(ends_itself)
        except Unsupported as failure:
            partial.become(partial.final)
            kept = f"l'archive est gardée sous le nom {partial.final.name}"
            raise FetchFailure(f"{failure.seen} ; {kept}", failure.remedy) from failure
        except FetchFailure as failure:
            partial.discard()
            if not (resumed and isinstance(failure, Damaged)):
                raise
            resumed = False
