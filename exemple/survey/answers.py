"""What did those who answered write? One row an answer, consistent with what each structure does.

Values are those of LimeSurvey's table: ``None`` where nothing was recorded (filtered out, or on a
page not sent), an empty text where the question was shown and skipped, a code, a number or a text
otherwise. Multiple choices hold ``Y`` or an empty text.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from exemple.survey.phrases import written
from exemple.survey.questionnaire import (
    CORE_THRESHOLD,
    EXCLUSIVE,
    OTHER,
    QUESTIONS,
    UNSURE,
    Question,
    core_rate,
    is_shown,
)

SKIPPED, CORE_SKIPPED, THIN_SKIPPED = 0.06, 0.015, 0.5
"""Chance that an item shown is left empty: any, core, and core of an answer meant to be thin."""
UNSURE_SHARE = 0.04
"""Share of « Ne sait pas », whatever the practice: out of the base, it does not bias a share."""
WRITES = {"difftexte": 0.58, "publictexte": 0.52, "fintexte": 0.54, "idees": 0.54}
TYPE_CODES = {"association": "asso", "ccas_cias": "ccas", "epicerie": "epice",
              "centre_social": "censo", "autre": OTHER}  # fmt: skip
OTHERS = {
    "typestruct": ("Groupe paroissial", "Collectif d'habitants", "Amicale de quartier"),
    "aides": ("Vestiaire", "Café du matin", "Aide aux démarches", "Lait et couches"),
    "appro": ("Cueillette chez un voisin", "Cantine scolaire", "Chasseurs"),
    "refusmotif": ("Local fermé pour travaux", "Trop de violence dans la file"),
}
NOT_SO = {  # what those answer who do not have the planted practice, with its chance
    "mmpt": (("refus", "nonde", "incon"), (0.18, 0.45, 0.37)),
    "renouv": (("facil", "moyen"), (0.35, 0.65)),
    "ramasseqte": (("haus", "stab"), (0.2, 0.8)),
    "demande": (("stab", "bais"), (0.85, 0.15)),
}
DRAWN = {  # answers that follow only from their own shares
    "ramassequal": (("meil", "idem", "moins", "NSP"), (0.08, 0.34, 0.53, 0.05)),
    "dependance": (("oui", "non", "NSP"), (0.52, 0.42, 0.06)),
    "benevage": (("peu", "quart", "moit", "tous", "NSP"), (0.14, 0.24, 0.34, 0.22, 0.06)),
    "budget": (("haus", "stab", "bais", "NSP"), (0.18, 0.40, 0.34, 0.08)),
    "soirwe": (("Y", "N"), (0.34, 0.66)),
    "domicile": (("Y", "N"), (0.28, 0.72)),
    "vehfroid": (("Y", "N"), (0.38, 0.62)),
    "recontact": (("Y", "N"), (0.46, 0.54)),
}
BOXES = {
    "refusmotif": (0.62, 0.36, 0.38, 0.30),
    "mmptusage": (0.74, 0.48, 0.34, 0.30),
    "financeurs": (0.52, 0.20, 0.48, 0.64, 0.26, 0.70, 0.0),
    "attentes": (0.62, 0.48, 0.58, 0.44, 0.26, 0.0),
}
NONE_TICKED = {"financeurs": 0.06, "attentes": 0.07}
"""Share that ticks « Aucun » alone."""
AGREE = {"freins": (0.3, 0.4, 0.2, -0.7, -0.2), "benevolat": (0.1, 0.6, -0.8),
         "besoins": (0.6, 0.5, 0.3, 0.2, 1.0, 0.1)}  # fmt: skip
"""Mean agreement with each statement, 0 for as many for as against."""


@dataclass
class Row:
    """One line of the export.

    Attributes
    ----------
    token : str
        What the invitation of a contact holds; empty when the survey was opened without one.
    start, end : Timestamp
        First and last action.
    page : int
        Last page sent, 0 when none was.
    submitted : bool
    answers : dict of str to str or None
        By column, sub-questions after an underscore.
    """

    token: str
    start: pd.Timestamp
    end: pd.Timestamp
    page: int
    submitted: bool
    answers: dict[str, str | None]


def answer_rows(
    frame: pd.DataFrame, truth: pd.DataFrame, who: pd.DataFrame, rng: np.random.Generator
) -> list[Row]:
    """Return one row a respondent, in the order of their first action.

    Parameters
    ----------
    frame, truth : DataFrame
        Contacts and what they do.
    who : DataFrame
        Respondents, on some rows of ``frame`` (`response.respondents`).
    """
    rows = []
    for index, how in who.iterrows():
        contact, does = frame.loc[index], truth.loc[index]
        filled = _filled(contact, does, how, rng)
        whole = bool(how["submitted"]) and not how["thin"]
        while whole != (bool(how["submitted"]) and core_rate(filled) >= CORE_THRESHOLD):
            filled = _filled(contact, does, how, rng)
        rows.append(
            Row(
                contact["jeton"], how["start"], how["end"], int(how["page"]),
                bool(how["submitted"]), filled,
            )
        )  # fmt: skip
    return rows


def empty_answers() -> dict[str, str | None]:
    """Return a row where nothing was recorded."""
    return {name: None for question in QUESTIONS for name in names_of(question)}


def names_of(question: Question) -> list[str]:
    """Return the columns of a question, sub-questions after an underscore."""
    return [f"{question.code}_{part}" if part else question.code for part in question.columns]


def _filled(
    contact: pd.Series, does: pd.Series, how: pd.Series, rng: np.random.Generator
) -> dict[str, str | None]:
    out = empty_answers()
    for question in QUESTIONS:
        if question.page > how["page"] or not is_shown(question, out):
            continue
        out |= dict.fromkeys(names_of(question), "")
        skip = SKIPPED
        if question.core:
            skip = THIN_SKIPPED if how["thin"] else CORE_SKIPPED
        if not question.required and rng.random() < skip:
            continue
        out |= _answer(question, contact, does, rng)
    return out


def _answer(
    question: Question, contact: pd.Series, does: pd.Series, rng: np.random.Generator
) -> dict[str, str]:
    """Return what is written in the columns of one question."""
    code = question.code
    if question.contact:
        column = {"nomstruct": "nom", "repondant": "contact_nom", "courriel": "contact_mail",
                  "telephone": "contact_telephone"}[code]  # fmt: skip
        return {code: contact[column]}
    if question.kind == "T":
        kinds = {contact["zone"], contact["taille"], contact["type_structure"]}
        return {code: written(code, kinds, rng) if rng.random() < WRITES[code] else ""}
    if question.kind == "N":
        return {code: _number(code, contact, does, rng)}
    if question.kind == "M":
        return _boxes(question, does, rng)
    if question.kind == "F":
        return _agreement(question, does, rng)
    return _single(question, contact, does, rng)


def _single(
    question: Question, contact: pd.Series, does: pd.Series, rng: np.random.Generator
) -> dict[str, str]:
    code = question.code
    if code == "typestruct":
        kind = TYPE_CODES[contact["type_structure"]]
        named = "Association d'étudiants" if "étudiants" in contact["nom"] else _other(code, rng)
        return {code: kind, "typestruct_other": named if kind == OTHER else ""}
    if code in NOT_SO:
        if UNSURE in question.choices and rng.random() < UNSURE_SHARE:
            return {code: UNSURE[0]}
        planted = {"mmpt": "benef", "renouv": "diff", "ramasseqte": "bais", "demande": "haus"}
        return {code: planted[code] if does[code] else _pick(*NOT_SO[code], rng)}
    if code in does.index:
        return {code: "Y" if does[code] else "N"}
    if code in DRAWN:
        return {code: _pick(*DRAWN[code], rng)}
    large = {"petite": 0.0, "moyenne": 0.5, "grande": 1.0}[contact["taille"]]
    if code == "salaries":
        return {code: "Y" if rng.random() < 0.10 + 0.80 * large else "N"}
    if code == "particip":
        return {code: "Y" if rng.random() < (0.8 if does["aides_SQ002"] else 0.18) else "N"}
    if code == "accueil":
        free = {"rue": 0.85, "colis": 0.30, "plateforme": 0.25, "accompagnement": 0.10}
        chance = free[does["profil"]]
        return {code: _pick(("tous", "orie", "mixte"), (chance, 0.6 * (1 - chance),
                                                        0.4 * (1 - chance)), rng)}  # fmt: skip
    short = 0.55 - 0.25 * large
    return {code: _pick(("suff", "juste", "insuf", "aucun"),
                        (0.75 - short, 0.25, short - 0.10, 0.10), rng)}  # fmt: skip


def _number(code: str, contact: pd.Series, does: pd.Series, rng: np.random.Generator) -> str:
    if code in does.index:
        return f"{does[code]:g}" if code == "tonnes" else str(int(does[code]))
    large = {"petite": 0, "moyenne": 1, "grande": 2}[contact["taille"]]
    if code == "creation":
        return str(int(np.clip(2024 - rng.exponential(14), 1945, 2024)))
    if code == "etp":
        return f"{max(0.2, np.round(rng.exponential(1 + 2.2 * large), 1)):g}"
    if code == "partpct":
        return str(rng.choice([10, 10, 15, 20, 20, 25, 30, 50]))
    if code == "joursouv":
        return str(int(np.clip(rng.poisson(1.2 + 1.3 * large), 1, 6)))
    return str(rng.choice([2, 3, 4, 4, 5, 6, 8]))


def _boxes(question: Question, does: pd.Series, rng: np.random.Generator) -> dict[str, str]:
    code = question.code
    names = [f"{code}_{part}" for part, _ in question.parts]
    if code in BOXES:
        ticked = rng.random(len(names)) < np.array(BOXES[code])
        if rng.random() < NONE_TICKED.get(code, 0):
            return {f"{code}_{EXCLUSIVE[code]}": "Y"}
        ticked[0] |= not ticked.any()
    else:
        ticked = does[names].to_numpy(bool)
    out = {name: "Y" if yes else "" for name, yes in zip(names, ticked, strict=True)}
    if question.other and rng.random() < 0.07:
        out[f"{code}_other"] = _other(code, rng)
    return out


def _agreement(question: Question, does: pd.Series, rng: np.random.Generator) -> dict[str, str]:
    """Draw one answer a statement around its mean, some of them unsure."""
    mood = 0.5 * rng.standard_normal() + (0.3 if does["refus"] else -0.1)
    out = {}
    for (part, _), mean in zip(question.parts, AGREE[question.code], strict=True):
        felt = np.digitize(mean + mood + rng.standard_normal(), [-1.4, -0.5, 0.2, 1.1])
        unsure = rng.random() < 0.07
        out[f"{question.code}_{part}"] = UNSURE[0] if unsure else f"A{felt + 1}"
    return out


def _other(code: str, rng: np.random.Generator) -> str:
    return str(rng.choice(OTHERS[code]))


def _pick(codes: tuple[str, ...], shares: tuple[float, ...], rng: np.random.Generator) -> str:
    return str(rng.choice(codes, p=np.array(shares) / sum(shares)))
