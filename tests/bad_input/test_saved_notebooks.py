"""Kind: a notebook that another editor saved, with its own kernel, or none, in the metadata."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from nbformat import v4

from diagalim.pipeline.kernel import run_notebook
from diagalim.workspace.paths import project_root

PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}
SAVED = {
    "conda": {"kernelspec": {**PYTHON, "name": "conda-env-diag-py"}},
    "venv": {"kernelspec": {**PYTHON, "name": ".venv", "display_name": ".venv (3.13.1)"}},
    "sans_noyau": {},
    "sans_langue": {"kernelspec": {"name": "diag", "display_name": "Étude (copie)"}},
    "autre_version": {
        "kernelspec": PYTHON,
        "language_info": {"name": "python", "version": "3.8.2", "pygments_lexer": "ipython3"},
    },
    "vieille_langue": {"kernelspec": {**PYTHON, "name": "py39"}, "language_version": "3.9"},
}


@pytest.fixture
def notebooks(tmp_path):
    """Write a notebook for each way of saving it: a parameter, and the Python that runs it."""
    for name, metadata in SAVED.items():
        cells = [
            v4.new_code_cell("seuil = 1", metadata={"tags": ["parameters"]}),
            v4.new_code_cell("import sys\nprint(sys.executable, seuil)"),
        ]
        book = v4.new_notebook(cells=cells, metadata=nbformat.from_dict(metadata))
        nbformat.write(book, tmp_path / f"{name}.ipynb")
    return tmp_path


def test_each_passes_with_the_command_of_the_readme(notebooks):
    words = ["--nbval-lax", str(notebooks), "-p", "conftest", "-p", "no:cacheprovider", "-q"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, "-n0", "--rootdir", str(project_root())],
        cwd=project_root(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert f"{2 * len(SAVED)} passed" in done.stdout, done.stdout


@pytest.mark.parametrize("name", SAVED)
def test_each_runs_in_a_build_with_its_parameters(name, notebooks):
    target = notebooks / "execute.ipynb"
    run_notebook(
        notebooks / f"{name}.ipynb", target, {"seuil": 7}, notebooks, notebooks / "noyau.log"
    )
    said = nbformat.read(target, as_version=4).cells[-1].outputs[0].text
    assert said.split() == [sys.executable, "7"]
