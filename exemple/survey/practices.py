"""What does each structure do? The truth of the survey, drawn before anyone is asked.

Ten practices have a stated share over the whole frame. Five go with the size and the network of a
structure, which also decide who answers: among respondents these shares are wrong by design, the
others are not. Everything else (aid, publics, opinions) follows from a profile and from the size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from exemple.survey.structures import SIZES, VOLUNTEERS


@dataclass(frozen=True)
class Practice:
    """A planted share.

    Attributes
    ----------
    question, answer : str
        Question and answer code that tell it.
    label : str
        What the share is of, in French.
    by_size : tuple of float
        Probability for a small, middle and large structure, in the middle of the other effects.
    network, rural : float
        What a network, and a village, add to the probability.
    among : str, optional
        Practice without which the question has no meaning.
    """

    question: str
    answer: str
    label: str
    by_size: tuple[float, float, float]
    network: float = 0.0
    rural: float = 0.0
    among: str | None = None


PRACTICES = (
    Practice("froid", "Y", "Ont une chambre froide ou un congélateur professionnel",
             (0.22, 0.56, 0.86), network=0.04),
    Practice("vehicule", "Y", "Disposent d'un véhicule utilitaire", (0.20, 0.52, 0.84),
             network=0.04),
    Practice("mmpt", "benef", "Ont bénéficié du fonds « Mieux manger pour tous »",
             (0.08, 0.28, 0.52), network=0.14),
    Practice("coop", "Y", "Participent à une coordination locale", (0.22, 0.46, 0.68),
             network=0.14, rural=-0.06),
    Practice("renouv", "diff", "Trouvent difficile de renouveler leurs bénévoles",
             (0.78, 0.52, 0.30), rural=0.06),
    Practice("ramasse", "Y", "Font de la ramasse", (0.62, 0.62, 0.62)),
    Practice("ramasseqte", "bais", "Voient baisser les quantités ramassées", (0.64, 0.64, 0.64),
             among="ramasse"),
    Practice("demande", "haus", "Voient la demande augmenter", (0.74, 0.74, 0.74)),
    Practice("refus", "Y", "Ont refusé du monde faute de moyens en 2024", (0.36, 0.36, 0.36)),
    Practice("fermete", "Y", "Ferment deux semaines ou plus en été", (0.47, 0.47, 0.47)),
)  # fmt: skip

PROFILES = ("colis", "accompagnement", "plateforme", "rue")
"""Four ways of working, for a typology: parcels by volunteers, a chosen basket with support,
a large site that also supplies others, meals and rounds for those in the street."""
PROFILE_OF = {
    "association": (0.52, 0.10, 0.18, 0.20), "ccas_cias": (0.22, 0.70, 0.03, 0.05),
    "epicerie": (0.05, 0.83, 0.10, 0.02), "centre_social": (0.25, 0.62, 0.05, 0.08),
    "autre": (0.50, 0.08, 0.05, 0.37),
}  # fmt: skip
AIDS = {  # rows of the question « aides », in its order
    "colis": (0.95, 0.05, 0.04, 0.06, 0.02, 0.10, 0.22, 0.08, 0.06, 0.05, 0.06),
    "accompagnement": (0.25, 0.75, 0.06, 0.04, 0.02, 0.45, 0.15, 0.12, 0.48, 0.26, 0.24),
    "plateforme": (0.92, 0.20, 0.15, 0.25, 0.15, 0.20, 0.55, 0.22, 0.28, 0.12, 0.35),
    "rue": (0.20, 0.02, 0.48, 0.75, 0.66, 0.08, 0.06, 0.15, 0.14, 0.03, 0.02),
}
PUBLICS = {  # rows of the question « publics »
    "colis": (0.62, 0.50, 0.45, 0.10, 0.38, 0.06, 0.30, 0.25),
    "accompagnement": (0.66, 0.40, 0.48, 0.08, 0.30, 0.04, 0.42, 0.14),
    "plateforme": (0.64, 0.52, 0.50, 0.26, 0.35, 0.18, 0.34, 0.36),
    "rue": (0.20, 0.70, 0.12, 0.28, 0.14, 0.82, 0.12, 0.55),
}
FOOD = {  # rows of the question « appro », without « ramasse », which is a practice
    "colis": (0.60, 0.40, 0.55, 0.30, 0.10, 0.12),
    "accompagnement": (0.50, 0.72, 0.28, 0.16, 0.32, 0.10),
    "plateforme": (0.80, 0.55, 0.50, 0.62, 0.36, 0.45),
    "rue": (0.42, 0.48, 0.60, 0.20, 0.12, 0.16),
}
HELPED = {"petite": 60, "moyenne": 190, "grande": 620}
"""Median number of people helped a month."""
GIVEN = 0.14
"""Tonnes given in a year for each person helped a month (median)."""


def practices(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return what each structure of a frame does.

    Parameters
    ----------
    frame : DataFrame
        Contacts with their ``taille``, ``reseau``, ``zone`` and ``type_structure``.
    rng : numpy.random.Generator
        Generator of this step alone, so that the truth can be drawn again from the frame.

    Returns
    -------
    DataFrame
        On the rows of ``frame``: one boolean column a practice (missing where it has no meaning),
        the profile, the aid, publics and food sources (one boolean a row of the question), and the
        numbers of volunteers, people and tonnes.
    """
    size = frame["taille"].map({name: rank for rank, name in enumerate(SIZES)}).to_numpy()
    joined = (frame["reseau"] != "aucun").to_numpy()
    rural = (frame["zone"] == "rural").to_numpy()
    out = pd.DataFrame(index=frame.index)
    for practice in PRACTICES:
        chance = np.array(practice.by_size)[size]
        chance = chance + practice.network * (joined - 0.5) + practice.rural * rural
        done = pd.Series(rng.random(len(frame)) < chance, frame.index)
        if practice.among is not None:
            done = done.where(out[practice.among])
        out[practice.question] = done
    out["profil"] = _profiles(frame, size, rng)
    for name, table in (("aides", AIDS), ("publics", PUBLICS), ("appro", FOOD)):
        chance = np.array([table[profile] for profile in out["profil"]])
        drawn = rng.random(chance.shape) < chance
        empty = ~drawn.any(axis=1)
        drawn[empty, chance[empty].argmax(axis=1)] = True
        if name == "appro":
            drawn = np.insert(drawn, 1, out["ramasse"].to_numpy(bool), axis=1)
        for rank in range(drawn.shape[1]):
            out[f"{name}_SQ{rank + 1:03d}"] = drawn[:, rank]
    low, high = np.array([VOLUNTEERS[name] for name in SIZES]).T
    out["benevoles"] = rng.integers(low[size], high[size] + 1)
    helped = frame["taille"].map(HELPED) * np.exp(0.5 * rng.standard_normal(len(frame)))
    out["personnes"] = np.maximum(3, helped.round()).astype(int)
    tonnes = GIVEN * out["personnes"] * np.exp(0.4 * rng.standard_normal(len(frame)))
    out["tonnes"] = tonnes.clip(lower=0.2).round(1)
    return out


