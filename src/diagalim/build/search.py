"""How does the search find a French word as a reader types it, without accents or in capitals?

The index holds stems of folded words: no capital, no accent, no ligature, so that « epicerie »
finds « épicerie » and « oeuvre » finds « œuvre ». What is typed is folded and stemmed in the page
by ``book/assets/search-french.js``, which must do the same: `tests/browser/test_search.py` compares
the two on every word of the site. Both rest on the Snowball stemmer, version 2 in Python as in the
script that Sphinx 7 carries; version 3 ends words otherwise (« arnoux » becomes « arnou »), and
what was indexed was no longer found.
"""

from __future__ import annotations

import re
import unicodedata

from snowballstemmer.french_stemmer import FrenchStemmer
from sphinx.search.fr import SearchFrench

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
FEMININE = re.compile("ees?$")
"""Ending of « aidée » once folded: without it, the stem is that of « aidé »."""


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

    folded_stopwords = frozenset(map(fold, SearchFrench.stopwords))
    # as typed too: the page leaves a word out before it folds it
    stopwords = SearchFrench.stopwords | folded_stopwords

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
