"""The survey of the fictitious department: files as the tools write them, a bias known by heart."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frictionless import Resource, Schema, system

from exemple.survey.files import generators
from exemple.survey.practices import planted_shares, practices

ROOT = Path(__file__).resolve().parents[2]
EXEMPLE = ROOT / "data" / "exemple"
COLLECTED = EXEMPLE / "collecte"
SCHEMAS = ROOT / "data" / "schemas" / "collecte"
NOT_SHOWN = "{question_not_shown}"
META = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp"]
VV_META = ["id", "token", "submitdate", "lastpage", "startlanguage", "seed", "startdate"]
FICTION = re.compile(r"(?:\+33|0)(?:19900|26191|35301|46571|53649|63998)\d{4}")
"""Numbers that Arcep keeps for films and books."""
PHONE = re.compile(r"(?:\+33 ?|\b0)[1-9](?:[ .]?\d{2}){4}\b")
FILES = {
    "base_contacts": "structures/base_contacts.csv",
    "dictionnaire": "enquete/dictionnaire.csv",
    "modalites": "enquete/modalites.csv",
}


@pytest.fixture(scope="module")
def planted() -> dict:
    return json.loads((EXEMPLE / "verite_enquete.json").read_text(encoding="utf-8"))


def text_table(name: str) -> pd.DataFrame:
    return pd.read_csv(COLLECTED / FILES[name], dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def contacts() -> pd.DataFrame:
    return text_table("base_contacts")


@pytest.fixture(scope="module")
def items() -> pd.DataFrame:
    return text_table("dictionnaire").set_index("name")


@pytest.fixture(scope="module")
def choices() -> dict[str, list[str]]:
    return text_table("modalites").groupby("list_name")["name"].agg(list).to_dict()


@pytest.fixture(scope="module")
def export() -> pd.DataFrame:
    """The CSV, its columns named as in the VV file."""
    path = COLLECTED / "enquete/reponses_limesurvey.csv"
    lines = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    names = [re.sub(r"\[(.+)\]", r"_\1", head) for head in lines[0]]
    return pd.DataFrame(lines[1:], columns=names)


@pytest.fixture(scope="module")
def vv() -> pd.DataFrame:
    path = COLLECTED / "enquete/vvexport.txt"
    text = io.StringIO(path.read_bytes().decode("utf-8"), newline="")
    lines = list(csv.reader(text, delimiter="\t"))
    return pd.DataFrame(lines[2:], columns=lines[1]).map(unescaped)


def unescaped(cell: str) -> str | None:
    """Undo the escapes of the VV file, the brace last."""
    if cell == NOT_SHOWN:
        return None
    marks = {"{newline}": "\n", "{cr}": "\r", "{tab}": "\t", "{quote}": '"', "{lbrace}": "{"}
    for mark, sign in marks.items():
        cell = cell.replace(mark, sign)
    return cell


@pytest.fixture(scope="module")
def lss() -> ElementTree.Element:
    return ElementTree.parse(COLLECTED / "enquete/questionnaire.lss").getroot()


def rows_of(lss: ElementTree.Element, table: str) -> list[dict[str, str]]:
    return [{cell.tag: cell.text or "" for cell in row} for row in lss.find(table).find("rows")]


def is_shown(name: str, line: pd.Series, items: pd.DataFrame) -> bool:
    """Say whether the filter of an item is open, from the codebook alone."""
    relevant = items.at[name, "relevant"]
    if not relevant:
        return True
    asked, code = re.fullmatch(r"\$\{(\w+)\} = '(.+)'", relevant).groups()
    return line[asked] == code


def columns_of(name: str, items: pd.DataFrame, choices: dict[str, list[str]]) -> list[str]:
    kind, _, answers = items.at[name, "type"].partition(" ")
    return [f"{name}_{code}" for code in choices[answers]] if kind == "select_multiple" else [name]


def core_rate(line: pd.Series, items: pd.DataFrame, choices: dict[str, list[str]]) -> float:
    core = [name for name in items.index[items["coeur"] == "1"] if is_shown(name, line, items)]
    filled = [
        any(line[c] for c in [*columns_of(n, items, choices), f"{n}_other"] if c in line.index)
        for n in core
    ]
    return sum(filled) / len(filled)


@pytest.fixture(scope="module")
def answers(export, contacts, items, choices) -> pd.DataFrame:
    """The lines that the rule keeps, each with its contact, its core rate and its completeness."""
    known = export[export["token"].isin(contacts["jeton"])].copy()
    order = known.assign(sent=known["submitdate"] != "", page=known["lastpage"].astype(int))
    order = order.sort_values(["sent", "page", "startdate"])
    known = known.loc[order.drop_duplicates("token", keep="last").index.sort_values()]
    solid = items.index[(items["contact"] == "0") & (items["libre"] == "0")]
    substantive = [c for name in solid for c in columns_of(name, items, choices)]
    known = known[(known[substantive] != "").any(axis=1)]
    known["coeur"] = [core_rate(line, items, choices) for _, line in known.iterrows()]
    known["complete"] = (known["submitdate"] != "") & (known["coeur"] >= 0.8)
    return known.merge(contacts, left_on="token", right_on="jeton", suffixes=("", "_base"))


def test_the_frame_holds_as_many_contacts_as_the_study(contacts):
    assert len(contacts) == 572
    assert contacts["id_structure"].is_unique and contacts["jeton"].is_unique
    assert (contacts["statut_contact"] != "valide").sum() == 18
    assert set(contacts["statut_contact"]) == {"valide", "doublon", "fermee", "adresse_erronee"}


def test_a_contact_written_twice_points_to_the_structure_it_repeats(contacts):
    twice = contacts[contacts["statut_contact"] == "doublon"]
    first = contacts.set_index("id_structure").loc[twice["doublon_de"]]
    assert len(twice) == 6
    assert (first["statut_contact"] == "valide").all()
    assert (first["code_insee"].to_numpy() == twice["code_insee"].to_numpy()).all()
    assert (first["nom"].to_numpy() != twice["nom"].to_numpy()).all()


def test_contacts_live_in_communes_of_the_fictitious_department(contacts):
    codes = pd.read_csv(EXEMPLE / "officiel/cog/v_commune_2024.csv", dtype=str)
    parent = codes["COMPARENT"].fillna(codes["COM"])
    called = parent.map(codes.set_index("COM")["LIBELLE"]).set_axis(codes["COM"])
    assert contacts["commune"].tolist() == contacts["code_insee"].map(called).tolist()


def test_every_commune_has_one_ccas_and_no_more(contacts):
    halls = contacts[contacts["nom"].str.startswith("CCAS") & contacts["doublon_de"].eq("")]
    assert halls["commune"].is_unique
    assert set(halls["commune"]) == set(contacts["commune"])


def test_no_telephone_and_no_mail_can_reach_anyone(contacts):
    for path in COLLECTED.glob("*/*"):
        if path.parent.name not in {"structures", "enquete"}:
            continue
        text = path.read_text(encoding="utf-8-sig")
        assert all(FICTION.fullmatch(re.sub("[ .]", "", n)) for n in PHONE.findall(text)), path.name
        domains = re.findall(r"@([\w.-]+\w)", text)
        assert all(domain.endswith("example.invalid") for domain in domains), path.name
    assert (contacts["contact_telephone"] != "").mean() > 0.8


def test_no_contact_and_no_structure_bears_the_name_of_a_commune(contacts, official_data):
    path = official_data / "insee/communes/populations_legales_communes_2017.csv"
    if not path.is_file():
        pytest.skip("la liste des communes de 2017 n'est pas là (DIAGALIM_DATA)")
    real = set(pd.read_csv(path, sep=";", dtype=str)["COM"].str.lower())
    surnames = contacts["contact_nom"].str.split(" ").str[-1]
    ours = {name.lower() for name in (*surnames, *contacts["nom"], *contacts["reseau"])}
    ours -= {"aucun"}  # commune 65045 has this name; here it says no network
    assert ours & real == set()


def test_the_csv_has_the_marks_of_limesurvey():
    raw = (COLLECTED / "enquete/reponses_limesurvey.csv").read_bytes()
    assert raw.startswith(b'\xef\xbb\xbf"id","submitdate"')
    head = next(csv.reader([raw.decode("utf-8-sig").split("\n")[0]]))
    assert head[: len(META)] == META
    assert {"aides[SQ001]", "aides[other]", "typestruct[other]", "besoins[SQ006]"} <= set(head)


def test_the_vv_file_has_two_headings_and_marks_what_was_not_shown():
    lines = (COLLECTED / "enquete/vvexport.txt").read_text(encoding="utf-8").split("\n")
    labels, codes = (next(csv.reader([line], delimiter="\t")) for line in lines[:2])
    assert codes[: len(VV_META)] == VV_META and "aides_SQ001" in codes
    assert len(labels) == len(codes)
    assert labels[codes.index("aides_SQ001")] == "Quelles aides proposez-vous ? [Colis ou panier]"
    assert sum(NOT_SHOWN in line for line in lines) > 200
    assert any("{newline}" in line and "{lbrace}" not in line for line in lines)


def test_both_exports_hold_the_same_answers(export, vv, items):
    assert sorted(export.columns) == sorted(vv.columns)
    numbers = items.index[items["type"].isin(("integer", "decimal"))]
    for name in export.columns:
        one, other = export[name], vv[name].fillna("")
        if name in numbers:
            one, other = pd.to_numeric(one), pd.to_numeric(other)
            assert vv[name].dropna().str.fullmatch(r"\d+\.\d{10}").all(), name
        pd.testing.assert_series_equal(one, other, check_names=False)


def test_a_null_of_the_vv_file_is_a_filter_a_page_not_sent_or_a_number_left_empty(
    vv, items, choices
):
    for _, line in vv.iterrows():
        for name in items.index:
            seen = int(line["lastpage"]) >= int(items.at[name, "page"])
            shown = seen and is_shown(name, line, items)
            number = items.at[name, "type"] in {"integer", "decimal"}
            for column in columns_of(name, items, choices):
                if not shown:
                    assert pd.isna(line[column]), (line["id"], column)
                elif not number:
                    assert not pd.isna(line[column]), (line["id"], column)


def test_the_lss_declares_the_columns_of_the_export_in_their_order(lss, export):
    subs = rows_of(lss, "subquestions")
    expected = []
    for question in rows_of(lss, "questions"):
        parts = [s["title"] for s in subs if s["parent_qid"] == question["qid"]]
        expected += [f"{question['title']}_{part}" for part in parts] or [question["title"]]
        expected += [f"{question['title']}_other"] if question["other"] == "Y" else []
    assert list(export.columns) == META + expected


def test_the_lss_and_the_codebook_say_the_same(lss, items, choices):
    labels = {row["qid"]: row["question"] for row in rows_of(lss, "question_l10ns")}
    answers = rows_of(lss, "answers")
    pages = {row["gid"]: row["group_order"] for row in rows_of(lss, "groups")}
    for question in rows_of(lss, "questions"):
        rows = items[items.index.str.fullmatch(rf"{question['title']}(_SQ\d+)?")]
        assert len(rows) > 0
        assert rows["label"].str.startswith(labels[question["qid"]]).all()
        assert set(rows["page"]) == {pages[question["gid"]]}
        assert set(rows["required"]) == {"1" if question["mandatory"] == "Y" else "0"}
        filters = {re.sub(r"\$\{(\w+)\} = '(.+)'", r'((\1.NAOK == "\2"))', r) or "1"
                   for r in rows["relevant"]}  # fmt: skip
        assert filters == {question["relevance"]}
        if question["type"] in "LF":
            own = [a["code"] for a in answers if a["qid"] == question["qid"]]
            listed = choices[rows["type"].iloc[0].split()[1]]
            assert own == [code for code in listed if code != "-oth-"]


def test_the_questionnaire_has_the_length_and_the_themes_of_a_real_one(lss, items):
    assert 35 <= len(rows_of(lss, "questions")) <= 50
    assert {"aides", "approvisionnement", "logistique", "equipe", "ouverture", "publics",
            "financement", "cooperation"} <= set(items["theme"])  # fmt: skip
    assert Counter(q["type"] for q in rows_of(lss, "questions"))["T"] == 4


def test_the_codebook_marks_the_core_items_of_the_rule(items, planted):
    assert items.index[items["coeur"] == "1"].tolist() == planted["regles"]["coeur"]


def test_every_code_of_the_export_is_in_the_codebook(export, items, choices):
    for name in items.index:
        kind, _, answers = items.at[name, "type"].partition(" ")
        if kind == "select_one":
            assert set(export[name]) <= {"", *choices[answers]}, name
        if kind == "select_multiple":
            boxes = export[columns_of(name, items, choices)]
            assert set(boxes.to_numpy().ravel()) == {"", "Y"}, name


def test_numbers_stay_in_the_bounds_of_the_codebook(export, items):
    for name in items.index[items["minimum"] != ""]:
        values = pd.to_numeric(export[name]).dropna()
        assert values.min() >= float(items.at[name, "minimum"]), name
        assert values.max() <= float(items.at[name, "maximum"] or "inf"), name


def test_the_rule_finds_252_answers_and_218_complete_ones(export, answers, planted):
    assert len(export) == planted["etapes"]["lignes_export"] == 259
    assert len(answers) == planted["etapes"]["reponses"] == 252
    assert answers["complete"].sum() == planted["etapes"]["completes"] == 218
    assert set(answers["statut_contact"]) == {"valide"}


def test_neither_the_date_nor_the_items_alone_say_that_an_answer_is_complete(answers, planted):
    sent, filled = answers["submitdate"] != "", answers["coeur"] >= 0.8
    assert (sent & ~filled).sum() == planted["etapes"]["envoyees_trop_incompletes"] == 3
    assert (~sent & filled).sum() == planted["etapes"]["non_envoyees_mais_renseignees"] > 0


def test_those_who_give_up_do_so_late(answers, planted):
    gone = answers.loc[answers["submitdate"] == "", "lastpage"].astype(int)
    assert gone.value_counts().sort_index().to_dict() == {
        int(page): n for page, n in planted["etapes"]["abandons_par_derniere_page"].items()
    }
    assert (gone >= 6).mean() > 0.6


def test_small_remote_and_isolated_structures_answer_less(contacts, answers):
    eligible = contacts[contacts["statut_contact"] == "valide"]
    answered = eligible["jeton"].isin(answers["token"])
    by_size = answered.groupby(eligible["taille"]).mean()
    assert by_size["petite"] + 0.2 < by_size["moyenne"] < by_size["grande"] - 0.1
    by_zone = answered.groupby(eligible["zone"]).mean()
    assert by_zone["rural"] + 0.1 < by_zone["intermediaire"]
    by_network = answered.groupby(eligible["reseau"] == "aucun").mean()
    assert by_network[True] + 0.2 < by_network[False]


def test_a_logit_finds_the_planted_response_model_again(contacts, answers, planted):
    eligible = contacts[contacts["statut_contact"] == "valide"]
    known = pd.DataFrame({
        "taille_petite": eligible["taille"] == "petite",
        "taille_moyenne": eligible["taille"] == "moyenne",
        "zone_intermediaire": eligible["zone"] == "intermediaire",
        "zone_rural": eligible["zone"] == "rural",
        "sans_reseau": eligible["reseau"] == "aucun",
        "constante": True,
    }).astype(float)  # fmt: skip
    found, error = logit(known.to_numpy(), eligible["jeton"].isin(answers["token"]).to_numpy())
    model = planted["modele_reponse"]
    expected = pd.Series(model["coefficients"] | {"constante": model["constante"]})
    assert (np.abs(found - expected[known.columns]) < 2.5 * error).all()
    by_name = dict(zip(known.columns, found / error, strict=True))
    assert all(by_name[name] < -2.6 for name in ("taille_petite", "zone_rural", "sans_reseau")), (
        by_name
    )


def logit(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients of a logit and their standard errors, by Newton's method."""
    found = np.zeros(x.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-x @ found))
        inverse = np.linalg.inv(x.T @ (x * (chance * (1 - chance))[:, None]))
        found = found + inverse @ x.T @ (y - chance)
    return found, np.sqrt(np.diag(inverse))


