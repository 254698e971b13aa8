"""Whatever stops a build, readers keep a whole site."""

from __future__ import annotations

from pathlib import Path

import pytest

from diagalim.pipeline import tasks
from diagalim.site import publication
from diagalim.site.publication import recover
from diagalim.wording.failures import BuildFailure


def test_failing_chapter_leaves_the_last_good_site(toy):
    toy.build()
    before = toy.page()
    toy.rewrite("depart", "seuil * 10", "seuil / 0")
    with pytest.raises(BuildFailure, match="Le dernier site complet est resté en place"):
        toy.build()
    assert toy.page() == before


def test_mended_chapter_resumes_without_redoing_the_rest(toy):
    toy.rewrite("suite", "{couleur}", "{coleur}")
    with pytest.raises(BuildFailure, match="Aucun site n'a été publié"):
        toy.build()
    toy.rewrite("suite", "{coleur}", "{couleur}")
    assert "depart" not in toy.build().ran


def test_failed_chapter_leaves_its_last_results(toy):
    toy.build()
    before = toy.folders.manifest("suite").read_bytes()
    toy.rewrite("suite", "{couleur}", "{coleur}")
    with pytest.raises(BuildFailure):
        toy.build()
    assert toy.folders.manifest("suite").read_bytes() == before


def test_site_that_fails_its_checks_is_not_published(toy, monkeypatch):
    toy.build()
    before = toy.page()

    def write_loose_page(folders):
        folders.made.mkdir()
        page = '<script src="https://ailleurs.example/x.js"></script>'
        (folders.made / "index.html").write_text(page, encoding="utf-8")

    monkeypatch.setattr(tasks, "typeset", write_loose_page)
    monkeypatch.setattr(tasks, "silence", lambda made: None)  # that site has no script
    toy.territory.titre = "Autre titre"
    with pytest.raises(BuildFailure, match="page absente : notebooks/accueil"):
        toy.build()
    assert toy.page() == before


def test_kill_between_the_two_renames_is_mended_by_the_next_command(toy, monkeypatch):
    monkeypatch.setattr(publication, "_swap", lambda one, other: False)
    toy.build()
    before = toy.page()
    toy.territory.titre = "Autre titre"

    class Killed(BaseException):
        pass

    def killed(source, target):
        if source == toy.folders.made:
            raise Killed
        return original(source, target)

    original = Path.replace
    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(Killed):
        toy.build()
    monkeypatch.setattr(Path, "replace", original)
    assert not toy.folders.site.exists()
    recover(toy.folders)
    assert toy.page() == before
    assert toy.build().ran == ["livre"]
    assert not toy.folders.previous.exists()


def test_kill_after_the_swap_drops_the_older_site(toy):
    toy.build()
    toy.folders.previous.mkdir()
    (toy.folders.previous / "index.html").write_text("vieux", encoding="utf-8")
    recover(toy.folders)
    assert not toy.folders.previous.exists() and toy.page()
