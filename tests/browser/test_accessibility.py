"""Does axe-core find a barrier on any page, wide and narrow, light and dark?

No rule is disabled (`barriers_of`) and no element is left out. On the wide screen pages are
as they come; on the narrow one whatever unfolds is open (code of the cells, explanations). Pages
are read light and wide, dark and narrow in `test_pages.py`, where they are open already; the long
tests here do the other half.
"""

from __future__ import annotations

from functools import partial

import pytest

from .conftest import DRAWN, NARROW, PAGES, THEMES, UNFOLD, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.site]

THEME = """(theme) => document.documentElement.dataset.theme === theme
  && document.getAnimations().every((one) => one.playState !== 'running')"""
COLOURS = """() => [...document.querySelectorAll('html, body, body *')].map((element) => {
  const {color, backgroundColor, borderTopColor, fill, stroke} = getComputedStyle(element);
  return [element.tagName, color, backgroundColor, borderTopColor, fill, stroke].join(' ');
})"""


@pytest.fixture(scope="module")
def reader(silent):
    """Return a page of a reader whose computer asks for little movement."""
    with silent(reduced_motion="reduce") as page:
        yield page


@pytest.fixture
def barriers(reader, barriers_of):
    """Return a function that lists the barriers of the page as it stands."""
    return partial(barriers_of, reader)


def ask_for(reader, theme):
    """Ask for light or for dark colours, as the computer of a reader does, and wait for them."""
    reader.emulate_media(color_scheme=theme)
    reader.wait_for_function(THEME, arg=theme)


def open_page(reader, site, name, width, theme="light"):
    """Open a page of a site on a screen of some width, and wait until it is drawn."""
    reader.set_viewport_size({"width": width, "height": 900})
    reader.emulate_media(color_scheme=theme)
    reader.goto(f"{site.url}{name}.html", wait_until="load")
    reader.wait_for_function(DRAWN)
    assert reader.locator("html").get_attribute("data-theme") == theme


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_barrier_in_the_colours_of_the_other_width(name, site, reader, barriers):
    on_a_phone, on_a_desk = THEMES
    open_page(reader, site, name, WIDE, on_a_desk)
    told = {f"{WIDE} px, {on_a_desk}": barriers()}
    reader.set_viewport_size({"width": NARROW, "height": 844})
    reader.evaluate(UNFOLD)
    ask_for(reader, on_a_phone)
    told[f"{NARROW} px, {on_a_phone}"] = barriers()
    said = [f"  {state} {line}" for state, lines in told.items() for line in lines]
    assert not said, f"{site.code}/{name}:\n" + "\n".join(said)


@pytest.mark.parametrize(
    "name",
    [
        "notebooks/accueil/accueil",
        "notebooks/etat_des_lieux/score",
        "notebooks/accueil/carte",
        "search",
    ],
)
@pytest.mark.parametrize("theme", THEMES)
def test_a_page_that_changes_colours_looks_as_if_opened_in_them(name, theme, site, reader):
    other = next(one for one in THEMES if one != theme)
    open_page(reader, site, name, WIDE, theme)
    opened = reader.evaluate(COLOURS)
    open_page(reader, site, name, WIDE, other)
    assert (reader.evaluate(COLOURS) != opened) is True
    ask_for(reader, theme)
    changed = reader.evaluate(COLOURS)
    # not the lists themselves: pytest would compare thousands of lines by pairs, for minutes
    assert len(changed) == len(opened)
    others = [pair for pair in zip(opened, changed, strict=True) if pair[0] != pair[1]]
    assert not others, "\n".join(f"{first} → {then}" for first, then in others[:10])


@pytest.mark.parametrize(
    ("button", "opened"),
    [
        (".primary-toggle", "#pst-primary-sidebar-modal"),
        (".secondary-toggle", "#pst-secondary-sidebar-modal"),
        (".bd-header-article .search-button", "#pst-search-dialog"),
    ],
)
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_no_barrier_in_what_a_phone_opens(button, opened, theme, site, reader, barriers):
    open_page(reader, site, PAGES[1], NARROW, theme)
    reader.locator(button).click()
    reader.locator(f"{opened}[open]").wait_for()
    assert barriers() == []


@pytest.mark.parametrize("theme", THEMES)
def test_axe_tells_rule_and_element_of_what_is_wrong(theme, site, reader, barriers):
    open_page(reader, site, PAGES[-1], WIDE, theme)
    pale = '<p id="pale" style="color: #777; background: #666">pâle</p>'
    reader.locator("#main-content").evaluate("(box, text) => { box.innerHTML += text; }", pale)
    assert [line.split(" · ")[:2] for line in barriers()] == [["color-contrast", "#pale"]]


def test_no_site_holds_the_tool(site):
    assert not list(site.path.rglob("*axe*"))