def share_of(planted_share: dict, lines: pd.DataFrame, weights: pd.Series | None = None) -> float:
    """Share of an answer among those who gave one, « ne sait pas » left out."""
    given = lines[planted_share["question"]]
    given = given[(given != "") & (given != "NSP")]
    weights = pd.Series(1.0, lines.index) if weights is None else weights
    return float(np.average(given == planted_share["modalite"], weights=weights[given.index]))


def test_the_planted_shares_are_those_of_the_frame(contacts, planted):
    eligible = contacts[contacts["statut_contact"] == "valide"]
    again = planted_shares(
        eligible, practices(eligible, generators(planted["graine"])["pratiques"])
    )
    stated = [{key: share[key] for key in again[0]} for share in planted["proportions"]]
    assert stated == again
    assert len(stated) == 10


def test_at_least_four_shares_are_wrong_by_five_points_among_complete_answers(answers, planted):
    complete = answers[answers["complete"]]
    gaps = {s["question"]: 100 * (share_of(s, complete) - s["part"])
            for s in planted["proportions"]}  # fmt: skip
    wrong = {name for name, gap in gaps.items() if abs(gap) >= 5}
    assert wrong == {s["question"] for s in planted["proportions"] if s["biaisee"]}
    assert 4 <= len(wrong) <= 6
    assert all(abs(gap) < 4 for name, gap in gaps.items() if name not in wrong), gaps


