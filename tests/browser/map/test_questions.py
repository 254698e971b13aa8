"""What a reader asks of the map, each question performed: weights, places, filters, files."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pandas as pd
import pytest

from .conftest import rows_of

pytestmark = [pytest.mark.browser, pytest.mark.site]

A4_PX = 717
"""Width of a sheet between the margins of the browser, in CSS pixels."""

FADED = "() => document.querySelectorAll('.diagalim-iris.diagalim-out').length"


def open_weights(page):
    page.locator(".diagalim-weights > summary").click()
    return page.locator(".diagalim-weights-group > .diagalim-slider input")


def count_in(text: str) -> int:
    return int(re.sub(r"\D", "", re.match(r"[\d\s\u202f\u00a0]+", text)[0]))


def rows_shown(page) -> int:
    return page.locator("tr[id^='iris-']:not([hidden])").count()


def chosen_commune(page) -> str:
    return page.locator(".diagalim-field select").first.evaluate("s => s.selectedOptions[0].text")


# ---- weights -----------------------------------------------------------------------------------


def test_published_weights_give_back_the_published_scores(carte, iris):
    inputs = open_weights(carte)
    inputs.first.focus()
    carte.keyboard.press("Home")  # refused: without resources nobody has a score
    assert "ressources" in carte.locator(".diagalim-moved").inner_text()
    state = json.loads(
        carte.evaluate(
            "() => document.querySelector("
            "'script[type=\"application/vnd.jupyter.widget-state+json\"]').textContent"
        )
    )["state"]
    data = next(m["state"] for m in state.values() if m["state"].get("scoring"))["data"]
    assert data["rank"] == [None if pd.isna(r) else round(r) for r in iris["rang"]]


def test_the_keyboard_moves_a_weight_the_map_follows_and_the_way_back_undoes_it(
    carte, fills, paused
):
    before = fills(carte)
    inputs = open_weights(carte)
    inputs.first.focus()
    share = inputs.first.get_attribute("aria-valuetext")
    for _ in range(30):
        carte.keyboard.press("ArrowRight")
    paused(carte)
    assert inputs.first.get_attribute("aria-valuetext") != share
    changed = sum(a != b for a, b in zip(before, fills(carte), strict=True))
    line = carte.locator(".diagalim-moved").inner_text()
    assert changed > 0
    assert count_in(line.split(":")[1].strip()) == changed
    assert carte.locator(".diagalim-moved-said[role=status]").text_content() == line
    assert "vos poids" in carte.locator(".diagalim-legend").inner_text()
    carte.get_by_role("button", name="Revenir aux poids publiés").click()
    paused(carte)
    assert fills(carte) == before
    assert carte.locator(".diagalim-moved").inner_text() == "Poids publiés."


def test_an_open_sheet_and_the_table_follow_the_weights(carte, paused):
    row = carte.locator("tr[id^='iris-']").nth(3)
    code = row.get_attribute("id").removeprefix("iris-")
    carte.get_by_label("Chercher un lieu").fill(code)
    carte.keyboard.press("Enter")
    fact = carte.locator(".diagalim-sheet-fact b").first
    fact.wait_for()
    before = fact.inner_text()
    assert row.locator("td").nth(2).text_content() == before
    inputs = open_weights(carte)
    inputs.first.evaluate(
        "e => { e.value = 3; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    paused(carte)
    assert fact.inner_text() != before
    assert row.locator("td").nth(2).text_content() == fact.inner_text()


def test_a_finger_moves_a_weight(phone, paused):
    phone.locator(".diagalim-weights > summary").tap()
    slider = phone.locator(".diagalim-weights-group > .diagalim-slider input").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    before = slider.get_attribute("aria-valuetext")
    phone.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    # the browser makes a click of a tap in its own time
    phone.wait_for_function(
        "([slider, before]) => slider.ariaValueText !== before",
        arg=[slider.element_handle(), before],
    )
    paused(phone)
    assert "Avec vos poids" in phone.locator(".diagalim-moved").inner_text()


# ---- places ------------------------------------------------------------------------------------


def test_a_name_typed_without_its_accents_leads_to_its_commune(carte, iris, paused):
    name = sorted(set(iris["commune"]), key=lambda n: (n.isascii(), n))[0]
    plain = name.translate(str.maketrans("éèêëàâçîïôûüÉÈÀÂÎÔ", "eeeeaaciiouuEEAAIO"))
    search = carte.get_by_label("Chercher un lieu")
    search.fill(plain.lower())
    search.press("Enter")
    paused(carte)
    assert chosen_commune(carte) == name
    inside = int((iris["commune"] == name).sum())
    assert rows_shown(carte) == inside
    assert carte.evaluate(FADED) == len(iris) - inside


def test_a_place_that_does_not_exist_is_said(carte):
    search = carte.get_by_label("Chercher un lieu")
    search.fill('<img src=x onerror="window.pwned=1">')
    search.press("Enter")
    said = carte.locator(".diagalim-search-said")
    assert "<img src=x" in said.inner_text()
    assert carte.evaluate("window.pwned") is None


def test_a_button_leads_to_a_dense_city_and_another_back(carte, paused):
    whole = carte.evaluate("() => location.hash")
    buttons = carte.locator(".diagalim-jumps button")
    if buttons.count() == 0:
        pytest.skip("le territoire ne nomme pas de ville suivie")
    width = carte.locator(".diagalim-iris").first.bounding_box()["width"]
    buttons.last.click()
    assert carte.locator(".diagalim-iris").first.bounding_box()["width"] != width
    buttons.first.click()
    paused(carte)
    assert carte.locator(".diagalim-iris").first.bounding_box()["width"] == pytest.approx(width)
    assert carte.evaluate("() => location.hash") != whole


def test_the_sheet_shows_the_profile_and_what_the_chapter_says_weighs_most(carte, iris):
    top = iris[iris["statut"] == "note"].nsmallest(1, "rang").iloc[0]
    carte.get_by_label("Chercher un lieu").fill(str(top.name))
    carte.keyboard.press("Enter")
    sheet = carte.locator(".diagalim-sheet")
    sheet.wait_for()
    said = [
        re.sub(r"\s", " ", text)
        for text in sheet.locator("ul:not(.diagalim-sheet-offer) li").all_inner_texts()
    ]
    for shown, expected in zip(said, top["incidences"], strict=True):
        assert shown.startswith(re.sub(r"\s", " ", expected))
    assert sheet.locator(".diagalim-profile").count() >= 3


def test_on_a_phone_the_whole_sheet_can_be_read_by_touch(phone, large_iris):
    phone.locator(".diagalim-map").scroll_into_view_if_needed()
    point = large_iris(phone)
    phone.touchscreen.tap(point["x"], point["y"])
    content = phone.locator(".leaflet-popup-content")
    content.wait_for()
    last = phone.locator(".diagalim-sheet-note").last
    last.scroll_into_view_if_needed()
    assert last.is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


# ---- filters, table, summary -------------------------------------------------------------------


def test_unticking_a_class_hides_it_from_map_table_and_count(carte, iris, paused):
    carte.locator(".diagalim-filters > summary").click()
    carte.locator(".diagalim-filters .diagalim-classes input").first.uncheck()
    paused(carte)
    first = int((iris["classe"] == 1).sum())
    assert carte.evaluate(FADED) == first
    assert rows_shown(carte) == len(iris) - first
    assert count_in(carte.locator(".diagalim-shown").inner_text()) == len(iris) - first
    assert count_in(carte.locator(".diagalim-twin-said").inner_text()) == len(iris) - first


def test_the_table_is_sorted_by_its_headers_with_the_keyboard(carte, iris):
    button = carte.locator(".diagalim-sort", has_text="Habitants")
    button.focus()
    carte.keyboard.press("Enter")
    header = carte.locator("th[aria-sort]")
    assert header.get_attribute("aria-sort") == "ascending"
    ids = carte.evaluate("[...document.querySelectorAll(\"tr[id^='iris-']\")].map(r => r.id)")
    people = iris.loc[[code.removeprefix("iris-") for code in ids], "population"]
    assert people.is_monotonic_increasing
    carte.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "descending"


def test_the_summary_of_a_commune_stands_beside_the_whole(carte, iris, paused):
    name = iris.groupby("commune")["population"].sum().idxmax()
    carte.locator(".diagalim-field select").first.select_option(label=name)
    paused(carte)  # the table is then shorter and the page with it: nothing moves under the mouse
    carte.locator(".diagalim-summary > summary").click()
    table = carte.locator(".diagalim-summary table")
    assert table.locator("thead th").all_inner_texts() == [name, "Tout le territoire"]
    inside = iris[iris["commune"] == name]
    for row, part, whole in (
        (0, len(inside), len(iris)),
        (2, inside["population"].sum(), iris["population"].sum()),
        (3, (inside["classe"] == 5).sum(), (iris["classe"] == 5).sum()),
    ):
        cells = table.locator("tbody tr").nth(row).locator("td").all_inner_texts()
        assert [count_in(cell) for cell in cells] == [round(part), round(whole)]


def test_colours_can_stand_for_a_dimension_or_an_indicator(carte, fills):
    before = fills(carte)
    select = carte.get_by_label("Couleurs de la carte")
    names = select.locator("option").all_text_contents()
    values = select.locator("option").evaluate_all("all => all.map(one => one.value)")
    dimension = next(k for k, value in enumerate(values) if value.startswith("d-"))
    indicator = max(k for k, value in enumerate(values) if value.startswith("i-"))
    for position in (dimension, indicator):
        select.select_option(index=position)
        carte.wait_for_function(
            "name => document.querySelector('.diagalim-legend summary').textContent"
            ".toLowerCase().includes(name.toLowerCase())",
            arg=names[position],
        )
        assert fills(carte) != before
    counts = carte.locator(".diagalim-legend-count").all_inner_texts()
    assert len(counts) >= 5


def test_circles_show_where_people_live_in_the_colour_of_the_class(carte, iris):
    carte.get_by_label("Cercles selon la population").check()
    circles = carte.locator(".diagalim-circle")
    circles.first.wait_for(state="attached")
    assert circles.count() == int((iris["population"] > 0).sum())
    carte.get_by_label("Cercles selon la population").uncheck()
    circles.first.wait_for(state="detached")


def test_borders_of_intercommunalities_can_be_drawn(carte):
    box = carte.get_by_label("Limites des intercommunalités")
    if box.count() == 0:
        pytest.skip("le territoire n'a qu'une intercommunalité")
    box.check()
    carte.locator("path.diagalim-epci").wait_for(state="attached")


# ---- links and files ---------------------------------------------------------------------------


def test_a_shared_link_gives_the_same_view(carte, silent, iris, fills, opened, paused):
    inputs = open_weights(carte)
    inputs.first.focus()
    for _ in range(20):
        carte.keyboard.press("ArrowRight")
    carte.get_by_label("Couleurs de la carte").select_option(index=2)
    code = str(iris[iris["statut"] == "note"].nsmallest(1, "rang").index[0])
    carte.get_by_label("Chercher un lieu").fill(code)
    carte.keyboard.press("Enter")
    carte.locator(".diagalim-sheet").wait_for()
    paused(carte)
    sheet = "() => document.querySelector('.diagalim-sheet')?.textContent"
    with silent(viewport={"width": 1300, "height": 900}) as page:
        opened(page, carte.url)
        paused(page)
        assert fills(page) == fills(carte)
        assert page.evaluate(sheet) == carte.evaluate(sheet)
        assert page.locator(".diagalim-moved").inner_text() == (
            carte.locator(".diagalim-moved").inner_text()
        )


def test_the_first_view_can_be_found_again(carte, fills, paused):
    before = fills(carte)
    carte.get_by_label("Couleurs de la carte").select_option(index=1)
    carte.locator(".diagalim-filters > summary").click()
    carte.locator(".diagalim-filters .diagalim-classes input").nth(2).uncheck()
    paused(carte)
    carte.get_by_role("button", name="Revenir à la première vue").click()
    paused(carte)
    assert fills(carte) == before
    assert carte.evaluate(FADED) == 0
    assert carte.locator(".diagalim-filters .diagalim-classes input").nth(2).is_checked()


def test_an_address_that_asks_what_is_not_there_opens_the_first_view(page, address, opened):
    opened(page, f"{address}#vue&iris=<b>&poids=ressources:0&couleur=x&carte=1,2")
    assert page.evaluate(FADED) == 0


def test_the_file_holds_what_is_shown(carte, iris, paused):
    name = iris.groupby("commune").size().idxmax()
    carte.locator(".diagalim-field select").first.select_option(label=name)
    paused(carte)
    with carte.expect_download() as started:
        carte.get_by_role("button", name="Télécharger le tableau").click()
    file = started.value.path()
    rows = rows_of(file)
    inside = iris[iris["commune"] == name]
    assert [row["code_iris"] for row in rows] == list(inside.index)
    scores = {row["code_iris"]: row["score"] for row in rows}
    for code, score in inside["score"].dropna().items():
        assert float(scores[code].replace(",", ".")) == pytest.approx(score, abs=0.051)
    first = iris["rang"].dropna().index.intersection(inside.index)[0]
    known, row = iris.loc[first], next(row for row in rows if row["code_iris"] == first)
    assert [row["rang_bas_90"], row["rang_haut_90"], row["certitude"]] == [
        str(round(known["rang_bas"])), str(round(known["rang_haut"])), known["mot"],
    ]  # fmt: skip


def test_the_picture_of_the_view_is_drawn_with_its_foot(carte):
    with carte.expect_download() as started:
        carte.get_by_role("button", name="Télécharger la vue").click()
    content = Path(started.value.path()).read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    assert width >= 680
    assert height > 800


def test_every_control_is_large_enough_for_a_thumb(phone):
    phone.locator(".diagalim-weights > summary").tap()
    phone.locator(".diagalim-filters > summary").tap()
    phone.locator(".diagalim-summary > summary").tap()
    small = phone.evaluate("""() => [...document.querySelectorAll(
      '.diagalim-panels :is(select, button, summary, .diagalim-toggle, input[type=search], '
      + 'input[type=range])'
    )].filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
      .map(e => `${e.tagName} ${e.textContent} ${e.getBoundingClientRect().height}`)""")
    assert small == []


def test_a_printed_page_keeps_the_map_its_legend_and_not_the_controls(carte):
    carte.emulate_media(media="print")
    assert carte.locator(".diagalim-map").is_visible()
    assert carte.locator(".diagalim-legend-label").first.is_visible()
    for hidden in (".diagalim-chooser", ".diagalim-downloads", ".leaflet-control-zoom"):
        assert not carte.locator(hidden).first.is_visible()


def test_on_paper_a_table_of_every_iris_is_named_and_that_of_a_commune_is_printed(carte):
    carte.emulate_media(media="print")
    note = carte.locator(".tableau-non-imprime", has_text="Risque relatif de chaque IRIS")
    assert note.is_visible() and not carte.locator("tr[id^='iris-'] th").first.is_visible()
    carte.emulate_media(media="screen")
    carte.get_by_label("Commune", exact=True).select_option(index=1)
    carte.wait_for_function("() => document.querySelector('tr[id^=iris-][hidden]')")
    carte.emulate_media(media="print")
    row = carte.locator("tr[id^='iris-']:not([hidden]) th").last
    assert row.is_visible() and not note.is_visible()
    box = carte.locator(".tableau", has=row)
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth + 1")


def test_on_paper_the_whole_territory_fits_its_map_and_the_view_comes_back(carte):
    outside = """() => {
      const map = document.querySelector('.diagalim-map').getBoundingClientRect();
      return [...document.querySelectorAll('.diagalim-iris')]
        .map((one) => one.getBoundingClientRect())
        .filter((one) => one.left < map.left - 1 || one.right > map.right + 1).length;
    }"""
    before = carte.evaluate("document.querySelector('.leaflet-map-pane').getBoundingClientRect().x")
    carte.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    # that of the screen, where it is drawn again: on paper it has this width or is cut
    drawn = carte.locator(".diagalim-map").bounding_box()["width"]
    carte.emulate_media(media="print")
    size = carte.viewport_size
    carte.set_viewport_size({"width": A4_PX, "height": 1046})
    assert carte.locator(".diagalim-map").bounding_box()["width"] == pytest.approx(drawn, abs=1)
    assert carte.evaluate(outside) == 0
    carte.set_viewport_size(size)
    carte.emulate_media(media="screen")
    carte.evaluate("window.dispatchEvent(new Event('afterprint'))")
    after = carte.evaluate("document.querySelector('.leaflet-map-pane').getBoundingClientRect().x")
    assert after == pytest.approx(before, abs=2)


def test_a_phone_prints_the_legend_that_it_keeps_folded(phone):
    legend = phone.locator(".diagalim-legend")
    assert not legend.evaluate("box => box.open")
    phone.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    phone.emulate_media(media="print")
    assert phone.locator(".diagalim-legend-label").first.is_visible()
    phone.emulate_media(media="screen")
    phone.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not legend.evaluate("box => box.open")


# ---- names that are not harmless ---------------------------------------------------------------

HOSTILE = '=<img src=x onerror="window.pwned=1"> « l\'épi » 🥖 ' + "long " * 30


def test_a_name_that_holds_html_quotes_or_emoji_is_text_in_every_place(
    page, address, iris, opened, paused
):
    code = str(iris[iris["statut"] == "note"].nsmallest(1, "rang").index[0])
    commune = iris.loc[code, "commune"]

    def renamed(route):
        answer = route.fetch()
        body = answer.text()
        place = re.compile(r"\}\)\((\{.*\})\);\n", re.DOTALL)
        found = place.search(body)
        state = json.loads(found[1])
        model = next(m["state"] for m in state["state"].values() if m["state"].get("scoring"))
        data = model["data"]
        data["name"][data["code"].index(code)] = HOSTILE
        data["communes"][data["communes"].index(commune)] = HOSTILE
        model["scoring"]["dimensions"][0]["label"] = HOSTILE
        model["scoring"]["indicators"][0]["label"] = HOSTILE
        text = json.dumps(state)
        route.fulfill(response=answer, body=body[: found.start(1)] + text + body[found.end(1) :])

    page.route("**/widgets/notebooks/accueil/carte.js*", renamed)
    opened(page, address)
    page.get_by_label("Chercher un lieu").fill(code)
    page.keyboard.press("Enter")
    page.locator(".diagalim-sheet").wait_for()
    open_weights(page)
    page.locator(".diagalim-summary > summary").click()
    page.locator(".diagalim-field select").first.select_option(label=HOSTILE.strip())
    page.get_by_label("Chercher un lieu").fill(code)
    page.keyboard.press("Enter")
    paused(page)
    for where in (".diagalim-sheet-title", ".diagalim-sheet-place", ".diagalim-profile",
                  ".diagalim-summary thead", ".diagalim-weights-list"):  # fmt: skip
        assert HOSTILE.strip() in page.locator(where).first.text_content()
    with page.expect_download() as started:
        page.get_by_role("button", name="Télécharger le tableau").click()
    file = started.value.path()
    named = next(row for row in rows_of(file) if row["code_iris"] == code)
    assert named["nom"] == f"'{HOSTILE}"
    assert named["commune"] == f"'{HOSTILE}"
    with page.expect_download() as started:
        page.get_by_role("button", name="Télécharger la vue").click()
    assert Path(started.value.path()).stat().st_size > 10_000
    assert "<" not in page.url
    assert page.locator(".diagalim-panels img, .diagalim-map .diagalim-sheet img").count() == 0
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 1300
