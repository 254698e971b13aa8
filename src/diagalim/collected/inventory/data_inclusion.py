"""What does data.inclusion say? Its two open files, structures and services, schema v1.

All food aid is one theme there, and social support comes under it too: the name of a service says
what it is. Soliguide is left out of the open files by their producer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from diagalim.collected.inventory.aid_words import SERVING, aid_type, legal_status, osm_hours
from diagalim.collected.inventory.closing import CLOSED, ended, shut_hours
from diagalim.collected.inventory.export_cells import (
    LONGEST_NOTHING,
    degrees,
    listed,
    nothing_said,
    siret,
)
from diagalim.collected.inventory.forms import day
from diagalim.collected.inventory.records import (
    FROM_TOOL,
    NO_FOOD,
    NOT_PLACED,
    UNKNOWN_KIND,
    UNNAMED,
    Inventory,
    commune_code,
    inventory,
)
from diagalim.sources.tables.layout import Layout
from diagalim.sources.tables.tabular import read_text_table
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import InputError, Problem, raise_if_any

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
        ``…structures….csv`` and ``…services….csv``, in any order.
    nature : str
        Nature of the records.

    Raises
    ------
    InputError
        A file missing or of another form, a service of an unknown structure, a bad date or point.
    """
    paths = {kind: _one(files, kind) for kind in _OWN}
    structures, services = (_table(paths[kind], kind) for kind in _OWN)
    raise_if_any(_orphans(services, structures, paths))
    food = _by_value(services["thematiques"], lambda text: THEME in listed(text))
    aiding = food & ~services["type"].isin(NOT_AID)
    gone = structures.loc[_closed(structures), "id"]
    closed = aiding & (_closed(services) | services["structure_id"].isin(gone))
    aiding &= ~closed
    left_out = {CLOSED: int(closed.sum()), NO_FOOD: int((~aiding & ~closed).sum())}
    kinds = _by_value(services["nom"], aid_type).where(aiding)
    left_out[UNKNOWN_KIND] = int((kinds.isna() & aiding).sum())
    helping = services[kinds.notna()]
    holding = structures[structures["id"].isin(helping["structure_id"])]
    return inventory(
        [_place(row, nature) for row in _rows(holding)],
        [
            _service(row, kind, nature)
            for row, kind in zip(_rows(helping), kinds.dropna().tolist(), strict=True)
        ],
        left_out=left_out,
    )


