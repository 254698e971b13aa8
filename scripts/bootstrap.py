"""Make everything ready from a bare Python, then run a command of the project.

Standard library only: nothing else is there yet. Runs on Windows as ``py scripts/bootstrap.py``.
Messages are for the user, in French.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

from interpreters import NEWEST, OLDEST

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installation.json"
SHARED_DATA = ROOT.parent / "shared" / "official"
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
COMMANDS = {
    "report": "construire le site d'un territoire",
    "fetch": "télécharger les fichiers officiels d'un territoire",
    "check": "contrôler les données d'entrée",
    "serve": "ouvrir le site construit",
    "lab": "travailler sur les carnets dans JupyterLab",
    "test": "tests courants ; PART=score : ceux d'un chapitre",
    "unit": "tests qui ne demandent ni site construit ni navigateur",
    "test-full": "tests longs ; ALL=1 : tous leurs cas",
    "bench": "mesurer les temps de construction",
}
NEED_DEV = {"test", "unit", "test-full"}

NO_SITE = "not long and not site and not browser"
"""Tests of a few minutes, for another Python or a machine without Chromium."""

FALLEN_BACK = (
    "Les fichiers officiels du territoire 13 n'ont pas été trouvés : rapport du département "
    "fictif ; pour le 13 : make fetch TERRITORY=13 (ou déposer les fichiers dans data/officiel/, "
    "voir README), puis make report TERRITORY=13"
)
"""What the report itself says first and last; said here before a first installation."""


class Stop(Exception):
    """Nothing can be done; the message is for the user."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a file or a pipe may hold no accent
            stream.reconfigure(errors="replace")
    try:
        refuse_old_python(sys.version_info[:2])
        announce_untried_python(sys.version_info[:2])
        asked, rest = read_arguments(sys.argv[1:] if arguments is None else arguments)
        set_environment(os.environ)
        named = asked.territoire or {"-t", "--territoire"} & set(rest)
        if asked.commande == "report" and not named and not is_installed():
            announce_fallback()
        install(dev=asked.commande in NEED_DEV)
        return run(asked.commande, asked.territoire, rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrompu. Relancer la même commande reprendra.", file=sys.stderr)
        return 130


def read_arguments(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Return the command, the territory, and what is passed on to the command."""
    listed = "\n".join(f"  {name:10} {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="bootstrap.py",
        description=f"Prépare l'environnement, puis lance une commande :\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("commande", choices=list(COMMANDS), metavar="commande")
    parser.add_argument("territoire", nargs="?", default="", help="code du territoire (13)")
    return parser.parse_known_args(arguments)


def refuse_old_python(version: tuple[int, ...]) -> None:
    """Stop when this Python is too old for the locked packages."""
    if version < OLDEST:
        raise Stop(
            f"Python {version[0]}.{version[1]} est trop ancien : il faut Python "
            f"{OLDEST[0]}.{OLDEST[1]} ou plus récent.\n"
            "À faire : installer un Python récent, puis relancer avec lui, par exemple "
            "python3.11 scripts/bootstrap.py report"
        )


def announce_untried_python(version: tuple[int, ...]) -> None:
    """Say that this Python is newer than those that the project was tried on."""
    if version > NEWEST:
        print(
            f"Python {version[0]}.{version[1]} n'a pas été essayé "
            f"(essayés : {OLDEST[0]}.{OLDEST[1]} à {NEWEST[0]}.{NEWEST[1]}). En cas d'échec, "
            f"relancer avec l'un d'eux, par exemple python{NEWEST[0]}.{NEWEST[1]}.",
            file=sys.stderr,
        )


def set_environment(environment: dict[str, str] | os._Environ[str]) -> None:
    """Say where the official files are, unless the user has said so."""
    if "DIAGALIM_DATA" not in environment and SHARED_DATA.is_dir():
        environment["DIAGALIM_DATA"] = str(SHARED_DATA)
    # Windows consoles are not in UTF-8 by default
    environment.setdefault("PYTHONUTF8", "1")


def is_installed() -> bool:
    """Return whether the environment holds what a report needs."""
    return wanted_stamp(False).items() <= read_stamp().items()


def announce_fallback() -> None:
    """Say which report will be made when the folders of official files are absent or empty."""
    folders = [ROOT / "data" / "officiel"]
    if given := os.environ.get("DIAGALIM_DATA"):
        folders.append(Path(given))
    if not any(folder.is_dir() and any(folder.iterdir()) for folder in folders):
        print(FALLEN_BACK, flush=True)


def python_of(folder: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted_stamp(dev: bool) -> dict[str, str]:
    """Return what a finished installation is recognised by."""
    locks = [RUN_LOCK, DEV_LOCK] if dev else [RUN_LOCK]
    stamp = {lock.name: hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}
    return stamp | {"python": ".".join(map(str, sys.version_info[:2])), "dossier": str(ROOT)}


def install(dev: bool) -> None:
    """Make the virtual environment when it is absent, unfinished or of another lock."""
    wanted = wanted_stamp(dev)
    found = read_stamp()
    if wanted.items() <= found.items():
        return
    base = wanted_stamp(False)
    print("Installation de l'environnement (une seule fois, environ 2 minutes)…", flush=True)
    start = time.monotonic()
    if not base.items() <= found.items():
        # without its stamp an environment may be half-made: pip would not notice
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=True)
        pip("install", "--require-hashes", "--no-deps", "-r", str(DEV_LOCK if dev else RUN_LOCK))
        pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
        finish_setup()
    else:
        pip("install", "--require-hashes", "--no-deps", "-r", str(DEV_LOCK))
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    print(f"Environnement prêt en {time.monotonic() - start:.0f} s.", flush=True)


def read_stamp() -> dict[str, str]:
    """Return the stamp of the last finished installation, empty when there is none."""
    if not STAMP.is_file() or not python_of(VENV).exists():
        return {}
    return json.loads(STAMP.read_text(encoding="utf-8"))


def pip(*arguments: str) -> None:
    """Run pip in the environment; stop with its last lines when it fails."""
    command = [str(python_of(VENV)), "-m", "pip", *arguments]
    options = ["--quiet", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run(
        [*command, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Stop(
            "L'installation des paquets Python a échoué.\n"
            "À faire : vérifier la connexion au réseau (ou le proxy de pip) et l'espace libre sur "
            "le disque, puis relancer.\n"
            f"Message de pip :\n{done.stderr.strip()[-1500:]}"
        )


def finish_setup() -> None:
    """Fetch the scripts of the site, and prepare once what each process would lose time on.

    The font cache would warn in a figure. The modules of the project are compiled, as pip does
    those it copies: some systems forbid Python to keep them (PYTHONDONTWRITEBYTECODE).
    """
    diagalim("setup")
    for words in (["-c", "import matplotlib.font_manager"], ["-m", "compileall", "-q", "src"]):
        python = str(python_of(VENV))
        subprocess.run([python, *words], cwd=ROOT, capture_output=True, check=False)


def diagalim(*arguments: str) -> None:
    """Run the project's command line; stop when it fails, for it has said why."""
    done = subprocess.run([str(python_of(VENV)), "-m", "diagalim", *arguments], check=False)
    if done.returncode:
        raise Stop("L'installation n'est pas terminée ; relancer la même commande reprendra.")


def on_every_core(sharing_out: str, *, more: int = 0) -> list[str]:
    """Return the options of pytest for a process per core, or some more; none for a single core.

    ``worksteal`` keeps the tests of a file together and takes some from a process that is behind;
    ``loadfile`` never parts them, which the cells of a notebook need.
    """
    cores = os.cpu_count() or 1
    return ["-n", str(cores + more), "--dist", sharing_out] if cores > 1 else []


def run(command: str, territory: str, rest: list[str]) -> int:
    """Run a command of the project in the environment and return its exit code."""
    python = str(python_of(VENV))
    chosen = ["--territoire", territory] if territory else []
    steps = {
        "report": [["-m", "diagalim", "build", *chosen, *rest]],
        "fetch": [["-m", "diagalim", "fetch", *([territory] if territory else []), *rest]],
        "check": [["-m", "diagalim", "check", *chosen, *rest]],
        "serve": [["-m", "diagalim", "serve", *chosen, *rest]],
        "lab": [["-m", "diagalim", "lab"]],
        "test": [
            ["-m", "ruff", "check", "."],
            # a test that looks at a page waits for the browser: another runs meanwhile
            ["-m", "pytest", "-m", "not long", *on_every_core("worksteal", more=1), *rest],
            ["-m", "pytest", "--nbval-lax", "notebooks", "-p", "no:cacheprovider"]
            + on_every_core("loadfile"),
        ],
        "unit": [["-m", "pytest", "-m", NO_SITE, *on_every_core("worksteal"), *rest]],
        "test-full": [["scripts/full_tests.py", *rest]],
        "bench": [["benchmarks/build_times.py", *rest], ["benchmarks/score_draws.py"]],
    }[command]
    if command == "test" and (part := os.environ.get("PART")):
        steps = [["scripts/part_tests.py", part, *rest]]
    # all of them, whatever fails: one run of the tests shows everything that is wrong
    codes = [subprocess.run([python, *step], cwd=ROOT, check=False).returncode for step in steps]
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
