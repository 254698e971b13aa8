"""Is the site fit to be published: complete, self-contained, and silent about the machine.

Run on the pages that were made, before they take the place of the last good site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from diagalim.wording.failures import BuildFailure

LOADED = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "audio": ("src",),
    "video": ("src", "poster"),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
}
"""Attributes that a browser follows without being asked; a link to click is no request."""

LOADED_LINKS = {"stylesheet", "preload", "prefetch", "modulepreload", "preconnect", "icon"}
OTHER_HOST = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
STYLE_REQUEST = re.compile(
    r"(?:url\(\s*|@import\s+)['\"]?\s*((?:https?:)?//[^'\")\s]+)", re.IGNORECASE
)
TEXT_SUFFIXES = {".html", ".js", ".css", ".json", ".ipynb", ".md", ".svg", ".txt", ".csv"}
VENDOR = "_static/vendor/"
"""Scripts of others, the same on every machine."""


class _Requests(HTMLParser):
    """Collects the addresses of other hosts that a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        followed = [given[name] for name in LOADED.get(tag, ()) if name in given]
        if tag == "link" and set(given.get("rel", "").split()) & LOADED_LINKS:
            followed.append(given.get("href", ""))
        self.found += [address for address in followed if OTHER_HOST.match(address)]
        self.found += STYLE_REQUEST.findall(given.get("style", ""))
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.found += STYLE_REQUEST.findall(data)


def other_hosts(page: str) -> list[str]:
    """Return the addresses of other hosts that a browser would ask for when it opens a page."""
    parser = _Requests()
    parser.feed(page)
    return parser.found


class _Downloads(HTMLParser):
    """Collects the addresses of the files of the site that a page gives to download."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get("href") or ""
        if tag == "a" and "download" in given and not re.match(r"[a-z]+:", address):
            self.found.append(address)


def missing_downloads(page: Path) -> list[str]:
    """Return the addresses that a page gives to download and that lead to no file."""
    parser = _Downloads()
    parser.feed(page.read_text(encoding="utf-8"))
    return [a for a in parser.found if not (page.parent / unquote(a)).is_file()]


def inspect_site(site: Path, toc: Path, machine_paths: list[Path]) -> None:
    """Check a site that was made.

    Parameters
    ----------
    site : Path
        The pages.
    toc : Path
        Table of contents whose pages must all be there.
    machine_paths : list of Path
        Folders whose names must stand nowhere in the site.

    Raises
    ------
    BuildFailure
        With everything found.
    """
    found = [f"page absente : {name}" for name in missing_pages(site, toc)]
    marks = [
        re.compile(rf"(?<![\w.\-/]){re.escape(str(path))}(?![\w.\-])") for path in machine_paths
    ]
    for file in sorted(site.rglob("*")):
        if file.suffix not in TEXT_SUFFIXES or not file.is_file():
            continue
        name = file.relative_to(site).as_posix()
        text = file.read_text(encoding="utf-8", errors="replace")
        if file.suffix == ".html":
            found += [f"{name} : demande à un autre hôte, {host}" for host in other_hosts(text)]
            found += [f"{name} : téléchargement absent, {a}" for a in missing_downloads(file)]
        elif file.suffix == ".css":
            hosts = STYLE_REQUEST.findall(text)
            found += [f"{name} : demande à un autre hôte, {host}" for host in hosts]
        if not name.startswith(VENDOR):
            found += [
                f"{name} : chemin de la machine, « …{_around(text, match)}… »"
                for mark in marks
                for match in [mark.search(text)]
                if match
            ]
    if found:
        listed = "\n".join(f"  • {line}" for line in found)
        raise BuildFailure(f"Le site n'est pas publiable :\n{listed}")


def missing_pages(site: Path, toc: Path) -> list[str]:
    """Return the pages of a table of contents that a site does not hold."""
    return [page for page in pages_of(read_toc(toc)) if not (site / f"{page}.html").is_file()]


def read_toc(toc: Path) -> dict[str, Any]:
    """Read a table of contents."""
    return yaml.safe_load(toc.read_text(encoding="utf-8"))


def pages_of(contents: dict[str, Any]) -> list[str]:
    """Return the pages of a table of contents, the first one being the root."""
    return list(_walk(contents))


def _walk(entry: Any) -> Iterator[str]:
    if isinstance(entry, list):
        for item in entry:
            yield from _walk(item)
    elif isinstance(entry, dict):
        for key in ("root", "file"):
            if key in entry:
                yield re.sub(r"\.(md|ipynb)$", "", entry[key])
        for key in ("parts", "chapters", "sections", "subtrees", "entries"):
            yield from _walk(entry.get(key, []))


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - 30), match.end() + 30
    return re.sub(r"\s+", " ", text[start:end])
