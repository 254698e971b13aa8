"""Which records are the same place, and which only look so? The labels a matching is judged on.

A decision comes from the planted identity of the places, never from how alike two records are.
Every pair of one place is listed; of distinct places, every pair a matching must look at: within
250 m, with one telephone, or planted to mislead.
"""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from exemple.offer.records import Record

WITHIN = 250.0
"""Metres within which two records are compared (first step of the matching)."""
REASONS = {
    "meme_adresse": "trois associations à la même adresse",
    "deux_adresses": "un opérateur à deux adresses",
    "entrepot": "un entrepôt et son point de distribution",
    "meme_telephone": "antennes d'un réseau au même standard",
}


def write_labels(path: Path, records: list[Record]) -> pd.DataFrame:
    """Write the labelled pairs and return them: ``id_a, id_b, decision, motif``."""
    table = pd.DataFrame(_pairs(records), columns=["id_a", "id_b", "decision", "motif"])
    table = table.sort_values(["id_a", "id_b"], kind="stable").reset_index(drop=True)
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    return table


def _pairs(records: list[Record]) -> list[tuple[str, str, str, str]]:
    points = np.array([
        (r.site.x, r.site.y) if r.x is None else (r.x, r.y) for r in records
    ])  # fmt: skip
    geometry = shapely.points(points)
    near = shapely.STRtree(geometry).query(geometry, predicate="dwithin", distance=WITHIN)
    candidates = {(int(a), int(b)) for a, b in near.T if a < b}
    kin: dict[str, list[int]] = {}
    for rank, record in enumerate(records):
        phone = re.sub(r"\D", "", record.phone)[-9:]
        for trait in ("lieu " + record.site.key, *record.site.groups, phone and "tel " + phone):
            if trait:
                kin.setdefault(trait, []).append(rank)
    for members in kin.values():
        candidates |= set(combinations(members, 2))
    pairs = []
    for a, b in sorted(candidates):
        first, second = sorted((records[a], records[b]), key=lambda r: r.id)
        same = first.site.key == second.site.key
        pairs.append((
            first.id, second.id, "doublon" if same else "distinct",
            _variation(first, second) if same else _likeness(first, second),
        ))  # fmt: skip
    return pairs


def _variation(first: Record, second: Record) -> str:
    traits = dict.fromkeys([*first.traits, *second.traits])
    return "même lieu : " + ("; ".join(traits) if traits else "écrit de même")


def _likeness(first: Record, second: Record) -> str:
    for group in first.site.groups:
        if group in second.site.groups:
            return REASONS[group.rsplit("_", 1)[0]]
    if first.site.phone == second.site.phone:
        return "même téléphone"
    return "voisins"
