"""How long does it take to make a table of counts safe, and to prove that it is?

Tables of random counts (Poisson of mean 6, where about one cell in four is under 5) of several
sizes are protected, then audited in full. The budget of the project is 10 s for 30 lines by 20
columns. Figures are printed, never asserted: machines differ.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from diagalim.analysis.disclosure.audit import intervals
from diagalim.analysis.disclosure.relations import table_relations
from diagalim.analysis.disclosure.suppression import protect

SIZES = ((5, 4), (10, 8), (20, 12), (30, 20))
BUDGET = {(30, 20): 10}
"""Seconds, by size."""
MEAN, SEED = 6, 3


def main() -> int:
    """Measure each size and print the table."""
    print(
        f"{'Table':>9} {'Masquées':>9} {'Protéger':>9} {'Contrôler':>10} {'Total':>8} {'Budget':>8}"
    )
    for rows, columns in SIZES:
        counts = np.random.default_rng(SEED).poisson(MEAN, (rows, columns))
        relations = table_relations(pd.DataFrame(counts))
        start = time.monotonic()
        safe = protect(relations)
        made = time.monotonic()
        intervals(relations, safe.hidden)
        end = time.monotonic()
        budget = f"{BUDGET[rows, columns]} s" if (rows, columns) in BUDGET else ""
        print(
            f"{f'{rows} × {columns}':>9} {len(safe.hidden):9} {made - start:7.2f} s "
            f"{end - made:8.2f} s {end - start:6.2f} s {budget:>8}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
