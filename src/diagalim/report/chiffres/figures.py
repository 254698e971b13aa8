"""The page of published figures: what each document says, which figures hold, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.context.published import CONFIRMED, GAP, INCOHERENT, UNITS, UNVERIFIABLE
from diagalim.analysis.context.rules import Finding
from diagalim.chapter.facts import literal
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.settings.document import Document

ORDER = (INCOHERENT, GAP, CONFIRMED, UNVERIFIABLE)
"""What a reader comes for first."""
FACTS = {
    INCOHERENT: "incoherents",
    GAP: "ecarts",
    CONFIRMED: "confirmes",
    UNVERIFIABLE: "non_verifiables",
}
STUDY = "synthese"
"""The one document of the study; the others were read with it."""
LIMITS = {
    "Limite dite par l'étude": ("limite_etude", "l'étude"),
    "Limite de ce rapport": ("limite_projet", "ce rapport"),
}
"""Columns of the limits: what the table of ``data/publie`` calls each, and who says so."""
REGISTRY = "registre des chiffres publiés (data/publie/faits.csv)"


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


def state_figures(chapter: Chapter, table: pd.DataFrame, anomalies: pd.DataFrame) -> None:
    """State how many figures are registered and how many have each status."""

    def count(fact: str, value: int, label: str) -> None:
        chapter.quote(
            fact, value, "", label, year=2025, source=REGISTRY, certainty="décompte exact"
        )

    count("nb_chiffres", len(table), "Chiffres publiés enregistrés")
    count("nb_documents", table["document"].nunique(), "Documents")
    own = table["document"] == STUDY
    count("nb_chiffres_synthese", int(own.sum()), "Chiffres de la synthèse de l'étude")
    count("nb_chiffres_autres", int((~own).sum()), "Chiffres des autres documents")
    wrong = own & (table["statut"] == INCOHERENT)
    count("nb_incoherents_synthese", int(wrong.sum()), "Dont incohérents, dans la synthèse")
    count("nb_anomalies", len(anomalies), "Incohérences relevées dans les documents")
    for status, name in FACTS.items():
        count(f"nb_{name}", int((table["statut"] == status).sum()), f"Chiffres : {status}")


def by_document_text(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return how many figures of each document have each status."""
    counts = pd.crosstab(table["document"], table["statut"])
    counts = counts.reindex(index=documents.index, columns=list(ORDER), fill_value=0)
    counts.insert(0, "Chiffres", counts.sum(axis=1))
    counts.index = documents["court"] + ", " + documents["date"].map(french.dated)
    return counts.rename(columns=str.capitalize).map(french.number)


def register_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of one document, the most telling status first.

    Returns
    -------
    DataFrame of str
        Indexed by what the figure is and of where: ``Publié``, ``Année``, ``Statut``, ``Pourquoi``.
    """
    rank = table["statut"].map(ORDER.index)
    ordered = table.loc[rank.sort_values(kind="stable").index]
    why = ordered["explication"].where(ordered["explication"] != "", "aucun fichier lu ne la donne")
    return pd.DataFrame(
        {
            "Publié": [
                _printed(v, u) for v, u in zip(ordered["valeur"], ordered["unite"], strict=True)
            ],
            "Année": ordered["annee"].replace("", "non datée").to_numpy(),
            "Statut": ordered["statut"].to_numpy(),
            "Pourquoi": why.map(french.spaced).to_numpy(),
        },
        index=[
            french.spaced(f"{label} · {place}")
            for label, place in zip(ordered["libelle"], ordered["territoire"], strict=True)
        ],
    )


def register_reading(table: pd.DataFrame) -> str:
    """Return how to read the figures of one document: the first line of `register_text`."""
    shown = register_text(table)
    if shown.empty:
        return "aucun chiffre n'y est relevé"
    first = shown.iloc[0]
    said = f"« {shown.index[0]} » : {first['Publié']}, {first['Statut']} ; {first['Pourquoi']}"
    return literal(said)


def anomalies_text(anomalies: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the register of inconsistencies: document, what is wrong, what is done."""
    return pd.DataFrame(
        {
            "Document": documents["court"].reindex(anomalies["document"]).to_numpy(),
            "Constat": anomalies["constat"].map(french.spaced).to_numpy(),
            "Ce que fait ce rapport": anomalies["traitement"].map(french.spaced).to_numpy(),
        },
        index=anomalies.index,
    )


def anomalies_reading(anomalies: pd.DataFrame, documents: pd.DataFrame) -> str:
    """Return how to read the inconsistencies: the document that holds the most of them."""
    by_document = anomalies["document"].value_counts()
    name, worst = documents.at[by_document.index[0], "court"], int(by_document.iloc[0])
    said = f"{worst} des {len(anomalies)} incohérences viennent d'un même document : {name}"
    return literal(said)


def limits_columns(study: Document | None) -> tuple[str, ...]:
    """Return the columns of the limits: those of this report, and of the study where one is."""
    return tuple(LIMITS) if study else tuple(LIMITS)[1:]


def limits_text(limits: pd.DataFrame, study: Document | None) -> pd.DataFrame:
    """Return, for each method, the limits that the study tells and those of this report."""
    return pd.DataFrame(
        {title: limits[LIMITS[title][0]].map(french.spaced) for title in limits_columns(study)}
    ).set_axis(limits["intitule"])


def limits_reading(limits: pd.DataFrame, study: Document | None) -> str:
    """Return how to read the limits: how many methods, and the first one in words."""
    first = limits.iloc[0]
    column, teller = LIMITS[limits_columns(study)[0]]
    return literal(
        f"{len(limits)} méthodes ; de la première, « {first['intitule']} », {teller} dit : "
        f"{first[column]}"
    )


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


def show_registers(chapter: Chapter, table: pd.DataFrame, documents: pd.DataFrame) -> None:
    """Show the figures of each document, one table a document."""
    for document, row in documents.iterrows():
        here = table[table["document"] == document]
        told = f"{row['titre']} ({row['auteurs']}, {french.dated(row['date'])})"
        chapter.show_table(
            register_text(here),
            f"Chiffres du document : {told}",
            index_label="Chiffre et lieu",
            text_columns=("Année", "Statut", "Pourquoi"),
            height="28rem",
        )
        chapter.foot_published(
            reading=register_reading(here),
            scope=f"chiffres relevés dans ce document : {french.number(len(here))}",
            source=literal(f"{told} ; {REGISTRY}"),
            certainty="valeurs recopiées telles qu'imprimées ; un statut dépend des fichiers "
            "disponibles le jour de la construction",
        )
