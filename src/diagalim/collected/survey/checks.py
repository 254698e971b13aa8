"""Are the answers those of this questionnaire? Export, codebook and .lss compared.

A survey lives in several files that are exported on different days. A column or a code that the
codebook does not know would be left out of every table without a word.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from diagalim.collected.survey.codebook import Codebook
from diagalim.collected.survey.limesurvey import META, Questionnaire, plain
from diagalim.sources.tables.cell_problems import closest
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import Problem

TICKED = {"Y": "Y", "Oui": "Y", "N": "", "Non": "", "": ""}
"""A box of a multiple choice, as codes or as full text."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
OTHER_CODE = "-oth-"
"""« Autre »: a flag of the question in LimeSurvey, not one of its answers."""
LSS_CONDITION = re.compile(r'\(*(?P<item>\w+)\.NAOK == "(?P<code>[^"]*)"\)*')
YES_NO = {"Y", "N"}
NO_ANSWER = "N/A"
"""What an export as full text writes for a question not shown, not reached or left empty."""


def as_codes(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the answers as codes where the export holds labels (« full answers »)."""
    coded = answers.copy()
    for column in {"submitdate", "lastpage"} & set(coded):
        coded[column] = coded[column].replace({NO_ANSWER: ""})
    for column, item in codebook.columns().items():
        if column not in coded:
            continue
        labels = codebook.codes_by_label(item)
        known = {*labels, *(code for codes in labels.values() for code in codes)}
        swap = {NO_ANSWER: ""} if NO_ANSWER not in known else {}
        if codebook.is_multiple(item):
            swap |= {seen: code for seen, code in TICKED.items() if seen != code}
        else:
            swap |= {label: codes[0] for label, codes in labels.items() if len(codes) == 1}
        coded[column] = coded[column].replace(swap)
    return coded


def label_problems(answers: pd.DataFrame, codebook: Codebook, file: str) -> list[Problem]:
    """Return the labels of an export as full text that do not tell which answer was given.

    Two answers of one list may have one label, and the label of one may be the code of another.

    Parameters
    ----------
    answers : DataFrame of str
        As exported, before `as_codes`.
    codebook : Codebook
        Its lists.
    file : str
        For the messages.
    """
    problems = []
    items = {c: i for c, i in codebook.columns().items() if c in answers}
    labels = {c: i for c, i in items.items() if not codebook.is_multiple(i)}
    full = any(answers[c].isin(list(codebook.codes_by_label(i))).any() for c, i in labels.items())
    for column, item in labels.items():
        meant = codebook.doubtful_labels(item, full=full)
        seen = answers.loc[answers[column].isin(list(meant)), ["id", column]]
        problems += shortened(
            [
                Problem(
                    file,
                    f"réponse {number}, colonne {column}",
                    value,
                    f"un libellé qui ne vaut que pour une réponse : "
                    f"{' ou '.join(meant[value])}\u202f?",
                    "exporter les codes des réponses, ou donner à chacune son libellé dans "
                    "LimeSurvey et dans modalites.csv",
                )
                for number, value in seen.itertuples(index=False)
            ]
        )
    return problems


def meta_problems(answers: pd.DataFrame, file: str) -> list[Problem]:
    """Return what is wrong with the columns that LimeSurvey itself fills."""
    forms = {
        "id": (r"\d+", "un numéro de réponse"),
        "lastpage": (r"\d*", "un numéro de page, ou rien"),
        "submitdate": (r"(?:\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?)?", "une date, ou rien"),
    }
    problems = []
    for column, (form, expected) in forms.items():
        wrong = answers[~answers[column].fillna("").str.fullmatch(form)]
        problems += shortened(
            [
                Problem(
                    file,
                    f"réponse {number}, colonne {column}",
                    seen,
                    expected,
                    "exporter de nouveau depuis LimeSurvey, sans passer par un tableur",
                )
                for number, seen in zip(wrong["id"], wrong[column], strict=True)
            ]
        )
    twice = answers.loc[answers["id"].duplicated(), "id"].unique()
    return problems + shortened(
        [
            Problem(
                file,
                "colonne id",
                number,
                "chaque numéro de réponse une seule fois",
                "exporter de nouveau : deux exports ont été mis bout à bout",
            )
            for number in twice
        ]
    )


def column_problems(answers: pd.DataFrame, codebook: Codebook, file: str) -> list[Problem]:
    """Return the columns of the codebook that are not in the answers, and the reverse."""
    wanted = codebook.columns()
    extra = [name for name in answers.columns if name not in wanted and name not in META]
    problems = []
    for column in [name for name in wanted if name not in answers.columns]:
        near = closest(column, extra) if extra else None
        problems.append(
            Problem(
                file,
                "en-tête",
                near or "colonne absente",
                f"une colonne « {column} », de la question « {wanted[column]} » du dictionnaire",
                f"remettre « {column} » à la place de « {near} », ou corriger dictionnaire.csv"
                if near
                else "exporter toutes les questions, ou corriger dictionnaire.csv",
            )
        )
    problems += [
        Problem(
            file,
            "en-tête",
            name,
            "une colonne connue de dictionnaire.csv",
            "décrire cette question dans dictionnaire.csv : sans cela on ne sait pas si elle porte "
            "des coordonnées ou du texte libre",
        )
        for name in extra
    ]
    return shortened(problems)


def answer_problems(answers: pd.DataFrame, codebook: Codebook, file: str) -> list[Problem]:
    """Return the codes that no list knows, and the numbers that are none or out of bounds."""
    problems = []
    for column, item in codebook.columns().items():
        if column not in answers:
            continue
        seen = answers[column]
        kind = codebook.items.at[item, "type"]
        if codebook.choice_list(item):
            choices = codebook.choices[codebook.choice_list(item)]
            known = {"Y", ""} if codebook.is_multiple(item) else {*choices, ""}
            wrong = ~seen.isin(known | set(codebook.doubtful_labels(item)))  # said by itself
            expected = f"un de ces codes : {', '.join(sorted(code for code in known if code))}"
            remedy = "exporter les codes, ou ajouter cette réponse à modalites.csv"
        elif kind in ("integer", "decimal"):
            wrong, expected = _wrong_numbers(seen, codebook.items.loc[item])
            remedy = "corriger la réponse dans LimeSurvey, ou les bornes dans dictionnaire.csv"
        else:
            continue
        problems += shortened(
            [
                Problem(file, f"réponse {number}, colonne {column}", value, expected, remedy)
                for number, value in zip(answers.loc[wrong, "id"], seen[wrong], strict=True)
            ]
        )
    return problems


def _wrong_numbers(seen: pd.Series, item: pd.Series) -> tuple[pd.Series, str]:
    low, high = item["minimum"], item["maximum"]
    values = pd.to_numeric(seen.where(seen.str.fullmatch(NUMBER.pattern)), errors="coerce")
    wrong = (seen != "") & values.isna()
    if not pd.isna(low):
        wrong |= (values < low).fillna(False)
    if not pd.isna(high):
        wrong |= (values > high).fillna(False)
    if item["type"] == "integer":
        wrong |= (values % 1 != 0).fillna(False) & values.notna()
    bounds = [
        f"au {'moins' if side == 'low' else 'plus'} {bound:g}"
        for side, bound in (("low", low), ("high", high))
        if not pd.isna(bound)
    ]
    whole = "un nombre entier" if item["type"] == "integer" else "un nombre"
    return wrong, ", ".join([whole, *bounds])


def same_answers(csv: pd.DataFrame, vv: pd.DataFrame, file: str) -> list[Problem]:
    """Return the answers that the CSV and the VV export do not give alike.

    Values are not quoted: the columns compared hold contacts and free text as well.
    """
    only = sorted(set(csv["id"]) ^ set(vv["id"]), key=int)
    problems = [
        Problem(
            file,
            f"{len(only)} réponses dans un seul des deux exports",
            ", ".join(only[:3]),
            "les mêmes réponses que dans l'export CSV",
            "exporter les deux le même jour, réponses incomplètes comprises",
        )
    ] * bool(only)
    left, right = csv.set_index("id"), vv.set_index("id")
    shared = [row for row in left.index if row in right.index]
    for column in [name for name in left.columns if name in right.columns]:
        ours = left.loc[shared, column].map(plain)
        theirs = right.loc[shared, column].fillna("").map(plain)
        problems += shortened(
            [
                Problem(
                    file,
                    f"réponse {number}, colonne {column}",
                    "une autre réponse que dans l'export CSV",
                    "la même réponse dans les deux exports",
                    "exporter de nouveau les deux fichiers le même jour",
                )
                for number in ours.index[ours != theirs]
            ]
        )
    return problems


def questionnaire_problems(lss: Questionnaire, codebook: Codebook, path: Path) -> list[Problem]:
    """Return where the codebook and the questionnaire do not say the same.

    Questions, pages, filters and codes are compared; labels are not, since they may be shortened.
    """
    problems = []
    items = {
        name: row
        for name, row in codebook.items.iterrows()
        if not name.endswith("_other")  # « Autre » belongs to its question
    }
    for name in items:
        question = name.split("_SQ")[0]
        if question not in lss.labels:
            problems.append(
                _differs(path, name, "question absente", "une question du dictionnaire")
            )
            continue
        page, asked = lss.pages[question], codebook.items.at[name, "page"]
        if page != asked:
            problems.append(_differs(path, name, f"page {page}", f"page {asked}"))
        ours, theirs = codebook.filter_of(name), _condition(lss.filters.get(question, ""))
        if ours != theirs:
            problems.append(_differs(path, name, _shown(theirs), _shown(ours)))
        codes = set(codebook.choices.get(codebook.choice_list(name), {})) - {OTHER_CODE}
        found = set(lss.codes.get(question, []))
        if codes and codes != found and not (codes == YES_NO and not found):
            seen = ", ".join(sorted(found ^ codes))
            problems.append(_differs(path, name, f"codes différents : {seen}", "les mêmes codes"))
    known = {name.split("_SQ")[0] for name in items}
    problems += [
        _differs(path, name, "question inconnue du dictionnaire", "aucune autre question")
        for name in lss.labels
        if name not in known
    ]
    return problems


def _condition(relevance: str) -> tuple[str, str] | None:
    found = LSS_CONDITION.fullmatch(relevance)
    if found is None:
        return ("(autre forme)", relevance) if relevance else None
    return found["item"], found["code"]


def _shown(condition: tuple[str, str] | None) -> str:
    return f"filtre {condition[0]} = {condition[1]}" if condition else "toujours montrée"


def _differs(path: Path, item: str, seen: str, expected: str) -> Problem:
    return Problem(
        path.name,
        f"question {item}",
        seen,
        f"{expected} (dictionnaire.csv)",
        "mettre le dictionnaire et le questionnaire d'accord",
    )
