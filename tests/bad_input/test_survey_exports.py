"""Exports of a survey as LimeSurvey writes them, option by option, and what is laid instead."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from diagalim.collected.survey.answers import read_survey
from diagalim.collected.survey.limesurvey import read_csv_answers, read_lss, read_vv_answers
from diagalim.wording.problems import InputError

ITEMS = """\
type,name,label,relevant,required,coeur,theme,libre,contact,page,unite,minimum,maximum
text,repondant,Nom,,0,0,contact,0,1,1,,,
select_one oui_non,ramasse,Ramasse,,0,1,aides,0,0,1,,,
select_one duree,duree,Durée,${ramasse} = 'Y',0,1,aides,0,0,1,,,
select_multiple aides,aides,Aides,,0,1,aides,0,0,1,,,
integer,jours,Jours,,0,1,ouverture,0,0,1,jours,0,7
text,avis,Avis,,0,0,aides,1,0,1,,,
"""
CHOICES = """\
list_name,name,label
oui_non,Y,Oui
oui_non,N,Non
duree,A,Moins d'un an
duree,B,Un an ou plus
aides,SQ001,Colis
aides,SQ002,Repas
"""
HEADER = [
    "id", "submitdate", "lastpage", "startdate", "token", "repondant", "ramasse", "duree",
    "aides[SQ001]", "aides[SQ002]", "jours", "avis",
]  # fmt: skip
SENT = "2025-03-01 10:00:00"
FIRST = ["1", SENT, "1", SENT, "ta", "Nom Un", "Y", "A", "Y", "", "3", "rien"]
SECOND = ["2", SENT, "1", SENT, "tb", "Nom Deux", "N", "", "", "Y", "", ""]
FULL = ["1", SENT, "1", SENT, "ta", "Nom Un", "Oui", "Moins d'un an", "Oui", "Non", "3", "rien"]
FRAME = pd.DataFrame({"jeton": ["ta", "tb"], "statut_contact": "valide"})
EXPORT = "reponses_limesurvey.csv"
SHARED = Path(__file__).resolve().parents[3] / "shared"


def written(header, rows, separator=",", bom=False, end="\n"):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([header, *rows])
    return ("\ufeff" if bom else "") + text.getvalue()


@pytest.fixture
def folder(tmp_path):
    """The folder of a survey of six questions; each test writes its answers."""
    folder = tmp_path / "enquete"
    folder.mkdir()
    (folder / "dictionnaire.csv").write_text(ITEMS, encoding="utf-8")
    (folder / "modalites.csv").write_text(CHOICES, encoding="utf-8")
    return folder


def lay(folder, header=HEADER, rows=(FIRST, SECOND), **ways):
    raw = written(header, rows, **ways).encode("utf-8")
    (folder / EXPORT).write_bytes(raw)
    return folder


def refusal(read, *given):
    with pytest.raises(InputError) as raised:
        read(*given)
    return str(raised.value)


def with_text(header):
    """Heads as « Code de la question et texte de la question »."""
    return [f"{name}. Un texte, avec « guillemets »\net deux lignes [Le coût]" for name in header]


def extra(**columns):
    return [*HEADER, *columns], [[*row, *columns.values()] for row in (FIRST, SECOND)]


TEXT_HEADS = with_text(HEADER)
SERVICE = {
    "ipaddr": "203.0.113.7",
    "refurl": "https://exemple.invalid/",
    "interviewtime": "312.5",
    "groupTime12": "40.1",
    "joursTime": "7.2",
    "aidesTime": "3.1",
    "firstname": "Sidoine",
    "lastname": "Quarantelle",
    "email": "sidoine@exemple.invalid",
}
READ = {
    "as codes": {},
    "with semicolons": {"separator": ";"},
    "with a byte order mark": {"bom": True},
    "with the line ends of Windows": {"end": "\r\n"},
    "heads with code and text": {"header": TEXT_HEADS},
    "heads with code and text, semicolons and a mark": {
        "header": TEXT_HEADS,
        "separator": ";",
        "bom": True,
    },
    "heads with text after the codes of questions only": {
        "header": HEADER[:5] + TEXT_HEADS[5:],
    },
    "with what LimeSurvey knows": dict(zip(("header", "rows"), extra(**SERVICE), strict=True)),
    "as full text": {"rows": (FULL, SECOND)},
    "« N/A » for what was not asked": {
        "rows": (FIRST, [*SECOND[:7], "N/A", "N/A", "Y", "N/A", "N/A"])
    },
    "an answer of several lines": {"rows": ([*FIRST[:-1], 'un "mot",\nune ; ligne'], SECOND)},
}


@pytest.mark.parametrize("case", READ)
def test_every_way_of_exporting_gives_the_same_answers(folder, case):
    survey = read_survey(lay(folder, **READ[case]), FRAME)
    answers = survey.answers.astype("object").where(survey.answers.notna(), None)
    assert answers.columns.tolist() == ["ramasse", "duree", "aides_SQ001", "aides_SQ002", "jours"]
    assert answers.to_numpy().tolist() == [["Y", "A", "Y", None, 3], ["N", None, None, "Y", None]]
    assert survey.states.loc["2"].tolist() == [
        "répondu", "non montré", "répondu", "sans réponse",
    ]  # fmt: skip


def test_nothing_of_the_machine_nor_of_the_person_asked_is_kept(folder):
    header, rows = extra(**SERVICE)
    survey = read_survey(lay(folder, header, rows), FRAME)
    tables = (
        survey.answers,
        survey.states,
        survey.progress,
        survey.contacts,
        survey.free_text,
        survey.flow,
    )
    text = "".join(table.to_csv() for table in tables)
    assert [value for value in SERVICE.values() if value in text] == []


def test_a_question_named_as_a_column_of_service_is_read_when_the_codebook_has_it(folder):
    items = folder / "dictionnaire.csv"
    items.write_text(ITEMS.replace("text,repondant", "text,email"), encoding="utf-8")
    lay(folder, ["email" if name == "repondant" else name for name in HEADER])
    assert read_survey(folder, FRAME).contacts["email"].tolist() == ["Nom Un", "Nom Deux"]


def test_an_incomplete_answer_marked_as_not_available_is_not_submitted(folder):
    lay(folder, rows=(FIRST, ["2", "N/A", "N/A", *SECOND[3:]]))
    progress = read_survey(folder, FRAME).progress
    assert progress["envoyee"].tolist() == [True, False]


def test_not_available_is_an_answer_where_the_list_has_it(folder):
    text = CHOICES + "duree,C,N/A\n"
    (folder / "modalites.csv").write_text(text, encoding="utf-8")
    lay(folder, rows=([*FIRST[:7], "N/A", *FIRST[8:]], SECOND))
    assert read_survey(folder, FRAME).answers["duree"].iloc[0] == "C"


def clash(folder):
    header, rows = extra(aides_SQ001="x")
    return lay(folder, header, rows)


def twice(folder):
    header, rows = extra(jours="x")
    return lay(folder, header, rows)


def same_label(folder):
    (folder / "modalites.csv").write_text(CHOICES + "duree,C,Moins d'un an\n", encoding="utf-8")
    return lay(folder, rows=(FULL, SECOND))


def crossed_label(folder):
    (folder / "modalites.csv").write_text(
        CHOICES.replace("Un an ou plus", "C") + "duree,C,Ne sait pas\n", encoding="utf-8"
    )
    return lay(folder, rows=([*FULL[:7], "C", *FULL[8:]], SECOND))


def codes_of_two_items(folder):
    text = ITEMS + "text,aides_SQ001,Autre,,0,0,aides,1,0,1,,,\n"
    (folder / "dictionnaire.csv").write_text(text, encoding="utf-8")
    return lay(folder)


def other_name(folder):
    lay(folder)
    (folder / EXPORT).rename(folder / "results-survey432535.csv")
    return folder


def undeclared(folder):
    header, rows = extra(attribute_1="secteur nord")
    return lay(folder, header, rows)


REFUSED = {
    "a box and a question under one name": (
        clash,
        ["lu « aides[SQ001] et aides_SQ001 »", "les deux se lisent « aides_SQ001 »"],
    ),
    "one column twice": (twice, ["lu « jours »", "chaque colonne une seule fois"]),
    "a label that two answers share": (
        same_label,
        ["réponse 1, colonne duree : lu « Moins d'un an »", "A ou C\u202f?", "exporter les codes"],
    ),
    "a label that is the code of another answer": (
        crossed_label,
        ["réponse 1, colonne duree : lu « C »", "B ou C\u202f?"],
    ),
    "two items of the codebook under one name": (
        codes_of_two_items,
        ["item aides_SQ001, colonne name", "celle-ci est aussi de « aides »"],
    ),
    "the export under its own name": (
        other_name,
        ["renommer « results-survey432535.csv » en « reponses_limesurvey.csv »"],
    ),
    "a column that nobody described": (
        undeclared,
        ["lu « attribute_1 »", "décrire cette question"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_told_apart_is_refused_and_both_are_named(folder, case):
    act, fragments = REFUSED[case]
    text = refusal(read_survey, act(folder), FRAME)
    assert all(fragment in text for fragment in fragments), text
    assert text.startswith("1 problème "), text


def test_labels_that_are_shared_do_no_harm_where_codes_are_exported(folder):
    same_label(folder)
    assert read_survey(lay(folder), FRAME).answers["duree"].iloc[0] == "A"


HEADS = {
    "texts alone, in English": (
        ["Response ID", "Date submitted", "Last page", "How many days?"],
        ["les textes des questions (Response ID…)", "en-têtes « Code de la question »"],
    ),
    "texts alone, in French": (
        ["ID de la réponse", "Date de soumission", "Dernière page", "Combien de jours ?"],
        ["les textes des questions (ID de la réponse…)"],
    ),
    "KoboToolbox": (
        ["start", "end", "aides", "aides/SQ001", "_id", "_uuid", "_submission_time"],
        ["un export de KoboToolbox ou d'ODK", "n'est pas encore lu"],
    ),
    "a sheet of an XLSForm": (
        ["type", "name", "label::Français (fr)", "relevant"],
        ["une feuille de questionnaire XLSForm", "dictionnaire.csv"],
    ),
    "a survey open to all": (
        [name for name in HEADER if name != "token"],
        ["une colonne « token »", "une enquête sur invitation"],
    ),
}


@pytest.mark.parametrize("case", HEADS)
def test_the_export_of_something_else_is_named_once(tmp_path, case):
    header, fragments = HEADS[case]
    path = tmp_path / EXPORT
    path.write_text(written(header, [["1"] * len(header)]), encoding="utf-8")
    text = refusal(read_csv_answers, path)
    assert all(fragment in text for fragment in fragments), text
    assert text.startswith("1 problème "), text


def test_a_row_cut_short_is_named_by_the_line_where_it_begins(tmp_path):
    path = tmp_path / EXPORT
    rows = [[*FIRST[:-1], "un\nmot\nsur quatre\nlignes"], SECOND[:-2]]
    path.write_text(written(HEADER, rows), encoding="utf-8")
    assert f"{EXPORT} — ligne 6" in refusal(read_csv_answers, path)


def test_the_two_exports_name_a_box_alike(tmp_path):
    codes = [name.replace("[", "_").replace("]", "") for name in HEADER]
    vv = tmp_path / "vvexport.txt"
    rows = [HEADER, codes, FIRST]
    vv.write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8-sig")
    export = tmp_path / EXPORT
    export.write_text(written(with_text(HEADER), [FIRST]), encoding="utf-8")
    assert list(read_vv_answers(vv)) == list(read_csv_answers(export)) == codes


DOCUMENT = "<document><LimeSurveyDocType>{}</LimeSurveyDocType></document>"
OTHER_FILES = {
    "the answers": (DOCUMENT.format("Responses"), "des réponses (.lsr)"),
    "a group": (DOCUMENT.format("Group"), "un groupe de questions (.lsg)"),
    "a question": (DOCUMENT.format("Question"), "une seule question (.lsq)"),
    "a document of another kind": (DOCUMENT.format("Theme"), "illisible comme questionnaire"),
}


@pytest.mark.parametrize("case", OTHER_FILES)
def test_another_file_of_limesurvey_is_named(tmp_path, case):
    text, seen = OTHER_FILES[case]
    path = tmp_path / "questionnaire.lss"
    path.write_text(text, encoding="utf-8")
    assert f"lu « {seen} »" in refusal(read_lss, path)


def test_an_archive_of_a_survey_is_named(tmp_path):
    path = tmp_path / "questionnaire.lss"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("survey_1.lss", DOCUMENT.format("Survey"))
    assert "lu « une archive d'enquête (.lsa) »" in refusal(read_lss, path)


def test_an_export_too_large_for_a_survey_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / EXPORT
    with path.open("wb") as file:
        file.truncate(60_000_000)
    for read in (read_csv_answers, read_vv_answers, read_lss):
        assert "60 Mo" in refusal(read, path)


def real(place):
    path = SHARED / place
    if not path.exists():
        pytest.skip(f"fichiers réels absents : {place}, à côté du projet")
    return path


@pytest.mark.parametrize("place", ["real/survey/limesurvey", "reference/survey/limesurvey"])
def test_real_questionnaires_are_read_and_their_parts_named(place):
    files = sorted(real(place).glob("*.ls?"))
    read = [path for path in files if path.suffix == ".lss" and read_lss(path).labels]
    named = [refusal(read_lss, path) for path in files if path.suffix != ".lss"]
    assert len(read) >= 2 and named
    assert all("illisible" not in text for text in named)


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("real/survey/limesurvey/limonaid_survey_998192_R_data_file.csv", "les textes des"),
        ("real/survey/kobo_ceat/household_data.csv", "KoboToolbox"),
        ("real/survey/kobo_ceat/Abidjan_2022_survey-sheet.csv", "XLSForm"),
        ("real/survey/impact_msna/analysistools_MSNA_template_data.csv", "KoboToolbox"),
    ],
)
def test_real_exports_of_another_form_are_named_once(place, seen):
    text = refusal(read_csv_answers, real(place))
    assert seen in text and text.startswith("1 problème ")
