"""A name that holds HTML, quotes, an emoji and 200 characters: is it text wherever it shows?"""

from __future__ import annotations

import json

import pytest

from .conftest import rows_of

pytestmark = [pytest.mark.browser, pytest.mark.site]

HOSTILE = '=<img src=x onerror="window.pwned=1"> « l\'épi » & 🥖 '
LONG = (HOSTILE + "Z" * 200)[:200]
NAMES = {kind: f"{LONG[:-1]}{kind}" for kind in "ice"}
"""Of an IRIS, of its commune, of its intercommunalité: told apart by their last letter."""

# The widget manager reads the state with JSON.parse, wherever it comes from.
RENAMED = """({i, c, e}) => {
  const parse = JSON.parse;
  JSON.parse = (text, read) => {
    const found = parse(text, read);
    for (const {state} of Object.values(found?.state ?? {})) {
      const data = state?.shapes && state.data;
      if (!data) continue;
      const at = data.class.indexOf(5);
      window.renamed = data.code[at];
      data.name[at] = i;
      data.communes[data.commune[at]] = c;
      if (data.epcis) data.epcis[data.epci[at]] = e;
    }
    return found;
  };
  window.written = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
    window.written.push(text);
    return write.call(this, text, ...where);
  };
}"""


@pytest.fixture(scope="module", params=[1300, 390])
def page(request, silent, address, opened):
    """Return the map of a territory where three names are hostile, its sheet open."""
    small = request.param < 700
    size = {"width": request.param, "height": 844}
    with silent(viewport=size, has_touch=small, is_mobile=small) as shown:
        shown.context.add_init_script(f"({RENAMED})({json.dumps(NAMES)})")
        opened(shown, address)
        shown.wanted_width = request.param
        for name in ("filters", "summary"):
            shown.locator(f".diagalim-{name} > summary").click()
        shown.get_by_label("Commune", exact=True).select_option(label=NAMES["c"])
        shown.get_by_label("Chercher un lieu").fill(shown.evaluate("window.renamed"))
        shown.keyboard.press("Enter")
        shown.locator(".diagalim-sheet").wait_for()
        shown.wait_for_function("/commune=/.test(location.hash) && /iris=/.test(location.hash)")
        yield shown


def test_sheet_lists_and_summary_show_the_names_as_text(page):
    for where, name in {
        ".diagalim-sheet-title": NAMES["i"],
        ".diagalim-sheet-place": NAMES["c"],
        ".diagalim-summary thead": NAMES["c"],
        ".diagalim-controller > [role=status]": NAMES["i"],
    }.items():
        assert name in page.locator(where).first.text_content(), where
    assert page.locator(".diagalim-panels img, .diagalim-map .diagalim-sheet img").count() == 0
    assert page.evaluate("window.pwned") is None


def test_the_page_does_not_scroll_sideways_and_the_sheet_stays_on_the_map(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.wanted_width
    sheet = page.locator(".leaflet-popup-content")
    assert sheet.evaluate("box => box.scrollWidth - box.clientWidth") <= 0


def test_a_name_can_be_searched(page):
    page.get_by_label("Chercher un lieu").fill(NAMES["i"])
    page.keyboard.press("Enter")
    assert page.locator(".diagalim-search-said").inner_text() == ""
    assert page.locator(".diagalim-sheet-title").last.inner_text().strip() == NAMES["i"].strip()


def test_the_file_holds_the_names_and_runs_no_formula(page):
    with page.expect_download() as started:
        page.get_by_role("button", name="Télécharger le tableau").click()
    file = started.value.path()
    code = page.evaluate("window.renamed")
    row = next(row for row in rows_of(file) if row["code_iris"] == code)
    assert [row["nom"], row["commune"]] == [f"'{NAMES['i']}", f"'{NAMES['c']}"]


def test_the_picture_writes_the_name_as_text_inside_its_width(page):
    with page.expect_download() as started:
        page.get_by_role("button", name="Télécharger la vue").click()
    assert started.value.path().stat().st_size > 10_000
    written = page.evaluate("window.written")
    bare = "".join("".join(written).split())
    assert "".join(NAMES["c"].split()) in bare
    widths = page.evaluate(
        """(lines) => {
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = `600 17px ${getComputedStyle(document.body).fontFamily}`;
      return lines.filter((line) => line.includes('Z')).map((line) => pen.measureText(line).width);
    }""",
        written,
    )
    assert max(widths) <= page.wanted_width, "a name without a space is cut by the edge"


def test_the_address_keeps_a_hostile_intercommunality(page, opened):
    select = page.get_by_label("Intercommunalité", exact=True)
    if select.count() == 0:
        pytest.skip("le territoire n'a qu'une intercommunalité")
    select.select_option(label=NAMES["e"])
    page.wait_for_function("location.hash.includes('epci=')")
    assert not set(page.url) & set('<>" ')
    shown = "document.querySelectorAll('.diagalim-iris:not(.diagalim-out)').length"
    before = page.evaluate(shown)
    other = opened(page.context.new_page(), page.url)
    assert other.evaluate(shown) == before
    assert other.evaluate("window.pwned") is None
    other.close()
