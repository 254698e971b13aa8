"""One true build of the small project: kernels, Jupyter Book, checks, publication.

Guards what stand-ins cannot: that Sphinx accepts the settings, that the pages hold no address of
another host, no path of the machine and no English prompt, and that the parameters stay hidden.
"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.site


@pytest.fixture
def accueil(built_toy):
    """Return the home page of the built site."""
    return built_toy.page()


def test_every_page_is_there(built_toy):
    pages = {file.stem for file in (built_toy.folders.site / "notebooks").glob("*.html")}
    assert pages == {"accueil", "depart", "suite"}


def test_results_of_a_chapter_reach_the_page_of_another(accueil):
    assert "99 10 bleu" in accueil


def test_warning_of_the_source_is_gone(accueil):
    assert "Chapitre non calculé" not in accueil


def test_injected_parameters_are_not_shown(accueil):
    assert "# Parameters" not in accueil


def test_page_forbids_other_hosts(accueil):
    assert 'http-equiv="Content-Security-Policy"' in accueil
    assert "thebe" not in accueil.lower()


def test_page_speaks_french(accueil):
    assert '<html lang="fr"' in accueil
    assert "Toggle" not in accueil and "Show code" not in accueil


def test_foot_gives_edition_data_and_code(accueil):
    for words in ("Édition de janvier 2025", "Millésimes des fichiers lus", "Version du code"):
        assert words in accueil


def test_entrance_leads_to_the_home_page(built_toy):
    entrance = (built_toy.folders.site / "index.html").read_text(encoding="utf-8")
    assert 'href="notebooks/accueil.html"' in entrance
    assert "pays d&#x27;essai</title>" in entrance


def test_nothing_was_written_among_the_sources(built_toy):
    names = {entry.name for entry in built_toy.root.iterdir()}
    assert names == {"_build", "_config.yml", "_toc.yml", "book", "data", "notebooks", "officiel"}
