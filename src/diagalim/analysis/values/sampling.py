"""How far may a share of the census be from the truth, because not everybody was asked?

In a commune of 10,000 inhabitants or more the census asks about 40 % of dwellings over five years,
and codes families and occupations for a quarter of these forms only: a share is an estimate.
Smaller communes are asked in full. The design effect (people of one dwelling are alike, dwellings
of one address are drawn together) is an assumption, printed with the results.

Reference: METHODS 3.6; Cochran (1977), Sampling Techniques, 3.2 (finite population correction).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagalim.settings.indicators import Recipe

if TYPE_CHECKING:
    from diagalim.analysis.values.tables import Tables

FRACTIONS = {"P": 0.40, "C": 0.10}
"""Share of the universe that is asked: main and complementary processing of the census."""
DESIGN_EFFECT = 1.5
"""Variance beside that of a simple random sample (assumption, no published value by IRIS)."""
SAMPLED_FROM = 10_000
"""Inhabitants from which a commune is sampled; below, the census asks everybody."""


def census_part(recipe: Recipe) -> str | None:
    """Return "P" or "C" when a recipe reads a share of the census, None otherwise.

    The prefix of Insee's columns says it; ``sondage`` says it for files that renamed them.
    """
    if recipe.sondage or recipe.numerateur is None:
        return recipe.sondage
    prefixes = {name.split("{aa}_")[0] for name in recipe.numerateur.colonnes}
    return "C" if "C" in prefixes else "P" if prefixes == {"P"} else None


def sampling_error(share: pd.Series, size: pd.Series, part: str) -> pd.Series:
    """Return ``sqrt(deff · p(1 − p)(1 − f) / (f · M))``, the standard error of a share.

    Parameters
    ----------
    share : Series
        p, 0 to 1; clipped to these bounds.
    size : Series
        M, units of the universe in the whole area, not in the sample.
    part : {"P", "C"}
        Processing of the census, which gives the sampling fraction f.

    Returns
    -------
    Series
        0 to 1, same index; missing where the share or the size is, or the size is not positive.
    """
    fraction = FRACTIONS[part]
    p = share.clip(0.0, 1.0)
    variance = DESIGN_EFFECT * p * (1 - p) * (1 - fraction) / (fraction * size.where(size > 0))
    return np.sqrt(variance)


def sampled(communes: pd.Series, population: pd.Series) -> pd.Series:
    """Return whether the commune of each IRIS is large enough to be sampled.

    Parameters
    ----------
    communes, population : Series
        Code of the commune and inhabitants of each IRIS, same index.
    """
    return population.groupby(communes).transform("sum") >= SAMPLED_FROM


def recipe_error(
    recipe: Recipe, values: pd.Series, iris: pd.DataFrame, tables: Tables
) -> pd.Series:
    """Return the standard error of a recipe by IRIS, in the unit of the indicator.

    Where the size of the universe is not in the files, it is taken for the inhabitants of the IRIS
    times the ratio between both in the IRIS where it is.

    Parameters
    ----------
    recipe : Recipe
        Known by IRIS.
    values : Series
        What it gave, indexed by IRIS.
    iris : DataFrame
        Same index: ``commune``, ``population``.
    tables : Tables
        What the readers gave.

    Returns
    -------
    Series
        0 where nothing was sampled: another source than the census, a commune asked in full.
    """
    part = census_part(recipe)
    sizes = [recipe.denominateur] if recipe.denominateur else recipe.effectif
    base = next((size for size in sizes if tables.holds(size, recipe.format)), None)
    if part is None or base is None:
        return pd.Series(0.0, index=iris.index)
    size = tables.total(base, iris.index)["valeur"]
    known = size.notna() & (iris["population"] > 0)
    ratio = size[known].sum() / iris.loc[known, "population"].sum() if known.any() else 0.0
    size = size.fillna(ratio * iris["population"])
    error = recipe.echelle * sampling_error(values / recipe.echelle, size, part)
    return error.where(sampled(iris["commune"], iris["population"]), 0.0).fillna(0.0)
