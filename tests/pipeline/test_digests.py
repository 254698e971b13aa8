"""A chapter rests on the code that it reaches, and on no other."""

from __future__ import annotations

import json

import pytest

from diagalim.pipeline.digests import digest, imported_by, own_digest, reached, undeclared


@pytest.fixture
def package(tmp_path):
    """Return the folder of a small package with one chain of imports and one stranger."""
    folder = tmp_path / "diagalim"
    for name, text in {
        "__init__.py": "",
        "score/__init__.py": "from diagalim.score.rank import rank\n",
        "score/rank.py": "from ..names import LABELS\nimport pandas\n",
        "names.py": "LABELS = {}\n",
        "stranger.py": "import diagalim.score\n",
        "map/__init__.py": "def draw():\n    from diagalim import names\n",
        "map/paint.js": "1",
        "map/js/legend.js": "1",
        "map/tiles/__init__.py": "",
        "map/tiles/tiles.css": "1",
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def test_imports_are_followed_through_the_package(package):
    names = set(reached(["diagalim.score"], package))
    assert names == {"diagalim", "diagalim.score", "diagalim.score.rank", "diagalim.names"}


def test_import_inside_a_function_counts(package):
    assert "diagalim.names" in reached(["diagalim.map"], package)


def test_edit_of_a_reached_module_changes_the_digest(package):
    before = digest(["diagalim.score"], package)
    (package / "diagalim" / "names.py").write_text("LABELS = {1: 2}\n", encoding="utf-8")
    assert digest(["diagalim.score"], package) != before


def test_edit_of_a_stranger_leaves_the_digest(package):
    before = digest(["diagalim.score"], package)
    (package / "diagalim" / "stranger.py").write_text("x = 1\n", encoding="utf-8")
    assert digest(["diagalim.score"], package) == before


def test_script_beside_a_package_counts_as_its_code(package):
    before = digest(["diagalim.map"], package)
    (package / "diagalim" / "map" / "paint.js").write_text("2", encoding="utf-8")
    assert digest(["diagalim.map"], package) != before


def test_script_in_a_plain_folder_of_a_package_counts_as_its_code(package):
    before = digest(["diagalim.map"], package)
    (package / "diagalim" / "map" / "js" / "legend.js").write_text("2", encoding="utf-8")
    assert digest(["diagalim.map"], package) != before


def test_style_of_a_package_inside_belongs_to_that_package_only(package):
    before, inside = (digest([name], package) for name in ("diagalim.map", "diagalim.map.tiles"))
    (package / "diagalim" / "map" / "tiles" / "tiles.css").write_text("2", encoding="utf-8")
    assert digest(["diagalim.map"], package) == before
    assert digest(["diagalim.map.tiles"], package) != inside


def test_unknown_module_is_named(package):
    with pytest.raises(ModuleNotFoundError, match="diagalim.ofer"):
        own_digest(["diagalim.ofer"], package)


def test_imports_of_a_notebook_are_read_past_its_magics(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": "import diagalim.map"},
        {"cell_type": "code", "source": "%matplotlib inline\nfrom diagalim.score import rank"},
    ]
    file = tmp_path / "carnet.ipynb"
    file.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert imported_by(file) == ["diagalim.score", "diagalim.score.rank"]


def test_prose_cells_of_a_notebook_are_not_read_as_python(tmp_path):
    cells = ["import diagalim.score", "%%texte\n- L'Insee compte **{nb}** commerces (ici"]
    made = [{"cell_type": "code", "source": cell} for cell in cells]
    file = tmp_path / "carnet.ipynb"
    file.write_text(json.dumps({"cells": made}), encoding="utf-8")
    assert imported_by(file) == ["diagalim.score"]


def test_import_outside_of_the_declared_modules_is_found():
    names = ["diagalim.score.rank", "diagalim.scores", "diagalim.map"]
    assert undeclared(names, ["diagalim.score", "diagalim.map"]) == ["diagalim.scores"]


def test_own_digest_looks_at_the_named_modules_only(package):
    before = own_digest(["diagalim.score.rank"], package)
    (package / "diagalim" / "names.py").write_text("LABELS = {1: 2}\n", encoding="utf-8")
    assert own_digest(["diagalim.score.rank"], package) == before
