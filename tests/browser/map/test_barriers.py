"""Does a barrier appear once the map has been used: sheet, sliders, filter, sort, comparison?

Same rules of axe-core as for the pages as they come (`barriers_of`), no element left out; on a
screen of 1300 px, then on one of 390 px with every panel unfolded; in dark colours too in the long
tests. Then the size of what a thumb must hit, and movement for those who asked for calm.
"""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.site]

UNFOLD = """() => {
  for (const box of document.querySelectorAll('.diagalim-panels details, .diagalim-legend')) {
    box.open = true;
  }
}"""
SMALL = """() => [...document.querySelectorAll(
  '.diagalim-panels :is(select, button, summary, .diagalim-toggle, a, input:not([type=checkbox])), '
  + '.diagalim-map :is(a, button, summary), .diagalim-sort'
)].filter((e) => e.checkVisibility()).map((e) => [e, e.getBoundingClientRect()])
  .filter(([, {width, height}]) => width < 44 || height < 44)
  .map(([e, {width, height}]) => `${e.tagName} ${e.className} ${width}x${height}`)"""


@pytest.fixture(scope="module", params=["light", pytest.param("dark", marks=pytest.mark.long)])
def used(request, silent, address, opened):
    """Return the page of the map with a sheet open and everything else in use, in each theme."""
    screen = {"viewport": {"width": 1300, "height": 900}, "color_scheme": request.param}
    with silent(**screen, reduced_motion="reduce") as page:
        use_everything(opened(page, address), request.param)
        yield page


def use_everything(page, theme: str) -> None:
    """Unfold, move a weight, filter, sort, compare, then search an IRIS whose sheet opens."""
    assert page.locator("html").get_attribute("data-theme") == theme
    for name in ("weights", "filters", "summary"):
        page.locator(f".diagalim-{name} > summary").click()
    page.locator(".diagalim-weights-group details > summary").first.click()
    slider = page.locator(".diagalim-weights-group > .diagalim-slider input").first
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.locator(".diagalim-filters .diagalim-classes input").nth(1).uncheck()
    # few rows are left in the table: axe-core, which looks at each, is five times faster
    page.get_by_label("Commune", exact=True).select_option(index=1)
    page.wait_for_function("location.hash.includes('commune=')")
    page.locator(".diagalim-sort", has_text="Habitants").click()
    page.get_by_label("Comparer à").select_option(index=1)
    search = page.get_by_label("Chercher un lieu")
    search.fill(page.locator("tr[id^='iris-']:not([hidden])").first.get_attribute("id")[5:])
    search.press("Enter")
    page.locator(".diagalim-sheet").wait_for()
    page.wait_for_function("/poids=.*/.test(location.hash) && location.hash.includes('iris=')")


def test_axe_finds_no_barrier_once_everything_is_in_use(used, barriers_of):
    used.set_viewport_size({"width": 1300, "height": 900})
    assert used.locator(".diagalim-sheet").is_visible()
    assert barriers_of(used) == []


def test_axe_finds_no_barrier_on_a_phone_with_everything_unfolded(used, barriers_of):
    used.set_viewport_size({"width": 390, "height": 844})
    used.evaluate(UNFOLD)
    assert barriers_of(used) == []
    assert used.evaluate("document.documentElement.scrollWidth") <= 390


def test_axe_finds_no_barrier_in_other_colours_with_circles_and_a_search_in_vain(used, barriers_of):
    used.set_viewport_size({"width": 1300, "height": 900})
    for label in ("Cercles selon la population", "Limites des communes"):
        used.get_by_label(label).click()
    used.get_by_label("Couleurs de la carte").select_option(index=7)
    search = used.get_by_label("Chercher un lieu")
    search.fill("Nulle-Part")
    search.press("Enter")
    used.locator(".diagalim-search-said:not(:empty)").wait_for()
    assert barriers_of(used) == []
    for label in ("Cercles selon la population", "Limites des communes"):
        used.get_by_label(label).click()


@pytest.fixture(scope="module")
def phone(silent, address, opened):
    """Return the page on a phone whose reader asked for calm."""
    screen = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with silent(**screen, reduced_motion="reduce") as page:
        yield opened(page, address)


def test_every_target_is_44_px_once_all_is_unfolded(phone):
    phone.evaluate(UNFOLD)
    code = phone.locator("tr[id^='iris-']").first.get_attribute("id")[5:]
    phone.get_by_label("Chercher un lieu").fill(code)
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="Fermer la fiche").wait_for()
    assert phone.evaluate(SMALL) == []


def test_nothing_glides_for_a_reader_who_asked_for_calm(phone):
    phone.locator(".diagalim-map").scroll_into_view_if_needed()
    phone.evaluate("""() => {
      window.glided = [];
      for (const kind of ['transitionrun', 'animationstart']) {
        document.addEventListener(kind, (e) => {
          const own = e.target.closest('.diagalim-map, .diagalim-panels');
          if (own) window.glided.push(e.target.className);
        }, true);
      }
    }""")
    before = phone.evaluate("location.hash")
    phone.get_by_role("button", name="Zoom avant").tap()
    code = phone.locator("tr[id^='iris-']").nth(5).get_attribute("id")[5:]
    phone.get_by_label("Chercher un lieu").fill(code)
    phone.keyboard.press("Enter")
    phone.wait_for_function("before => location.hash !== before", arg=before)
    assert phone.evaluate("window.glided") == []
    assert phone.locator(".leaflet-zoom-anim, .leaflet-pan-anim").count() == 0
