"""The newest Python of the machine, and a machine that has nothing: the README's commands there.

The locks pick other versions of the packages for other Pythons. The report of the fictitious
department is built, and the tests that need neither a site nor a browser are run, on the newest
interpreter at hand (`make test` runs on the oldest under continuous integration). The report is
built from a clone, too, in a bare Debian testing made by debootstrap: python3, python3-venv, git,
make and nothing else. The tests can be run there, which takes as long again:

    cd scripts; ../.venv/bin/python -m long_tests.interpreters FOLDER      (as root)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrap import FALLEN_BACK
from interpreters import interpreters
from long_tests.copies import ROOT, Difference, copy_project, run

SUITE, LIKE = "forky", "sid"
"""Debian testing, and the script of debootstrap that makes it where it has none of that name."""
PACKAGES = "python3,python3-venv,git,make"
CLONE = "diagalim"
CERTIFICATES = "etc/ssl/certs/ca-certificates.crt"
SETTINGS = (
    *("etc/resolv.conf", "etc/hosts", "etc/pip.conf", CERTIFICATES),
    *("usr/etc/npmrc", "root/.npmrc", "root/.config/pip/pip.conf"),
)
"""Files by which a machine reaches the servers of packages: a bare one is told the same."""
PASSED_ON = ("PIP_", "NPM_CONFIG_", "NODE_", "SSL_", "REQUESTS_", "HTTP_", "HTTPS_", "NO_PROXY")
"""Beginnings of the variables that say so too."""


def newest_python_builds(folder: Path) -> None:
    """Python le plus récent de la machine : le fictif construit, les tests sans site passent"""
    found = interpreters()
    version, python = list(found.items())[-1]
    if version <= min(found):
        absent(f"aucun Python plus récent que {named(version)} sur cette machine")
        return
    print(f"  Python {named(version)}", flush=True)
    project = copy_project(folder / "recent")
    for command in (["report", "exemple"], ["unit"]):
        words = [str(python), "scripts/bootstrap.py", *command]
        said = run(words, project, f"Python {named(version)}, {command[0]}")
        show_end(said)


def bare_debian_builds(folder: Path) -> None:
    """Machine nue (Debian testing) : depuis un clone, les commandes du README"""
    if reason := not_possible():
        absent(reason)
        return
    build_on_bare_debian(folder / "systeme")


def build_on_bare_debian(system: Path) -> None:
    """Install a bare system in a folder, clone the project there and make its report."""
    make_system(system)
    shell(
        system.parent, ["git", "clone", "--quiet", "--bare", str(ROOT), str(system / "depot.git")]
    )
    inside(system, "/srv", ["git", "clone", "--quiet", "/depot.git", CLONE])
    print(f"  {inside(system, '/', ['python3', '--version']).strip()}", flush=True)
    said = inside(system, f"/srv/{CLONE}", ["make", "report"])
    lines = said.splitlines()
    if FALLEN_BACK not in lines[0] or FALLEN_BACK not in lines[-1]:
        raise Difference(f"première et dernière lignes : {lines[0]!r}, {lines[-1]!r}")
    if not (system / "srv" / CLONE / "_build/exemple/html/index.html").is_file():
        raise Difference("le site du département fictif n'est pas là")


def absent(reason: str) -> None:
    """Say why a test is not made; under continuous integration that is a failure."""
    if os.environ.get("CI") == "true":
        raise Difference(reason)
    print(f"  non fait : {reason}", flush=True)


def not_possible() -> str:
    """Return why no bare system can be made here, empty when one can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "il faut être root sous Linux pour installer un système dans un dossier"
    missing = [tool for tool in ("debootstrap", "unshare", "git") if not shutil.which(tool)]
    return f"commandes absentes : {', '.join(missing)}" if missing else ""


def make_system(system: Path) -> None:
    """Install a bare Debian testing in a folder, with this machine's way to the packages."""
    script = Path("/usr/share/debootstrap/scripts")
    own = script / SUITE
    words = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, str(system)]
    shell(system.parent, [*words, mirror(), str(own if own.exists() else script / LIKE)])
    for name in SETTINGS:
        if (Path("/") / name).is_file():
            (system / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path("/") / name, system / name)


def mirror() -> str:
    """Return the address that this machine takes its Debian packages from.

    Raises
    ------
    Difference
        When no source of packages of Debian is set.
    """
    fields = "$(LABEL)|$(COMPONENT)|$(REPO_URI)"
    said = shell(Path("/"), ["apt-get", "indextargets", "--format", fields])
    for line in said.splitlines():
        label, component, address = line.split("|")
        if (label, component) == ("Debian", "main"):
            return address
    raise Difference("aucune source de paquets Debian n'est connue d'apt (apt-get update)")


def inside(system: Path, folder: str, words: Sequence[str]) -> str:
    """Run a command in the bare system and return what it said.

    Its mounts are in a space of their own, which goes with the command.
    """
    mounts = 'mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/dev/shm"'
    enter = f'{mounts} && exec chroot "$0" sh -c \'cd "$0" && exec "$@"\' "$@"'
    variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
    variables |= {k: v for k, v in os.environ.items() if k.upper().startswith(PASSED_ON)}
    set_there = [f"{name}={value}" for name, value in variables.items()]
    return shell(
        system.parent,
        ["unshare", "-m", "sh", "-c", enter, str(system), folder, "env", "-i", *set_there, *words],
    )


def shell(folder: Path, words: Sequence[str]) -> str:
    """Run a command of the system and return what it said.

    Raises
    ------
    Difference
        When it fails; with the end of what it said.
    """
    done = subprocess.run(
        list(words), cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise Difference(f"{words[0]} a échoué :\n{done.stdout[-6000:]}{done.stderr[-3000:]}")
    return done.stdout


def show_end(said: str) -> None:
    """Print the count of the tests, and why some were skipped."""
    lines = said.splitlines()
    for line in [*(line for line in lines if line.startswith("SKIPPED")), *lines[-1:]]:
        print(f"  {line}", flush=True)


def named(version: tuple[int, int]) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, version))


if __name__ == "__main__":
    asked = Path(sys.argv[1]) / "systeme"
    build_on_bare_debian(asked)
    show_end(inside(asked, f"/srv/{CLONE}", ["make", "unit"]))
