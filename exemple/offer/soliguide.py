"""What would the API of Soliguide answer for the fictitious department?

Field names and shapes are those of its public interface (``POST /new-search``), learnt from its
published types; no text of it is copied. The answer is one object, ``nbResults`` and ``places``,
and the places come in no order.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from exemple.land import names
from exemple.offer import words
from exemple.offer.hours import DAYS, UNREADABLE, Hours, soliguide
from exemple.offer.records import Record, number_of, plain
from exemple.offer.sites import Site, phone_number

STYLE_KNOWN = 0.5
"""Share of the meals whose way of serving is said: the field is often left empty."""
SEATED_BEFORE = 3
"""Seated meals still under the category that was merged into ``food_distribution``."""
NOT_FOOD = (
    ("Bains-douches municipaux", "shower"), ("Accueil de jour", "day_hosting"),
    ("Laverie solidaire", "laundry"), ("Permanence de domiciliation", "domiciliation"),
    ("Accompagnement social de proximité", "social_accompaniment"),
    ("Bagagerie", "luggage_storage"),
    ("Vestiaire solidaire", "clothing"), ("Atelier de français", "french_course"),
)  # fmt: skip
"""Places that help and give no food: to be left out."""
SATURATION = ("LOW", "MODERATE", "HIGH")
ALL_PUBLICS = {
    "accueil": 0, "age": {"min": 0, "max": 99}, "gender": ["men", "women"],
    "familialle": ["isolated", "family", "couple", "pregnant"],
    "administrative": ["regular", "asylum", "refugee", "undocumented"],
    "other": [], "description": None,
}  # fmt: skip


def write_answer(
    path: Path,
    records: list[Record],
    degrees: dict[str, tuple[float, float]],
    stops: dict[str, list[tuple[float, float]]],
    rng: np.random.Generator,
) -> dict[str, int]:
    """Write the answer, one place a line, and return what was planted in it.

    Parameters
    ----------
    path : Path
        The JSON file.
    records : list of Record
        Those of Soliguide.
    degrees : dict
        Longitude and latitude by identifier of record, where it has a point.
    stops : dict
        Longitude and latitude of the stops of each mobile place, by key of the true place.
    rng : Generator
        The generator of the offer.
    """
    places = [_place(r, degrees.get(r.id), stops.get(r.site.key, []), rng) for r in records]
    seated = [p for p, r in zip(places, records, strict=True) if r.site.aids[0] == "repas_assis"]
    for place in seated[:SEATED_BEFORE]:
        place["services_all"][0] |= {"category": "seated_catering", "categorySpecificFields": {}}
    first = 40_000 + len(records) + 1
    inside = [r for r in records if degrees.get(r.id)]
    for rank, (name, category) in enumerate(NOT_FOOD):
        near = inside[7 * rank]
        places.append(_other(first + rank, name, category, near, degrees[near.id], rng))
    places = [places[k] for k in rng.permutation(len(places))]
    lines = ",\n".join(json.dumps(p, ensure_ascii=False, separators=(",", ":")) for p in places)
    path.write_text(f'{{"nbResults":{len(places)},"places":[\n{lines}\n]}}\n', encoding="utf-8")
    services = [s for p in places for s in p["services_all"]]
    return {
        "soliguide_sans_alimentation": len(NOT_FOOD),
        "soliguide_ancienne_categorie_seated_catering": len(seated[:SEATED_BEFORE]),
        "soliguide_service_inconnu": sum(
            s["category"] == "food_distribution"
            and not s["categorySpecificFields"].get("serviceStyleType")
            for p in places
            for s in p["services_all"]
            if p["placeType"] == "LIEU"
        ),
        "soliguide_fermeture_aout": sum(p["tempInfos"]["closure"]["actif"] for p in places),
        "soliguide_service_ferme": sum(s["close"]["actif"] for s in services),
        "soliguide_creneau_minuit": sum(_ends_at_midnight(p) for p in places),
        "soliguide_parcours_mobile": sum(p["placeType"] == "PARCOURS_MOBILE" for p in places),
    }


def _ends_at_midnight(place: dict) -> bool:
    return any(slot["end"] == 0 for day in DAYS for slot in place["newhours"][day]["timeslot"])


def _place(
    record: Record,
    point: tuple[float, float] | None,
    stops: list[tuple[float, float]],
    rng: np.random.Generator,
) -> dict:
    site = record.site
    hours = soliguide(site.hours)
    status = "PERMANENTLY_CLOSED" if site.closed_on else "ONLINE"
    place = _frame(int(number_of(record)), record.name, status, record.updated)
    place |= {
        "placeType": "PARCOURS_MOBILE" if site.stops else "LIEU",
        "description": words.TEXTS[site.aids[0]],
        "entity": _entity(site, record.phone),
        "position": _position(record.address, record.commune, site, point),
        "parcours": [
            _stop(rank, xy, times, site)
            for rank, (xy, times) in enumerate(zip(stops, site.stops, strict=True), start=1)
        ],
        "newhours": hours,
        "modalities": _modalities(site, rng),
        "publics": _publics(rng),
        "services_all": [_service(record, aid, rng) for aid in site.aids],
        "tempInfos": {
            "closure": _dates(None if _by_service(site) else site.shut, "Fermeture d'été"),
            "hours": _dates(None, ""),
            "message": _dates(None, ""),
        },
    }
    return place


def _by_service(site: Site) -> bool:
    """Say whether a summer closure is written on the services and not on the place."""
    return site.shut is not None and int(site.key[1:]) % 3 == 0


def _frame(number: int, name: str, status: str, updated: date | None) -> dict:
    slug = re.sub(r"[^a-z0-9]+", "-", plain(name).lower()).strip("-")
    stamp = f"{updated}T09:30:00.000Z" if updated else None
    return {
        "_id": hashlib.sha1(str(number).encode()).hexdigest()[:24],
        "lieu_id": number, "seo_url": f"{slug}-{number}", "name": name, "status": status,
        "visibility": "ALL", "languages": ["fr"], "sourceLanguage": "fr", "country": "fr",
        "createdAt": "2021-05-04T08:00:00.000Z", "updatedAt": stamp, "updatedByUserAt": stamp,
    }  # fmt: skip


def _entity(site: Site, phone: str) -> dict:
    mail = re.sub(r"[^a-z]+", "-", plain(site.operator).lower()).strip("-")[:30].strip("-")
    phones = [{"label": None, "phoneNumber": phone, "countryCode": "fr"}] if phone else []
    return {
        "name": site.operator, "mail": f"contact@{mail}.example.invalid",
        "phones": phones, "website": None,
    }  # fmt: skip


def _position(
    address: str, commune: str, site: Site, point: tuple[float, float] | None
) -> dict[str, object]:
    return {
        "address": f"{address}, {site.postcode} {site.city}", "additionalInformation": "",
        "city": site.city, "cityCode": commune,
        "codePostal": site.postcode, "postalCode": site.postcode,
        "department": "Vermeillerie", "departmentCode": names.DEPARTMENT,
        "region": names.REGION_NAME, "regionCode": names.REGION, "country": "fr",
        "timeZone": "Europe/Paris",
        "location": {"type": "Point", "coordinates": list(point) if point else []},
    }  # fmt: skip


def _stop(
    rank: int, point: tuple[float, float], times: tuple[float, float, int, int], site: Site
) -> dict:
    days = {day for day, _, _ in site.hours.slots}
    _, _, start, end = times
    week = soliguide(Hours([(day, start, end) for day in sorted(days)]))
    return {
        "description": f"Arrêt {rank}", "hours": week, "show": True,
        "photos": [],
        "position": _position(f"Arrêt {rank}", site.commune, site, point),
    }  # fmt: skip


def _modalities(site: Site, rng: np.random.Generator) -> dict:
    referral = site.aids[0] in ("epicerie", "bon_cheque") or rng.random() < 0.25
    booked = site.hours.form in (*UNREADABLE, "commentaire_ouvert") or rng.random() < 0.15
    signed = site.aids[0] == "colis" and rng.random() < 0.5
    paid = site.aids[0] in ("epicerie", "achat_groupe")
    tick = lambda yes, text: {"checked": bool(yes), "precisions": text if yes else None}  # noqa: E731
    return {
        "inconditionnel": not (referral or booked or signed),
        "appointment": tick(booked, "Sur rendez-vous"),
        "inscription": tick(signed, "Inscription le premier jour, carte à présenter ensuite"),
        "orientation": tick(referral, "Sur orientation d'un travailleur social"),
        "price": tick(paid, "Participation de 10 à 30 % du prix"),
        "animal": {"checked": False}, "pmr": {"checked": bool(rng.random() < 0.4)},
        "docs": ["Justificatif de domicile"] if signed and rng.random() < 0.4 else [],
        "other": None,
    }  # fmt: skip


def _publics(rng: np.random.Generator) -> dict:
    kind = rng.random()
    if kind < 0.8:
        return dict(ALL_PUBLICS)
    if kind < 0.9:
        return ALL_PUBLICS | {"accueil": 1, "familialle": ["family", "pregnant"]}
    return ALL_PUBLICS | {"accueil": 2, "age": {"min": 18, "max": 25}, "other": ["student"]}


def _service(record: Record, aid: str, rng: np.random.Generator) -> dict:
    site, specific = record.site, {}
    style = {"repas_assis": "indoor_seating", "repas_emporter": "take_away"}.get(aid)
    if style:
        specific["serviceStyleType"] = [style] if rng.random() < STYLE_KNOWN else []
    if aid in ("colis", "epicerie"):
        choices = ["free_choice"] if aid == "epicerie" else ["no_choice", "accompagnied_choice"]
        specific["degreeOfChoiceType"] = str(rng.choice(choices))
        specific["dietaryRegimesType"] = str(rng.choice(["try_to_adapt", "do_not_know"]))
        specific["foodProductType"] = ["dry_products", "fruits_and_vegetables"]
    closed = site.shut if _by_service(site) else None
    return {
        "serviceObjectId": hashlib.sha1(f"{record.id}{aid}".encode()).hexdigest()[:24],
        "category": words.SLUGS[aid], "categorySpecificFields": specific,
        "description": words.TEXTS[aid],
        "close": {
            "actif": bool(closed), "dateDebut": _stamp(closed, 0), "dateFin": _stamp(closed, 1),
        },
        "differentHours": False, "differentModalities": False, "differentPublics": False,
        "saturated": {
            "status": str(rng.choice(SATURATION, p=[0.7, 0.2, 0.1])), "precision": None,
        },
    }  # fmt: skip


def _dates(period: tuple[date, date] | None, text: str) -> dict:
    return {
        "actif": period is not None, "dateDebut": _stamp(period, 0), "dateFin": _stamp(period, 1),
        "description": text if period else None,
    }  # fmt: skip


def _stamp(period: tuple[date, date] | None, which: int) -> str | None:
    """Return midnight in Paris, in UTC: the day before at 22:00, as the API gives dates."""
    return f"{period[which] - timedelta(days=1)}T22:00:00.000Z" if period else None


def _other(
    number: int,
    name: str,
    category: str,
    near: Record,
    point: tuple[float, float],
    rng: np.random.Generator,
) -> dict:
    site = near.site
    slots = Hours([(day, 9 * 60, 12 * 60) for day in range(5)])
    place = _frame(number, f"{name} de {site.city}", "ONLINE", date(2026, 4, 2))
    service = _service(near, "colis", rng)
    service |= {"category": category, "categorySpecificFields": {}, "description": name}
    place |= {
        "placeType": "LIEU", "description": name, "parcours": [],
        "entity": {
            "name": name, "mail": None, "website": None,
            "phones": [{"label": None, "phoneNumber": phone_number(rng), "countryCode": "fr"}],
        },
        "position": _position(near.address, near.commune, site, point),
        "newhours": soliguide(slots), "modalities": _modalities(site, rng),
        "publics": dict(ALL_PUBLICS), "services_all": [service],
        "tempInfos": {key: _dates(None, "") for key in ("closure", "hours", "message")},
    }  # fmt: skip
    return place
