"""What the tests in a browser share: a console that stays empty, the map, three hands, axe-core.

A page may write nothing to the console, whatever the level and whatever is done to it: wherever a
page is opened here, its test fails at the end when it has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from diagalim.build import BuildFailure
from diagalim.build.vendor import ensure_vendor
from diagalim.paths import project_root

MAP_PAGE = "notebooks/carte.html"
PATIENCE_MS = 30_000
DESK = {"viewport": {"width": 1300, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FRENCH = {"locale": "fr-FR"}
PINNED = Path(__file__).with_name("axe.json")

READY = """() => document.querySelector('.diagalim-controller[data-ready]')
  && document.querySelector('.diagalim-sort')"""
"""Map and table are drawn."""
TAGS = (
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    *("best-practice", "experimental"),
)
BARRIERS = """async (tags) => {
  const {violations} = await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
  });
  return violations.flatMap((rule) => rule.nodes.map((node) => [
    rule.id, node.target.join(' '), node.failureSummary.split('\\n').slice(1).join(' ').trim(),
  ]));
}"""
FILLS = "seen => [...document.querySelectorAll(seen)].map((path) => path.getAttribute('fill'))"
POINT_IN_AN_IRIS = """(least) => {
  for (const path of document.querySelectorAll('.diagalim-iris')) {
    const box = path.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (box.width > least && document.elementFromPoint(x, y) === path) {
      return {x, y, fill: path.getAttribute('fill')};
    }
  }
}"""
LARGE_PX = 12
"""Width from which a hand does not miss an IRIS."""


class Hand:
    """A reader who acts in one way: with a mouse, with a finger, or with the keyboard alone."""

    def __init__(self, way: str, page) -> None:
        self.way, self.page = way, page

    def press(self, target, key: str = "Enter") -> None:
        """Act on a button or on what unfolds; a box to tick wants the space bar."""
        if self.way == "keyboard":
            target.focus()
            assert target.evaluate("e => e === document.activeElement"), "not in reach of the keys"
            self.page.keyboard.press(key)
        elif self.way == "touch":
            target.tap()
        else:
            target.click()

    def choose(self, select, label: str) -> None:
        """Choose in a list: its menu belongs to the system, which the keyboard goes through."""
        if self.way != "keyboard":
            select.select_option(label=label)
            return
        names = select.locator("option").all_text_contents()
        select.focus()
        self.page.keyboard.press("Home")
        for _ in range(names.index(label)):
            self.page.keyboard.press("ArrowDown")

    def slide(self, slider) -> None:
        """Push a slider to the right."""
        if self.way == "keyboard":
            slider.focus()
            for _ in range(10):
                self.page.keyboard.press("ArrowRight")
            return
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        point = box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2
        (self.page.touchscreen.tap if self.way == "touch" else self.page.mouse.click)(*point)

    def search(self, text: str) -> None:
        """Type the name of a place."""
        field = self.page.get_by_label("Chercher un lieu")
        self.press(field) if self.way != "keyboard" else field.focus()
        field.fill(text)
        self.page.keyboard.press("Enter")


def listen(page) -> list[str]:
    """Write down all that a page says in its console, of any level, and its uncaught errors.

    Those of the pages that are opened beside it, in the same context, are written down too.
    """
    said = []
    page.context.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.context.on("weberror", lambda uncaught: said.append(f"uncaught: {uncaught.error}"))
    return said


@contextmanager
def silent_page(chromium, **screen) -> Iterator:
    """Open a page in a context of its own: neither it nor one opened beside it may say a word."""
    context = chromium.new_context(**FRENCH, **screen)
    page = context.new_page()
    said = listen(page)
    try:
        yield page
    finally:
        context.close()
    assert said == []


@pytest.fixture(scope="session")
def silent(chromium) -> Callable[..., AbstractContextManager]:
    """Return what opens a page on another screen than the usual one, and listens to it."""
    return partial(silent_page, chromium)


@pytest.fixture(scope="session")
def listening():
    """Return the function that writes down all that a page says in its console."""
    return listen


@pytest.fixture
def page(page):
    """Return a page that may say nothing in its console."""
    said = listen(page)
    yield page
    assert said == []


def open_map(page, address: str):
    """Open the page of the map, wait until map and table are ready, and bring the map in sight."""
    page.goto(address)
    page.wait_for_function(READY, timeout=PATIENCE_MS)
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    page.locator(".diagalim-map").scroll_into_view_if_needed()
    return page


@pytest.fixture(scope="session")
def opened():
    """Return the function that opens the page of the map and waits for it."""
    return open_map


@pytest.fixture(scope="session")
def address(site) -> str:
    """Return the address of the page of the map."""
    return site.url + MAP_PAGE


@pytest.fixture
def carte(page, address):
    """Return the page of the map, opened on a desk."""
    return open_map(page, address)


@pytest.fixture
def phone(silent, address):
    """Return the page of the map, opened on a touch screen of 390 px."""
    with silent(**PHONE) as page:
        yield open_map(page, address)


@pytest.fixture(scope="session")
def iris(site) -> pd.DataFrame:
    """Return the table that the chapter of the score left: what the page must say."""
    folder = site.path.parent / "results" / "02_score_iris"
    return pd.read_parquet(folder / "iris.geoparquet").drop(columns="geometry")


@pytest.fixture(scope="session")
def fills() -> Callable[..., list[str]]:
    """Return the function that reads the fill of each IRIS, of the map or of what is named."""
    return lambda page, seen=".diagalim-iris": page.evaluate(FILLS, seen)


@pytest.fixture(scope="session")
def large_iris() -> Callable:
    """Return the function that finds a point of an IRIS that nothing covers, and its fill."""
    return lambda page: page.evaluate(POINT_IN_AN_IRIS, LARGE_PX)


@pytest.fixture(scope="session")
def hand_on():
    """Return what takes a page in one hand: its way of acting, then the page."""
    return Hand


@pytest.fixture(scope="module", params=["mouse", "touch", "keyboard"])
def one_hand(request, silent, site):
    """Return one of the three hands on a page of its own, opened once."""
    counted = "window.print = () => { window.printed = (window.printed ?? 0) + 1; };"
    with silent(**(PHONE if request.param == "touch" else DESK)) as page:
        page.add_init_script(counted)
        yield Hand(request.param, open_map(page, site.url + MAP_PAGE))


@pytest.fixture
def hand(one_hand):
    """Return the hand, the page being back at its first view with everything folded."""
    one_hand.page.evaluate("""() => {
      document.querySelector('.diagalim-downloads button:last-child').click();
      for (const box of document.querySelectorAll('.diagalim-panels details')) box.open = false;
      document.querySelector('.diagalim-chooser input').value = '';
      window.printed = 0;
    }""")
    one_hand.page.wait_for_function(
        "() => !document.querySelector('.diagalim-out, .diagalim-sheet, .diagalim-circle')"
    )
    return one_hand


@pytest.fixture(scope="session")
def barriers_of(axe) -> Callable[..., list[str]]:
    """Return a function that lists the barriers of a page as it stands: rule, element, why.

    Every rule of WCAG 2.0, 2.1 and 2.2 at levels A and AA runs, and those that axe-core calls best
    practices or experimental; none is disabled.
    """

    def found(page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe)
        return [" · ".join(barrier) for barrier in page.evaluate(BARRIERS, TAGS)]

    return found


@pytest.fixture(scope="session")
def axe(absent, one_at_a_time) -> str:
    """Return the script of axe-core: a tool of the tests, which no site holds."""
    folder = project_root() / "_build" / "essais"
    try:
        with one_at_a_time("axe"):
            ensure_vendor(folder, packages=json.loads(PINNED.read_text(encoding="utf-8")))
    except BuildFailure as failure:
        absent(f"axe-core n'est pas là, les pages ne sont pas contrôlées : {failure}")
    return (folder / "axe.min.js").read_text(encoding="utf-8")
