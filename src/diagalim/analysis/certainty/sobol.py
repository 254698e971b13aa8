"""Which choice moves the result the most? Sobol indices of any model, by SALib.

Each input is a number drawn between 0 and 1 that the model turns into one of its choices. The first
order index is the share of the variance of the result that one choice explains alone; the total
index adds all that it explains together with others. A total index near zero means that the choice
does not matter.

References: Saltelli et al. (2010), Computer Physics Communications 181; Jansen (1999), ibid. 117.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import sobol as sobol_sample

BASE = 1024
"""Base size of the sample, a power of 2: the model runs ``BASE · (inputs + 2)`` times."""
RESAMPLES = 200
"""Bootstrap samples of the intervals."""
CONFIDENCE = 0.90
SMALLEST_SPREAD = 1e-12
"""A result that varies less than this is constant: no choice explains anything."""

Model = Callable[[np.ndarray], np.ndarray]


def sobol_indices(
    model: Model,
    inputs: Sequence[str],
    *,
    seed: int,
    base: int = BASE,
    resamples: int = RESAMPLES,
    outputs: Sequence[str] = ("resultat",),
) -> pd.DataFrame:
    """Return first order and total indices of each input for each output.

    Parameters
    ----------
    model : callable
        From an array (runs, inputs) of numbers in [0, 1) to an array (runs,) or (runs, outputs).
    inputs : sequence of str
        Names of the inputs, in the order of the columns.
    seed : int
        Positive; of the sample and of the bootstrap.
    base : int
        Base size of the sample, a power of 2.
    resamples : int
        Bootstrap samples.
    outputs : sequence of str
        Names of the outputs.

    Returns
    -------
    DataFrame
        One row an output and input: ``sortie``, ``choix``, ``premier``, ``total``, and the ends of
        their 90 % bootstrap intervals ``premier_bas``, ``premier_haut``, ``total_bas``,
        ``total_haut``. Missing when the output is constant. Estimates are not cut at 0 and 1.

    Raises
    ------
    ValueError
        When the base is not a power of 2, the seed is not positive, or the outputs do not have
        their names.
    """
    if base < 2 or base & (base - 1):
        raise ValueError(f"base {base} is not a power of 2")
    if seed <= 0:
        raise ValueError(f"seed {seed} is not positive")
    problem = {"num_vars": len(inputs), "names": list(inputs), "bounds": [[0, 1]] * len(inputs)}
    sample = sobol_sample.sample(problem, base, calc_second_order=False, seed=seed)
    found = np.asarray(model(sample), dtype=np.float64).reshape(len(sample), -1)
    if found.shape[1] != len(outputs):
        raise ValueError(f"{found.shape[1]} outputs, {len(outputs)} names")
    tables = []
    for name, column in zip(outputs, found.T, strict=True):
        table = _indices(problem, column, resamples, seed)
        table.insert(0, "sortie", name)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _indices(problem: dict, result: np.ndarray, resamples: int, seed: int) -> pd.DataFrame:
    table = pd.DataFrame({"choix": problem["names"]})
    columns = {"premier": "S1", "total": "ST"}
    if result.std() < SMALLEST_SPREAD:
        names = [f"{c}{end}" for c in columns for end in ("", "_bas", "_haut")]
        return table.assign(**dict.fromkeys(names, np.nan))
    found = sobol_analysis.analyze(
        problem,
        result,
        calc_second_order=False,
        num_resamples=resamples,
        conf_level=CONFIDENCE,
        seed=seed,
    )
    for column, key in columns.items():
        table[column] = found[key]
        table[f"{column}_bas"] = found[key] - found[f"{key}_conf"]
        table[f"{column}_haut"] = found[key] + found[f"{key}_conf"]
    return table
