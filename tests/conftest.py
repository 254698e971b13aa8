"""What several test folders share: the built site, and the browser that looks at it.

A run looks at one territory, the fictitious department unless ``--territoire 13`` says otherwise:
then run the tests of built sites, on that of 13, and those of its official files, and no other.
Tests marked ``long`` run with the others of the fictitious department unless ``-m "not long"``
leaves them to ``make test-full``, as ``make test`` does. Tests run on several cores at once, each
in a process of its own (pytest-xdist). What they all look at is made by the first that asks for it,
while the others wait.
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
from hypothesis import HealthCheck, is_hypothesis_test, settings

# Properties are searched without a stopwatch: by default an example slower than 200 ms fails its
# test, which happened to one in four thousand on a busy machine. Under continuous integration
# hypothesis draws the same examples each time, by its own profile that this one starts from.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

REPOSITORY = Path(__file__).resolve().parents[1]
TERRITORY, FICTITIOUS = "13", "exemple"
ON_FILES_OF_13 = {"official_data", "bouches_du_rhone", "site_of_13"}
"""Fixtures of the tests that rest on the official files of 13, its site apart or not."""
SITES = {"site", "fictitious_site"}
"""Fixtures that build a report."""
ABSENT_FILES = "les fichiers officiels du territoire 13 ne sont pas là (DIAGALIM_DATA)"
NOT_LONG = "not long"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
UNUSED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "PaintHolding", "MediaRouter"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch", "LensOverlay"),
)
"""Parts of the browser that no test looks at.

