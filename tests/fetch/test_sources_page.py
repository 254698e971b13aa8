"""The page of sources gives the address of the producer's file, and says that it is untried."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from diagalim.publish import sources_page
from diagalim.sources.registry import Resolved, load_sources


@pytest.fixture
def shown(monkeypatch):
    """Return a function that shows the page when one dataset is found, and gives its HTML."""

    def show(found):
        pages = []
        monkeypatch.setattr(sources_page, "display", lambda page: pages.append(page.data))
        find = {found.id: found}.get
        sources_page.show_sources(SimpleNamespace(find=find))
        return pages[0].partition(f'<section id="{found.id}"')[2].partition("</section>")[0]

    return show


def resolved(source_id, vintage, tmp_path):
    source = load_sources()[source_id]
    edition = source.edition(vintage)
    return Resolved(source_id, tmp_path / "fichier.csv", source, edition, edition.fichiers[0])


def test_address_of_a_dataset_is_shown_as_untried(shown, tmp_path):
    html = shown(resolved("filosofi_iris", 2021, tmp_path))
    address = "https://www.insee.fr/fr/statistiques/fichier/8229323/"
    assert "<dt>Téléchargement</dt>" in html and address in html
    assert html.count("(adresse non essayée)") == 1


def test_dataset_without_address_shows_none(shown, tmp_path):
    html = shown(resolved("filosofi_iris", 2021, tmp_path))
    assert "Téléchargement" in html
    html = shown(resolved("recensement_population", 2016, tmp_path))
    assert "Téléchargement" not in html and "<dt>Fichier</dt>" in html
