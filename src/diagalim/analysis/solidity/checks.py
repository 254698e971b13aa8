"""Which outside measures is the score put beside, and what does each share with it?

Kept apart from how agreement is measured: this list is a choice of the study (METHODS 3.10).
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from diagalim.analysis.solidity.validity import CONVERGENT, DISCRIMINANT, FILOSOFI, Check, sharing

RSA = "taux_rsa"
CENSUS = ("part_familles_mono", "part_sans_voiture", "part_hlm")
"""Indicators of the census of which the reference gives the agreement with the poverty rate."""
GRID_POVERTY, GRID_INCOME, DIGITAL = "grille_pauvrete", "grille_niveau_vie", "fragilite_numerique"
POPULATION, AREA, DENSITY = "population", "superficie", "densite"


def outside_checks(
    values: pd.DataFrame,
    names: list[str],
    grid: pd.DataFrame | None = None,
    digital: pd.Series | None = None,
) -> list[Check]:
    """Return the measures that should agree with the score; those without a file are left out.

    Parameters
    ----------
    values : DataFrame
        From `diagalim.analysis.values.recipes.all_values`.
    names : list of str
        Indicators of the score.
    grid : DataFrame, optional
        From `diagalim.analysis.geo.grid_of_iris.grid_of_iris`.
    digital : Series, optional
        Index of digital fragility by IRIS. It uses incomes: those of the score are left out too.
    """
    raw = values.pivot(index="code_iris", columns="indicateur", values="valeur")
    taxed = sharing(values, FILOSOFI, names)
    checks = []
    if grid is not None:
        poor, income = grid["part_menages_pauvres"], grid["niveau_vie"]
        checks.append(Check(GRID_POVERTY, poor, CONVERGENT, shares=taxed))
        checks.append(Check(GRID_INCOME, income, CONVERGENT, direction=-1, shares=taxed))
    if digital is not None:
        checks.append(Check(DIGITAL, digital, CONVERGENT, shares=taxed))
    for name in (RSA, *CENSUS):
        if name in names:
            checks.append(Check(name, raw[name], CONVERGENT, shares=(name,)))
    return checks


def size_checks(places: gpd.GeoDataFrame) -> list[Check]:
    """Return what the score should not follow: the size of the places that were drawn.

    Parameters
    ----------
    places : GeoDataFrame
        In metres (EPSG:2154), with ``population``.
    """
    area = places.area / 1e6
    return [
        Check(POPULATION, places["population"], DISCRIMINANT),
        Check(AREA, area, DISCRIMINANT),
        Check(DENSITY, places["population"] / area, DISCRIMINANT),
    ]