Two are pages of its address bar, made anew beside each page that is opened: a third of the work of
opening one. The others change what a test sees or call hosts; Playwright asks for them to be put
away too, but the browser listens to one such list only.
"""
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=" + ",".join(UNUSED),
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
        pytest.skip(ABSENT_FILES)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let who runs the tests choose the site that they look at."""
    parser.addoption(
        "--territoire",
        choices=[FICTITIOUS, TERRITORY],
        default=FICTITIOUS,
        help="territoire : exemple (avec tous les autres tests) ou 13 (son site et ses fichiers)",
    )
    parser.addoption(
        "--partie", default="", help="chapitre : laisser les cas qui sont d'un autre chapitre"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to look at a site of 13 that cannot be built: every test would be skipped."""
    # one process is copied for the kernels of all the tests of a worker, and keeps the seed of the
    # hashes that the first of them started it with: the order of the tests must not decide
    os.environ["PYTHONHASHSEED"] = "0"
    if config.getoption("territoire") == TERRITORY and folder_of_13() is None:
        raise pytest.UsageError(f"--territoire {TERRITORY} : {ABSENT_FILES}")


def pytest_report_header(config: pytest.Config) -> str:
    """Say which site is looked at, and how to look at the other."""
    if config.getoption("territoire") == TERRITORY:
        return f"site regardé : {TERRITORY}, par les tests de site et de fichiers officiels seuls"
    left = ["le site et les fichiers du 13 (--territoire 13)"]
    if config.getoption("markexpr") == NOT_LONG:
        left.append("les essais longs (-m long)")
    return f"site regardé : {FICTITIOUS} ; laissés à make test-full : {', '.join(left)}"


@pytest.hookimpl(tryfirst=True)  # before those that `-m` leaves are left
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that the chosen territory is for; mark those that ask for a built site."""
    code, others = config.getoption("territoire"), other_chapters(config.getoption("partie"))
    kept, left = [], []
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & SITES:
            item.add_marker("site")
        chosen = is_for(code, fixtures) and not others.intersection(chapters_in(item))
        (kept if chosen else left).append(item)
        if others:
            draw_fewer(item)
    if left:
        config.hook.pytest_deselected(items=left)
    items[:] = site_built_meanwhile(kept)


def site_built_meanwhile(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests with one that builds the site first, the others that look at it last.

    The first worker builds while the others run what needs no site; met half-way, a site made all
    of them wait.
    """
    looking = [item for item in items if item.get_closest_marker("site")]
    rest = [item for item in items if not item.get_closest_marker("site")]
    return [*looking[:1], *rest, *looking[1:]]


def other_chapters(key: str) -> set[str]:
    """Return the chapters whose own cases are left when one is chosen; none when none is."""
    from diagalim.settings.plan import load_plan

    return set(load_plan()) - {key} if key else set()


def draw_fewer(item: pytest.Item) -> None:
    """Try a property on a quarter of its examples, where it is one."""
    test = getattr(item, "function", None)
    if is_hypothesis_test(test) and id(test) not in FEWER:
        asked = test._hypothesis_internal_use_settings
        fewer = settings(asked, max_examples=-(-asked.max_examples // QUARTER))
        test._hypothesis_internal_use_settings = fewer
        FEWER.add(id(test))  # cases of one test share it


QUARTER = 4
FEWER: set[int] = set()
"""Properties that try fewer examples already."""


def chapters_in(item: pytest.Item) -> Iterator[str]:
    """Yield the chapters that a rule of the notebooks is tried on, among the parameters of it."""
    call = getattr(item, "callspec", None)
    if call and item.path.parent.name == "notebooks":
        yield from (value for value in call.params.values() if isinstance(value, str))


def is_for(code: str, fixtures: set[str]) -> bool:
    """Tell whether a test that uses these fixtures runs when this territory is chosen."""
    of_13 = bool(fixtures & ON_FILES_OF_13)
    if code == TERRITORY:
        return of_13 or "site" in fixtures
    return not of_13


@dataclass(frozen=True)
class Site:
    """A built site: its territory, its folder, and its address while the tests run."""

    code: str
    path: Path
    url: str

    def page(self, chapter: str) -> Path:
        """Return the file of the page of a chapter."""
        from diagalim.workspace.notebooks import page_of
        from diagalim.workspace.paths import project_root

        return self.path / f"{page_of(project_root(), chapter)}.html"

    def pages(self) -> list[Path]:
        """Return the files of the pages of all chapters."""
        return sorted((self.path / "notebooks").rglob("*.html"))


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory) -> Path:
    """Return the temporary folder that all the processes of this run share."""
    folder = tmp_path_factory.getbasetemp()
    # each process has a folder of its own in that of the run
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def one_at_a_time(run_folder) -> Callable[[str], AbstractContextManager[bool]]:
    """Return what holds the other processes of the tests back, and tells who comes first.

    ``with one_at_a_time("13") as first``: whether nobody of this run has been through it to the
    end; one that fails leaves its turn to the next.
    """
    from diagalim.workspace.file_lock import take

    @contextmanager
    def hold(name: str) -> Iterator[bool]:
        done = run_folder / f"{name}.fait"
        # one lock for all: what one makes may rest on scripts that another is fetching
        with (run_folder / "verrou").open("ab") as file:
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
    from diagalim.cli.build import build_command, open_server
    from diagalim.workspace.folders import Folders

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
def site(request, one_at_a_time) -> Iterator[Site]:
    """Return the site of the chosen territory, brought up to date and served while tests run."""
    with served_site(request.config.getoption("territoire"), one_at_a_time) as built:
        yield built


@pytest.fixture(scope="session")
def site_of_13(site) -> Site:
    """Return the site of 13, for what is said of that territory alone."""
    assert site.code == TERRITORY
    return site


@pytest.fixture(scope="session")
def fictitious_site(request, one_at_a_time) -> Iterator[Site]:
    """Return the built site of the fictitious department, where every kind of chapter is full.

    A test that does not name ``site`` too runs with that territory alone.
    """
    if request.config.getoption("territoire") == FICTITIOUS:
        yield request.getfixturevalue("site")
        return
    with served_site(FICTITIOUS, one_at_a_time) as built:
        yield built


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
