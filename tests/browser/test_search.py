"""Does the search of the site find a French word however it is typed, over http and from disk?

The words of the pages are read here from the site itself: what should be found is known without the
index. The stems of the page's own script are compared with those that made the index.
"""

from __future__ import annotations

import html
import re

import pandas as pd
import pytest
from sphinx.search import languages

from diagalim.settings.territory_file import load_territory
from diagalim.site.search import FoldedFrench, fold, shown_words
from diagalim.sources.official.communes import read_codes
from diagalim.sources.registry import find, resolve

pytestmark = pytest.mark.browser

FINISHED = "() => document.querySelector('.search-summary')?.textContent"
EXCERPTS = """() => document.querySelectorAll('#search-results li').length
  === document.querySelectorAll('#search-results li p.context').length"""
FOUND = """(query) => [...new Set(
  Search._performSearch(...Search._parseQuery(query)).map(([page]) => page))]"""
ASKED = """(query) => Search._performSearch(...Search._parseQuery(query)).reverse()
  .map(([page, title, anchor]) => `${title} ${page}.html${anchor}`)"""
"""The list that a query leads to, the first shown first."""
STEMS = "(words) => words.map((word) => new Stemmer().stemWord(word))"
LISTED = "all => all.map((a) => a.textContent + ' ' + a.getAttribute('href'))"

ALIKE = [
    ("précarité", ["precarite", "PRÉCARITÉ", "Precarite", "pre\u0301carite\u0301"]),
    ("épicerie", ["epicerie", "Épicerie", "EPICERIE"]),
    ("cœur", ["coeur", "Cœur", "COEUR"]),
    ("française", ["francaise", "FRANÇAISE", "Francaise"]),
    ("mesurée", ["mesuree", "Mesurée", "MESUREE"]),
    ("l'aide alimentaire", ["l’aide alimentaire", "L'AIDE ALIMENTAIRE", "l aide-alimentaire"]),
    ("méthode du score", ["methode du score", "MÉTHODE DU SCORE"]),
    ("avec quelle certitude", ["Avec quelle certitude ?", "avec\u00a0quelle\u202fcertitude"]),
    ("seuil de pauvreté", ["seuil de pauvrete", "SEUIL DE PAUVRETÉ"]),
]
"""What is typed, and other ways of typing it that lead to the same list."""


@pytest.fixture(scope="module")
def texts(site) -> dict[str, str]:
    """Return the folded words of each page, a space between them and at both ends."""
    pages = {}
    for file in sorted(site.path.rglob("*.html")):
        whole = file.read_text(encoding="utf-8")
        if 'role="main"' not in whole or file.name == "search.html":
            continue
        inside = whole.split('role="main"', 1)[1].split("<footer", 1)[0]
        words = FoldedFrench({}).split(shown_words(inside))
        pages[file.relative_to(site.path).with_suffix("").as_posix()] = f" {' '.join(words)} "
    assert len(pages) > 30
    return pages


@pytest.fixture(scope="module")
def communes(site) -> list[str]:
    """Return the names of the communes of the site's territory, those of the map without a list."""
    territory = load_territory(site.code)
    if find("cog", territory) is None:
        folder = site.path.parent / "results" / "score"
        return sorted(
            set(pd.read_parquet(folder / "iris.geoparquet", columns=["commune"])["commune"])
        )
    return sorted(set(read_codes(resolve("cog", territory), territory)["nom"]))


@pytest.fixture
def searched(page, site):
    """Return what types a query, and gives the titles and addresses that are listed."""

    def search(query, place="http"):
        start = site.url if place == "http" else site.path.as_uri() + "/"
        page.goto(f"{start}search.html")
        page.locator("#main-content input[name='q'], main input[name='q']").first.fill(query)
        page.keyboard.press("Enter")
        page.wait_for_function(FINISHED)
        if place == "http":
            page.wait_for_function(EXCERPTS)
        return page.locator("#search-results li > a").evaluate_all(LISTED)

    return search


def test_the_book_is_indexed_in_folded_french(site):
    assert languages["fr"] in ("sphinx.search.fr.SearchFrench", FoldedFrench)
    index = (site.path / "searchindex.js").read_text(encoding="utf-8")
    terms = re.findall(r'"(\w+)": ', index.split('"terms": ')[1].split('"titles": ')[0])
    assert len(terms) > 3000 and [term for term in terms if term != fold(term)] == []


