"""How does what a network reports change, and what is missing? One network at a time.

A place that closes or forgets a sheet would look like a fall: the index is made on the lines (place
and type of aid) that the network filled at every one of its periods. Nothing is imputed; what was
not sent stays « non reçue » in the table of completeness (METHODS 6.2).
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.publics.comparability import (
    COUNTERS,
    NETWORK,
    PARTS,
    PERIOD,
    UNIT,
    NotAdditive,
    add_up,
)
from diagalim.analysis.publics.volumes import ORIGINS

LINE = ["id_site", "type_aide"]
GROUPS = {**PARTS, "tonnages": ORIGINS}
"""Groups of fields of the sheet that a place may leave blank, the counter aside."""
COLUMNS = [
    "lignes",
    "remplies",
    "total",
    "plus_grande",
    "suivies",
    "total_suivi",
    "plus_grande_suivie",
    "plus_grande_autre",
    "indice",
]
"""Of `network_series`."""


def network_series(lines: pd.DataFrame) -> pd.DataFrame:
    """Return what each network declares at each period, in its own unit, with an index.

    Parameters
    ----------
    lines : DataFrame
        Lines of reporting sheets of every network.

    Returns
    -------
    DataFrame
        Indexed by (network, unit, period): ``lignes`` received, ``remplies`` (lines whose counter
        is filled), ``total`` (their sum), ``plus_grande`` (largest line), ``suivies`` (lines filled
        at every period of the network), ``total_suivi`` and ``plus_grande_suivie`` (the same of
        those), ``plus_grande_autre`` (largest of the others, missing when there is none),
        ``indice`` (sum of those followed, 100 at the first period; missing when the network has one
        period only or no line at all of them).
    """
    rows = {}
    for (network, unit), own in lines.groupby([NETWORK, UNIT], sort=True):
        wide, followed = _wide(own, unit), followed_lines(own)
        sums = followed.sum()
        has_index = wide.shape[1] > 1 and len(followed) > 0 and sums.iloc[0] > 0
        for period, counts in wide.items():
            here = own[own[PERIOD] == period]
            try:
                total = float(add_up(here))
            except NotAdditive:  # no line of this period is filled: there is no total to show
                total = float("nan")
            rows[network, unit, period] = {
                "lignes": len(here),
                "remplies": int(counts.notna().sum()),
                "total": total,
                "plus_grande": _largest(counts),
                "suivies": len(followed),
                "total_suivi": float(sums[period]),
                "plus_grande_suivie": _largest(followed[period]),
                "plus_grande_autre": _largest(counts.drop(followed.index)),
                "indice": 100 * float(sums[period]) / float(sums.iloc[0])
                if has_index
                else float("nan"),
            }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)
    table.index = pd.MultiIndex.from_tuples(rows, names=["reseau", "unite", "periode"])
    return table


def followed_lines(own: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of the lines that one network fills at every one of its periods.

    Parameters
    ----------
    own : DataFrame
        Lines of one network, in one unit.

    Returns
    -------
    DataFrame
        Indexed by place and type of aid, one column a period.
    """
    return _wide(own, own[UNIT].iloc[0]).dropna()


def _wide(own: pd.DataFrame, unit: str) -> pd.DataFrame:
    return own.pivot(index=LINE, columns=PERIOD, values=COUNTERS[unit])


def _largest(counts: pd.Series) -> float:
    return float(counts.max()) if counts.notna().any() else float("nan")


def completeness(lines: pd.DataFrame) -> pd.DataFrame:
    """Return how much of its sheet each place filled at each period.

    Parameters
    ----------
    lines : DataFrame
        Lines of reporting sheets of every network.

    Returns
    -------
    DataFrame of Int64
        Indexed by (network, ``id_site``), one column a period: groups of `GROUPS` filled on all the
        lines of the place; missing when no sheet came.
    """
    filled = pd.DataFrame(
        {name: lines[list(fields)].notna().all(axis=1) for name, fields in GROUPS.items()}
    )
    filled[[NETWORK, "id_site", PERIOD]] = lines[[NETWORK, "id_site", PERIOD]]
    whole = filled.groupby([NETWORK, "id_site", PERIOD])[list(GROUPS)].all().sum(axis=1)
    return whole.unstack(PERIOD).astype("Int64").sort_index()


def received(table: pd.DataFrame) -> pd.DataFrame:
    """Return, network by network, the places that sent a sheet among those known.

    Parameters
    ----------
    table : DataFrame
        From `completeness`.

    Returns
    -------
    DataFrame of int
        Indexed by network: ``connus`` (places that sent at least one sheet), one column a period.
    """
    counts = table.notna().groupby(level=0).sum()
    counts.insert(0, "connus", table.groupby(level=0).size())
    return counts
