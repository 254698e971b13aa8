"""What a reader or a user sees of the run of a notebook: no hour, no path, no stack trace."""

from __future__ import annotations

import json
import os

import pytest
from nbclient.exceptions import DeadKernelError

from diagalim.pipeline.execution import ChapterJob, run_chapter
from diagalim.pipeline.kernel import run_notebook
from diagalim.site.cleaned_notebook import clean, write_whole
from diagalim.site.staging import SiteFacts, fold, territory_settings, without_warning
from diagalim.wording.failures import BuildFailure

EXECUTED = {
    "cells": [
        {
            "cell_type": "code",
            "metadata": {
                "tags": ["injected-parameters"],
                "papermill": {"duration": 0.1, "start_time": "2025-11-21T03:00:00"},
            },
            "outputs": [],
            "source": 'territoire = "13"',
        },
        {
            "cell_type": "code",
            "metadata": {
                "tags": ["hide-input"],
                "execution": {"iopub.execute_input": "2025-11-21T03:00:01Z"},
                "mystnb": {"image": {"alt": "Carte"}},
            },
            "outputs": [
                {
                    "output_type": "stream",
                    "name": "stderr",
                    "text": "Matplotlib is building the font cache; this may take a moment.\n",
                }
            ],
            "source": "1",
        },
    ],
    "metadata": {
        "kernelspec": {"name": "python3"},
        "papermill": {"input_path": "/ailleurs/x.ipynb"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


def test_injected_parameters_are_hidden_from_readers():
    assert clean(EXECUTED)["cells"][0]["metadata"] == {
        "tags": ["injected-parameters", "remove-cell"]
    }


def test_hours_durations_and_paths_are_dropped():
    text = json.dumps(clean(EXECUTED))
    assert "2025-11-21" not in text and "ailleurs" not in text and "duration" not in text


def test_tags_captions_and_widgets_are_kept():
    cleaned = clean(EXECUTED)
    assert cleaned["cells"][1]["metadata"]["mystnb"] == {"image": {"alt": "Carte"}}
    assert "widgets" in cleaned["metadata"]


def test_font_cache_of_a_new_machine_is_no_message():
    assert clean(EXECUTED)["cells"][1]["outputs"] == []


def test_copy_is_compact_and_whole(tmp_path):
    write_whole(tmp_path / "copie.ipynb", clean(EXECUTED))
    text = (tmp_path / "copie.ipynb").read_text(encoding="utf-8")
    assert "\n " not in text and json.loads(text)["nbformat"] == 4
    assert [file.name for file in tmp_path.iterdir()] == ["copie.ipynb"]


def test_cell_not_computed_is_left_out_of_the_book():
    cells = [{"metadata": {"tags": ["non-calcule"]}}, {"metadata": {}}]
    assert without_warning({"cells": cells})["cells"] == [{"metadata": {}}]


def hidden(source, outputs=(), tags=("hide-input",)):
    metadata = {"tags": list(tags)}
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "outputs": list(outputs),
    }


def test_hidden_cells_that_only_prepare_join_the_next_one():
    shown = [{"output_type": "stream", "name": "stdout", "text": "1"}]
    cells = [hidden("a = 1"), hidden("b = 2"), hidden("print(a)", shown), hidden("c = 3")]
    folded = fold({"cells": cells})["cells"]
    assert [cell["source"] for cell in folded] == ["a = 1\n\nb = 2\n\nprint(a)", "c = 3"]
    assert folded[0]["outputs"] == shown


def test_text_and_parameters_keep_hidden_cells_apart():
    text = {"cell_type": "markdown", "metadata": {}, "source": "Texte"}
    injected = hidden("x", tags=("injected-parameters", "remove-cell"))
    cells = [hidden("a"), text, hidden("b"), injected, hidden("c")]
    assert fold({"cells": cells})["cells"] == cells


def test_page_foot_is_escaped():
    settings = {"sphinx": {"config": {"html_static_path": []}}, "html": {}}
    staged = territory_settings(settings, SiteFacts("Titre", "officiel", ("<b>1</b>",)))
    assert "&lt;b&gt;" in staged["html"]["extra_footer"]


@pytest.fixture
def real_run(toy, monkeypatch):
    """Return a function that runs one chapter in a real kernel."""
    monkeypatch.undo()
    monkeypatch.setenv("DIAGALIM_ROOT", str(toy.root))
    job = ChapterJob(toy.root, "99", "depart", {"territoire": "01", "seuil": 3}, ())
    return lambda: run_chapter(job)


def test_codes_stay_text_in_the_kernel(toy, real_run):
    toy.rewrite("depart", "json.dumps(seuil * 10)", "json.dumps([territoire, seuil])")
    real_run()
    result = toy.folders.results / "depart" / "depart.json"
    assert json.loads(result.read_text(encoding="utf-8")) == ["01", 3]


def test_failing_cell_is_named_without_stack_trace(toy, real_run):
    toy.rewrite("depart", "seuil * 10", "seuil / 0")
    with pytest.raises(BuildFailure) as failed:
        real_run()
    assert str(failed.value).startswith(
        "Le chapitre depart s'est arrêté, cellule 3 : ZeroDivisionError : division by zero"
    )
    assert "Traceback" not in str(failed.value)


def test_wrong_input_reaches_the_user_as_its_french_message(toy, real_run):
    raised = (
        "from diagalim.wording.problems import InputError, Problem\\n"
        "raise InputError([Problem('x.csv', 'ligne 2', 'abc', 'un nombre', 'corriger')])"
    )
    toy.rewrite("depart", "seuil = 1  # un seuil", f"seuil = 1\\n{raised}")
    with pytest.raises(BuildFailure, match="x.csv — ligne 2 : lu « abc »") as failed:
        real_run()
    assert "InputError" not in str(failed.value)


def test_message_on_the_error_stream_stops_the_chapter(toy, real_run):
    toy.rewrite("depart", "seuil = 1  # un seuil", "import warnings\\nwarnings.warn('attention')")
    with pytest.raises(BuildFailure, match=r"cellule 1 : message sur la sortie d'erreur"):
        real_run()


def fake_papermill(monkeypatch, errors):
    """Make papermill raise these errors one after the other, then succeed; return its calls."""
    calls = []

    def execute_notebook(*words, **options):
        calls.append(options)
        if errors:
            raise errors.pop(0)

    monkeypatch.setattr("papermill.execute_notebook", execute_notebook)
    return calls


def test_kernel_that_did_not_start_is_tried_once_more(tmp_path, monkeypatch):
    late = RuntimeError("Kernel didn't respond in 60 seconds")
    calls = fake_papermill(monkeypatch, [late])
    run_notebook(tmp_path / "a.ipynb", tmp_path / "b.ipynb", {}, tmp_path, tmp_path / "log")
    assert len(calls) == 2


def test_kernel_that_never_starts_is_said_in_french(tmp_path, monkeypatch):
    late = RuntimeError("Kernel didn't respond in 60 seconds")
    fake_papermill(monkeypatch, [late, late])
    with pytest.raises(BuildFailure, match="n'a pas démarré"):
        run_notebook(tmp_path / "a.ipynb", tmp_path / "b.ipynb", {}, tmp_path, tmp_path / "log")


def test_kernel_that_dies_is_not_run_again(tmp_path, monkeypatch):
    calls = fake_papermill(monkeypatch, [DeadKernelError("Kernel died")])
    with pytest.raises(BuildFailure, match="faute de mémoire"):
        run_notebook(tmp_path / "a.ipynb", tmp_path / "b.ipynb", {}, tmp_path, tmp_path / "log")
    assert len(calls) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no connection by files")
def test_kernels_do_not_share_ports(tmp_path, monkeypatch):
    calls = fake_papermill(monkeypatch, [])
    run_notebook(tmp_path / "a.ipynb", tmp_path / "b.ipynb", {}, tmp_path, tmp_path / "log")
    assert calls[0]["config"].KernelManager.transport == "ipc"
