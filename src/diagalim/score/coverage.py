"""How well is each indicator known? Coverage, states, median: what to look at before any score."""

from __future__ import annotations

import pandas as pd


def coverage(values: pd.DataFrame, population: pd.Series) -> pd.DataFrame:
    """Summarise each indicator.

    Parameters
    ----------
    values : DataFrame
        From `diagalim.score.values.all_values`.
    population : Series
        Inhabitants by IRIS.

    Returns
    -------
    DataFrame
        Indexed by indicator, in their order: ``connus`` (IRIS with a value), ``part_population`` (%
        of inhabitants living there), ``mediane``, ``p5``, ``p95``, ``secret``, ``empruntes`` (lent
        by a larger commune or from another definition), ``estimes`` (withheld, then estimated),
        ``sources`` (datasets used).
    """
    rows = {}
    for name, here in values.groupby("indicateur", sort=False):
        known = here[here["valeur"].notna()]
        living = population.reindex(known["code_iris"]).sum()
        rows[name] = {
            "connus": len(known),
            "part_population": 100 * living / population.sum(),
            "mediane": known["valeur"].median(),
            "p5": known["valeur"].quantile(0.05),
            "p95": known["valeur"].quantile(0.95),
            "secret": int((here["statut"] == "secret").sum()),
            "empruntes": int(here["statut"].isin(["communal", "proxy"]).sum()),
            "estimes": int(here["statut"].isin(["carreaux", "estime"]).sum()),
            "sources": tuple(sorted(set(known["source"]))),
        }
    return pd.DataFrame.from_dict(rows, orient="index")
