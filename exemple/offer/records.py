"""How does each tool know the same place?

A tool has its own name for it, its own way to write the address and the telephone, a point moved by
0 to 140 m, a SIRET or none, and a date. What links two records is the key of the true place, never
how alike they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import shapely

from exemple.land import names
from exemple.offer.sites import Site

COLLECTED = date(2026, 10, 15)
"""The day on which the files were gathered."""
TOOLS = ("soliguide", "data_inclusion", "osm", "tableur")
COVERAGE = {"soliguide": 0.66, "data_inclusion": 0.40, "osm": 0.30, "tableur": 0.42}
UNKNOWN_TO = {
    "soliguide": {"achat_groupe", "logistique"},
    "data_inclusion": {"frigo", "eau", "logistique"},
    "osm": {"bon_cheque", "maraude", "achat_groupe", "atelier"},
    "tableur": {"eau", "frigo"},
}
FARTHEST = {"soliguide": 40.0, "data_inclusion": 100.0, "osm": 140.0, "tableur": 0.0}
"""How far from the true place the tool may put its point, metres."""
NO_POINT = {"soliguide": 0.03, "data_inclusion": 0.12, "osm": 0.0, "tableur": 1.0}
NO_SIRET = {"soliguide": 1.0, "data_inclusion": 0.30, "osm": 0.92, "tableur": 0.45}
NO_PHONE = {"soliguide": 0.08, "data_inclusion": 0.15, "osm": 0.45, "tableur": 0.20}
TWICE = {"soliguide": 4, "tableur": 3}
"""Places that a tool holds twice."""
CITY_CODE = 4
"""Records of Soliguide and of data.inclusion coded as the city, not as the *arrondissement*."""
SHORTER = (
    ("Centre communal d'action sociale", "CCAS"), ("Association", "Asso"), ("Saint-", "St "),
    ("Maison de quartier", "MQ"), ("Épicerie", "Epicerie"), (" - antenne ", " "),
    (" - permanence de ", " "),
)  # fmt: skip
ROADS = (
    ("avenue", "av."), ("boulevard", "bd"), ("place", "pl."), ("rue", "r."), ("chemin", "ch."),
    ("impasse", "imp."), ("allée", "all."), ("route", "rte"),
)  # fmt: skip


@dataclass
class Record:
    """What one tool holds of one true place; ``x`` is None without coordinates."""

    id: str
    tool: str
    site: Site
    name: str
    address: str
    commune: str
    phone: str
    siret: str
    x: float | None
    y: float | None
    updated: date | None
    traits: tuple[str, ...]


def plain(text: str) -> str:
    """Return a text without accents."""
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode("ascii")


def seen(sites: list[Site], iris: gpd.GeoDataFrame, rng: np.random.Generator) -> list[Record]:
    """Return the records of all the tools: one to three tools for each place.

    Parameters
    ----------
    sites : list of Site
        The true places.
    iris : GeoDataFrame
        Gives the limits of the communes: a moved point stays in the commune stated.
    rng : Generator
        The generator of the offer.
    """
    communes = iris.dissolve("INSEE_COM").geometry
    records = [
        _record(tool, site, communes[site.commune], rng)
        for site in sites
        for tool in _tools(site, rng)
    ]
    for tool, number in TWICE.items():
        held = [r for r in records if r.tool == tool and not r.site.stops and not r.site.groups]
        for k in sorted(rng.choice(len(held), number, replace=False)):
            site = held[k].site
            again = _record(tool, site, communes[site.commune], rng)
            again.traits += ("deux fois dans le même outil",)
            records.append(again)
    return _numbered(records, rng)


def _tools(site: Site, rng: np.random.Generator) -> list[str]:
    known = [t for t in TOOLS if not UNKNOWN_TO[t] & {site.aids[0]}]
    odds = np.array([COVERAGE[t] for t in known])
    chosen = [t for t, p in zip(known, odds, strict=True) if rng.random() < p][:3]
    if site.hours.form not in ("ordinaire", "nuit") or site.groups:  # must be readable somewhere
        syntax = [t for t in known if t in ("osm", "data_inclusion")]
        if not set(chosen) & set(syntax):
            chosen = [*chosen[:2], str(rng.choice(syntax))]
    if not chosen:
        chosen = [str(rng.choice(known, p=odds / odds.sum()))]
    return [t for t in TOOLS if t in chosen]


def _record(tool: str, site: Site, commune: shapely.Geometry, rng: np.random.Generator) -> Record:
    name, traits = _named(site, tool, rng)
    phone = "" if rng.random() < NO_PHONE[tool] else _dialled(site.phone, tool, rng)
    siret = "" if rng.random() < NO_SIRET[tool] else site.siret
    x = y = None
    if rng.random() >= NO_POINT[tool]:
        x, y = _moved(site, FARTHEST[tool], commune, rng)
        away = float(np.hypot(x - site.x, y - site.y))
        traits += [f"point à {away:.0f} m"] if away >= 30 else []
    if not siret and tool in ("data_inclusion", "tableur"):
        traits.append("SIRET absent")
    if x is None and tool != "tableur":
        traits.append("sans coordonnées")
    updated = _dated(site, tool, rng)
    return Record(
        "", tool, site, name, _addressed(site, tool, rng), site.commune, phone, siret, x, y,
        updated, tuple(traits),
    )  # fmt: skip


def _named(site: Site, tool: str, rng: np.random.Generator) -> tuple[str, list[str]]:
    name, traits = site.name, []
    if rng.random() < {"soliguide": 0.1, "data_inclusion": 0.25, "osm": 0.55, "tableur": 0.7}[tool]:
        for long, short in SHORTER:
            name = name.replace(long, short)
        traits += ["nom abrégé"] if name != site.name else []
    if (
        rng.random()
        < {"soliguide": 0.04, "data_inclusion": 0.08, "osm": 0.1, "tableur": 0.18}[tool]
    ):
        at = int(rng.integers(1, len(name) - 2))
        name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        traits.append("faute de frappe")
    if rng.random() < {"soliguide": 0, "data_inclusion": 0.25, "osm": 0, "tableur": 0.2}[tool]:
        name = plain(name).upper()
        traits.append("nom en capitales sans accents")
    return name, traits


def _addressed(site: Site, tool: str, rng: np.random.Generator) -> str:
    street = site.street
    if tool in ("tableur", "data_inclusion") and rng.random() < 0.5:
        for long, short in ROADS:
            street = re.sub(rf"^{long}\b", short, street)
    text = f"{site.number} {street}"
    if tool == "tableur":
        text = str(rng.choice([text, f"{site.number}, {street}", plain(text).upper()]))
        if rng.random() < 0.08:
            text += f" BP {rng.integers(10_000, 60_000)}"
        return street if rng.random() < 0.06 else text
    if tool == "data_inclusion" and rng.random() < 0.15:
        text = plain(text).upper()
        text += f" CS {rng.integers(10_000, 60_000)}" if rng.random() < 0.4 else ""
    return text


def _dialled(phone: str, tool: str, rng: np.random.Generator) -> str:
    pairs = [phone[k : k + 2] for k in range(0, 10, 2)]
    forms = {
        "soliguide": [phone, " ".join(pairs)],
        "data_inclusion": ["+33" + phone[1:]],
        "osm": [f"+33 {phone[1]} " + " ".join(pairs[1:])],
        "tableur": [".".join(pairs), " ".join(pairs), phone, "-".join(pairs), f"({phone})"],
    }[tool]
    return str(rng.choice(forms))


def _moved(
    site: Site, farthest: float, commune: shapely.Geometry, rng: np.random.Generator
) -> tuple[float, float]:
    for _ in range(100):
        angle, away = rng.uniform(0, 2 * np.pi), farthest * np.sqrt(rng.random())
        x, y = site.x + away * np.cos(angle), site.y + away * np.sin(angle)
        if shapely.contains_xy(commune, x, y):
            return float(x), float(y)
    return site.x, site.y


def _dated(site: Site, tool: str, rng: np.random.Generator) -> date | None:
    """Return the date of update: mostly within a year, some older than one year or two, some none.

    The places of a stale village, and those closed for good, are over two years old.
    """
    days = int(
        rng.choice([rng.integers(5, 360), rng.integers(370, 720), rng.integers(740, 1500)],
                   p=[0.66, 0.22, 0.12])
    )  # fmt: skip
    undated = rng.random() < {"tableur": 0.2}.get(tool, 0.0)
    if site.stale:
        days = int(rng.integers(740, 1500))
    if site.closed_on and tool in ("soliguide", "tableur"):
        return site.closed_on
    if site.closed_on:
        return site.closed_on - timedelta(days=int(rng.integers(200, 500)))
    return None if undated and not site.stale else COLLECTED - timedelta(days=days)


def _numbered(records: list[Record], rng: np.random.Generator) -> list[Record]:
    """Give each record the identifier its tool would give, in an order of its own."""
    numbered = []
    for tool in TOOLS:
        own = [r for r in records if r.tool == tool]
        own = [own[k] for k in rng.permutation(len(own))]
        city = [r for r in own if r.commune in names.DISTRICTS][:CITY_CODE]
        for record in city if tool in ("soliguide", "data_inclusion") else []:
            record.commune = names.CITY
        for rank, record in enumerate(own, start=1):
            record.id = {
                "soliguide": f"soliguide:{40_000 + rank}",
                "data_inclusion": f"data_inclusion:annuaire-vermeil--{rank:04d}",
                "osm": f"osm:{'way' if rank % 5 == 0 else 'node'}/{9_900_000_000 + rank}",
                "tableur": f"tableur:P{rank:03d}",
            }[tool]
        numbered += own
    return numbered


def number_of(record: Record) -> str:
    """Return the identifier inside the tool, without the name of the tool."""
    return record.id.split(":", 1)[1]
