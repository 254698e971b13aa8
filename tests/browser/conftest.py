"""What the tests in a browser share: pages and screens, a console that stays empty, axe-core.

A page may write nothing to the console, whatever the level and whatever is done to it: wherever a
page is opened here, its test fails at the end when it has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest
import yaml

from diagalim.site.inspection import pages_of
from diagalim.site.vendor import ensure_vendor
from diagalim.wording.failures import BuildFailure
from diagalim.workspace.paths import project_root

FRENCH = {"locale": "fr-FR"}

PAGES = (
    *pages_of(yaml.safe_load((project_root() / "_toc.yml").read_text(encoding="utf-8"))),
    "search",
)
WIDE, NARROW = 1300, 390
"""A desk and a small phone, in CSS pixels."""
THEMES = ("light", "dark")
DRAWN = """() => !document.querySelector('script[type$="widget-view+json"]')
  || (document.querySelector('.diagalim-controller[data-ready]')
    && document.querySelector('.diagalim-sort'))"""
"""A page without a map is drawn once loaded; that of the map, once its map and its table are."""
UNFOLD = "() => document.querySelectorAll('details').forEach((box) => { box.open = true; })"

PINNED = Path(__file__).with_name("axe.json")

TAGS = (
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    *("best-practice", "experimental"),
)
BARRIERS = """async (tags) => {
  const {violations} = await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
  });
  return violations.flatMap((rule) => rule.nodes.map((node) => [
    rule.id, node.target.join(' '), node.failureSummary.split('\\n').slice(1).join(' ').trim(),
  ]));
}"""


def listen(page) -> list[str]:
    """Write down all that a page says in its console, of any level, and its uncaught errors.

    Those of the pages that are opened beside it, in the same context, are written down too.
    """
    said = []
    page.context.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.context.on("weberror", lambda uncaught: said.append(f"uncaught: {uncaught.error}"))
    return said


@contextmanager
def heard_page(chromium, **screen) -> Iterator[tuple]:
    """Open a page in a context of its own, and write down what is said in it."""
    context = chromium.new_context(**FRENCH, **screen)
    page = context.new_page()
    said = listen(page)
    try:
        yield page, said
    finally:
        context.close()


@contextmanager
def silent_page(chromium, **screen) -> Iterator:
    """Open a page in a context of its own: neither it nor one opened beside it may say a word."""
    with heard_page(chromium, **screen) as (page, said):
        yield page
    assert said == []


@pytest.fixture(scope="session")
def heard(chromium) -> Callable[..., AbstractContextManager]:
    """Return what opens a page on some screen, with the list of what is said in it."""
    return partial(heard_page, chromium)


@pytest.fixture(scope="session")
def silent(chromium) -> Callable[..., AbstractContextManager]:
    """Return what opens a page on another screen than the usual one, and listens to it."""
    return partial(silent_page, chromium)


@pytest.fixture(scope="session")
def listening():
    """Return the function that writes down all that a page says in its console."""
    return listen


@pytest.fixture
def page(page):
    """Return a page that may say nothing in its console."""
    said = listen(page)
    yield page
    assert said == []


@pytest.fixture(scope="session")
def barriers_of(axe) -> Callable[..., list[str]]:
    """Return a function that lists the barriers of a page as it stands: rule, element, why.

    Every rule of WCAG 2.0, 2.1 and 2.2 at levels A and AA runs, and those that axe-core calls best
    practices or experimental; none is disabled.
    """

    def found(page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe)
        return [" · ".join(barrier) for barrier in page.evaluate(BARRIERS, TAGS)]

    return found


@pytest.fixture(scope="session")
def axe(absent, one_at_a_time) -> str:
    """Return the script of axe-core: a tool of the tests, which no site holds."""
    folder = project_root() / "_build" / "essais"
    try:
        with one_at_a_time("axe"):
            ensure_vendor(folder, packages=json.loads(PINNED.read_text(encoding="utf-8")))
    except BuildFailure as failure:
        absent(f"axe-core n'est pas là, les pages ne sont pas contrôlées : {failure}")
    return (folder / "axe.min.js").read_text(encoding="utf-8")
