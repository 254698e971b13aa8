"""Each control of the map, by mouse, by finger on a phone and by keyboard: what does it change?

=====================================  =====  =====  ========
Control                                mouse  touch  keyboard
=====================================  =====  =====  ========
search of a place, of none             yes    yes    yes
lists of communes and IRIS             yes    yes    yes
an IRIS on the map, its sheet closed   yes    yes    by the lists, Escape
sliders and the way back               yes    yes    yes
class, EPCI, certainty                 yes    yes    yes
colours, circles, both outlines        yes    yes    yes
buttons to places, zoom, legend        yes    yes    yes
summary and its comparison             yes    yes    yes
sort of the table                      yes    yes    yes
address, first view again              yes    yes    yes
table, picture, print                  yes    yes    yes
map moved                              drag   drag   arrows
=====================================  =====  =====  ========
"""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.site]

FADED = "document.querySelectorAll('.diagalim-iris.diagalim-out').length"
CENTRE = "() => document.querySelector('.leaflet-map-pane').style.transform"
METRES = """(() => {
  const bar = document.querySelector('.leaflet-control-scale-line');
  const [length, unit] = bar.textContent.split(' ');
  return Number(length) * (unit === 'km' ? 1000 : 1) / bar.offsetWidth;
})()"""
"""Metres that a pixel of the map stands for."""


def wait_for_rows(page, count: int) -> None:
    """Wait until the table, which follows when the reader pauses, shows so many rows."""
    rows = "document.querySelectorAll(\"tr[id^='iris-']:not([hidden])\").length"
    page.wait_for_function(f"count => {rows} === count", arg=count)


def list_of(page, name: str):
    return page.get_by_label(name, exact=True)


def unfold(hand, name: str) -> None:
    hand.press(hand.page.locator(f".diagalim-{name} > summary"))
    hand.page.locator(f".diagalim-{name}[open]").wait_for()


def test_a_search_finds_a_commune_then_an_iris_and_says_when_there_is_none(hand, iris):
    page, name = hand.page, iris.groupby("commune").size().idxmax()
    hand.search(name)
    wait_for_rows(page, int((iris["commune"] == name).sum()))
    code = str(iris.index[0])
    hand.search(code)
    page.locator(".diagalim-sheet").wait_for()
    assert code in page.locator(".diagalim-sheet-place").inner_text()
    hand.search("Nulle-Part")
    assert "Nulle-Part" in page.locator(".diagalim-search-said").inner_text()


def test_lists_lead_to_a_commune_then_to_the_sheet_of_an_iris(hand, iris):
    page, name = hand.page, sorted(iris["commune"].unique())[1]
    inside = iris[iris["commune"] == name]
    hand.choose(list_of(page, "Commune"), name)
    wait_for_rows(page, len(inside))
    hand.choose(list_of(page, "IRIS"), str(inside["nom"].iloc[0]))
    # the keyboard goes through the list, and the sheets it opens on its way take time to fade
    page.locator(".diagalim-sheet-title").get_by_text(inside["nom"].iloc[0], exact=True).wait_for()


def test_a_sheet_opens_and_closes(hand, iris, large_iris):
    page = hand.page
    if hand.way == "keyboard":
        hand.search(str(iris.index[0]))
    else:
        page.locator(".diagalim-map").scroll_into_view_if_needed()
        point = large_iris(page)
        tap = page.touchscreen.tap if hand.way == "touch" else page.mouse.click
        tap(point["x"], point["y"])
    page.locator(".diagalim-sheet").wait_for()
    assert page.locator(".diagalim-selected").count() == 1
    page.wait_for_function("location.hash.includes('iris=')")
    if hand.way == "keyboard":
        page.keyboard.press("Escape")
    else:
        hand.press(page.get_by_role("button", name="Fermer la fiche"))
    page.locator(".diagalim-sheet").wait_for(state="detached")
    page.wait_for_function("!location.hash.includes('iris=')")
    assert page.locator(".diagalim-selected").count() == 0


def test_a_slider_repaints_the_map_and_the_way_back_undoes_it(hand, fills):
    page, before = hand.page, fills(hand.page)
    unfold(hand, "weights")
    hand.slide(page.locator(".diagalim-weights-group > .diagalim-slider input").first)
    page.wait_for_function("location.hash.includes('poids=')")
    assert fills(page) != before
    assert page.locator(".diagalim-moved").inner_text().startswith("Avec vos poids")
    hand.press(page.get_by_role("button", name="Revenir aux poids publiés"))
    page.wait_for_function("!location.hash.includes('poids=')")
    assert fills(page) == before
    assert page.locator(".diagalim-moved").inner_text() == "Poids publiés."


def test_the_slider_of_an_indicator_is_behind_its_fold(hand):
    page = hand.page
    unfold(hand, "weights")
    inner = page.locator(".diagalim-weights-group details").first
    hand.press(inner.locator("summary"))
    slider = inner.locator("input").first
    before = slider.get_attribute("aria-valuetext")
    hand.slide(slider)
    assert slider.get_attribute("aria-valuetext") != before
    page.wait_for_function("location.hash.includes('poids=')")


def test_a_class_unticked_fades_and_leaves_the_table(hand, iris):
    page = hand.page
    unfold(hand, "filters")
    hand.press(page.locator(".diagalim-filters .diagalim-classes input").first, "Space")
    wait_for_rows(page, len(iris) - int((iris["classe"] == 1).sum()))
    assert page.evaluate(FADED) == (iris["classe"] == 1).sum()
    page.wait_for_function("location.hash.includes('sans=1')")


