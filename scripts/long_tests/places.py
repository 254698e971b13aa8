"""Does the site of another department name a place or a body of the first study?

A figure of one department that stands in the report of another misleads its reader: whole names are
looked for on every page and in every download. The bibliography, the page « Citer » and sentences
marked « Ailleurs : » may name the study.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup

from diagalim.chapter.elsewhere import MARK
from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory, parse_territory
from diagalim.sources.datasets import read
from diagalim.sources.documents import read_published
from diagalim.sources.registry import find
from long_tests.copies import FIRST_STUDY, Difference

BODIES = ("Co'Alim", "DDETS 13", "HETIS", "LARIIS", "Préc'alim")
"""Bodies of the study whose names hold no place."""
CITATION = ".bibtex-citation"
"""Elements of a page that point to the bibliography; the pointer is titled by the entry."""
FREE = ("book/guide/bibliographie", "book/guide/citer")
"""Pages that name the study to cite it."""
EVERYWHERE = {"France"}
SPOKEN = ("alt", "title", "aria-label", "content", "placeholder")
"""Attributes that a reader sees or hears."""
PAGES, TEXTS, PACKED = (".html",), (".csv", ".json", ".md", ".ipynb", ".txt"), (".xlsx", ".gpkg")
NO_BREAKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'"})


@cache
def names_of_the_first_study() -> frozenset[str]:
    """Return the places and bodies of 13: what the project says of it, and its communes.

    The names of all its communes are read in its official files; where these are not, those that
    the project itself writes are looked for.
    """
    first = load_territory(FIRST_STUDY)
    names = {first.nom, first.region.nom, *first.epci.values(), *BODIES}
    names |= {city.nom for city in first.communes_focus}
    facts = read_published("faits")
    names |= set(facts.loc[facts["document"] == first.etude_publiee, "territoire"])
    if find("contours_iris", first) is not None:
        names |= set(read("contours_iris", first)[0]["nom_commune"])
    return frozenset(names - EVERYWHERE)


def names_of(territory: Territory, communes: Iterable[str] = ()) -> set[str]:
    """Return the names that the site of a territory may write: its own."""
    own = {territory.nom, territory.region.nom, *territory.epci.values(), *communes}
    return own | {city.nom for city in territory.communes_focus}


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that a text holds as whole words."""
    plain = text.translate(NO_BREAKS)
    return sorted(
        n for n in names if n in plain and re.search(rf"(?<!\w){re.escape(n)}(?!\w)", plain)
    )


def readable(page: str) -> str:
    """Return the text of a page, scripts and spoken attributes included, marked sentences apart."""
    soup = BeautifulSoup(page, "html.parser")
    for pointer in soup.select(CITATION):
        pointer.decompose()
    for part in soup.find_all("p"):
        if part.get_text().translate(NO_BREAKS).startswith(MARK):
            part.decompose()
    spoken = [tag[key] for key in SPOKEN for tag in soup.find_all(attrs={key: True})]
    scripts = [script.string or "" for script in soup.find_all("script")]
    return " \n".join([soup.get_text(), *map(str, spoken), *scripts])


def without_marked(source: str) -> str:
    """Return the source of a page without its marked sentences, each on a line or in a string."""
    return re.sub(rf'{MARK}[^"\n]*', "", source.translate(NO_BREAKS))


def _packed(file: Path) -> str:
    """Return the bytes of a workbook, or of a GeoPackage, as far as they are text."""
    if file.suffix != ".xlsx":
        return file.read_bytes().decode("utf-8", errors="replace")
    with zipfile.ZipFile(file) as parts:
        return " ".join(parts.read(n).decode("utf-8", errors="replace") for n in parts.namelist())


def texts_of(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the pages and downloads of a site with their text, those that may name it left out."""
    for file in sorted(site.rglob("*")):
        place = file.relative_to(site).as_posix()
        if place.removeprefix("_sources/").startswith(FREE) or place.startswith("_static/"):
            continue
        if file.suffix in PAGES:
            yield place, readable(file.read_text(encoding="utf-8"))
        elif file.suffix in TEXTS:
            yield place, without_marked(file.read_text(encoding="utf-8"))
        elif file.suffix in PACKED:
            yield place, _packed(file)


def names_nothing_of_the_first_study(project: Path, code: str) -> None:
    """Refuse the site of another department that names a place or a body of 13 that is not its own.

    Parameters
    ----------
    project : Path
        Where the department was built.
    code : str
        Its code, as its territory file is named.

    Raises
    ------
    Difference
        With every page and download, and what it names.
    """
    file = project / "data" / "territories" / f"{code}.yml"
    territory = parse_territory(file.read_text(encoding="utf-8"), file.name)
    made = project / "_build" / code
    communes = pd.read_parquet(made / "results" / "contexte" / "communes.parquet")["nom"]
    foreign = names_of_the_first_study() - names_of(territory, communes)
    found = {place: named_in(text, foreign) for place, text in texts_of(made / "html")}
    told = [f"{place} ({', '.join(names)})" for place, names in found.items() if names]
    if told:
        raise Difference(f"{code} : lieux ou organismes du 13 dans {' ; '.join(told)}")
