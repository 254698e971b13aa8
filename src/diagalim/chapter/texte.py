"""How is prose that quotes facts written in a notebook? As Markdown, in a cell that opens on
``%%texte``.

A paragraph or a point of a list that quotes a fact marked ``parfois``, here or by a chapter
upstream, which this run did not state, is left out: no sentence is cut, and no cell holds a
condition.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from IPython import get_ipython
from IPython.display import Markdown, display

from diagalim.chapter.quoting import Quotable
from diagalim.settings.words import ChapterWords
from diagalim.wording import french
from diagalim.wording.quotes import quoted

MAGIC = "texte"
POINT = re.compile(r"\n(?=- )|\n\s*\n")
"""What parts the blocks of a text: an empty line, or the dash of a point."""


def register(show: Callable[[str], None]) -> None:
    """Let the cells of the running notebook begin with ``%%texte``; nothing outside of a notebook.

    Parameters
    ----------
    show : callable
        Shows the text of a cell.
    """
    shell = get_ipython()
    if shell is not None:
        shell.register_magic_function(lambda line, cell: show(cell), "cell", MAGIC)


def show_text(text: str, words: ChapterWords, quotable: Quotable) -> None:
    """Show Markdown, each ``{id}`` replaced by its fact, without the blocks that have no fact.

    Parameters
    ----------
    text : str
        Body of the cell.
    words : ChapterWords
        Say which facts a run may lack.
    quotable : Quotable
        The facts.
    """
    kept = told(text, words, quotable)
    if kept:
        display(Markdown(quotable.fill(kept, french.markdown_text)))


def told(text: str, words: ChapterWords, quotable: Quotable) -> str:
    """Return a text without the blocks that quote a fact which is not there this time."""
    parts = re.split(f"({POINT.pattern})", text.strip("\n"))
    kept, joint = "", ""
    for block, before in zip(parts[::2], ["", *parts[1::2]], strict=True):
        joint = max(joint, before, key=lambda between: between.count("\n"))
        if not any(lacking(name, words, quotable) for name in quoted(block)):
            kept, joint = f"{kept}{joint if kept else ''}{block}", ""
    return kept


def lacking(name: str, words: ChapterWords, quotable: Quotable) -> bool:
    """Tell whether a fact that a run may go without, here or upstream, was not stated this time."""
    optional = name not in words.always() if words.fact(name) else quotable.may_lack(name)
    return optional and name not in quotable
