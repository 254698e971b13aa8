"""What can be said of a value that its producer withholds, and how sure is it?

Each indicator that the registry declares so is regressed, where it is published, on what is known
of the IRIS: other indicators, the 200 m grid, the commune, the IRIS around. Withheld values are
then predicted, one indicator after the other, each draw using the same draw of those before it.
Withholding is not random (METHODS 1.3: rates hidden for being low, communes too small), so the mean
of published values is never used, and a value is drawn, not only predicted: its spread is kept.

An IRIS (H, A, D) is estimated from IRIS of type H. For a commune that is not cut (Z), the other
uncut communes join them with an intercept of their own: villages of the same income receive fewer
minimum benefits than neighbourhoods do, and a model of neighbourhoods alone would say too much.

No draw leaves the range of what is published: a straight line says nothing beyond it, and its ranks
would be the same. The spread stays that of the model, so that the bound adds no certainty.

Reference: Rubin (1987); Van Buuren (2018), 4.5 (sequential imputation of monotone patterns).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.analysis.estimation.estimates import GRID, Estimates, Surroundings
from diagalim.analysis.estimation.imputations import Imputations, bounded_normal, gathered
from diagalim.analysis.estimation.regression import ProperRegression
from diagalim.analysis.values.spread import spread_in_commune
from diagalim.settings.indicators import Registry

IMPUTATIONS = 20
"""Completed tables handed on (METHODS 3.3)."""
DRAWS = 400
"""Draws behind each spread and interval; the first `IMPUTATIONS` of them are handed on."""
LEAST_ROWS = 30
"""Places with everything known under which nothing is regressed (project's convention)."""
ROWS_PER_VARIABLE = 10
"""Places wanted for each explaining variable; the last variables are left out until there are."""
LEAST_UNCUT = 5
"""Uncut communes with everything known from which they have an intercept of their own."""
UNCUT = "non_decoupee"


@dataclass(frozen=True)
class Estimated:
    """Values completed, and what the completion is worth.

    Attributes
    ----------
    values : DataFrame
        The long table, withheld values estimated: ``statut`` (``carreaux`` when the grid was one of
        the reasons, ``estime`` otherwise, ``communal`` where only the commune is known), ``ecart``
        (standard deviation of the draws), ``valeur`` (the prediction, without noise: the median of
        the draws but for chance).
    imputations : Imputations
        Completed tables.
    models : DataFrame
        One row a regression: ``indicateur``, ``statut``, ``iris`` (values predicted), ``lieux``
        (places it rests on), ``variables``, ``ecart_type`` and ``r2`` (on the scale of the model).
    intervals : DataFrame
        One row a value estimated: ``code_iris``, ``indicateur``, ``bas``, ``haut`` (90 %).
    """

    values: pd.DataFrame
    imputations: Imputations
    models: pd.DataFrame
    intervals: pd.DataFrame


def estimate_withheld(
    values: pd.DataFrame,
    registry: Registry,
    around: Surroundings,
    *,
    allowed: pd.Series,
    seed: int,
    count: int = IMPUTATIONS,
) -> Estimated:
    """Estimate the withheld values of the indicators that the registry says how to.

    Parameters
    ----------
    values : DataFrame
        Long, from `diagalim.analysis.values.recipes.all_values`.
    registry : Registry
        ``estimation`` of each indicator.
    around : Surroundings
        Indexes all the IRIS of ``values``.
    allowed : Series of bool
        IRIS whose withheld values may be estimated; the others stay as they are.
    seed : int
        Of the one random generator.
    count : int
        Completed tables to return.

    Returns
    -------
    Estimated

    Raises
    ------
    ValueError
        When fewer than one or more than `DRAWS` completed tables are asked for.
    """
    if not 1 <= count <= DRAWS:
        raise ValueError(f"{count} imputations: between 1 and {DRAWS} are wanted")
    rng = np.random.default_rng(seed)
    work = Estimates(values, registry, around)
    for name in work.order:
        withheld = work.states[name].eq("secret") & allowed.reindex(work.states.index)
        if withheld.any():
            _estimate_one(work, name, withheld.index[withheld], rng)
    completed = work.completed(values)
    return Estimated(
        values=completed,
        imputations=gathered(completed, work.draws, work.states.index, registry, rng, count),
        models=pd.DataFrame(
            work.models,
            columns=["indicateur", "statut", "iris", "lieux", "variables", "ecart_type", "r2"],
        ),
        intervals=work.intervals(),
    )


def _estimate_one(work: Estimates, name: str, targets: pd.Index, rng: np.random.Generator) -> None:
    if not work.published[name].gt(0).any():  # nothing published to learn from
        return _lend(work, name, targets, rng)
    known = work.explaining(name)
    scale = work.scale(name)
    response = scale.forward(work.published[name])
    left = []
    for (uncut, usable), codes in _alike(work, known, targets):
        train = response.notna() & (work.habitat | (work.uncut if uncut else False))
        variables = _affordable(known, train, list(usable))
        if not variables:
            left.append(codes)
            continue
        rows = known.index[train & known[variables].notna().all(axis=1)]
        x = known.loc[rows, variables].to_numpy(float)
        own = work.uncut[rows].to_numpy(float)
        shifted = uncut and own.sum() >= LEAST_UNCUT and own.sum() < len(own)
        if shifted:
            x = np.column_stack([x, own])
        fitted = ProperRegression.fit(x, response[rows].to_numpy(float))
        asked = np.stack([_known_or_drawn(work, known, v, codes) for v in variables], axis=-1)
        if shifted:
            asked = np.concatenate([asked, np.ones((*asked.shape[:-1], 1))], axis=-1)
        drawn = scale.back(fitted.draws(asked, rng))
        status = "carreaux" if GRID in variables else "estime"
        work.keep(name, status, drawn, codes)
        spread = ((response[rows] - response[rows].mean()) ** 2).sum()
        work.models.append(
            {
                "indicateur": name,
                "statut": status,
                "iris": len(codes),
                "lieux": len(rows),
                "variables": tuple([*variables, *([UNCUT] if shifted else [])]),
                "ecart_type": fitted.residual_sd,
                "r2": 1 - fitted.rss / spread if spread > 0 else 0.0,
            }
        )
    for codes in left:
        _lend(work, name, codes, rng)
    return None


def _alike(
    work: Estimates, known: pd.DataFrame, targets: pd.Index
) -> Iterator[tuple[tuple[bool, tuple[str, ...]], pd.Index]]:
    """Group targets that the same model can serve: same kind, same variables at hand."""
    at_hand = known.loc[targets].notna()
    for variable in known.columns.intersection(list(work.draws)):
        at_hand[variable] |= targets.isin(work.draws[variable].index)
    groups: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    uncut = work.uncut[targets].to_numpy()
    for code, whole, has in zip(targets, uncut, at_hand.to_numpy(), strict=True):
        key = (bool(whole), tuple(known.columns[has]))
        groups.setdefault(key, []).append(code)
    for key in sorted(groups):
        yield key, pd.Index(sorted(groups[key]))


def _affordable(known: pd.DataFrame, train: pd.Series, variables: list[str]) -> list[str]:
    """Leave out the last variables until enough places know all the others."""
    while variables:
        rows = int((train & known[variables].notna().all(axis=1)).sum())
        if rows >= max(LEAST_ROWS, ROWS_PER_VARIABLE * len(variables)):
            break
        variables = variables[:-1]
    return variables


def _known_or_drawn(
    work: Estimates, known: pd.DataFrame, variable: str, codes: pd.Index
) -> np.ndarray:
    """Return a variable for each draw and target: the published value, else that of the draw."""
    values = np.tile(known.loc[codes, variable].to_numpy(float), (DRAWS + 1, 1))
    missing = np.isnan(values[0])
    if missing.any():
        drawn = work.draws[variable].loc[codes[missing]].to_numpy(float).T
        values[:, missing] = work.scale(variable).forward(drawn)
    return values


def _lend(work: Estimates, name: str, codes: pd.Index, rng: np.random.Generator) -> None:
    """Fall back on the value of the commune, with the spread between its IRIS."""
    if name not in work.around.communes:
        return
    lent = work.around.communes[name]
    spread = spread_in_commune(work.raw[name], work.states[name], work.around.iris, lent)
    codes = codes[(lent.notna() & spread.notna())[codes].to_numpy()]
    if len(codes):
        upper = work.registry.indicateurs[name].upper_bound
        drawn = bounded_normal(lent[codes], spread[codes], DRAWS, upper, rng)
        work.keep(name, "communal", drawn, codes)
