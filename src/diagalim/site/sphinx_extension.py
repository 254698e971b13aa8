"""What the book needs that its settings cannot say: no other host, no dead script, no stray robot.

Sphinx extension, named in ``_config.yml``. It forbids every other host by a
Content-Security-Policy in each page, drops the scripts of sphinx-thebe (they point to a CDN and
nothing uses them), lightens the pages (`diagalim.site.page_weight`), asks search engines to stay
away from made-up data, prints the banner on every sheet of paper, and names what the theme lets
scroll without a name.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from diagalim.site.page_weight import keep_used_icons, widgets_beside
from diagalim.site.search import FoldedFrench, index_cells_apart

POLICY = "; ".join(
    (
        "default-src 'self'",
        # unsafe-eval: ipyleaflet compiles styles; blob: anywidget loads its modules from blobs
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
    )
)
TILES = "https://data.geopf.fr"
"""The one host that a page may offer its reader to ask, for the base map of IGN."""

ENGLISH_NAME = ' aria-label="Toggle hidden content"'
"""Put by myst-nb on what unfolds the code; without it, its French words are its name."""

SCROLLED = re.compile('<div class="pst-scrollable-table-container">')
"""Put by the theme around a table of the prose; the keyboard reaches it when it scrolls."""

THEBE = ("sphinx-thebe", "THEBE_JS_URL", "x-thebe-config")
MATHS = ("window.MathJax", "vendor/mathjax")
MAP_LINK, MAP_PAGE = "vers-carte", "notebooks/accueil/carte"
"""Class of a picture that leads to the interactive map, and the page of that map."""
FORMULA = 'class="math'


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.add_search_language(FoldedFrench)
    app.add_config_value("diagalim_made_up", False, "html", bool)
    app.add_config_value("diagalim_banner", "", "html", str)
    # after the theme and sphinx-thebe have added their own
    app.connect("html-page-context", shape_page, priority=900)
    app.connect("doctree-resolved", drop_thebe_settings, priority=900)
    app.connect("doctree-resolved", link_pictures)
    app.connect("builder-inited", index_cells_apart)
    app.connect("build-finished", remove_thebe)
    app.connect("build-finished", lighten_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def shape_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Put the policy into a page, take out the unused scripts and an English name."""
    scripts, state = widgets_beside(app.outdir, pagename, context["script_files"])
    context["script_files"] = scripts
    tags = [f'<meta http-equiv="Content-Security-Policy" content="{policy(state)}" />']
    if app.config.diagalim_made_up:
        tags.append('<meta name="robots" content="noindex" />')
    if app.config.diagalim_banner:
        tags.append(f"<style>{printed(app.config.diagalim_banner)}</style>")
    context["metatags"] = "".join(tags) + context.get("metatags", "")
    context["body"] = with_named_tables(context.get("body", "").replace(ENGLISH_NAME, ""))
    # the home page has no formula, and Sphinx gives it the script of formulas nonetheless
    unused = THEBE if FORMULA in context["body"] else (*THEBE, *MATHS)
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context[kind] if not _holds(file, unused)]


def policy(state: str) -> str:
    """Return what a page may load: images of the base map only where its widgets offer them."""
    return POLICY.replace("img-src 'self'", f"img-src 'self' {TILES}") if TILES in state else POLICY


def printed(banner: str) -> str:
    """Return the style that writes a banner in the top margin of every printed page.

    A fixed element would be simpler, and Chromium leaves it out of the last page.
    """
    quoted = banner.replace("\\", r"\\").replace('"', r"\"").replace("<", r"\3c ")
    box = f'@top-center {{ content: "{quoted}"; color: #3b2600; font-size: 9pt; }}'
    return f"@page {{ margin: 16mm 12mm 14mm; {box} }}"


def with_named_tables(body: str) -> str:
    """Return a page whose tables that scroll are regions with names of their own."""
    numbers = itertools.count(1)

    def named(found: re.Match[str]) -> str:
        return f'{found[0][:-1]} role="region" aria-label="Tableau du texte {next(numbers)}">'

    return SCROLLED.sub(named, body)


def drop_thebe_settings(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Take out of a page the settings that sphinx-thebe writes into it."""
    for node in list(doctree.findall(nodes.raw)):
        if any(mark in node.astext() for mark in THEBE):
            node.parent.remove(node)


def link_pictures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make of each still map that says so in its notebook a link to the interactive map."""
    for image in list(doctree.findall(nodes.image)):
        if MAP_LINK in image.get("classes", []):
            target = app.builder.get_relative_uri(docname, MAP_PAGE)
            link = nodes.reference("", "", refuri=target, internal=True)
            image.replace_self(link)
            link += image


def remove_thebe(app: Sphinx, error: Exception | None) -> None:
    """Delete the files of sphinx-thebe, which Sphinx copies whether used or not."""
    if error is None:
        for file in Path(app.outdir, "_static").glob("*thebe*"):
            file.unlink()


def lighten_scripts(app: Sphinx, error: Exception | None) -> None:
    """Take out of the site the icons that no page shows."""
    if error is None:
        keep_used_icons(Path(app.outdir))


def _holds(file: Any, marks: tuple[str, ...]) -> bool:
    attributes = getattr(file, "attributes", {})
    text = f"{getattr(file, 'filename', file)} {attributes.get('body', '')}"
    return any(mark in text for mark in marks)
