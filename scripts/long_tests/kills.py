"""A build killed at any moment, and power cut: the last good site stays, the next build is right.

First the same settings are built twice, in two folders, once from nothing and once after other
settings: results, notebooks and pages must be the same, of the chapters that were done again as of
those that were kept, which another folder had computed.

Each killed build goes from one setting of the territory to the other, so that a stale result taken
for a good one would show. The moments are drawn once for all, one in each slice of the time of such
a build (five, or ten with ``ALL=1``); one that ends before its moment, on a machine less busy than
when it was timed, is done again with a shorter one.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import psutil

from long_tests.copies import (
    EXAMPLE,
    Difference,
    build,
    build_words,
    built_once,
    changed,
    contents,
    copy_built,
    copy_project,
    environment,
    out,
    whole_build,
)
from long_tests.turns import everything

MOMENTS, ALL_MOMENTS = 5, 10
SEED = 20251121
TRIES, SHORTER = 4, 0.6
"""How often a moment that came too late is shortened, and by how much."""

HARMED = 8
"""Files that a power cut leaves cut, zeroed or empty: the last ones written."""

SETTINGS = {"avant": ("Vermeillerie", 1), "après": ("Vermeillerie-Neuve", 3)}
"""Name of the territory and weight of the poverty rate: every chapter that reads data changes."""


def killed_builds_resume(folder: Path) -> None:
    """Constructions dans deux dossiers, puis arrêtées à tout moment : mêmes fichiers"""
    number = ALL_MOMENTS if everything() else MOMENTS
    reference = {}
    for setting in SETTINGS:
        if setting == "avant":  # what the file of the territory holds
            project = built_once(folder)
        else:
            project = copy_project(folder / f"reference-{setting}")
            choose(project, setting)
            build(project)
        reference[setting] = whole_build(project)
    if reference["avant"] == reference["après"]:
        raise Difference("les deux réglages donnent le même rapport : l'essai ne prouverait rien")

    project = copy_built(folder, "tue")
    choose(project, "après")
    start = time.monotonic()
    build(project)
    seconds = time.monotonic() - start
    differences = changed(reference["après"], whole_build(project))
    if differences:
        raise Difference(f"fichiers différents d'une construction à l'autre : {differences}")
    draw = random.Random(SEED)
    moments = [(rank + draw.random()) * seconds / number for rank in range(number)]
    draw.shuffle(moments)
    standing, cut_short = "après", 0
    for rank, moment in enumerate(moments):
        power_cut = rank % 2 == 1
        for _ in range(TRIES):
            wanted = "après" if standing == "avant" else "avant"
            choose(project, wanted)
            if stopped_build(project, moment, power_cut, draw):
                cut_short += 1
                break
            moment, standing = moment * SHORTER, wanted
        kind = "coupure de courant" if power_cut else "arrêt brutal"
        check_site(project, [reference[standing], reference[wanted]], f"{kind} à {moment:.1f} s")
        build(project)
        differences = changed(reference[wanted], whole_build(project))
        if differences:
            raise Difference(f"reprise après {kind} à {moment:.1f} s : {differences[:10]}")
        standing = wanted
    print(f"{cut_short} arrêts en cours de construction sur {number}", flush=True)
    if cut_short < number // 2:
        raise Difference("trop d'arrêts sont venus après la fin de la construction")


def choose(project: Path, setting: str) -> None:
    """Write one of the two settings into the file of the territory."""
    file = project / "data" / "territories" / f"{EXAMPLE}.yml"
    text = file.read_text(encoding="utf-8")
    for name, weight in SETTINGS.values():
        text = text.replace(f"\nnom: {name}\n", "\nnom: NOM\n")
        text = text.replace(f"taux_pauvrete: {weight}\n", "taux_pauvrete: POIDS\n")
    name, weight = SETTINGS[setting]
    text = text.replace("NOM", name, 1).replace("POIDS", str(weight), 1)
    file.write_text(text, encoding="utf-8")


def stopped_build(project: Path, moment: float, power_cut: bool, draw: random.Random) -> bool:
    """Start a build and stop it after some seconds; return whether it was still running."""
    began = time.time()
    process = subprocess.Popen(
        build_words(),
        env=environment(project),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name != "nt",
    )
    try:
        process.wait(timeout=moment)
        return False
    except subprocess.TimeoutExpired:
        # kernels are sessions of their own: a power cut stops them too, a kill of the group not
        others = psutil.Process(process.pid).children(recursive=True) if power_cut else []
        kill(process)
        for other in others:
            if other.is_running():
                other.kill()
        psutil.wait_procs(others, timeout=10)
    if power_cut:
        lose_last_writes(project, began, draw)
    return True


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a build and the processes of its group."""
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def lose_last_writes(project: Path, began: float, draw: random.Random) -> None:
    """Harm the files that the build wrote last, anywhere but in the site that readers open."""
    made = out(project)
    written = [
        file
        for file in made.rglob("*")
        if file.is_file()
        and file.relative_to(made).parts[0] not in ("html", "html.precedent")
        and file.stat().st_mtime >= began
    ]
    written.sort(key=lambda file: file.stat().st_mtime_ns)
    for file in written[-HARMED:]:
        content = file.read_bytes()
        half = content[: len(content) // 2]
        file.write_bytes(draw.choice([half, bytes(len(content)), b"", half + bytes(len(half))]))


def check_site(project: Path, accepted: list[dict[str, bytes]], moment: str) -> None:
    """Check that the published site is the one of before, or the new one, whole."""
    site = contents(out(project) / "html")
    kept = [
        {name.removeprefix("html/"): text for name, text in whole.items() if name[:5] == "html/"}
        for whole in accepted
    ]
    if site not in kept:
        differences = changed(kept[0], site)
        raise Difference(f"site publié changé après {moment} : {differences[:10]}")
