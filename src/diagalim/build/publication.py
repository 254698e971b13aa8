"""How a new site takes the place of the old one: whole or not at all.

A folder cannot replace a folder in one step on every system. Between the two renames the old site
stands under another name; whoever comes next puts it back when the second rename never happened.
"""

from __future__ import annotations

import shutil

from diagalim.build.folders import Folders


def publish(folders: Folders) -> None:
    """Put the site that was made and checked in the place of the published one."""
    recover(folders)
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
