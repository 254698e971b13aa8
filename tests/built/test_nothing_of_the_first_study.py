"""The fictitious department declares no study: no page nor download of it names 13 but to cite."""

from __future__ import annotations

import sys

import pytest

from diagalim.workspace.paths import project_root

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def places():
    """Return the module of the long tests that looks for the names of 13."""
    scripts = str(project_root() / "scripts")
    sys.path.insert(0, scripts)
    try:
        from long_tests import places as module
    finally:
        sys.path.remove(scripts)
    return module


def test_no_page_nor_download_names_a_place_or_a_body_of_13(fictitious_site, places):
    names, texts = places.names_of_the_first_study(), dict(places.texts_of(fictitious_site.path))
    assert {
        "notebooks/synthese/recommandations.html",
        "telechargements/fictif_00_contours.gpkg",
    } <= set(texts)
    found = {place: places.named_in(text, names) for place, text in texts.items()}
    assert {place: held for place, held in found.items() if held} == {}


def test_a_name_put_into_a_page_is_found(fictitious_site, places):
    page = fictitious_site.page("accueil").read_text(encoding="utf-8")
    copy = page.replace("</article>", "<p>Le CCAS d'Aubagne</p></article>")
    assert copy != page
    assert places.named_in(places.readable(copy), places.names_of_the_first_study()) == ["Aubagne"]
