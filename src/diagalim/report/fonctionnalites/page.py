"""The page of features: what the study asks, what is done of it, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.chapter.facts import literal
from diagalim.chapter.pages import PAGES
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

COMPLETE, FIRST, ABSENT = "complet", "première forme", "non disponible"
STATES = (COMPLETE, FIRST, ABSENT)
INVENTORY = "inventaire de ce rapport (data/publie/fonctionnalites.csv)"


def state_features(chapter: Chapter, features: pd.DataFrame) -> None:
    """State how many features there are, and how many have each state."""
    counts = features["etat"].value_counts()
    for fact, value, label in (
        ("nb_fonctionnalites", len(features), "Fonctionnalités"),
        ("nb_completes", int(counts.get(COMPLETE, 0)), "Fonctionnalités complètes"),
        ("nb_premieres", int(counts.get(FIRST, 0)), "Fonctionnalités en première forme"),
        ("nb_absentes", int(counts.get(ABSENT, 0)), "Fonctionnalités non disponibles"),
    ):
        chapter.quote(
            fact, value, "", label, year=2026, source=INVENTORY, certainty="décompte exact"
        )


def by_page_text(features: pd.DataFrame) -> pd.DataFrame:
    """Return how many features of each page have each state."""
    counts = pd.crosstab(features["page"], features["etat"])
    counts = counts.reindex(index=list(PAGES), columns=list(STATES), fill_value=0)
    return counts.rename(index=PAGES, columns=str.capitalize).map(french.number)


def features_reading(features: pd.DataFrame) -> str:
    """Return how to read the features: how many say what they miss, and the first of these."""
    short = features[features["etat"] != COMPLETE]
    if short.empty:
        return f"les {len(features)} fonctionnalités sont complètes"
    first = short.iloc[0]
    return literal(
        f"{len(short)} fonctionnalités sur {len(features)} disent ce qui leur manque ; "
        f"la première, « {first['intitule']} » : {first['manque']}"
    )


def features_text(features: pd.DataFrame) -> pd.DataFrame:
    """Return each feature with its page, its state and what is missing."""
    return pd.DataFrame(
        {
            "Page": features["page"].map(PAGES).to_numpy(),
            "État": features["etat"].to_numpy(),
            "Ce qui manque": features["manque"].replace("", "–").map(french.spaced).to_numpy(),
        },
        index=[french.spaced(f"{key}. {name}") for key, name in features["intitule"].items()],
    )
