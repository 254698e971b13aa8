"""Files that chapters give to readers reach the site, each once."""

from __future__ import annotations

import pytest

from diagalim.site.staging import COPIED, SiteFacts, stage_downloads, territory_settings
from diagalim.wording.failures import BuildFailure
from diagalim.workspace.folders import Folders
from diagalim.workspace.results import DOWNLOADS


@pytest.fixture
def folders(tmp_path):
    made = Folders(tmp_path, "13")
    for chapter, name in (("donnees", "score.csv"), ("carte", "carte.png")):
        file = made.results / chapter / DOWNLOADS / name
        file.parent.mkdir(parents=True)
        file.write_bytes(chapter.encode())
    return made


def test_files_of_all_chapters_stand_in_one_folder(folders):
    stage_downloads(folders, ["donnees", "carte", "chapitre_sans_fichier"])
    staged = folders.staged / COPIED / DOWNLOADS
    assert {f.name: f.read_bytes() for f in staged.iterdir()} == {
        "score.csv": b"donnees",
        "carte.png": b"carte",
    }


def test_two_chapters_may_not_give_files_of_one_name(folders):
    (folders.results / "carte" / DOWNLOADS / "score.csv").write_bytes(b"autre")
    with pytest.raises(BuildFailure, match=r"score\.csv, dont carte.*À faire"):
        stage_downloads(folders, ["donnees", "carte"])


def test_sphinx_copies_the_folder_to_the_root_of_the_site_as_it_is():
    bare = {"html": {}, "sphinx": {"config": {"html_static_path": []}}}
    settings = territory_settings(bare, SiteFacts("Titre", "officiel", ()))
    assert settings["sphinx"]["config"]["html_extra_path"] == [COPIED]
