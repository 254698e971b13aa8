"""Computed notebooks replayed by nbval: the same outputs, alone, in any order, twice in a row."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

from long_tests.copies import copy_built, out, run

SEED = 20251121
RULES = """\
[adresse_memoire]
regex: 0x[0-9a-f]+
replace: ADRESSE

[identifiant_de_controle]
regex: IPY_MODEL_[0-9a-f]+|"model_id": "[0-9a-f]+"|[0-9a-f]{32}
replace: CONTROLE
"""
"""What a kernel draws at random, and pages never show."""


def computed_notebooks_hold(folder: Path) -> None:
    """Carnets calculés rejoués par nbval strict : deux fois, seuls, à l'envers, mélangés"""
    project = copy_built(folder, "rejoue")
    copies = project / "calcules"
    shutil.copytree(out(project) / "executed", copies)
    in_order = sorted(copies.glob("*.ipynb"))
    for time in ("première", "seconde"):
        replay(project, in_order, f"{time} fois")
    for notebook in in_order:
        forget_results(project)
        replay(project, [notebook], f"{notebook.stem} seul, sans aucun résultat")
    shuffled = random.Random(SEED).sample(in_order, len(in_order))
    for name, notebooks in (("à l'envers", in_order[::-1]), ("mélangés", shuffled)):
        forget_results(project)
        replay(project, notebooks, f"{name} ({', '.join(file.stem for file in notebooks)})")


def forget_results(project: Path) -> None:
    """Drop all that was built for the territory, as on a fresh copy."""
    shutil.rmtree(out(project))


def replay(project: Path, notebooks: list[Path], case: str) -> None:
    """Run notebooks again and compare every output with the one that they carry."""
    rules = project / "nbval.cfg"
    rules.write_text(RULES, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "--nbval", *map(str, notebooks)]
    words += ["-q", "-p", "no:cacheprovider", "--rootdir", str(project)]
    words += ["--nbval-sanitize-with", str(rules)]
    run(words, project, f"sorties différentes, {case}", PYTHONHASHSEED="0")
