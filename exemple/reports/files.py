"""What would the networks send back of their activity? One reporting sheet a network and half-year.

One line is a site, a half-year and a type of aid. The three counters come from what each network
really counts; some sheets are partial, as real ones are, and all of those shipped are valid.
`write_report` also writes the same sheet wrongly, in the ways of `WRONG`, for tests of a reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from exemple.offer.files import generator_of
from exemple.offer.records import plain
from exemple.offer.sites import Site
from exemple.offer.words import GROCERIES, LANTERNS, PANTRY, RELIEF, TABLES
from exemple.reports.sheet import write_report

PERIODS = ("2024-S1", "2024-S2", "2025-S1", "2025-S2")
AGES = ("age_0_2", "age_3_17", "age_18_24", "age_25_59", "age_60_plus")
HOUSEHOLDS = ("menage_seul", "menage_monoparental", "menage_couple_sans", "menage_couple_avec",
              "menage_autre")  # fmt: skip
INCOMES = ("ressources_aucune", "ressources_rsa", "ressources_emploi", "ressources_retraite",
           "ressources_autre")  # fmt: skip
TONNES = ("t_achat", "t_ramasse", "t_don", "t_ue", "t_cnes")
REMARKS = (
    "Fermeture de deux semaines en août", "Nouveau local depuis mars", "Ramasse en baisse",
    "Inscriptions suspendues un mois faute de denrées", "",
)  # fmt: skip


@dataclass(frozen=True)
class Network:
    """How a network counts: its unit, the half-years it sent, what it fills and leaves blank."""

    name: str
    unit: str
    periods: tuple[str, ...]
    details: tuple[str, ...]
    share: float


SENDERS = (
    Network(TABLES, "foyers", PERIODS, ("menages", "ages", "tonnes"), 1.0),
    Network(PANTRY, "personnes", PERIODS, ("ages", "tonnes"), 0.8),
    Network(RELIEF, "personnes", ("2024-S1", "2025-S1", "2025-S2"), ("menages", "revenus"), 0.7),
    Network(GROCERIES, "foyers", ("2025-S1", "2025-S2"), ("menages", "revenus", "tonnes"), 1.0),
    Network(LANTERNS, "passages", ("2025-S2",), (), 1.0),
)
"""Fourteen sheets; the second half of 2024 of one network never came."""


def write_reports(target: Path, sites: list[Site], seed: int) -> None:
    """Write the reporting sheets under ``collecte/remontees/``.

    Parameters
    ----------
    target : Path
        The folder of the department.
    sites : list of Site
        The true places: those of the five networks that report.
    seed : int
        Seed of the department.
    """
    rng = generator_of(seed, "remontees")
    folder = target / "collecte" / "remontees"
    for network in SENDERS:
        own = [s for s in sites if s.network == network.name and "logistique" not in s.aids]
        kept = [s for s in own if rng.random() < network.share]
        level = {s.key: float(rng.lognormal(np.log(150), 0.5)) for s in kept}
        for rank, period in enumerate(network.periods):
            rows = [
                _row(site, aid, period, network, level[site.key] * 1.06**rank, rng)
                for site in kept
                if _open_in(site, period)
                for aid in site.aids
            ]
            slug = re.sub(r"[^a-z]+", "-", plain(network.name).lower())
            write_report(folder / f"remontee_{slug}_{period}.xlsx", rows, created=_sent(period))


def _open_in(site: Site, period: str) -> bool:
    return site.closed_on is None or f"{site.closed_on:%Y}" > period[:4]


def _sent(period: str) -> datetime:
    """Thirty days after the end of the half-year."""
    year = int(period[:4])
    return datetime(year, 7, 30) if period.endswith("S1") else datetime(year + 1, 1, 30)


def _row(
    site: Site, aid: str, period: str, network: Network, size: float, rng: np.random.Generator
) -> dict[str, object]:
    homes = max(6, int(rng.normal(size, size * 0.08)))
    people = int(homes * rng.uniform(2.0, 2.6))
    served = int(people * rng.uniform(8, 14))
    row: dict[str, object] = {
        "id_site": site.key, "siret": site.siret, "rna": site.rna, "nom_site": site.name,
        "operateur": site.operator, "code_insee": site.commune, "periode": period,
        "type_aide": aid, "unite_de_compte": network.unit,
    }  # fmt: skip
    if network.unit != "passages":
        row["foyers_distincts"] = homes
        if network.unit == "personnes" or rng.random() < 0.7:
            row["personnes_distinctes"] = people
    if network.unit == "passages" or rng.random() < 0.6:
        row["passages"] = served
    if "ages" in network.details and "personnes_distinctes" in row and rng.random() < 0.8:
        row |= _shared(people, AGES, (0.07, 0.27, 0.12, 0.42, 0.12), rng)
    if "menages" in network.details and rng.random() < 0.85:
        row |= _shared(homes, HOUSEHOLDS, (0.36, 0.26, 0.08, 0.24, 0.06), rng)
    if "revenus" in network.details and rng.random() < 0.6:
        row |= _shared(homes, INCOMES, (0.24, 0.36, 0.16, 0.14, 0.10), rng)
    if "tonnes" in network.details:
        kilos = homes * rng.uniform(0.08, 0.14)
        parts = rng.dirichlet((4, 3, 2, 3, 1 if aid == "epicerie" else 0.05))
        row |= {name: round(float(kilos * p), 2) for name, p in zip(TONNES, parts, strict=True)}
    return row | _running(period, homes, rng)


def _shared(
    total: int, fields: tuple[str, ...], shares: tuple[float, ...], rng: np.random.Generator
) -> dict[str, int]:
    """Share a total between fields so that they add up to it."""
    return dict(zip(fields, rng.multinomial(total, shares).tolist(), strict=True))


def _running(period: str, homes: int, rng: np.random.Generator) -> dict[str, object]:
    known: dict[str, object] = {"qualite": "exact" if rng.random() < 0.7 else "estimé"}
    if rng.random() < 0.7:
        known["nouvelles_inscriptions"] = int(homes * rng.uniform(0.08, 0.3))
    if rng.random() < 0.4:
        known["refus_faute_de_capacite"] = int(rng.poisson(homes * 0.05))
        known["file_attente"] = int(rng.poisson(6))
    if rng.random() < 0.5:
        known["tension"] = str(rng.choice(["faible", "modérée", "forte"], p=[0.3, 0.45, 0.25]))
        known["tension_date"] = f"{period[:4]}-{'06' if period.endswith('S1') else '12'}-15"
    if rng.random() < 0.8:
        known["jours_ouverture"] = int(rng.integers(20, 120))
        known["benevoles_actifs"] = int(rng.integers(3, 30))
    known["commentaire"] = str(rng.choice(REMARKS))
    return known


def example_rows() -> list[dict[str, object]]:
    """Return three lines small enough to be checked by hand, for tests of a reader."""
    common = {
        "siret": "00000012500013", "rna": "W000000001", "operateur": "Association d'essai",
        "code_insee": "00018", "periode": "2025-S1", "type_aide": "colis",
        "unite_de_compte": "foyers", "qualite": "exact",
    }  # fmt: skip
    counts = (("V901", 10, 24, 240, 1.5), ("V902", 20, 41, 400, 2.25), ("V903", 5, 9, 90, 0.5))
    return [
        common
        | {"id_site": key, "nom_site": f"Lieu {key}", "foyers_distincts": homes,
           "personnes_distinctes": people, "passages": served, "t_don": tonnes}
        for key, homes, people, served, tonnes in counts
    ]  # fmt: skip
