"""The chapter « Recommandations »: each with the figures that bear on it, and how firmly."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
from IPython.display import HTML, display

from diagalim.coordination.recommendations import STRENGTHS, SUPPORTED, Proof
from diagalim.publish import french
from diagalim.publish.facts import Facts

if TYPE_CHECKING:
    from diagalim.publish.chapter import Chapter

SYNTHESIS = "Synthèse et recommandations (Ansa et LARIIS 2025)"
NO_PROOF = "Aucun chiffre disponible."


def proofs_of(facts: Mapping[str, Facts]) -> dict[str, Proof]:
    """Return every figure of some chapters as a possible proof.

    Parameters
    ----------
    facts : mapping of str to Facts
        Facts by chapter.
    """
    return {
        f"{chapter}.{fact.id}": Proof(
            f"{chapter}.{fact.id}", fact.text, fact.label, fact.nature, fact.certainty
        )
        for chapter, stated in facts.items()
        for fact in stated
    }


def state_strengths(chapter: Chapter, weighed: pd.DataFrame) -> None:
    """State how many recommendations have each strength."""

    def count(fact: str, value: int, label: str) -> None:
        chapter.quote(
            fact, value, "", label, year=2025, source=SYNTHESIS, certainty="décompte exact"
        )

    count("nb_recommandations", len(weighed), "Recommandations de l'étude")
    for strength, fact in zip(STRENGTHS, ("etayees", "partielles", "non_etayees"), strict=True):
        count(f"nb_{fact}", int((weighed["force"] == strength).sum()), strength)


def summary_text(weighed: pd.DataFrame, axes: Mapping[str, str]) -> pd.DataFrame:
    """Return one line a recommendation, in the order that the data give."""
    return pd.DataFrame(
        {
            "Axe": weighed["axe"].map(axes).to_numpy(),
            "Force": weighed["force"].to_numpy(),
            "Horizon": weighed["horizon"].to_numpy(),
            "Acteurs": weighed["acteurs"].map(", ".join).to_numpy(),
        },
        index=[f"{n} {french.spaced(t)}" for n, t in weighed["intitule"].items()],
    )


def show_cards(weighed: pd.DataFrame) -> None:
    """Show each recommendation with its figures, their nature and their certainty."""
    display(HTML("\n".join(_card(number, row) for number, row in weighed.iterrows())))


def _card(number: str, row: pd.Series) -> str:
    if row["preuves"]:
        items = "".join(
            f"<li><strong>{html.escape(proof.text)}</strong> : {html.escape(proof.label)} "
            f"<small>(nature : {html.escape(proof.nature)} ; certitude : "
            f"{html.escape(french.spaced(proof.certainty))})</small></li>"
            for proof in row["preuves"]
        )
        told = f"<ul>{items}</ul>"
    else:
        told = f"<p>{NO_PROOF}</p>"
    if row["manquantes"] and row["force"] != SUPPORTED:
        count = len(row["manquantes"])
        plural = "s" if count > 1 else ""
        told += f"<p><small>{count} chiffre{plural} attendu{plural}, non disponible{plural} ici."
        told += "</small></p>"
    if row["doublon"]:
        told += f"<p><small>Même contenu que {html.escape(row['doublon'])}.</small></p>"
    told += f"<p><small>Suivi proposé : {html.escape(french.spaced(row['suivi']))}.</small></p>"
    title = f"{number} {french.spaced(row['intitule'])}"
    return (
        f'<section class="recommandation"><h3 id="r{number.replace(".", "-")}">'
        f"{html.escape(title)}</h3><p><em>{html.escape(row['force'])}</em></p>{told}</section>"
    )
