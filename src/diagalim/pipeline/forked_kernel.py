"""How does a kernel start without importing again what the last one had imported?

Most of the time of a short chapter went into importing pandas, geopandas and matplotlib. A process
that has imported them waits beside each worker (the fork server of multiprocessing) and every
kernel starts as a copy of it: same code, nothing computed, nothing read. Where copying a process is
not safe (Windows, macOS) kernels start as usual, and give the same results.

It earns its place: a whole build of the fictitious department takes 32 to 40 % less work over three
rounds, 122 seconds of processor in the middle one where kernels of their own take 180
(``benchmarks/engine_parts.py``; jupyter_client 8.10.0, ipykernel 7.4.0).

Reference: the kernel provisioners of jupyter_client, the place it leaves for other ways to start.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import Unicode

NAME = "diagalim-copie"
MODULE = "ipykernel_launcher"
"""What the command of a kernel names before the words for the kernel itself."""
USUAL = "local-provisioner"
INLINE = "module://matplotlib_inline.backend_inline"
"""Where matplotlib draws in a notebook; a kernel asks for it before it imports matplotlib."""

IMPORTED = (
    "diagalim.pipeline.forked_kernel",
    "loky",  # its workers ask a copy to start further processes as they do: it must know how
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "diagalim.chapter.chapter",
    "diagalim.chapter.maps",
    "diagalim.chapter.theme",
    "scipy.stats",
)
"""What nearly every chapter imports; the rest would weigh on the memory of those that do not."""


class CopiedProcess:
    """A copy of the process that waits, with what `LocalProvisioner` asks of a ``Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, command: Sequence[str], settings: dict[str, str], folder: str, log: str):
        context = multiprocessing.get_context("forkserver")
        self._process = context.Process(target=_be_kernel, args=(command, settings, folder, log))
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        self._process.join(0)
        return self._process.exitcode

    def wait(self) -> int | None:
        """Wait for its end and return its exit code."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None and self.pid is not None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class CopiedKernel(LocalProvisioner):
    """Starts kernels as copies of a process that has imported what they need."""

    log_file = Unicode(os.devnull, help="Where the kernel's own messages go.").tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Start the kernel; the command is that of the kernel's specification."""
        words = cmd[cmd.index(MODULE) + 1 :]
        folder = str(kwargs.get("cwd") or Path.cwd())
        settings = dict(kwargs.get("env") or os.environ)
        self.process = CopiedProcess(words, settings, folder, self.log_file)
        # it leads a group of its own as soon as it runs: signals go to whatever it starts too
        self.pid = self.pgid = self.process.pid
        return self.connection_info


def can_copy() -> bool:
    """Return whether kernels may start as copies of a process, on this system and in this one."""
    return sys.platform == "linux" and not multiprocessing.current_process().daemon


def choose_provisioner() -> None:
    """Make the next kernels of this process start as copies where that is safe."""
    factory = KernelProvisionerFactory.instance()
    if can_copy():
        # it imports while this process imports what runs the notebook
        forkserver.set_forkserver_preload(list(IMPORTED))
        with _drawing_in_notebooks():
            forkserver.ensure_running()
        place = f"{CopiedKernel.__module__}:{CopiedKernel.__qualname__}"
        factory.provisioners[NAME] = EntryPoint(NAME, place, factory.GROUP_NAME)
    factory.default_provisioner_name = NAME if can_copy() else USUAL


@contextmanager
def _drawing_in_notebooks() -> Iterator[None]:
    """Give the process that waits what a kernel sets for itself before it imports anything.

    Without it matplotlib, imported there, draws nothing in the cells of its copies.
    """
    asked = os.environ.get("MPLBACKEND")
    os.environ.setdefault("MPLBACKEND", INLINE)
    try:
        yield
    finally:
        if asked is None:
            del os.environ["MPLBACKEND"]


def _be_kernel(words: Sequence[str], settings: dict[str, str], folder: str, log: str) -> None:
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    os.environ.clear()
    os.environ.update(settings)
    os.chdir(folder)
    with Path(log).open("ab") as file:
        os.dup2(file.fileno(), 2)
    sys.argv = [MODULE, *words]
    asker = multiprocessing.parent_process()
    threading.Thread(target=_end_with, args=(asker,), daemon=True).start()
    IPKernelApp.launch_instance(argv=[*words, f"--IPKernelApp.parent_handle={asker.pid}"])


def _end_with(asker: Any) -> None:
    """End with the process that asked for this one, killed or not.

    A kernel looks at its parent for that. Ours is the process that waits, and it stays as long as
    one of its copies does.
    """
    asker.join()
    os._exit(1)
