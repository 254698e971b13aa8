"""The long tests: builds compared, killed and resumed, notebooks re-run, the site of 13 looked at.

Run by ``make test-full`` in the project's environment. They work on copies of the project, so that
the report of the user is left alone: on the fictitious department everywhere, and on department 13
where its official files are. Where there are two cores, two tests run side by side; those that
look at the site of 13 in a browser, on every core, come last.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the package « exemple »

from bootstrap import on_every_core
from long_tests.copies import (
    EXAMPLE,
    FIRST_STUDY,
    Difference,
    build,
    changed,
    contents,
    copy_built,
    first_study_built_once,
    out,
    run,
    whole_build,
)
from long_tests.departments import other_departments_build
from long_tests.interpreters import bare_debian_builds, newest_python_builds
from long_tests.kills import killed_builds_resume
from long_tests.new_chapter import a_chapter_comes_and_goes
from long_tests.replays import computed_notebooks_hold

SIDE_BY_SIDE = 2
"""A build keeps a core and a half busy, a replay one: more would only wait for each other."""


def main() -> int:
    """Run the long tests and return an exit code."""
    tests: list[Callable[[Path], None]] = [*ON_THE_EXAMPLE]
    afterwards: list[Callable[[Path], None]] = []
    missing = missing_files()
    if missing:
        print(f"Essais du territoire 13 non faits : fichiers absents ({', '.join(missing)}).")
    else:
        tests += ON_13
        afterwards += AFTERWARDS_ON_13
    done: list[Done] = []
    with tempfile.TemporaryDirectory() as folder:
        pool = ThreadPoolExecutor(SIDE_BY_SIDE if (os.cpu_count() or 1) > 1 else 1)
        try:
            ends = [pool.submit(carried_out, test, Path(folder)) for test in tests]
            done += [end.result() for end in as_completed(ends)]
        finally:  # interrupted: what has not begun does not begin
            pool.shutdown(cancel_futures=True)
        done += [carried_out(test, Path(folder)) for test in afterwards]
    print(times(done), flush=True)
    return 0 if all(test.holds for test in done) else 1


class Done(NamedTuple):
    """A test that was carried out: its title, how long it took, whether it holds."""

    title: str
    seconds: float
    holds: bool


def times(done: list[Done]) -> str:
    """Return how long each test took, the longest first; two of them ran side by side."""
    rows = sorted(done, key=lambda test: -test.seconds)
    lines = [
        f"  {test.seconds:5.0f} s  {test.title}{'' if test.holds else ' : ÉCHEC'}" for test in rows
    ]
    return "\n".join(["Durée de chaque essai :", *lines])


def carried_out(test: Callable[[Path], None], run_folder: Path) -> Done:
    """Run a test in a folder of its own, which goes afterwards; say and return whether it holds."""
    title = test.__doc__.splitlines()[0]
    print(f"{title}…", flush=True)
    start = time.monotonic()
    folder = run_folder / test.__name__
    folder.mkdir()
    failure = ""
    try:
        test(folder)
    except Difference as difference:
        failure = f"\n  ÉCHEC : {difference}"
    shutil.rmtree(folder, ignore_errors=True)
    seconds = time.monotonic() - start
    print(f"{title} : {seconds:.0f} s{failure}", flush=True)
    return Done(title, seconds, not failure)


def missing_files() -> list[str]:
    """Return the official files that the report of 13 needs and that are not there."""
    from diagalim.settings.territory_file import load_territory
    from diagalim.sources.registry import find, required_sources

    territory = load_territory(FIRST_STUDY)
    return [name for name in required_sources() if find(name, territory) is None]


def one_weight_redoes_what_rests_on_it(folder: Path) -> None:
    """Un poids changé : le score et les chapitres qui le lisent sont refaits, et rien d'autre"""
    project = copy_built(folder, "poids")
    made = out(project)
    copies = {file.name: file.stat().st_mtime_ns for file in (made / "executed").glob("*.ipynb")}
    pages = {name: text for name, text in contents(made / "html").items() if name[-5:] == ".html"}
    settings = project / "data" / "territories" / f"{EXAMPLE}.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("taux_pauvrete: 1", "taux_pauvrete: 3"), encoding="utf-8")
    build(project)
    redone = {
        file.stem
        for file in (made / "executed").glob("*.ipynb")
        if file.stat().st_mtime_ns != copies[file.name]
    }
    from diagalim.workspace.notebooks import page_of

    resting = resting_on("score")
    if not ALWAYS_MOVED <= redone <= resting:
        raise Difference(f"chapitres recalculés : {sorted(redone)}")
    after = contents(made / "html")
    differing = {name for name in pages if pages[name] != after.get(name)}
    expected = {f"{page_of(project, name)}.html" for name in redone} | {"index.html"}
    moved = {f"{page_of(project, name)}.html" for name in ALWAYS_MOVED}
    if differing - expected or not differing >= moved:
        raise Difference(f"pages changées : {sorted(differing)}")


