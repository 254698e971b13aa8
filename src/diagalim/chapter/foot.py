"""Lecture · Champ · Source · Certitude: the four parts under every figure and table."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from diagalim.chapter.pages import SOURCES, address
from diagalim.sources.registry import Resolved
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.facts import Facts
    from diagalim.chapter.quoting import Quotable

PARTS = ("Lecture", "Champ", "Source", "Certitude")
IN_SIGHT, FOLDED_FROM = 3, 2
"""Datasets that a screen shows before it folds the others, and how many make it worth a fold."""


def cited(sources: list[Resolved], *, linked: bool = False) -> str:
    """Return the « Source » of a foot: datasets grouped by their terms, which are said once.

    Licence Ouverte 2.0 asks for the producer and the date of the last update; where the date is not
    known, the foot says so.

    Parameters
    ----------
    sources : list of Resolved
        Files that answered, in the order to name them.
    linked : bool
        Return HTML, each dataset linked to its entry on the page of sources; else plain text.
    """
    by_terms: dict[str, list[str]] = {}
    for found in sources:
        name = found.name
        if linked:
            text = html.escape(name, quote=False)
            name = f'<a href="{address(SOURCES)}#{found.id}">{text}</a>'
        terms = html.escape(found.terms, quote=False) if linked else found.terms
        by_terms.setdefault(terms, []).append(name)
    return " ; ".join(f"{' · '.join(names)} ({terms})" for terms, names in by_terms.items())


def linked(source: str, datasets: tuple[tuple[str, str], ...]) -> str:
    """Return the source of a fact as HTML, each dataset linked to its entry on the page of sources.

    Parameters
    ----------
    source : str
        Plain text, from `cited`.
    datasets : tuple of (str, str)
        Key and name of each dataset.
    """
    text = html.escape(source, quote=False)
    for key, name in datasets:
        shown = html.escape(name, quote=False)
        text = text.replace(shown, f'<a href="{address(SOURCES)}#{key}">{shown}</a>', 1)
    return text


def foot_html(reading: str, scope: str, source: str, certainty: str) -> str:
    """Return the four parts as one block; a long list of datasets is folded, on screens only.

    Parameters
    ----------
    reading, scope, certainty : str
        Plain text, escaped here.
    source : str
        HTML, from `cited` or `linked`.
    """
    plain = {"Lecture": reading, "Champ": scope, "Certitude": certainty}
    parts = {name: html.escape(text, quote=False) for name, text in plain.items()}
    parts["Source"], joint, rest = _in_sight(french.spaced(source).rstrip("."))
    body = {
        name: f"<span><strong>{name}{french.NO_BREAK}:</strong> {parts[name].rstrip('.')}.</span>"
        for name in PARTS
    }
    if rest:
        body["Source"] = f"{body['Source'].removesuffix('.</span>')}</span> {_folded(joint, rest)}"
    tag = "div" if rest else "p"  # a paragraph may hold nothing that unfolds
    return f'<{tag} class="pied">{" ".join(body[name] for name in PARTS)}</{tag}>'


def _in_sight(source: str) -> tuple[str, str, str]:
    """Cut a list of linked datasets after the first ones: these, the joint, then the rest.

    The terms stay with the dataset that they close. A short list has no rest.
    """
    ends = [found.end() for found in re.finditer("</a>", source)]
    if len(ends) < IN_SIGHT + FOLDED_FROM:
        return source, "", ""
    cut = ends[IN_SIGHT - 1]
    start = source.index("<a ", cut)
    joint = "·" if source.startswith(" ·", cut) else f"{french.NARROW};"
    shown = source[:cut] if joint == "·" else source[:start].rstrip(f" ;{french.NARROW}")
    return shown, joint, source[start:]


def _folded(joint: str, rest: str) -> str:
    """Return the datasets left: what unfolds on a screen, and their text for paper.

    Browsers print what is folded as it stands on the screen, so paper has its own copy, which the
    attribute ``hidden`` keeps from every screen, JupyterLab included.
    """
    count = french.plural(rest.count("</a>"), "autre jeu", "autres jeux")
    return (
        f'<details class="pied-suite"><summary>et {count}</summary> <span>{rest}.</span></details>'
        f'<span class="pied-imprime" hidden>{joint} {rest}.</span>'
    )


def foot_text(reading: str, scope: str, source: str, certainty: str) -> dict[str, str]:
    """Return the four parts as plain text, by name, for what is read outside of a page.

    Parameters
    ----------
    reading, scope, certainty : str
        Plain text.
    source : str
        HTML, from `cited`.
    """
    named = html.unescape(re.sub(r"<[^>]+>", "", source))
    parts = {"Lecture": reading, "Champ": scope, "Source": named, "Certitude": certainty}
    return {name: french.spaced(text).rstrip(".") + "." for name, text in parts.items()}


def foot_lines(
    facts: Facts | Quotable, fact_id: str, *, reading: str, scope: str, certainty: str
) -> list[str]:
    """Return the four parts as plain lines, for a picture that leaves the page.

    Parameters
    ----------
    facts : Facts or Quotable
        Where the sentences find their figures.
    fact_id : str
        Fact whose source and certainty stand; ``{certitude}`` is replaced by the latter.
    reading, scope, certainty : str
        Sentences with facts in braces, as the foot of the page takes them.
    """
    main = facts[fact_id]
    said = foot_text(
        facts.fill(reading),
        facts.fill(scope),
        html.escape(f"{main.source} (nature : {main.nature})"),
        facts.fill(certainty.replace("{certitude}", main.certainty)),
    )
    return [f"{name}{french.NO_BREAK}: {said[name]}" for name in PARTS]
