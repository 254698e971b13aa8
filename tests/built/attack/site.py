"""What does a site give to read: tables with their captions, sentences, pictures, figures in files?

Read with the standard library alone. A table is read wherever it stands: on its page, in the source
given beside it, in the state of a widget.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from openpyxl import load_workbook

BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "figcaption", "div", "section", "summary", "br"}
SILENT = {"style", "script", "head"}
WIDGETS = re.compile(
    r"<script type=\"application/vnd\.jupyter\.widget-state\+json\">(.*?)</script>", re.S
)
FIGURES = "*chiffres_du_rapport"
BASE = re.compile(r"\(n = ([\d ]+)")
SPARED = re.compile(r"non posée à ([\d ]+) structures?( environ)?")
ROUNDED, TEN = "arrondi à la dizaine", 10


def clean(text: str) -> str:
    """Return a text with one kind of space, of apostrophe and of minus."""
    text = text.replace("\u2019", "'").replace("\u2212", "-")
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


@dataclass(frozen=True)
class Table:
    """A published table; ``copy`` when it stands elsewhere than on its page."""

    page: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    copy: bool = False

    @property
    def stem(self) -> str:
        """Its caption without the base that ends it."""
        return re.split(r" \(n\b", self.caption)[0]

    @property
    def base(self) -> tuple[int, int] | None:
        """Between what the number of answers that its caption gives lies."""
        found = BASE.search(self.caption)
        return around(whole(found[1]), ROUNDED in self.caption) if found else None

    @property
    def spared(self) -> tuple[int, int] | None:
        """Between what the number that a question was not put to lies, as its caption says."""
        found = SPARED.search(self.caption)
        return around(whole(found[1]), bool(found[2])) if found else None

    def column(self, name: str) -> int | None:
        """Return where a column stands."""
        return self.head.index(name) if name in self.head else None


@dataclass
class Page:
    """A page: its tables, its sentences one a line, the pictures that it shows or offers."""

    name: str
    tables: list[Table] = field(default_factory=list)
    prose: str = ""
    pictures: set[Path] = field(default_factory=set)


@dataclass(frozen=True)
class Figure:
    """A line of the file of figures; ``value`` as it is written, with all its digits."""

    page: str
    id: str
    label: str
    value: str
    text: str
    low: str = ""
    high: str = ""


@dataclass
class Site:
    """All that is read of a site."""

    pages: dict[str, Page]
    figures: list[Figure]

    @property
    def tables(self) -> list[Table]:
        """The tables as the pages show them."""
        return [table for page in self.pages.values() for table in page.tables if not table.copy]

    @property
    def copies(self) -> list[Table]:
        """The tables that stand elsewhere than on a page."""
        return [table for page in self.pages.values() for table in page.tables if table.copy]


def whole(text: str) -> int | None:
    """Return a number written « 7 775 », or None."""
    text = text.replace(" ", "")
    return int(text) if text.isdigit() else None


def around(number: int, rounded: bool) -> tuple[int, int]:
    """Return between what a number lies: itself, or up to half of ten away."""
    far = TEN // 2 if rounded else 0
    return max(0, number - far), number + far


class Reader(HTMLParser):
    """Tables, sentences and addresses of pictures of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[list[str]]]] = []
        self.prose: list[str] = []
        self.addresses: set[str] = set()
        self.silent, self.cell, self.inside = 0, None, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses |= {given[name] for name in ("src", "href") if given.get(name)}
        if given.get("alt"):
            self.prose.append(f"\n{given['alt']}\n")
        self.silent += tag in SILENT
        if tag == "table":
            self.tables.append(["", []])
            self.inside = True
        elif tag in ("caption", "td", "th"):
            self.cell = []
        elif tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        elif tag in BLOCKS:
            self.prose.append("\n")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.cell is not None:
            self.cell.append(data)
        elif not self.inside:
            self.prose.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT
        if tag in ("td", "th") and self.cell is not None and self.inside and self.tables[-1][1]:
            self.tables[-1][1][-1].append(clean("".join(self.cell)))
            self.cell = None
        elif tag == "caption" and self.cell is not None:
            self.tables[-1][0], self.cell = clean("".join(self.cell)), None
        elif tag == "table":
            self.inside = False


def tables_in(text: str, page: str, copy: bool = False) -> tuple[list[Table], Reader]:
    """Return the tables of a piece of HTML, and what read them."""
    reader = Reader()
    reader.feed(text)
    found = [
        Table(page, caption, tuple(rows[0]), tuple(map(tuple, rows[1:])), copy)
        for caption, rows in reader.tables
        if rows
    ]
    return found, reader


def read_page(path: Path, name: str) -> Page:
    """Read one page, and the state of its widgets."""
    text = path.read_text(encoding="utf-8")
    tables, reader = tables_in(text, name)
    for state in WIDGETS.findall(text):
        for said in strings(json.loads(state)):
            if "<table" in said:
                tables += tables_in(said, name, copy=True)[0]
    lines = (clean(line) for line in "".join(reader.prose).splitlines())
    pictures = {
        (path.parent / unquote(address.split("#")[0])).resolve()
        for address in reader.addresses
        if address.endswith(".png") and "://" not in address
    }
    return Page(name, tables, "\n".join(filter(None, lines)), {p for p in pictures if p.exists()})


def strings(thing: object) -> list[str]:
    """Return every string of a tree of JSON."""
    if isinstance(thing, str):
        return [thing]
    inside = thing.values() if isinstance(thing, dict) else thing
    return (
        [said for one in inside for said in strings(one)] if isinstance(thing, dict | list) else []
    )


def sources_of(path: Path, name: str) -> list[Table]:
    """Return the tables that the notebook given beside a page holds among its outputs."""
    cells = json.loads(path.read_text(encoding="utf-8")).get("cells", [])
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    texts = [
        "".join(said)
        for data in outputs
        for kind, said in data.items()
        if "html" in kind or "markdown" in kind
    ]
    return [table for text in texts if "<table" in text for table in tables_in(text, name, True)[0]]


def read_figures(folder: Path) -> list[Figure]:
    """Return the lines of the files of figures, in CSV and in XLSX: digits may differ."""
    found = []
    for path in sorted(folder.glob(f"{FIGURES}.csv")):
        text = path.read_text(encoding="utf-8-sig")
        found += [dict(row) for row in csv.DictReader(io.StringIO(text))]
    for path in sorted(folder.glob(f"{FIGURES}.xlsx")):
        for sheet in load_workbook(path, read_only=True).worksheets:
            rows = list(sheet.iter_rows(values_only=True))
            if rows and "valeur" in rows[0]:
                found += [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]
    keys = ("page", "id", "libelle", "valeur", "texte", "bas", "haut")
    read = [[html.unescape(clean(str(row.get(key) or ""))) for key in keys] for row in found]
    return [Figure(*row) for row in dict.fromkeys(map(tuple, read))]


def read_site(folder: Path) -> Site:
    """Read every page of a site and what stands beside it."""
    pages = {}
    for path in sorted([*folder.glob("*.html"), *folder.glob("notebooks/**/*.html")]):
        name = path.relative_to(folder).with_suffix("").as_posix()
        pages[name] = read_page(path, name)
        beside = folder / "_sources" / f"{name}.ipynb"
        if beside.exists():
            pages[name].tables += sources_of(beside, name)
    return Site(pages, read_figures(folder / "telechargements"))
