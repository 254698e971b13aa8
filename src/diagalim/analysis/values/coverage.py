"""How well is each indicator known? Coverage, states, median: what to look at before any score."""

from __future__ import annotations

import pandas as pd


def coverage(values: pd.DataFrame, population: pd.Series) -> pd.DataFrame:
    """Summarise each indicator.

    Parameters
    ----------
    values : DataFrame
        From `diagalim.analysis.values.recipes.all_values`.
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


GROUPS = {
    "publies": ("observe",),
    "arrondis": ("arrondi",),
    "empruntes": ("communal", "proxy"),
    "estimes": ("carreaux", "estime"),
    "masques": ("secret",),
    "absents": ("absent",),
    "sans_objet": ("petit_effectif", "sans_population"),
}
"""What a reader tells apart, and the states of a value that it gathers."""


def known_by_type(values: pd.DataFrame, types: pd.Series) -> pd.DataFrame:
    """Count, for each indicator, the IRIS of each type whose value is known or estimated.

    Parameters
    ----------
    values : DataFrame
        Long: ``code_iris``, ``indicateur``, ``valeur``.
    types : Series of str
        Type of each IRIS (H, A, D, Z), by code.

    Returns
    -------
    DataFrame of int
        Indexed by indicator, in their order; one column for each type met.
    """
    known = values[values["valeur"].notna()]
    counts = pd.crosstab(known["indicateur"], known["code_iris"].map(types))
    columns = [name for name in ("H", "A", "D", "Z") if types.eq(name).any()]
    return counts.reindex(index=values["indicateur"].unique(), columns=columns, fill_value=0)


def states_by_indicator(values: pd.DataFrame) -> pd.DataFrame:
    """Count the values of each indicator by what is behind them; a row sums to the IRIS.

    Parameters
    ----------
    values : DataFrame
        Long: ``indicateur``, ``statut``.

    Returns
    -------
    DataFrame of int
        Indexed by indicator, in their order; columns are the keys of `GROUPS`.

    Raises
    ------
    ValueError
        When a state belongs to no group.
    """
    group_of = {state: group for group, states in GROUPS.items() for state in states}
    unknown = sorted(set(values["statut"]) - set(group_of))
    if unknown:
        raise ValueError(f"states of a value that no group gathers: {', '.join(unknown)}")
    counts = pd.crosstab(values["indicateur"], values["statut"].map(group_of))
    return counts.reindex(index=values["indicateur"].unique(), columns=list(GROUPS), fill_value=0)
