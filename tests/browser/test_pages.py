"""Every page of the report, as a reader meets it: over http and from disk, wide and narrow.

axe-core looks for barriers where the page is open already: wide and light as it comes, narrow and
dark with whatever unfolds open (code of the cells, explanations). The other two states are long
tests of `test_accessibility.py`.
"""

from __future__ import annotations

import pytest

from .conftest import DRAWN, NARROW, PAGES, THEMES, UNFOLD, WIDE

pytestmark = pytest.mark.browser

QUIET = """async () => {
  const timeout = 5000;
  await document.fonts.ready;
  await new Promise((seen) => {
    setTimeout(seen, timeout);
    requestAnimationFrame(() => requestAnimationFrame(seen));
  });
  await new Promise((free) => requestIdleCallback(free, { timeout }));
}"""
"""Fonts are there, what was drawn has been shown, and no script is waiting for its turn.

A frame or an idle moment that never comes, as once on a machine of two cores with five builds,
would hold the tests for ever: what is asserted next does not need them.
"""

ENGLISH = {
    *("Toggle", "Show", "Hide", "Search", "Download", "Close", "Open", "Skip", "Back", "Next"),
    *("hidden", "bar", "Main", "Announcement", "Color", "Light", "Dark", "Layers"),
    *("Copy", "Copied", "Permalink", "Link", "warning", "previous", "next"),
}
"""Words of the theme that are not French ones too."""
OF_THE_MAP = {"Zoom in", "Zoom out"}
"""Of the map, whose « Zoom » is French."""
NAMED = """() => [...document.querySelectorAll('[title], [aria-label], [placeholder], [alt]')]
  .flatMap((e) => ['title', 'aria-label', 'placeholder', 'alt'].map((a) => e.getAttribute(a)))
  .filter(Boolean)"""

STEP_MS, PATIENCE = 20, 250
"""How often, and how many times, to look whether all that was asked for has come."""


def start_of(site, place):
    """Return the address of the site over http or from disk."""
    return site.url if place == "http" else site.path.as_uri() + "/"


@pytest.fixture
def visited(page, site, listening):
    """Return what opens a page of the site and waits for it; at the end, nothing was amiss."""
    asked, awaited, said, starts = set(), set(), listening(page), set()
    page.on("request", lambda request: (asked.add(request.url), awaited.add(request)))
    for end in ("requestfinished", "requestfailed"):
        page.on(end, lambda request: awaited.discard(request))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.on("response", lambda r: r.status >= 400 and said.append(f"{r.status}: {r.url}"))

    def visit(place, name):
        starts.add(start_of(site, place))
        page.goto(f"{start_of(site, place)}{name}.html", wait_until="load")
        page.wait_for_function(DRAWN)
        page.evaluate(QUIET)
        for _ in range(PATIENCE):
            if awaited:  # leaving the page would cut short what is on its way, as its icon
                page.wait_for_timeout(STEP_MS)
        return page

    yield visit
    elsewhere = {url for url in asked if not url.startswith((*starts, "data:", "blob:"))}
    assert elsewhere == set()
    assert said == []


def assert_french_and_fits(page, width):
    """Assert that a page shows its title, is no wider than the screen and speaks French."""
    assert page.locator("#main-content h1:visible").first.is_visible()
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"the page is {wider} px wider than a screen of {width} px"
    named = page.evaluate(NAMED)
    found = [text for text in named if ENGLISH & set(text.split()) or text in OF_THE_MAP]
    assert named and found == []


@pytest.mark.parametrize("name", PAGES)
def test_page_is_whole_silent_french_fits_the_screen_and_has_no_barrier(
    name, page, visited, barriers_of
):
    for width, theme in zip((WIDE, NARROW), THEMES, strict=True):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        visited("http", name)
        assert page.locator("html").get_attribute("data-theme") == theme
        assert_french_and_fits(page, width)
        if width == NARROW:
            page.evaluate(UNFOLD)
        assert barriers_of(page) == [], f"{name}, {width} px, {theme}"


@pytest.mark.parametrize("name", PAGES)
def test_page_from_disk_is_whole_silent_french_and_fits_the_screen(name, page, visited):
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if page.url == "about:blank":
            visited("disk", name)
        page.evaluate(QUIET)
        assert_french_and_fits(page, width)


@pytest.mark.parametrize("level", ["log", "info", "debug", "warn", "error"])
def test_a_word_of_any_level_in_the_console_is_heard(level, chromium, site, listening):
    context = chromium.new_context()
    page = context.new_page()
    planted = f"window.addEventListener('load', () => console.{level}('planté'));"
    page.add_init_script(planted)
    said = listening(page)
    page.goto(f"{site.url}{PAGES[1]}.html", wait_until="load")
    page.evaluate(QUIET)
    context.close()
    assert [line.partition(": ")[2] for line in said] == ["planté"]


def test_icons_whose_script_is_late_ask_for_no_font_that_is_not_there(page, site):
    lost = []
    page.on("response", lambda r: r.status >= 400 and lost.append(r.url))
    page.route("**/fontawesome.js*", lambda route: route.fulfill(body=""))
    page.goto(f"{site.url}notebooks/accueil/carte.html", wait_until="load")
    page.wait_for_function(DRAWN)
    page.evaluate(QUIET)
    assert page.locator("i.fa-solid, i.fas, i.fa").count() > 0
    assert lost == []


@pytest.mark.parametrize("place", ["http", "disk"])
def test_index_leads_to_the_home_page(place, page, site):
    page.goto(f"{start_of(site, place)}index.html")
    page.wait_for_url("**/notebooks/accueil/accueil.html")
    assert page.locator("html").get_attribute("lang") == "fr"


@pytest.mark.parametrize("place", ["http", "disk"])
def test_search_finds_a_page_without_a_word_in_the_console(place, page, site):
    page.goto(f"{start_of(site, place)}search.html?q=pauvreté")
    page.wait_for_selector("#search-results li a")
    page.wait_for_load_state("networkidle")  # the excerpt of each page found
    page.evaluate(QUIET)


def test_a_long_list_of_sources_opens_from_the_keyboard_and_is_whole_on_paper(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.url}notebooks/etat_des_lieux/score.html")
    foot = page.locator("div.pied").first
    last, paper = foot.locator("details a").last, foot.locator(".pied-imprime")
    assert not last.is_visible() and not paper.is_visible()
    foot.locator("summary").press("Enter")
    assert last.is_visible() and not paper.is_visible()
    foot.locator("summary").press("Enter")
    page.emulate_media(media="print")
    assert paper.is_visible() and not foot.locator("details").is_visible()
    assert paper.locator("a").count() == foot.locator("details a").count()


def test_code_is_hidden_until_asked_for(page, site):
    page.goto(f"{site.url}notebooks/etat_des_lieux/score.html")
    code = page.locator("details.hide").first
    assert not code.locator(".cell_input").is_visible()
    code.get_by_text("Afficher le code").click()
    assert code.locator(".cell_input").is_visible()
    assert code.get_by_text("Masquer le code").is_visible()


def test_a_phone_far_down_a_fictitious_page_still_says_so(page, fictitious_site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{fictitious_site.url}notebooks/etat_des_lieux/contexte.html")
    page.evaluate("window.scrollTo(0, 4000)")
    page.wait_for_function("window.scrollY > 3000")
    box = page.get_by_text("Données fictives", exact=True).bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] < 100
