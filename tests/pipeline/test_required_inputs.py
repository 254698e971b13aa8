"""A chapter without what it requires is not run: the pipeline writes the page that says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from diagalim.pipeline.required_inputs import absence, lacking, page_without_inputs
from diagalim.settings.plan import ChapterPlan, load_plan
from diagalim.wording.problems import InputError
from diagalim.workspace.folders import Folders

REPOSITORY = Path(__file__).resolve().parents[2]
ENTRY = "\nseul:\n  sources: [bpe]\n  exige: [bpe]\n"
QUESTION = "# Seul\n\n**Combien de mesures ?**"


@pytest.fixture
def alone(toy):
    """Return the project with a chapter that requires a file, and that no other reads."""
    shutil.copy(REPOSITORY / "data" / "sources.yml", toy.root / "data")
    plan = toy.root / "data" / "chapters.yml"
    plan.write_text(plan.read_text("utf-8") + ENTRY, "utf-8")
    source = toy.folders.source("suite")
    book = json.loads(source.read_text("utf-8"))
    book["cells"][0]["source"] = QUESTION
    book["cells"][1]["source"] = 'territoire = "99"'
    book["cells"][2:] = [book["cells"][2] | {"source": 'print("fait")'}]
    toy.folders.notebooks.joinpath("seul.ipynb").write_text(json.dumps(book), "utf-8")
    return toy


def text_of(toy) -> str:
    cells = json.loads(toy.folders.copy("seul").read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def test_page_keeps_its_question_and_says_what_is_missing_and_where_to_lay_it(alone):
    (alone.root / "officiel" / "mesures.csv").unlink()
    alone.build()
    said = text_of(alone)
    assert said.startswith(QUESTION)
    assert "**Non disponible**" in said and "print" not in said
    assert "Base permanente des équipements" in said and "`data/officiel/bpe/`" in said
    assert json.loads((alone.folders.results / "seul" / "facts.json").read_text("utf-8")) == []


def test_chapter_is_run_once_its_input_is_laid_and_forgets_it_when_it_leaves(alone):
    file = alone.root / "officiel" / "mesures.csv"
    held = file.read_text("utf-8")
    file.unlink()
    alone.build()
    file.write_text(held, "utf-8")
    assert "seul" in alone.build().ran
    assert "Non disponible" not in text_of(alone)
    file.unlink()
    assert "seul" in alone.build().ran
    assert "Non disponible" in text_of(alone)


def test_words_of_the_chapter_say_why_it_is_not_there(alone):
    (alone.root / "officiel" / "mesures.csv").unlink()
    alone.folders.words("seul").write_text("sans_donnees: rien n'est compté.\n", "utf-8")
    alone.build()
    assert "**Non disponible**\u00a0: rien n'est compté." in text_of(alone)


def test_one_of_several_inputs_is_enough_and_a_collected_one_counts():
    entry = ChapterPlan(sources=["a"], collecte=["b", "c"], exige=["a", ["b", "c"]])
    assert lacking(entry, ["a", "collecte:c:fiches.csv"]) == ()
    assert lacking(entry, ["collecte:c:fiches.csv"]) == (("a",),)
    assert lacking(entry, ["a", "collecte:cc:x"]) == (("b", "c"),)


def test_collected_input_is_named_by_its_key(alone):
    said = absence("seul", alone.folders, (("bpe", "enquete"),))
    assert "» ou l'entrée «\u00a0enquete\u00a0» de la collecte" in said
    assert "`collecte.enquete`" in said


def test_where_to_lay_one_of_several_collected_inputs_is_said_once(alone):
    said = absence("seul", alone.folders, (("soliguide", "osm"),))
    assert "une des entrées «\u00a0soliguide\u00a0» ou «\u00a0osm\u00a0» de la collecte" in said
    assert "à la clé `collecte.soliguide` ou `collecte.osm` du territoire" in said
    assert said.count("déposer le fichier") == 1


def test_requiring_what_the_chapter_does_not_read_is_refused(tmp_path):
    file = tmp_path / "chapters.yml"
    file.write_text("seul: {sources: [mesures], exige: [mesure]}\n", "utf-8")
    with pytest.raises(InputError, match=r"seul\.exige.*« mesure »"):
        load_plan(file)


def test_chapter_of_shops_without_their_file_keeps_its_question_and_says_why():
    page = page_without_inputs("commerces", Folders(REPOSITORY, "exemple"), (("bpe",),))
    question, said = ("".join(cell["source"]) for cell in page["cells"])
    assert question.startswith("# Commerces alimentaires")
    assert "les commerces ne sont pas comptés" in said and "`data/officiel/bpe/`" in said