def test_an_intercommunality_fades_the_rest_and_keeps_its_rows(hand, iris):
    page = hand.page
    unfold(hand, "filters")
    select = page.get_by_label("Intercommunalité", exact=True)
    if select.count() == 0:
        pytest.skip("le territoire n'a qu'une intercommunalité")
    name = select.locator("option").nth(1).text_content()
    hand.choose(select, name)
    page.wait_for_function(f"{FADED} > 0")
    wait_for_rows(page, len(iris) - page.evaluate(FADED))
    assert page.locator(".diagalim-shown").inner_text() != ""


def test_a_word_of_certainty_keeps_the_iris_of_that_word(hand):
    page = hand.page
    unfold(hand, "filters")
    select = page.get_by_label("Certitude du rang")
    if select.count() == 0:
        pytest.skip("le chapitre du score ne dit pas la certitude des rangs")
    hand.choose(select, select.locator("option").nth(1).text_content())
    page.wait_for_function(f"{FADED} > 0")
    page.wait_for_function("location.hash.includes('mot=')")


def test_colours_circles_and_outlines_change_what_is_drawn(hand, fills):
    page, before = hand.page, fills(hand.page)
    select = page.get_by_label("Couleurs de la carte")
    name = select.locator("option[value^='d-']").first.text_content()
    hand.choose(select, name)
    page.wait_for_function(
        "name => document.querySelector('.diagalim-legend summary').textContent"
        ".toLowerCase().includes(name.toLowerCase())",
        arg=name,
    )
    assert fills(page) != before
    hand.press(page.get_by_label("Cercles selon la population"), "Space")
    page.locator(".diagalim-circle").first.wait_for(state="attached")
    hand.press(page.get_by_label("Limites des communes"), "Space")
    page.locator("path.diagalim-commune.diagalim-hidden").wait_for(state="attached")
    groups = page.get_by_label("Limites des intercommunalités")
    if groups.count():
        hand.press(groups, "Space")
        page.locator("path.diagalim-epci:not(.diagalim-hidden)").wait_for(state="attached")


def test_buttons_lead_to_a_place_and_change_the_scale(hand):
    page = hand.page
    before = page.evaluate(METRES)
    closer = f"before => {METRES} < before / 1.5"
    back = f"before => Math.abs({METRES} / before - 1) < 0.05"
    hand.press(page.get_by_role("button", name="Zoom avant"))
    page.wait_for_function(closer, arg=before)
    hand.press(page.get_by_role("button", name="Zoom arrière"))
    page.wait_for_function(back, arg=before)
    places = page.locator(".diagalim-jumps button")
    if places.count():
        hand.press(places.last)
        page.wait_for_function(closer, arg=before)
        hand.press(places.first)
        page.wait_for_function(back, arg=before)


def test_the_map_is_moved(hand):
    page = hand.page
    box = page.locator(".diagalim-map")
    box.scroll_into_view_if_needed()
    before = page.evaluate(CENTRE)
    edge = box.bounding_box()
    x, y = edge["x"] + edge["width"] * 0.6, edge["y"] + 100
    if hand.way == "keyboard":
        box.focus()
        page.keyboard.press("ArrowRight")
    elif hand.way == "mouse":
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 60, y + 40, steps=4)
        page.mouse.up()
    else:
        touch = page.context.new_cdp_session(page)
        for kind, at in (("Start", 0), ("Move", 20), ("Move", 60), ("End", None)):
            points = [] if at is None else [{"x": x - at, "y": y}]
            touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    page.wait_for_function(f"before => ({CENTRE})() !== before", arg=before)


def test_the_legend_folds_and_unfolds(hand):
    legend = hand.page.locator(".diagalim-legend")
    before = legend.evaluate("box => box.open")
    for expected in (not before, before):
        hand.press(legend.locator("summary"))
        assert legend.evaluate("box => box.open") is expected


def test_two_places_are_compared(hand):
    page = hand.page
    unfold(hand, "summary")
    select = page.get_by_label("Comparer à")
    name = select.locator("option").nth(1).text_content()
    hand.choose(select, name)
    page.wait_for_function(
        "name => [...document.querySelectorAll('.diagalim-summary thead th')]"
        ".some(cell => cell.textContent === name)",
        arg=name,
    )


def test_the_table_is_sorted_both_ways(hand, iris):
    page = hand.page
    button = page.locator(".diagalim-sort", has_text="Habitants")
    orders = {"ascending": iris["population"].min(), "descending": iris["population"].max()}
    start = page.locator("th", has=button).get_attribute("aria-sort") == "ascending"
    for way in sorted(orders, reverse=start):
        hand.press(button)
        page.locator(f"th[aria-sort={way}]").wait_for()
        first = page.locator("tr[id^='iris-']").first.get_attribute("id")
        assert iris.loc[first.removeprefix("iris-"), "population"] == orders[way]


def test_table_and_picture_are_taken_away_and_the_page_printed(hand):
    page = hand.page
    for name, ending in (("Télécharger le tableau", "csv"), ("Télécharger la vue", "png")):
        with page.expect_download() as started:
            hand.press(page.get_by_role("button", name=name))
        assert re.search(rf"\.{ending}$", started.value.suggested_filename)
        assert started.value.path().stat().st_size > 5_000
    hand.press(page.get_by_role("button", name="Imprimer"))
    assert page.evaluate("window.printed") == 1


def test_the_first_view_is_found_again(hand, fills):
    page, before = hand.page, fills(hand.page)
    select = page.get_by_label("Couleurs de la carte")
    hand.choose(select, select.locator("option").nth(1).text_content())
    page.wait_for_function("location.hash.includes('couleur=')")
    hand.press(page.get_by_role("button", name="Revenir à la première vue"))
    page.wait_for_function("!location.hash.includes('couleur=')")
    assert fills(page) == before
