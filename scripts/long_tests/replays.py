"""Computed notebooks replayed by nbval: the same outputs, in order, shuffled, alone.

Alone, without any result: a third of them in a run, in turn from one version to the next. With
``ALL=1`` each is, and they are replayed a second time in order and backwards too.
"""

from __future__ import annotations

import random
import shutil
import sys
from math import ceil
from pathlib import Path

from long_tests.copies import copy_built, out, run
from long_tests.turns import everything, in_turn

SEED = 20251121
ALONE_ONE_IN = 3
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
    """Carnets calculés rejoués par nbval strict : dans l'ordre, mélangés, seuls"""
    project = copy_built(folder, "rejoue")
    copies = project / "calcules"
    shutil.copytree(out(project) / "executed", copies)
    in_order = sorted(copies.glob("*.ipynb"))
    replay(project, in_order, "dans l'ordre")
    for notebook in in_turn(in_order, ceil(len(in_order) / ALONE_ONE_IN)):
        forget_results(project)
        replay(project, [notebook], f"{notebook.stem} seul, sans aucun résultat")
    shuffled = random.Random(SEED).sample(in_order, len(in_order))
    forget_results(project)
    replay(project, shuffled, f"mélangés ({', '.join(file.stem for file in shuffled)})")
    if everything():
        replay(project, in_order, "seconde fois")
        forget_results(project)
        replay(project, in_order[::-1], "à l'envers")


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
