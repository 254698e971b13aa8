"""What does it cost to take one department out of the national file of equipment?

Insee's BPE lists some 2.8 million pieces of equipment in 80 columns. A file of that many rows is
made (``--lignes``), then read by the project and by one call of `pandas.read_csv` on the columns
that the reader declares, each in a process of its own so that memory is its own. Figures are
printed, never asserted: machines differ.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from diagalim.settings.territory_file import load_territory
from diagalim.sources.official.equipment import read_points
from diagalim.sources.registry import Resolved, load_sources
from diagalim.sources.schemas import layout_of

DEPARTMENT = "13"
ROWS = 2_800_000
"""Rows of the national file (Insee, BPE 2024), to the hundred thousand."""
FOOD = ("B105", "B201", "B202", "B204", "B206", "B207")
SHARE = 30
"""One row in thirty is of the department: 13 has 3 % of the inhabitants of France."""


def main() -> int:
    """Make the file, measure both readings, print the table."""
    parser = argparse.ArgumentParser(description="Mesure la lecture d'un fichier national.")
    parser.add_argument("--lignes", type=int, default=ROWS)
    parser.add_argument("--lire", choices=READINGS, help=argparse.SUPPRESS)
    parser.add_argument("--fichier", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.lire:
        start = time.monotonic()
        rows = READINGS[asked.lire](asked.fichier)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(rows, time.monotonic() - start, peak)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "BPE24.csv"
        make_national(path, asked.lignes)
        size = path.stat().st_size / 1e6
        print(f"{asked.lignes} lignes, {size:.0f} Mo ; un processus par mesure")
        done = {name: measure(name, path) for name in READINGS}
    for name, (rows, seconds, peak) in done.items():
        print(f"{name:10} {seconds:6.1f} s {peak:7.0f} Mo au plus {rows:9} lignes gardées")
    ours, plain = done["projet"], done["pandas"]
    print(f"projet / pandas : temps {ours[1] / plain[1]:.2f}, mémoire {ours[2] / plain[2]:.2f}")
    return 0


def make_national(path: Path, rows: int) -> None:
    """Write a file with the header of the fictitious department and made rows."""
    folder = Path(__file__).resolve().parents[1] / "data" / "exemple" / "officiel" / "bpe"
    with (folder / "BPE24.csv").open(encoding="utf-8") as model:
        header, row = model.readline(), model.readline().rstrip("\n").split(";")
    names = header.rstrip("\n").split(";")
    place = {name: names.index(name) for name in ("DEPCOM", "DEP", "TYPEQU", "DCIRIS")}
    with path.open("w", encoding="utf-8") as file:
        file.write(header)
        for k in range(rows):
            department = DEPARTMENT if k % SHARE == 0 else f"{14 + k % 80:02d}"
            commune = f"{department}{1 + k % 97:03d}"
            row[place["DEPCOM"]], row[place["DEP"]] = commune, department
            row[place["TYPEQU"]] = FOOD[k // SHARE % len(FOOD)]
            row[place["DCIRIS"]] = f"{commune}{101 + k % 7:04d}"
            file.write(";".join(row) + "\n")


def measure(name: str, path: Path) -> tuple[int, float, float]:
    """Return rows kept, seconds, and peak memory in MB of one reading, imports left out of time."""
    command = [sys.executable, __file__, "--lire", name, "--fichier", str(path)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(shown[0]), float(shown[1]), float(shown[2])


def by_project(path: Path) -> int:
    """Read the points of the department as a chapter does."""
    found = _found(path)
    return len(read_points(found, load_territory(DEPARTMENT)))


def by_pandas(path: Path) -> int:
    """Read the same columns of the whole file, then keep the department."""
    import pandas as pd

    columns = layout_of(_found(path)).columns
    table = pd.read_csv(path, sep=";", usecols=columns, dtype=str)
    return int(table["DEPCOM"].str.startswith(DEPARTMENT).sum())


def _found(path: Path) -> Resolved:
    source = load_sources()["bpe"]
    edition = source.edition(2024)
    return Resolved("bpe", path, source, edition, edition.fichiers[0])


READINGS = {"projet": by_project, "pandas": by_pandas}

if __name__ == "__main__":
    raise SystemExit(main())
