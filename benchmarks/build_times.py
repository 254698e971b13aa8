"""How long does a build take: the time budgets of the project, measured and printed.

First build, one chapter, one parameter changed, nothing changed. Set-up is timed by the bootstrap
itself when it happens. Figures are printed, never asserted: machines differ.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from long_tests.copies import FIRST_STUDY, build_words, copy_project, environment

BUILD = build_words(FIRST_STUDY)

BUDGETS = {
    "première construction, sans l'installation": 180,
    "un chapitre": 25,
    "un réglage changé": 45,
    "rien de changé": 10,
}
"""Seconds."""


def main() -> int:
    """Measure a copy of the project and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "projet")
        chapter = [*BUILD[:3], "chapter", "contexte", *BUILD[4:]]
        steps: dict[str, tuple[Callable[[Path], None], list[str]]] = {
            "première construction, sans l'installation": (leave_alone, BUILD),
            "un chapitre": (touch_chapter, chapter),
            "un réglage changé": (change_weight, BUILD),
            "rien de changé": (leave_alone, BUILD),
        }
        print(f"{'Étape':45} {'Mesuré':>8} {'Budget':>8}")
        for name, (prepare, command) in steps.items():
            prepare(project)
            start = time.monotonic()
            done = subprocess.run(
                [*command, "-q"], env=environment(project), cwd=project, check=False
            )
            if done.returncode:
                return done.returncode
            print(f"{name:45} {time.monotonic() - start:6.1f} s {BUDGETS[name]:6} s", flush=True)
    return 0


def leave_alone(project: Path) -> None:
    """Change nothing."""


def touch_chapter(project: Path) -> None:
    """Change the text of one notebook, which has to be run again."""
    file = next((project / "notebooks").rglob("*contexte.ipynb"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"source": [', '"source": [\n    "",', 1), encoding="utf-8")


def change_weight(project: Path) -> None:
    """Double the weight of the first indicator of the territory."""
    file = project / "data" / "territories" / f"{FIRST_STUDY}.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(taux_pauvrete: )1", r"\g<1>2", text, count=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
