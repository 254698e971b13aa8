"""Where would people find food aid in the fictitious department, and who says so?

True places first, then what four tools and the State list hold of them, then the labels of the
pairs, then the truth that tests compare to.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd

from exemple.offer import duplicates, licences, tools
from exemple.offer.hours import FORMS, UNREADABLE, clock
from exemple.offer.planted import change, look_alike
from exemple.offer.records import Record, seen
from exemple.offer.sites import Founder, Site, found_all
from exemple.offer.soliguide import write_answer
from exemple.people.households import People

Key = TypeVar("Key")


def generator_of(seed: int, name: str) -> np.random.Generator:
    """Return a generator of its own for one part, so that no other file depends on it."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def write_offer(
    target: Path, people: People, iris: gpd.GeoDataFrame, places: pd.DataFrame, seed: int
) -> list[Site]:
    """Write the collected offer, the labels of its pairs and its truth.

    Parameters
    ----------
    target : Path
        The folder of the department: receives ``collecte/offre/``, ``verite_doublons.csv`` and
        ``verite_offre.json``.
    people, iris, places
        Who lives where, the IRIS in EPSG:2154, what each IRIS is like.
    seed : int
        Seed of the department.

    Returns
    -------
    list of Site
        The true places, for the reporting sheets.
    """
    rng = generator_of(seed, "offre")
    founder = found_all(people, iris, places["hard"].to_numpy(), rng)
    look_alike(founder)
    change(founder)
    sites = founder.sites
    records = seen(sites, iris, rng)
    folder = target / "collecte" / "offre"
    folder.mkdir(parents=True, exist_ok=True)
    degrees = _degrees({r.id: (r.x, r.y) for r in records if r.x is not None})
    halts = {s.key: [(x, y) for x, y, _, _ in s.stops] for s in sites if s.stops}
    stops = {key: list(_degrees(dict(enumerate(xy))).values()) for key, xy in halts.items()}
    of = {tool: [r for r in records if r.tool == tool] for tool in {r.tool for r in records}}
    planted = write_answer(folder / "soliguide.json", of["soliguide"], degrees, stops, rng)
    planted |= tools.write_data_inclusion(folder, of["data_inclusion"], degrees, rng)
    planted |= tools.write_osm(folder / "osm.geojson", of["osm"], degrees, rng)
    planted |= tools.write_workbook(folder / "tableur_partenaire.xlsx", of["tableur"], rng)
    planted |= licences.write_licences(folder / "habilitations.csv", sites, rng)
    labels = duplicates.write_labels(target / "verite_doublons.csv", records)
    _truth(target / "verite_offre.json", founder, records, labels, planted)
    return sites


def _degrees(points: dict[Key, tuple[float, float]]) -> dict[Key, tuple[float, float]]:
    """Return longitude and latitude, six decimals, for points in EPSG:2154."""
    if not points:
        return {}
    x, y = np.array(list(points.values())).T
    located = gpd.GeoSeries(gpd.points_from_xy(x, y), crs="EPSG:2154").to_crs("EPSG:4326")
    pairs = zip(located.x.round(6).tolist(), located.y.round(6).tolist(), strict=True)
    return dict(zip(points, pairs, strict=True))


def _truth(
    path: Path,
    founder: Founder,
    records: list[Record],
    labels: pd.DataFrame,
    planted: dict[str, int],
) -> None:
    sites = founder.sites
    open_sites = [s for s in sites if s.closed_on is None]
    degrees = _degrees({s.key: (s.x, s.y) for s in sites})
    held: dict[str, list[str]] = {s.key: [] for s in sites}
    for record in records:
        held[record.site.key].append(record.id)
    content = {
        "note": "Département fictif : les lieux vrais et ce qui a été planté dans chaque outil.",
        "lieux": len(sites),
        "lieux_ouverts": len(open_sites),
        "par_type_aide": _counted(aid for s in open_sites for aid in s.aids),
        "par_commune": _counted(s.commune for s in open_sites),
        "par_outil": _counted(r.tool for r in records),
        "communes_sans_lieu": founder.without,
        "communes_perimees": founder.stale,
        "formes_horaires": {
            form: {"sens": text, "lieux": [s.key for s in sites if s.hours.form == form]}
            for form, text in FORMS.items()
        },
        "groupes": {
            group: [s.key for s in sites if group in s.groups]
            for group in sorted({g for s in sites for g in s.groups})
        },
        "paires": _counted(labels["decision"]),
        "paires_distinctes": _counted(labels.loc[labels["decision"] == "distinct", "motif"]),
        "plante": planted
        | {
            "lieux_fermes": len(sites) - len(open_sites),
            "lieux_fermes_en_aout": sum(not s.hours.august for s in open_sites),
            "fiches_sans_coordonnees": sum(r.x is None for r in records),
            "fiches_non_datees": sum(r.updated is None for r in records),
            "fiches_codees_ville": sum(r.commune != r.site.commune for r in records),
            "arrets_itinerants": sum(len(s.stops) for s in sites),
        },
    }
    described = {s.key: _site(s, degrees[s.key], held[s.key]) for s in sites}
    lines = [f'  "{k}": {json.dumps(v, ensure_ascii=False)}' for k, v in described.items()]
    head = json.dumps(content, ensure_ascii=False, indent=1)[:-2]
    text = head + ',\n "sites": {\n' + ",\n".join(lines) + "\n }\n}\n"
    path.write_text(text, encoding="utf-8")


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _site(site: Site, point: tuple[float, float], held: list[str]) -> dict[str, object]:
    hours = site.hours
    return {
        "nom": site.name, "operateur": site.operator, "reseau": site.network,
        "statut_juridique": site.legal, "type_aide": site.aids, "code_insee": site.commune,
        "lon": point[0], "lat": point[1], "siret": site.siret,
        "ouvert": site.closed_on is None, "itinerant": bool(site.stops),
        "horaires_connaissables": hours.form not in UNREADABLE,
        "heures_semaine": hours.weekly(), "heures_semaine_aout": hours.weekly(august=True),
        "apres_18h": hours.evening(), "samedi": hours.on(5), "dimanche": hours.on(6),
        "creneaux": [[day, clock(start), clock(end)] for day, start, end in hours.slots],
        "forme_horaires": hours.form, "groupes": site.groups, "fiches": held,
    }  # fmt: skip
