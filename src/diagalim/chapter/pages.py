"""What are the pages called, at which address are they, and where in them does a thing stand?"""

from __future__ import annotations

import html

from diagalim.sources.described import Described, official_schemas
from diagalim.wording import french
from diagalim.workspace.notebooks import notebook_of
from diagalim.workspace.paths import project_root

PAGES = {
    "accueil": "L'essentiel",
    "contexte": "Contexte",
    "valeurs": "Les valeurs",
    "score": "Risque relatif par IRIS",
    "carte": "Carte",
    "commerces": "Commerces alimentaires",
    "inventaire": "Aide alimentaire",
    "horaires": "Horaires",
    "reponse": "Réponse à l'enquête",
    "resultats": "Résultats de l'enquête",
    "remontees": "Publics",
    "acteurs": "Coordination",
    "evaluation": "Évaluation",
    "recommandations": "Recommandations",
    "chiffres": "Chiffres publiés",
    "dictionnaire": "Dictionnaire",
}
"""Pages by notebook, in the order of the report."""


SOURCES, DICTIONARY, MAP = "sources", "dictionnaire", "carte"
"""Pages that others lead to."""


def address(page: str) -> str:
    """Return the address of the page of a chapter, as the page of any chapter links to it."""
    folder = notebook_of(project_root(), page).parent.name
    return f"../{folder}/{page}.html"


def anchor(name: str) -> str:
    """Return the anchor of a section: that of the schema file, which does not change."""
    return "dict-" + name.replace(".", "-")


def dictionary_link(source_id: str) -> str:
    """Return HTML links from a dataset to the description of its columns, empty without one."""
    forms = [form for form in official_schemas() if form.source_id == source_id]
    links = [
        f'<a href="{address(DICTIONARY)}#{anchor(form.name)}">{html.escape(form_title(form))}</a>'
        for form in forms
    ]
    return " · ".join(links)


def form_title(form: Described) -> str:
    """Return the title with the year, and with the form where a dataset has two of one title."""
    year = f" ({form.vintage})" if form.vintage else ""
    _, _, other = form.name.partition(".")
    twin = form.source_id and sum(f.title == form.title for f in official_schemas()) > 1
    return french.spaced(form.title + year + (f", forme {other}" if twin else ""))
