"""Do notebooks that nbval checks at the same time each have a kernel that no other can disturb?"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from types import SimpleNamespace

import nbformat.v4
import pytest
from nbval import kernel

from diagalim.pipeline import forked_kernel
from diagalim.workspace.paths import project_root


class Asked:
    """What pytest gives to the project's `conftest.py` when one of its options is given."""

    def __init__(self, option: str, add_cleanup) -> None:
        self.asked, self.add_cleanup = option, add_cleanup
        self.option = SimpleNamespace(nbval_kernel_name=None)

    def getoption(self, name: str, default: object = None) -> object:
        return name == self.asked or default


@pytest.fixture
def chosen(monkeypatch) -> list[bool]:
    """Return a list that grows when copied kernels are chosen, which other tests must not find."""
    calls = []
    monkeypatch.setattr(forked_kernel, "choose_provisioner", lambda: calls.append(True))
    return calls


@pytest.fixture
def configured(request, monkeypatch, chosen):
    """Return what lets the project's `conftest.py` prepare a run with an option."""
    monkeypatch.setattr(kernel, "KernelManager", kernel.KernelManager)
    place = importlib.util.spec_from_file_location("of_project", project_root() / "conftest.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return lambda option: module.pytest_configure(Asked(option, request.addfinalizer))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no sockets that are files")
@pytest.mark.parametrize("option", ["nbval", "nbval_lax"])
def test_kernels_of_nbval_answer_by_files_of_their_own(option, configured, chosen):
    configured(option)
    assert chosen == [True]
    both = [kernel.RunningKernel("python3") for _ in range(2)]
    try:
        assert [one.km.transport for one in both] == ["ipc", "ipc"]
        assert len({one.km.connection_file for one in both}) == 2
        for one in both:
            assert one.kc.execute_interactive("1 + 1", timeout=300)["content"]["status"] == "ok"
    finally:
        for one in both:
            one.stop()


def test_other_runs_keep_the_kernels_of_nbval(configured, chosen):
    before = kernel.KernelManager
    configured("verbose")
    assert kernel.KernelManager is before
    assert chosen == []


def test_figures_are_drawn_where_nbval_checks_a_notebook(tmp_path):
    """A copied kernel that draws nothing would let every cell with a figure pass."""
    cell = nbformat.v4.new_code_cell(
        "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots(figsize=(6.4, 4.8))",
        execution_count=1,
        outputs=[
            nbformat.v4.new_output(
                "display_data", {"text/plain": "<Figure size 640x480 with 1 Axes>"}
            )
        ],
    )
    file = tmp_path / "figure.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), file)
    words = [sys.executable, "-m", "pytest", "--nbval", str(file), "-p", "conftest", "-q"]
    words += ["-p", "no:cacheprovider", "--rootdir", str(project_root())]
    done = subprocess.run(
        words, cwd=project_root(), capture_output=True, text=True, check=False, timeout=900
    )
    assert "1 passed" in done.stdout, done.stdout
