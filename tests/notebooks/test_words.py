"""The words beside a notebook, and its prose, name facts that are there: known without running."""

from __future__ import annotations

import ast
import json
import re
import shutil
from itertools import pairwise

import pytest

from diagalim.pipeline.digests import PROSE, imported_by
from diagalim.pipeline.words import problems_of_words, prose
from diagalim.settings.plan import load_plan
from diagalim.settings.words_file import words_of
from diagalim.wording.quotes import misquoted
from diagalim.workspace.folders import Folders
from diagalim.workspace.notebooks import notebook_of
from diagalim.workspace.paths import project_root

ROOT, PLAN = project_root(), load_plan()
WITH_WORDS = [name for name in PLAN if words_of(name)]


def folders(root=ROOT):
    return Folders(root, "exemple")


def code_of(name):
    """Code of a notebook, then of its room of the report."""
    notebook = folders().source(name)
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    rooms = {name.split(".")[2] for name in imported_by(notebook) if ".report." in name}
    for room in sorted(rooms):
        report = sorted((ROOT / "src" / "diagalim" / "report" / room).glob("*.py"))
        sources += [path.read_text(encoding="utf-8") for path in report]
    return [source for source in sources if not source.startswith(PROSE)]


def named_in_code(chapter):
    """Names that the code of a chapter without words writes: one of them may be a fact."""
    trees = [ast.parse(source) for source in code_of(chapter)]
    texts = [getattr(node, "value", None) for tree in trees for node in ast.walk(tree)]
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z0-9_]+", text)}


STATED = {name: named_in_code(name) for name in PLAN if name not in WITH_WORDS}
"""Until all chapters have words."""


@pytest.mark.parametrize("name", WITH_WORDS)
def test_every_name_in_braces_is_a_fact_of_the_chapter_or_of_one_that_it_reads(name):
    assert problems_of_words(name, folders(), PLAN, STATED) == []


@pytest.mark.parametrize("name", PLAN)
def test_prose_quotes_facts_in_the_three_forms_and_no_other(name):
    cells = list(prose(folders().source(name)))
    assert [misquoted(text) for _, text in cells if misquoted(text)] == []
    assert not cells or name in WITH_WORDS, "prose with facts needs words that declare them"


def shown_by(name):
    found = r'chapter\.(?:show|foot_of)\(\s*"([\w-]+)"'
    return [key for source in code_of(name) for key in re.findall(found, source)]


@pytest.mark.parametrize("name", WITH_WORDS)
def test_what_is_shown_is_what_the_words_describe_and_the_reverse(name):
    assert sorted(shown_by(name)) == sorted(words_of(name).montre)


@pytest.mark.parametrize("name", WITH_WORDS)
def test_what_has_the_foot_of_another_entry_is_shown_just_before_it(name):
    entries, keys = words_of(name).montre, shown_by(name)
    for key, after in pairwise([*keys, ""]):
        own = entries[key].pied
        assert not own or after == own or entries[after].pied == own, key


@pytest.fixture
def planted(tmp_path):
    """Return what puts a fault in a copy of a notebook or of its words, and says what is told."""

    def plant(suffix, right, wrong):
        shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
        path = notebook_of(tmp_path, "examen").with_suffix(suffix)
        text = path.read_text(encoding="utf-8")
        assert right in text
        path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
        return "\n".join(map(str, problems_of_words("examen", folders(tmp_path), PLAN, STATED)))

    return plant


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("{moins_couvert}", "{moins_couver}", "montre.connus.lecture : lu « moins_couver »"),
        ("fait: nb_iris", "fait: nb_iri", "clé montre.connus.fait : lu « nb_iri »"),
        ("score.nb_iris", "score.nb_iriss", "clé faits.nb_indicateurs.de"),
        ("score.nb_iris", "chiffres.nb_iris", "lu « chiffres.nb_iris »"),
    ],
)
def test_an_unknown_name_in_the_words_is_told_with_its_key_and_the_nearest_fact(
    planted, right, wrong, told
):
    said = planted(".yml", right, wrong)
    assert "notebooks/etat_des_lieux/examen.yml" in said and told in said
    assert "vouliez-vous" in said or "chiffres" in said


def test_an_unknown_name_in_prose_is_told_with_its_cell(planted):
    cell = '"chapter.points(*sentences.takeaways(chapter.facts))"'
    said = planted(".ipynb", cell, f'"{PROSE}\\n", "- Il y a {{nb_iri}} IRIS."')
    assert "notebooks/etat_des_lieux/examen.ipynb — cellule examen-08 : lu « nb_iri »" in said
    assert "vouliez-vous « nb_iris » ?" in said


def test_a_dataset_or_a_schema_that_there_is_not_is_told(planted):
    said = planted(".yml", "fait: nb_iris", "publie: score_iri\n    sources: [bpe]")
    assert "clé montre.connus.sources : lu « bpe »" in said
    assert "clé montre.connus.publie : lu « score_iri »" in said


def test_a_column_of_a_published_table_is_described_once(planted):
    said = planted(".yml", "fait: nb_iris", "publie: couverture_indicateurs\n    fait: nb_iris")
    assert "clé montre.connus.colonnes.part_population.libelle" in said
    assert "décrite une seule fois" in said
