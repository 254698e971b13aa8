"""Before which notebooks does a replay forget all that was computed? Those with such a file beside.

A plugin of pytest: the notebooks of every case are replayed by one process of tests, whose kernels
are copies of one process that waits.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

SUFFIX = ".oubli"
"""Of the empty file beside a notebook that is to be replayed as on a fresh copy of the project."""


@pytest.hookimpl(tryfirst=True)  # before the kernel of the notebook starts
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Drop the build when the first cell of such a notebook comes, once."""
    mark = item.path.with_suffix(SUFFIX)
    if mark.is_file():
        mark.unlink()
        shutil.rmtree(Path(os.environ["DIAGALIM_ROOT"]) / "_build" / os.environ["OUBLIER"])