def _profiles(frame: pd.DataFrame, size: np.ndarray, rng: np.random.Generator) -> list[str]:
    """Draw a way of working; a small structure is no platform."""
    drawn = [rng.choice(PROFILES, p=PROFILE_OF[kind]) for kind in frame["type_structure"]]
    small = (size == 0) & (np.array(drawn) == "plateforme")
    return list(np.where(small, "colis", drawn))


def planted_shares(frame: pd.DataFrame, truth: pd.DataFrame) -> list[dict[str, object]]:
    """Return the ten planted shares over a frame, whole and by size.

    Parameters
    ----------
    frame, truth : DataFrame
        Contacts, and what they do (`practices`), on the same rows.
    """
    shares = []
    for practice in PRACTICES:
        done = truth[practice.question].dropna().astype(float)
        by_size = done.groupby(frame["taille"][done.index])
        shares.append(
            {
                "question": practice.question, "modalite": practice.answer,
                "libelle": practice.label, "parmi": practice.among, "base": len(done),
                "part": round(done.mean(), 6),
                "part_par_taille": {size: round(by_size.get_group(size).mean(), 6)
                                    for size in SIZES},
                "base_par_taille": {size: len(by_size.get_group(size)) for size in SIZES},
            }
        )  # fmt: skip
    return shares