def test_weights_by_size_and_network_bring_the_wrong_shares_back(contacts, answers, planted):
    eligible = contacts[contacts["statut_contact"] == "valide"]
    complete = answers[answers["complete"]]
    cell = [table["taille"] + (table["reseau"] == "aucun").astype(str)
            for table in (eligible, complete)]  # fmt: skip
    weights = cell[1].map(cell[0].value_counts() / cell[1].value_counts())
    for share in planted["proportions"]:
        if share["biaisee"]:
            gap = 100 * abs(share_of(share, complete, weights) - share["part"])
            assert gap < 5 < abs(share["ecart_en_points"]), share["question"]


def test_answers_agree_with_what_the_frame_says_of_the_structure(answers):
    volunteers = pd.to_numeric(answers["benevoles"])
    bounds = {"petite": (0, 9), "moyenne": (10, 29), "grande": (30, 200)}
    for size, (low, high) in bounds.items():
        assert volunteers[answers["taille"] == size].dropna().between(low, high).all(), size
    kind = {"association": "asso", "ccas_cias": "ccas", "epicerie": "epice",
            "centre_social": "censo", "autre": "-oth-"}  # fmt: skip
    given = answers["typestruct"]
    assert (given[given != ""] == answers["type_structure"].map(kind)[given != ""]).all()


