"""Sites of aid that stand together: can each be told and reached, by mouse, finger and keyboard?"""

from __future__ import annotations

import json
import re
import struct
from collections import Counter
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.site]

SITES = """() => [...document.querySelectorAll('.diagalim-site')].map(
  (one) => Number(one.querySelector('.diagalim-site-group')?.textContent ?? 1))"""
MARKERS = "document.querySelectorAll('.diagalim-site').length"
FOCUSED = "document.activeElement.getAttribute('aria-label')"


@pytest.fixture(params=["mouse", "touch", "keyboard"])
def way(request) -> str:
    """Return how the reader acts."""
    return request.param


@pytest.fixture
def opened_at(way, request, hand_on):
    """Return what leads the fictitious map to a view, for one way of acting."""
    page = request.getfixturevalue("phone" if way == "touch" else "carte")

    def at(view: str):
        page.evaluate("view => { location.hash = view; }", f"#vue&offre=aide{view}")
        page.locator(".diagalim-map").scroll_into_view_if_needed()
        page.locator(".diagalim-site").first.wait_for()
        return hand_on(way, page)

    return at


@pytest.fixture(scope="module")
def points(fictitious_site) -> dict[int, tuple[float, float]]:
    """Return the points of the sites that have one, by their place in the page."""
    script = fictitious_site.path / "_static" / "widgets" / "notebooks/accueil/carte.js"
    place = re.search(r"\}\)\((\{.*\})\);\n", script.read_text(encoding="utf-8"), re.DOTALL)
    states = [one["state"] for one in json.loads(place[1])["state"].values()]
    offer = next(state["offer"] for state in states if state.get("offer"))
    return {k: tuple(point) for k, point in enumerate(offer["sites"]["point"]) if point}


@pytest.fixture(scope="module")
def twice(points) -> tuple[int, tuple[float, float]]:
    """Return a site on whose point another stands, and this point."""
    counts = Counter(points.values())
    return next((k, point) for k, point in points.items() if counts[point] > 1)


def test_a_group_pressed_brings_the_map_closer_and_loses_no_site(opened_at, points):
    hand = opened_at("")
    page = hand.page
    before = page.evaluate(SITES)
    assert sum(before) == len(points)
    assert len(before) < len(points) / 3
    largest = page.locator(".diagalim-site").nth(before.index(max(before)))
    assert f"{max(before)}" in largest.get_attribute("aria-label")
    hand.press(largest)
    page.wait_for_function(f"count => {MARKERS} > count", arg=len(before))
    after = page.evaluate(SITES)
    assert sum(after) == len(points)
    assert max(after) < max(before)
    assert page.locator(".diagalim-aid-sheet").count() == 0
    if hand.way == "keyboard":
        assert page.evaluate("document.activeElement.matches('.diagalim-site')"), "focus is lost"


def test_sites_on_one_point_are_chosen_from_a_list(opened_at, twice):
    site, (latitude, longitude) = twice
    hand = opened_at(f"&carte={latitude},{longitude},18")
    page = hand.page
    together = page.locator(f".diagalim-site[data-site='{site}'][aria-label*='au même endroit']")
    hand.press(together)
    choices = page.locator(".diagalim-aid-list button")
    choices.first.wait_for()
    assert choices.count() == int(re.match(r"\d+", together.get_attribute("aria-label"))[0])
    assert all(one.bounding_box()["height"] >= 44 for one in choices.all())
    name = choices.last.locator(".diagalim-aid-name").inner_text()
    hand.press(choices.last)
    title = page.locator(".diagalim-aid-sheet .diagalim-sheet-state .diagalim-aid-name")
    title.wait_for()
    assert name.startswith(title.inner_text())
    if hand.way == "keyboard":
        page.locator(".diagalim-aid-list").wait_for(state="detached")  # it fades
        page.keyboard.press("Escape")
        title.wait_for(state="detached")
        assert page.evaluate("document.activeElement.matches('.diagalim-site')"), "focus is lost"


@pytest.mark.parametrize("way", ["keyboard"], indirect=True)
def test_all_markers_are_one_stop_of_the_keyboard_which_arrows_go_through(opened_at, paused):
    page = opened_at("").page
    stops = page.locator(".diagalim-site[tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    first = page.evaluate(FOCUSED)
    view = page.evaluate("location.hash")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) != first
    assert stops.count() == 1
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FOCUSED) == first
    paused(page)
    assert page.evaluate("location.hash") == view, "the map does not move under the arrows"


@pytest.mark.parametrize("way", ["touch"], indirect=True)
def test_every_marker_is_as_large_as_a_thumb(opened_at):
    page = opened_at("").page
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('.diagalim-site')].map((one) => {
          const {width, height} = one.getBoundingClientRect();
          return Math.min(width, height); })"""
    )
    assert min(sizes) >= 44


@pytest.mark.parametrize("way", ["mouse"], indirect=True)
def test_the_picture_writes_the_number_of_each_group(opened_at):
    page = opened_at("").page
    page.evaluate("""() => {
      window.written = [];
      const write = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
        window.written.push(text);
        return write.call(this, text, ...where);
      };
    }""")
    with page.expect_download() as started:
        page.get_by_role("button", name="Télécharger la vue").click()
    assert struct.unpack(">II", Path(started.value.path()).read_bytes()[16:24])[0] > 600
    written = Counter(page.evaluate("window.written"))
    numbers = Counter(str(count) for count in page.evaluate(SITES) if count > 1)
    assert not numbers - written
