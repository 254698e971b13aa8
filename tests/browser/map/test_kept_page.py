"""Is the page that the tests of the map lend to each other as a reader first sees it?"""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.site]

LEFT = {
    "a word": "document.querySelector('article p').append('reste')",
    "a colour": "document.querySelector('.diagalim-iris').setAttribute('fill', '#123456')",
    "a sorted table": "document.querySelector('.diagalim-sort').click()",
    "a larger legend": "document.querySelector('.diagalim-legend').style.paddingTop = '30px'",
}


@pytest.fixture
def held(kept, address):
    """Return the page that the tests share, as it opened."""
    held = kept(address)
    held.at_first_view()
    return held


def test_what_readers_can_undo_leaves_the_page_as_it_opened(held, fills):
    page, before = held.page, fills(held.page)
    opened = held.opened
    page.locator(".diagalim-weights > summary").click()
    page.get_by_label("Couleurs de la carte").select_option(index=1)
    page.get_by_role("button", name="Zoom avant").click()
    page.wait_for_function("!document.querySelector('.leaflet-zoom-anim')")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1280, "height": 850})
    assert fills(page) != before
    held.at_first_view()
    assert held.opened == opened
    assert fills(page) == before
    assert page.evaluate("location.hash") == ""
    assert not page.locator(".diagalim-weights").evaluate("box => box.open")
    assert page.evaluate("[innerWidth, innerHeight]") == [1300, 900]


@pytest.mark.parametrize("left", LEFT)
def test_a_page_where_something_is_left_is_opened_again(held, left):
    opened = held.opened
    held.page.evaluate(LEFT[left])
    held.at_first_view()
    assert held.opened == opened + 1
    assert held.put_back()


def test_a_page_that_went_elsewhere_comes_back(held, site, address):
    opened = held.opened
    held.page.goto(f"{site.url}notebooks/accueil/accueil.html")
    held.at_first_view()
    assert held.opened == opened + 1
    assert held.page.url == address


def test_a_page_lent_hears_what_is_said_while_a_test_has_it(first_view, address):
    lent = first_view(address)
    next(lent).evaluate("console.info('planté')")
    with pytest.raises(AssertionError, match="info: planté"):
        next(lent)
    assert list(first_view(address)), "nothing is left of it for the next test"
