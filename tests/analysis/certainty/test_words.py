"""The five words and their boundaries."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.certainty.words import WORDS, certainty_word, count_words, defined


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, "assuré"),
        (0.95, "assuré"),
        (0.9499, "probable"),
        (0.80, "probable"),
        (0.7999, "indécis"),
        (0.50, "indécis"),
        (0.2001, "indécis"),
        (0.20, "probable hors"),
        (0.0501, "probable hors"),
        (0.05, "assuré hors"),
        (0.0, "assuré hors"),
    ],
)
def test_a_boundary_goes_to_the_surer_word(probability, word):
    assert certainty_word(pd.Series([probability])).tolist() == [word]


@pytest.mark.parametrize(
    ("draws", "word"), [(950, "assuré"), (800, "probable"), (50, "assuré hors")]
)
def test_a_share_of_draws_on_a_boundary_is_on_it_whatever_its_binary_form(draws, word):
    share = sum([1 / 1000] * draws)
    assert certainty_word(pd.Series([share])).tolist() == [word]


def test_a_place_without_a_score_has_no_word():
    assert certainty_word(pd.Series([np.nan, 1.0])).tolist() == ["", "assuré"]


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.inf])
def test_what_is_no_probability_is_refused(wrong):
    with pytest.raises(ValueError, match="outside"):
        certainty_word(pd.Series([wrong], name="p_decile"))


@given(st.floats(0, 1))
def test_being_out_of_the_decile_mirrors_being_in_it(probability):
    mirror = dict(zip(WORDS, reversed(WORDS), strict=True))
    word = certainty_word(pd.Series([probability])).item()
    assert certainty_word(pd.Series([1 - probability])).item() == mirror[word]


def test_words_are_counted_among_some_places_and_in_order():
    words = pd.Series(["assuré", "assuré hors", "assuré", "indécis"])
    counts = count_words(words, pd.Series([True, False, True, True]))
    assert counts.index.tolist() == list(WORDS)
    assert counts.tolist() == [2, 0, 1, 0, 0]


def test_the_five_words_are_defined_by_the_thresholds_that_give_them():
    assert defined().replace("\u00a0", " ").replace("\u202f", " ") == (
        "assuré : 95 % ou plus ; probable : de 80 à 95 % ; indécis : de 20 à 80 % ; "
        "probable hors : de 5 à 20 % ; assuré hors : 5 % ou moins"
    )
