"""What does a partner's list say? A workbook kept by hand, every cell a text.

Addresses have no point here, and hours are a sentence: both stay as they are, « not placed » and
« not read ». Dates are written as a day, a month or a year's month: the first day of what is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from diagalim.collected.inventory.aid_words import SERVING, aid_type, legal_status, plain
from diagalim.collected.inventory.closing import CLOSED, ended, ended_on
from diagalim.collected.inventory.records import NOT_PLACED, UNKNOWN_KIND, Inventory, inventory
from diagalim.collected.inventory.written_dates import first_day
from diagalim.collected.stated_communes import other_commune

ACCESS = (
    ("orientation", "orientation"),
    ("inscription", "inscription"),
    ("justif", "justificatif"),
    ("rdv|rendez", "rendez_vous"),
    ("libre", "libre"),
)
PUBLICS = {"tous publics": "tous", "tous": "tous"}
NAME_AND_CODE = "nom et code de commune en désaccord"
CAPACITY = re.compile(r"(\d+)\s*(familles|foyers|personnes|repas|colis)?(?:/(\w+)\.?)?")


def read_partner_list(
    table: pd.DataFrame, nature: str = "collecté", names: Mapping[str, str] | None = None
) -> Inventory:
    """Read a list already checked against its schema.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.collected.reports.reporting.read_report`, schema ``tableur_partenaire``.
    nature : str
        Nature of the records.
    names : mapping of str to str, optional
        Name of each commune known, by code, to count the lines whose name is another one.
    """
    given = table.astype("object").where(table.notna(), None).to_dict("records")
    rows = [row for row in given if not _closed(row) or _closed_on(row)]
    services, left_out, remarks, places = (
        [],
        Counter({CLOSED: len(given) - len(rows)}),
        Counter(),
        [],
    )
    for row in rows:
        words = [word for word in str(row["Type d'aide"]).split("+") if word.strip()]
        kinds = [kind for kind in map(aid_type, words) if kind]
        left_out[UNKNOWN_KIND] += len(words) - len(kinds)
        if kinds:
            remarks[NAME_AND_CODE] += other_commune(row["Commune"], row["Code INSEE"], names or {})
            places.append(_place(row, nature))
            services += [_service(row, kind, n, nature) for n, kind in enumerate(kinds, 1)]
    return inventory(places, services, left_out=left_out, remarks=remarks)


def _origin(row: dict[str, Any], nature: str) -> dict[str, Any]:
    checked = first_day(row["Dernière vérif."])
    return {
        "source_ids": f"tableur:{row['N°']}",
        "date_maj": checked,
        "date_verification": checked,
        "nature": nature,
    }


def _place(row: dict[str, Any], nature: str) -> dict[str, Any]:
    return _origin(row, nature) | {
        "lieu_id": f"tableur:{row['N°']}",
        "nom": row["Structure"],
        "reseau": row["Réseau"],
        "siret": row["SIRET"],
        "statut_juridique": legal_status(row["Structure"]),
        "habilitation_type": "inconnue",
        "adresse": row["Adresse"],
        "code_insee": row["Code INSEE"],
        "geocodage_precision": NOT_PLACED,
        "ferme_le": _closed_on(row) if _closed(row) else None,
    }


def _closed(row: dict[str, Any]) -> bool:
    return ended(row["Remarques"], row["Jours et horaires"], row["Structure"])


def _closed_on(row: dict[str, Any]) -> date | None:
    """Return the day of the remark, « fermé définitivement (04/2025) », else of the last check."""
    return ended_on(row["Remarques"], first_day(row["Dernière vérif."]))


def _service(row: dict[str, Any], kind: str, rank: int, nature: str) -> dict[str, Any]:
    capacity, unit = _capacity(row["Capacité"])
    publics = row["Public"]
    return _origin(row, nature) | {
        "service_id": f"tableur:{row['N°']}:{rank}",
        "lieu_id": f"tableur:{row['N°']}",
        "type_aide": kind,
        "service": SERVING.get(kind),
        "publics": PUBLICS.get(plain(publics), publics) if publics else None,
        "acces": _access(row["Conditions"]),
        "horaires_texte": row["Jours et horaires"],
        "capacite": capacity if rank == 1 else None,
        "capacite_unite": unit if rank == 1 else None,
    }


def _access(said: str | None) -> str | None:
    return next((way for form, way in ACCESS if re.search(form, plain(said or ""))), None)


def _capacity(said: str | None) -> tuple[float | None, str | None]:
    """Return the number declared and its unit; « env. » and « ? » are no number."""
    found = CAPACITY.fullmatch(plain(said or ""))
    if not found:
        return None, None
    unit = " par ".join(filter(None, (found[2], {"sem": "semaine"}.get(found[3], found[3]))))
    return float(found[1]), unit or None
