"""What several test folders share: the built site, and the browser that looks at it.

Tests run on several cores at once, each in a process of its own (pytest-xdist). What they all look
at is made by the first that asks for it, while the others wait.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
TERRITORY, FICTITIOUS = "13", "exemple"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def absent(reason: str) -> None:
    """Skip with the reason; under continuous integration a missing browser is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", name="absent")
def absent_fixture() -> Callable[[str], None]:
    """Return what skips a test for want of a tool, or fails it under continuous integration."""
    return absent


def folder_of_13() -> Path | None:
    """Return the folder of the official files of 13, or None."""
    given = os.environ.get("DIAGALIM_DATA")
    folders = [Path(given)] if given else []
    folders += [REPOSITORY.parent / "shared" / "official", REPOSITORY / "data" / "officiel"]
    return next((folder for folder in folders if folder.is_dir() and any(folder.iterdir())), None)


@pytest.fixture(scope="session")
def official_data() -> Path:
    """Return the folder of the official files of 13, or skip where they are not at hand."""
    folder = folder_of_13()
    if folder is None:
        pytest.skip("les fichiers officiels du territoire 13 ne sont pas là (DIAGALIM_DATA)")
    return folder


@dataclass(frozen=True)
class Site:
    """A built site: its territory, its folder, and its address while the tests run."""

    code: str
    path: Path
    url: str


def built_territories() -> list[str]:
    """Return the territories whose site the tests look at: 13 where it can be built, `exemple`."""
    return [TERRITORY, FICTITIOUS] if folder_of_13() else [FICTITIOUS]


@pytest.fixture(scope="session")
def one_at_a_time(tmp_path_factory) -> Callable[[str], AbstractContextManager[bool]]:
    """Return what holds the other processes of the tests back, and tells who comes first.

    ``with one_at_a_time("13") as first``: whether nobody of this run has been through it to the
    end; one that fails leaves its turn to the next.
    """
    from diagalim.file_lock import take

    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each process has a folder of its own in that of the run

    @contextmanager
    def hold(name: str) -> Iterator[bool]:
        done = folder / f"{name}.fait"
        # one lock for all: what one makes may rest on scripts that another is fetching
        with (folder / "verrou").open("ab") as file:
            while not take(file):
                time.sleep(0.2)
            yield not done.exists()
            done.touch()

    return hold


@contextmanager
def served_site(
    code: str, one_at_a_time: Callable[[str], AbstractContextManager[bool]]
) -> Iterator[Site]:
    """Bring the site of a territory up to date, once for all the processes, and serve it."""
    from diagalim.build.command import build_command, open_server
    from diagalim.build.folders import Folders

    with one_at_a_time(code) as first, pytest.MonkeyPatch.context() as patch:
        if folder := folder_of_13():
            patch.setenv("DIAGALIM_DATA", str(folder))
        ended = build_command(code, quiet=True) if first else 0
        assert ended == 0, f"the report of {code} does not build; run `make report` to read why"
    folders = Folders(REPOSITORY, code)
    with open_server(folders, 0) as server:  # whichever port is free
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(code, folders.site, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


@pytest.fixture(scope="session")
def site(one_at_a_time) -> Iterator[Site]:
    """Return the built site, brought up to date once for all and served while the tests run.

    That of 13 where its official files are, else that of the fictitious department.
    """
    with served_site(built_territories()[0], one_at_a_time) as built:
        yield built


@pytest.fixture(scope="session")
def fictitious_site(request, one_at_a_time) -> Iterator[Site]:
    """Return the built site of the fictitious department, where every kind of chapter is full."""
    if built_territories()[0] == FICTITIOUS:
        yield request.getfixturevalue("site")
        return
    with served_site(FICTITIOUS, one_at_a_time) as built:
        yield built


@pytest.fixture(scope="session", params=built_territories())
def looked_at(request) -> Site:
    """Return each built site in turn, for what must hold on all of them."""
    return request.getfixturevalue("fictitious_site" if request.param == FICTITIOUS else "site")


@pytest.fixture(scope="session")
def chromium():
    """Return a headless Chromium of the system, started once."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        absent("Chromium n'est pas installé : les essais dans un navigateur ne peuvent se faire")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """Return a new page of the browser, on a screen of 1300 px, for French readers."""
    context = chromium.new_context(viewport={"width": 1300, "height": 900}, locale="fr-FR")
    yield context.new_page()
    context.close()
