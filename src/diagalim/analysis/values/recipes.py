"""The value of each indicator in each IRIS, with where it comes from and in what state it is.

Recipes are tried in the order of the registry; an IRIS takes the first one that serves it. A value
that the producer withholds stays missing with its reason: it is never replaced by a zero, nor by
the value of a larger commune unless the recipe says so and the value is then marked as lent.

What is not known of a value travels with it, in the unit of the indicator: ``demi_arrondi`` (half
width of the rounding that the producer announces), ``erreur_sondage`` (standard error of the
census, 0 where everybody was asked), ``ecart`` (standard deviation of a value that is not an
observation of this very place, 0 for those that are).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagalim.analysis.values.redefine import LEAST_COMMUNES, Line, fit_line
from diagalim.analysis.values.sampling import recipe_error
from diagalim.analysis.values.spread import with_lent_spread
from diagalim.analysis.values.tables import Tables
from diagalim.settings.indicators import Indicator, Recipe, Registry

COLUMNS = [
    "code_iris",
    "indicateur",
    "valeur",
    "statut",
    "motif",
    "demi_arrondi",
    "ecart",
    "erreur_sondage",
    "source",
    "recette",
]


def population_of_iris(
    registry: Registry, index: pd.Index, tables: Tables
) -> tuple[pd.Series, str]:
    """Return the inhabitants of each IRIS and the dataset that gave them.

    Parameters
    ----------
    registry : Registry
        ``population`` lists the datasets in order of preference.
    index : Index
        Codes of the IRIS; one that the dataset does not know has a missing value.
    tables : Tables
        What the readers gave.

    Raises
    ------
    ValueError
        When no dataset gives the inhabitants.
    """
    part = next((part for part in registry.population if tables.holds(part)), None)
    if part is None:
        raise ValueError("no dataset gives the inhabitants of the IRIS")
    return tables.total(part, index)["valeur"].rename("population"), part.source


def all_values(
    registry: Registry, iris: pd.DataFrame, tables: Tables, least: int
) -> tuple[pd.DataFrame, dict[str, Line]]:
    """Compute every indicator of the registry (see `indicator_values`).

    Returns
    -------
    values : DataFrame
        One row an IRIS and indicator, columns `COLUMNS`.
    lines : dict of str to Line
        The fitted lines, by indicator.
    """
    parts, lines = [], {}
    for name, indicator in registry.indicateurs.items():
        values, line = indicator_values(name, indicator, iris, tables, least)
        parts.append(values)
        if line is not None:
            lines[name] = line
    return with_lent_spread(pd.concat(parts, ignore_index=True), iris), lines


def commune_values(registry: Registry, iris: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return, for the indicators that can be estimated, the value of the commune around each IRIS.

    Parameters
    ----------
    registry, iris, tables
        As in `all_values`.

    Returns
    -------
    DataFrame
        Indexed by IRIS, one column an indicator; missing for an uncut commune, whose value is its
        own, and where no file gives the same definition by commune.
    """
    communes = pd.Index(iris["commune"].unique())
    cut = (iris["type_iris"] != "Z").to_numpy()
    lent = {}
    for name in registry.estimation_order():
        recipes = registry.indicateurs[name].recettes
        served = [r for r in recipes if r.niveau == "commune" and tables.serves(r)]
        whole = next((r for r in served if not r.redefinie), None)
        if whole is not None:
            known = _compute(whole, communes, tables, 0)["valeur"]
            lent[name] = np.where(cut, known.reindex(iris["commune"]), np.nan)
    return pd.DataFrame(lent, index=iris.index)


def main_recipes(values: pd.DataFrame) -> dict[str, int]:
    """Return the number of the recipe that gave most values of each indicator."""
    known = values[values["valeur"].notna()]
    return known.groupby("indicateur")["recette"].agg(lambda r: int(r.mode()[0])).to_dict()


def unavailable(values: pd.DataFrame) -> list[str]:
    """Return the indicators without a value anywhere: their files are not in this run."""
    known = values.groupby("indicateur", sort=False)["valeur"].apply(lambda v: v.notna().any())
    return list(known.index[~known])


