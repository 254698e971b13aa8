"""The built map in a real browser, by mouse, finger and keyboard, over HTTP and from disk."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from diagalim.map.wording import CLASS_COLOURS

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(scope="module", params=["http", "disk"])
def start(request, site, address) -> str:
    """Return the address of the page of the map, served or in its folder."""
    from_disk = site.path.as_uri() + address.removeprefix(site.url.rstrip("/"))
    return address if request.param == "http" else from_disk


@pytest.fixture
def carte(first_view, start):
    """Return the page of the map at its first view, in each place."""
    yield from first_view(start)


def test_every_iris_is_drawn_and_filled_without_another_host_nor_a_word(page, start, opened):
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    carte = opened(page, start)
    unfilled = carte.evaluate("""() => [
      ...document.querySelectorAll('.diagalim-iris')
    ].filter(path => {
      const fill = path.getAttribute('fill') ?? '';
      const named = fill.match(/^url\\("?#(.+?)"?\\)$/);
      return named ? !document.getElementById(named[1]) : !/^#[0-9a-f]{6}$/.test(fill);
    }).length""")
    assert carte.locator(".diagalim-iris").count() > 0
    assert unfilled == 0
    assert hosts <= {"127.0.0.1", "localhost", "", None}


def test_the_legend_counts_what_is_drawn(carte):
    counts = carte.evaluate("""() => {
      const by = {};
      for (const path of document.querySelectorAll('.diagalim-iris')) {
        const fill = path.getAttribute('fill').replace(/^.*diagalim-\\d+-|["')]+$/g, '');
        by[fill] = (by[fill] ?? 0) + 1;
      }
      return by;
    }""")
    texts = carte.locator(".diagalim-legend-count").all_inner_texts()
    shown = [int(re.sub(r"\s", "", text)) for text in texts]
    classes = [
        counts.get(colour, 0) + counts.get(f"{rank}-indicatif", 0)
        for rank, colour in enumerate(CLASS_COLOURS, start=1)
    ]
    missing = [counts[name] for name in ("secret", "non_note", "sans_population") if name in counts]
    assert shown[:5] == classes
    assert sum(classes) + sum(missing) == carte.locator(".diagalim-iris").count()
    assert missing == [] or shown[-len(missing) :] == missing


def test_a_click_opens_the_sheet_of_the_iris_and_sets_the_lists(carte, large_iris):
    point = large_iris(carte)
    carte.mouse.click(point["x"], point["y"])
    sheet = carte.locator(".diagalim-sheet")
    sheet.wait_for()
    assert re.search(r"Risque relatif|non noté", sheet.inner_text(), re.IGNORECASE)
    title = sheet.locator(".diagalim-sheet-title").inner_text()
    chosen = carte.locator(".diagalim-field select").nth(1)
    assert chosen.evaluate("s => s.selectedOptions[0].textContent.trim()") == title
    assert carte.locator(".diagalim-selected").get_attribute("fill") == point["fill"]


def test_the_keyboard_alone_opens_reads_and_closes_a_sheet(carte):
    commune, iris = (carte.locator(".diagalim-field select").nth(k) for k in (0, 1))
    commune.focus()
    carte.keyboard.press("ArrowDown")
    carte.keyboard.press("Tab")
    assert iris.evaluate("s => s === document.activeElement")
    carte.keyboard.press("ArrowDown")
    carte.locator(".diagalim-sheet").wait_for()
    title = carte.locator(".diagalim-sheet-title").inner_text()
    spoken = carte.locator(".diagalim-controller > [role=status]")
    assert spoken.text_content().startswith(title)
    assert iris.evaluate("s => s === document.activeElement"), "choosing must not move the focus"
    carte.keyboard.press("Escape")
    carte.locator(".diagalim-sheet").wait_for(state="detached")


def test_the_tab_order_does_not_go_through_every_iris(carte):
    inside = ".diagalim-map :is(a, button, summary, select, input, [tabindex='0'])"
    assert carte.locator(inside).count() < 12


def test_the_map_has_a_name_and_french_buttons(carte, large_iris):
    assert carte.get_by_role("region", name=re.compile("Carte")).count() == 1
    assert carte.get_by_role("button", name="Zoom avant").count() == 1
    point = large_iris(carte)
    carte.mouse.click(point["x"], point["y"])
    carte.get_by_role("button", name="Fermer la fiche").wait_for()


def test_an_iris_keeps_its_colour_when_the_mouse_leaves(carte, fills, large_iris):
    before = fills(carte)
    point = large_iris(carte)
    carte.mouse.move(point["x"], point["y"])
    carte.mouse.move(5, 5)
    assert fills(carte) == before


def test_outlines_of_communes_can_be_put_away(carte):
    line = carte.locator("path.diagalim-commune")
    assert line.count() == 1
    carte.get_by_label("Limites des communes").uncheck()
    assert line.evaluate("p => getComputedStyle(p).display") == "none"


def test_a_reader_who_asks_for_calm_gets_no_zoom_animation(page, address, opened):
    page.emulate_media(reduced_motion="reduce")
    opened(page, address)
    page.get_by_role("button", name="Zoom avant").click()
    assert page.locator(".leaflet-zoom-anim").count() == 0


def test_on_a_phone_a_tap_opens_the_sheet_inside_the_map(phone, large_iris, paused):
    point = large_iris(phone)
    phone.touchscreen.tap(point["x"], point["y"])
    sheet = phone.locator(".leaflet-popup")
    sheet.wait_for()
    paused(phone)  # the map glides until the sheet is in sight
    inner, outer = sheet.bounding_box(), phone.locator(".diagalim-map").bounding_box()
    assert inner["x"] >= outer["x"]
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    assert inner["y"] >= outer["y"]


def test_on_a_phone_nothing_scrolls_sideways_and_the_legend_is_folded(phone):
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    legend = phone.locator(".diagalim-legend")
    assert legend.get_attribute("open") is None
    phone.tap(".diagalim-legend summary")
    assert legend.get_attribute("open") is not None
    assert phone.locator(".diagalim-legend-label").first.is_visible()
    assert phone.locator(".diagalim-sheet").count() == 0
