"""Other departments, from producers' files alone: what is read, and what is left out."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.pipeline.check import check_epci, check_inputs
from diagalim.sources.datasets import read
from diagalim.sources.official.affiliations import epci_names
from diagalim.sources.registry import find, load_sources

CODES = ("01", "08", "2A", "69", "75")
DISTRICTS = {"69": 9, "75": 20}
KEYS = ("code", "code_iris")


@pytest.mark.parametrize("code", CODES)
def test_all_the_inputs_of_a_new_department_are_right(trial, code):
    assert check_inputs(trial(code).territory) == []


@pytest.mark.parametrize("code", CODES)
def test_every_file_found_is_its_producers(trial, code):
    study = trial(code).territory
    found = {name: find(name, study) for name in load_sources()}
    assert {f.nature for f in found.values() if f} == {"officiel"}
    assert all(found[name] for name, source in load_sources().items() if source.obligatoire)


@pytest.mark.parametrize("code", CODES)
def test_no_row_of_the_neighbouring_department_is_kept(trial, code):
    here = trial(code)
    keys = {"bpe": "commune", "qpv": "code_qp"}
    for name in load_sources():
        if name in ("epci", "cog_mouvements") or find(name, here.territory) is None:
            continue
        table = read(name, here.territory)[0].reset_index()
        codes = table[next(key for key in (keys.get(name), *KEYS) if key in table)]
        assert codes.str.removeprefix("QN0").str.startswith(code).all(), name
    raw = (here.data / "filosofi_communes/cc_filosofi_2021_COM.csv").read_text(encoding="utf-8")
    assert {line[:2] for line in raw.splitlines()[1:]} > {code}


@pytest.mark.parametrize("code", CODES)
def test_every_iris_is_read_once_under_its_new_code(trial, code):
    here = trial(code)
    outlines, _ = read("contours_iris", here.territory)
    assert sorted(outlines.index) == sorted(here.places["code"])
    assert len(outlines) == outlines.index.nunique() == 300
    census, _ = read("recensement_population", here.territory)
    people = census[census["variable"] == "P22_POP"]
    legal, _ = read("populations_legales", here.territory)
    assert len(people) == 300
    assert legal["valeur"].sum() == pytest.approx(people["valeur"].sum(), abs=len(legal))


@pytest.mark.parametrize(("code", "count"), DISTRICTS.items())
def test_a_city_stands_as_its_arrondissements_and_once_more_in_the_incomes(trial, code, count):
    here = trial(code)
    (city,) = [c for c in here.territory.communes_focus if c.arrondissements]
    legal, _ = read("populations_legales", here.territory)
    incomes, _ = read("filosofi_communes", here.territory)
    assert set(city.arrondissements) <= set(legal["code"]) and city.code not in set(legal["code"])
    assert len(city.arrondissements) == count
    assert {city.code, *city.arrondissements} <= set(incomes["code"])


def test_paris_is_twenty_arrondissements_and_nothing_else(trial):
    here = trial("75")
    outlines, _ = read("contours_iris", here.territory)
    assert sorted(outlines["commune"].unique()) == [f"751{k:02d}" for k in range(1, 21)]
    members, _ = read("appartenance_iris", here.territory)
    assert set(members["epci"]) == {"200054781"}


@pytest.mark.parametrize("code", CODES)
def test_registers_speak_of_the_same_places(trial, code):
    here = trial(code)
    outlines = read("contours_iris", here.territory)[0]
    known = set(here.places["commune"]) | set(here.places["ville"])
    assert set(read("cog", here.territory)[0].index) == known
    assert set(read("densite", here.territory)[0].index) == known
    assert set(read("caf_rsa", here.territory)[0]["code"]) <= set(outlines.index)
    shops = read("bpe", here.territory)[0]
    assert set(shops["code_iris"].dropna()) <= set(outlines.index)
    assert shops["nombre"].sum() > 1000
    quarters = read("qpv", here.territory)[0]
    assert len(quarters) == 14 and quarters.within(outlines.union_all().buffer(1)).all()


def test_a_rural_department_is_mostly_communes_not_cut_into_iris(trial):
    outlines, _ = read("contours_iris", trial("01").territory)
    uncut = outlines["type_iris"] == "Z"
    assert uncut.sum() > 200
    assert outlines.index[uncut].str.endswith("0000").all()


def test_leading_zeros_and_letters_stay_in_the_codes(trial):
    assert trial("01").territory.communes_focus[0].code == "01053"
    assert trial("2A").territory.communes_focus[0].code == "2A004"
    members, _ = read("appartenance_iris", trial("2A").territory)
    assert members["commune"].str.fullmatch(r"2A\d{3}").all()


@pytest.mark.parametrize("code", CODES)
def test_the_territory_says_essai_and_names_no_real_town(trial, code):
    study = trial(code).territory
    assert study.titre.startswith("Essai : la précarité alimentaire ")
    real = {"Bourg-en-Bresse", "Ajaccio", "Lyon", "Paris"}
    assert not real & {c.nom for c in study.communes_focus}


def test_trial_files_are_refused_inside_the_project(make_department):
    with pytest.raises(ValueError, match="hors du projet"):
        make_department.make("69", make_department.ROOT / "data" / "officiel")


def test_the_names_of_the_epci_come_from_the_workbook(trial):
    study = trial("69").territory
    composition, _ = read("epci", study)
    assert study.epci == {}
    assert sorted(epci_names(composition, {})) == ["269000001", "269000002", "269000003"]


def test_a_name_of_the_territory_file_wins_over_the_workbook():
    composition = pd.DataFrame(
        {
            "epci": ["200000001", "200000001", "200000002", "ZZZZZZZZZ"],
            "nom_epci": ["CC Un", "CC Un", "CC Deux", "Sans objet"],
        },
        index=["69001", "69002", "69003", "69004"],
    )
    named = epci_names(composition, {"200000002": "Deux", "200000009": "Neuf"})
    assert named == {"200000001": "CC Un", "200000002": "Deux", "200000009": "Neuf"}
    assert epci_names(None, {"200000002": "Deux"}) == {"200000002": "Deux"}


def test_an_epci_that_neither_names_is_asked_for(trial):
    study = trial("69").territory
    tables = {name: read(name, study)[0] for name in ("appartenance_iris", "epci")}
    assert check_epci(tables, study) == []
    tables["epci"] = tables["epci"][tables["epci"]["epci"] != "269000001"]
    (problem,) = check_epci(tables, study)
    assert "269000001" in problem.value and "jeu « epci »" in problem.remedy


def test_quarters_that_cross_themselves_are_repaired_before_anything_is_laid_over_them(trial):
    quarters, _ = read("qpv", trial("08").territory)
    assert quarters["repare"].sum() == 4
    assert quarters.is_valid.all() and (quarters.area > 0).all()


def test_a_department_of_files_of_several_years_keeps_every_row_that_has_a_place(trial):
    here = trial("08")
    moved, merged, lost = sorted(here.places.loc[here.places["type"] == "Z", "commune"])[:3]
    checked = check_inputs(here.territory)
    assert checked == []
    said = " ".join(checked.remarks)
    assert f"08998 compté dans {moved}" in said and f"08996 compté dans {merged}" in said
    assert "Recensement, diplômes : 1\u00a0IRIS hors des contours" in said
    shops, found = read("bpe", here.territory)
    assert found.division.followed == {"08998": moved} and shops["localise"].all()
    diplomas, _ = read("recensement_diplomes", here.territory)
    assert f"{lost}0000" not in set(diplomas["code"])
    assert read("densite", here.territory)[0].loc[merged, "dens7"] == 6
