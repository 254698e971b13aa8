"""How a notebook is given to a kernel: papermill, and what is said when the kernel fails."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from diagalim.wording.failures import BuildFailure

KERNEL, LANGUAGE = "python3", "python"
"""Of every notebook, whatever the editor that saved it wrote in it."""
ATTEMPTS = 2

LONGEST_SOCKET_NAME = 90
"""Unix sockets have names of 104 to 108 characters at most, of which some are added to ours."""

LOG_SHOWN = 600
"""Characters of the kernel's own log that are worth showing."""


def run_notebook(
    source: Path, target: Path, parameters: Mapping[str, Any], folder: Path, log: Path
) -> None:
    """Run a notebook with its parameters and write the executed copy.

    Parameters
    ----------
    source, target : Path
        The notebook, and where its executed copy goes.
    parameters : mapping
        Values given to it.
    folder : Path
        Working directory of its kernel.
    log : Path
        Where the kernel's own messages go.

    Raises
    ------
    papermill.exceptions.PapermillExecutionError
        When a cell fails.
    BuildFailure
        When the kernel dies, or does not start after two attempts.
    """
    # papermill takes a second to import: only the process that runs a chapter pays for it
    from diagalim.pipeline.forked_kernel import choose_provisioner

    choose_provisioner()
    from nbclient.exceptions import DeadKernelError
    from papermill import execute_notebook

    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _messages_in(log), tempfile.TemporaryDirectory(prefix="diagalim-") as own:
                execute_notebook(
                    str(source),
                    str(target),
                    parameters=dict(parameters),
                    kernel_name=KERNEL,
                    language=LANGUAGE,
                    cwd=str(folder),
                    progress_bar=False,
                    log_output=False,
                    config=connection(Path(own), log),
                )
            return
        except DeadKernelError:
            raise BuildFailure(
                f"Le noyau Python du carnet {source.stem} s'est arrêté de lui-même, souvent faute "
                "de mémoire. À faire : fermer d'autres programmes, puis relancer."
                f"{_tail(log)}"
            ) from None
        except RuntimeError as error:
            # nbclient says so with a plain RuntimeError, before any cell has run
            if "Kernel" not in str(error):
                raise
            if attempt == ATTEMPTS:
                raise BuildFailure(
                    f"Le noyau Python du carnet {source.stem} n'a pas démarré ({error}). "
                    f"À faire : relancer.{_tail(log)}"
                ) from None


def connection(folder: Path, log: Path) -> Any:
    """Return how to speak with a kernel: by files of its own where the system can.

    Over TCP each process picks free ports and releases them before its kernel takes them: of two
    chapters that start together one may take a port of the other, and its kernel never answers.
    The connection file must be named, or every kernel would use the same ``kernel-ipc``.

    Parameters
    ----------
    folder : Path
        Folder of that kernel alone; its name is short (`LONGEST_SOCKET_NAME`).
    log : Path
        Where the kernel's own messages go.

    Returns
    -------
    traitlets.config.Config
        For a kernel manager of jupyter_client.
    """
    from traitlets.config import Config

    file = folder / "noyau.json"
    config = Config({"CopiedKernel": {"log_file": str(log)}})
    if os.name != "nt" and len(str(file)) <= LONGEST_SOCKET_NAME:
        config.KernelManager.update({"transport": "ipc", "connection_file": str(file)})
    return config


def _tail(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace").strip() if log.is_file() else ""
    return f"\nMessages du noyau :\n{text[-LOG_SHOWN:]}" if text else ""


@contextmanager
def _messages_in(log: Path) -> Iterator[None]:
    """Send what kernels write outside of cells to a file: warnings of no use to the user.

    A kernel inherits the error stream of this process as the system knows it (descriptor 2), which
    replacing ``sys.stderr`` would not change.
    """
    kept = os.dup(2)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
