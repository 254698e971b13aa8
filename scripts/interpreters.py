"""Which Pythons does this machine have, among those that the project supports?

The locks pick other versions of the packages from Python 3.12 on: what passes on one interpreter
may stop on another. Standard library only, as it runs before anything is installed.

    python3 scripts/interpreters.py oldest     (or: newest, list)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)
"""First and last minor version that the project is tried on."""
USABLE = "import sys, ensurepip, venv; print(*sys.version_info[:2])"
"""What an interpreter must be able to import to make an environment (Debian parts it)."""

Version = tuple[int, int]


def interpreters() -> dict[Version, Path]:
    """Return an interpreter for each supported version found, the oldest first.

    That which runs is preferred to another of its version. An interpreter that cannot make a
    virtual environment does not count.
    """
    found: dict[Version, Path] = {}
    for path in candidates():
        version = version_of(path)
        if version and OLDEST <= version <= NEWEST:
            found.setdefault(version, path)
    return dict(sorted(found.items()))


def candidates() -> Iterator[Path]:
    """Yield interpreters of the machine: this one, those of the PATH, of pyenv, of ``py``."""
    yield Path(getattr(sys, "_base_executable", sys.executable))
    minors = range(OLDEST[1], NEWEST[1] + 1)
    for name in ("python3", *(f"python3.{minor}" for minor in minors)):
        if path := shutil.which(name):
            yield Path(path)
    # pyenv shows one version at a time on the PATH, and keeps the others here
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for minor in minors:
        yield from sorted(root.glob(f"versions/3.{minor}*/bin/python3"), reverse=True)
    if os.name == "nt" and (launcher := shutil.which("py")):
        for minor in minors:
            said = asked([launcher, f"-3.{minor}", "-c", "import sys; print(sys.executable)"])
            if said:
                yield Path(said)


def version_of(path: Path) -> Version | None:
    """Return the version of an interpreter, None when it cannot make an environment."""
    said = asked([str(path), "-c", USABLE])
    if not said:
        return None
    major, minor = said.split()
    return int(major), int(minor)


def asked(words: list[str]) -> str:
    """Return what a command says, empty when it cannot be run or fails."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    except OSError:  # a name that stands for nothing
        return ""
    return "" if done.returncode else done.stdout.strip()


def main(words: list[str]) -> int:
    """Print the interpreter asked for and return an exit code."""
    found = interpreters()
    paths = [str(path) for path in found.values()]
    lines = {"oldest": paths[:1], "newest": paths[-1:], "list": paths}
    if len(words) != 1 or words[0] not in lines:
        print(__doc__, file=sys.stderr)
        return 2
    if not found:
        print("Aucun Python de 3.11 à 3.14 n'a été trouvé sur cette machine.", file=sys.stderr)
        return 1
    print("\n".join(lines[words[0]]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
