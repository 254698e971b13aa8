"""Does axe-core find a barrier on any page: both sites, wide and narrow, light and dark?

Every rule of WCAG 2.0, 2.1 and 2.2 at levels A and AA runs, and those that axe-core calls best
practices or experimental; none is disabled and no element is left out. On the wide screen pages are
as they come; on the narrow one whatever unfolds is open (code of the cells, explanations).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from diagalim.build import BuildFailure
from diagalim.build.inspection import pages_of
from diagalim.build.vendor import ensure_vendor
from diagalim.paths import project_root

pytestmark = [pytest.mark.browser, pytest.mark.site]

TAGS = (
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    *("best-practice", "experimental"),
)
WIDE, NARROW = 1300, 390
"""A desk and a small phone, in CSS pixels."""

PAGES = [
    *pages_of(yaml.safe_load((project_root() / "_toc.yml").read_text(encoding="utf-8"))),
    "search",
]
PINNED = Path(__file__).with_name("axe.json")

DRAWN = """() => !document.querySelector('script[type$="widget-view+json"]')
  || document.querySelector('.diagalim-controller[data-ready]')"""
UNFOLD = "() => document.querySelectorAll('details').forEach((box) => { box.open = true; })"
BARRIERS = """async (tags) => {
  const {violations} = await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
  });
  return violations.flatMap((rule) => rule.nodes.map((node) => [
    rule.id, node.target.join(' '), node.failureSummary.split('\\n').slice(1).join(' ').trim(),
  ]));
}"""


@pytest.fixture(scope="module")
def axe(absent, one_at_a_time) -> str:
    """Return the script of axe-core: a tool of the tests, which no site holds."""
    folder = project_root() / "_build" / "essais"
    try:
        with one_at_a_time("axe"):
            ensure_vendor(folder, packages=json.loads(PINNED.read_text(encoding="utf-8")))
    except BuildFailure as failure:
        absent(f"axe-core n'est pas là, les pages ne sont pas contrôlées : {failure}")
    return (folder / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["light", "dark"])
def reader(request, chromium):
    """Return a page of a reader whose computer asks for light or for dark colours."""
    context = chromium.new_context(
        color_scheme=request.param, reduced_motion="reduce", locale="fr-FR"
    )
    page = context.new_page()
    page.theme = request.param
    yield page
    context.close()


@pytest.fixture
def barriers(reader, axe):
    """Return a function that lists the barriers of the page as it stands: rule, element, why."""

    def found() -> list[str]:
        if not reader.evaluate("'axe' in window"):
            reader.evaluate(axe)
        return [" · ".join(barrier) for barrier in reader.evaluate(BARRIERS, TAGS)]

    return found


def open_page(reader, site, name, width):
    """Open a page of a site on a screen of some width, and wait until it is drawn."""
    reader.set_viewport_size({"width": width, "height": 900})
    reader.goto(f"{site.url}{name}.html", wait_until="load")
    reader.wait_for_function(DRAWN)
    assert reader.locator("html").get_attribute("data-theme") == reader.theme


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_barrier(name, looked_at, reader, barriers):
    open_page(reader, looked_at, name, WIDE)
    told = {f"{WIDE} px": barriers()}
    reader.set_viewport_size({"width": NARROW, "height": 844})
    reader.evaluate(UNFOLD)
    told[f"{NARROW} px"] = barriers()
    said = [f"  {width} {line}" for width, lines in told.items() for line in lines]
    assert not said, f"{looked_at.code}/{name}, {reader.theme}:\n" + "\n".join(said)


@pytest.mark.parametrize(
    ("button", "opened"),
    [
        (".primary-toggle", "#pst-primary-sidebar-modal"),
        (".secondary-toggle", "#pst-secondary-sidebar-modal"),
        (".bd-header-article .search-button", "#pst-search-dialog"),
    ],
)
def test_axe_finds_no_barrier_in_what_a_phone_opens(button, opened, site, reader, barriers):
    open_page(reader, site, PAGES[1], NARROW)
    reader.locator(button).click()
    reader.locator(f"{opened}[open]").wait_for()
    assert barriers() == []


def test_axe_tells_rule_and_element_of_what_is_wrong(site, reader, barriers):
    open_page(reader, site, PAGES[-1], WIDE)
    pale = '<p id="pale" style="color: #777; background: #666">pâle</p>'
    reader.locator("#main-content").evaluate("(box, text) => { box.innerHTML += text; }", pale)
    assert [line.split(" · ")[:2] for line in barriers()] == [["color-contrast", "#pale"]]


def test_no_site_holds_the_tool(looked_at):
    assert not list(looked_at.path.rglob("*axe*"))
