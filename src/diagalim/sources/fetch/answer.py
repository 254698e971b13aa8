"""What a server's answer is worth, judged on its headers, before any byte of it is kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Any

import requests

from diagalim.sources.fetch.disk import need_room
from diagalim.sources.fetch.failures import FetchFailure
from diagalim.sources.fetch.partial import Note, Partial

WEB_PAGES = ("text/html", "application/xhtml+xml")


class Elsewhere(requests.RequestException):
    """The server sent a part of the file, but not the one that follows what is kept."""


class Answer:
    """A hook of requests that looks at an answer and prepares the file for its bytes.

    Parameters
    ----------
    address : str
        What was asked for.
    partial : Partial
        Where the bytes go.
    file : binary file
        The same, open at its end.
    note : Note or None
        What the server said when the bytes already there came.

    Attributes
    ----------
    begun : bool
        Whether the file began to come.
    length : int or None
        Bytes that the whole file will have, as announced.
    ends_itself : bool
        Whether the transfer tells its own end, so that a cut is noticed.
    """

    def __init__(self, address: str, partial: Partial, file: IO[bytes], note: Note | None) -> None:
        self.address = address
        self.partial = partial
        self.file = file
        self.note = note
        self.begun = False
        self.length: int | None = None
        self.ends_itself = False

    def __call__(self, response: requests.Response, *_: Any, **__: Any) -> None:
        """Judge an answer; redirections and errors are left to requests.

        Raises
        ------
        FetchFailure
            Web page in place of a file, answer without a file, no room for it.
        """
        if response.is_redirect or response.status_code >= 400:
            return
        self.begun = True
        refuse_web_page(response)
        if response.status_code == 206:
            if not self._goes_on(response):
                raise Elsewhere("another part")
            self.length = self.note.length
        elif response.status_code == 200:
            self._start_over(response)
        else:
            raise FetchFailure(f"réponse {response.status_code} sans fichier", "relancer plus tard")
        chunked = response.headers.get("Transfer-Encoding", "").lower() == "chunked"
        self.ends_itself = chunked or "Content-Length" in response.headers
        if self.length:
            need_room(self.partial.path.parent, self.length - self.partial.size)

    def _goes_on(self, response: requests.Response) -> bool:
        found = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("Content-Range", ""))
        return bool(
            found
            and self.note
            and int(found[1]) == self.partial.size
            and int(found[2]) == self.note.length
        )

    def _start_over(self, response: requests.Response) -> None:
        self.file.truncate(0)
        announced = response.headers.get("Content-Length", "")
        # the length of a compressed answer is not that of the file
        plain = response.headers.get("Content-Encoding", "identity") == "identity"
        self.length = int(announced) if plain and announced.isdigit() else None
        self.partial.write_note(Note(self.address, self.length, validator(response)))


def validator(response: requests.Response) -> str | None:
    """Return what tells one state of the file from another: strong ETag, else date of change."""
    tag = response.headers.get("ETag")
    if tag and not tag.startswith("W/"):
        return tag
    return response.headers.get("Last-Modified")


def refuse_web_page(response: requests.Response) -> None:
    """Refuse an answer that calls itself a web page.

    Raises
    ------
    FetchFailure
        When it does.
    """
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind in WEB_PAGES:
        raise web_page()


def web_page() -> FetchFailure:
    """Return what to say of a page served in place of a file."""
    return FetchFailure(
        "le serveur a répondu une page web à la place du fichier",
        "ouvrir l'adresse dans un navigateur : le fichier a été déplacé, ou le réseau demande de "
        "s'identifier",
    )


def refusal(response: requests.Response) -> FetchFailure:
    """Return what to say of an answer that refuses."""
    status = response.status_code
    if status in (404, 410):
        return FetchFailure(
            f"le fichier n'est plus à cette adresse (erreur {status})",
            "le chercher sur la page du producteur et le déposer dans le dossier indiqué, puis "
            "signaler la nouvelle adresse pour data/sources.yml",
        )
    if status in (401, 403, 407):
        return FetchFailure(
            f"le serveur refuse l'accès (erreur {status})",
            "télécharger le fichier avec un navigateur depuis la page du producteur",
        )
    if status == 429 or status >= 500:
        wait = again_in(response)
        later = f"dans {wait:.0f} s au moins" if wait else "plus tard"
        return FetchFailure(
            f"le serveur est indisponible ou surchargé (erreur {status})", f"relancer {later}"
        )
    return FetchFailure(
        f"le serveur répond l'erreur {status}", "vérifier l'adresse dans data/sources.yml"
    )


def again_in(response: requests.Response) -> float | None:
    """Return the seconds that the server asks to wait (``Retry-After``), None when it does not."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdigit():
        return float(asked)
    try:
        when = parsedate_to_datetime(asked)
    except ValueError:  # absent, or in no known form
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
