"""Where does the notebook of a chapter lie, and at which address is its page?

A chapter has one key. Its notebook and its words lie together in the folder of their part,
``notebooks/<part>/<key>.ipynb``: the tree says which, nothing else has to.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = "notebooks"


def all_notebooks(root: Path) -> list[Path]:
    """Return the source notebooks of a project, in the order of their keys.

    Parameters
    ----------
    root : Path
        The project.
    """
    found = [file for file in (root / FOLDER).rglob("*.ipynb") if file.parent.name[:1] != "."]
    return sorted(found, key=lambda file: file.stem)


def notebook_of(root: Path, chapter: str) -> Path:
    """Return the notebook of a chapter, or where one would be looked for when there is none.

    Parameters
    ----------
    root : Path
        The project.
    chapter : str
        Key of the chapter.
    """
    found = sorted((root / FOLDER).rglob(f"{chapter}.ipynb"))
    return found[0] if found else root / FOLDER / f"{chapter}.ipynb"


def words_beside(root: Path, chapter: str) -> Path:
    """Return where the words of a chapter are, or would be."""
    return notebook_of(root, chapter).with_suffix(".yml")


def page_of(root: Path, chapter: str) -> str:
    """Return the page of a chapter in the site, without ending: ``notebooks/offre/horaires``."""
    return notebook_of(root, chapter).relative_to(root).with_suffix("").as_posix()
