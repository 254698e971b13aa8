"""A site that would ask another host, or tell of the machine, is not fit to be published."""

from __future__ import annotations

import pytest

from diagalim.site.inspection import inspect_site, other_hosts, pages_of
from diagalim.wording.failures import BuildFailure

TOC = "root: notebooks/accueil\nparts:\n  - chapters:\n      - file: book/methode.md\n"


@pytest.mark.parametrize(
    "loaded",
    [
        '<script src="https://ailleurs.example/x.js"></script>',
        '<img src="//ailleurs.example/x.png">',
        '<link rel="stylesheet" href="https://ailleurs.example/x.css">',
        '<link rel="preconnect" href="https://ailleurs.example">',
        '<p style="background: url(https://ailleurs.example/x.png)"></p>',
        '<style>@import "https://ailleurs.example/x.css";</style>',
        '<iframe src="https://ailleurs.example"></iframe>',
    ],
)
def test_what_a_browser_loads_by_itself_is_found(loaded):
    assert len(other_hosts(loaded)) == 1


@pytest.mark.parametrize(
    "harmless",
    [
        '<a href="https://www.insee.fr/">Insee</a>',
        '<link rel="canonical" href="https://ailleurs.example/">',
        '<script>const page = "https://ailleurs.example";</script>',
        '<img src="data:image/png;base64,AAAA">',
        '<script src="_static/x.js"></script>',
    ],
)
def test_what_a_reader_chooses_to_follow_is_let_be(harmless):
    assert other_hosts(harmless) == []


@pytest.fixture
def whole(tmp_path):
    """Return a whole site and its table of contents."""
    folder, toc = tmp_path / "html", tmp_path / "_toc.yml"
    toc.write_text(TOC, encoding="utf-8")
    for page in ("notebooks/accueil", "book/methode"):
        file = folder / f"{page}.html"
        file.parent.mkdir(parents=True)
        file.write_text("<p>Bonjour</p>", encoding="utf-8")
    return folder, toc, tmp_path / "projet"


def test_whole_site_passes(whole):
    folder, toc, machine = whole
    inspect_site(folder, toc, [machine])


def test_path_of_the_machine_is_found_with_its_page(whole):
    folder, toc, machine = whole
    (folder / "searchindex.js").write_text(f'x("{machine}/notebooks")', encoding="utf-8")
    with pytest.raises(BuildFailure, match=r"searchindex\.js : chemin de la machine"):
        inspect_site(folder, toc, [machine])


def test_page_with_the_same_words_as_a_path_passes(whole, tmp_path):
    folder, toc, _ = whole
    (folder / "note.html").write_text("<p>fichiers/root, /roots</p>", encoding="utf-8")
    inspect_site(folder, toc, [tmp_path.__class__("/root")])


def test_page_missing_from_the_site_is_named(whole):
    folder, toc, machine = whole
    (folder / "book" / "methode.html").unlink()
    with pytest.raises(BuildFailure, match="page absente : book/methode"):
        inspect_site(folder, toc, [machine])


def test_pages_are_listed_in_order_whatever_their_level():
    toc = {"root": "a", "chapters": [{"file": "b.md", "sections": [{"file": "c.ipynb"}]}]}
    assert pages_of(toc) == ["a", "b", "c"]


def test_a_file_given_to_download_that_is_not_there_is_found_with_its_page(whole):
    folder, toc, machine = whole
    page = folder / "notebooks" / "accueil.html"
    page.write_text(
        '<a href="../telechargements/un.csv" download="un.csv">un.csv</a>'
        '<a href="../telechargements/deux%20mots.csv" download>deux mots.csv</a>'
        '<a href="data:application/json;base64,e30=" download="x.json">x.json</a>',
        encoding="utf-8",
    )
    (folder / "telechargements").mkdir()
    (folder / "telechargements" / "deux mots.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(BuildFailure) as failure:
        inspect_site(folder, toc, [machine])
    assert "notebooks/accueil.html : téléchargement absent, ../telechargements/un.csv" in str(
        failure.value
    )
    assert "deux" not in str(failure.value) and "x.json" not in str(failure.value)
