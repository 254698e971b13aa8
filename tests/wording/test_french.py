"""Numbers and words as French readers expect them."""

from __future__ import annotations

import pytest

from diagalim.wording import french

NARROW, NO_BREAK, MINUS = "\u202f", "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2019717, 0, f"2{NARROW}019{NARROW}717"),
        (18.45, 1, "18,4"),
        (0.5, 1, "0,5"),
        (999, 0, "999"),
        (-1234.5, 1, f"{MINUS}1{NARROW}234,5"),
        (-0.04, 1, "0,0"),
        (float("nan"), 1, "n.d."),
        (None, 0, "n.d."),
    ],
)
def test_a_number(value, decimals, text):
    assert french.number(value, decimals) == text


def test_a_difference_shows_its_sign():
    assert french.number(455, sign=True) == "+455"
    assert french.number(0, sign=True) == "0"
    assert french.number(-14, sign=True) == f"{MINUS}14"


def test_a_number_never_parts_from_its_unit():
    assert french.with_unit(15, "%") == f"15{NO_BREAK}%"
    assert french.with_unit(None, "%") == "n.d."


def test_bounds_that_print_the_same_are_one_value():
    assert french.interval(18.54, 18.63, "%", 1) == f"entre 18,5 et 18,6{NO_BREAK}%"
    assert french.interval(18.51, 18.54, "%", 1) == f"18,5{NO_BREAK}%"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1.0, "100 %"),
        (0.999, "plus de 99 %"),
        (0.994, "99 %"),
        (0.001, "moins de 1 %"),
        (0.0, "0 %"),
    ],
)
def test_nearly_all_is_not_all(share, text):
    assert french.share(share).replace(NO_BREAK, " ") == text


def test_one_and_less_than_two_are_singular():
    assert french.plural(1, "commune") == f"1{NO_BREAK}commune"
    assert french.plural(26, "commune") == f"26{NO_BREAK}communes"


def test_an_edition_is_a_month():
    assert french.edition("2026-11") == "novembre 2026"


def test_a_name_from_data_shows_as_it_is_in_markdown():
    assert french.markdown_text("R.P. Moretti") == "R.P. Moretti"
    assert french.markdown_text("<b>*a* [x](y)") == r"&lt;b&gt;\*a\* \[x\](y)"


def test_words_are_listed():
    assert french.listed(["Aix", "Arles", "Aubagne"]) == "Aix, Arles et Aubagne"
    assert french.listed(["Aix"]) == "Aix"


def test_french_marks_keep_their_space():
    said = french.spaced("Quoi ? « Ceci » : 5 % ; fin !")
    assert said == (
        f"Quoi{NARROW}? «{NO_BREAK}Ceci{NO_BREAK}»{NO_BREAK}: 5{NO_BREAK}%{NARROW}; fin{NARROW}!"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-05-23", "23 mai 2024"),
        ("2025-03", "mars 2025"),
        ("2024", "2024"),
        ("2025-S1", "2025-S1"),
    ],
)
def test_a_date_is_read_the_french_way_and_a_period_is_left_alone(written, read):
    assert french.dated(written) == read
