"""How much would the theme say in the console of a reader, were it not kept quiet?

    python benchmarks/console_words.py [TERRITORY]

opens each page of a built site in Chromium twice, one time after the other: as published, and with
the calls that `diagalim.site.quiet_console` took out of the scripts put back in a copy. It prints
the messages of both, by level.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from diagalim.site.quiet_console import NOTHING, TALKATIVE
from diagalim.workspace.folders import Folders
from diagalim.workspace.paths import project_root

TAKEN, SAID = f"{NOTHING}(", "console.log("
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SETTLED = 300
"""Milliseconds: the theme speaks once the page is there."""


def main() -> int:
    """Print what both copies of the site say."""
    code = sys.argv[1] if len(sys.argv) > 1 else "exemple"
    site = Folders(project_root(), code).site
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        talkative = Path(shutil.copytree(site, folder / "bavard"))
        places = put_back(talkative)
        engine = stack.enter_context(sync_playwright())
        program = next(filter(None, map(shutil.which, CHROMIUM)), None)
        options = ["--no-sandbox", "--allow-file-access-from-files"]
        browser = engine.chromium.launch(executable_path=program, args=options)
        pages = sorted(
            p.relative_to(site) for p in site.rglob("*.html") if "_static" not in p.parts
        )
        said: dict[str, Counter[str]] = {"publié": Counter(), "bavard": Counter()}
        for page in pages:
            for name, root in (("publié", site), ("bavard", talkative)):
                said[name].update(words(browser, root / page))
    print(f"{len(pages)} pages, {places} appels retirés des scripts")
    for name, levels in said.items():
        print(f"{name:8} {levels.total():5} messages {dict(levels)}")
    return 0


def put_back(site: Path) -> int:
    """Give the scripts of a copy their words again; return in how many places."""
    places = 0
    for name in TALKATIVE:
        script = site / name
        text = script.read_text(encoding="utf-8")
        places += text.count(TAKEN)
        script.write_text(text.replace(TAKEN, SAID), encoding="utf-8", newline="")
    return places


def words(browser: Browser, file: Path) -> Iterator[str]:
    """Return the level of each message of a page."""
    context = browser.new_context(viewport={"width": 1300, "height": 900}, locale="fr-FR")
    heard: list[str] = []
    context.on("console", lambda message: heard.append(message.type))
    page = context.new_page()
    page.goto(file.as_uri(), wait_until="load")
    page.wait_for_timeout(SETTLED)
    context.close()
    return iter(heard)


if __name__ == "__main__":
    sys.exit(main())
