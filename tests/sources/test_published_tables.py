"""A table of ``data/publie`` is read cell by cell, and a comma too many moves none of them."""

from __future__ import annotations

import pytest

from diagalim.settings.plan import load_plan
from diagalim.sources.documents import FOLDER, read_published
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root


@pytest.fixture
def tables(tmp_path, monkeypatch):
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    monkeypatch.setattr("diagalim.sources.documents.project_root", lambda: tmp_path)
    return folder


@pytest.mark.parametrize(
    ("row", "cells"), [("a,b,c,d", 4), ("a,b", 2)], ids=["one too many", "one too few"]
)
def test_a_row_of_another_length_is_refused_with_its_line(row, cells, tables):
    (tables / "limites.csv").write_text(f'cle,un,deux\nx,"y, z",t\n{row}\n', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_published("limites")
    said = str(refused.value)
    assert f"{FOLDER}/limites.csv" in said and "ligne 3" in said
    assert f"{cells} cellules" in said and "guillemets" in said


def test_a_comma_between_quotation_marks_is_text(tables):
    (tables / "limites.csv").write_text('cle,un\nx,"y, z"\n', encoding="utf-8")
    assert read_published("limites").at["x", "un"] == "y, z"


NAMES = sorted(path.stem for path in (project_root() / FOLDER).glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_every_table_of_the_project_has_its_cells_under_their_columns(name):
    assert len(read_published(name, keyed=False))


def test_the_limits_stand_under_the_name_of_their_method():
    limits = read_published("limites")
    assert limits.at["score", "intitule"] == "Carte des risques par IRIS"
    assert set(limits["page"]) <= set(load_plan())
