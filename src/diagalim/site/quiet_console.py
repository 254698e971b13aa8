"""Which scripts of others talk in the console of a reader, and how are they made to keep quiet?

The theme tells how it goes on every page: which colours it chose, how far it scrolled, how many
buttons it added. A reader who opens the console to see whether the page asks another host must find
it empty, and a message that matters must not be lost among others. What is an error or a warning is
left as it is.

It earns its place: with their words put back, the 36 pages of the fictitious department say 104
messages as they open, none as published (``benchmarks/console_words.py``; pydata-sphinx-theme
0.16.1, sphinx-book-theme 1.2.0).
"""

from __future__ import annotations

import re
from pathlib import Path

from diagalim.site.page_weight import renew_address
from diagalim.wording.failures import BuildFailure

TALKATIVE = (
    "_static/scripts/pydata-sphinx-theme.js",
    "_static/scripts/sphinx-book-theme.js",
    "_static/togglebutton.js",
    "search.html",
)
"""What the theme and its extensions write more in than errors and warnings; a script stands in the
page of the search itself."""
CHATTER = re.compile(r"\bconsole\.(?:log|info|debug)\b")
NOTHING = "Function.prototype"
"""A function of every browser that takes anything, does nothing and returns nothing."""


def silence(site: Path) -> None:
    """Take out of the scripts of a site what they tell the console, errors and warnings apart.

    Parameters
    ----------
    site : Path
        Root of the site; its scripts are changed, and their addresses in its pages.

    Raises
    ------
    BuildFailure
        When one of them is not there, or says nothing: the theme changed, others may talk instead.
    """
    for name in TALKATIVE:
        script = Path(site, name)
        text = script.read_text(encoding="utf-8") if script.is_file() else ""
        quiet, places = CHATTER.subn(NOTHING, text)
        if not places:
            raise BuildFailure(
                f"Le fichier {name} du site {'manque' if not text else 'ne parle plus'} : le thème "
                "a changé. À faire : chercher dans la console du navigateur ce qui y est écrit à "
                "l'ouverture de chaque page, et revoir la liste TALKATIVE de "
                "src/diagalim/site/quiet_console.py."
            )
        script.write_text(quiet, encoding="utf-8", newline="")
        renew_address(site, name)
