"""What did the structures answer, who did not, and what must never be seen again?

Answers are read, checked against the codebook, then parted for good: the table given to the
chapters holds no token, no contact, no free text. Those stand in two other tables that only the
tools of review read (METHODS 5.1, 5.9).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pandas as pd

from diagalim.collected.survey.checks import (
    answer_problems,
    as_codes,
    column_problems,
    label_problems,
    meta_problems,
    questionnaire_problems,
    same_answers,
)
from diagalim.collected.survey.codebook import CODEBOOK_FILES, Codebook, read_codebook
from diagalim.collected.survey.export_headings import absent_export, without_service
from diagalim.collected.survey.limesurvey import read_csv_answers, read_lss, read_vv_answers
from diagalim.collected.survey.numbers import ELIGIBLE, number_problems
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import InputError, Problem, raise_if_any

ANSWERED, NOT_SHOWN, SKIPPED, NOT_REACHED = "répondu", "non montré", "sans réponse", "non atteint"
"""States of an item; the last three are three ways of being missing."""
CORE_SHARE = 0.8
"""Share of the core items shown that makes an answer complete (METHODS 5.2; a parameter)."""
PLACEHOLDER = "1980-01-01"
"""Date of submission in surveys that keep no date: submitted, at no known time."""
CSV_FILE, VV_FILE, LSS_FILE = "reponses_limesurvey.csv", "vvexport.txt", "questionnaire.lss"
EXCLUDED = {
    "doublon": "contact en double",
    "fermee": "structure fermée",
    "adresse_erronee": "adresse erronée",
}


@dataclass(frozen=True)
class Survey:
    """A survey, read and parted.

    Parameters
    ----------
    answers : DataFrame
        One row an answer kept, indexed by its number: closed and numeric items, as codes
        (``string``) and numbers (``Float64``), and nothing that names anyone.
    states : DataFrame
        Same rows, one column an item: `ANSWERED`, `NOT_SHOWN`, `SKIPPED` or `NOT_REACHED`.
    progress : DataFrame
        Same rows: ``derniere_page``, ``envoyee``, ``date_envoi`` (missing when not known),
        ``taux_coeur``, ``complete``.
    contacts : DataFrame
        Same rows: token and contact items. Never published, never given to a chapter.
    free_text : DataFrame
        Same rows: free text items, to be read by a person before any is quoted.
    flow : DataFrame
        ``etape``, ``effectif``, ``retires``: from the contacts to the complete answers, with what
        each stage takes away, as a list of reasons and counts.
    """

    answers: pd.DataFrame
    states: pd.DataFrame
    progress: pd.DataFrame
    contacts: pd.DataFrame
    free_text: pd.DataFrame
    flow: pd.DataFrame


def read_survey(folder: Path, frame: pd.DataFrame, core_share: float = CORE_SHARE) -> Survey:
    """Read the survey of a folder and check its files against each other.

    Parameters
    ----------
    folder : Path
        Holds the codebook and the CSV export; the VV export and the questionnaire are compared with
        them when they are there.
    frame : DataFrame
        The structures asked (``base_contacts``): ``jeton``, ``statut_contact``.
    core_share : float
        From which share of the core items a submitted answer is complete.

    Raises
    ------
    InputError
        Everything that does not agree, in French; no answer of a person is quoted.
    """
    codebook = read_codebook(folder)
    columns = codebook.columns()
    if not (folder / CSV_FILE).is_file():
        raise InputError([absent_export(folder, CSV_FILE, CODEBOOK_FILES)])
    exported = without_service(read_csv_answers(folder / CSV_FILE), columns)
    answers = as_codes(exported, codebook)
    raise_if_any(meta_problems(answers, CSV_FILE))
    problems = column_problems(answers, codebook, CSV_FILE)
    problems += label_problems(exported, codebook, CSV_FILE)
    problems += answer_problems(answers, codebook, CSV_FILE)
    if (folder / VV_FILE).is_file():
        vv = as_codes(without_service(read_vv_answers(folder / VV_FILE), columns), codebook)
        problems += meta_problems(vv, VV_FILE) or same_answers(answers, vv, VV_FILE)
    if (folder / LSS_FILE).is_file():
        problems += questionnaire_problems(read_lss(folder / LSS_FILE), codebook, folder / LSS_FILE)
    raise_if_any(problems)
    raise_if_any(hidden_answers(answers, codebook))
    parted = part(answers, codebook, frame, core_share)
    raise_if_any(number_problems(CSV_FILE, frame, parted.progress["complete"]))
    return parted


def part(
    answers: pd.DataFrame, codebook: Codebook, frame: pd.DataFrame, core_share: float = CORE_SHARE
) -> Survey:
    """Keep one answer a structure and part what is published from what never is.

    Parameters
    ----------
    answers : DataFrame of str
        Checked answers, as codes.
    codebook : Codebook
        Its items say which columns are contacts and free text.
    frame, core_share
        As in `read_survey`.
    """
    stages = keep_answers(answers, codebook, frame)
    kept = stages[-1][1].set_index("id").rename_axis("reponse")
    states = states_of(kept, codebook)
    progress = _progress(kept, states, codebook, core_share)
    apart = {"contact": ["token"], "libre": []}
    safe = {}
    for column, item in codebook.columns().items():
        row = codebook.items.loc[item]
        if row["contact"] or row["libre"]:
            apart["contact" if row["contact"] else "libre"].append(column)
        else:
            safe[column] = _typed(kept[column], row["type"])
    public = [name for name in states if name in codebook.substantive()]
    return Survey(
        answers=pd.DataFrame(safe, index=kept.index),
        states=states[public],
        progress=progress,
        contacts=kept[apart["contact"]].rename(columns={"token": "jeton"}),
        free_text=kept[apart["libre"]],
        flow=_flow(frame, stages, progress),
    )


def keep_answers(
    answers: pd.DataFrame, codebook: Codebook, frame: pd.DataFrame
) -> list[tuple[str, pd.DataFrame]]:
    """Return the answers left after each rule, with the reason why others went.

    A token that the frame does not know is a trial; of two answers of one structure the submitted
    one is kept, else the one that went furthest, else the last; an answer holds at least one item
    that is neither contact nor free text (METHODS 5.2).
    """
    known = answers[answers["token"].isin(frame["jeton"])]
    order = known.assign(
        _sent=known["submitdate"] != "", _page=pd.to_numeric(known["lastpage"]).fillna(0)
    ).sort_values(["_sent", "_page", "startdate"], kind="stable")
    single = known.loc[order.drop_duplicates("token", keep="last").index.sort_values()]
    columns = [c for item in codebook.substantive() for c in codebook.columns_of(item)]
    filled = single[(single[columns] != "").any(axis=1)]
    return [
        ("lignes de l'export", answers),
        ("réponses d'essai : jeton vide ou absent de la base de contacts", known),
        ("jeton employé deux fois", single),
        ("aucun item de fond rempli", filled),
    ]


def states_of(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the state of each item of each answer, rebuilt from filters and last page.

    The CSV leaves the same blank for an item filtered out, not reached or left empty: the filter of
    the codebook and ``lastpage`` tell them apart. An item of several boxes is answered when one is
    ticked or its « Autre » is filled.
    """
    sent = answers["submitdate"] != ""
    page = pd.to_numeric(answers["lastpage"]).fillna(0)
    states = {}
    for item in codebook.items.index:
        columns = [*codebook.columns_of(item), f"{item}_other"]
        filled = (answers[[c for c in columns if c in answers]] != "").any(axis=1)
        state = pd.Series(SKIPPED, index=answers.index, dtype="string")
        condition = codebook.filter_of(item)
        if condition is not None:
            state = state.mask(answers[condition[0]] != condition[1], NOT_SHOWN)
        reached = sent | (page >= codebook.items.at[item, "page"])
        states[item] = state.mask(~reached, NOT_REACHED).mask(filled, ANSWERED)
    return pd.DataFrame(states, index=answers.index)


