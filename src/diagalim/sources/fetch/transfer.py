"""How the bytes of one address come, whole: pooch brings them, this module judges them.

pooch's downloader streams an address into an open file and shows the progress. A hook on the answer
looks at it before the first byte is written: the file or a web page, from where on, how long, and
whether there is room.

``Retry`` of urllib3 2.8.0 was tried in place of the loop of `receive`, for pages of a service that
no run resumes. It asks again on 429 and 5xx, never when an answer is cut half-way: one request seen
in a trial that allowed four. It waits without telling the user, and the downloader of pooch 1.9.0
takes no session to set it on. The loop would stay around it.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pooch
import requests

from diagalim.sources.fetch.answer import Answer, Elsewhere, again_in, refusal
from diagalim.sources.fetch.disk import said_in_french
from diagalim.sources.fetch.failures import FetchFailure, Unreachable
from diagalim.sources.fetch.partial import Partial, sync
from diagalim.sources.fetch.reporting import Reporter

AGENT = "diagalim (diagnostic territorial, fichiers en licence ouverte)"
CHUNK = 1 << 16


@dataclass(frozen=True)
class Pace:
    """How long to wait and how often to try (conventions of the project).

    Attributes
    ----------
    attempts : int
        Tries in all, for what may pass: 429, 5xx, silence, a connection cut.
    first_wait : float
        Seconds before the second try; doubles each time.
    longest_wait : float
        A server that asks for more is left alone.
    connect, read : float
        Seconds without an answer, and without a byte.
    sleep : callable
        Waits that many seconds.
    """

    attempts: int = 4
    first_wait: float = 1.0
    longest_wait: float = 60.0
    connect: float = 10.0
    read: float = 60.0
    sleep: Callable[[float], None] = time.sleep


class Passing(Exception):
    """What may succeed next time; carries what to say when it does not."""

    def __init__(self, failure: FetchFailure, wait: float | None = None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.wait = wait


def receive(
    address: str,
    partial: Partial,
    *,
    provable: bool,
    pace: Pace,
    reporter: Reporter,
    label: str,
) -> bool:
    """Bring all the bytes of an address into a partial file.

    Parameters
    ----------
    address : str
        What to ask for.
    partial : Partial
        Where the bytes go; what is there already is kept when the download can go on from it.
    provable : bool
        Whether the file can prove afterwards that it is whole (an archive, by its checksums): only
        then is a download resumed.
    pace : Pace
        Waits and tries.
    reporter : Reporter
        Shows the progress.
    label : str
        What is downloaded, for the user.

    Returns
    -------
    bool
        Whether the server told where the file ends, so that it is known to be whole.

    Raises
    ------
    FetchFailure
        With what was seen. The bytes are kept only when a next run can go on from them.
    """
    if not provable:
        partial.discard()
    wait = pace.first_wait
    for attempt in itertools.count(1):
        bar = reporter.bar(label, partial.size)
        try:
            return _try(address, partial, pace, bar)
        except Passing as passing:
            if not (provable and partial.size):
                partial.discard()
            delay = wait if passing.wait is None else passing.wait
            if attempt == pace.attempts or delay > pace.longest_wait:
                raise passing.failure from passing
            if delay:
                reporter.say(f"{label} : {passing.failure.seen} ; nouvel essai dans {delay:.0f} s")
            pace.sleep(delay)
            wait *= 2
        except FetchFailure as failure:
            if not (isinstance(failure, Unreachable) and provable and partial.size):
                partial.discard()
            raise
        finally:
            if bar:
                bar.close()


def _try(address: str, partial: Partial, pace: Pace, bar: object) -> bool:
    note = partial.resumable(address)
    start = partial.size if note else 0
    if note and start == note.length:
        return True
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
    if note:
        headers["Range"] = f"bytes={start}-"
        if note.validator:
            headers["If-Range"] = note.validator
    partial.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with said_in_french(), partial.path.open("ab") as file:
            answer = Answer(address, partial, file, note)
            bring = pooch.HTTPDownloader(
                progressbar=bar,
                chunk_size=CHUNK,
                headers=headers,
                timeout=(pace.connect, pace.read),
                hooks={"response": answer},
            )
            bring(address, file, None)
        with said_in_french():
            sync(partial.path)
    except Elsewhere as error:
        partial.discard()
        raise Passing(_cut("le fichier a changé sur le serveur"), wait=0) from error
    except requests.HTTPError as error:
        raise _judged(error.response, partial) from error
    except requests.RequestException as error:
        raise _broken(error, address, answer.begun, pace) from error
    if answer.length is not None and partial.size != answer.length:
        seen = f"{partial.size} octets reçus sur {answer.length} annoncés"
        if partial.size > answer.length:
            partial.discard()
        raise Passing(_cut(seen))
    return answer.ends_itself


def _judged(response: requests.Response, partial: Partial) -> Passing | FetchFailure:
    status = response.status_code
    if status == 416:  # what is kept is longer than what the server has now
        partial.discard()
        return Passing(_cut("le fichier a changé sur le serveur"), wait=0)
    failure = refusal(response)
    if status in (429, 500, 502, 503, 504):
        return Passing(failure, again_in(response))
    return failure


def _broken(
    error: requests.RequestException, address: str, begun: bool, pace: Pace
) -> Passing | FetchFailure:
    host = urlsplit(address).netloc
    if begun:
        return Passing(_cut("la connexion a été coupée ou s'est tue avant la fin"))
    if isinstance(error, requests.exceptions.SSLError):
        return Unreachable(host, "son certificat n'est pas accepté : proxy d'entreprise ?")
    if isinstance(error, requests.exceptions.ReadTimeout):
        return Passing(
            FetchFailure(
                f"{host} n'a rien répondu en {pace.read:.0f} s",
                "relancer plus tard : le serveur est lent ou surchargé",
            )
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return Passing(Unreachable(host, "le proxy refuse ou ne répond pas"))
    if isinstance(error, requests.ConnectionError):
        return Passing(Unreachable(host, "pas de réseau, nom inconnu ou connexion refusée"))
    return FetchFailure(
        f"l'adresse ne peut être appelée ({type(error).__name__})",
        "corriger l'adresse dans data/sources.yml",
    )


def _cut(seen: str) -> FetchFailure:
    return FetchFailure(
        f"fichier incomplet : {seen}", "relancer : le téléchargement reprendra ou recommencera"
    )
