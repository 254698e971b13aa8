"""The fictitious department behaves as a real one: neighbours look alike, files agree."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from diagalim.sources.datasets import read
from diagalim.sources.tables.observations import wide

OFFICIAL = Path(__file__).resolve().parents[2] / "data" / "exemple" / "officiel"
OF_13 = {"H": 32 / 698, "A": 41 / 51, "D": 23 / 24}
"""Shares of the IRIS of department 13 without a poverty rate, by type."""


def from_file(name, exemple):
    return wide(read(name, exemple)[0])


def test_neighbours_have_poverty_rates_alike(exemple, outlines):
    rate = from_file("filosofi_iris", exemple)["DISP_TP6021"].dropna()
    shapes = outlines.geometry[rate.index].to_numpy()
    a, b = shapely.STRtree(shapes).query(shapes, predicate="touches")
    gap = rate.to_numpy() - rate.mean()
    moran = len(gap) / len(a) * (gap[a] * gap[b]).sum() / (gap**2).sum()
    assert moran > 0.4


def test_poverty_and_rsa_go_together_without_being_the_same(exemple):
    rate = from_file("filosofi_iris", exemple)["DISP_TP6021"]
    rsa = from_file("caf_rsa", exemple)["ARSAS"]
    people = from_file("population_iris", exemple)["population"]
    both = pd.DataFrame({"rate": rate, "rsa": rsa / people}).dropna()
    assert 0.8 <= both.corr("spearman").iloc[0, 1] <= 0.97


def test_as_many_iris_are_withheld_by_type_as_in_13(exemple, outlines):
    rate = from_file("filosofi_iris", exemple)["DISP_TP6021"]
    withheld = rate.isna().groupby(outlines["type_iris"][rate.index]).mean()
    for kind, share in OF_13.items():
        assert abs(withheld[kind] - share) <= 0.05, kind


def test_types_come_in_the_shares_of_13(outlines):
    assert outlines["type_iris"].value_counts().to_dict() == {"H": 249, "A": 18, "D": 9, "Z": 24}


def test_rates_are_rounded_as_announced(exemple, truth):
    table = from_file("filosofi_iris", exemple).dropna(subset=["DISP_TP6021"])
    odd = table["DISP_INCERT21"] == 2
    assert (table.loc[odd, "DISP_TP6021"] % 2 == 1).all()
    assert 0.25 < odd.mean() < 0.55
    error = (table["DISP_TP6021"] - truth["taux_pauvrete"][table.index]).abs()
    assert (error <= odd.map({True: 1.0, False: 0.5}) + 1e-9).all()


BASES = {
    "pop": "recensement_population/base-ic-evol-struct-pop-2022.CSV",
    "menages": "recensement_menages/base-ic-couples-familles-menages-2022.CSV",
    "logement": "recensement_logement/base-ic-logement-2022.CSV",
    "activite": "recensement_activite/base-ic-activite-residents-2022.CSV",
    "diplomes": "recensement_diplomes/base-ic-diplomes-formation-2022.CSV",
}
SUMS = [
    ("pop", "P22_POP", r"P22_POP(0002|0305|0610|1117|1824|2539|4054|5564|6579|80P)"),
    ("pop", "P22_POP", r"P22_POP(0014|1529|3044|4559|6074|75P)"),
    ("pop", "P22_POP", r"P22_POP[HF]"),
    ("pop", "P22_POP", r"P22_P(MEN|HORMEN)"),
    ("pop", "C22_POP15P", r"C22_POP15P_STAT_GSEC.*"),
    ("menages", "C22_MEN", r"C22_MEN(PSEUL|SFAM|FAM)"),
    ("menages", "C22_MENFAM", r"C22_MEN(COUPSENF|COUPAENF|FAMMONO)"),
    ("logement", "P22_RP", r"P22_RP(MAISON|APPART)"),
    ("logement", "P22_RP", r"P22_RP_(PROP|LOC|GRAT)"),
    ("logement", "P22_RP_VOIT1P", r"P22_RP_VOIT(1|2P)"),
    ("activite", "P22_ACT1564", r"P22_(ACTOCC|CHOM)1564"),
    ("activite", "P22_INACT1564", r"P22_(ETUD|RETR|AINACT)1564"),
    ("activite", "P22_SAL15P", r"P22_SAL15P_(CDI|CDD|INTERIM|EMPAID|APPR)"),
    ("diplomes", "P22_NSCOL15P", r"P22_NSCOL15P_.*"),
]


@pytest.mark.parametrize(("base", "total", "parts"), SUMS)
def test_a_total_of_the_census_is_the_sum_of_its_parts(base, total, parts):
    table = pd.read_csv(OFFICIAL / BASES[base], sep=";", dtype={"IRIS": str})
    columns = [name for name in table.columns if re.fullmatch(parts, name)]
    assert len(columns) > 1
    assert (table[columns].sum(axis=1) - table[total]).abs().max() < 1e-6


def test_the_complementary_processing_is_close_to_the_main_one_and_not_equal(exemple, truth):
    homes = from_file("recensement_menages", exemple)["C22_MEN"]
    main = from_file("recensement_logement", exemple)["P22_RP"]
    large = main > 500
    ratio = (homes / main)[large]
    assert ratio.min() > 0.85 and ratio.max() < 1.15
    assert (ratio != 1).mean() > 0.9


def test_the_census_counts_the_people_planted(exemple, truth):
    counted = from_file("recensement_population", exemple)["P22_POP"]
    assert abs(counted.sum() / truth["population"].sum() - 1) < 1e-6
    village = truth.index[(truth["type"] == "Z") & (truth["population"] < 10_000)]
    assert (counted[village] - truth["population"][village]).abs().max() < 1e-6


def test_the_city_stands_once_as_a_whole_and_once_in_its_districts(exemple):
    people = from_file("filosofi_communes", exemple)["NBPERSMENFISC21"]
    districts = people[people.index.str.match(r"002\d\d")]
    assert len(districts) == 10
    assert districts.sum() == people["00055"]


def test_small_counts_of_rsa_are_hidden(exemple):
    counts = from_file("caf_rsa", exemple)["ARSAS"]
    assert counts.min() >= 5
    assert counts.isna().any()


def test_hardship_is_found_again_in_the_rates(exemple, truth):
    rate = from_file("filosofi_iris", exemple)["DISP_TP6021"].dropna()
    assert np.corrcoef(rate.rank(), truth["hard"][rate.index].rank())[0, 1] > 0.9
