"""The page of sources gives the address of the producer's file, and says that it is untried."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from diagalim.report.sources import page as sources_page
from diagalim.sources.division import Division
from diagalim.sources.nearby import Lying
from diagalim.sources.registry import Resolved, load_sources


@pytest.fixture
def shown(monkeypatch):
    """Return a function that shows the page when one dataset is found, and gives its HTML."""

    def show(found, division=None, later=()):
        pages = []
        monkeypatch.setattr(sources_page, "display", lambda page: pages.append(page.data))
        chapter = SimpleNamespace(
            find={found.id: found}.get,
            division=lambda _: division or Division(),
            elsewhere=lambda name: list(later) if name == found.id else [],
        )
        sources_page.show_sources(chapter)
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


def test_rows_left_out_and_codes_followed_are_said_with_their_inhabitants(shown, tmp_path):
    division = Division(
        300, {"009980000": "000040000"}, outside=("009990000",), people={"009990000": 812.0}
    )
    html = shown(resolved("recensement_population", 2022, tmp_path), division)
    said = html.partition("<dt>Géographie</dt><dd>")[2].partition("</dd>")[0]
    assert "1\u00a0IRIS hors des contours" in said and "(009990000)" in said
    assert "812\u00a0habitants" in said and "009980000 compté dans 000040000" in said


def test_a_file_of_a_later_year_that_is_not_read_is_said(shown, tmp_path):
    later = [Lying("recensement_population/base-2023.CSV", "", 2023)]
    html = shown(resolved("recensement_population", 2022, tmp_path), later=later)
    assert "<dt>Plus récent, là et non lu</dt><dd>2023 (<code>recensement_population/" in html


def test_a_dataset_of_one_division_says_nothing_of_it(shown, tmp_path):
    html = shown(resolved("recensement_population", 2022, tmp_path))
    assert "Géographie" not in html and "non lu" not in html
