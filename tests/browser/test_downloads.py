"""The links of the page of downloads give their files, over http and from disk."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAGE = "notebooks/methode/donnees.html"


def links(page):
    return page.locator("#main-content a[download][href*='telechargements/']")


def test_every_link_answers_over_http(page, site):
    page.goto(site.url + PAGE)
    addresses = links(page).evaluate_all("all => all.map(a => a.href)")
    assert len(addresses) > 20
    for address in addresses:
        answer = page.request.get(address)
        assert answer.status == 200 and len(answer.body()) > 100, address


def test_every_link_leads_to_a_file_from_disk(page, site):
    page.goto((site.path / PAGE).as_uri())
    addresses = links(page).evaluate_all("all => all.map(a => a.href)")
    files = {path.as_uri() for path in (site.path / "telechargements").iterdir()}
    assert set(addresses) == files


def test_a_click_downloads_the_file_under_its_name(page, site):
    page.goto(site.url + PAGE)
    link = links(page).first
    with page.expect_download() as started:
        link.click()
    assert started.value.suggested_filename == link.get_attribute("download")
