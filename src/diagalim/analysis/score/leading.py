"""What raises the score of an IRIS, and how many people live in each class.

People living in a class are *potentially exposed*: they are not people in food precarity. Most
residents of a high-risk IRIS are not precarious, and many precarious people live elsewhere
(Robinson, 1950, on the ecological fallacy).
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.score.status import SCORED

LEADING = 3
"""Indicators named for each IRIS."""


def highest(score: pd.Series, why: pd.DataFrame, count: int) -> pd.Index:
    """Return the places of the highest scores, the first one first; none that is indicative.

    Parameters
    ----------
    score : Series
        Missing where not scored.
    why : DataFrame
        ``statut`` of each place (`diagalim.analysis.score.status.why_unscored`).
    count : int
        At most this many.
    """
    return score.where(why["statut"] == SCORED).dropna().nlargest(count).index


def leading_indicators(
    contributions: pd.DataFrame, values: pd.DataFrame, count: int = LEADING
) -> pd.DataFrame:
    """Return the indicators that raise each score the most above the median IRIS.

    Parameters
    ----------
    contributions : DataFrame
        From `diagalim.analysis.score.composite.Composite`; units in rows.
    values : DataFrame
        Raw values, same index and columns.
    count : int
        Largest number of indicators a unit; only positive contributions are named.

    Returns
    -------
    DataFrame
        One row a named indicator: ``code_iris``, ``ordre`` (1 first), ``indicateur``,
        ``contribution`` (points of score), ``valeur``, ``mediane`` (of the scored units, which is
        the reference of the contributions).
    """
    long = contributions.rename_axis("code_iris").stack().rename("contribution")
    long = long[long > 0].rename_axis(["code_iris", "indicateur"]).reset_index()
    long = long.sort_values(
        ["code_iris", "contribution", "indicateur"], ascending=[True, False, True]
    )
    long["ordre"] = long.groupby("code_iris").cumcount() + 1
    named = long[long["ordre"] <= count].copy()
    raw = values.rename_axis("code_iris").stack().rename("valeur")
    raw = raw.rename_axis(["code_iris", "indicateur"]).reset_index()
    named = named.merge(raw, on=["code_iris", "indicateur"], how="left")
    scored = contributions.notna().any(axis=1)
    named["mediane"] = named["indicateur"].map(values[scored].median())
    return named[["code_iris", "ordre", "indicateur", "contribution", "valeur", "mediane"]]


def population_by_class(classes: pd.Series, population: pd.Series, count: int) -> pd.DataFrame:
    """Count IRIS and inhabitants in each class.

    Parameters
    ----------
    classes : Series
        1 to ``count``; missing where not scored.
    population : Series
        Inhabitants, same index.
    count : int
        Number of classes.

    Returns
    -------
    DataFrame
        Indexed by class, then 0 for units without a score: ``iris``, ``population``, ``part`` (% of
        all inhabitants). Inhabitants add up to the whole territory.
    """
    grouped = population.groupby(classes.fillna(0).astype(int))
    table = pd.DataFrame({"iris": grouped.size(), "population": grouped.sum()})
    table = table.reindex([*range(1, count + 1), 0], fill_value=0)
    table["part"] = 100 * table["population"] / population.sum()
    return table.rename_axis("classe")


def by_area(classes: pd.Series, population: pd.Series, areas: pd.Series, top: int) -> pd.DataFrame:
    """Say, for each city or EPCI, how many inhabitants live in the highest class.

    Parameters
    ----------
    classes, population, areas : Series
        Same index; ``areas`` is missing for IRIS that no area claims.
    top : int
        The highest class.

    Returns
    -------
    DataFrame
        Indexed by area: ``iris``, ``notes`` (scored IRIS), ``population``, ``population_haute``
        (living in class ``top``), ``part_haute`` (% of the inhabitants of the area).
    """
    table = pd.DataFrame({"aire": areas, "population": population, "classe": classes})
    table["notes"] = table["classe"].notna()
    table["population_haute"] = table["population"].where(table["classe"] == top, 0.0)
    grouped = table.groupby("aire", sort=False)
    result = grouped.agg(
        iris=("population", "size"),
        notes=("notes", "sum"),
        population=("population", "sum"),
        population_haute=("population_haute", "sum"),
    )
    result["part_haute"] = 100 * result["population_haute"] / result["population"]
    return result
