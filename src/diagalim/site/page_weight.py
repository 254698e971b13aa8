"""What can a page do without, so that it opens fast on a phone?

The state of its widgets leaves the page for a script beside it: a browser shows the text and the
tables while that file is still on its way. The icon script of the theme holds two thousand icons;
the site keeps those that its pages and scripts name.
"""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path
from typing import Any

from sphinx.builders.html._assets import _JavaScript

from diagalim.site.widget_state import STATE

PLACE = "_static/widgets"
ICONS = "_static/scripts/fontawesome.js"
ICON = re.compile(r'"?([a-z0-9-]+)"?:\[\d+,\d+,\[([^\]]*)\],"[a-f0-9]+",(?:"[^"]*"|\[[^\]]*\])\],?')
"""An icon of the script: its name, its other names, its outline."""
NAMED = re.compile(r"\bfa-([a-z0-9-]+)")

# Not fetch: a browser refuses it to a page opened from a folder, and runs a script there.
SCRIPT = """\
// State of the widgets of one page, put where their manager looks for it.
(function (state) {{
  const script = document.createElement("script");
  script.type = "{kind}";
  script.textContent = JSON.stringify(state);
  document.head.append(script);
}})({state});
"""


def widgets_beside(outdir: Path, page: str, scripts: list[Any]) -> tuple[list[Any], str]:
    """Take the state of the widgets out of a page and write it into a script of the site.

    Parameters
    ----------
    outdir : Path
        Root of the site.
    page : str
        Name of the page for Sphinx, ``notebooks/accueil/carte``.
    scripts : list
        ``script_files`` of the page.

    Returns
    -------
    scripts : list
        The same, with the new file in place of the state; as they came on a page without widgets.
    state : str
        The state as JSON, empty on a page without widgets.
    """
    kept, state = [], ""
    for script in scripts:
        attributes = getattr(script, "attributes", {})
        if attributes.get("type") != STATE:
            kept.append(script)
            continue
        state = json.dumps(
            json.loads(attributes["body"]), ensure_ascii=False, separators=(",", ":")
        )
        name = f"{PLACE}/{page}.js"
        file = Path(outdir, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SCRIPT.format(kind=STATE, state=state), encoding="utf-8")
        kept.append(_JavaScript(name, priority=script.priority, defer="defer"))
    return kept, state


def keep_used_icons(outdir: Path) -> None:
    """Leave in the icon script of a site the icons that its pages and scripts name."""
    script = Path(outdir, ICONS)
    if not script.is_file():
        return
    pages = [file.read_text(encoding="utf-8") for file in sorted(Path(outdir).rglob("*.html"))]
    others = [
        file.read_text(encoding="utf-8")
        for folder in ("_static", "_static/scripts")
        for file in sorted(Path(outdir, folder).glob("*.js"))
        if file != script
    ]
    used = {name for text in [*pages, *others] for name in NAMED.findall(text)}
    smaller = with_icons(script.read_text(encoding="utf-8"), used)
    script.write_text(smaller, encoding="utf-8")
    renew_address(outdir, ICONS)


def renew_address(outdir: Path, name: str) -> None:
    """Let the address of a script say its new content, in every page of a site.

    A browser that kept the script of an earlier site, or of the theme as it was, asks for it again.
    """
    mark = f"{zlib.crc32(Path(outdir, name).read_bytes()):08x}"
    address = re.compile(rf"(\b{re.escape(Path(name).name)}\?(?:digest|v)=)\w+")
    for file in sorted(Path(outdir).rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        renewed = address.sub(rf"\g<1>{mark}", text)
        if renewed != text:
            file.write_text(renewed, encoding="utf-8")


def with_icons(script: str, used: set[str]) -> str:
    """Return the icon script with no other icons than those of these names."""

    def kept(icon: re.Match[str]) -> str:
        names = {icon[1], *re.findall(r'"([a-z0-9-]+)"', icon[2])}
        return icon[0] if names & used else ""

    return ICON.sub(kept, script)
