"""Does the index of the search hold each word, folded, and by itself?"""

from __future__ import annotations

import unicodedata

import pytest
from docutils import nodes
from docutils.utils import new_document
from hypothesis import given
from hypothesis import strategies as st

from diagalim.site.search import FoldedFrench, fold, shown_words, with_shown_words

FRENCH = FoldedFrench({})
ALIKE = [
    ("précarité", "precarite", "PRÉCARITÉ", "précarités"),
    ("œuvre", "oeuvre", "OEUVRES", "Œuvre"),
    ("épicerie", "Épiceries", "EPICERIE"),
    ("aidé", "aidée", "aidés", "aidées", "AIDEES"),
    ("Été-les-Œillets", "ete les oeillets", "ÉTÉ LES ŒILLETS"),
    ("L’Étang d’Eau", "l'etang d'eau", "L'ÉTANG D'EAU"),
    ("ex\u00e6quo", "exaequo", "EXÆQUO"),
]


@pytest.mark.parametrize("written", ALIKE, ids=lambda written: written[0])
def test_ways_of_writing_a_word_have_one_stem(written):
    stems = [[FRENCH.stem(word) for word in FRENCH.split(text)] for text in written]
    assert stems[0] and all(other == stems[0] for other in stems)


def test_words_are_not_made_one_where_an_accent_is_not_what_differs():
    different = ("aide", "aider", "repas", "repos", "secours", "social", "marché", "mère")
    assert len({FRENCH.stem(word) for word in different}) == len(different) - 1  # aide, aider


@pytest.mark.parametrize("town", ["Aurons", "Étais", "Eu", "Eus", "Serez", "Soyons"])
def test_a_town_named_as_a_form_of_a_verb_is_in_the_index(town):
    # Aurons (13) was on six pages and found on none
    (word,) = FRENCH.split(town)
    assert FRENCH.word_filter(FRENCH.stem(word))


def test_a_word_left_out_is_left_out_with_its_accents_too():
    for word in ("même", "meme", "à", "été", "la"):
        assert not FRENCH.word_filter(FRENCH.stem(word))
    assert FRENCH.word_filter(FRENCH.stem("notres"))


@given(st.text())
def test_folding_twice_changes_nothing_more_nor_does_another_normal_form(text):
    for form in ("NFC", "NFD", "NFKC"):
        assert fold(unicodedata.normalize(form, text)) == fold(fold(text))


def test_cells_of_a_table_are_words_apart_and_a_word_in_bold_is_whole():
    shown = "<table><style>p {}</style><td>Croix-Rouge</td><td>fran<b>ça</b>ise</td><td>d&#x27;eau"
    assert shown_words(shown).split() == ["Croix-Rouge", "française", "d'eau"]


def test_the_page_itself_keeps_its_html():
    page = new_document("page")
    page += nodes.raw("", "<td>a</td><td>b</td>", format="html", classes=["output"])
    page += nodes.raw("", "<td>", format="latex")
    assert with_shown_words(page).astext().split() == ["a", "b", "<td>"]
    assert page.children[0].astext() == "<td>a</td><td>b</td>"
