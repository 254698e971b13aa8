"""Does a kernel that starts as a copy of another process give what a kernel of its own gives?"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from diagalim.pipeline import forked_kernel
from diagalim.pipeline.forked_kernel import CopiedProcess, can_copy, choose_provisioner
from diagalim.pipeline.kernel import run_notebook
from diagalim.site.cleaned_notebook import code_cells, not_shown
from diagalim.wording.failures import BuildFailure

from .conftest import notebook

COPIED = pytest.mark.skipif(sys.platform != "linux", reason="kernels are copied on Linux only")
DRAWN = "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1, 2]);"
SEEN = (
    "import os, sys\n"
    "seen = {'hash': hash('a'), 'folder': os.getcwd() == os.environ['DIAGALIM_ROOT'],\n"
    "        'left': 'planted' in globals(), 'main': __name__, 'words': sys.argv[0]}\n"
    "planted = 1\n"
    "print(seen['hash'], seen['folder'], seen['left'], seen['main'])"
)


@pytest.fixture
def executed(tmp_path, monkeypatch):
    """Return a function that runs cells in a kernel and gives the executed copy."""
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    monkeypatch.setenv("DIAGALIM_ROOT", str(tmp_path))
    monkeypatch.delenv("MPLBACKEND", raising=False)

    def run(*cells):
        source, target = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
        made = notebook([("parameters", "x = 1"), *(("code", cell) for cell in cells)])
        source.write_text(json.dumps(made), encoding="utf-8")
        run_notebook(source, target, {}, tmp_path, tmp_path / "noyau.log")
        return json.loads(target.read_text(encoding="utf-8"))

    return run


def outputs(copy):
    return [
        [{k: v for k, v in o.items() if k != "execution_count"} for o in cell["outputs"]]
        for cell in code_cells(copy)
    ]


def text_of(copy):
    return "".join(outputs(copy)[1][0]["text"])


@COPIED
def test_a_copy_gives_what_a_kernel_of_its_own_gives(executed, monkeypatch):
    copied = outputs(executed(SEEN, DRAWN))
    monkeypatch.setattr(forked_kernel, "can_copy", lambda: False)
    assert copied == outputs(executed(SEEN, DRAWN))
    assert any("image/png" in output.get("data", {}) for output in copied[-1])


@COPIED
def test_nothing_of_a_chapter_is_left_to_the_next(executed):
    first, second = (executed(SEEN) for _ in range(2))
    assert "False __main__" in text_of(first)
    assert text_of(first) == text_of(second)


@COPIED
def test_what_is_imported_beforehand_is_there_without_being_read_again(executed):
    seen = executed("import sys\nprint('geopandas' in sys.modules, 'sklearn' in sys.modules)")
    assert text_of(seen) == "True False\n"


@COPIED
def test_a_copy_that_is_killed_is_said_in_french(executed):
    with pytest.raises(BuildFailure, match="s'est arrêté de lui-même"):
        executed("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")


@COPIED
def test_a_copy_ends_with_the_process_that_asked_for_it(tmp_path):
    """A build that is killed leaves no kernel behind."""
    asker = multiprocessing.get_context("spawn").Process(
        target=ask_then_wait, args=(str(tmp_path),)
    )
    asker.start()
    name = tmp_path / "copie"
    assert eventually(name.exists)
    number = int(name.read_text(encoding="utf-8"))
    assert lives(number)
    os.kill(asker.pid, signal.SIGKILL)
    asker.join()
    assert eventually(lambda: not lives(number))


def ask_then_wait(folder):
    """Start a kernel, write its number, and wait to be killed."""
    place = Path(folder)
    words = ["-f", str(place / "noyau.json"), "--transport=ipc"]
    copy = CopiedProcess(words, dict(os.environ), folder, str(place / "journal"))
    assert eventually((place / "noyau.json").exists)
    (place / "copie.tmp").write_text(str(copy.pid), encoding="utf-8")
    (place / "copie.tmp").replace(place / "copie")
    time.sleep(120)


def lives(number):
    """Return whether a process runs; one that ended and waits to be noted does not."""
    try:
        said = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return said.rpartition(")")[2].split()[0] != "Z"


def eventually(holds, seconds=60):
    """Return whether something holds before long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_elsewhere_kernels_start_as_usual(executed, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not can_copy()
    choose_provisioner()
    from jupyter_client.provisioning import KernelProvisionerFactory

    factory = KernelProvisionerFactory.instance()
    assert factory.default_provisioner_name == forked_kernel.USUAL


def test_a_figure_that_is_kept_and_not_shown_is_found():
    cell = {"cell_type": "code", "metadata": {"mystnb": {"figure": {"name": "fig-un"}}}}
    image = {"output_type": "display_data", "data": {"image/png": "…"}}
    shown = {"cells": [cell | {"outputs": [image]}]}
    assert not_shown(shown, ["fig-un"]) == []
    assert not_shown(shown, ["fig-un", "fig-deux"]) == ["fig-deux"]
    assert not_shown({"cells": [cell | {"outputs": []}]}, ["fig-un"]) == ["fig-un"]
