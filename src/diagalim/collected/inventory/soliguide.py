"""What does Soliguide say? The answer of its API (``POST /new-search``), as a JSON file.

Soliguide is not open data: an extract needs an agreement, and none stands in this repository but a
fictitious one. Results come unsorted, and a request whose ``limit`` is under the total loses some
and doubles others: ``nbResults`` is compared with what is there.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from diagalim.collected.inventory.aid_words import SERVING, legal_status
from diagalim.collected.inventory.closing import CLOSED, NOT_PUBLISHED, ended
from diagalim.collected.inventory.forms import day, read_json, validated
from diagalim.collected.inventory.records import (
    FROM_TOOL,
    NO_FOOD,
    NOT_PLACED,
    Inventory,
    commune_code,
    inventory,
)
from diagalim.collected.inventory.soliguide_form import (
    Answer,
    Modalities,
    Period,
    Place,
    Position,
    Publics,
    Service,
    Slot,
    Stop,
    Week,
)
from diagalim.wording.problems import Problem, raise_if_any

SLUGS = {
    "food_packages": "colis",
    "social_grocery_stores": "epicerie",
    "food_distribution": "repas",
    "seated_catering": "repas_assis",  # merged into food_distribution on 31 December 2025
    "food_voucher": "bon_cheque",
    "baby_parcel": "colis_bebe",
    "solidarity_fridge": "frigo",
    "shared_kitchen": "cuisine",
    "cooking_workshop": "atelier",
    "community_garden": "jardin",
    "fountain": "eau",
}
"""Type of aid by category of Soliguide; the others are no food aid (METHODS 4.3)."""
SEATED, TAKE_AWAY = {"indoor_seating", "outdoor_seating"}, {"take_away"}
TENSION = {"LOW": "faible", "MODERATE": "modérée", "HIGH": "forte"}
CHOICE = {"free_choice": "libre", "accompagnied_choice": "accompagné", "no_choice": "sans choix"}
MOBILE, VISIBLE = "PARCOURS_MOBILE", "ALL"
CLOSED_FOR_GOOD = "PERMANENTLY_CLOSED"
PUBLISHED = ("ONLINE", CLOSED_FOR_GOOD)
"""States that Soliguide shows; OFFLINE and DRAFT are those of its own working."""
WEEK = {
    "monday": "Mo", "tuesday": "Tu", "wednesday": "We", "thursday": "Th", "friday": "Fr",
    "saturday": "Sa", "sunday": "Su",
}  # fmt: skip


def read_soliguide(path: Path, nature: str = "collecté") -> Inventory:
    """Read an answer of Soliguide.

    Parameters
    ----------
    path : Path
        The JSON file.
    nature : str
        Nature of the records.

    Raises
    ------
    InputError
        Not JSON, another form, results missing or given twice.
    """
    content = read_json(path)
    if isinstance(content, dict) and "lieu_id" in content:  # one place alone (``GET /place``)
        content = {"nbResults": 1, "places": [content]}
    answer = validated(content, Answer, path, "une réponse de l'API de Soliguide")
    raise_if_any(_lost(answer, path))
    places, services, stops, left_out = [], [], [], Counter()
    for place in answer.places:
        aids = [s for s in place.services_all if s.category in SLUGS]
        why = NO_FOOD if not aids else _kept_back(place)
        if why:
            left_out[why] += 1
            continue
        origin = _origin(place, nature)
        places.append(_place(place) | origin)
        for rank, service in enumerate(aids, start=1):
            known = _service(place, service, rank) | origin
            services.append(known)
            if place.placeType == MOBILE and rank == 1:
                stops += [_stop(s, n, known) | origin for n, s in enumerate(place.parcours, 1)]
    return inventory(places, services, stops, left_out)


def _kept_back(place: Place) -> str | None:
    """Return why a place that gives food is no offer, None when it is one."""
    if place.status not in PUBLISHED:
        return NOT_PUBLISHED
    return CLOSED if _shut(place) and not place.updatedAt else None


def _shut(place: Place) -> bool:
    return place.status == CLOSED_FOR_GOOD or ended(place.name, place.newhours.description)


def _lost(answer: Answer, path: Path) -> list[Problem]:
    numbers = Counter(place.lieu_id for place in answer.places)
    problems = [
        Problem(
            path.name, f"lieu_id {number}", f"{times} fois", "chaque lieu une seule fois",
            "refaire la requête avec une valeur de « limit » au-dessus du total",
        )
        for number, times in numbers.items()
        if times > 1
    ]  # fmt: skip
    if answer.nbResults != len(answer.places):
        problems.append(
            Problem(
                path.name,
                "nbResults",
                f"{answer.nbResults} annoncés, {len(answer.places)} lus",
                "tous les lieux annoncés",
                "refaire la requête avec une valeur de « limit » au-dessus du total",
            )  # fmt: skip
        )
    return problems


def _origin(place: Place, nature: str) -> dict[str, Any]:
    updated = day(place.updatedAt)
    return {
        "source_ids": f"soliguide:{place.lieu_id}",
        "date_maj": updated,
        "date_verification": updated,
        "nature": nature,
    }


def _point(position: Position) -> dict[str, Any]:
    lon, lat = (*position.location.coordinates, None, None)[:2]
    return {"code_insee": commune_code(position.cityCode), "lon": lon, "lat": lat}


def _place(place: Place) -> dict[str, Any]:
    operator = place.entity.name
    point = _point(place.position)
    return point | {
        "lieu_id": f"soliguide:{place.lieu_id}",
        "nom": place.name,
        "operateur": operator,
        "statut_juridique": legal_status(place.name, operator),
        "habilitation_type": "inconnue",
        "adresse": place.position.address,
        "geocodage_precision": NOT_PLACED if None in (point["lon"], point["lat"]) else FROM_TOOL,
        "itinerant": place.placeType == MOBILE,
        "confidentiel": place.visibility != VISIBLE,
        "ferme_le": day(place.updatedAt) if _shut(place) else None,
    }


def _service(place: Place, service: Service, rank: int) -> dict[str, Any]:
    kind = _kind(place, service)
    specific = service.categorySpecificFields or {}
    closures = [place.tempInfos.closure, service.close]
    tension = TENSION.get(service.saturated.status or "")
    hours = service.hours if service.differentHours else place.newhours
    publics = service.publics if service.differentPublics else place.publics
    access = service.modalities if service.differentModalities else place.modalities
    return {
        "service_id": f"soliguide:{place.lieu_id}:{rank}",
        "lieu_id": f"soliguide:{place.lieu_id}",
        "type_aide": kind,
        "service": SERVING.get(kind),
        "publics": _publics(publics),
        "publics_exclusif": None if publics.accueil is None else publics.accueil == 2,
        "acces": _access(access),
        "frais": "participation" if access.price.checked else "gratuit",
        "choix": CHOICE.get(specific.get("degreeOfChoiceType", "")),
        "horaires": week_hours(hours),
        "horaires_texte": hours.description,
        "fermetures": ";".join(filter(None, map(_period, closures))),
        "tension": tension,
        "tension_date": day(place.updatedAt) if tension else None,
    }


def _stop(stop: Stop, rank: int, service: dict[str, Any]) -> dict[str, Any]:
    return _point(stop.position) | {
        "service_id": service["service_id"],
        "rang": rank,
        "nom": stop.description,
        "horaires": week_hours(stop.hours),
    }


def _kind(place: Place, service: Service) -> str:
    kind = SLUGS[service.category]
    if kind != "repas":
        return kind
    if place.placeType == MOBILE:
        return "maraude"
    styles = set((service.categorySpecificFields or {}).get("serviceStyleType") or [])
    if styles & SEATED:
        return "repas_assis"
    return "repas_emporter" if styles & TAKE_AWAY else "repas"


def _publics(publics: Publics) -> str | None:
    if publics.accueil is None:
        return None
    if publics.accueil == 0:
        return "tous"
    return ";".join(publics.other or publics.familialle) or None


def _access(said: Modalities) -> str | None:
    ways = {
        "libre": said.inconditionnel,
        "inscription": said.inscription.checked,
        "rendez_vous": said.appointment.checked,
        "orientation": said.orientation.checked,
        "justificatif": bool(said.docs),
    }
    return ";".join(name for name, yes in ways.items() if yes) or None


def _period(closure: Period) -> str | None:
    """Return a closure « from/to », without the end or the beginning that nobody says."""
    ends = (day(closure.dateDebut), day(closure.dateFin))
    return "/".join(str(end or "") for end in ends) if closure.actif else None


def week_hours(week: Week) -> str | None:
    """Return hours in the syntax of OpenStreetMap, None when no day has any.

    Slots are integers HHMM without leading zero: 930 is half past nine, 0 is midnight.
    """
    rules = []
    for name, short in WEEK.items():
        known = getattr(week, name)
        if known and known.open and known.timeslot:
            rules.append(f"{short} " + ",".join(map(_clock, known.timeslot)))
    return "; ".join(rules) or None


def _clock(slot: Slot) -> str:
    end = slot.end or 2400
    return f"{slot.start // 100:02d}:{slot.start % 100:02d}-{end // 100:02d}:{end % 100:02d}"
