"""The offer on the built map: shops, neighbourhoods, sites, their filters, table and files."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from diagalim.settings.territory_file import load_territory

from .conftest import rows_of

pytestmark = [pytest.mark.browser, pytest.mark.site]

MAP_PAGE = "notebooks/accueil/carte.html"
SITES = """() => [...document.querySelectorAll('.diagalim-site')].map(
  (one) => Number(one.querySelector('.diagalim-site-group')?.textContent ?? 1))
  .reduce((sum, count) => sum + count, 0)"""
"""Sites drawn, those that stand together counted one by one."""
ROWS = "tr[id^='lieu-']:not([hidden])"


def numbers(text: str) -> list[int]:
    return [int(re.sub(r"\D", "", n)) for n in re.findall(r"\d[\d\u202f\u00a0]*", text)]


@pytest.fixture
def aid(first_view, fictitious_site):
    yield from first_view(fictitious_site.url + MAP_PAGE)


@pytest.fixture(scope="session")
def reach(site) -> pd.DataFrame:
    """Return what the chapter of the offer left: the map must count the same."""
    return pd.read_parquet(site.path.parent / "results" / "commerces" / "iris.parquet")


def test_the_legend_of_shops_counts_what_the_chapter_of_the_offer_counts(carte, reach, fills):
    carte.get_by_label("Couleurs de la carte").select_option("offre-commerces")
    counts = carte.locator(".diagalim-legend-count").all_inner_texts()
    levels = reach["niveau"].value_counts().reindex([0, 1, 2], fill_value=0).tolist()
    unknown = int(reach["niveau"].isna().sum())
    assert [numbers(text)[0] for text in counts] == levels + ([unknown] if unknown else [])
    assert all("level-" in fill for fill in fills(carte))
    assert "marchés" in carte.locator(".diagalim-legend").inner_text()
    carte.get_by_label("Couleurs de la carte").select_option("classe")
    assert "marchés" not in carte.locator(".diagalim-legend").inner_text()


@pytest.mark.parametrize("colours", ["certitude", "offre-commerces"])
def test_as_many_iris_are_painted_as_the_legend_counts_whatever_fills_them(carte, colours, paused):
    carte.get_by_label("Couleurs de la carte").select_option(colours)
    paused(carte)
    painted, keys = carte.evaluate(
        """() => [".diagalim-iris", ".diagalim-legend li rect"].map(
          (seen) => [...document.querySelectorAll(seen)].map((one) => one.getAttribute("fill")))"""
    )
    counts = [
        numbers(text)[0] for text in carte.locator(".diagalim-legend-count").all_inner_texts()
    ]
    assert [painted.count(key) for key in keys] == counts
    assert sum(counts) == len(painted)


def test_circles_of_shops_take_the_place_of_those_of_population(carte, reach, paused):
    carte.get_by_label("Cercles selon la population").check()
    carte.get_by_label(re.compile("Cercles selon les commerces")).focus()
    carte.keyboard.press("Space")
    paused(carte)
    assert not carte.get_by_label("Cercles selon la population").is_checked()
    assert carte.locator(".diagalim-circle").count() == int((reach["courants"] > 0).sum())


def test_neighbourhoods_are_dotted_and_the_legend_says_their_year_and_number(carte, site):
    carte.get_by_role("checkbox", name="Quartiers prioritaires").check()
    line = carte.locator("path.diagalim-quarter")
    line.first.wait_for(state="attached")
    assert line.first.evaluate("p => getComputedStyle(p).strokeDasharray") != "none"
    said = carte.locator(".diagalim-legend-line").text_content()
    assert f"périmètres de {load_territory(site.code).millesimes['qpv']}" in said
    assert numbers(said)[1] == line.count()


INSIDE = """() => {
  const box = document.querySelector('.diagalim-map').getBoundingClientRect();
  for (const path of document.querySelectorAll('path.diagalim-quarter')) {
    const shape = path.getBoundingClientRect();
    const length = path.getTotalLength();
    const at = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => path.getPointAtLength((k / 8) * length));
    const middle = new DOMPoint(
      at.reduce((sum, point) => sum + point.x, 0) / 8,
      at.reduce((sum, point) => sum + point.y, 0) / 8,
    );
    if (!path.isPointInFill(middle)) continue;
    const {x, y} = middle.matrixTransform(path.getScreenCTM());
    if (document.elementFromPoint(x, y)?.matches('.diagalim-iris')) return {x, y};
  }
}"""
"""A point of the screen inside a neighbourhood, over an IRIS."""


def test_a_list_leads_to_a_neighbourhood_and_says_its_name(carte):
    select = carte.get_by_label("Aller à un quartier prioritaire")
    name = select.locator("option").nth(1).text_content()
    select.focus()
    carte.keyboard.press("ArrowDown")
    title = carte.locator(".diagalim-quarter-sheet .diagalim-sheet-title")
    title.wait_for()
    assert title.inner_text() == name
    assert carte.get_by_role("checkbox", name="Quartiers prioritaires").is_checked()
    assert carte.locator("path.diagalim-quarter").count() > 0
    assert name in carte.locator(".diagalim-controller > [role=status]").first.text_content()
    assert select.locator("option:checked").text_content() == name
    carte.get_by_role("button", name="Revenir à la première vue").click()
    assert select.locator("option:checked").text_content() == "—"


def test_on_a_phone_no_button_of_the_map_covers_the_sheet_of_a_neighbourhood(phone):
    phone.get_by_label("Aller à un quartier prioritaire").select_option(index=1)
    phone.locator(".diagalim-quarter-sheet").wait_for()
    phone.wait_for_function(
        """() => {
          const box = (seen) => document.querySelector(seen).getBoundingClientRect();
          const [sheet, zoom] = [box('.leaflet-popup'), box('.leaflet-control-zoom')];
          return sheet.left >= zoom.right || sheet.top >= zoom.bottom;
        }"""
    )


def test_the_mouse_over_a_neighbourhood_and_a_click_in_it_say_its_name(carte):
    carte.get_by_label("Aller à un quartier prioritaire").select_option(index=1)
    carte.locator(".diagalim-quarter-sheet").wait_for()
    carte.keyboard.press("Escape")
    carte.get_by_role("button", name="Fermer la fiche").click()
    carte.locator(".diagalim-quarter-sheet").wait_for(state="detached")
    carte.locator(".diagalim-map").scroll_into_view_if_needed()
    point = carte.evaluate(INSIDE)
    carte.mouse.move(point["x"] + 1, point["y"])
    carte.mouse.move(point["x"], point["y"])
    name = carte.locator(".leaflet-tooltip .diagalim-quarter-name")
    name.wait_for()
    said = name.inner_text()
    names = carte.get_by_label("Aller à un quartier prioritaire").locator("option")
    assert set(said.split(", ")) & set(names.all_text_contents())
    carte.mouse.click(point["x"], point["y"])
    line = carte.locator(".diagalim-sheet-offer li").first
    line.wait_for()
    assert said in line.inner_text() and "Point touché" in line.inner_text()
    carte.mouse.move(2, 2)
    name.wait_for(state="detached")


@pytest.mark.parametrize("width", [1300, 390])
def test_a_legend_of_every_layer_leaves_the_zoom_free_and_scrolls_by_keyboard(aid, width, paused):
    aid.set_viewport_size({"width": width, "height": 844})
    for box in aid.locator(".diagalim-offer input").all():
        box.check()
    summary = aid.locator(".diagalim-legend summary")
    if aid.locator(".diagalim-legend").get_attribute("open") is None:
        summary.click()
    paused(aid)
    aid.locator(".diagalim-map").scroll_into_view_if_needed()
    boxes = [
        aid.locator(name).bounding_box() for name in (".leaflet-control-zoom", ".diagalim-legend")
    ]
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
    legend = aid.locator(".diagalim-legend")
    assert legend.evaluate("box => box.scrollHeight > box.clientHeight"), "nothing to scroll"
    summary.focus()
    aid.keyboard.press("End")
    aid.wait_for_function(
        """() => { const box = document.querySelector('.diagalim-legend');
        return box.scrollTop + box.clientHeight >= box.scrollHeight - 2; }"""
    )
    assert summary.evaluate(
        """e => { const box = e.getBoundingClientRect();
        return e.contains(document.elementFromPoint(box.x + 8, box.y + box.height / 2)); }"""
    ), "its title stays in sight"


def test_the_sheet_of_an_iris_says_its_shops(carte, reach):
    row = carte.locator("tr[id^='iris-']").first.get_attribute("id").removeprefix("iris-")
    carte.get_by_label("Chercher un lieu").fill(row)
    carte.keyboard.press("Enter")
    said = carte.locator(".diagalim-sheet-offer li").first.inner_text()
    known = reach.set_index("code_iris").loc[row]
    expected = {0: f": {int(known['courants'])} dans l'IRIS", 1: "dans un IRIS voisin", 2: "aucun"}
    assert expected.get(known["niveau"], "non connu") in said.replace("\u00a0", " ")


def test_a_real_department_without_an_inventory_has_no_site_and_says_so_once(carte, site_of_13):
    assert carte.locator(".diagalim-aid, .annuaire, .diagalim-site").count() == 0
    assert carte.get_by_label("Lieux d'aide alimentaire").count() == 0
    assert carte.locator("article").inner_text().count("Non disponible") == 1


def test_table_and_file_say_the_offer_of_each_iris(carte, reach):
    with carte.expect_download() as started:
        carte.get_by_role("button", name="Télécharger le tableau").click()
    file = started.value.path()
    rows = {row["code_iris"]: row for row in rows_of(file)}
    known = reach.set_index("code_iris")
    counts = known["courants"].astype("Int64").astype("string").fillna("")  # unknown is no zero
    assert {code: row["commerces_courants"] for code, row in rows.items()} == counts.to_dict()
    cells = dict(
        carte.evaluate(
            """() => [...document.querySelectorAll("tr[id^='iris-']")].map(
              (row) => [row.id.slice(5), row.cells[row.cells.length - 1].textContent])"""
        )
    )
    for code, row in rows.items():
        here = known.loc[code, "niveau"] == 0
        said = f"{row['commerces_courants']} commerce" if here else "commerce courant"
        assert said in cells[code], code
        assert all(name in cells[code] for name in row["qpv_touches"].split(" | "))
    assert any(row["qpv_touches"] for row in rows.values())


def test_the_table_is_sorted_by_the_shops_of_each_iris(carte, reach):
    header = carte.locator(".diagalim-sort", has_text="L'offre ici")
    header.click()
    header.click()
    first = carte.locator("tr[id^='iris-']").first.get_attribute("id").removeprefix("iris-")
    known = reach.set_index("code_iris")
    assert known.loc[first, "courants"] == known.loc[known["niveau"].notna(), "courants"].max()


def test_days_and_types_filter_markers_table_and_file_with_the_keyboard(aid, paused):
    assert "n'est pas un annuaire" in aid.locator(".annuaire").first.inner_text()
    whole = aid.locator(ROWS).count()
    aid.locator(".diagalim-offer").get_by_label("Lieux d'aide alimentaire").focus()
    aid.keyboard.press("Space")
    paused(aid)
    drawn = aid.evaluate(SITES)
    assert 0 < drawn < whole, "some records have no point"
    panel = aid.locator(".diagalim-aid")
    panel.get_by_label("dimanche").focus()
    aid.keyboard.press("Space")
    panel.get_by_label("Garder ceux").focus()
    aid.keyboard.press("Space")
    panel.get_by_label("Colis").focus()
    aid.keyboard.press("Space")
    paused(aid)
    left = aid.locator(ROWS)
    assert 0 < left.count() < whole and 0 < aid.evaluate(SITES) < drawn
    for text in left.locator("td:nth-of-type(2)").all_text_contents():
        assert text and not text.startswith("Colis")
    for text in left.locator("td:nth-of-type(4)").all_text_contents():
        assert re.search("dimanche|tous les jours", text), text
    assert numbers(panel.locator(".diagalim-aid-said").inner_text())[0] == left.count()
    with aid.expect_download() as started:
        panel.get_by_role("button", name="Télécharger les lieux").click()
    file = started.value.path()
    named = [row["lieu"] for row in rows_of(file)]
    assert named == left.locator("th").all_text_contents()


def test_unknown_hours_are_kept_when_a_day_is_asked_for(aid, paused):
    aid.locator(".diagalim-aid > summary").click()
    aid.locator(".diagalim-aid").get_by_label("mercredi").check()
    paused(aid)
    hours = aid.locator(ROWS).locator("td:nth-of-type(4)").all_text_contents()
    assert any("non connus" in text for text in hours)


def test_a_name_of_the_table_opens_the_site_and_a_link_gives_the_same_view(aid, opened, paused):
    lead = aid.locator(".diagalim-lead").first
    lead.focus()
    aid.keyboard.press("Enter")
    sheet = aid.locator(".diagalim-aid-sheet")
    sheet.wait_for()
    said = sheet.inner_text()
    assert lead.inner_text() in said and "n'est pas un annuaire" in said
    aid.locator(".diagalim-aid").get_by_label("jeudi").check()
    paused(aid)
    assert "jours=je" in aid.url
    shown, url = aid.locator(ROWS).count(), aid.url
    aid.goto("about:blank")
    opened(aid, url)
    paused(aid)
    assert aid.locator(ROWS).count() == shown
    assert aid.locator(".diagalim-aid").get_by_label("jeudi").is_checked()


@pytest.fixture
def aid_in_hand(silent, fictitious_site, opened):
    address = f"{fictitious_site.url}{MAP_PAGE}#vue&offre=aide&carte=45.19,-2.82,13"
    with silent(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as page:
        yield opened(page, address)


def test_a_finger_opens_a_site(aid_in_hand):
    phone = aid_in_hand
    phone.locator(".diagalim-map").scroll_into_view_if_needed()
    phone.tap(".diagalim-legend summary")
    marker = phone.evaluate("""() => {
      const alone = '.diagalim-site:not(:has(.diagalim-site-group))';
      for (const one of document.querySelectorAll(alone)) {
        const box = one.getBoundingClientRect();
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        if (one.contains(document.elementFromPoint(x, y))) return {x, y};
      }
    }""")
    phone.touchscreen.tap(marker["x"], marker["y"])
    phone.locator(".diagalim-aid-sheet").wait_for()
    assert phone.locator(".diagalim-legend").get_attribute("open") is None, (
        "it would cover the sheet"
    )
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    small = phone.evaluate("""() => [...document.querySelectorAll(
      '.diagalim-aid :is(summary, button, .diagalim-toggle), .diagalim-offer .diagalim-toggle')]
      .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).length""")
    assert small == 0
