"""What `diagalim fetch` says in French, and with which code it ends."""

from __future__ import annotations

import pytest
from rich.progress import Progress
from typer.testing import CliRunner

from diagalim.cli.commands import app
from diagalim.cli.fetch import Bar
from diagalim.settings.territory_file import load_territory
from diagalim.sources.fetch import run as fetch_run
from diagalim.sources.fetch.transfer import Pace
from diagalim.sources.registry import find


@pytest.fixture
def said(project, monkeypatch):
    """Return a function that runs the command and gives its code and its words."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(fetch_run, "Pace", lambda: Pace(attempts=1))

    def call(*words):
        result = CliRunner().invoke(app, ["fetch", *words])
        return result.exit_code, result.output

    return call


def test_success_says_what_came_from_which_untried_address(project, producer, said):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    code, text = said("13")
    assert code == 0
    assert f"a 2021 : {producer.url}/a.zip (adresse non essayée)" in text
    assert "Téléchargé : data/officiel/a/table.csv" in text
    assert "Bouches-du-Rhône (13) : 1\u00a0fichier téléchargé, 0\u00a0fichier déjà là." in text
    assert str(project.root) not in text


def test_quiet_says_nothing_of_a_success(project, producer, said):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    assert said("13", "-q") == (0, "")


def test_all_the_failures_come_together_with_code_1(project, producer, said):
    for name in ("a", "b", "c"):
        project.dataset(name, f"{producer.url}/{name}.zip", contenu="table.csv")
        producer.answers(f"/{name}.zip", producer.failing(404))
    producer.answers("/b.zip", producer.zipped())
    code, text = said("13", "-q")
    assert code == 1
    assert "2\u00a0échecs :" in text and "• a 2021" in text and "• c 2021" in text
    assert project.readable() == ["b/table.csv"]


def test_dataset_without_address_shows_its_page_and_the_vintages_that_have_one(
    project, producer, said
):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv", required=False)
    old = {"fichiers": [{"motif": "repris/vieux.csv", "nature": "repris", "format": "essai"}]}
    project.entries["a"]["editions"].append({"millesime": 2030, **old})
    project.write()
    code, text = said("13")
    assert code == 0 and producer.asked == []
    assert "a 2030 : pas d'adresse connue pour ce millésime (aucun fichier pour l'instant)" in text
    assert "https://example.invalid/a" in text
    assert "Téléchargeable : 2021 (clé millesimes.a de data/territories/13.yml)" in text


def test_required_dataset_that_nothing_brings_ends_with_code_3(project, said):
    project.dataset("a", "http://127.0.0.1/a.zip", contenu="table.csv")
    del project.entries["a"]["editions"][0]["telechargement"]
    project.write()
    code, text = said("13")
    assert code == 3 and "Il manque encore, pour le rapport : a." in text


def test_a_fetched_file_is_read_before_a_republished_one(
    project, producer, said, tmp_path, monkeypatch
):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    (tmp_path / "autre" / "repris").mkdir(parents=True)
    (tmp_path / "autre" / "repris" / "a.csv").write_text("a")
    monkeypatch.setenv("DIAGALIM_DATA", str(tmp_path / "autre"))
    code, text = said("13")
    assert code == 0
    assert find("a", load_territory("13")).nature == "officiel", text


def test_fictitious_department_has_nothing_to_fetch(project, said):
    place = project.root / "data" / "territories" / "13.yml"
    text = place.read_text(encoding="utf-8").replace("nature: officiel", "nature: synthétique")
    place.write_text(text, encoding="utf-8")
    code, text = said("13")
    assert code == 0 and "il n'y a rien à télécharger" in text


@pytest.mark.parametrize("words", [["99"], ["13", "--source", "inconnu"]])
def test_wrong_question_ends_with_code_2(project, said, words):
    project.dataset("a", "http://127.0.0.1/a.zip", contenu="table.csv")
    code, text = said(*words)
    assert code == 2 and "À faire" in text and "Traceback" not in text


def test_folder_that_cannot_be_made_ends_with_code_1(project, said):
    project.dataset("a", "http://127.0.0.1/a.zip", contenu="table.csv")
    project.folder.write_text("un fichier à la place du dossier")
    code, text = said("13")
    assert code == 1 and "data/officiel : le fichier ne peut être écrit" in text


def test_interruption_says_that_the_next_run_goes_on(project, producer, said, monkeypatch):
    def interrupted(*words, **options):
        raise KeyboardInterrupt

    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    monkeypatch.setattr(fetch_run.Carrier, "bring", interrupted)
    code, text = said("13")
    assert code == 130 and "relancer la même commande reprendra" in text


def test_help_documents_the_exit_codes(said):
    code, text = said("--help")
    assert code == 0 and "Codes de sortie" in text and "--source" in text


def test_bar_of_a_resumed_file_counts_what_was_there():
    progress = Progress(disable=True)
    bar = Bar(progress, "a", 100)
    bar.total = 300
    bar.update(200)
    (task,) = progress.tasks
    assert (task.completed, task.total) == (300, 400)
    bar.reset()
    bar.update(bar.total)
    assert task.completed == 400
    bar.close()
    bar.close()
    assert progress.tasks == []
