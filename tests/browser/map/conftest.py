"""What the tests of the map share: its page as first seen, and three hands to act on it.

Opening the page costs more than most of what is then asked of it. A page is therefore kept from a
test to the next and brought back to its first view by the button that readers have for that. What
it then holds is compared with what it held when it opened, element by element: where anything is
left of the test before, the page is opened again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pandas as pd
import pytest

MAP_PAGE = "notebooks/accueil/carte.html"
PATIENCE_MS = 30_000
DESK = {"viewport": {"width": 1300, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

READY = """() => document.querySelector('.diagalim-controller[data-ready]')
  && document.querySelector('.diagalim-sort')"""
"""Map and table are drawn."""
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


def rows_of(file: Path) -> list[dict[str, str]]:
    """Return the lines of a table taken away from the map, as a French spreadsheet reads it."""
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


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
def paused():
    """Return the function that waits until the page has followed what the reader did."""
    return lambda page: page.wait_for_function(FOLLOWED, timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def address(site) -> str:
    """Return the address of the page of the map."""
    return site.url + MAP_PAGE


HELD = """() => {
  const drawn = new Set(['d', 'style', 'transform', 'points', 'viewBox', 'width', 'height']);
  const words = (one) => one.role === 'status' ? [] :
    [...one.childNodes].filter(({nodeType}) => nodeType === Node.TEXT_NODE).map(({data}) => data);
  const held = (one) => [
    ...words(one), one.tagName, one.hidden, one.open, one.value, one.checked, one.disabled,
    ...[...one.attributes].filter(({name}) => !drawn.has(name)).map((a) => a.name + a.value),
  ].join(' ');
  const place = (one) => {
    const {x, y, width, height} = one.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).join(' ');
  };
  const page = document.querySelector('article');
  const shapes = ':is(.diagalim-iris, .diagalim-inset-iris)';
  const others = page.querySelectorAll(`:not(${shapes}, .diagalim-hidden, datalist option)`);
  return [
    ...[...others].map(held),
    ...[...page.querySelectorAll(shapes)].map((one) => `${held(one)} ${place(one)}`).sort(),
    ...[...page.querySelectorAll('.diagalim-legend, .diagalim-inset, .diagalim-panels')].map(place),
    [scrollX, scrollY, innerWidth, document.activeElement.tagName].join(' '),
  ];
}"""
"""What the page holds and where it shows it.

Not how shapes are written or in which order they are drawn, which follow the way to a view; nor
what was filled at a first use and is hidden again.
"""
KEEP = f"""() => {{
  window.atFirst = ({HELD})();
  window.unfolded = new Set(document.querySelectorAll('article details[open]'));
  window.spoken = new Map(
    [...document.querySelectorAll('[role=status]')].map((one) => [one, one.textContent]));
  window.scrolled = scrollY;
}}"""
TWO_FRAMES = "await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))"
PUT_BACK = f"""async () => {{
  {TWO_FRAMES};  // another width is heard of after the frame that draws it
  history.replaceState(null, '', '#essai');
  for (const box of document.querySelectorAll('article details')) box.open = unfolded.has(box);
  document.querySelector('.diagalim-chooser input').value = '';
  document.querySelector('.diagalim-downloads button:last-child').click();
}}"""
FOLLOWED = """() => !document.querySelector(
  '.diagalim-controller[data-pending], .leaflet-zoom-anim, .leaflet-pan-anim')"""
"""Table, sheet and address have followed what the reader did, and nothing glides."""
SETTLED = f"() => location.hash !== '#essai' && ({FOLLOWED})()"
"""The page is back at its first view."""
AS_AT_FIRST = f"""async () => {{
  history.replaceState(null, '', location.pathname);
  for (const [one, text] of spoken) one.textContent = text;
  document.activeElement.blur();
  scrollTo(0, scrolled);
  {TWO_FRAMES};
  const now = ({HELD})();
  return now.length === atFirst.length && now.every((one, k) => one === atFirst[k]);
}}"""


class KeptPage:
    """The page of the map on one screen, opened once and shown again as it was when it opened."""

    def __init__(self, page, said: list[str], address: str) -> None:
        self.page, self.said, self.address = page, said, address
        self.size = page.viewport_size
        self.opened, self.whole = 0, False

    def at_first_view(self):
        """Return the page as a reader first sees it."""
        whole, self.whole = self.whole, False  # should what follows fail, the next test opens it
        if not (whole and self.put_back()):
            self.page.goto("about:blank")
            open_map(self.page, self.address)
            self.page.evaluate(KEEP)
            self.opened += 1
        self.whole = True
        return self.page

    def put_back(self) -> bool:
        """Bring the page back to its first view and tell whether nothing else is left."""
        for other in self.page.context.pages:
            if other is not self.page:
                other.close()
        if not self.page.evaluate("'atFirst' in window"):
            return False  # another address, or the same one opened again
        self.page.emulate_media(media="screen", reduced_motion="no-preference")
        self.page.set_viewport_size(self.size)
        self.page.mouse.move(0, 0)
        self.page.evaluate(PUT_BACK)
        self.page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
        return self.page.evaluate(AS_AT_FIRST)


@pytest.fixture(scope="session")
def kept(heard) -> Iterator[Callable[..., KeptPage]]:
    """Return a function that gives the page of an address on a screen, one for all the tests."""
    known = {}
    with ExitStack() as open_pages:

        def page_of(address: str, screen: dict = DESK) -> KeptPage:
            key = (address, screen is PHONE)
            if key not in known:
                page, said = open_pages.enter_context(heard(**screen))
                known[key] = KeptPage(page, said, address)
            return known[key]

        yield page_of


@pytest.fixture(scope="session")
def first_view(kept):
    """Return what lends the page of an address at its first view, and hears what it says."""

    def lent(address: str, screen: dict = DESK) -> Iterator:
        held = kept(address, screen)
        yield held.at_first_view()
        said = held.said.copy()
        held.said.clear()
        assert said == []

    return lent


@pytest.fixture
def carte(first_view, address):
    """Return the page of the map at its first view, on a desk."""
    yield from first_view(address)


@pytest.fixture
def phone(first_view, address):
    """Return the page of the map at its first view, on a touch screen of 390 px."""
    yield from first_view(address, PHONE)


@pytest.fixture(scope="session")
def iris(site) -> pd.DataFrame:
    """Return the table that the chapter of the score left: what the page must say."""
    folder = site.path.parent / "results" / "score"
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
