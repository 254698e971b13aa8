"""The survey is read from three files that agree, and parted from what must never be seen."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from diagalim.collected.inputs import collected_schema
from diagalim.collected.survey.answers import (
    ANSWERED,
    NOT_REACHED,
    NOT_SHOWN,
    SKIPPED,
    part,
    read_survey,
    states_of,
)
from diagalim.collected.survey.checks import as_codes
from diagalim.collected.survey.codebook import read_codebook
from diagalim.collected.survey.limesurvey import read_csv_answers, read_lss, read_vv_answers
from diagalim.sources.tables.collected import read_collected
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root

EXAMPLE = project_root() / "data" / "exemple"
FOLDER = EXAMPLE / "collecte" / "enquete"
TRUTH = json.loads((EXAMPLE / "verite_enquete.json").read_text(encoding="utf-8"))

ITEMS = """\
type,name,label,relevant,required,coeur,theme,libre,contact,page,unite,minimum,maximum
text,repondant,Nom,,0,0,contact,0,1,1,,,
select_one oui_non,ramasse,Ramasse,,0,1,aides,0,0,2,,,
select_one evolution,quantite,Quantité,${ramasse} = 'Y',0,1,aides,0,0,2,,,
select_multiple aides,aides,Aides,,0,1,aides,0,0,3,,,
text,aides_other,Aides [Autre],,0,0,aides,1,0,3,,,
integer,jours,Jours,,0,1,ouverture,0,0,3,jours,0,7
"""
CHOICES = """\
list_name,name,label
oui_non,Y,Oui
oui_non,N,Non
evolution,haus,En hausse
evolution,bais,En baisse
aides,SQ001,Colis
aides,SQ002,Repas
"""
HEADER = (
    "id,submitdate,lastpage,startdate,token,repondant,ramasse,quantite,"
    "aides[SQ001],aides[SQ002],aides[other],jours"
)
SENT = "2025-03-01 10:00:00"
FRAME = pd.DataFrame(
    {
        "jeton": ["ta", "tb", "tc", "td", "te"],
        "statut_contact": ["valide", "valide", "valide", "valide", "doublon"],
    }
)


@pytest.fixture
def folder(tmp_path):
    """A survey of six questions; each test writes its answers."""
    (tmp_path / "dictionnaire.csv").write_text(ITEMS, encoding="utf-8")
    (tmp_path / "modalites.csv").write_text(CHOICES, encoding="utf-8")
    return tmp_path


def answer(folder, *lines):
    text = "\n".join([HEADER, *lines]) + "\n"
    (folder / "reponses_limesurvey.csv").write_text(text, encoding="utf-8")
    return folder


def refusal(folder):
    with pytest.raises(InputError) as raised:
        read_survey(folder, FRAME)
    text = str(raised.value)
    assert str(folder) not in text
    return text


@pytest.fixture(scope="module")
def frame():
    """The 572 fictitious structures."""
    path = EXAMPLE / "collecte" / "structures" / "base_contacts.csv"
    return read_collected(path, collected_schema("base_contacts"))


@pytest.fixture(scope="module")
def survey(frame):
    """The survey of the fictitious department."""
    return read_survey(FOLDER, frame)


def test_the_flow_of_the_study_is_found_stage_by_stage(survey):
    flow = survey.flow.set_index("etape")["effectif"]
    assert flow["contacts fournis"] == 572
    assert flow["réponses"] == len(survey.answers) == 252
    assert flow["réponses complètes"] == survey.progress["complete"].sum() == 218
    assert flow["structures éligibles"] == TRUTH["etapes"]["eligibles"]
    assert flow["lignes de l'export"] == TRUTH["etapes"]["lignes_export"]


def test_each_stage_of_the_flow_says_why_it_is_smaller(survey):
    gone = survey.flow["retires"].tolist()
    assert gone[1] == [("contact en double", 6), ("structure fermée", 8), ("adresse erronée", 4)]
    assert gone[3] == [("réponses d'essai : jeton vide ou absent de la base de contacts", 2)]
    assert gone[4] == [("jeton employé deux fois", 1)]
    assert gone[5] == [("aucun item de fond rempli", 4)]
    assert gone[6][0][1] == 34 and "partielles" in gone[6][0][0]


def test_no_contact_token_nor_free_text_reaches_what_chapters_get(survey, frame):
    given = survey.answers, survey.states, survey.progress, survey.flow
    text = "\n".join(table.to_csv() for table in given)
    canaries = [canary["texte"] for canary in TRUTH["canaris"]]
    assert len(canaries) >= 10
    assert [canary for canary in canaries if canary in text] == []
    private = pd.concat([frame[name].dropna() for name in ("jeton", "contact_mail", "contact_nom")])
    assert [value for value in private if value in text] == []
    columns = {name for table in given for name in table.columns}
    assert columns.isdisjoint([*survey.contacts, *survey.free_text])


def test_what_was_parted_is_kept_apart_for_review(survey):
    text = survey.contacts.to_csv() + survey.free_text.to_csv()
    assert all(canary["texte"] in text for canary in TRUTH["canaris"])
    assert survey.contacts.index.equals(survey.answers.index)


def test_csv_and_vv_give_the_same_answers(frame):
    csv, vv = (
        read_csv_answers(FOLDER / "reponses_limesurvey.csv"),
        read_vv_answers(FOLDER / "vvexport.txt"),
    )
    assert list(csv["id"]) == list(vv["id"]) and set(csv) == set(vv)
    traps = [trap for trap in TRUTH["pieges"] if trap["piege"] == "échappement écrit en clair"]
    row = vv[vv["token"] == traps[0]["jeton"]].iloc[0]
    assert row[traps[0]["colonne"]] == traps[0]["texte"], "{lbrace} is undone last"


def test_a_vv_file_of_another_day_is_refused_without_quoting_an_answer(tmp_path, frame):
    folder = tmp_path / "enquete"
    shutil.copytree(FOLDER, folder)
    vv = folder / "vvexport.txt"
    text = vv.read_text(encoding="utf-8")
    assert "Sidoine Quarantelle" in text
    vv.write_text(text.replace("Sidoine Quarantelle", "Autre Nom"), encoding="utf-8")
    with pytest.raises(InputError, match="colonne repondant.*la même réponse") as raised:
        read_survey(folder, frame)
    assert "Quarantelle" not in str(raised.value) and "Autre Nom" not in str(raised.value)


def test_a_questionnaire_with_another_filter_or_code_is_refused(tmp_path, frame):
    folder = tmp_path / "enquete"
    shutil.copytree(FOLDER, folder)
    lss = folder / "questionnaire.lss"
    text = lss.read_text(encoding="utf-8")
    text = text.replace('mmpt.NAOK == "benef"', 'mmpt.NAOK == "refus"')
    lss.write_text(text.replace("<code><![CDATA[suff]]>", "<code><![CDATA[bien]]>"), "utf-8")
    with pytest.raises(InputError) as raised:
        read_survey(folder, frame)
    said = str(raised.value)
    assert "question mmptusage" in said and "filtre mmpt = refus" in said
    assert "question stockage" in said and "bien, suff" in said


@pytest.mark.parametrize(
    "content",
    [
        "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><groups><rows><row><gid>1</gid></row>"
        "</rows></groups></document>",
        "",
        "<document></document>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><document/>",
        "{}",
    ],
)
def test_what_is_no_questionnaire_is_refused(tmp_path, content):
    path = tmp_path / "questionnaire.lss"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="illisible comme questionnaire"):
        read_lss(path)


def test_three_ways_of_being_missing_are_told_apart(folder):
    answer(
        folder,
        f"1,{SENT},3,s,ta,A,Y,haus,Y,,,3",
        f"2,{SENT},3,s,tb,B,N,,,Y,,",
        "3,,2,s,tc,C,Y,,,,,",
    )
    states = read_survey(folder, FRAME).states
    assert states["quantite"].tolist() == [ANSWERED, NOT_SHOWN, SKIPPED]
    assert states["aides"].tolist() == [ANSWERED, ANSWERED, NOT_REACHED]
    assert states["jours"].tolist() == [ANSWERED, SKIPPED, NOT_REACHED]


def test_a_multiple_choice_is_answered_by_its_other_box_alone(folder):
    codebook = read_codebook(folder)
    answer(folder, f"1,{SENT},3,s,ta,A,N,,,,vestiaire,3")
    answers = read_csv_answers(folder / "reponses_limesurvey.csv")
    assert states_of(answers, codebook)["aides"].tolist() == [ANSWERED]


def test_a_complete_answer_is_submitted_and_holds_four_core_items_in_five(folder):
    answer(
        folder,
        f"1,{SENT},3,s,ta,A,Y,haus,Y,,,3",
        f"2,{SENT},3,s,tb,B,Y,haus,Y,,,",
        "3,,3,s,tc,C,Y,haus,Y,,,3",
        f"4,{SENT},3,s,td,D,N,,Y,,,3",
    )
    progress = read_survey(folder, FRAME).progress
    assert progress["taux_coeur"].tolist() == [1, 0.75, 1, 1], "a closed filter asks nothing"
    assert progress["complete"].tolist() == [True, False, False, True]
    assert read_survey(folder, FRAME, core_share=0.75).progress["complete"].sum() == 3


def test_of_two_answers_of_one_structure_the_submitted_one_is_kept(folder):
    answer(folder, f"1,{SENT},3,s1,ta,A,Y,haus,Y,,,3", "2,,3,s2,ta,A,N,,Y,,,3")
    survey = read_survey(folder, FRAME)
    assert survey.answers.index.tolist() == ["1"]


def test_trials_and_empty_answers_are_put_aside(folder):
    answer(
        folder,
        f"1,{SENT},3,s,ta,A,Y,haus,Y,,,3",
        f"2,{SENT},3,s,essai,ESSAI,Y,haus,Y,,,3",
        f"3,{SENT},3,s,,,Y,haus,Y,,,3",
        "4,,1,s,tb,Bob,,,,,bavardage,",
    )
    assert read_survey(folder, FRAME).answers.index.tolist() == ["1"]


def test_the_placeholder_date_says_submitted_at_no_known_time(folder):
    answer(folder, "1,1980-01-01 00:00:00,3,s,ta,A,Y,haus,Y,,,3")
    progress = read_survey(folder, FRAME).progress
    assert progress["envoyee"].all() and progress["date_envoi"].isna().all()


def test_full_answers_are_read_as_their_codes(folder):
    answer(folder, f"1,{SENT},3,s,ta,A,Oui,En hausse,Oui,Non,,3")
    table = read_survey(folder, FRAME).answers
    assert table.iloc[0][["ramasse", "quantite", "aides_SQ001"]].tolist() == ["Y", "haus", "Y"]
    assert table["aides_SQ002"].isna().all()


FAULTS = {
    "unknown code": (f"1,{SENT},3,s,ta,A,Y,stab,Y,,,3", ["colonne quantite", "lu « stab »"]),
    "out of bounds": (f"1,{SENT},3,s,ta,A,N,,Y,,,8", ["colonne jours", "au plus 7"]),
    "not a number": (f"1,{SENT},3,s,ta,A,N,,Y,,,trois", ["lu « trois »", "un nombre entier"]),
    "not whole": (f"1,{SENT},3,s,ta,A,N,,Y,,,2.5", ["lu « 2.5 »", "un nombre entier"]),
    "a page that is no number": (f"1,{SENT},trois,s,ta,A,N,,Y,,,3", ["colonne lastpage"]),
    "a date made by a spreadsheet": ("1,45717.5,3,s,ta,A,N,,Y,,,3", ["colonne submitdate"]),
    "the same number twice": (
        f"1,{SENT},3,s,ta,A,N,,Y,,,3\n1,{SENT},3,s,tb,B,N,,Y,,,3",
        ["colonne id", "bout à bout"],
    ),
    "answered though hidden": (
        f"1,{SENT},3,s,ta,A,N,haus,Y,,,3",
        ["réponse 1, question quantite", "seulement si ramasse = Y"],
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_an_answer_that_cannot_be_is_refused(folder, case):
    line, fragments = FAULTS[case]
    text = refusal(answer(folder, line))
    assert all(fragment in text for fragment in fragments), text


def test_a_column_that_the_codebook_does_not_know_is_refused(folder):
    answer(folder, f"1,{SENT},3,s,ta,A,N,,Y,,,3")
    path = folder / "reponses_limesurvey.csv"
    text = path.read_text(encoding="utf-8").replace(",jours", ",autretexte")
    path.write_text(text, encoding="utf-8")
    said = refusal(folder)
    assert "une colonne « jours »" in said and "lu « autretexte »" in said
    assert "coordonnées ou du texte libre" in said


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("${ramasse} = 'Y'", "${aides} = 'SQ001'", "une question posée avant celle-ci"),
        ("${ramasse} = 'Y'", "${ramasse} = 'X'", "un code de « ramasse » : Y, N"),
        ("select_one evolution", "select_one evolutio", "vouliez-vous « evolution »"),
    ],
)
def test_a_codebook_that_contradicts_itself_is_refused(folder, old, new, fragment):
    path = folder / "dictionnaire.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    answer(folder, f"1,{SENT},3,s,ta,A,N,,Y,,,3")
    assert fragment in refusal(folder)


def test_parting_again_what_is_read_gives_the_same_tables(survey, frame):
    codebook = read_codebook(FOLDER)
    answers = as_codes(read_csv_answers(FOLDER / "reponses_limesurvey.csv"), codebook)
    before = answers.copy()
    again = part(answers, codebook, frame)
    pd.testing.assert_frame_equal(again.answers, survey.answers)
    pd.testing.assert_frame_equal(answers, before)
