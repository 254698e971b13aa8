"""The chapter « Évaluation »: practices described elsewhere, printed indicators tried."""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.context.whole_cases import fractions
from diagalim.chapter.facts import literal
from diagalim.wording import french

MOST_SHOWN = 3
"""Fractions listed for one percentage; the smallest denominators are the most telling."""
LARGEST_BASE = 40
"""Denominators tried when the base of a percentage is not known."""
SAID = ["origine", "pilote", "outils", "gouvernance", "inconnu"]


def practices_table(practices: pd.DataFrame) -> pd.DataFrame:
    """Return the practices met elsewhere, by place; what the document does not say is missing."""
    shown = practices[SAID].map(french.spaced).replace("", None)
    shown.index = [f"{place} : {name}" for place, name in practices["nom"].items()]
    return shown.rename(index=french.spaced)


def practices_reading(practices: pd.DataFrame) -> str:
    """Return how to read the practices: of how many the document leaves something out."""
    silent = practices[practices["inconnu"] != ""]
    counted = f"{french.plural(len(silent), 'démarche')} sur {len(practices)}"
    said = f"pour {counted}, le document tait quelque chose"
    if silent.empty:
        return said
    return literal(f"{said} ; {silent.index[0]} : {silent.iloc[0]['inconnu']}")


def indicators_table(indicators: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the thirteen indicators: aim, result, base, and the fractions that give the result.

    Parameters
    ----------
    indicators : DataFrame
        Indexed by number: ``intitule``, ``numerateur``, ``denominateur``,
        ``fait_objectif``, ``fait_resultat``, ``bases_possibles``, ``pas``.
    figures : DataFrame
        The registered figures, indexed by id: ``valeur``, ``statut``.

    Returns
    -------
    DataFrame
        ``objectif`` and ``resultat`` (percent), ``calcul``, ``possibles``, ``statut``.
    """
    aims, results = (
        figures["valeur"].reindex(indicators[fact]).astype(float).to_numpy()
        for fact in ("fait_objectif", "fait_resultat")
    )
    tried = zip(
        results, indicators["bases_possibles"], indicators["pas"].astype(float), strict=True
    )
    names = [f"{row.Index}. {row.intitule}" for row in indicators.itertuples()]
    return pd.DataFrame(
        {
            "objectif": aims,
            "resultat": results,
            "calcul": (indicators["numerateur"] + " sur " + indicators["denominateur"]).to_numpy(),
            "possibles": [possible_text(*one) for one in tried],
            "statut": figures["statut"].reindex(indicators["fait_resultat"]).to_numpy(),
        },
        index=names,
    )


def indicators_reading(tried: pd.DataFrame) -> str:
    """Return how to read the indicators: the first, whose percentage no count gives or some do."""
    first = tried.iloc[0]
    printed = french.with_unit(first["resultat"], "%")
    return f"{printed} imprimés au premier indicateur ; possible : {first['possibles']}"


def possible_text(percent: float, bases: str, step: float) -> str:
    """Return the smallest fractions that give a percentage, or that none does."""
    tried = [int(base) for base in bases.split()] or range(1, LARGEST_BASE + 1)
    ways = fractions(percent, tried, step)
    if not ways:
        return f"aucune sur {' ou '.join(map(str, tried))}"
    shown = [f"{french.number(top, 1 if top % 1 else 0)}/{base}" for top, base in ways]
    more = "…" if len(shown) > MOST_SHOWN else ""
    return ", ".join(shown[:MOST_SHOWN]) + more
