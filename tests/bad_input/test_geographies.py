"""Files of different years: communes that merged, split or changed their code, and stray codes."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from diagalim.analysis.offer import shops
from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.division import Division
from diagalim.sources.places.fitting import fitted
from diagalim.sources.places.geography import too_many
from diagalim.sources.places.left_out import said_of
from diagalim.sources.registry import resolve

CENSUS = "recensement_population/base-ic-evol-struct-pop-2022.CSV"
HOUSING = "recensement_logement/base-ic-logement-2022.CSV"
DECLARED = "filosofi_iris/BASE_TD_FILO_IRIS_2021_DEC.csv"
INCOMES = "filosofi_communes/cc_filosofi_2021_COM.csv"
LIST = """TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT
{communes}
COMD,00777,,,,,0,VIEUX,Vieux,Vieux-Bourg,,{merged}
"""
MOVES = """MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP
50,2021-01-01,COM,00778,COM,{moved}
"""


@pytest.fixture
def uncut(study) -> list[str]:
    """Communes of the fictitious department that are not cut into IRIS."""
    lines = study.file(CENSUS).read_text(encoding="utf-8").splitlines()
    return sorted(line[:5] for line in lines if line[5:9] == "0000")


@pytest.fixture
def lists(study, uncut):
    """Lay the list of communes and that of their movements: 00777 and 00778 lead to two of them."""
    folder = study.official / "cog"
    folder.mkdir()
    outlines, _ = read("contours_iris", load_territory("exemple"))
    names = outlines.drop_duplicates("commune")
    rows = [f"COM,{r.commune},00,00,,,0,X,X,{r.nom_commune},," for r in names.itertuples()]
    rows += ["COM,00055,00,00,,,0,X,X,Port-Vermeil,,"]
    text = LIST.format(communes="\n".join(rows), merged=uncut[0])
    (folder / "v_commune_2024.csv").write_text(text, encoding="utf-8")
    (folder / "v_mvt_commune_2024.csv").write_text(MOVES.format(moved=uncut[1]), encoding="utf-8")


def line_of(text: str, code: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"{code}0000"))


def under(code: str, old: str):
    """Move the row of an uncut commune under another code."""
    return lambda text: text.replace(line_of(text, old), line_of(text, old).replace(old, code))


def test_a_commune_under_two_former_codes_is_left_out_counted_and_said(study, uncut, accepted):
    """Once « passer par la table de passage de l'Insee », which holds no such code."""

    def split(text):
        row = line_of(text, uncut[0])
        return text.replace(row, "\n".join(row.replace(uncut[0], c) for c in ("00997", "00998")))

    study.text(CENSUS, split)
    said = " ".join(accepted().text.split())
    assert "Recensement, population : 2 IRIS hors des contours, laissés de côté" in said
    assert "(009970000, 009980000) ;" in said and "habitants." in said
    assert f"1 IRIS des contours n'a aucune ligne ({uncut[0]}0000)" in said
    table, _ = read("recensement_population", load_territory("exemple"))
    assert not table["code"].isin([f"{uncut[0]}0000", "009970000"]).any()


@pytest.mark.parametrize("place", [HOUSING, DECLARED])
def test_one_stray_code_in_a_file_stops_no_report(place, study, accepted):
    added = study.file(place).read_text(encoding="utf-8").splitlines()[-1]
    study.text(place, lambda text: text + added.replace(added[:9], "009990101") + "\n")
    assert "IRIS hors des contours, laissé de côté (009990101)" in accepted().text


@pytest.mark.parametrize(("former", "rank"), [("00777", 0), ("00778", 1)])
def test_a_commune_under_its_former_code_is_followed(former, rank, study, uncut, lists, accepted):
    before, _ = read("recensement_population", load_territory("exemple"))
    study.text(CENSUS, under(former, uncut[rank]))
    study.text(INCOMES, lambda text: text.replace(f"\n{uncut[rank]};", f"\n{former};"))
    said = " ".join(accepted().text.split())
    assert f"({former}0000 compté dans {uncut[rank]}0000)" in said
    assert f"({former} compté dans {uncut[rank]})" in said
    after, found = read("recensement_population", load_territory("exemple"))
    key = ["code", "variable"]
    pd.testing.assert_frame_equal(
        after.sort_values(key, ignore_index=True), before.sort_values(key, ignore_index=True)
    )
    assert found.division == Division(300, {f"{former}0000": f"{uncut[rank]}0000"})


def test_people_of_two_communes_that_merged_are_added_up(study, uncut, lists, accepted):
    row = line_of(study.file(CENSUS).read_text(encoding="utf-8"), uncut[0])
    study.text(CENSUS, lambda text: f"{text}{row.replace(uncut[0], '00777')}\n")
    before = read("recensement_population", load_territory("exemple"))[0]
    total = before.set_index(["code", "variable"])["valeur"]
    accepted()
    single = float(row.split(";")[4]) if row.split(";")[4] else 0.0
    assert total[f"{uncut[0]}0000", "P22_POP"] == pytest.approx(2 * single)


def test_rates_of_two_communes_that_merged_are_missing_and_said(study, uncut, lists, accepted):
    text = study.file(INCOMES).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(uncut[0]))
    study.text(INCOMES, lambda text: f"{text}{row.replace(uncut[0], '00777')}\n")
    assert f"laissées manquantes ({uncut[0]})" in " ".join(accepted().text.split())
    table, _ = read("filosofi_communes", load_territory("exemple"))
    here = table[table["code"] == uncut[0]]
    assert len(here) == 8 and here["valeur"].isna().all()
    assert set(here["motif"]) == {"communes réunies"}


