"""References are written in French."""

from __future__ import annotations

import pytest
from pybtex.backends.plaintext import Backend
from pybtex.database import parse_string

from diagalim.site.bibliography import FrenchStyle, name_entries, register_styles

ARTICLE = """@article{a, author = {Un, Anne and Deux, Basile and Trois, Cléo}, year = {1999},
title = {A Title of USA}, journal = {Revue}, volume = {3}, number = {2}, pages = {1--9},
doi = {10.1/x}}"""
BOOK = "@book{b, author = {Un, Anne}, year = {2001}, title = {Livre}, publisher = {Maison}}"
NEW_EDITION = BOOK.replace("title", "edition = {3e}, title")
REPORT = "@techreport{c, author = {{Ansa} and {LARIIS}}, year = {2025}, title = {Étude}}"
PAGE = "@misc{d, author = {{Insee}}, title = {Guide}, url = {https://exemple.fr/}}"


@pytest.fixture(autouse=True)
def known_to_pybtex():
    """Make the style known, as Sphinx does."""
    register_styles()


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        (
            ARTICLE,
            "Anne Un, Basile Deux et Cléo Trois (1999). A Title of USA. Revue, 3(2), p. 1–9. "
            "DOI\u00a0: 10.1/x",
        ),
        (BOOK, "Anne Un (2001). Livre. Maison."),
        (NEW_EDITION, "Anne Un (2001). Livre. 3e éd. Maison."),
        (REPORT, "Ansa et LARIIS (2025). Étude."),
        (PAGE, "Insee. Guide. Adresse\u00a0: https://exemple.fr/"),
    ],
)
def test_each_kind_of_entry_is_written_in_french(entry, written):
    entries = FrenchStyle().format_entries(parse_string(entry, "bibtex").entries.values())
    assert [one.text.render(Backend()).strip() for one in entries] == [written]


def test_a_body_is_sorted_among_persons_and_one_author_by_year():
    entries = [PAGE, BOOK, BOOK.replace("2001", "1990").replace("{b", "{e"), REPORT]
    parsed = parse_string("\n".join(entries), "bibtex").entries.values()
    assert [one.key for one in FrenchStyle().format_entries(parsed)] == ["c", "d", "e", "b"]


def test_a_reference_is_an_item_of_its_list_for_screen_readers():
    context = {"body": '<div role="list"><div class="citation" role="doc-biblioentry">'}
    name_entries(None, "page", "page.html", context, None)
    assert context["body"] == '<div role="list"><div class="citation" role="listitem">'
