"""What do the reports of networks give of the few lines that one of them lost between two periods?

A network declares a total at each period, and its index follows the lines filled at all of them:
the total less the lines followed is what the lines that left had declared.
"""

from __future__ import annotations

import math
import re

from attack.cells import Said, is_hidden, said
from attack.crossed import OF
from attack.pictures import indices_drawn
from attack.site import Site, Table, whole
from attack.system import MOST, Name, System

FEW = 5
HEAD = ("Période", "Déclaré", "Indice", "Lignes suivies par l'indice")
COUNTED = ("Lignes comptées", "Lignes remplies")
"""Headings of how many lines a declared total is the sum of: « 37 sur 38 »."""
CHANGE = re.compile(r"^(?:.* : )?(.+?) : ([+-]\d+(?:,\d+)?) % entre (\S+) et ([\w-]+)", re.M)


def left(network: str, period: str) -> Name:
    """Name what the lines that are not followed declared at a period."""
    return ("lignes non suivies", network, period)


def followed(network: str, period: str) -> Name:
    """Name what the lines followed declared at a period."""
    return ("lignes suivies", network, period)


def without_part(network: str, period: str, part: str) -> Name:
    """Name what the lines that do not fill a part of the sheet declared at a period."""
    return ("lignes sans profil", network, period, part)


def is_series(table: Table) -> bool:
    """Tell whether a table gives what networks declare, period by period."""
    return {"Réseau", *HEAD} <= set(table.head) and bool(set(COUNTED) & set(table.head))


def counted(row: dict[str, str]) -> Said | None:
    """Return how many lines a declared total is the sum of."""
    return said(next(row[heading] for heading in COUNTED if heading in row))


def rows_of(table: Table) -> list[dict[str, str]]:
    """Return the lines of a table by heading."""
    return [dict(zip(table.head, row, strict=False)) for row in table.rows]


def add_networks(site: Site, system: System) -> list[Name]:
    """Add the series of each network; return what a few lines left, and what is hidden."""
    hidden = []
    for table in filter(is_series, site.tables):
        rows = rows_of(table)
        for row in rows:
            hidden += add_period(row, system)
        for network in dict.fromkeys(row["Réseau"] for row in rows):
            own = [row for row in rows if row["Réseau"] == network]
            add_index(
                network, {r["Période"]: said(r["Indice"]) for r in own if said(r["Indice"])}, system
            )
        hidden += add_parts(site, rows, system)
        add_sentences(site, system)
        add_figures(site, system)
        for picture in sorted(site.pages[table.page].pictures):
            for (network, period), (low, high) in indices_drawn(picture, rows).items():
                first = next(
                    r["Période"] for r in rows if r["Réseau"] == network and r["Indice"] == "100"
                )
                tie_index(network, first, period, low, high, system)
    return hidden


def add_period(row: dict[str, str], system: System) -> list[Name]:
    """Add what a network declares at a period: the lines followed, and the others."""
    network, period = row["Réseau"], row["Période"]
    filled = counted(row)
    kept = said(row["Lignes suivies par l'indice"])
    declared = said(row["Déclaré"])
    names = followed(network, period), left(network, period)
    for name in names:
        system.set(name, 0)
    total = ("déclaré", network, period)
    system.set(total, *((declared.value,) * 2 if declared else (0, MOST)))
    system.equal(total, names)
    hidden = [total] if is_hidden(row["Déclaré"]) else []
    if filled and kept:
        gone = filled.value - kept.value
        if gone == 0:
            system.set(names[1], 0, 0)
        elif 0 < gone < FEW:
            hidden.append(names[1])
    return hidden


def add_parts(site: Site, rows: list[dict[str, str]], system: System) -> list[Name]:
    """Add the base of each profile: the total less it is what the lines without one declared.

    How many such lines there are at the most comes of the share of all the lines of the network
    that fill this part of the sheet.
    """
    hidden = []
    shares = {
        (row["Réseau"], part): said(row[part])
        for table in site.tables
        for row in rows_of(table)
        if "Unité de compte" in row
        for part in row
        if part.startswith("avec les ")
    }
    for table in site.tables:
        part = "avec les " + table.caption.partition(" par ")[2].split(",")[0]
        for row in rows:
            heading = f"{row['Réseau']}, {row['Période']} ("
            base = next((OF.search(h) for h in table.head if h.startswith(heading)), None)
            filled = shares.get((row["Réseau"], part))
            same = base and row["Déclaré"].endswith(base[0].strip("()").split()[-1])
            if not same or not filled:
                continue
            lines = sum(counted(r).value for r in rows if r["Réseau"] == row["Réseau"])
            most = math.floor(lines * (1 - filled.low / 100))
            name = system.set(without_part(row["Réseau"], row["Période"], part), 0)
            own = system.set(("profil", heading, part), *(whole(base[1]),) * 2)
            system.equal(("déclaré", row["Réseau"], row["Période"]), [name, own])
            hidden += [name] if most < FEW else []
    return hidden


def add_index(network: str, indices: dict[str, object], system: System) -> None:
    """Add the indices of a network as its table shows them, 100 at its first period."""
    first = next((period for period, index in indices.items() if index.value == 100), None)
    for period, index in indices.items():
        if first and period != first:
            tie_index(network, first, period, index.low, index.high, system)


def tie_index(
    network: str, first: str, period: str, low: float, high: float, system: System
) -> None:
    """Say between what the index of a period lies."""
    if not {followed(network, first), followed(network, period)} <= set(system.low):
        return
    now, then = followed(network, period), followed(network, first)
    slack = 1e-9 * MOST
    system.tie({now: 1.0, then: -low / 100}, -slack, 1e9)
    system.tie({now: 1.0, then: -high / 100}, -1e9, slack)


def add_sentences(site: Site, system: System) -> None:
    """Add the changes that sentences tell: « Réseau : +23 % entre 2024-S1 et 2025-S2 »."""
    for page in site.pages.values():
        for named, change, first, last in CHANGE.findall(page.prose):
            network = named.split(". ")[-1].removeprefix("Lecture : ")
            step = said(change)
            tie_index(network, first, last, 100 + step.low, 100 + step.high, system)


def add_figures(site: Site, system: System) -> None:
    """Add the index of the file of figures, with all the digits that it is written with."""
    told = {figure.id: figure for figure in site.figures if figure.page == "remontees"}
    first, last = told.get("periode_base"), told.get("periode_fin")
    for figure in (f for f in site.figures if f.id == "indice_suivi"):
        index, network = said(figure.value or figure.text), figure.label.partition(", ")[2]
        if first and last and index:
            tie_index(network, first.text, last.text, index.low, index.high, system)
