"""How the staged sources become pages: Jupyter Book in its own process, every warning an error.

A warning of Sphinx is a link that leads nowhere or a figure without its number: readers would meet
it, so nothing is published with one.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from diagalim.wording.failures import BuildFailure
from diagalim.workspace.folders import Folders

COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")
NOTICED = re.compile(r"WARNING|ERROR|CRITICAL|AVERTISSEMENT|ERREUR|Exception|Error:", re.IGNORECASE)
SHOWN = 20
"""More warnings than this have mostly one cause."""


def typeset(folders: Folders) -> None:
    """Make the pages of the staged book in ``folders.made``.

    Raises
    ------
    BuildFailure
        When Sphinx warns or fails; lists the warnings.
    """
    shutil.rmtree(folders.made, ignore_errors=True)
    output = folders.build / "sphinx"
    shutil.rmtree(output, ignore_errors=True)
    done = subprocess.run(
        [
            sys.executable,
            *("-c", "from jupyter_book.cli.main import main; main()"),
            *("build", str(folders.staged), "--path-output", str(output)),
            *("-W", "-n", "--keep-going", "-q"),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"PYTHONUTF8": "1", "NO_COLOR": "1", "PYTHONHASHSEED": "0"},
        check=False,
    )
    if done.returncode:
        raise BuildFailure(explain(done.stdout + done.stderr, folders.staged))
    (output / "_build" / "html").replace(folders.made)
    shutil.rmtree(output)
    (folders.made / ".buildinfo").unlink(missing_ok=True)


def write_entrance(site: Path, title: str, first_page: str) -> None:
    """Write ``index.html``: leads to the first page, and says so where scripts and refresh are off.

    The one of Jupyter Book has neither title nor language, and browsers ask in vain for its icon.
    """
    address, name = html.escape(f"{first_page}.html"), html.escape(title)
    page = (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{name}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n'
        f'</head>\n<body><p><a href="{address}">{name}</a></p></body>\n</html>\n'
    )
    (site / "index.html").write_text(page, encoding="utf-8", newline="\n")


def explain(log: str, staged: Path) -> str:
    """Return the French message for a log of Sphinx: its warnings, with paths of the project."""
    plain = COLOUR_CODES.sub("", log).replace(f"{staged}{os.sep}", "")
    lines = plain.splitlines()
    noticed = [line for line in lines if NOTICED.search(line)] or lines[-SHOWN:]
    more = f"\n  … et {len(noticed) - SHOWN} autres" if len(noticed) > SHOWN else ""
    listed = "\n".join(f"  {line}" for line in noticed[:SHOWN])
    return (
        "Le livre n'a pas pu être mis en pages : Sphinx signale un problème dans les sources.\n"
        f"{listed}{more}\n"
        "À faire : corriger la page nommée, puis relancer."
    )
