"""A small published table with all that can go wrong in it, and its notice."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.downloads.columns import published_fields, shaped
from diagalim.downloads.notice import Notice

SCHEMA = {
    "title": "Essai",
    "description": "Une ligne par commune.",
    "chapitre": "contexte",
    "table": "essai",
    "faits": ["taux"],
    "separateur": ",",
    "fields": [
        {"name": "code_commune", "type": "string", "title": "Code", "colonne": "code",
         "constraints": {"required": True, "pattern": r"\d{5}"}},
        {"name": "nom", "type": "string", "title": "Nom"},
        {"name": "habitants", "type": "integer", "title": "Habitants", "facultatif": True,
         "repose_sur": "population"},
        {"name": "taux", "type": "number", "title": "Taux", "decimales": 1, "unite": "%"},
    ],
    "missingValues": [""],
    "primaryKey": "code_commune",
}  # fmt: skip
NAMES = [
    "Port, l'Étang",
    "=1+1",
    "+33",
    "-Nord",
    "@ville",
    "\tville",
    "<script>alert(1)</script>",
    None,
]


@pytest.fixture
def schema():
    return SCHEMA


@pytest.fixture
def names():
    return NAMES


@pytest.fixture
def kept() -> pd.DataFrame:
    """Return the table as a chapter keeps it, out of order, with a column that nobody described."""
    count = len(NAMES)
    return pd.DataFrame(
        {
            "code": [f"000{number:02d}" for number in range(count, 0, -1)],
            "nom": NAMES[::-1],
            "habitants": [np.nan, *(1000.4 + i for i in range(count - 1))],
            "taux": [np.nan, -0.04, -12.34, *(10.0 + i for i in range(count - 3))],
            "secret": ["ne doit pas sortir"] * count,
        }
    )


@pytest.fixture
def fields(kept):
    return published_fields(SCHEMA, kept.columns)


@pytest.fixture
def ready(kept, fields):
    return shaped(kept, fields, SCHEMA["primaryKey"])


@pytest.fixture
def notice():
    """Return a maker of notices, with what differs from an ordinary one."""

    def made(**changed) -> Notice:
        given = {
            "title": "Essai",
            "about": "Une ligne par commune.",
            "territory": "Essai (00)",
            "edition": "2026-11",
            "source": "Insee, Filosofi par commune 2021 (Licence Ouverte 2.0)",
            "nature": "repris",
            "certainty": "non mesurée",
            "fictitious": False,
        }
        return Notice(**{**given, **changed})

    return made
