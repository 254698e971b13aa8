"""The chapter « Recommandations »: each with the figures that bear on it, and how firmly."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
from IPython.display import HTML, display

from diagalim.analysis.coordination.recommendations import (
    ASSUMED,
    PARTLY,
    STRENGTHS,
    SUPPORTED,
    UNSUPPORTED,
    Proof,
)
from diagalim.chapter import elsewhere
from diagalim.chapter.facts import Facts
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.settings.document import Document

PROPOSED_HERE = "Aucun chiffre disponible : c'est une proposition des acteurs et de l'étude."
PROPOSED_ELSEWHERE = "Aucun chiffre disponible : c'est une proposition faite ailleurs."
FILE_READ = "data/publie/recommandations.yml"
NATURES = {
    "officiel": "donnée officielle",
    "repris": "donnée officielle reprise d'un tiers",
    "collecté": "donnée collectée",
    "publié": "chiffre publié",
}
COMPUTED = "calcul de ce rapport"
RECOMMENDED, LEADS = "nb_recommandations", "nb_pistes"
"""Facts: how many the study of this territory makes, how many come from elsewhere."""
SHORT = {SUPPORTED: "étayée", PARTLY: "partielle", UNSUPPORTED: "sans chiffre disponible"}
"""Strengths in a table, where the whole name of the last one would fill a phone."""


def proofs_of(facts: Mapping[str, Facts]) -> dict[str, Proof]:
    """Return every figure of some chapters as a possible proof.

    Parameters
    ----------
    facts : mapping of str to Facts
        Facts by chapter.
    """
    return {
        f"{chapter}.{fact.id}": Proof(
            f"{chapter}.{fact.id}", fact.text, fact.label, fact.nature, fact.certainty, fact.year
        )
        for chapter, stated in facts.items()
        for fact in stated
    }


def source_of(study: Document | None) -> str:
    """Return whose recommendations these are."""
    return study.cited if study else elsewhere.STUDY


def say_origin(chapter: Chapter) -> None:
    """Say that the recommendations come from elsewhere, where they do."""
    if chapter.study is None:
        chapter.say(elsewhere.of_the_leads())


def state_strengths(chapter: Chapter, weighed: pd.DataFrame) -> None:
    """State how many recommendations have each strength.

    Where the study is not of this territory they are leads, under another name: the table of the
    recommendations, which is handed out with the first of these facts, is not.
    """
    own, source = chapter.study, source_of(chapter.study)

    def count(fact: str, value: int, label: str) -> None:
        chapter.quote(fact, value, "", label, year=2025, source=source, certainty="décompte exact")

    fact, label = (RECOMMENDED, "Recommandations de l'étude") if own else (LEADS, "Pistes")
    count(fact, len(weighed), label)
    for strength, fact in zip(STRENGTHS, ("etayees", "partielles", "non_etayees"), strict=True):
        count(f"nb_{fact}", int((weighed["force"] == strength).sum()), strength)


def strengths_sentence(facts: Facts) -> str:
    """Return how many recommendations have each strength; none is said in words."""
    firm = "**{nb_etayees}** {nb_etayees:est étayée|sont étayées} par des chiffres sûrs"
    if not facts["nb_etayees"].value:
        firm = "**aucune** n'est étayée par des chiffres sûrs"
    partly = "**{nb_partielles}** {nb_partielles:l'est|le sont} en partie"
    if not facts["nb_partielles"].value:
        partly = "aucune ne l'est en partie"
    without = "**{nb_non_etayees}** {nb_non_etayees:n'a|n'ont} pas de chiffre disponible"
    if not facts["nb_non_etayees"].value:
        without = "aucune n'est sans chiffre"
    made = "L'étude fait **{nb_recommandations} recommandations**, sans les classer. "
    if RECOMMENDED not in facts:
        made = "Cette page suit **{nb_pistes} pistes**. "
    return f"{made}Avec les données disponibles ici, {firm}, {partly} et {without}."


def summary_caption(study: Document | None) -> str:
    """Return the title of the table of all of them, with facts in braces."""
    named, count = ("recommandations", RECOMMENDED) if study else ("pistes", LEADS)
    return (
        f"{{nb_non_etayees}} {named} sur {{{count}}} attendent un chiffre : de la mieux étayée à "
        "la moins étayée"
    )


def foot_of(study: Document | None) -> dict[str, str]:
    """Return the four parts under that table, with facts in braces."""
    named, count = ("recommandations", RECOMMENDED) if study else ("pistes", LEADS)
    of = "recommandations de la synthèse" if study else "recommandations d'une étude menée ailleurs"
    return {
        "reading": f"sur {{{count}}} {named}, {{nb_partielles}} {{nb_partielles:a un chiffre qui "
        "l'appuie|ont un chiffre qui les appuie} en partie",
        "scope": f"{of}, en mots abrégés",
        "source": f"{source_of(study)} ; {FILE_READ}",
        "certainty": "l'appui dépend des fichiers disponibles ; acteurs, horizon et suivi sont des "
        "propositions de ce rapport",
    }


def summary_text(weighed: pd.DataFrame, axes: Mapping[str, str]) -> pd.DataFrame:
    """Return one line a recommendation, in the order that the data give."""
    return pd.DataFrame(
        {
            "Appui": weighed["force"].map(SHORT).to_numpy(),
            "Horizon": weighed["horizon"].to_numpy(),
            "Acteurs": weighed["acteurs"].map(", ".join).to_numpy(),
            "Axe": weighed["axe"].map(axes).to_numpy(),
        },
        index=[f"{n} {french.spaced(t)}" for n, t in weighed["intitule"].items()],
    )


def show_cards(weighed: pd.DataFrame, study: Document | None) -> None:
    """Show each recommendation with its figures, their nature and their certainty."""
    proposed = PROPOSED_HERE if study else PROPOSED_ELSEWHERE
    display(HTML("\n".join(_card(number, row, proposed) for number, row in weighed.iterrows())))


def _card(number: str, row: pd.Series, proposed: str) -> str:
    if row["preuves"]:
        items = "".join(
            f"<li><strong>{html.escape(proof.text)}</strong> · "
            f"{html.escape(french.spaced(proof.label))} <small>({_told(proof)})</small></li>"
            for proof in row["preuves"]
        )
        told = f"<ul>{items}</ul>"
    else:
        told = f"<p>{french.spaced(proposed)}</p>"
    if row["manquantes"] and row["force"] != SUPPORTED:
        count = len(row["manquantes"])
        plural = "s" if count > 1 else ""
        told += f"<p><small>Il manque {count} chiffre{plural} que la méthode attend.</small></p>"
    for figure, reason in row["non_calcule"].items():
        said = html.escape(french.spaced(f"Non calculé ici : {figure} ({reason})."))
        told += f"<p><small>{said}</small></p>"
    if row["doublon"]:
        told += f"<p><small>Même contenu que {html.escape(row['doublon'])}.</small></p>"
    told += f"<p><small>Suivi proposé : {html.escape(french.spaced(row['suivi']))}.</small></p>"
    title = f"{number} {french.spaced(row['intitule'])}"
    return (
        f'<section class="recommandation"><h3 id="r{number.replace(".", "-")}">'
        f"{html.escape(title)}</h3><p><em>Appui des données{french.NO_BREAK}: "
        f"{html.escape(row['force'])}</em></p>{told}</section>"
    )


def _told(proof: Proof) -> str:
    nature = COMPUTED if ASSUMED in proof.certainty else NATURES.get(proof.nature, proof.nature)
    parts = [proof.year, nature, proof.certainty]
    return html.escape(french.spaced(" ; ".join(part for part in parts if part)))
