"""The same table completed several times: what an uncertainty analysis draws from.

A value published for the very place is the same in each completed table, and a value that is not
(estimated, lent by a commune, brought from another definition) differs, as much as it is uncertain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.settings.indicators import Registry


@dataclass(frozen=True)
class Imputations:
    """Completed tables.

    Attributes
    ----------
    names : list of str
        Indicators, k of them.
    codes : Index
        IRIS, n of them.
    draws : ndarray of shape (m, n, k)
        In the unit of each indicator; missing exactly where the point value is.
    """

    names: list[str]
    codes: pd.Index
    draws: np.ndarray


def bounded_normal(
    centre: pd.Series, spread: pd.Series, count: int, upper: float, rng: np.random.Generator
) -> np.ndarray:
    """Draw around values, none under 0 nor over ``upper``: those outside are brought to the bound.

    Returns
    -------
    ndarray of shape (1 + count, rows)
        Row 0 is ``centre``.
    """
    middle = centre.to_numpy(float)
    noise = rng.standard_normal((count, len(middle))) * spread.to_numpy(float)
    return np.vstack([middle, np.clip(middle + noise, 0.0, upper)])


def gathered(
    values: pd.DataFrame,
    estimated: Mapping[str, pd.DataFrame],
    index: pd.Index,
    registry: Registry,
    rng: np.random.Generator,
    count: int,
) -> Imputations:
    """Complete the table ``count`` times.

    Parameters
    ----------
    values : DataFrame
        Long, completed: ``code_iris``, ``indicateur``, ``valeur``, ``ecart``.
    estimated : mapping of str to DataFrame
        Draws of the values estimated, by indicator: IRIS in rows, column 0 the prediction.
    index : Index
        All the IRIS, in order.
    registry : Registry
        Units of the indicators, which bound their values.
    rng : Generator
        For the values that no model drew: those with an ``ecart`` and no draw in ``estimated``.
    count : int
        Completed tables.
    """
    names = list(values["indicateur"].unique())
    draws = np.full((count, len(index), len(names)), np.nan)
    for position, name in enumerate(names):
        here = values[values["indicateur"] == name].set_index("code_iris").reindex(index)
        draws[:, :, position] = here["valeur"].to_numpy(float)
        drawn = estimated.get(name)
        done = index.isin(drawn.index) if drawn is not None else np.zeros(len(index), bool)
        if drawn is not None:
            ordered = drawn.reindex(index[done]).iloc[:, 1 : count + 1]
            draws[:, done, position] = ordered.to_numpy(float).T
        loose = (here["ecart"].to_numpy(float) > 0) & here["valeur"].notna().to_numpy() & ~done
        if loose.any():
            upper = registry.indicateurs[name].upper_bound
            rest = here[loose]
            drawn = bounded_normal(rest["valeur"], rest["ecart"], count, upper, rng)
            draws[:, loose, position] = drawn[1:]
    return Imputations(names, index, draws)


def varying_cells(imputations: Imputations) -> pd.DataFrame:
    """Return what differs from one completed table to the next, to be kept in a file.

    Returns
    -------
    DataFrame
        ``code_iris``, ``indicateur``, then one column a table: ``t0``, ``t1``…
    """
    draws = imputations.draws
    apart = (draws != draws[:1]).any(axis=0) & ~np.isnan(draws[0])
    rows, columns = np.nonzero(apart)
    kept = pd.DataFrame(draws[:, rows, columns].T).add_prefix("t")
    places = {
        "code_iris": imputations.codes[rows],
        "indicateur": np.asarray(imputations.names, dtype=object)[columns],
    }
    return pd.concat([pd.DataFrame(places), kept], axis=1)


def completed(values: pd.DataFrame, cells: pd.DataFrame) -> Imputations:
    """Return the completed tables again, from the values and what differs between tables.

    Parameters
    ----------
    values : DataFrame
        Long: ``code_iris``, ``indicateur``, ``valeur``.
    cells : DataFrame
        From `varying_cells`.
    """
    wide = values.pivot(index="code_iris", columns="indicateur", values="valeur")
    wide = wide[list(values["indicateur"].unique())]
    tables = [name for name in cells.columns if name not in ("code_iris", "indicateur")]
    draws = np.repeat(wide.to_numpy(float)[None], max(len(tables), 1), axis=0)
    rows = wide.index.get_indexer(cells["code_iris"])
    columns = wide.columns.get_indexer(cells["indicateur"])
    draws[:, rows, columns] = cells[tables].to_numpy(float).T
    return Imputations(list(wide.columns), wide.index, draws)
