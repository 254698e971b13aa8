"""Does the map answer the same questions from disk, and over http below a path of a larger site?

Weights, search, sheet, filter, address, files, each asked again in both places; nothing is asked
of another host or written to the console, and the policy of the page refuses what would be.
"""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .conftest import rows_of

pytestmark = [pytest.mark.browser, pytest.mark.site]

MAP_PAGE = "notebooks/accueil/carte.html"
BELOW = "/sous/chemin/"


class Below(SimpleHTTPRequestHandler):
    """Serve a site under a path, and nothing beside it."""

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(BELOW) if path.startswith(BELOW) else "absent"
        return super().translate_path("/" + inside)

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture(scope="module")
def below(site):
    """Return the address of the site under a path of a server that holds nothing else."""
    handler = partial(Below, directory=str(site.path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        server.shutdown()


@pytest.fixture(scope="module", params=["disk", "below"])
def start(request, site):
    """Return the address of the site in each place."""
    if request.param == "disk":
        return site.path.as_uri() + "/"
    return request.getfixturevalue("below")


@pytest.fixture(scope="module")
def place(start, chromium, opened, listening):
    """Return the page of the map in each place, opened once, and what it asked and wrote."""
    context = chromium.new_context(viewport={"width": 1300, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.asked, page.written = [], listening(page)
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("requestfailed", lambda request: page.written.append(f"failed: {request.url}"))
    opened(page, start + MAP_PAGE)
    yield page
    context.close()
    assert page.written == []


@pytest.fixture
def carte(place):
    """Return the page at its first view."""
    place.get_by_role("button", name="Revenir à la première vue").click()
    place.wait_for_function("!document.querySelector('.diagalim-sheet, .diagalim-out')")
    place.wait_for_function("!/(poids|sans|commune|iris)=/.test(location.hash)")
    return place


def find(page, text: str) -> None:
    page.get_by_label("Chercher un lieu").fill(text)
    page.get_by_label("Chercher un lieu").press("Enter")


def test_the_map_opens_without_a_word_in_the_console_nor_another_host(carte, start):
    find(carte, "Nulle-Part")
    assert [url for url in carte.asked if not url.startswith((start, "blob:", "data:"))] == []
    assert carte.written == []


def test_a_weight_repaints_and_the_address_keeps_it_with_the_sheet(carte, start, opened, fills):
    code = carte.locator("tr[id^='iris-']").first.get_attribute("id")[5:]
    if not carte.locator(".diagalim-weights").evaluate("box => box.open"):
        carte.locator(".diagalim-weights > summary").click()
    before = fills(carte)
    carte.locator(".diagalim-weights-group > .diagalim-slider input").first.focus()
    for _ in range(10):
        carte.keyboard.press("ArrowRight")
    find(carte, code)
    carte.locator(".diagalim-sheet").wait_for()
    carte.wait_for_function("/poids=/.test(location.hash) && /iris=/.test(location.hash)")
    after = fills(carte)
    assert after != before
    other = carte.context.new_page()
    assert carte.url.startswith(start)
    opened(other, carte.url)
    other.locator(".diagalim-sheet").wait_for()
    assert fills(other) == after
    assert code in other.locator(".diagalim-sheet-place").inner_text()
    other.close()


def test_a_filter_is_followed_by_the_table_and_its_file(carte):
    if not carte.locator(".diagalim-filters").evaluate("box => box.open"):
        carte.locator(".diagalim-filters > summary").click()
    carte.locator(".diagalim-filters .diagalim-classes input").nth(4).uncheck()
    carte.wait_for_function("location.hash.includes('sans=5')")
    faded = carte.locator(".diagalim-iris.diagalim-out").count()
    assert faded == carte.locator("tr[id^='iris-'][hidden]").count() > 0
    with carte.expect_download() as started:
        carte.get_by_role("button", name="Télécharger le tableau").click()
    file = started.value.path()
    rows = rows_of(file)
    assert len(rows) == carte.locator(".diagalim-iris").count() - faded
    assert "5" not in {row["classe"] for row in rows}


def test_the_picture_is_drawn(carte):
    with carte.expect_download() as started:
        carte.get_by_role("button", name="Télécharger la vue").click()
    content = started.value.path().read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) > 20_000


def test_the_policy_of_the_page_refuses_another_host(start, chromium, opened):
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    gone = []
    page.on("requestfailed", lambda request: gone.append((request.url, request.failure)))
    page.on("requestfinished", lambda request: gone.append((request.url, "")))
    opened(page, start + MAP_PAGE)
    refused = page.evaluate("""async () => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        refused.push([event.effectiveDirective, event.blockedURI]);
      });
      const asked = 'https://ailleurs.invalid/';
      await fetch(asked).catch(() => {});
      for (const [tag, name] of [['img', 'src'], ['script', 'src'], ['iframe', 'src']]) {
        const node = document.createElement(tag);
        node[name] = asked;
        document.body.append(node);
      }
      await new Promise((done) => { setTimeout(done, 300); });
      return refused.map(([directive]) => directive).sort();
    }""")
    context.close()
    assert refused == ["connect-src", "frame-src", "img-src", "script-src-elem"]
    assert {why for url, why in gone if "ailleurs" in url} <= {"csp"}
