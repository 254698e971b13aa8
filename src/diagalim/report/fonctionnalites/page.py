"""The page of features: what the study asks, what is done of it, and what is missing?"""

from __future__ import annotations

import pandas as pd

from diagalim.chapter.facts import literal
from diagalim.chapter.pages import PAGES
from diagalim.wording import french

COMPLETE, FIRST, ABSENT = "complet", "première forme", "non disponible"
STATES = (COMPLETE, FIRST, ABSENT)


def counts(features: pd.DataFrame) -> dict[str, int]:
    """Return how many features there are, and how many have each state."""
    by_state = features["etat"].value_counts()
    return {
        "nb_fonctionnalites": len(features),
        "nb_completes": int(by_state.get(COMPLETE, 0)),
        "nb_premieres": int(by_state.get(FIRST, 0)),
        "nb_absentes": int(by_state.get(ABSENT, 0)),
    }


def by_page(features: pd.DataFrame) -> pd.DataFrame:
    """Return how many features of each page have each state."""
    found = pd.crosstab(features["page"], features["etat"])
    found = found.reindex(index=list(PAGES), columns=list(STATES), fill_value=0)
    return found.rename(index=PAGES)


def one_by_one(features: pd.DataFrame) -> pd.DataFrame:
    """Return each feature with its page, its state and what is missing; nothing where it is whole.

    Parameters
    ----------
    features : DataFrame
        From ``data/publie/fonctionnalites.csv``, indexed by number.
    """
    said = [french.spaced(f"{key}. {name}") for key, name in features["intitule"].items()]
    missing = features["manque"].where(features["manque"] != "").map(french.spaced, "ignore")
    shown = features[["page", "etat"]].assign(manque=missing, page=features["page"].map(PAGES))
    return shown.set_axis(said)


def reading(features: pd.DataFrame) -> str:
    """Return how to read the features: how many say what they miss, and the first of these."""
    short = features[features["etat"] != COMPLETE]
    if short.empty:
        return f"les {len(features)} fonctionnalités sont complètes"
    first = short.iloc[0]
    return literal(
        f"{len(short)} fonctionnalités sur {len(features)} disent ce qui leur manque ; "
        f"la première, « {first['intitule']} » : {first['manque']}"
    )