def test_a_required_file_of_another_division_is_refused_with_its_share(study, refused):
    study.text(CENSUS, lambda text: text.replace("\n0001", "\n0071"))
    refused("base-ic-evol-struct-pop-2022.CSV", ["codes d'IRIS", "même géographie", "cog"])


SHARES = {
    "optional, 4 in 100": ("caf_rsa", 4, 100, False),
    "optional, 6 in 100": ("caf_rsa", 6, 100, True),
    "required, 1 in 100": ("recensement_population", 1, 100, False),
    "required, 3 in 100": ("recensement_population", 3, 100, True),
    "required, a stray one of 36 communes": ("filosofi_communes", 1, 36, False),
    "required, one of 10": ("filosofi_communes", 1, 10, True),
}


@pytest.mark.parametrize("case", SHARES)
def test_the_share_left_out_decides(case):
    source, lost, places, stopped = SHARES[case]
    codes = tuple(f"00{k:03d}" for k in range(lost))
    assert too_many(source, Division(places, outside=codes)) == stopped


def test_a_rate_of_a_part_of_a_commune_is_not_that_of_the_whole(uncut):
    territory = load_territory("exemple")
    part = f"{uncut[0]}0101"
    table = pd.DataFrame(
        {"code": [part], "variable": ["x"], "valeur": [5.0], "statut": ["observe"]}
    )
    table = table.assign(motif="", demi_arrondi=0.0)
    rates, found = fitted(table, resolve("filosofi_iris", territory), territory)
    assert rates.empty and found.outside == (part,)
    counts, _ = fitted(table, resolve("recensement_population", territory), territory)
    assert counts["code"].tolist() == [f"{uncut[0]}0000"]


CODES = {
    "a place that has a code of today": (Division(10), []),
    "one place": (
        Division(10, outside=("009990000",), people={"009990000": 1234.0}),
        ["1\u00a0IRIS hors des contours, laissé de côté (009990000) ; 1\u202f234\u00a0habitants"],
    ),
    "two communes, one with inhabitants": (
        Division(10, outside=("00998", "00999"), people={"00999": 12.0}),
        [
            "2\u00a0communes hors des contours, laissées de côté (00998, 00999) ; 12"
            "\u00a0habitants, pour 1 des 2"
        ],
    ),
    "nobody knows how many": (
        Division(10, outside=("00999",)),
        ["1\u00a0commune hors des contours, laissée de côté (00999) ; habitants non connus"],
    ),
}


@pytest.mark.parametrize("case", CODES)
def test_what_is_left_out_is_said_with_its_inhabitants(case):
    division, said = CODES[case]
    assert said_of(division, division.people) == said


def test_a_withheld_count_withholds_the_sum(lists, uncut):
    territory = load_territory("exemple")
    rows = [("00777", 5.0, "observe", ""), (uncut[0], None, "secret", "vide")]
    table = pd.DataFrame(rows, columns=["code", "valeur", "statut", "motif"]).assign(
        variable="x", demi_arrondi=0.0
    )
    table["valeur"] = table["valeur"].astype(float)
    found, _ = fitted(table, resolve("populations_legales", territory), territory)
    assert found[["code", "statut", "motif"]].values.tolist() == [[uncut[0], "secret", "vide"]]
    assert found["valeur"].isna().all()


def test_the_density_of_a_commune_under_another_code_is_followed(study, lists, uncut):
    """Once accepted, and its level silently absent."""
    path = study.official / "densite" / "grille_densite_7_niveaux_2024.xlsx"
    path.parent.mkdir()
    book = openpyxl.Workbook()
    book.active.title = "Maille communale"
    for row in [["Titre"], [], [], [], ["CODGEO", "LIBGEO", "DENS", "LIBDENS"]]:
        book.active.append(row)
    for code in ("00777", "00999"):
        book.active.append([code, "Vieux-Bourg", 6, "Rural"])
    book.save(path)
    table, found = read("densite", load_territory("exemple"))
    assert table.index.tolist() == [uncut[0]]
    assert found.division.outside == ("00999",)


SETTINGS = {
    "a commune that no list holds": ('"00018", nom', '"00918", nom', "Corvelle a le code 00018"),
    "a delegated commune": ('"00018", nom', '"00777", nom', "aujourd'hui dans"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_followed_city_must_be_in_the_official_list(case, study, lists, refused):
    before, after, said = SETTINGS[case]
    study.text("exemple.yml", lambda text: text.replace(before, after))
    refused("data/territories/exemple.yml", ["clé communes_focus.2", "code officiel", said])


def test_a_shop_that_is_not_placed_makes_no_zero():
    reach = pd.DataFrame(
        {"B104": [0, 0, 2], "B105": [0, 0, 1], "niveau": [2, None, 0]}, index=["a", "b", "c"]
    )
    count = shops.everyday_count(reach)
    assert count["a"] == 0 and pd.isna(count["b"]) and count["c"] == 3


def test_a_commune_that_the_file_may_hold_under_another_code_has_no_zero():
    legal = pd.DataFrame({"valeur": [900.0, 800.0], "nom": ["A", "B"]}, index=["00001", "00002"])
    food = pd.DataFrame(
        {"iris": ["000010000"], "commune": ["00001"], "type": ["B104"], "nombre": [2]}
    )
    silent = shops.without_any_row(food, legal.index, outside=("00999",))
    table = shops.communes_table(food, food, legal, 200, silent)
    assert table.loc["00001", "commerces"] == 2 and pd.isna(table.loc["00002", "commerces"])
    sure = shops.communes_table(
        food, food, legal, 200, shops.without_any_row(food, legal.index, ())
    )
    assert sure["commerces"].tolist() == [2, 0]
