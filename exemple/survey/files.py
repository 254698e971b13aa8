"""What did the study collect from structures? Frame, answers, codebook, and what was planted.

The survey has generators of its own, drawn from the seed of the department and `STREAM`: nothing of
the official files changes with it, and each step can be drawn again from the files alone.
"""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from exemple.people.households import People
from exemple.survey import codebook, limesurvey, lss, phrases, planted, practices, response
from exemple.survey.answers import Row, answer_rows
from exemple.survey.questionnaire import CORE, CORE_THRESHOLD, core_rate
from exemple.survey.structures import ASTRAY, CLOSED, CONTACTS, TWICE, frame
from exemple.writing import write_table

STREAM = 3
"""Number of the generators of the survey. Chosen, not drawn: the first for which chance moves none
of the five shares planted as unbiased by more than 3.5 points, the design moves the five others by
6 or more, and weights by size and network leave less than 4.5. Luck is thus a little kinder here
than in a survey: no claim on the coverage of an interval can rest on this one file."""
STEPS = ("base", "pratiques", "reponse", "redaction", "pieges")
BIASED = 5.0
"""Points of gap from which a share is told to be wrong among complete answers."""


def generators(seed: int) -> dict[str, np.random.Generator]:
    """Return one generator a step, none depending on how much another was used."""
    spawned = np.random.SeedSequence([seed, STREAM]).spawn(len(STEPS))
    return {step: np.random.default_rng(one) for step, one in zip(STEPS, spawned, strict=True)}


def write_survey(
    target: Path, people: People, iris: gpd.GeoDataFrame, places: pd.DataFrame, seed: int
) -> None:
    """Write the collected files of the survey of structures, and its truth.

    Parameters
    ----------
    target : Path
        Receives ``collecte/structures``, ``collecte/enquete`` and ``verite_enquete.json``.
    people, iris, places
        Who lives where, and what each place is like.
    seed : int
        Seed of the department.
    """
    step = generators(seed)
    contacts = frame(people, iris, places, step["base"])
    write_table(target / "collecte/structures/base_contacts.csv", contacts, ",")
    eligible = contacts[contacts["statut_contact"] == "valide"]
    truth = practices.practices(eligible, step["pratiques"])
    who, constant = response.respondents(eligible, step["reponse"])
    rows = answer_rows(eligible, truth, who, step["redaction"])
    whole = [row for row in rows if is_complete(row)]
    lines, traps, canaries = planted.plant(rows, whole, contacts, step["pieges"])
    out = target / "collecte/enquete"
    table = limesurvey.lines_of(lines, step["pieges"])
    limesurvey.write_csv(out / "reponses_limesurvey.csv", table)
    limesurvey.write_vv(out / "vvexport.txt", table)
    lss.write_lss(out / "questionnaire.lss")
    write_table(out / "dictionnaire.csv", codebook.items(), ",")
    write_table(out / "modalites.csv", codebook.choices(), ",")
    complete = eligible.index[eligible["jeton"].isin([row.token for row in whole])]
    content = {
        "note": "Enquête fictive : ce qui a été planté. Les pratiques de chaque structure ne sont "
        "dans aucun fichier.",
        "graine": seed,
        "etapes": _stages(rows, whole, lines),
        "regles": _rules(),
        "modele_reponse": {
            "forme": "logit de la probabilité de répondre ; référence : grande structure de la "
            "ville, dans un réseau",
            "constante": round(constant, 6),
            "coefficients": response.COEFFICIENTS,
            "abandon": response.GIVING_UP,
        },
        "proportions": _shares(eligible, truth, complete),
        "profils": truth["profil"].value_counts().sort_index().to_dict(),
        "lexique": {
            question: {
                kind: [text for mark, text in texts if phrases.MARKS.get(mark) == kind]
                for kind in phrases.MARKS.values()
            }
            for question, texts in phrases.TEXTS.items()
        },
        "avertissement": "Le tirage est choisi : le hasard y est un peu plus clément que dans une "
        "enquête. Aucun taux de couverture d'intervalle ne se vérifie sur ce seul fichier.",
        "pieges": traps,
        "canaris": canaries,
    }
    (target / "verite_enquete.json").write_text(
        json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def is_complete(row: Row) -> bool:
    """Say whether an answer is submitted and holds enough core items (METHODS 5.2)."""
    return row.submitted and core_rate(row.answers) >= CORE_THRESHOLD


def _stages(rows: list[Row], whole: list[Row], lines: list[Row]) -> dict[str, object]:
    """Return the counts by stage, from the contacts to the complete answers."""
    left = [row.page for row in rows if not row.submitted]
    return {
        "contacts": CONTACTS, "doublons": TWICE, "fermees": CLOSED, "adresses_erronees": ASTRAY,
        "eligibles": CONTACTS - TWICE - CLOSED - ASTRAY,
        "lignes_export": len(lines), "reponses_essai": planted.TESTS,
        "jetons_repetes": planted.TWICE, "sans_item_de_fond": planted.EMPTY,
        "reponses": len(rows), "completes": len(whole), "partielles": len(rows) - len(whole),
        "envoyees": sum(row.submitted for row in rows),
        "envoyees_trop_incompletes": sum(row.submitted for row in rows) - len(whole),
        "non_envoyees_mais_renseignees": sum(
            not row.submitted and core_rate(row.answers) >= CORE_THRESHOLD for row in rows
        ),
        "abandons_par_derniere_page": {str(page): left.count(page) for page in sorted(set(left))},
    }  # fmt: skip


def _rules() -> dict[str, object]:
    return {
        "reponse": "au moins un item de fond : ni contact, ni texte libre ; jeton de la base ; une "
        "ligne par jeton",
        "complete": "envoyée (submitdate rempli) et taux d'items du cœur au moins égal au seuil",
        "coeur": list(CORE), "seuil_coeur": CORE_THRESHOLD,
        "taux_coeur": "items du cœur renseignés / items du cœur dont le filtre est ouvert ; non "
        "atteint compte comme manquant",
        "ne_sait_pas": "hors de la base d'une proportion, et sans lien avec la pratique",
        "non_montre_vv": "{question_not_shown} vaut aussi pour une page non atteinte et pour un "
        "nombre laissé vide",
    }  # fmt: skip


def _shares(
    eligible: pd.DataFrame, truth: pd.DataFrame, complete: pd.Index
) -> list[dict[str, object]]:
    """Return the planted shares with what the complete answers would say of them unweighted."""
    shares = []
    for share in practices.planted_shares(eligible, truth):
        among = truth.loc[complete, share["question"]].dropna().astype(float)
        gap = 100 * (among.mean() - share["part"])
        shares.append(
            share
            | {
                "part_des_completes": round(among.mean(), 6),
                "ecart_en_points": round(gap, 2),
                "biaisee": bool(abs(gap) >= BIASED),
            }
        )
    return shares
