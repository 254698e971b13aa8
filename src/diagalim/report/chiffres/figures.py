"""The page of published figures: what does each document say, which figures hold, and why?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.context.published import CONFIRMED, GAP, INCOHERENT, UNITS, UNVERIFIABLE
from diagalim.analysis.context.rules import Finding
from diagalim.chapter.elsewhere import NONE_HERE
from diagalim.chapter.facts import literal
from diagalim.sources.studies import quotable
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.settings.document import Document

ORDER = (INCOHERENT, GAP, CONFIRMED, UNVERIFIABLE)
"""What a reader comes for first."""
FACTS = {
    INCOHERENT: "nb_incoherents",
    GAP: "nb_ecarts",
    CONFIRMED: "nb_confirmes",
    UNVERIFIABLE: "nb_non_verifiables",
}
STUDY = "synthese"
"""The one document of the study; the others were read with it."""
LIMITS = {"limite_etude": "l'étude", "limite_projet": "ce rapport"}
"""Columns of the limits, and who says each."""
REGISTRY = "registre des chiffres publiés (data/publie/faits.csv)"
LIMITS_FILE = "registre data/publie/limites.csv"


def shown(table: pd.DataFrame, study: Document | None) -> pd.DataFrame:
    """Return the rows of a table of ``data/publie`` that the page shows: none without a study."""
    return quotable(table, study) if study else table.iloc[:0]


def absence(study: Document | None) -> list[str]:
    """Return what to say where no study is published on the territory; nothing where one is."""
    return [] if study else [f"**Non disponible** : {NONE_HERE}."]


def findings(checked: pd.DataFrame) -> dict[str, Finding]:
    """Return what the files say of the framing figures, by figure of the registry.

    Parameters
    ----------
    checked : DataFrame
        From `diagalim.analysis.context.published.compare`, with the column ``fait``.
    """
    found = {}
    for row in checked.itertuples(index=False):
        unit, decimals = UNITS[row.indicateur], int(row.decimales)
        if pd.notna(row.recalcule):
            value = french.with_unit(row.recalcule, unit, decimals)
            why = f"les fichiers donnent {value}"
        elif pd.notna(row.bas):
            bounds = french.interval(row.bas, row.haut, unit, max(decimals, 1))
            why = f"les fichiers donnent {bounds}"
        else:
            why = "les fichiers lus ne donnent pas cette valeur"
        found[row.fait] = (row.fait, row.statut, why)
    return found


def counts(table: pd.DataFrame, anomalies: pd.DataFrame) -> dict[str, int]:
    """Return how many figures are registered and how many have each status; nothing for none."""
    if table.empty:
        return {}
    own, statuses = table["document"] == STUDY, table["statut"]
    return {
        "nb_chiffres": len(table),
        "nb_documents": table["document"].nunique(),
        "nb_chiffres_synthese": int(own.sum()),
        "nb_chiffres_autres": int((~own).sum()),
        "nb_incoherents_synthese": int((own & (statuses == INCOHERENT)).sum()),
        "nb_anomalies": len(anomalies),
        **{name: int((statuses == status).sum()) for status, name in FACTS.items()},
    }


def by_document(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return how many figures of each document have each status."""
    found = pd.crosstab(table["document"], table["statut"])
    found = found.reindex(index=documents.index, columns=list(ORDER), fill_value=0)
    found.insert(0, "chiffres", found.sum(axis=1))
    return found.set_axis(documents["court"] + ", " + documents["date"].map(french.dated))


def register(table: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of one document, the most telling status first.

    Returns
    -------
    DataFrame of str
        Indexed by what the figure is and of where: ``publie``, ``annee``, ``statut``, ``pourquoi``.
    """
    rank = table["statut"].map(ORDER.index)
    ordered = table.loc[rank.sort_values(kind="stable").index]
    why = ordered["explication"].where(ordered["explication"] != "", "aucun fichier lu ne la donne")
    pairs = zip(ordered["valeur"], ordered["unite"], strict=True)
    places = zip(ordered["libelle"], ordered["territoire"], strict=True)
    return pd.DataFrame(
        {
            "publie": [_printed(value, unit) for value, unit in pairs],
            "annee": ordered["annee"].where(ordered["annee"] != "").to_numpy(),
            "statut": ordered["statut"].to_numpy(),
            "pourquoi": why.map(french.spaced).to_numpy(),
        },
        index=[french.spaced(f"{label} · {place}") for label, place in places],
    )


def register_reading(table: pd.DataFrame) -> str:
    """Return how to read the figures of one document: the first line of `register`."""
    lines = register(table)
    if lines.empty:
        return "aucun chiffre n'y est relevé"
    first = lines.iloc[0]
    said = f"« {lines.index[0]} » : {first['publie']}, {first['statut']} ; {first['pourquoi']}"
    return literal(said)


def show_registers(chapter: Chapter, table: pd.DataFrame, documents: pd.DataFrame) -> None:
    """Show the figures of each document, one table a document."""
    for document, row in documents.iterrows():
        here = table[table["document"] == document]
        told = literal(f"{row['titre']} ({row['auteurs']}, {french.dated(row['date'])})")
        chapter.show(
            "registre",
            register(here),
            caption=f"Chiffres du document : {told}",
            reading=register_reading(here),
            scope=f"chiffres relevés dans ce document : {french.number(len(here))}",
            document=f"{told} ; {REGISTRY}",
        )


def inconsistencies(anomalies: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the register of inconsistencies: document, what is wrong, what is done."""
    said = {name: anomalies[name].map(french.spaced) for name in ("constat", "traitement")}
    return pd.DataFrame({"document": anomalies["document"].map(documents["court"]), **said})


def inconsistencies_reading(anomalies: pd.DataFrame, documents: pd.DataFrame) -> str:
    """Return how to read the inconsistencies: the document that holds the most of them."""
    if anomalies.empty:
        return ""
    by_document = anomalies["document"].value_counts()
    name, worst = documents.at[by_document.index[0], "court"], int(by_document.iloc[0])
    said = f"{worst} des {len(anomalies)} incohérences viennent d'un même document : {name}"
    return literal(said)


def limits(table: pd.DataFrame, study: Document | None) -> pd.DataFrame:
    """Return, for each method, the limits that the study tells, where one is, and our own."""
    told = {name: table[name].map(french.spaced) for name in _tellers(study)}
    return pd.DataFrame(told).set_axis(table["intitule"])


def limits_foot(table: pd.DataFrame, study: Document | None) -> dict[str, str]:
    """Return how to read the limits, how many methods and the first in words, and their source."""
    first, column = table.iloc[0], _tellers(study)[0]
    said = (
        f"{len(table)} méthodes ; de la première, « {first['intitule']} », {LIMITS[column]} dit : "
        f"{first[column]}"
    )
    named = [study.cited, LIMITS_FILE] if study else [LIMITS_FILE]
    return {"reading": literal(said), "document": " ; ".join(named)}


def _tellers(study: Document | None) -> list[str]:
    return list(LIMITS) if study else list(LIMITS)[1:]


def _printed(value: str, unit: str) -> str:
    """Return a figure as it was printed, numbers and dates the French way."""
    if unit == "date":
        return french.dated(value)
    value = value.replace("|", " ou ")
    number = pd.to_numeric(value, errors="coerce")
    if pd.isna(number) or unit in ("année", "code département", "numéro", "date"):
        return value if unit in ("année", "numéro") else f"{value}{french.NO_BREAK}{unit}"
    decimals = len(value.partition(".")[2])
    return french.with_unit(float(number), unit, decimals)
