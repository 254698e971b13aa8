"""What do the data say for each recommendation, and how strongly?

The study orders nothing. The strength of a recommendation comes from the figures computed for it
and moves with them: *étayée* with a figure of the territory, from producers' files or collected
data, whose error is known; *partielle* with a figure that is re-published, quoted or of unknown
error; *non étayée par les données disponibles* otherwise. Neither a synthetic figure nor an
assumption of this report supports anything (METHODS 9).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

SUPPORTED, PARTLY, UNSUPPORTED = (
    "étayée",
    "partielle",
    "non étayée par les données disponibles",
)
STRENGTHS = (SUPPORTED, PARTLY, UNSUPPORTED)
HORIZONS = ("urgence", "long terme")
FIRST_HAND = ("officiel", "collecté")
USABLE = (*FIRST_HAND, "repris", "publié")
NOT_MEASURED = "non mesurée"
ASSUMED = "hypothèse de ce rapport"
"""In the certainty of a figure that this report computed from an assumption of its own.

It is shown, and supports nothing.
"""


@dataclass(frozen=True)
class Proof:
    """One computed figure that a recommendation rests on.

    Attributes
    ----------
    id : str
        ``chapter.fact``.
    text : str
        The figure as printed.
    label : str
        What it is.
    nature : str
        Nature of what it rests on.
    certainty : str
        What is known of its error; « non mesurée » anywhere in it makes the proof a weak one.
    year : str
        Year or period described.
    """

    id: str
    text: str
    label: str
    nature: str
    certainty: str
    year: str = ""


def strength(proofs: Iterable[Proof]) -> str:
    """Return the strength that some figures give to a recommendation."""
    usable = [p for p in proofs if p.nature in USABLE and ASSUMED not in p.certainty]
    firm = [p for p in usable if p.nature in FIRST_HAND and NOT_MEASURED not in p.certainty]
    return SUPPORTED if firm else PARTLY if usable else UNSUPPORTED


def weigh(recommendations: Mapping[str, Mapping], proofs: Mapping[str, Proof]) -> pd.DataFrame:
    """Return the recommendations with what supports each, the best supported first.

    Parameters
    ----------
    recommendations : mapping
        By number: ``intitule``, ``axe``, ``acteurs``, ``horizon``, ``preuves``, ``suivi`` and
        possibly ``doublon`` (the number of the same recommendation) and ``non_calcule`` (figures
        that nothing here can give, with the reason).
    proofs : mapping of str to Proof
        The figures that exist in this run; one that is missing supports nothing.

    Returns
    -------
    DataFrame
        Indexed by number: ``axe``, ``intitule``, ``force``, ``preuves`` (list of Proof),
        ``manquantes`` (proofs that do not exist here), ``non_calcule``, ``horizon``, ``acteurs``,
        ``suivi``, ``doublon``. Ordered by strength, then urgency, then number: an order of ours,
        not of the study.
    """
    rows = {}
    for number, entry in recommendations.items():
        known = [proofs[name] for name in entry["preuves"] if name in proofs]
        kept = [proof for proof in known if proof.nature in USABLE]
        held = {proof.id for proof in kept}
        rows[number] = {
            "axe": entry["axe"],
            "intitule": entry["intitule"],
            "force": strength(kept),
            "preuves": kept,
            "manquantes": [name for name in entry["preuves"] if name not in held],
            "non_calcule": dict(entry.get("non_calcule", {})),
            "horizon": entry["horizon"],
            "acteurs": list(entry["acteurs"]),
            "suivi": entry["suivi"],
            "doublon": entry.get("doublon", ""),
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    order = sorted(
        table.index,
        key=lambda number: (
            STRENGTHS.index(table.at[number, "force"]),
            HORIZONS.index(table.at[number, "horizon"]),
            [int(part) for part in number.split(".")],
        ),
    )
    return table.loc[order]
