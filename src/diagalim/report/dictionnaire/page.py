"""The data dictionary: what each column of each input means, made from the schemas that check it.

A reader who wonders what « personnes distinctes » counts, a partner who fills a sheet and an
analyst who re-runs the chain read the same definitions: those that the files are held to.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterable
from typing import Any

from IPython.display import HTML, display

from diagalim.chapter.pages import SOURCES, address, anchor, form_title
from diagalim.sources.described import (
    Described,
    collected_schemas,
    official_schemas,
    published_schemas,
    undescribed,
)
from diagalim.sources.tables.layout import SEPARATORS
from diagalim.wording import french

TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "date": "date",
    "year": "année",
    "yearmonth": "mois",
    "boolean": "oui ou non",
}
PERSONAL = "donnée personnelle, jamais publiée"
FREE_TEXT = "texte libre, jamais publié tel quel"
GROUPS = {
    "officiels": "Fichiers officiels",
    "collectes": "Données collectées",
    "publies": "Tableaux publiés",
}


def show_contents() -> None:
    """Show the list of the inputs described, each a link to its section."""
    parts = []
    for key, forms in _grouped().items():
        items = "".join(
            f'<li><a href="#{anchor(form.name)}">{html.escape(form_title(form))}</a></li>'
            for form in forms
        )
        summary = f"{GROUPS[key]}{french.NO_BREAK}: {french.plural(len(forms), 'fiche')}"
        parts.append(f"<details><summary>{summary}</summary><ul>{items}</ul></details>")
    missing = undescribed()
    if missing:
        names = html.escape(french.listed(missing))
        parts.append(f"<p>Pas encore décrits colonne par colonne{french.NO_BREAK}: {names}.</p>")
    display(HTML(f'<nav aria-label="Fichiers décrits">{"".join(parts)}</nav>'))


def show_official() -> None:
    """Show one section a form of an official dataset."""
    _show(official_schemas())


def show_collected() -> None:
    """Show one section a collected input."""
    _show(collected_schemas())


def show_published() -> None:
    """Show one section a table that readers may download."""
    _show(published_schemas())


def _grouped() -> dict[str, list[Described]]:
    return {
        "officiels": official_schemas(),
        "collectes": collected_schemas(),
        "publies": published_schemas(),
    }


def _show(forms: Iterable[Described]) -> None:
    display(HTML("".join(section_html(form) for form in forms)))


def section_html(form: Described) -> str:
    """Return the section of one input: what it is, how it is written, each of its columns."""
    facts = {
        "Producteur": html.escape(form.producer),
        "Fichier": "<br>".join(f"<code>{html.escape(name)}</code>" for name in form.files),
        "Écriture": html.escape(_writing(form.schema)),
        "Valeur manquante": html.escape(french.spaced(_missing(form.schema))),
        "Une ligne par": html.escape(_key(form.schema)),
        "Schéma": _download(form),
    }
    if form.source_id:
        facts["Source"] = (
            f'<a href="{address(SOURCES)}#{form.source_id}">millésime, licence et fichier lu</a>'
        )
    body = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in facts.items() if text)
    about = html.escape(french.spaced(form.schema.get("description", "")))
    title = html.escape(form_title(form))
    count = french.plural(len(form.schema["fields"]), "colonne")
    return (
        f'<section id="{anchor(form.name)}" class="source"><h3>{title}</h3><p>{about}</p>'
        f"<dl>{body}</dl><details><summary>Les {count}</summary>{columns_html(form.schema)}"
        "</details></section>"
    )


def columns_html(schema: dict[str, Any]) -> str:
    """Return the columns of a schema as a list of definitions, which a phone shows without scroll.

    Parameters
    ----------
    schema : dict
        Table Schema.

    Returns
    -------
    str
        HTML: for each column its name, its meaning, then its content and what to know.
    """
    rows = []
    for field in schema["fields"]:
        name = html.escape(field["name"]).replace("_", "_<wbr>")
        title = html.escape(french.spaced(field.get("title", field["name"])))
        about = html.escape(french.spaced(field.get("description", "")))
        said = [_content(field), *_marks(field, schema)]
        held = html.escape(french.spaced(" · ".join(said)))
        meaning = f"<strong>{title}</strong>" + (f"<br>{about}" if about else "")
        rows.append(f"<dt><code>{name}</code></dt>\n<dd>{meaning}<br><em>{held}</em></dd>\n")
    return f"<dl>{''.join(rows)}</dl>"


def _content(field: dict[str, Any]) -> str:
    """Say the type, the unit, the bounds and the accepted values in words."""
    limits = field.get("constraints", {})
    if field["type"] == "boolean":
        yes, no = field.get("trueValues", ["true"]), field.get("falseValues", ["false"])
        return f"{yes[0]} : oui ; {no[0]} : non"
    if "enum" in limits:
        return "au choix : " + ", ".join(str(value) for value in limits["enum"])
    parts = [TYPES.get(field["type"], field["type"])]
    if "unite" in field:
        parts.append(f"en {field['unite']}")
    parts.append(_bounds(limits))
    if "example" in field:
        parts.append(f"comme {field['example']}")
    elif field["type"] == "date":
        parts.append("comme 2025-03-17 ou 17/03/2025")
    return ", ".join(part for part in parts if part)


def _bounds(limits: dict[str, Any]) -> str:
    low, high = limits.get("minimum"), limits.get("maximum")
    if low is not None and high is not None:
        return f"de {_plain(low)} à {_plain(high)}"
    if low is not None:
        return f"au moins {_plain(low)}"
    return "" if high is None else f"au plus {_plain(high)}"


def _plain(value: float) -> str:
    return french.number(value, 0 if float(value).is_integer() else 2)


def _marks(field: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    limits = field.get("constraints", {})
    key = schema.get("primaryKey", [])
    single = limits.get("unique") or key in (field["name"], [field["name"]])
    marks = [
        "obligatoire" if limits.get("required") else "",
        "une seule fois" if single else "",
        PERSONAL if field.get("donnee_personnelle") else "",
        FREE_TEXT if field.get("texte_libre") else "",
    ]
    return [mark for mark in marks if mark]


def _writing(schema: dict[str, Any]) -> str:
    if "feuille" in schema:
        row = schema.get("ligne_titres", schema.get("ligne_entete", 1))
        return f"classeur Excel, feuille «\u00a0{schema['feuille']}\u00a0», noms en ligne {row}"
    if "separateur" not in schema:
        return "couche de contours"
    marks = {field["decimalChar"] for field in schema["fields"] if "decimalChar" in field}
    decimal = ", virgule décimale" if "," in marks else ""
    return f"texte (CSV), séparateur {SEPARATORS[schema['separateur']]}{decimal}"


def _missing(schema: dict[str, Any]) -> str:
    reasons = schema.get("raisons", {})
    tokens = [
        f"{token} ({reasons[token]})" if token in reasons else (token or "cellule vide")
        for token in schema.get("missingValues", [""])
    ]
    return ", ".join(tokens) + " ; jamais lue comme zéro"


def _key(schema: dict[str, Any]) -> str:
    key = schema.get("primaryKey", [])
    return " × ".join([key] if isinstance(key, str) else key)


def _download(form: Described) -> str:
    """Return a link to the schema, held by the page itself: it works without a server."""
    text = json.dumps(form.schema, ensure_ascii=False, indent=1)
    content = base64.b64encode(text.encode("utf-8")).decode("ascii")
    name = f"{html.escape(form.name)}.json"
    return (
        f'<a download="{name}" href="data:application/json;base64,{content}">{name}</a> '
        "(Table Schema)"
    )
