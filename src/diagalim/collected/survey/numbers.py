"""Are there answers to count, and fewer of them than structures asked?

A survey that nobody has finished yet, or whose frame was cut after the answers came, has no rate
and no interval: it is refused before any chapter runs, with what to do.
"""

from __future__ import annotations

import pandas as pd

from diagalim.wording.problems import Problem

FRAME = "base de contacts"
ELIGIBLE = "valide"
"""State of a contact that counts as a structure asked."""


def number_problems(file: str, frame: pd.DataFrame, complete: pd.Series) -> list[Problem]:
    """Return what makes response rates impossible.

    Parameters
    ----------
    file : str
        Export of the answers.
    frame : DataFrame
        The structures asked: ``statut_contact``.
    complete : Series of bool
        One a structure that answered: whether its answer is complete.
    """
    eligible, done = int((frame["statut_contact"] == ELIGIBLE).sum()), int(complete.sum())
    if not eligible:
        return [
            Problem(
                FRAME,
                "colonne statut_contact",
                f"aucun contact « {ELIGIBLE} » sur {len(frame)}",
                "au moins une structure à qui le questionnaire pouvait parvenir",
                f"mettre « {ELIGIBLE} » aux structures interrogées",
            )
        ]
    if not done:
        return [
            Problem(
                file,
                "réponses complètes",
                f"aucune complète ; réponses gardées : {len(complete)}",
                "au moins une réponse envoyée et presque entière",
                "attendre des réponses, ou retirer « enquete » de « collecte » dans le fichier du "
                "territoire : le chapitre dira que les réponses manquent",
            )
        ]
    if done > eligible:
        return [
            Problem(
                file,
                "réponses complètes",
                f"{done}, pour {eligible} structures « {ELIGIBLE} » dans la {FRAME}",
                "pas plus de réponses que de structures interrogées",
                "reprendre la base de contacts entière ; une structure qui a répondu n'est ni un "
                "doublon, ni fermée",
            )
        ]
    return []
