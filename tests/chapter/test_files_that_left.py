"""Results stayed, official files left: a notebook run alone says what to do, in French."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from diagalim.chapter.chapter import open_chapter
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root

OFFICIAL = Path("data/exemple/officiel")


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """Return a copy of the data of the project, whose files a test takes away."""
    shutil.copytree(project_root() / "data", tmp_path / "data")
    for name, folder in (("ROOT", "."), ("DATA", "ailleurs"), ("RESULTS", "resultats")):
        monkeypatch.setenv(f"DIAGALIM_{name}", str(tmp_path / folder))
    return tmp_path


def take_away(root: Path, *folders: str) -> None:
    """Remove the official files of some datasets of the fictitious department."""
    for folder in folders:
        shutil.rmtree(root / OFFICIAL / folder)


def test_every_file_that_left_is_named_at_once_with_what_to_do(copy):
    take_away(copy, "contours_iris", "caf", "caf_rsa")
    with pytest.raises(InputError) as refused:
        open_chapter("score", "exemple").cite("contours_iris", "caf_rsa")
    said = str(refused.value)
    assert "2 problèmes" in said and "contours_iris" in said and "caf_rsa" in said
    assert said.count("fichier qui n'est plus là, alors que des résultats ont été calculés") == 2
    assert said.count("À faire : le télécharger depuis") == 2


def test_a_notebook_run_alone_looks_for_all_the_files_it_cannot_do_without(copy):
    take_away(copy, "recensement_population", "filosofi_iris")
    with pytest.raises(InputError) as refused:
        open_chapter("valeurs", "exemple").read("contours_iris")
    assert {p.value for p in refused.value.problems} == {"fichier introuvable"}
    assert len(refused.value.problems) == 2


def test_an_optional_file_that_was_never_there_stops_nothing(copy):
    take_away(copy, "carreaux")
    chapter = open_chapter("valeurs", "exemple")
    assert len(chapter.read("contours_iris")) == 300 and chapter.find("carreaux") is None


def test_the_cell_shows_french_lines_and_no_trace(copy):
    take_away(copy, "contours_iris")
    code = (
        "from diagalim.chapter.chapter import open_chapter\n"
        "open_chapter('score', 'exemple').cite('contours_iris')"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, timeout=None).execute()
    (shown,) = [o for o in notebook.cells[0].outputs if o.output_type == "error"]
    text = "\n".join(shown.traceback)
    assert text.startswith("1 problème dans les données d'entrée :") and "À faire" in text
    assert "Traceback" not in text and ".py" not in text
