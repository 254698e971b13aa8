"""What do rates of response, shares and Cramér's V give of a kind of structure that is hidden?"""

from __future__ import annotations

import math
import re
from itertools import groupby, product

from attack.cells import Said, is_hidden, said
from attack.names import flow_of
from attack.site import Site, Table
from attack.system import Name, System

RATE, OF_BASE, OF_ANSWERS = "Ont répondu", "Part de la base", "Part des répondantes"
LINK = "Lien (V de Cramér)"
WORST = re.compile(r"sous-représentées? : (\w+) « (.+?) », ([\d,]+) % de la base et ([\d,]+) %")
MANY = 20_000
"""Pairs of counts of one kind under which Cramér's V is tried on each."""


def asked_of(kind: str) -> Name:
    """Name how many structures of a kind were asked."""
    return ("interrogées", kind)


def answers_of(kind: str) -> Name:
    """Name how many structures of a kind answered."""
    return ("réponses", kind)


def add_kinds(site: Site, system: System) -> list[Name]:
    """Add the tables of response by kind; return the hidden numbers of answers."""
    flow = flow_of(site)
    asked, got = flow.get("Structures éligibles"), flow.get("Réponses complètes")
    hidden = []
    for table in site.tables:
        if {RATE, OF_BASE, OF_ANSWERS} <= set(table.head) and asked and got:
            rows = [dict(zip(table.head, row, strict=False)) for row in table.rows]
            first = table.head[0]
            for _, own in groupby(rows, key=lambda row: row[first].split(" · ")[0]):
                hidden += add_variable({row[first]: row for row in own}, asked, got, system)
            add_worst(site, table, asked, got, system)
    return hidden


def add_variable(
    rows: dict[str, dict[str, str]], asked: int, got: int, system: System
) -> list[Name]:
    """Add one variable of the frame: its kinds share out those asked and those who answered."""
    hidden = []
    for kind, row in rows.items():
        secret = is_hidden(row[RATE]) or is_hidden(row[OF_ANSWERS])
        system.set(asked_of(kind), 0, asked)
        system.set(answers_of(kind), 1 if secret else 0, got)
        system.at_most(answers_of(kind), asked_of(kind))
        add_part(system, asked_of(kind), asked, said(row[OF_BASE]))
        add_part(system, answers_of(kind), got, said(row[OF_ANSWERS]))
        if rate := said(row[RATE]):
            system.tie({answers_of(kind): 1.0, asked_of(kind): -rate.low / 100}, 0.0, 1e9)
            system.tie({answers_of(kind): 1.0, asked_of(kind): -rate.high / 100}, -1e9, 0.0)
        hidden += [answers_of(kind)] if secret else []
    system.tie({asked_of(kind): 1.0 for kind in rows}, asked, asked, supposed=True)
    system.tie({answers_of(kind): 1.0 for kind in rows}, got, got, supposed=True)
    link = said(next(iter(rows.values())).get(LINK, ""))
    if hidden and link:
        try_link(list(rows), asked, got, link, system)
    return hidden


def add_part(system: System, name: Name, of: int, share: Said | None) -> None:
    """Say that a count is a share of a whole, as rounded."""
    if share:
        system.set(name, math.ceil(share.low * of / 100), math.floor(share.high * of / 100))


def add_worst(site: Site, table: Table, asked: int, got: int, system: System) -> None:
    """Add the kind that a sentence names, with the digits that the file of figures gives it."""
    exact = {f.id: said(f.value) for f in site.figures}
    for page in site.pages.values():
        for variable, kind, of_base, of_answers in WORST.findall(page.prose):
            row = next(
                (r[0] for r in table.rows if r[0].lower() == f"{variable} · {kind}".lower()), None
            )
            if row:
                for name, of, key, text in (
                    (asked_of(row), asked, "sous_base", of_base),
                    (answers_of(row), got, "sous_repondantes", of_answers),
                ):
                    # with all its digits a share is a count: half a structure is let round it
                    add_part(system, name, of, said(text))
                    if (found := exact.get(key)) and found.half < 1e-6:
                        nearest = round(found.value * of / 100)
                        system.set(name, nearest, nearest)


def try_link(kinds: list[str], asked: int, got: int, link: Said, system: System) -> None:
    """Keep of each kind the counts for which the published V of Cramér can come out.

    V² is a sum over the kinds: what the others can make of it at the least and at the most bounds
    what is left to one.
    """
    ends = system.bounds([f(kind) for kind in kinds for f in (asked_of, answers_of)])
    parts = {
        kind: pairs_of(ends[asked_of(kind)], ends[answers_of(kind)], asked, got) for kind in kinds
    }
    if not all(parts.values()):
        return
    scale = asked - got
    low, high = (max(0.0, end) ** 2 * scale for end in (link.low, link.high))
    for kind in kinds:
        others = [parts[other].values() for other in kinds if other != kind]
        least, most = (sum(f(values) for values in others) for f in (min, max))
        kept = [p for p, part in parts[kind].items() if low - most <= part <= high - least]
        if kept:
            for name, counts in zip(
                (asked_of(kind), answers_of(kind)), zip(*kept, strict=True), strict=True
            ):
                system.set(name, min(counts), max(counts))


def pairs_of(
    asked: tuple[float, float], got: tuple[float, float], of: int, answers: int
) -> dict[tuple[int, int], float]:
    """Return what each possible pair of counts of a kind adds to the statistic of Cramér's V."""
    ranges = [range(int(low), int(high) + 1) for low, high in (asked, got)]
    if len(ranges[0]) * len(ranges[1]) > MANY:
        return {}
    return {
        (c, r): (r - answers * c / of) ** 2 / (answers * c / of)
        for c, r in product(*ranges)
        if 0 < c >= r
    }