def indicator_values(
    name: str, indicator: Indicator, iris: pd.DataFrame, tables: Tables, least: int
) -> tuple[pd.DataFrame, Line | None]:
    """Compute one indicator for every IRIS.

    Parameters
    ----------
    name : str
        Identifier of the indicator.
    indicator : Indicator
        Its entry in the registry.
    iris : DataFrame
        Indexed by IRIS: ``commune``, ``type_iris`` (H, A, D, Z), ``population``.
    tables : Tables
        What the readers gave.
    least : int
        A ratio on fewer units of its universe than this is ``petit_effectif``.

    Returns
    -------
    values : DataFrame
        One row an IRIS, columns `COLUMNS`.
    line : Line or None
        The fitted line when a recipe brought another definition to this one.
    """
    result = pd.DataFrame(
        {
            "valeur": np.nan,
            "statut": "absent",
            "motif": "",
            "demi_arrondi": 0.0,
            "ecart": 0.0,
            "erreur_sondage": 0.0,
            "source": "",
            "recette": 0,
        },
        index=iris.index,
    )
    line = None
    for number, recipe in enumerate(indicator.recettes, start=1):
        if not tables.serves(recipe):
            continue
        open_to = iris["type_iris"].isin(recipe.types) & result["valeur"].isna()
        found = _at_iris(recipe, iris, tables, least)
        if recipe.redefinie:
            line = _line(indicator, recipe, iris, tables)
            if line is None:  # nothing to tie the other definition to: the value stays absent
                continue
            found["valeur"] = line.predict(found["valeur"])
            found["statut"] = found["statut"].mask(found["valeur"].notna(), "proxy")
            found["ecart"] = line.residual_sd
        found["source"] = recipe.parts[0].source
        found["recette"] = number
        # an IRIS that this recipe cannot serve keeps the reason that an earlier one gave
        better = open_to & (found["valeur"].notna() | (result["statut"] == "absent"))
        result = result.mask(better, found[result.columns])
    empty = iris["population"] <= 0
    result.loc[empty, ["valeur", "statut", "motif"]] = [np.nan, "sans_population", ""]
    result.loc[result["valeur"].isna(), ["demi_arrondi", "ecart", "erreur_sondage"]] = 0.0
    result["indicateur"] = name
    return result.rename_axis("code_iris").reset_index()[COLUMNS], line


def _at_iris(recipe: Recipe, iris: pd.DataFrame, tables: Tables, least: int) -> pd.DataFrame:
    if recipe.niveau == "iris":
        found = _compute(recipe, iris.index, tables, least)
        found["erreur_sondage"] = recipe_error(recipe, found["valeur"], iris, tables)
        return found
    communes = pd.Index(iris["commune"].unique())
    known = _compute(recipe, communes, tables, least).reindex(iris["commune"])
    known.index = iris.index
    lent = (iris["type_iris"] != "Z") & known["valeur"].notna()
    known["statut"] = known["statut"].mask(lent, "communal")
    return known


def _compute(recipe: Recipe, index: pd.Index, tables: Tables, least: int) -> pd.DataFrame:
    if recipe.valeur is not None:
        found = tables.total(recipe.valeur, index).assign(ecart=0.0, erreur_sondage=0.0)
        found["valeur"] = _finish(found["valeur"], recipe)
        found["demi_arrondi"] *= recipe.echelle
        return found
    above, below = tables.total(recipe.numerateur, index), tables.total(recipe.denominateur, index)
    found = above.copy()
    ratio = above["valeur"] / below["valeur"].where(below["valeur"] > 0)
    found["valeur"] = _finish(ratio, recipe)
    found[["demi_arrondi", "ecart", "erreur_sondage"]] = 0.0
    found["statut"] = above["statut"].where(above["statut"].isin(["secret", "absent"]), "observe")
    found["statut"] = found["statut"].where(below["valeur"].notna(), "absent")
    few = above["valeur"].notna() & (below["valeur"] < least)  # a withheld value stays withheld
    found.loc[few, "valeur"] = np.nan
    found.loc[few, "statut"] = "petit_effectif"
    return found


def _finish(values: pd.Series, recipe: Recipe) -> pd.Series:
    values = recipe.echelle * (1.0 - values if recipe.complement else values)
    return values if recipe.plafond is None else values.clip(upper=recipe.plafond)


def _line(indicator: Indicator, other: Recipe, iris: pd.DataFrame, tables: Tables) -> Line | None:
    """Fit the line between two definitions on the communes where both are known.

    Returns None when no ratio is known by IRIS, or in too few communes, or when one falls where the
    other rises: that ties nothing.
    """
    served = [r for r in indicator.recettes if tables.serves(r)]
    base = next((r for r in served if r.niveau == "iris" and r.numerateur is not None), None)
    if base is None:
        return None
    cut = iris[iris["type_iris"] != "Z"]
    communes = pd.Index(cut["commune"].unique())
    above = tables.total(base.numerateur, cut.index)["valeur"]
    below = tables.total(base.denominateur, cut.index)["valeur"]
    both = above.notna() & below.notna()
    counts = pd.DataFrame({"a": above[both], "b": below[both]})
    sums = counts.groupby(cut.loc[both, "commune"]).sum()
    ours = (base.echelle * sums["a"] / sums["b"]).reindex(communes)
    theirs = other.echelle * tables.total(other.valeur, communes)["valeur"]
    if (ours.notna() & theirs.notna()).sum() < LEAST_COMMUNES:
        return None
    line = fit_line(theirs, ours, weights=sums["b"].reindex(communes))
    return line if line.slope > 0 else None  # two definitions of one thing rise together
