"""Which figures does this edition hand out: those that the chapters kept, with caption and foot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagalim.downloads.licences import OWN_LICENCE
from diagalim.downloads.notice import FICTITIOUS
from diagalim.downloads.offered import MAKER, SYNTHETIC, stem_of
from diagalim.downloads.picture import with_foot
from diagalim.wording import french
from diagalim.workspace.notebooks import notebook_of
from diagalim.workspace.paths import project_root

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter


@dataclass(frozen=True)
class Picture:
    """One figure to take away.

    Parameters
    ----------
    page : str
        Notebook that shows it.
    name : str
        Name of its cell.
    caption : str
        What it shows.
    file : str
        Name of the file.
    png : bytes
        Caption, figure and foot in one image.
    """

    page: str
    name: str
    caption: str
    file: str
    png: bytes


def pictures(chapter: Chapter) -> list[Picture]:
    """Return the figures of the chapters that are read, in the order of the pages."""
    head = FICTITIOUS if chapter.territory.nature == SYNTHETIC else ""
    edition = french.edition(chapter.territory.edition)
    credit = f"{MAKER}, {chapter.territory.titre}, édition de {edition}. {OWN_LICENCE}."
    found = []
    for page in chapter.plan.lit:
        kept, said = chapter.figures_of(page), captions(page)
        for name in [name for name in said if name in kept]:
            file = f"{stem_of(chapter, name.removeprefix('fig-').replace('-', '_'))}.png"
            png = with_foot(kept[name], said[name], head, credit)
            found.append(Picture(page, name, said[name], file, png))
    return found


def captions(page: str) -> dict[str, str]:
    """Return the captions of the figures of a notebook, by name, from the metadata of its cells."""
    source = notebook_of(project_root(), page)
    cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
    figures = [cell["metadata"].get("mystnb", {}).get("figure") for cell in cells]
    return {figure["name"]: figure["caption"] for figure in figures if figure}
