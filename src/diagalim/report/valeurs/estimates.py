"""What the chapter « Les valeurs » says of those it estimates, and what they are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.estimation.estimates import INTERVAL
from diagalim.analysis.estimation.validation import REPEATS, SHARE, summary_of
from diagalim.chapter.leading_words import value_text
from diagalim.settings.indicators import Indicator, Registry
from diagalim.sources.official.grid import SIDE
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

WHOLE = ""
ESTIMATED = ["carreaux", "estime", "communal"]


def error_text(value: float, indicator: Indicator) -> str:
    """Write a distance between two values: points where the value is a percentage."""
    if indicator.unite == "%":
        return french.with_unit(value, "point" if value < 2 else "points", 1)
    return value_text(value, indicator, 1 if indicator.unite == "‰" else 0)


def estimation_text(
    values: pd.DataFrame, names: list[str], compared: pd.DataFrame, registry: Registry
) -> pd.DataFrame:
    """Return one line an indicator: how many values in each state, and what estimates are worth.

    Parameters
    ----------
    values : DataFrame
        Long, completed.
    names : list of str
        Indicators that can be estimated.
    compared : DataFrame
        From `diagalim.analysis.estimation.validation.validate_estimation`.
    """
    tested = summary_of(compared, ["indicateur"])
    states = values[values["indicateur"].isin(names)].groupby("indicateur")["statut"]
    counts = states.value_counts().unstack(fill_value=0)
    rows = {}
    for name in names:
        here, indicator = counts.loc[name], registry.indicateurs[name]
        known = name in tested.index
        rows[indicator.libelle[0].upper() + indicator.libelle[1:]] = {
            "Publiées": french.number(here.get("observe", 0) + here.get("arrondi", 0)),
            "Estimées avec les carreaux": french.number(here.get("carreaux", 0)),
            "Estimées sans carreaux": french.number(here.get("estime", 0)),
            "Laissées masquées": french.number(here.get("secret", 0)),
            "Erreur typique": error_text(tested.loc[name, "rmse"], indicator) if known else "–",
            "Intervalle tenu": (
                french.with_unit(100 * tested.loc[name, "couverture"], "%") if known else "–"
            ),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def state_estimation(
    chapter: Chapter,
    values: pd.DataFrame,
    names: list[str],
    compared: pd.DataFrame,
    registry: Registry,
) -> None:
    """State how many values are estimated, where, and how often their interval is right."""
    sources = chapter.used()
    exact = "décompte exact"
    done = values[
        values["indicateur"].isin(names) & values["motif"].ne("")
        & values["statut"].isin(ESTIMATED)
    ]  # fmt: skip
    counts = {
        "nb_valeurs_estimees": (len(done), "Valeurs masquées et estimées"),
        "nb_iris_estimes": (done["code_iris"].nunique(), "IRIS dont une valeur au moins l'est"),
        "nb_valeurs_cachees": (len(compared), "Valeurs publiées cachées pour l'épreuve"),
    }
    for fact, (value, label) in counts.items():
        chapter.state(fact, int(value), "", label, sources, certainty=exact)
    tested = summary_of(compared, ["indicateur"])
    chapter.state(
        "couverture_estimation",
        100 * tested.loc[WHOLE, "couverture"],
        "%",
        "Valeurs cachées que l'intervalle à 90 % contient",
        sources,
        certainty="épreuve sur des valeurs publiées, tirées au hasard",
    )
    name = next(name for name in names if name in tested.index)
    said = {
        "indicateur_eprouve": registry.indicateurs[name].libelle,
        "erreur_eprouvee": error_text(tested.loc[name, "rmse"], registry.indicateurs[name]),
        "nb_eprouve": french.number(done["indicateur"].eq(name).sum()),
    }
    for fact, text in said.items():
        chapter.state(fact, text, "", "Épreuve des estimations", sources)
    chapter.choose("part_cachee", french.with_unit(100 * SHARE, "%"), "IRIS cachés à l'épreuve")
    level = 100 * (INTERVAL[1] - INTERVAL[0])
    chapter.choose("niveau_intervalle", french.with_unit(level, "%"), "Niveau des intervalles")
    chapter.choose("cote_carreau", french.with_unit(SIDE, "m"), "Côté d'un carreau")
    chapter.choose("essais_caches", french.number(REPEATS), "Épreuves")
