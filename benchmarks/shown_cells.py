"""Which cells of one built site does another still show?

    python benchmarks/shown_cells.py SITE_BEFORE SITE_AFTER

prints, by page and table, the cells shown and hidden in both sites, then those that the second no
longer shows, and the share of the first that it still does. ``--keep FILE`` writes what each table
of the collected chapters of the second site shows, as ``tests/built/cells_shown.json`` keeps it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "built"))

from attack.cells import is_hidden
from attack.shown import Cell, cells, count_by_table
from attack.site import read_site

COLLECTED = (
    "notebooks/enquete/reponse",
    "notebooks/enquete/resultats",
    "notebooks/publics/remontees",
)


def main() -> int:
    """Compare two sites and print what the second shows of the first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--keep", type=Path, metavar="FILE")
    asked = parser.parse_args()
    before, after = (cells(read_site(path)) for path in (asked.before, asked.after))
    print_tables(before, after)
    was, now = (seen(found) for found in (before, after))
    for cell in sorted(was - now):
        why = "masquée" if cell in after else "absente"
        print(f"  perdue ({why}) : {' / '.join(cell[:4])} : {before[cell]}")
    figures = {"before": len(was), "still": len(was & now), "share": len(was & now) / len(was)}
    if asked.keep:
        kept = {p: t for p, t in count_by_table(now).items() if p in COLLECTED}
        asked.keep.write_text(
            json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    print(json.dumps(figures))
    return 0


def seen(found: dict[Cell, str]) -> set[Cell]:
    """Return the cells that are shown."""
    return {cell for cell, text in found.items() if not is_hidden(text)}


def print_tables(before: dict[Cell, str], after: dict[Cell, str]) -> None:
    """Print, for each table that hides something or shows less, what both sites show and hide."""
    counts = [
        Counter((c.page, c.table, is_hidden(text)) for c, text in f.items())
        for f in (before, after)
    ]
    print(f"{'montrées':>17} {'masquées':>17}  page / tableau")
    for page, table in sorted({(cell.page, cell.table) for cell in before}):
        (was, hid), (now, hides) = ([f[page, table, h] for h in (False, True)] for f in counts)
        if hid or hides or now < was:
            print(f"{was:6} → {now:<8} {hid:6} → {hides:<8}  {page} / {table}")


if __name__ == "__main__":
    raise SystemExit(main())