def _rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Return the rows as dicts; `DataFrame.to_dict` takes four times as long on texts."""
    names = list(table.columns)
    for values in zip(*(table[name].tolist() for name in names), strict=True):
        yield dict(zip(names, values, strict=True))


def _by_value(column: pd.Series, form: Callable[[str], object]) -> pd.Series:
    """Apply a function to a column, once for each of its values: files repeat them a lot."""
    return column.map({text: form(text) for text in column.unique()})


def _closed(table: pd.DataFrame) -> pd.Series:
    """Tell which rows say in their words or hours that they are closed for good."""
    words = [name for name in ("nom", "horaires_accueil", "conditions_acces") if name in table]
    ends = [_by_value(table[name], ended) for name in words]
    ends.append(_by_value(table["horaires_accueil"], shut_hours))
    return pd.concat(ends, axis=1).any(axis=1)


def _orphans(
    services: pd.DataFrame, structures: pd.DataFrame, paths: dict[str, Path]
) -> list[Problem]:
    lost = services[~services["structure_id"].isin(structures["id"])]
    return shortened(
        [
            Problem(
                paths[SERVICES].name, f"ligne {line}, colonne structure_id", structure or "vide",
                f"une structure de {paths[STRUCTURES].name}", "exporter les deux fichiers ensemble",
            )
            for line, structure in zip(lost["_ligne"], lost["structure_id"], strict=True)
        ]
    )  # fmt: skip


def _one(files: Sequence[Path], kind: str) -> Path:
    """Return the file of one kind: « structures-inclusion-2026-07-06.csv », as it is published."""
    found = [path for path in files if kind in re.split(r"[^a-z]+", path.stem.lower())]
    if len(found) == 1:
        return found[0]
    seen = ", ".join(path.name for path in files) or "aucun fichier"
    count = f"{len(found)} fichier{'s' if len(found) > 1 else ''}"
    problem = Problem(
        seen, f"export de data·inclusion, {kind}", count,
        f"un seul fichier .csv dont le nom contient « {kind} »",
        "garder une seule édition" if found else
        "déposer les deux fichiers de l'export, structures et services",
    )  # fmt: skip
    raise InputError([problem])


def _table(path: Path, kind: str) -> pd.DataFrame:
    layout = Layout(
        separator=",", decimal=".", key="id", key_form=r"\S.*", key_example="source--0001",
        text=(*_BOTH, *_OWN[kind]),
    )  # fmt: skip
    table = read_text_table(path, layout)
    texts = table.columns.drop("_ligne")
    table[texts] = table[texts].apply(_without_nothing)
    raise_if_any(
        problem
        for column, form in (*_FORMS, *_LISTS[kind])
        for problem in _misread(table, column, form, path)
    )
    return table


def _without_nothing(column: pd.Series) -> pd.Series:
    short = column[column.str.len() <= LONGEST_NOTHING].unique()
    return column.replace([text for text in short if nothing_said(text)], "")


def _misread(
    table: pd.DataFrame, column: str, form: Callable[[str], object], path: Path
) -> list[Problem]:
    """Return the cells of a column that its form cannot read; each writing is tried once."""
    wrong = {text for text in table[column].unique() if not _reads(form, text)}
    rows = table[table[column].isin(wrong)]
    return shortened(
        [
            Problem(
                path.name, f"ligne {line}, colonne {column}", text, EXPECTED[form],
                "exporter de nouveau",
            )
            for line, text in zip(rows["_ligne"], rows[column], strict=True)
        ]
    )  # fmt: skip


def _reads(form: Callable[[str], object], text: str) -> bool:
    try:
        form(text)
    except ValueError:
        return False
    return True


_FORMS = (("date_maj", day), ("longitude", degrees), ("latitude", degrees))
_LISTS = {
    STRUCTURES: (("reseaux_porteurs", listed),),
    SERVICES: tuple(
        (name, listed)
        for name in ("thematiques", "publics", "modes_mobilisation", "mobilisable_par")
    ),
}
EXPECTED = {
    day: "une date AAAA-MM-JJ",
    degrees: "des degrés décimaux",
    listed: 'une liste ["…", "…"]',
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
    lon, lat = degrees(row["longitude"]), degrees(row["latitude"])
    said = [STATUS[name] for name in listed(row["reseaux_porteurs"]) if name in STATUS]
    return _origin(row, nature) | {
        "lieu_id": f"data_inclusion:{row['id']}",
        "nom": row["nom"] or UNNAMED,
        "siret": siret(row["siret"]),
        "statut_juridique": said[0] if said else legal_status(row["nom"]),
        "habilitation_type": "inconnue",
        "adresse": row["adresse"],
        "code_insee": commune_code(row["code_insee"]),
        "lon": lon,
        "lat": lat,
        "geocodage_precision": NOT_PLACED if lon is None or lat is None else FROM_TOOL,
    }


def _service(row: dict[str, Any], kind: str, nature: str) -> dict[str, Any]:
    hours, sentence = osm_hours(row["horaires_accueil"])
    return _origin(row, nature) | {
        "service_id": f"data_inclusion:{row['id']}",
        "lieu_id": f"data_inclusion:{row['structure_id']}",
        "type_aide": kind,
        "service": SERVING.get(kind),
        "publics": ";".join(listed(row["publics"])),
        "acces": _access(row),
        "frais": FEES.get(row["frais"]),
        "horaires": hours,
        "horaires_texte": sentence,
    }


def _access(row: dict[str, Any]) -> str | None:
    """Return what the fields say of access; a silence is not « open to all »."""
    for_professionals = listed(row["mobilisable_par"]) == ["professionnels"]
    if for_professionals or "orientation" in row["conditions_acces"].lower():
        return "orientation"
    ways = listed(row["modes_mobilisation"])
    return "libre" if "se-presenter" in ways else None