ALWAYS_MOVED = {"score", "carte", "accueil"}
"""Chapters that quote the score itself; others that read it may quote what did not move."""


def resting_on(key: str) -> set[str]:
    """Return the chapters that read a key of the territory file, and all that read their results.

    A page may show the weights themselves, without any result of the score.
    """
    from diagalim.settings.plan import load_plan, reading_order

    plan = load_plan()
    resting = {name for name, entry in plan.items() if key in entry.territoire}
    for name in reading_order(plan):
        if resting.intersection(plan[name].lit):
            resting.add(name)
    return resting


def notebook_run_alone_redoes_nothing(folder: Path) -> None:
    """Un carnet rejoué seul : la construction suivante ne refait rien"""
    project = copy_built(folder, "seul")
    copies = {file: file.stat().st_mtime_ns for file in (out(project) / "executed").iterdir()}
    words = [sys.executable, "-m", "pytest", "--nbval-lax", "notebooks/etat_des_lieux/score.ipynb"]
    run([*words, "-q", "-p", "no:cacheprovider"], project, "le carnet seul a échoué")
    build(project)
    redone = [file.stem for file, hour in copies.items() if file.stat().st_mtime_ns != hour]
    if redone:
        raise Difference(f"chapitres recalculés : {sorted(redone)}")


def two_builds_of_13_agree(folder: Path) -> None:
    """Deux constructions du 13 : résultats, carnets et pages identiques"""
    project = first_study_built_once(folder)
    first = whole_build(project, FIRST_STUDY)
    build(project, "--force", code=FIRST_STUDY)
    differences = changed(first, whole_build(project, FIRST_STUDY))
    if differences:
        raise Difference(f"fichiers différents d'une construction à l'autre : {differences}")


def long_tests_hold(folder: Path) -> None:
    """Essais longs : noms piégés, département d'une seule ville, données refaites, barrières"""
    pytest_says(copy_built(folder, "longs"), "les essais longs ne passent pas", "-m", "long")


def site_of_13_holds(folder: Path) -> None:
    """13 : pages, carte, barrières, téléchargements, secrets, fichiers et chiffres publiés"""
    words = ["--territoire", FIRST_STUDY, *on_every_core("worksteal", more=1)]
    pytest_says(first_study_built_once(folder), "les tests du 13 ne passent pas", *words)


def pytest_says(project: Path, failure: str, *words: str) -> None:
    """Run tests of a project; say how many passed, and which were skipped."""
    asked = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
    said = run(asked, project, failure).splitlines()
    for line in [*(line for line in said if line.startswith("SKIPPED")), said[-1]]:
        print(f"  {line}")


ON_THE_EXAMPLE = (
    computed_notebooks_hold,
    killed_builds_resume,
    other_departments_build,
    bare_debian_builds,
    newest_python_builds,
    long_tests_hold,
    one_weight_redoes_what_rests_on_it,
    a_chapter_comes_and_goes,
    notebook_run_alone_redoes_nothing,
)
"""The longest first: the short ones fill what is left."""
ON_13 = (two_builds_of_13_agree,)
AFTERWARDS_ON_13 = (site_of_13_holds,)
"""What takes every core by itself, once the others are done."""

if __name__ == "__main__":
    sys.exit(main())
