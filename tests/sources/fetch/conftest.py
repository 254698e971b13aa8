"""A producer's server on this computer, a registry that points at it, and what came of it."""

from __future__ import annotations

import contextlib
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory
from diagalim.sources.fetch.run import Outcome, fetch_territory
from diagalim.sources.fetch.transfer import Pace
from diagalim.sources.registry import load_sources

REPOSITORY = Path(__file__).resolve().parents[3]
CSV = b"CODE_IRIS;VALEUR\n" + b"".join(b"13001%04d;%d\n" % (i, i * 7) for i in range(20_000))
"""A file of some size (about 330 kB), each line different."""

Handler = BaseHTTPRequestHandler
Reply = Callable[[Handler], None]


def zipped(
    content: bytes = CSV, name: str = "table.csv", method: int = zipfile.ZIP_STORED
) -> bytes:
    """Return an archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, method)
    return out.getvalue()


def send(
    handler: Handler, body: bytes, *, status: int = 200, kind: str = "application/zip", **more: str
) -> None:
    """Answer with a body and its true length, unless ``Content_Length`` says otherwise."""
    handler.send_response(status)
    headers = {"Content-Type": kind, "Content-Length": str(len(body))}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    for name, value in headers.items():
        if value:
            handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
    handler.close_connection = True


def cut(body: bytes, **more: str) -> Reply:
    """Announce a body and send its first half."""

    def reply(handler: Handler) -> None:
        send(handler, body[: len(body) // 2], Content_Length=str(len(body)), **more)

    return reply


def failing(status: int, **more: str) -> Reply:
    """Answer an error, or a redirection."""
    return lambda handler: send(handler, b"", status=status, **more)


def ranged(body: bytes, *, etag: str = '"1"') -> Reply:
    """Serve the part asked for, as a server that knows ``Range`` and ``If-Range``."""

    def reply(handler: Handler) -> None:
        asked = handler.headers.get("Range")
        if asked and handler.headers.get("If-Range", etag) == etag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            where = f"bytes {start}-{len(body) - 1}/{len(body)}"
            send(handler, body[start:], status=206, Content_Range=where, ETag=etag)
        else:
            send(handler, body, ETag=etag)

    return reply


@dataclass
class Producer:
    """A local server that answers each path as it is told, and remembers what it was asked.

    What its answers are made of comes with it: test modules cannot import from one another.
    """

    csv = CSV
    zipped = staticmethod(zipped)
    send = staticmethod(send)
    cut = staticmethod(cut)
    failing = staticmethod(failing)
    ranged = staticmethod(ranged)

    url: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answers(self, path: str, *replies: Reply | bytes) -> None:
        """Set the answers to a path, in order; the last one serves for all that follow."""
        self.replies[path] = [
            (lambda handler, body=reply: send(handler, body)) if isinstance(reply, bytes) else reply
            for reply in replies
        ]

    @property
    def ranges(self) -> list[str | None]:
        """The part asked for by each request."""
        return [headers.get("Range") for _, headers in self.asked]


@pytest.fixture
def producer(monkeypatch) -> Iterator[Producer]:
    """Return a running local server."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    class Local(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.asked.append((self.path, dict(self.headers)))
            replies = told.replies[self.path.partition("?")[0]]
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
            with contextlib.suppress(ConnectionError):  # the client had enough
                reply(self)

        def log_message(self, format: str, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Local) as server:
        server.daemon_threads = True
        told = Producer(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield told
        server.shutdown()


@dataclass
class Project:
    """A project of its own: its registry, its territory, its folder of downloads."""

    root: Path
    territory: Territory
    entries: dict = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where downloads go."""
        return self.root / "data" / "officiel"

    def dataset(self, name: str, address: str, *, required: bool = True, **download: str) -> Path:
        """Add a dataset with one download; return where its file must come."""
        file = download.pop("fichier", f"{name}/table.csv")
        self.entries[name] = {
            "titre": name,
            "court": name,
            "producteur": "Essai",
            "licence": "essai",
            "page": f"https://example.invalid/{name}",
            "lecteur": "essai",
            "champ": "essai",
            "obligatoire": required,
            "editions": [
                {
                    "millesime": 2021,
                    "telechargement": [
                        {"adresse": address, "fichier": file, "essaye": "non", **download}
                    ],
                    "fichiers": [
                        {"motif": file, "nature": "officiel", "format": "essai"},
                        {"motif": f"repris/{name}.csv", "nature": "repris", "format": "essai"},
                    ],
                }
            ],
        }
        self.write()
        return self.folder / file.format(territoire=self.territory.code)

    def write(self) -> None:
        """Keep the registry."""
        text = yaml.safe_dump(self.entries, allow_unicode=True)
        (self.root / "data" / "sources.yml").write_text(text, encoding="utf-8")

    def readable(self) -> list[str]:
        """Return every file that an accepted pattern finds: all of them must be whole."""
        globs = [
            pattern.motif.format(territoire=self.territory.code)
            for source in load_sources().values()
            for edition in source.editions
            for pattern in edition.fichiers
        ]
        found = {file for glob in globs for file in self.folder.glob(glob)}
        return sorted(file.relative_to(self.folder).as_posix() for file in found)

    def left(self) -> list[str]:
        """Return the names of the files under download."""
        return sorted(file.name for file in self.folder.rglob("*.partiel*"))


@pytest.fixture
def project(tmp_path, monkeypatch) -> Project:
    """Return an empty project for department 13."""
    place = Path("data") / "territories" / "13.yml"
    settings = yaml.safe_load((REPOSITORY / place).read_text(encoding="utf-8"))
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_text(yaml.safe_dump(settings | {"millesimes": {}}), encoding="utf-8")
    monkeypatch.setenv("DIAGALIM_ROOT", str(tmp_path))
    monkeypatch.delenv("DIAGALIM_DATA", raising=False)
    (tmp_path / "data" / "sources.yml").touch()
    return Project(tmp_path, load_territory("13"))


@pytest.fixture
def fetch(project, pace) -> Callable[..., Outcome]:
    """Return the download of all that the project wants."""
    return lambda **options: fetch_territory(project.territory, **{"pace": pace} | options)


@pytest.fixture
def waits() -> list[float]:
    """Return the list of the waits between tries."""
    return []


@pytest.fixture
def pace(waits) -> Pace:
    """Return tries that do not wait, and a server that has two seconds to say something."""
    return Pace(attempts=3, connect=30, read=30, sleep=waits.append)
