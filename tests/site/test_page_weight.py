"""What leaves a page so that it opens fast, and nothing of what a reader sees with it."""

from __future__ import annotations

import json
import re

import pytest
from sphinx.builders.html._assets import _JavaScript

from diagalim.site.page_weight import ICONS, keep_used_icons, widgets_beside, with_icons
from diagalim.site.sphinx_extension import POLICY, TILES, policy
from diagalim.site.widget_state import STATE

NAMED = {"state": {"1": {"name": "L'Épi « 5 » </script> \u2028"}}}
FONT = (
    'x={"magnifying-glass":[512,512,[128269,"search"],"f002","M4 2"],'
    'moon:[384,512,[127769],"f186",["M1","M2"]],"cc-visa":[576,512,[],"f1f0","M3"]};after()'
)


def test_the_state_of_the_widgets_moves_to_a_script_and_loses_nothing(tmp_path):
    other = _JavaScript("other.js")
    inline = _JavaScript(None, type=STATE, body=json.dumps(NAMED))
    kept, state = widgets_beside(tmp_path, "notebooks/carte", [other, inline])
    assert [script.filename for script in kept] == [
        "other.js",
        "_static/widgets/notebooks/carte.js",
    ]
    assert json.loads(state) == NAMED
    written = (tmp_path / kept[1].filename).read_text(encoding="utf-8")
    assert json.loads(re.search(r"\}\)\((\{.*\})\);\n", written, re.DOTALL)[1]) == NAMED
    assert "fetch" not in written


def test_a_page_without_widgets_gets_no_file(tmp_path):
    scripts = [_JavaScript("other.js")]
    assert widgets_beside(tmp_path, "notebooks/sources", scripts) == (scripts, "")
    assert list(tmp_path.iterdir()) == []


def test_only_a_page_that_offers_the_base_map_may_ask_for_its_images():
    assert policy("") == POLICY
    assert policy(f'{{"tiles": "{TILES}/wmts"}}').count(TILES) == 1
    assert "connect-src 'self';" in policy(TILES)


def test_icons_that_no_page_names_leave_and_the_others_stay_whole():
    smaller = with_icons(FONT, {"search", "moon"})
    assert '"magnifying-glass":[512,512,[128269,"search"],"f002","M4 2"],' in smaller
    assert 'moon:[384,512,[127769],"f186",["M1","M2"]]' in smaller
    assert "cc-visa" not in smaller and smaller.endswith("};after()")


def test_the_address_of_the_icons_follows_what_they_are(tmp_path):
    script = tmp_path / ICONS
    script.parent.mkdir(parents=True)
    script.write_text(FONT, encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text('<script src="fontawesome.js?digest=0a1b"></script><i class="fa-moon">')
    keep_used_icons(tmp_path)
    assert "moon" in script.read_text() and "cc-visa" not in script.read_text()
    assert "digest=0a1b" not in page.read_text()
    assert re.search(r"fontawesome\.js\?digest=[0-9a-f]{8}\"", page.read_text())


@pytest.mark.site
def test_the_map_of_a_built_site_is_a_light_page_with_its_table(site):
    page = site.page("carte")
    text = page.read_text(encoding="utf-8")
    assert len(text.encode()) < 700_000
    assert text.count('<tr id="iris-') > 50
    source = re.search(r'src="\.\./\.\./(_static/widgets/notebooks/accueil/carte\.js)\?', text)[1]
    assert (site.path / source).stat().st_size > 50_000


@pytest.mark.site
def test_every_icon_of_a_built_site_is_in_its_icon_script(site):
    shown = set()
    for file in site.path.rglob("*.html"):
        found = re.findall(r'class="([^"]*\bfa-[^"]*)"', file.read_text(encoding="utf-8"))
        shown |= {name[3:] for names in found for name in names.split() if name.startswith("fa-")}
    script = (site.path / ICONS).read_text(encoding="utf-8")
    absent = {name for name in shown if not re.search(rf'"?\b{name}"?[:,\]]', script)}
    assert absent <= {"solid", "lg", "regular", "brands", "fw"}
    assert len(script) < 200_000


@pytest.mark.site
def test_only_pages_with_a_formula_load_the_script_of_formulas(site):
    pages = [file.read_text(encoding="utf-8") for file in site.path.rglob("*.html")]
    formulas = [text for text in pages if 'class="math' in text]
    assert formulas
    assert all("vendor/mathjax" in text for text in formulas)
    assert all("mathjax/tex" not in text for text in pages if text not in formulas)
