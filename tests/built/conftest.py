"""Everything that a build leaves, as text in which a secret is found however it is written.

Pages, search index, executed notebooks with their widgets, sources given beside the pages,
results and downloads: workbooks, archives, databases and Parquet files are opened, and so is what
they hold.
"""

from __future__ import annotations

import html
import io
import re
import sqlite3
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import geopandas as gpd
import pandas as pd
import pytest

from diagalim.workspace.paths import build_dir

PARTS = ("executed", "html", "results", "book")
"""Folders of a build that hold what was made of the data; ``book`` is what Sphinx read."""
ARCHIVES, DATABASES = {".xlsx", ".zip", ".ods", ".docx"}, {".gpkg", ".sqlite"}
TABLES = {".parquet", ".geoparquet"}
DEGREES = "EPSG:4326"
OF_OTHERS = re.compile(r"(_static|statique)/(vendor|scripts|styles|webfonts|locales)/")
"""Scripts, styles and fonts of others, the same whatever the data."""
WORD = re.compile(r"\w+")
ENCODED = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*")
"""Characters as an address writes them: those of one run are undone together."""


def texts_in(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield each text of a file with where it stands in it; pictures too, for their metadata."""
    suffix = Path(name).suffix.lower()
    if suffix in ARCHIVES:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from texts_in(f"{name}!{member}", archive.read(member))
    elif suffix in TABLES:
        yield name, _table(suffix, content)
    elif suffix in DATABASES:
        yield name, _dump(content)
    else:
        yield name, content.decode("utf-8", errors="replace")


def _table(suffix: str, content: bytes) -> str:
    if suffix != ".geoparquet":
        return pd.read_parquet(io.BytesIO(content)).to_csv()
    placed = gpd.read_parquet(io.BytesIO(content))
    return f"{placed.to_csv()}\n{placed.to_crs(DEGREES).geometry.to_csv()}"


def _dump(content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.gpkg"
        path.write_bytes(content)
        base = sqlite3.connect(path)
        named = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = [str(row) for (table,) in named for row in base.execute(f'SELECT * FROM "{table}"')]
        base.close()
        if ("gpkg_contents",) in named:
            layers = [gpd.read_file(path, layer=name) for name in gpd.list_layers(path)["name"]]
            rows += [
                layer.to_crs(DEGREES).geometry.to_csv() for layer in layers if hasattr(layer, "crs")
            ]
    return "\n".join(rows)


def plain(text: str) -> str:
    """Return a text without what a format, a browser or a typographer changes in it.

    Entities and the escapes of JSON and addresses are undone, accents composed, case dropped,
    quotes made straight, and whatever separates words made one space.
    """
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    text = re.sub(r"\\[ntr]", " ", text).replace('\\"', '"')
    text = html.unescape(html.unescape(text))
    # the runs alone: the whole text would be taken to pieces at each accent
    text = ENCODED.sub(lambda found: unquote(found[0]), text)
    text = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return " ".join(text.split())


def twice(text: str) -> str:
    """Return a text as it reads, and once more without its tags."""
    read = plain(text)
    return f"{read}\n{plain(re.sub(r'<[^<>]*>', ' ', read))}"


def words_in(text: str) -> set[str]:
    """Return the words of a text, where what stands between two spaces is often the same."""
    return set(WORD.findall(" ".join(set(text.split()))))


class Haystack:
    """Texts by name, where needles are looked for.

    Each text is kept as it reads, and once more without its tags: a name may be parted by two cells
    of a table. Files that hold the same text, a page and its source or a download and its copies,
    are read and searched once.
    """

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self.texts = {}
        read: dict[str, str] = {}
        for name, text in texts:
            if text not in read:
                read[text] = twice(text)
            self.texts[name] = read[text]
        self.words = {text: words_in(text) for text in set(read.values())}

    def found(self, needles: Iterable[str]) -> list[tuple[str, str]]:
        """Return each needle that stands somewhere, with the place."""
        asked = {needle: plain(needle) for needle in needles}
        words = {needle: set(WORD.findall(read)) for needle, read in asked.items()}
        held = {}
        for text, known in self.words.items():
            possible = {needle: asked[needle] for needle in asked if words[needle] <= known}
            held[text] = standing_in(text, possible)
        somewhere = set().union(*held.values())
        return [
            (needle, name)
            for needle in asked
            if needle in somewhere
            for name, text in self.texts.items()
            if needle in held[text]
        ]

    def digits(self) -> Iterator[tuple[str, str]]:
        """Yield each text with nothing left between its digits."""
        joined: dict[str, str] = {}
        for name, text in self.texts.items():
            if text not in joined:
                joined[text] = re.sub(r"(?<=\d)[ .\-_/]+(?=\d)", "", text)
            yield name, joined[text]


def standing_in(text: str, asked: dict[str, str]) -> set[str]:
    """Return the needles that stand in a text, given how each reads.

    Those that begin alike are looked for by that beginning first.
    """
    begun: dict[str, list[str]] = {}
    for needle, read in asked.items():
        begun.setdefault(" ".join(read.split(" ", 3)[:3]), []).append(needle)
    return {
        needle
        for beginning, needles in begun.items()
        if beginning in text
        for needle in needles
        if asked[needle] in text
    }


def everything_in(folder: Path, parts: Iterable[str] = PARTS) -> Iterator[tuple[str, str]]:
    """Yield the texts of all the files of a build."""
    for part in parts:
        for file in sorted((folder / part).rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and not OF_OTHERS.search(name):
                yield from texts_in(name, file.read_bytes())


@pytest.fixture(scope="session")
def open_text():
    """Return the functions that the tests share: a haystack, its texts, and how words are read."""
    return Haystack, texts_in, plain


@pytest.fixture(scope="session")
def fictitious_files(fictitious_site) -> Haystack:
    """Return everything built for the fictitious department."""
    return Haystack(everything_in(build_dir(fictitious_site.code)))


@pytest.fixture(scope="session")
def files_of_13(official_data, site_of_13) -> Haystack:
    """Return everything built for 13."""
    return Haystack(everything_in(build_dir(site_of_13.code)))
