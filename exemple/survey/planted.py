"""What does the export hold that a careless reading would get wrong, or let out?

Traps of real LimeSurvey exports, and canaries: names, mails, telephones and a sentence that must be
found nowhere in what is published. Each is listed in the truth file with where it stands.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from exemple.survey.answers import Row, empty_answers
from exemple.survey.phrases import TEXTS

TESTS, TWICE, EMPTY = 2, 1, 4
"""Lines added to the answers: tries before the opening, a token used again, nothing substantive."""
UNKNOWN_TOKEN = "essaiessai00001"
AWKWARD = (  # complete answer (rank), column, text, what LimeSurvey must escape
    (11, "idees", "Trois choses :\n- une tournée\n- un local\n- un camion", "saut de ligne"),
    (29, "idees", "Lundi\tcolis\tJeudi\trepas", "tabulation"),
    (47, "difftexte", "{nom du magasin} ne donne plus rien, {prénom} non plus", "accolade"),
    (63, "fintexte", '"On fait ce qu\'on peut", disent les bénévoles', "guillemet en tête"),
    (88, "publictexte", "Plus de monde\r\nmoins de place", "retour chariot"),
    (104, "aides_other", "=2+5 colis", "formule de tableur"),
    (119, "idees", '<a href="http://example.invalid">un lien</a> & <b>du gras</b>', "balises"),
    (150, "fintexte", "Le mot {lbrace} est écrit tel quel", "échappement écrit en clair"),
)
CANARIES = (  # complete answer (rank), column, sort, what must not come out, sentence around it
    (5, "publictexte", "nom", "Odalric Fontvermeil",
     "Demandez à {}, il connaît chaque famille du quartier."),
    (23, "difftexte", "telephone", "06 39 98 77 41", "Rappelez-moi au {} avant midi."),
    (58, "idees", "courriel", "zephyrine.calamoure@example.invalid",
     "J'envoie le plan à qui le demande : {}"),
    (71, "publictexte", "phrase", "elle dort sous l'escalier en colimaçon avec son chat bleu",
     "Une dame est revenue : {}."),
    (96, "aides_other", "nom", "Zéphyrine Calamoure", "Visites chez {}"),
    (131, "fintexte", "telephone", "0465719038", "Joignez le trésorier, {}, il vous dira."),
    (162, "difftexte", "telephone", "+33 6 39 98 55 02", "Le chauffeur est au {}"),
    (177, "refusmotif_other", "nom", "Théodebert Malguirande", "Demande de {} hors secteur"),
    (190, "repondant", "nom", "Sidoine Quarantelle", "{}, trésorière"),
    (190, "courriel", "courriel", "sidoine.quarantelle@example.invalid", "{}"),
    (190, "telephone", "telephone", "06 39 98 12 34", "{}"),
)  # fmt: skip
OUTLIERS = (  # complete answer (rank), column, factor or value, what was typed
    (17, "personnes", 12.0, "personnes d'une année et non d'un mois"),
    (75, "personnes", 10.0, "un zéro de trop"),
    (143, "personnes", "99999", "valeur de remplissage"),
    (35, "tonnes", 1000.0, "kilogrammes et non tonnes"),
    (112, "tonnes", 1000.0, "kilogrammes et non tonnes"),
)
NOTABLE = {"personnes": 200, "tonnes": 20}
"""From how much a quantity is multiplied: less would not stand out."""


def plant(
    rows: list[Row], whole: list[Row], frame: pd.DataFrame, rng: np.random.Generator
) -> tuple[list[Row], list[dict[str, object]], list[dict[str, object]]]:
    """Add the traps and the canaries to the answers.

    Parameters
    ----------
    rows, whole : list of Row
        Answers, and the complete ones among them, which are changed in place.
    frame : DataFrame
        All contacts.

    Returns
    -------
    rows : list of Row
        All lines of the export in the order of their first action.
    traps, canaries : list of dict
        What was planted; ``jeton`` says on which line, ``colonne`` where.
    """
    canaries = [_canary(whole, *how) for how in CANARIES]
    traps = [_awkward(whole, *how) for how in AWKWARD]
    traps += [_outlier(whole, *how) for how in OUTLIERS]
    added = [*_tests(whole), _again(whole[40]), *_nothing(rows, frame, rng)]
    traps += [
        {"piege": "réponse d'essai", "combien": TESTS, "regle": "jeton vide, ou absent de la base "
         "de contacts : écartée"},
        {"piege": "jeton employé deux fois", "combien": TWICE, "jeton": whole[40].token,
         "regle": "garder la réponse envoyée, à défaut la plus avancée, à défaut la dernière"},
        {"piege": "ligne ouverte sans item de fond", "combien": EMPTY,
         "regle": "ni les champs de contact ni les champs libres ne sont des items de fond"},
    ]  # fmt: skip
    return sorted(rows + added, key=lambda row: row.start), traps, canaries


def _shown(whole: list[Row], rank: int, column: str) -> Row:
    """Return the first complete answer, from a rank on, whose filter shows a column."""
    return next(row for row in whole[rank:] if row.answers[column] is not None)


def _canary(
    whole: list[Row], rank: int, column: str, sort: str, secret: str, around: str
) -> dict[str, object]:
    row = _shown(whole, rank, column)
    before = row.answers[column] if column in TEXTS else ""
    row.answers[column] = f"{before} {around.format(secret)}".strip()
    return {"sorte": sort, "texte": secret, "jeton": row.token, "colonne": column}


def _awkward(whole: list[Row], rank: int, column: str, text: str, what: str) -> dict[str, object]:
    row = _shown(whole, rank, column)
    row.answers[column] = text
    return {"piege": what, "jeton": row.token, "colonne": column, "texte": text}


def _outlier(
    whole: list[Row], rank: int, column: str, change: float | str, what: str
) -> dict[str, object]:
    row = next(row for row in whole[rank:] if float(row.answers[column] or 0) >= NOTABLE[column])
    right = row.answers[column]
    row.answers[column] = change if isinstance(change, str) else f"{float(right) * change:g}"
    return {"piege": f"quantité aberrante : {what}", "jeton": row.token, "colonne": column,
            "lu": row.answers[column], "juste": right}  # fmt: skip


def _tests(whole: list[Row]) -> list[Row]:
    """Return the tries made before the opening: one without a token, one with an unknown one."""
    lines = []
    for token, model, day in (
        ("", whole[3], "2025-02-26"),
        (UNKNOWN_TOKEN, whole[9], "2025-02-27"),
    ):
        start = pd.Timestamp(f"{day} 16:10:00")
        answers = model.answers | {
            "nomstruct": "ESSAI", "repondant": "essai", "courriel": "essai@example.invalid",
            "telephone": "", "difftexte": "essai", "publictexte": "", "fintexte": "", "idees": "",
        }  # fmt: skip
        lines.append(Row(token, start, start + pd.Timedelta("3min"), model.page, True, answers))
    return lines


def _again(row: Row) -> Row:
    """Return a first, unfinished answer of a contact who later answered whole."""
    start = row.start - pd.Timedelta("2D3h")
    kept = {"nomstruct", "repondant", "typestruct", "typestruct_other", "creation", "accueil"}
    answers = empty_answers() | {name: row.answers[name] for name in kept}
    answers |= {name: "" for name in ("courriel", "telephone", "salaries")}
    return Row(row.token, start, start + pd.Timedelta("4min"), 2, False, answers)


def _nothing(rows: list[Row], frame: pd.DataFrame, rng: np.random.Generator) -> list[Row]:
    """Return lines opened without one substantive item: two blank, two with contacts only."""
    answered = {row.token for row in rows}
    silent = frame[(frame["statut_contact"] == "valide") & ~frame["jeton"].isin(answered)]
    lines = []
    for rank, (_, contact) in enumerate(silent.sample(EMPTY, random_state=rng).iterrows()):
        start = pd.Timestamp("2025-03-04 10:12:00") + pd.Timedelta(days=7 * rank, minutes=17 * rank)
        answers, page = empty_answers(), rank // 2
        if page:
            answers |= {"nomstruct": contact["nom"], "repondant": contact["contact_nom"],
                        "courriel": "", "telephone": ""}  # fmt: skip
        lines.append(
            Row(contact["jeton"], start, start + pd.Timedelta("70s"), page, False, answers)
        )
    return lines
