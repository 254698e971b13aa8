"""The home page: what a reader must see in the first screen, on a phone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from IPython.display import HTML, Markdown, display

from diagalim.chapter import elsewhere
from diagalim.chapter.city_words import MEDIAN, WITHOUT_ENDS
from diagalim.chapter.facts import Fact, Facts
from diagalim.chapter.pages import address
from diagalim.wording import french

HOW_TO_USE = (
    "Il aide à choisir où regarder de plus près ; il ne dit pas où ouvrir. Un « IRIS » est un "
    "quartier défini par l'Insee pour ses statistiques."
)
YEAR = re.compile(r"\b\d{4}\b")
SPAN = "annees_donnees"
"""Fact of the score whose words are the years of the data that it rests on."""

CARDS = {
    "contexte.population": "habitants en {annee}",
    "contexte.taux_departement": "des habitants sous le seuil de pauvreté en {annee}",
    "score.population_haute": (
        "habitants potentiellement exposés ({annee}) : ceux du cinquième des IRIS notés où le "
        "risque relatif est le plus élevé"
    ),
}
"""Facts of the cards, and their words; ``{annee}`` is the year of the fact."""

if TYPE_CHECKING:
    from diagalim.chapter.quoting import Quotable
    from diagalim.settings.document import Document
    from diagalim.settings.territory import Territory


def show_lead(territory: Territory) -> None:
    """Say in one sentence what the report is, where and of when."""
    place = french.markdown_text(territory.nom_dans)
    display(
        Markdown(
            french.spaced(
                f"**Où regarder d'abord {place} pour lutter contre la précarité alimentaire, "
                "et avec quelle certitude ?** Diagnostic par quartier, à partir de données "
                f"publiques. Édition de {french.edition(territory.edition)}."
            )
        )
    )


def show_purpose(study: Document | None) -> None:
    """Say what the report is for and where its questions come from."""
    paragraphs = [f"{_checkable(study)} {HOW_TO_USE}"]
    if study is None:
        paragraphs.append(elsewhere.of_the_questions())
    display(Markdown(french.spaced("\n\n".join(paragraphs))))


def _checkable(study: Document | None) -> str:
    """Return what can be checked, and whose score it is."""
    if study is None:
        return (
            "Ce rapport donne des réponses vérifiables : chaque chiffre mène à son calcul et à son "
            "fichier. Le score est le nôtre."
        )
    return (
        f"Ce rapport reprend les questions de l'étude publiée sur ce territoire ({study.signed}) "
        "et rend les réponses vérifiables : chaque chiffre mène à son calcul et à son fichier. La "
        "synthèse de l'étude, seule lue ici, ne donne ni indicateurs par quartier ni poids : le "
        "score est le nôtre."
    )


def show_cards(quotable: Quotable) -> None:
    """Show a few facts as cards, each with its year, its certainty and a link to its chapter."""
    items = []
    for name, words in CARDS.items():
        fact, page = quotable[name], name.partition(".")[0]
        value = re.sub(rf"{french.NO_BREAK}?habitants$", "", fact.text)
        items.append(
            f'<li><a href="{address(page)}"><strong>{html.escape(value)}</strong>'
            f"<span>{html.escape(words.format(annee=fact.year))}</span>"
            f"<small>{html.escape(french.spaced(fact.certainty))}</small></a></li>"
        )
    display(HTML(f'<ul class="chiffres">{"".join(items)}</ul>'))


def show_button(words: str, page: str) -> None:
    """Show a link to the page of a chapter as a button."""
    display(HTML(f'<p><a class="bouton" href="{address(page)}">{html.escape(words)}</a></p>'))


def show_citation(territory: Territory, facts: Iterable[Fact]) -> None:
    """Say how to cite the report, of when its data are, and where to report an error."""
    dates = [
        fact.text if fact.id == SPAN else fact.year for fact in facts if fact.nature != "publié"
    ]
    years = sorted({year for date in dates for year in YEAR.findall(date)})
    month = french.edition(territory.edition)
    title = french.markdown_text(territory.titre)
    quoted = (
        f"> diagalim, *{title}*, édition de {month}. Texte et figures sous Licence Ouverte 2.0, "
        "code sous licence MIT.\n\n"
    )
    dated = (
        f"Les chiffres de cette page décrivent les années {years[0]} à {years[-1]}, pas "
        "aujourd'hui. Une erreur ? Signalez-la à qui vous a transmis ce rapport, ou par une "
        "demande sur le site où son code est publié, avec la page et le chiffre concernés : elle "
        "sera vérifiée sur le fichier d'origine."
    )
    display(Markdown(french.spaced(quoted + dated)))


def home_gap(facts: Facts) -> list[str]:
    """Return the sentence of the home page on the IRIS of a city, when one can be said."""
    if "ecart_max" not in facts:
        return []
    ends = WITHOUT_ENDS.format(places="quartiers")
    return [
        f"D'un quartier à l'autre d'une même ville, {MEDIAN} à **{{ecart_max}}** "
        f"({{ville_ecart_max}}, {{ecart_max:annee}}, {ends})."
    ]
