"""How does LimeSurvey describe a questionnaire? The ``.lss`` file: its tables, as XML.

One section a table of the tool's database, in its order: answers, groups, questions, sub-questions,
their texts in each language (``*_l10ns``), settings. A reader joins them by ``qid``, ``gid`` and
``aid``; filters stand in ``relevance``.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from exemple.survey.questionnaire import EXCLUSIVE, OTHER, PAGES, QUESTIONS, Question

VERSION = "641"
"""Version of the database of LimeSurvey 6, whose layout this is."""
SURVEY, LANGUAGE = "571234", "fr"
TITLE = "L'aide alimentaire dans la Vermeillerie (département fictif)"
FIRST_QUESTION, FIRST_GROUP, FIRST_ANSWER = 2101, 151, 901
THEMES = {"L": "listradio", "Y": "yesno", "M": "multiplechoice", "F": "arrays/array",
          "N": "numerical", "S": "shortfreetext", "T": "longfreetext"}  # fmt: skip
FIELDS = {
    "answers": "aid qid code sortorder assessment_value scale_id",
    "answer_l10ns": "id aid answer language",
    "groups": "gid sid group_order randomization_group grelevance",
    "group_l10ns": "id gid group_name description language sid group_order randomization_group "
    "grelevance",
    "questions": "qid parent_qid sid gid type title preg other mandatory encrypted question_order "
    "scale_id same_default relevance question_theme_name modulename same_script",
    "subquestions": "qid parent_qid sid gid type title preg other mandatory encrypted "
    "question_order scale_id same_default relevance question_theme_name modulename same_script",
    "question_l10ns": "id qid question help script language",
    "question_attributes": "qid attribute value language",
    "surveys": "sid gsid admin adminemail anonymized format savetimings template language "
    "additional_languages datestamp allowsave allowprev ipaddr refurl usetokens tokenlength "
    "showprogress showwelcome alloweditaftercompletion",
    "surveys_languagesettings": "surveyls_survey_id surveyls_language surveyls_title "
    "surveyls_description surveyls_welcometext surveyls_endtext surveyls_dateformat "
    "surveyls_numberformat",
}
Table = list[dict[str, str]]


def write_lss(path: Path) -> None:
    """Write the questionnaire as LimeSurvey exports its structure."""
    tables = _tables()
    sections = "".join(
        _section(name, fields.split(), tables[name]) for name, fields in FIELDS.items()
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document>\n'
        f" <LimeSurveyDocType>Survey</LimeSurveyDocType>\n <DBVersion>{VERSION}</DBVersion>\n"
        f" <languages>\n  <language>{LANGUAGE}</language>\n </languages>\n{sections}</document>\n"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def _section(name: str, fields: list[str], rows: Table) -> str:
    head = "".join(f"   <fieldname>{field}</fieldname>\n" for field in fields)
    body = ""
    for row in rows:
        cells = "".join(_cell(field, row[field]) for field in fields if field in row)
        body += f"   <row>\n{cells}   </row>\n"
    return f" <{name}>\n  <fields>\n{head}  </fields>\n  <rows>\n{body}  </rows>\n </{name}>\n"


def _cell(field: str, value: str) -> str:
    if not value:
        return f"    <{field}/>\n"
    return f"    <{field}><![CDATA[{value}]]></{field}>\n"


def _tables() -> dict[str, Table]:
    tables: dict[str, Table] = {name: [] for name in FIELDS}
    _groups(tables)
    sub = FIRST_QUESTION + len(QUESTIONS)
    rank = dict.fromkeys(range(1, len(PAGES) + 1), 0)
    for place, question in enumerate(QUESTIONS):
        number, group = FIRST_QUESTION + place, FIRST_GROUP + question.page - 1
        rank[question.page] += 1
        tables["questions"].append(_question(question, number, group, rank[question.page]))
        _text(tables, number, question.text)
        tables["question_attributes"] += _attributes(question, number)
        for order, (code, label) in enumerate(question.parts):
            tables["subquestions"].append(_subquestion(number, sub, group, code, order))
            _text(tables, sub, label)
            sub += 1
        if question.kind in "LF":
            _answers(tables, question, number)
    _settings(tables)
    return tables


def _groups(tables: dict[str, Table]) -> None:
    for rank, title in enumerate(PAGES, start=1):
        group = {"gid": str(FIRST_GROUP + rank - 1), "sid": SURVEY, "group_order": str(rank),
                 "randomization_group": "", "grelevance": ""}  # fmt: skip
        words = {"id": str(rank), "group_name": escape(title), "description": "",
                 "language": LANGUAGE}  # fmt: skip
        tables["groups"].append(group)
        tables["group_l10ns"].append(group | words)


def _question(question: Question, number: int, group: int, order: int) -> dict[str, str]:
    return {
        "qid": str(number), "parent_qid": "0", "sid": SURVEY, "gid": str(group),
        "type": question.kind, "title": question.code, "preg": "",
        "other": "Y" if question.other else "N",
        "mandatory": "Y" if question.required else "N", "encrypted": "N",
        "question_order": str(order), "scale_id": "0", "same_default": "0",
        "relevance": relevance_of(question), "question_theme_name": THEMES[question.kind],
        "modulename": "", "same_script": "0",
    }  # fmt: skip


def relevance_of(question: Question) -> str:
    """Return the filter of a question in the expressions of LimeSurvey, 1 when always shown."""
    if question.shown_if is None:
        return "1"
    return '(({}.NAOK == "{}"))'.format(*question.shown_if)


def _subquestion(parent: int, number: int, group: int, code: str, order: int) -> dict[str, str]:
    return {
        "qid": str(number), "parent_qid": str(parent), "sid": SURVEY, "gid": str(group),
        "type": "T", "title": code, "other": "N", "encrypted": "N", "question_order": str(order),
        "scale_id": "0", "same_default": "0", "relevance": "1", "same_script": "0",
    }  # fmt: skip


def _text(tables: dict[str, Table], number: int, words: str) -> None:
    table = tables["question_l10ns"]
    table.append({"id": str(3001 + len(table)), "qid": str(number), "question": escape(words),
                  "help": "", "script": "", "language": LANGUAGE})  # fmt: skip


def _attributes(question: Question, number: int) -> Table:
    """Return the few settings that matter: bounds of a number, the box that excludes the others."""
    settings: dict[str, str] = {}
    if question.kind == "N":
        bounds = {"min_num_value_n": question.low, "max_num_value_n": question.high}
        settings = {name: "" if at is None else f"{at:g}" for name, at in bounds.items()}
    if question.code in EXCLUSIVE:
        settings = {"exclude_all_others": EXCLUSIVE[question.code]}
    return [
        {"qid": str(number), "attribute": name, "value": value, "language": ""}
        for name, value in settings.items()
    ]


def _answers(tables: dict[str, Table], question: Question, number: int) -> None:
    """Add the answers of a list; « Autre » is not one of them, the question carries it."""
    for order, (code, label) in enumerate(question.choices):
        if code == OTHER:
            continue
        aid = str(FIRST_ANSWER + len(tables["answers"]))
        tables["answers"].append({"aid": aid, "qid": str(number), "code": code,
                                  "sortorder": str(order), "assessment_value": "0",
                                  "scale_id": "0"})  # fmt: skip
        tables["answer_l10ns"].append({"id": aid, "aid": aid, "answer": escape(label),
                                       "language": LANGUAGE})  # fmt: skip


def _settings(tables: dict[str, Table]) -> None:
    tables["surveys"].append({
        "sid": SURVEY, "gsid": "1", "admin": "Service fictif", "format": "G",
        "adminemail": "enquete@example.invalid", "anonymized": "N", "savetimings": "N",
        "template": "inherit", "language": LANGUAGE, "additional_languages": "", "datestamp": "Y",
        "allowsave": "Y", "allowprev": "Y", "ipaddr": "N", "refurl": "N", "usetokens": "N",
        "tokenlength": "15", "showprogress": "Y", "showwelcome": "Y",
        "alloweditaftercompletion": "N",
    })  # fmt: skip
    tables["surveys_languagesettings"].append({
        "surveyls_survey_id": SURVEY, "surveyls_language": LANGUAGE, "surveyls_title": TITLE,
        "surveyls_description": "", "surveyls_welcometext": "Merci de répondre pour votre "
        "structure.", "surveyls_endtext": "Merci de votre réponse.", "surveyls_dateformat": "2",
        "surveyls_numberformat": "1",
    })  # fmt: skip