def test_there_are_words_enough_to_study(answers):
    for question in ("difftexte", "publictexte", "fintexte", "idees"):
        texts = answers.loc[answers[question] != "", question]
        assert len(texts) >= 90, question
        assert texts.nunique() >= 0.8 * len(texts), question


def test_traps_and_canaries_stand_where_the_truth_says(export, planted, items):
    last = export.sort_values(["submitdate", "startdate"]).drop_duplicates("token", keep="last")
    lines = last.set_index("token")
    for canary in planted["canaris"]:
        assert canary["texte"] in lines.at[canary["jeton"], canary["colonne"]]
        kept_apart = items.loc[canary["colonne"], ["libre", "contact"]]
        assert "1" in set(kept_apart), canary["colonne"]
    for trap in planted["pieges"]:
        if "texte" in trap:
            assert lines.at[trap["jeton"], trap["colonne"]] == trap["texte"]
        if "lu" in trap:
            assert lines.at[trap["jeton"], trap["colonne"]] == trap["lu"] != trap["juste"]
    twice = [t["jeton"] for t in planted["pieges"] if t["piege"] == "jeton employé deux fois"]
    assert export["token"].value_counts()[lambda n: n > 1].index.tolist() == twice


def test_a_canary_is_written_once_and_nowhere_else(planted, vv):
    text = "\n".join(vv.fillna("").to_numpy().ravel())
    assert {c["texte"]: text.count(c["texte"]) for c in planted["canaris"]} == {
        c["texte"]: 1 for c in planted["canaris"]
    }


