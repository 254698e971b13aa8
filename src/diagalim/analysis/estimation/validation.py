"""Are the estimates as good as they say? Hide values that are published, and look.

A tenth of the IRIS whose values are published lose, several times, what the producer withheld in an
IRIS of the same type drawn at random: all incomes of a neighbourhood, or the poverty rate alone of
a small commune. They are then estimated as the withheld ones are, and compared. What cannot be seen
this way: whether the IRIS that are withheld obey the model of those that are published.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from diagalim.analysis.estimation.estimates import Surroundings
from diagalim.analysis.estimation.withheld import estimate_withheld
from diagalim.analysis.values.spread import PUBLISHED
from diagalim.settings.indicators import Registry

SHARE, REPEATS = 0.10, 20
"""Share of the places hidden (METHODS 3.3), and how many times: five would leave the coverage of
one indicator known to 4 points only, as an IRIS hard to estimate counts for all its values."""


def hidden_cells(
    states: pd.DataFrame,
    names: list[str],
    types: pd.Series,
    allowed: pd.Series,
    rng: np.random.Generator,
    share: float = SHARE,
) -> pd.DataFrame:
    """Choose which published values to hide, as the producer withholds them.

    Parameters
    ----------
    states : DataFrame of str
        State of each value, IRIS in rows, indicators in columns.
    names : list of str
        Indicators that can be estimated.
    types : Series of str
        Type of each IRIS, same index.
    allowed : Series of bool
        IRIS whose withheld values are estimated.
    rng : Generator
    share : float
        Of the IRIS of each type that have something to hide.

    Returns
    -------
    DataFrame of bool
        Indexed by IRIS, columns ``names``.
    """
    withheld = states[names].eq("secret")
    published = states[names].isin(PUBLISHED)
    hidden = pd.DataFrame(False, states.index, names)
    for kind in sorted(types[withheld.any(axis=1) & allowed].unique()):
        here = (types == kind) & allowed
        patterns = withheld[here & withheld.any(axis=1)].to_numpy()
        whole = published.index[here & published.any(axis=1) & ~withheld.any(axis=1)]
        if len(whole) == 0:
            continue
        chosen = rng.choice(whole.to_numpy(), max(1, round(share * len(whole))), replace=False)
        like = patterns[rng.integers(len(patterns), size=len(chosen))]
        hidden.loc[chosen, names] = like & published.loc[chosen, names].to_numpy()
    return hidden


def validate_estimation(
    values: pd.DataFrame,
    registry: Registry,
    around: Surroundings,
    *,
    allowed: pd.Series,
    seed: int,
    share: float = SHARE,
    repeats: int = REPEATS,
) -> pd.DataFrame:
    """Hide published values, estimate them, and compare.

    Parameters
    ----------
    values, registry, around, allowed, seed
        As in `diagalim.analysis.estimation.withheld.estimate_withheld`.
    share : float
        Of the IRIS of each type.
    repeats : int
        Times that it is done; the same IRIS may be hidden twice.

    Returns
    -------
    DataFrame
        One row a hidden value: ``essai``, ``code_iris``, ``indicateur``, ``statut`` (how it was
        estimated), ``vrai``, ``valeur``, ``bas``, ``haut``; none when nothing is withheld.
    """
    keys = ["code_iris", "indicateur"]
    states = values.pivot(index="code_iris", columns="indicateur", values="statut")
    states = states.reindex(around.iris.index)
    names = [name for name in registry.estimation_order() if name in states]
    types = around.iris["type_iris"]
    seen = []
    for trial, child in enumerate(np.random.SeedSequence(seed).spawn(repeats), start=1):
        rng = np.random.default_rng(child)
        hidden = hidden_cells(states, names, types, allowed, rng, share).stack()
        asked = hidden.index[hidden].rename(keys)
        mask = pd.MultiIndex.from_frame(values[keys]).isin(asked)
        masked = values.copy()
        masked.loc[mask, ["valeur", "demi_arrondi", "erreur_sondage"]] = [np.nan, 0.0, 0.0]
        masked.loc[mask, "statut"] = "secret"
        found = estimate_withheld(
            masked, registry, around, allowed=allowed, seed=int(rng.integers(2**32)), count=1
        )
        truth = values.loc[mask, [*keys, "valeur"]].rename(columns={"valeur": "vrai"})
        compared = truth.merge(found.values[[*keys, "statut", "valeur"]], on=keys)
        seen.append(compared.merge(found.intervals, on=keys).assign(essai=trial))
    columns = ["essai", *keys, "statut", "vrai", "valeur", "bas", "haut"]
    return pd.concat(seen, ignore_index=True)[columns]


def summary_of(
    compared: pd.DataFrame, by: Sequence[str] = ("indicateur", "statut")
) -> pd.DataFrame:
    """Say how far the estimates were, and how often the interval held the truth.

    Parameters
    ----------
    compared : DataFrame
        From `validate_estimation`.
    by : sequence of str
        Columns to group by.

    Returns
    -------
    DataFrame
        Indexed by ``by``: ``caches`` (values hidden), ``rmse`` and ``biais``
        (unit of the indicator), ``largeur`` (median width of the 90 % interval), ``couverture``
        (share, 0 to 1, of the intervals that held the truth). The last row, all keys empty, is
        the whole: coverage only, as units differ.
    """
    error = compared["valeur"] - compared["vrai"]
    held = compared["vrai"].between(compared["bas"], compared["haut"])
    table = compared.assign(
        erreur=error, carre=error**2, large=compared["haut"] - compared["bas"], tenu=held
    )
    grouped = table.groupby(list(by), sort=False)
    summary = grouped.agg(
        caches=("erreur", "size"),
        rmse=("carre", "mean"),
        biais=("erreur", "mean"),
        largeur=("large", "median"),
        couverture=("tenu", "mean"),
    )
    summary["rmse"] **= 0.5
    whole = {"caches": len(table), "couverture": float(held.mean()) if len(table) else np.nan}
    key = "" if len(by) == 1 else ("",) * len(by)
    summary.loc[key, list(whole)] = list(whole.values())
    return summary
