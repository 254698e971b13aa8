"""The long tests: two builds compared, a build killed and resumed, the computed notebooks re-run.

Run by ``make test-full`` in the project's environment. They work on a copy of the project beside
its build, so that the report of the user is left alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TERRITORY = "13"
NOT_COPIED = shutil.ignore_patterns("_build", ".venv", ".git", "__pycache__", "officiel")
BUILD = [sys.executable, "-m", "diagalim", "build", "--territoire", TERRITORY]


class Difference(AssertionError):
    """Something that should hold does not; the message says what."""


def main() -> int:
    """Run the long tests and return an exit code."""
    from diagalim.sources.registry import find, required_sources
    from diagalim.territory import load_territory

    territory = load_territory(TERRITORY)
    missing = [name for name in required_sources() if find(name, territory) is None]
    if missing:
        print(f"Tests longs non faits : fichiers officiels absents ({', '.join(missing)}).")
        # in continuous integration nothing tested must not look like nothing wrong
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "projet")
        for test in TESTS:
            print(f"{test.__doc__.splitlines()[0]}…", flush=True)
            start = time.monotonic()
            try:
                test(project)
            except Difference as difference:
                print(f"  ÉCHEC : {difference}")
                return 1
            print(f"  fait en {time.monotonic() - start:.0f} s", flush=True)
    return 0


def copy_project(target: Path) -> Path:
    """Copy the sources of the project and the scripts fetched for its site."""
    shutil.copytree(ROOT, target, ignore=NOT_COPIED)
    vendor = ROOT / "_build" / "vendor"
    if vendor.is_dir():
        shutil.copytree(vendor, target / "_build" / "vendor")
    return target


def environment(project: Path) -> dict[str, str]:
    """Return the environment of a build of the copy."""
    kept = {"DIAGALIM_DATA": str(ROOT / "data" / "officiel")} | dict(os.environ)
    return kept | {"DIAGALIM_ROOT": str(project)}


def build(project: Path, *options: str) -> None:
    """Build the copy; its words are shown when it fails."""
    done = subprocess.run(
        [*BUILD, *options],
        env=environment(project),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise Difference(f"la construction a échoué :\n{done.stdout}{done.stderr}")


def killed_build_resumes(project: Path) -> None:
    """Construction tuée puis reprise : ce qui était fait n'est pas refait"""
    out = project / "_build" / TERRITORY
    process = subprocess.Popen(
        BUILD,
        env=environment(project),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name != "nt",
    )
    first = out / "executed" / "sources.ipynb"
    deadline = time.monotonic() + 120
    while not first.exists() and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.2)
    time.sleep(2)  # the engine notes that a chapter is done just after its copy is in place
    kill(process)
    if not first.exists():
        raise Difference("le premier chapitre n'a pas été calculé avant l'arrêt")
    if (out / "html").exists():
        raise Difference("un site a été publié par une construction tuée")
    done_at = first.stat().st_mtime_ns
    build(project)
    if first.stat().st_mtime_ns != done_at:
        raise Difference("un chapitre déjà calculé a été recalculé à la reprise")
    if not (out / "html" / "index.html").is_file():
        raise Difference("la reprise n'a pas publié de site")


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a build and the processes that it started."""
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def two_builds_agree(project: Path) -> None:
    """Deux constructions complètes : mêmes tableaux et mêmes faits, octet pour octet"""
    results = project / "_build" / TERRITORY / "results"
    build(project, "--force")
    first = contents(results)
    build(project, "--force")
    second = contents(results)
    changed = sorted(name for name in first | second if first.get(name) != second.get(name))
    if changed:
        raise Difference(f"fichiers différents d'une construction à l'autre : {changed}")


def one_weight_redoes_what_rests_on_it(project: Path) -> None:
    """Un poids changé : le score, la carte et l'accueil sont refaits, et rien d'autre"""
    out = project / "_build" / TERRITORY
    build(project)
    copies = {file.name: file.stat().st_mtime_ns for file in (out / "executed").glob("*.ipynb")}
    pages = {name: text for name, text in contents(out / "html").items() if name.endswith(".html")}
    settings = project / "data" / "territories" / f"{TERRITORY}.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("taux_pauvrete: 1", "taux_pauvrete: 3"), encoding="utf-8")
    build(project)
    redone = {
        file.stem
        for file in (out / "executed").glob("*.ipynb")
        if file.stat().st_mtime_ns != copies[file.name]
    }
    if redone != {"02_score_iris", "carte", "accueil"}:
        raise Difference(f"chapitres recalculés : {sorted(redone)}")
    after = contents(out / "html")
    changed = {name for name in pages if pages[name] != after.get(name)}
    expected = {f"notebooks/{name}.html" for name in redone} | {"index.html"}
    if changed - expected or not changed >= {f"notebooks/{name}.html" for name in redone}:
        raise Difference(f"pages changées : {sorted(changed)}")


def contents(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def computed_notebooks_hold(project: Path) -> None:
    """Carnets calculés, rejoués par nbval : mêmes sorties"""
    copies = project / "_build" / TERRITORY / "executed"
    rules = project / "nbval.cfg"
    rules.write_text(NBVAL_RULES, encoding="utf-8")
    done = subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "pytest",
                "--nbval",
                str(copies),
                "-q",
                "-p",
                "no:cacheprovider",
            ),
            *("--nbval-sanitize-with", str(rules), "--rootdir", str(project)),
        ],
        cwd=project,
        env=environment(project) | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise Difference(f"sorties différentes :\n{done.stdout[-4000:]}")


TESTS = (
    killed_build_resumes,
    one_weight_redoes_what_rests_on_it,
    two_builds_agree,
    computed_notebooks_hold,
)

NBVAL_RULES = """\
[adresse_memoire]
regex: 0x[0-9a-f]+
replace: ADRESSE

[identifiant_de_controle]
regex: IPY_MODEL_[0-9a-f]+|"model_id": "[0-9a-f]+"|[0-9a-f]{32}
replace: CONTROLE
"""

if __name__ == "__main__":
    sys.exit(main())
