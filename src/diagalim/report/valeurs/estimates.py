"""What are the estimates of « Les valeurs » worth? Figures and table, empty when none is tested."""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.estimation.estimates import INTERVAL
from diagalim.analysis.estimation.validation import REPEATS, SHARE, summary_of
from diagalim.chapter.leading_words import value_text
from diagalim.settings.indicators import Indicator, Registry
from diagalim.sources.official.grid import SIDE
from diagalim.wording import french

WHOLE = ""
ESTIMATED = ["carreaux", "estime", "communal"]


def numbers(
    values: pd.DataFrame, names: list[str], compared: pd.DataFrame, registry: Registry
) -> dict[str, float | int | str]:
    """Return how many values are estimated, where, and how often their interval is right.

    Parameters
    ----------
    values : DataFrame
        Long, completed.
    names : list of str
        Indicators that can be estimated.
    compared : DataFrame
        From `diagalim.analysis.estimation.validation.validate_estimation`.
    """
    if compared.empty:
        return {}
    done = values[
        values["indicateur"].isin(names) & values["motif"].ne("")
        & values["statut"].isin(ESTIMATED)
    ]  # fmt: skip
    tested = summary_of(compared, ["indicateur"])
    name = next(name for name in names if name in tested.index)
    return {
        "nb_valeurs_estimees": len(done),
        "nb_iris_estimes": done["code_iris"].nunique(),
        "nb_valeurs_cachees": len(compared),
        "couverture_estimation": 100 * tested.loc[WHOLE, "couverture"],
        "indicateur_eprouve": registry.indicateurs[name].libelle,
        "erreur_eprouvee": error_text(tested.loc[name, "rmse"], registry.indicateurs[name]),
        "nb_eprouve": french.number(done["indicateur"].eq(name).sum()),
        "part_cachee": french.with_unit(100 * SHARE, "%"),
        "niveau_intervalle": french.with_unit(100 * (INTERVAL[1] - INTERVAL[0]), "%"),
        "cote_carreau": french.with_unit(SIDE, "m"),
        "essais_caches": french.number(REPEATS),
    }


def error_text(value: float, indicator: Indicator) -> str:
    """Write a distance between two values: points where the value is a percentage."""
    if indicator.unite == "%":
        return french.with_unit(value, "point" if value < 2 else "points", 1)
    return value_text(value, indicator, 1 if indicator.unite == "‰" else 0)


def table(
    values: pd.DataFrame, names: list[str], compared: pd.DataFrame, registry: Registry
) -> pd.DataFrame:
    """Return one line an indicator: how many values in each state, and what estimates are worth.

    Parameters are those of `numbers`.
    """
    if compared.empty:
        return pd.DataFrame()
    tested = summary_of(compared, ["indicateur"]).reindex(names)
    states = values[values["indicateur"].isin(names)].groupby("indicateur")["statut"]
    counts = states.value_counts().unstack(fill_value=0).reindex(names)
    counts = counts.reindex(columns=["observe", "arrondi", "carreaux", "estime", "secret"])
    counts = counts.fillna(0)
    errors = [
        error_text(value, registry.indicateurs[name]) if pd.notna(value) else None
        for name, value in tested["rmse"].items()
    ]
    shown = counts[["carreaux", "estime", "secret"]].assign(
        publiees=counts["observe"] + counts["arrondi"],
        erreur=errors,
        tenu=100 * tested["couverture"],
    )
    return shown.rename(index=lambda n: french.sentence_case(registry.indicateurs[n].libelle))
