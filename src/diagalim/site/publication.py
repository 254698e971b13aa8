"""How a new site takes the place of the old one: whole or not at all.

The new one is on the disk before it is seen. Linux swaps two folders in one step. Elsewhere it
takes two renames, and between them the old site stands under another name; whoever comes next puts
it back when the second rename never happened.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

from diagalim.workspace.folders import Folders
from diagalim.workspace.results import put_on_disk

HERE, EXCHANGE = -100, 2
"""``AT_FDCWD`` and ``RENAME_EXCHANGE`` of Linux (man 2 rename)."""


def publish(folders: Folders) -> None:
    """Put the site that was made and checked in the place of the published one."""
    recover(folders)
    put_on_disk(folders.made)
    if folders.site.exists() and _swap(folders.made, folders.site):
        shutil.rmtree(folders.made, ignore_errors=True)
        return
    if folders.site.exists():
        folders.site.replace(folders.previous)
    folders.made.replace(folders.site)
    shutil.rmtree(folders.previous, ignore_errors=True)


def recover(folders: Folders) -> None:
    """Put back the last good site when a publication was interrupted."""
    if not folders.previous.exists():
        return
    if folders.site.exists():
        shutil.rmtree(folders.previous)
    else:
        folders.previous.replace(folders.site)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False where the system cannot."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    return rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0
