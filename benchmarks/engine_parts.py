"""What does each part of ours that goes round a library save of a build?

    python benchmarks/engine_parts.py [ROUNDS]

measures with and without each part, in turn and then in the other order. Shares are printed, never
asserted. Linux only: kernels are copied nowhere else.

Copied kernels save work: two copies of the project are built whole, and seconds of processor are
counted, of all the processes that a build started. What else the machine does changes them little;
on the clock, the same build went from 83 to 121 s on a shared machine.

Looks save waiting: a chain of tasks that only wait is carried out, and the time beyond their own is
counted. Each waits for the one before it, as the chapters that a weight changes do.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from loky import get_reusable_executor
from pytask import PathNode, TaskWithoutPath

from diagalim.pipeline import engine
from diagalim.pipeline.progress import Journal
from diagalim.workspace.folders import Folders
from long_tests.copies import build_words, copy_project, environment, out

ROUNDS = 2
CHAIN = (2.3, 3.1, 4.7, 6.2, 7.4)
"""Seconds that the tasks of the chain wait: about those of short chapters."""
ADOPT_ORPHANS = 36
"""``PR_SET_CHILD_SUBREAPER`` of ``prctl``: what a process leaves behind is counted here too."""

COPIES, NO_COPIES = "copies de noyaux", "noyaux de jupyter_client"
COPIED = 'return sys.platform == "linux" and not multiprocessing.current_process().daemon'
LOOKS = {
    "regards rapprochés": engine.LOOKS,
    "regards de pytask-parallel": [(n / 10) ** 2 for n in range(1, 11)],
}
"""Seconds between two looks, ours and those of ``_Sleeper``."""


def main() -> int:
    """Measure with and without each part and print what each saves."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        projects = {name: copy_project(place / name) for name in (COPIES, NO_COPIES)}
        start_as_usual(projects[NO_COPIES])
        print_saved(in_turn(list(projects), rounds, lambda name: work(projects[name])))
        # last: what loky starts in this process does not end, and `work` waits for all to end
        print_saved(in_turn(list(LOOKS), rounds, lambda name: late(place / "chaine", LOOKS[name])))
    return 0


def in_turn(
    names: list[str], rounds: int, measure: Callable[[str], float]
) -> dict[str, list[float]]:
    """Measure one after the other, then in the other order."""
    took: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in names[:: -1 if turn % 2 else 1]:
            took[name].append(measure(name))
            print(f"{name:30} {took[name][-1]:6.1f} s", flush=True)
    return took


def late(folder: Path, looks: list[float]) -> float:
    """Carry out the chain and return the seconds beyond those of its tasks."""
    shutil.rmtree(folder, ignore_errors=True)
    folders = Folders(folder, "chaine")
    folders.build.mkdir(parents=True)
    files = [folder / f"{n}" for n in range(len(CHAIN))]
    tasks = [waiting(n, files) for n in range(len(CHAIN))]
    engine.LOOKS = looks
    start = time.monotonic()
    done = engine.carry_out(tasks, folders, False, Journal(quiet=True), get_reusable_executor)
    if len(done.ran) != len(CHAIN):
        raise SystemExit(f"{len(done.ran)} étapes faites sur {len(CHAIN)}")
    return time.monotonic() - start - sum(CHAIN)


def waiting(number: int, files: list[Path]) -> TaskWithoutPath:
    """Return the task of the chain that waits for the one before it."""
    needs = {"before": PathNode(path=files[number - 1])} if number else {}

    def wait(before: Path | None = None, after: Path | None = None) -> None:
        time.sleep(CHAIN[number])
        files[number].touch()

    made = {"after": PathNode(path=files[number])}
    return TaskWithoutPath(name=f"tache{number}", function=wait, depends_on=needs, produces=made)


def start_as_usual(project: Path) -> None:
    """Make the kernels of a copy of the project start as jupyter_client starts them."""
    file = project / "src" / "diagalim" / "pipeline" / "forked_kernel.py"
    text = file.read_text(encoding="utf-8")
    if text.count(COPIED) != 1:
        raise SystemExit(f"{file.name} ne dit plus, ou dit plusieurs fois : {COPIED}")
    file.write_text(text.replace(COPIED, "return False"), encoding="utf-8")


def work(project: Path) -> float:
    """Build a copy from nothing with its own code; return its seconds of processor."""
    shutil.rmtree(out(project), ignore_errors=True)
    before = processor()
    own = os.pathsep.join([str(project / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    variables = environment(project) | {"PYTHONPATH": own}
    subprocess.run([*build_words(), "-q"], env=variables, cwd=project, check=True)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    return processor() - before


def processor() -> float:
    """Return the seconds of processor of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def print_saved(took: dict[str, list[float]]) -> None:
    """Print the share of the time that the first way saves of the second, round by round."""
    (name, with_it), (_, without) = took.items()
    shares = [1 - a / b for a, b in zip(with_it, without, strict=True)]
    each = ", ".join(f"{share:.0%}" for share in shares)
    middles = f"{median(with_it):.1f} s contre {median(without):.1f} s"
    print(f"{name} : {middles}, part gagnée {median(shares):.0%} ({each})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
