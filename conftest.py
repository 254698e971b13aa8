"""Start the kernels of the notebooks that nbval checks as a build starts its own.

nbval speaks with its kernels over TCP, on ports that each process of the tests picks and releases
before its kernel takes them: now and then one took a port of another, and a whole notebook failed
with « Kernel died ». A copied kernel has also imported what chapters need already.

A notebook saved in another editor names the kernel of that editor, which no other machine has: as
in a build, each runs under the Python of this environment.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Give nbval a manager of kernels of ours, where it is asked for."""
    if not (config.getoption("nbval", False) or config.getoption("nbval_lax", False)):
        return
    from jupyter_client.manager import KernelManager
    from nbval import kernel

    from diagalim.pipeline.forked_kernel import choose_provisioner
    from diagalim.pipeline.kernel import KERNEL, connection

    folders = tempfile.TemporaryDirectory(prefix="diagalim-")
    config.add_cleanup(folders.cleanup)

    def manager(**options: object) -> KernelManager:
        own = Path(tempfile.mkdtemp(dir=folders.name))
        return KernelManager(config=connection(own, Path(os.devnull)), **options)

    if not (config.getoption("nbval_current_env") or config.getoption("nbval_kernel_name")):
        config.option.nbval_kernel_name = KERNEL
    choose_provisioner()
    kernel.KernelManager = manager