def hidden_answers(answers: pd.DataFrame, codebook: Codebook) -> list[Problem]:
    """Return the answers to questions that their filter does not show: the two cannot be true."""
    problems = []
    for item in codebook.items.index:
        condition = codebook.filter_of(item)
        if condition is None:
            continue
        filled = (answers[codebook.columns_of(item)] != "").any(axis=1)
        wrong = answers[filled & (answers[condition[0]] != condition[1])]
        problems += shortened(
            [
                Problem(
                    CSV_FILE,
                    f"réponse {number}, question {item}",
                    "une réponse à une question qui n'est pas montrée",
                    f"une réponse seulement si {condition[0]} = {condition[1]}",
                    "vérifier le filtre dans dictionnaire.csv et l'export",
                )
                for number in wrong["id"]
            ]
        )
    return problems


def _progress(
    kept: pd.DataFrame, states: pd.DataFrame, codebook: Codebook, core_share: float
) -> pd.DataFrame:
    core = states[list(codebook.items.index[codebook.items["coeur"]])]
    asked = core.isin([ANSWERED, SKIPPED, NOT_REACHED]) & ~_closed(kept, core, codebook)
    rate = (core == ANSWERED).sum(axis=1) / asked.sum(axis=1)
    sent = kept["submitdate"] != ""
    dated = kept["submitdate"].where(sent & ~kept["submitdate"].str.startswith(PLACEHOLDER))
    return pd.DataFrame(
        {
            "derniere_page": pd.to_numeric(kept["lastpage"]).astype("Int64"),
            "envoyee": sent,
            "date_envoi": pd.to_datetime(dated),
            "taux_coeur": rate,
            "complete": sent & (rate >= core_share),
        }
    )


def _closed(kept: pd.DataFrame, core: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Items whose filter is closed, reached or not: they are not asked of this structure."""
    closed = pd.DataFrame(False, index=core.index, columns=core.columns)
    for item in core:
        condition = codebook.filter_of(item)
        if condition is not None:
            closed[item] = kept[condition[0]] != condition[1]
    return closed


def _typed(column: pd.Series, kind: str) -> pd.Series:
    filled = column.where(column != "")
    if kind in ("integer", "decimal"):
        return pd.to_numeric(filled).astype("Float64")
    return filled.astype("string")


def _flow(
    frame: pd.DataFrame, stages: list[tuple[str, pd.DataFrame]], progress: pd.DataFrame
) -> pd.DataFrame:
    """Return the stages from contacts to complete answers, each with why it is smaller."""
    status = frame["statut_contact"].value_counts()
    gone = [(label, int(status.get(code, 0))) for code, label in EXCLUDED.items()]
    rows = [
        ("contacts fournis", len(frame), []),
        ("structures éligibles", int(status.get(ELIGIBLE, 0)), gone),
        (stages[0][0], len(stages[0][1]), []),
    ]
    for (_, before), (reason, table) in pairwise(stages):
        rows.append(("lignes gardées", len(table), [(reason, len(before) - len(table))]))
    rows[-1] = ("réponses", *rows[-1][1:])
    partial = int((~progress["complete"]).sum())
    said = "non envoyées, ou envoyées mais trop incomplètes, donc partielles"
    rows.append(("réponses complètes", int(progress["complete"].sum()), [(said, partial)]))
    return pd.DataFrame(rows, columns=["etape", "effectif", "retires"])
