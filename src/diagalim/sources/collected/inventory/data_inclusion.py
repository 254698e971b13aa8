"""What does data.inclusion say? Its two open files, structures and services, schema v1.

All food aid is one theme there, and social support comes under it too: the name of a service says
what it is. Soliguide is left out of the open files by their producer.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from diagalim.problems import InputError, Problem, raise_if_any
from diagalim.sources.collected.inventory.forms import day
from diagalim.sources.collected.inventory.records import (
    FROM_TOOL,
    NO_FOOD,
    NOT_PLACED,
    UNKNOWN_KIND,
    Inventory,
    commune_code,
    inventory,
)
from diagalim.sources.collected.inventory.words import SERVING, aid_type, legal_status, osm_hours
from diagalim.sources.layout import Layout
from diagalim.sources.tabular import read_text_table

THEME = "equipement-et-alimentation--alimentation"
STRUCTURES, SERVICES = "structures", "services"
_BOTH = (
    "nom", "date_maj", "code_insee", "adresse", "longitude", "latitude", "horaires_accueil",
)  # fmt: skip
_OWN = {
    STRUCTURES: ("siret", "reseaux_porteurs"),
    SERVICES: (
        "structure_id", "type", "thematiques", "frais", "publics", "conditions_acces",
        "modes_mobilisation", "mobilisable_par",
    ),
}  # fmt: skip
"""Columns that are read: no telephone, mail, name of a person or description."""
FEES = {"gratuit": "gratuit", "payant": "payant", "pass-numerique": None, "": None}
NOT_AID = ("accompagnement", "information", "accueil")
"""Types of service that give no food, though filed under its theme."""
STATUS = {"ccas-cias": "ccas_cias", "communes": "commune"}


def read_data_inclusion(files: Sequence[Path], nature: str = "collecté") -> Inventory:
    """Read the two files of an export.

    Parameters
    ----------
    files : sequence of Path
        ``…structures.csv`` and ``…services.csv``, in any order.
    nature : str
        Nature of the records.

    Raises
    ------
    InputError
        A file missing or of another form, a service of an unknown structure, a bad date or point.
    """
    paths = {kind: _one(files, kind) for kind in _OWN}
    structures, services = (_table(paths[kind], kind) for kind in _OWN)
    raise_if_any(
        Problem(
            paths[SERVICES].name, f"ligne {line}, colonne structure_id", structure,
            f"une structure de {paths[STRUCTURES].name}", "exporter les deux fichiers ensemble",
        )
        for line, structure in zip(services["_ligne"], services["structure_id"], strict=True)
        if structure not in set(structures["id"])
    )  # fmt: skip
    food = services["thematiques"].map(lambda text: THEME in _listed(text))
    kinds = services["nom"].map(aid_type).where(food & ~services["type"].isin(NOT_AID))
    left_out = Counter(
        {
            UNKNOWN_KIND: int((kinds.isna() & food & ~services["type"].isin(NOT_AID)).sum()),
            NO_FOOD: int((~food | services["type"].isin(NOT_AID)).sum()),
        }
    )
    helping = services[kinds.notna()]
    holding = structures[structures["id"].isin(helping["structure_id"])]
    return inventory(
        [_place(row, nature) for row in holding.to_dict("records")],
        [_service(row, kinds[index], nature) for index, row in helping.to_dict("index").items()],
        left_out=+left_out,
    )


def _one(files: Sequence[Path], kind: str) -> Path:
    found = [path for path in files if path.stem.endswith(kind)]
    if len(found) == 1:
        return found[0]
    seen = ", ".join(path.name for path in files) or "aucun fichier"
    problem = Problem(
        seen, f"export de data·inclusion, {kind}", f"{len(found)} fichier",
        f"un seul fichier dont le nom finit par {kind}.csv",
        "déposer les deux fichiers de l'export, structures et services",
    )  # fmt: skip
    raise InputError([problem])


def _table(path: Path, kind: str) -> pd.DataFrame:
    layout = Layout(
        separator=",", decimal=".", key="id", key_form=r"\S.*", key_example="source--0001",
        text=(*_BOTH, *_OWN[kind]),
    )  # fmt: skip
    table = read_text_table(path, layout)
    problems = []
    for row in table.to_dict("records"):
        for column, form in (
            ("date_maj", day), ("longitude", _degrees), ("latitude", _degrees), *_LISTS[kind],
        ):  # fmt: skip
            try:
                form(row[column])
            except ValueError:
                problems.append(
                    Problem(
                        path.name,
                        f"ligne {row['_ligne']}, colonne {column}",
                        row[column],
                        EXPECTED[form],
                        "exporter de nouveau",
                    )  # fmt: skip
                )
    raise_if_any(problems)
    return table


def _degrees(text: str) -> float | None:
    if not text:
        return None
    value = float(text)
    if not -180 <= value <= 180:
        raise ValueError(text)
    return value


def _listed(text: str) -> list[str]:
    return json.loads(text) if text else []


_LISTS = {
    STRUCTURES: (("reseaux_porteurs", _listed),),
    SERVICES: tuple((name, _listed) for name in ("thematiques", "publics", "modes_mobilisation")),
}
EXPECTED = {
    day: "une date AAAA-MM-JJ",
    _degrees: "des degrés décimaux",
    _listed: 'une liste ["…", "…"]',
}


def _origin(row: dict[str, Any], nature: str) -> dict[str, Any]:
    updated = day(row["date_maj"])
    return {
        "source_ids": f"data_inclusion:{row['id']}",
        "date_maj": updated,
        "date_verification": updated,
        "nature": nature,
    }


def _place(row: dict[str, Any], nature: str) -> dict[str, Any]:
    lon, lat = _degrees(row["longitude"]), _degrees(row["latitude"])
    said = [STATUS[name] for name in _listed(row["reseaux_porteurs"]) if name in STATUS]
    return _origin(row, nature) | {
        "lieu_id": f"data_inclusion:{row['id']}",
        "nom": row["nom"],
        "siret": row["siret"],
        "statut_juridique": said[0] if said else legal_status(row["nom"]),
        "habilitation_type": "inconnue",
        "adresse": row["adresse"],
        "code_insee": commune_code(row["code_insee"]),
        "lon": lon,
        "lat": lat,
        "geocodage_precision": NOT_PLACED if lon is None else FROM_TOOL,
    }


def _service(row: dict[str, Any], kind: str, nature: str) -> dict[str, Any]:
    hours, sentence = osm_hours(row["horaires_accueil"])
    return _origin(row, nature) | {
        "service_id": f"data_inclusion:{row['id']}",
        "lieu_id": f"data_inclusion:{row['structure_id']}",
        "type_aide": kind,
        "service": SERVING.get(kind),
        "publics": ";".join(_listed(row["publics"])),
        "acces": _access(row),
        "frais": FEES.get(row["frais"]),
        "horaires": hours,
        "horaires_texte": sentence,
    }


def _access(row: dict[str, Any]) -> str | None:
    """Return what the fields say of access; a silence is not « open to all »."""
    if "orientation" in row["conditions_acces"].lower() or row["mobilisable_par"] == (
        '["professionnels"]'
    ):
        return "orientation"
    ways = _listed(row["modes_mobilisation"])
    return "libre" if "se-presenter" in ways else None
