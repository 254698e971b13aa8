"""How references are written: in French, where the styles of pybtex write English.

Sphinx extension, named in ``_config.yml``; it registers the style « francais » for
sphinxcontrib-bibtex. Two authors are joined by « et », a title keeps its capitals, and the words
around addresses are French. Only the kinds of entries of ``book/references.bib`` are written here:
an article, a book, a report, a page. They are sorted here too, for pybtex would put a body
(written ``{Insee}``) after all persons.
"""

from __future__ import annotations

from typing import Any

from pybtex.plugin import register_plugin
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style as EnglishStyle
from pybtex.style.formatting.unsrt import pages
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import (
    field,
    href,
    join,
    names,
    optional,
    optional_field,
    sentence,
    tag,
    words,
)
from sphinx.application import Sphinx

STYLE = "francais"
COMMA = ", "
ENTRY = 'role="doc-biblioentry"'
"""Put by docutils on each entry: a deprecated role, which no list may hold."""


class ByAuthor(BaseSortingStyle):
    """Order of the references: authors, a body among persons, then year."""

    def sorting_key(self, entry: Any) -> tuple[str, str]:
        """Return the last names of the authors and the year."""
        people = (" ".join(person.last_names) for person in entry.persons["author"])
        return " ".join(people).strip("{}").lower(), entry.fields.get("year", "")


class FrenchStyle(EnglishStyle):
    """References in French: « Auteurs (année). Titre. Revue, volume(numéro), pages. »."""

    default_sorting_style = STYLE

    def format_names(self, role: str, as_sentence: bool = True) -> Any:
        """Return names, the last one after « et »."""
        joined = names(role, sep=COMMA, sep2=" et ", last_sep=" et ")
        return sentence[joined] if as_sentence else joined

    def get_article_template(self, entry: Any) -> Any:
        """Return an article: authors, year, title, journal."""
        number = optional["(", field("number"), ")"]
        journal = join(sep=COMMA)[
            tag("em")[field("journal")],
            optional[join[field("volume"), number]],
            optional[words["p.", pages]],
        ]
        return toplevel[
            self._opening(), sentence[field("title")], sentence[journal], self._address(entry)
        ]

    def get_book_template(self, entry: Any) -> Any:
        """Return a book: authors, year, title, edition, publisher."""
        return toplevel[
            self._opening(),
            sentence[tag("em")[field("title")]],
            optional[sentence[words[field("edition"), "éd"]]],
            sentence[field("publisher")],
            self._address(entry),
        ]

    def get_techreport_template(self, entry: Any) -> Any:
        """Return a report: authors, year, title, institution."""
        return toplevel[
            self._opening(),
            sentence[tag("em")[field("title")]],
            sentence[join(sep=COMMA)[optional_field("institution"), optional_field("note")]],
            self._address(entry),
        ]

    def get_misc_template(self, entry: Any) -> Any:
        """Return a page of a site, or what is nothing else."""
        return toplevel[
            self._opening(),
            sentence[tag("em")[field("title")]],
            optional[sentence[field("note")]],
            self._address(entry),
        ]

    def _opening(self) -> Any:
        year = join["(", field("year"), ")"]
        return sentence[words[self.format_names("author", as_sentence=False), optional[year]]]

    def _address(self, entry: Any) -> Any:
        """Return the link to the text: its DOI, else its address."""
        if "doi" in entry.fields:
            doi = field("doi", raw=True)
            return words["DOI\u00a0:", href(join["https://doi.org/", doi])[doi]]
        if "url" in entry.fields:
            url = field("url", raw=True)
            return words["Adresse\u00a0:", href(url)[url]]
        return join[""]


def register_styles() -> None:
    """Make the style and its order known to pybtex by their name."""
    register_plugin("pybtex.style.sorting", STYLE, ByAuthor)
    register_plugin("pybtex.style.formatting", STYLE, FrenchStyle)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the style."""
    register_styles()
    app.connect("html-page-context", name_entries)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def name_entries(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Make each reference an item of its list for screen readers."""
    context["body"] = context.get("body", "").replace(ENTRY, 'role="listitem"')
