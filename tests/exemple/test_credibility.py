"""The fictitious department behaves as a real one: neighbours look alike, files agree."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from diagalim.sources.observations import wide
from diagalim.sources.reading import read

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


def test_census_columns_add_up(exemple):
    people = from_file("recensement_population", exemple)
    homes = from_file("recensement_menages", exemple)
    flats = from_file("recensement_logement", exemple)
    assert (people["P22_POP0014"] + people["P22_POP1529"] < people["P22_POP"] + 1e-6).all()
    assert (homes["C22_MENPSEUL"] + homes["C22_MENFAMMONO"] <= homes["C22_MEN"] + 1e-6).all()
    assert (flats["P22_RP_VOIT1P"] <= flats["P22_RP"] + 1e-6).all()


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
