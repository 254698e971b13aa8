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

from long_tests.copies import EXAMPLE, ROOT, copy_built, out, run
from long_tests.forgetting import SUFFIX
from long_tests.turns import everything, in_turn

SCRIPTS = ROOT / "scripts"
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
    in_order = sorted((out(project) / "executed").rglob("*.ipynb"))
    alone = in_turn(in_order, ceil(len(in_order) / ALONE_ONE_IN))
    shuffled = random.Random(SEED).sample(in_order, len(in_order))
    cases = laid_out(project, "dans-l-ordre", in_order)
    for notebook in alone:
        cases += laid_out(project, f"seul-{notebook.stem}", [notebook], fresh=True)
    cases += laid_out(project, "melanges", shuffled, fresh=True)
    if everything():
        cases += laid_out(project, "seconde-fois", in_order)
        cases += laid_out(project, "a-l-envers", in_order[::-1], fresh=True)
    replay(project, cases, f"mélangés : {', '.join(file.stem for file in shuffled)}")


def laid_out(project: Path, case: str, notebooks: list[Path], *, fresh: bool = False) -> list[Path]:
    """Copy the notebooks of a case into a folder of its name, which a failure is read by.

    Parameters
    ----------
    project : Path
        Where they are replayed.
    case : str
        What is tried.
    notebooks : list of Path
        Computed copies, in the order of the replay.
    fresh : bool
        Forget all that was built before the first of them, as on a fresh copy of the project.
    """
    folder = project / "calcules" / case
    folder.mkdir(parents=True)
    copies = [Path(shutil.copy(notebook, folder)) for notebook in notebooks]
    if fresh:
        copies[0].with_suffix(SUFFIX).touch()
    return copies


def replay(project: Path, notebooks: list[Path], order: str) -> None:
    """Run notebooks again, one after the other, and compare every output with what they carry."""
    rules = project / "nbval.cfg"
    rules.write_text(RULES, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "--nbval", *map(str, notebooks)]
    words += ["-q", "-p", "no:cacheprovider", "--rootdir", str(project)]
    words += ["--nbval-sanitize-with", str(rules), "-p", "long_tests.forgetting"]
    settings = {"PYTHONHASHSEED": "0", "PYTHONPATH": str(SCRIPTS), "OUBLIER": EXAMPLE}
    run(words, project, f"sorties différentes ({order})", **settings)
