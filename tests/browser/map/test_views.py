"""What a reader chooses to look at: certainty, the enlarged city, the plan, a shared view."""

from __future__ import annotations

import base64
import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.site]

HOST = "data.geopf.fr"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
SAME = """() => {
  const main = [...document.querySelectorAll('.diagalim-iris')].map(p => p.getAttribute('fill'));
  return [...document.querySelectorAll('.diagalim-inset-iris')].filter(
    p => p.getAttribute('fill') && !main.includes(p.getAttribute('fill'))).length;
}"""
BIG_IN_INSET = """() => {
  for (const path of document.querySelectorAll('.diagalim-inset-iris')) {
    const box = path.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (box.width > 6 && document.elementFromPoint(x, y) === path) return {x, y};
  }
}"""


@pytest.fixture
def asked(page):
    """Addresses of the base map that the page asked for, answered here: there is no network."""
    seen = []

    def answer(route):
        seen.append(route.request.url)
        route.fulfill(body=DOT, content_type="image/png")

    page.route(f"https://{HOST}/**", answer)
    return seen


def test_certainty_has_its_own_colours_words_and_counts(carte, fills, paused):
    before = fills(carte)
    carte.get_by_label("Couleurs de la carte").select_option("certitude")
    after = fills(carte)
    assert after != before
    assert any("certitude-1" in fill for fill in after)
    labels = carte.locator(".diagalim-legend-label").all_inner_texts()
    assert [label.split(" (")[0] for label in labels[:5]] == [
        *("Assuré", "Probable", "Indécis", "Probable hors", "Assuré hors"),
    ]
    counts = carte.locator(".diagalim-legend-count").all_inner_texts()
    assert sum(int(re.sub(r"\D", "", count)) for count in counts) == len(after)
    paused(carte)
    assert "couleur=certitude" in carte.url


def test_the_width_of_the_interval_is_chosen_by_keyboard(carte):
    chooser = carte.get_by_label("Couleurs de la carte")
    chooser.focus()
    carte.keyboard.press("ArrowDown")
    carte.keyboard.press("ArrowDown")
    assert chooser.input_value() == "intervalle"
    assert "rangs" in carte.locator(".diagalim-legend-label").first.inner_text()


def test_the_enlarged_city_follows_the_colours_of_the_map(carte, fills):
    assert carte.evaluate(SAME) == 0
    first = fills(carte, ".diagalim-inset-iris")
    carte.get_by_label("Couleurs de la carte").select_option("certitude")
    assert fills(carte, ".diagalim-inset-iris") != first
    assert carte.evaluate(SAME) == 0


def test_the_enlarged_city_hides_no_iris_where_there_is_room(carte):
    under = carte.evaluate(
        """() => {
      const inset = document.querySelector('.diagalim-inset');
      inset.closest('.diagalim-map').scrollIntoView({block: 'center'});
      const box = inset.getBoundingClientRect();
      inset.style.display = 'none';
      const found = new Set();
      for (let x = box.left; x <= box.right; x += 4) {
        for (let y = box.top; y <= box.bottom; y += 4) {
          found.add(document.elementFromPoint(x, y).getAttribute('class'));
        }
      }
      return [...found].filter((name) => /diagalim-(iris|site)/.test(name));
    }"""
    )
    assert under == []


def test_a_click_in_the_enlarged_city_opens_the_sheet_of_that_iris(carte):
    point = carte.evaluate(BIG_IN_INSET)
    carte.mouse.click(point["x"], point["y"])
    carte.locator(".diagalim-sheet").wait_for()


def test_a_tap_in_the_enlarged_city_of_a_wide_touch_screen_opens_a_sheet(silent, address, opened):
    with silent(viewport={"width": 1300, "height": 900}, has_touch=True) as page:
        opened(page, address)
        point = page.evaluate(BIG_IN_INSET)
        page.touchscreen.tap(point["x"], point["y"])
        page.locator(".diagalim-sheet").wait_for()


def test_enter_on_the_title_of_the_enlarged_city_leads_there(carte):
    before = carte.locator(".diagalim-map").get_attribute("data-inset")
    title = carte.locator(".diagalim-inset-title")
    title.focus()
    carte.keyboard.press("Enter")
    assert before == "true"
    assert carte.locator(".diagalim-map").get_attribute("data-inset") == "false"


def test_on_a_phone_the_enlarged_city_never_covers_the_map(phone):
    assert not phone.locator(".diagalim-inset").is_visible()
    phone.get_by_label("Couleurs de la carte").select_option("certitude")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_image_of_the_plan_is_asked_for_before_the_reader_says_so(
    page, address, asked, opened, paused
):
    opened(page, f"{address}#vue&fond=1&basemap=true&carte=43.30,5.40,11.0")
    page.wait_for_load_state("networkidle")
    paused(page)
    switch = page.get_by_label("Afficher le fond de plan de l'IGN")
    assert not switch.is_checked()
    assert HOST in page.locator(".diagalim-basemap-note").inner_text()
    assert asked == []
    switch.focus()
    page.keyboard.press("Space")
    page.locator(".diagalim-credit").wait_for()
    page.locator("img.leaflet-tile-loaded").first.wait_for()
    assert asked
    assert "IGN" in page.locator(".diagalim-credit").inner_text()
    assert page.locator(".diagalim-iris").count() > 50
    switch.uncheck()
    paused(page)
    count = len(asked)
    page.get_by_role("button", name="Zoom avant").click()
    paused(page)
    assert len(asked) == count
    assert page.locator("img.leaflet-tile, .diagalim-credit").count() == 0
    assert "geopf" not in page.url


def test_only_the_page_of_the_map_may_show_images_of_that_host(site):
    for file in site.pages():
        policy = re.search(r'Security-Policy" content="([^"]*)"', file.read_text("utf-8"))[1]
        assert (HOST in policy) == (file.stem == "carte"), file.name


@pytest.mark.parametrize("start", ["accueil", "score"])
@pytest.mark.parametrize("how", ["http", "disk"])
def test_still_maps_lead_to_the_view_that_they_show(page, site, start, how):
    home = site.page(start)
    address = site.url + home.relative_to(site.path).as_posix()
    page.goto(address if how == "http" else home.as_uri())
    picture = page.locator("a:has(> img.vers-carte), a:has(img.vers-carte)")
    assert picture.count() == 1
    target = "carte.html" if start == "accueil" else "../accueil/carte.html"
    assert picture.get_attribute("href") == target
    links = page.locator(".vers-carte-liens a")
    assert links.count() > 2
    name = links.last.inner_text()
    links.last.click()
    page.wait_for_selector(".diagalim-controller[data-ready]")
    inside = page.evaluate(
        """name => {
          const state = JSON.parse(document.querySelector(
            'script[type="application/vnd.jupyter.widget-state+json"]').textContent).state;
          const { data } = Object.values(state).find(m => m.state.scoring).state;
          const own = new Set(data.jumps.find(j => j.name === name).communes);
          const frame = document.querySelector('.diagalim-map').getBoundingClientRect();
          return [...document.querySelectorAll('.diagalim-iris')].map((p, i) => [p, i])
            .filter(([, i]) => own.has(data.code[i].slice(0, 5)))
            .map(([p]) => p.getBoundingClientRect())
            .every(b => b.left >= frame.left && b.right <= frame.right
              && b.top >= frame.top && b.bottom <= frame.bottom);
        }""",
        name,
    )
    assert inside