def test_every_word_of_the_site_and_every_commune_has_one_stem_on_both_sides(
    page, site, texts, communes
):
    language = FoldedFrench({})
    raw = " ".join(path.read_text(encoding="utf-8") for path in site.path.rglob("*.html"))
    typed = set(re.findall(r"\w+", html.unescape(raw) + " ".join(communes).upper()))
    words = sorted(typed | {word for text in texts.values() for word in text.split()})
    page.goto(f"{site.url}search.html")
    stems = page.evaluate(STEMS, words)
    pairs = zip(words, stems, map(language.stem, words), strict=True)
    assert len(words) > 8000
    assert [(word, there, here) for word, there, here in pairs if there != here] == []


def test_every_commune_is_found_on_each_page_that_names_it(page, site, texts, communes):
    page.goto(f"{site.url}search.html")
    lost, named = [], 0
    for name in communes:
        words = f" {' '.join(FoldedFrench({}).split(name))} "
        expected = {page for page, text in texts.items() if words in text}
        named += bool(expected)
        for typed in (name, words.strip(), name.upper(), name.replace("'", "’")):
            if missed := expected - set(page.evaluate(FOUND, typed)):
                lost.append((typed, missed))
    assert named and lost == []


@pytest.mark.parametrize("place", ["http", "disk"])
@pytest.mark.parametrize(("typed", "others"), ALIKE, ids=[typed for typed, _ in ALIKE])
def test_a_word_typed_otherwise_leads_to_the_same_list(place, typed, others, searched, page, texts):
    listed = searched(typed, place)
    words = [f" {word} " for word in FoldedFrench({}).split(typed) if len(word) > 2]
    naming = {page for page, text in texts.items() if all(word in text for word in words)}
    pages = {line.rpartition(" ")[2].partition(".html")[0] for line in listed}
    assert len(naming) > 1 and naming - pages == set()
    assert {word: page.evaluate(ASKED, word) for word in (typed, *others)} == dict.fromkeys(
        (typed, *others), listed
    )


def test_a_plural_leads_to_the_pages_of_the_singular(page, site):
    page.goto(f"{site.url}search.html")
    for one, many in (("précarité", "precarites"), ("épicerie", "Épiceries"), ("aidée", "aidés")):
        found = [set(page.evaluate(FOUND, typed)) for typed in (one, many)]
        assert found[0] and found[0] == found[1]


def test_a_title_is_listed_as_its_page_writes_it(searched):
    listed = searched("methode du score de risque relatif")
    assert listed[0] == "Méthode du score de risque relatif book/methode/score.html"
    assert any(" > " in line for line in searched("avec quelle certitude"))


@pytest.mark.parametrize("typed", ["precarite", "EPICERIE", "coeur"])
def test_an_excerpt_shows_and_marks_the_word_as_the_page_writes_it(typed, searched, page):
    assert searched(typed)
    excerpts = page.locator("#search-results li p.context").all_text_contents()
    assert excerpts and all(fold(typed) in fold(text) for text in excerpts)
    marked = page.locator("#search-results li p.context .highlighted").all_text_contents()
    assert marked and any(not text.isascii() for text in marked)


@pytest.mark.parametrize("place", ["http", "disk"])
def test_a_result_leads_to_a_page_where_the_word_is_marked(place, searched, page):
    searched("precarite", place)
    first = page.locator("#search-results li > a").first
    expected = first.evaluate("link => link.href")
    with page.expect_navigation():
        first.click()
    page.wait_for_selector("[role=main] .highlighted")
    marked = page.locator("[role=main] .highlighted").all_text_contents()
    assert {fold(text)[:9] for text in marked} == {"precarite"}
    assert page.url == expected


def test_the_words_go_by_the_address_where_the_storage_was_not_seen(searched, page):
    # seen from disk: the page opened first read an empty storage, once in fifty on a busy machine
    searched("precarite", "disk")
    first = page.locator("#search-results li > a").first
    page.context.add_init_script("localStorage.removeItem('sphinx_highlight_terms')")
    with page.expect_navigation():
        first.click()
    page.wait_for_selector("[role=main] .highlighted")
    assert "highlight" not in page.url


def test_what_no_page_holds_is_not_found(searched, page):
    assert searched("zyxwvuts") == []
