"""Which published study is this territory's, and what of the documents may its report quote?

A study is a document about one department (column ``territoire`` of ``data/publie/documents.csv``).
It belongs to the territory file that declares it (``etude_publiee``): its figures and
recommendations say nothing of another department, whose report must not show them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.settings.document import Document
from diagalim.sources.documents import FOLDER, read_published
from diagalim.wording.problems import Problem

if TYPE_CHECKING:
    from diagalim.settings.territory import Territory

DOCUMENTS = f"{FOLDER}/documents.csv"
OF_A_DEPARTMENT = "D"
"""First letter of ``territoire`` where a document is about one department: a study."""
CITING = ("faits", "anomalies")
"""Tables of ``data/publie`` whose rows name the document that they were read in."""
FIRST = "synthese"
"""The study whose questions this report takes up, wherever it is made."""


def published_study(territory: Territory) -> Document | None:
    """Return the study that a territory declares, if any.

    Parameters
    ----------
    territory : Territory
        Or the part of it that a chapter declares, ``etude_publiee`` included.
    """
    return document(territory.etude_publiee) if territory.etude_publiee else None


def document(key: str) -> Document:
    """Return a document by its key."""
    row = read_published("documents").loc[key]
    return Document(key, row["court"], row["auteurs"], row["date"][:4])


def quotable(table: pd.DataFrame, own: Document | None) -> pd.DataFrame:
    """Leave out the rows of a table of ``data/publie`` that rest on the study of another territory.

    Parameters
    ----------
    table : DataFrame
        With the column ``document``; the table of documents itself has its keys as index.
    own : Document or None
        The study of this territory.
    """
    about = read_published("documents")["territoire"]
    studies = set(about.index[about.str.startswith(OF_A_DEPARTMENT)])
    named = table["document"] if "document" in table else table.index.to_series()
    return table[~named.isin(studies - {own.key if own else ""})]


def check_documents() -> list[Problem]:
    """Return the rows of the tables of ``data/publie`` that name a document nobody declares."""
    known = read_published("documents").index
    problems = []
    for name in CITING:
        table = read_published(name, keyed=False)
        unknown = table[~table["document"].isin(known)]
        problems += [
            Problem(
                f"{FOLDER}/{name}.csv",
                f"ligne de « {row.iloc[0]} », colonne document",
                row["document"],
                f"une clé de {DOCUMENTS} : {', '.join(known)}",
                f"corriger ce nom, ou ajouter le document à {DOCUMENTS}",
            )
            for _, row in unknown.iterrows()
        ]
    return problems


def check_study(territory: Territory) -> list[Problem]:
    """Return a problem when a territory declares a study that is not about it."""
    if territory.etude_publiee is None:
        return []
    about = read_published("documents")["territoire"]
    here = f"{OF_A_DEPARTMENT}{territory.code}"
    own = list(about.index[about == here])
    if territory.etude_publiee in own:
        return []
    listed = ", ".join(own) or "aucun pour l'instant"
    return [
        Problem(
            territory.file,
            "clé etude_publiee",
            territory.etude_publiee,
            f"un document de {DOCUMENTS} dont le territoire est {here} ({listed})",
            "retirer cette clé si aucune étude n'est publiée sur ce département ; sinon ajouter "
            f"le document à {DOCUMENTS} et ses chiffres à {FOLDER}/faits.csv",
        )
    ]
