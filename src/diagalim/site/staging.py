"""What Sphinx reads for one territory: the book's sources with each notebook already computed."""

from __future__ import annotations

import html
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from diagalim.site.cleaned_notebook import write_whole
from diagalim.site.vendor import copy_widget_modules
from diagalim.wording.failures import BuildFailure
from diagalim.workspace.folders import Folders
from diagalim.workspace.notebooks import page_of
from diagalim.workspace.results import DOWNLOADS

NOT_COMPUTED = "non-calcule"
"""Tag of the cell « Chapitre non calculé : lancez `make report` » of a source notebook."""

HIDDEN_CODE, NO_CODE = "hide-input", "remove-input"
STATIC = "statique"
COPIED = "tel_quel"
"""Folder of what Sphinx copies to the root of the site as it is."""


@dataclass(frozen=True)
class SiteFacts:
    """What the pages of one territory say besides their chapters.

    Parameters
    ----------
    title : str
        Title of the site.
    nature : str
        ``officiel`` or ``synthétique``.
    foot : tuple of str
        Lines of the page foot: edition, date of data, version of the code.
    banner : str
        Warning at the top of every page, on screen and on paper; empty when there is none.
    reminder : str
        Two words of it that stay in sight while a reader scrolls.
    """

    title: str
    nature: str
    foot: tuple[str, ...]
    banner: str = ""
    reminder: str = ""


def stage(folders: Folders, chapters: list[str], facts: SiteFacts) -> None:
    """Make the source tree of the book of one territory.

    Parameters
    ----------
    folders : Folders
        Folders of the build.
    chapters : list of str
        Notebooks that were executed.
    facts : SiteFacts
        Title, nature and page foot.
    """
    target = folders.staged
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    shutil.copyfile(folders.root / "_toc.yml", target / "_toc.yml")
    shutil.copytree(folders.root / "book", target / "book")
    for chapter in chapters:
        notebook = json.loads(folders.copy(chapter).read_text(encoding="utf-8"))
        place = target / f"{page_of(folders.root, chapter)}.ipynb"
        write_whole(place, staged(notebook))
    stage_downloads(folders, chapters)
    vendor = target / STATIC / "vendor"
    shutil.copytree(folders.vendor, vendor)
    copy_widget_modules(vendor)
    settings = yaml.safe_load((folders.root / "_config.yml").read_text(encoding="utf-8"))
    text = yaml.safe_dump(territory_settings(settings, facts), allow_unicode=True, sort_keys=False)
    (target / "_config.yml").write_text(text, encoding="utf-8")


def stage_downloads(folders: Folders, chapters: list[str]) -> None:
    """Gather the files that chapters give to readers in one folder of the site.

    Raises
    ------
    BuildFailure
        When two chapters give a file of one name.
    """
    place = folders.staged / COPIED / DOWNLOADS
    place.mkdir(parents=True)
    for chapter in chapters:
        for file in sorted((folders.results / chapter / DOWNLOADS).glob("*")):
            if (place / file.name).exists():
                raise BuildFailure(
                    f"Deux chapitres donnent à télécharger un fichier nommé {file.name}, dont "
                    f"{chapter}. À faire : changer l'un des noms."
                )
            shutil.copyfile(file, place / file.name)


def staged(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return an executed notebook as the book is made of it."""
    return fold(with_feet_apart(without_warning(notebook)))


def with_feet_apart(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook where what a cell shows under its figure has a cell of its own.

    MyST-NB puts each thing that such a cell shows in a figure, under the same caption and name.
    """
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        outputs = cell.get("outputs", [])
        under = outputs[1:] if cell["metadata"].get("mystnb", {}).get("figure") else []
        cells.append({**cell, "outputs": outputs[:1]} if under else cell)
        if under:
            # its code stays, unseen: MyST-NB shows nothing of a cell without any
            foot = {"metadata": {"tags": [NO_CODE]}, "outputs": under}
            cells.append({**cell, **foot, "id": f"{cell['id'][:59]}-pied"})
    return {**notebook, "cells": cells}


def without_warning(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook without the cell that says that it was not computed."""
    kept = [c for c in notebook["cells"] if NOT_COMPUTED not in c["metadata"].get("tags", [])]
    return {**notebook, "cells": kept}


def fold(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook where hidden cells that only prepare join the hidden cell that follows.

    A notebook keeps one idea a cell; on the page seven links « Afficher le code » in a row would
    push the first sentence off a phone's screen.
    """
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        if cells and _only_prepares(cells[-1]) and _hides_code(cell):
            before = cells.pop()
            cell = {**cell, "source": f"{_text(before)}\n\n{_text(cell)}"}
        cells.append(cell)
    return {**notebook, "cells": cells}


def _hides_code(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] == "code" and set(cell["metadata"].get("tags", [])) == {HIDDEN_CODE}


def _only_prepares(cell: dict[str, Any]) -> bool:
    return _hides_code(cell) and not cell["outputs"]


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def territory_settings(settings: dict[str, Any], facts: SiteFacts) -> dict[str, Any]:
    """Return the settings of the book with what belongs to one territory."""
    config = dict(settings["sphinx"]["config"])
    config["html_static_path"] = [*config["html_static_path"], STATIC]
    config["html_extra_path"] = [*config.get("html_extra_path", []), COPIED]
    # the reminder is there where nothing shown is real, under the code of a real department too
    config["diagalim_made_up"] = facts.nature == "synthétique" or bool(facts.reminder)
    config["diagalim_banner"] = facts.banner
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in facts.foot)
    # the theme puts the title beside its logo as it comes, everywhere else it escapes it
    logo = {"text": html.escape(facts.title, quote=False)}
    options = {**config.get("html_theme_options", {}), "logo": logo}
    config["html_theme_options"] = options
    page = {"extra_footer": f'<div class="pied-rapport">{lines}</div>'}
    if facts.banner:
        page["announcement"] = html.escape(facts.banner)
    if facts.reminder:
        config["html_context"] = {**config.get("html_context", {}), "rappel": facts.reminder}
        options["article_header_start"] = ["toggle-primary-sidebar.html", "rappel.html"]
    return {
        **settings,
        "title": facts.title,
        "html": {**settings["html"], **page},
        "sphinx": {**settings["sphinx"], "config": config},
    }


def staged_files(root: Path) -> list[Path]:
    """Return the files of the project that the book is made of, notebooks apart."""
    pages = [file for file in sorted((root / "book").rglob("*")) if file.is_file()]
    return [root / "_config.yml", root / "_toc.yml", *pages]