def checked(name: str, path: Path) -> list[str]:
    schema = Schema.from_descriptor(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")))
    with system.use_context(trusted=True):
        report = Resource(path=str(path), schema=schema).validate()
    return [error for (error,) in report.flatten(["note"])]


@pytest.mark.parametrize("name", FILES)
def test_the_schema_is_a_table_schema_and_its_file_fits_it(name):
    descriptor = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    assert list(Schema.metadata_validate(descriptor)) == []
    assert all(field["title"] for field in descriptor["fields"])
    assert checked(name, COLLECTED / FILES[name]) == []


@pytest.mark.parametrize(
    ("name", "right", "wrong", "said"),
    [
        ("base_contacts", ",petite,", ",minuscule,", 'constraint "enum"'),
        ("base_contacts", "S0002,", "S0001,", "the same as in the row"),
        ("dictionnaire", "select_one oui_non", "choix unique", 'constraint "pattern"'),
        ("modalites", "oui_non,N,Non", "oui_non,N,", 'constraint "required"'),
    ],
)
def test_the_schema_refuses_a_cell_made_wrong(name, right, wrong, said, tmp_path):
    text = (COLLECTED / FILES[name]).read_text("utf-8")
    assert right in text
    path = tmp_path / "mauvais.csv"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert any(said in error for error in checked(name, path))


def test_what_names_or_reaches_someone_is_marked_personal():
    fields = json.loads((SCHEMAS / "base_contacts.json").read_text("utf-8"))["fields"]
    marked = {field["name"] for field in fields if field.get("donnee_personnelle")}
    assert marked == {"jeton", "nom", "adresse", "contact_nom", "contact_mail", "contact_telephone"}


def test_the_collected_survey_stays_small():
    folders = (COLLECTED / "structures", COLLECTED / "enquete")
    assert sum(p.stat().st_size for folder in folders for p in folder.iterdir()) < 1_500_000
