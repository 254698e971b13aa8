"""Old, delegated, split and re-coded communes, followed to the commune of today."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.geo.commune_codes import Cog, follow
from diagalim.settings.territory_file import load_territory
from diagalim.sources.official.commune_lists import cog_at_hand

LIST = """TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT
COM,00018,00,00,00D,001,0,CORVELLE,Corvelle,Corvelle,,
COMD,00018,,,,,0,CORVELLE,Corvelle,Corvelle,,00018
COMD,00777,,,,,0,VIEUX CORVELLE,Vieux-Corvelle,Vieux-Corvelle,,00018
COMA,99123,,,,,0,OUTREVAL,Outreval,Outreval,,00018
COM,00020,00,00,00D,001,0,HAUTE VANNE,Haute-Vanne,Haute-Vanne,,
COM,00021,00,00,00D,001,0,BASSE VANNE,Basse-Vanne,Basse-Vanne,,
COM,00055,00,00,00D,001,0,PORT VERMEIL,Port-Vermeil,Port-Vermeil,,
ARM,00201,00,00,00D,001,0,PORT VERMEIL 1,Port-Vermeil 1,Port-Vermeil 1er Arrondissement,,00055
"""
MOVES = """MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,\
TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP
31,1972-01-01,COM,00778,0,ANCIENNE,Ancienne,Ancienne,COM,00779,0,MOYENNE,Moyenne,Moyenne
32,2016-01-01,COM,00779,0,MOYENNE,Moyenne,Moyenne,COM,00020,0,HAUTE VANNE,Haute-Vanne,Haute-Vanne
32,2016-01-01,COM,00779,0,MOYENNE,Moyenne,Moyenne,COMD,00779,0,MOYENNE,Moyenne,Moyenne
21,2014-01-01,COM,00020,0,HAUTE VANNE,Haute-Vanne,Haute-Vanne,COM,00020,0,H,H,Haute-Vanne
21,2014-01-01,COM,00020,0,HAUTE VANNE,Haute-Vanne,Haute-Vanne,COM,00021,0,B,B,Basse-Vanne
30,1990-01-01,COM,00780,0,PARTAGEE,Partagée,Partagée,COM,00020,0,H,H,Haute-Vanne
30,1990-01-01,COM,00780,0,PARTAGEE,Partagée,Partagée,COM,00021,0,B,B,Basse-Vanne
"""

FOLLOWED = {
    "a commune of today": ("00018", "00018"),
    "an arrondissement": ("00201", "00201"),
    "a delegated commune": ("00777", "00018"),
    "an associated commune that kept the code of another department": ("99123", "00018"),
    "a commune merged twice": ("00778", "00020"),
    "a commune merged once": ("00779", "00020"),
    "a commune shared out between two": ("00780", None),
    "a code that nobody knows": ("00999", None),
}


@pytest.fixture
def cog(tmp_path, monkeypatch) -> Cog:
    folder = tmp_path / "data" / "exemple" / "officiel" / "cog"
    folder.mkdir(parents=True)
    (folder / "v_commune_2024.csv").write_text(LIST, encoding="utf-8")
    (folder / "v_mvtcommune_2024.csv").write_text(MOVES, encoding="utf-8")
    territory = load_territory("exemple")
    monkeypatch.setattr("diagalim.sources.registry.data_dirs", lambda fictitious: [folder.parent])
    return cog_at_hand(territory)


@pytest.mark.parametrize("case", FOLLOWED)
def test_a_code_is_followed_to_the_commune_of_today(case, cog):
    code, expected = FOLLOWED[case]
    assert follow([code], cog).to_dict() == {code: expected}


def test_a_commune_made_anew_is_found_in_outlines_that_are_older(cog):
    assert follow(["00021"], cog, among={"00018", "00020"})["00021"] == "00020"
    assert follow(["00021"], cog)["00021"] == "00021"


def test_a_series_keeps_its_index_and_its_missing_codes(cog):
    codes = pd.Series(["00777", None, "00999", "00777"], index=[4, 5, 6, 9])
    found = follow(codes, cog)
    assert found.index.tolist() == [4, 5, 6, 9]
    assert found.tolist() == ["00018", None, None, "00018"]


def test_without_the_list_a_code_means_itself_or_nothing(cog):
    assert follow(["00018", "00777"], None, among={"00018"}).tolist() == ["00018", None]


def test_without_the_movements_delegated_communes_are_followed_still(cog):
    alone = Cog(cog.names, cog.parents)
    assert follow(["00777", "00779"], alone).tolist() == ["00018", None]


CODE = st.sampled_from([f"0000{k}" for k in range(6)])


@given(
    st.dictionaries(CODE, CODE),
    st.dictionaries(CODE, st.lists(CODE, min_size=1, max_size=2).map(tuple)),
    st.sets(CODE),
)
def test_whatever_the_movements_say_the_answer_is_a_known_commune_or_none(parents, moves, known):
    """Movements that turn in a circle included: Port-Vermeil became Corvelle and came back."""
    cog = Cog(dict.fromkeys(known, ""), parents, moves, moves)
    found = follow([f"0000{k}" for k in range(6)], cog)
    assert set(found.dropna()) <= known
    assert all(found[code] == code for code in known)
