"""How does the search find a French word as a reader types it, without accents or in capitals?

The index holds stems of folded words: no capital, no accent, no ligature, so that « epicerie »
finds « épicerie » and « oeuvre » finds « œuvre ». What is typed is folded and stemmed in the page
by ``book/assets/search-french.js``, which must do the same: `tests/browser/test_search.py` compares
the two on every word of the site. Both rest on the Snowball stemmer, version 2 in Python as in the
script that Sphinx 7 carries; version 3 ends words otherwise (« arnoux » becomes « arnou »), and
what was indexed was no longer found.

Sphinx takes the tags out of the tables that notebooks show and puts nothing in their place: the
last word of a cell and the first of the next became one. They are indexed apart here.
"""

from __future__ import annotations

import html
import re
import unicodedata

from docutils import nodes
from snowballstemmer.french_stemmer import FrenchStemmer
from sphinx.application import Sphinx
from sphinx.search.fr import SearchFrench

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
FEMININE = re.compile("ees?$")
"""Ending of « aidée » once folded: without it, the stem is that of « aidé »."""

TOWNS = frozenset({"aurons", "etais", "eu", "eus", "serez", "soyons"})
"""Forms of *avoir* and *être* that French indexes leave out and that are towns of Insee's list, as
Aurons (13). « Son » (08) and « Y » (80) stay out: every page would answer."""

UNSEEN = re.compile(r"(?is)<(style|script)\b.*?</\1>")
WITHIN_WORDS = re.compile(r"(?i)</?(?:b|em|i|mark|strong|sub|sup|u|wbr)\b[^<>]*>")
TAG = re.compile("<[^<]+?>")


def fold(text: str) -> str:
    """Return a text without capitals, accents or ligatures.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> fold("Œuvres de Précarité")
    'oeuvres de precarite'
    """
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in parts if not unicodedata.category(char).startswith("M"))
    return bare.lower().translate(LIGATURES)


class FoldedFrench(SearchFrench):
    """French for the search index of Sphinx, of folded words."""

    written_stopwords = frozenset(w for w in SearchFrench.stopwords if fold(w) not in TOWNS)
    folded_stopwords = frozenset(map(fold, written_stopwords))
    # as typed too: the page leaves a word out before it folds it
    stopwords = written_stopwords | folded_stopwords

    def init(self, options: dict[str, str]) -> None:
        """Take the Python stemmer: that of C, where it is installed, may be of another version."""
        self.stemmer = FrenchStemmer()

    def split(self, input: str) -> list[str]:
        """Return the folded words of a text."""
        return super().split(fold(input))

    def stem(self, word: str) -> str:
        """Return what a word is found by; no stem becomes a word that the search leaves out."""
        folded = fold(word)
        if folded in self.folded_stopwords:
            return folded
        stem = self.stemmer.stemWord(FEMININE.sub("e", folded))
        return folded if stem in self.folded_stopwords else stem


def shown_words(markup: str) -> str:
    """Return what a piece of HTML shows, the text of each element apart.

    Parameters
    ----------
    markup : str
        HTML, as a notebook shows it.

    Examples
    --------
    >>> shown_words("<td>Croix-<b>R</b>ouge</td><td>l&#x27;unit&eacute;</td>").split()
    ['Croix-Rouge', "l'unité"]
    """
    return html.unescape(TAG.sub(" ", WITHIN_WORDS.sub("", UNSEEN.sub(" ", markup))))


def index_cells_apart(app: Sphinx) -> None:
    """Give the index of the search each page with its HTML as the text that it shows."""
    index = getattr(app.builder, "index_page", None)
    if index is None:
        return

    def index_shown(pagename: str, doctree: nodes.document, title: str) -> None:
        index(pagename, with_shown_words(doctree), title)

    app.builder.index_page = index_shown


def with_shown_words(doctree: nodes.document) -> nodes.document:
    """Return a copy of a page where HTML is text."""
    page = doctree.deepcopy()
    for raw in list(page.findall(nodes.raw)):
        if "html" in raw.get("format", "").split():
            raw.parent.replace(raw, nodes.Text(shown_words(raw.astext())))
    return page
