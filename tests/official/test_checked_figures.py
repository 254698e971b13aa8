"""Figures recomputed on the official files of 13 when the reference was written (METHODS 1 to 3).

Each literal below is a fact of a public file, with the section that states it. A test that fails
here says that a file, a reader or a recipe changed: find out which before anything is published.
"""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.context.framing import (
    commune_incomes,
    framing_table,
    pooled_rate,
    rates_and_persons,
    without_districts,
)
from diagalim.sources.official.equipment import equipment_types
from diagalim.sources.schemas import layout_from, load_schema, schema_path
from diagalim.sources.tables.observations import wide
from diagalim.sources.tables.workbook import read_sheet
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import data_dirs

CITIES = {"Aix": "13001", "Arles": "13004", "Aubagne": "13005", "Marseille": "13055"}
DISTRICTS = [f"132{n:02d}" for n in range(1, 17)]


def of(table: pd.DataFrame, variable: str) -> pd.DataFrame:
    return table[table["variable"] == variable].set_index("code")


@pytest.fixture(scope="session")
def incomes(official):
    return commune_incomes(official["filosofi_communes"], 2021)


# ---- 1.1 and 1.2: places ---------------------------------------------------------------------


def test_types_of_iris(iris):
    assert iris["type_iris"].value_counts().to_dict() == {"H": 698, "Z": 67, "A": 51, "D": 24}


def test_marseille_is_known_by_its_districts_only(iris):
    assert iris["commune"].isin(DISTRICTS).sum() == 393
    assert not (iris["commune"] == "13055").any()


def test_intercommunalities(official):
    counts = official["appartenance_iris"]["epci"].value_counts().to_dict()
    assert counts == {"200054807": 771, "241300417": 38, "200035087": 18, "241300375": 13}


# ---- 1.3: withheld and rounded values --------------------------------------------------------


def test_published_and_withheld_rates_by_iris(official):
    rate = of(official["filosofi_iris"], "DISP_TP6021")
    assert rate["valeur"].notna().sum() == 677
    assert rate["motif"].value_counts().to_dict() == {"": 677, "ns": 73, "nd": 23}


def test_announced_rounding(official):
    rate = of(official["filosofi_iris"], "DISP_TP6021")
    assert (rate["demi_arrondi"] == 0.5).sum() == 404
    odd = rate.loc[rate["demi_arrondi"] == 1.0, "valeur"]
    assert len(odd) == 273 and (odd % 2 == 1).all()


@pytest.mark.parametrize(("variable", "withheld"), [("TP6021", 26), ("RD21", 18), ("MED21", 0)])
def test_withheld_values_by_commune(variable, withheld, official):
    column = of(official["filosofi_communes"], variable)
    assert len(column) == 135 and column["valeur"].isna().sum() == withheld


def test_households_receiving_the_rsa(official):
    counts = of(official["caf_rsa"], "ARSAS")
    assert len(counts) == 702
    assert (counts["statut"] == "secret").sum() == 75
    assert counts["valeur"].sum() == 65_080
    assert counts["valeur"].min() == 5


def test_a_low_declared_income_is_more_frequent_than_poverty(official):
    declared = of(official["filosofi_iris_declare"], "DEC_TP6021")["valeur"]
    poor = of(official["filosofi_iris"], "DISP_TP6021")["valeur"]
    assert (declared.median(), poor.median()) == (23, 17)
    assert (declared.max(), poor.max()) == (83, 69)


# ---- 1.5: shops --------------------------------------------------------------------------------

FOOD_2018 = {
    "B101": 36,
    "B102": 333,
    "B201": 241,
    "B202": 1_185,
    "B203": 1_626,
    "B204": 750,
    "B205": 62,
    "B206": 152,
}


def test_food_shops_of_2018(official):
    counts = official["bpe"].groupby("type")["nombre"].sum()
    assert counts[list(FOOD_2018)].to_dict() == FOOD_2018
    assert counts.sum() == 88_507 and len(counts) == 179


def test_equipment_that_insee_could_not_place(official):
    table = official["bpe"]
    lost = table[~table["localise"]]
    assert (len(lost), lost["nombre"].sum(), lost["commune"].nunique()) == (120, 141, 36)
    assert lost.loc[lost["type"].isin(FOOD_2018), "nombre"].sum() == 6
    whole = table["code_iris"].str.endswith("0000", na=False)
    assert whole.sum() == 2_837, "communes that are not cut"


def test_everyday_shops_of_2018_and_those_not_placed(official):
    everyday = equipment_types(2018).query("courant").index
    shops = official["bpe"][official["bpe"]["type"].isin(everyday)]
    assert sorted(everyday) == ["B101", "B102", "B201", "B202"]
    assert shops["nombre"].sum() == 36 + 333 + 241 + 1_185
    assert shops.loc[~shops["localise"], "nombre"].sum() == 5


# ---- 4.1: the aid lists of 2015 -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "lines", "without_commune", "communes"),
    [
        ("aide_croix_rouge_2015", 20, 2, 12),
        ("aide_secours_populaire_2015", 127, 0, 35),
        ("aide_restos_2015", 29, 1, 28),
        ("aide_banque_alimentaire_2015", 2, 0, 2),
    ],
)
def test_lines_of_the_aid_lists(name, lines, without_commune, communes, official):
    if name not in official:
        pytest.skip("listes d'aide alimentaire de 2015 absentes (voir README)")
    table = official[name]
    assert table["nombre"].sum() == lines
    assert table.loc[table["commune"].isna(), "nombre"].sum() == without_commune
    assert table["commune"].nunique() == communes


# ---- 1.1 and 1.6: neighbourhoods, grid, digital fragility ----------------------------------------


def test_priority_neighbourhoods_with_a_perimeter(official):
    table = official["qpv"]
    assert len(table) == 37 and table["repare"].sum() == 1
    assert table.geometry.is_valid.all()
    assert table.union_all().area / 1e6 == pytest.approx(12.2, abs=0.05)


def test_priority_neighbourhoods_with_statistics(official):
    assert official["qpv_statistiques"]["code"].nunique() == 65


def test_cells_of_the_area_of_marseille(official):
    cells = official["carreaux"]
    assert len(cells) == 7_282 and cells["impute"].sum() == 3_120
    assert cells["personnes"].sum() == pytest.approx(1_016_133, abs=0.5)


def test_the_cells_fall_in_466_iris_of_36_communes(official, iris):
    centres = official["carreaux"].set_geometry(official["carreaux"].centroid)
    inside = centres.sjoin(iris[["commune", "geometry"]], predicate="within")
    assert inside["code_iris"].nunique() == 466 and inside["commune"].nunique() == 36


def test_the_digital_index_goes_with_the_poverty_rate(official):
    index = of(official["ifn"], "SCORE GLOBAL")["valeur"]
    rate = of(official["filosofi_iris"], "DISP_TP6021")["valeur"]
    assert len(index) == 840 and official["ifn"]["variable"].nunique() == 7
    assert index.corr(rate, method="spearman") == pytest.approx(0.75, abs=0.005)


# ---- populations ------------------------------------------------------------------------------


def test_population_of_every_iris(iris):
    assert iris["population"].sum() == pytest.approx(2_019_717, abs=0.5)
    assert (iris["population"] == 0).sum() == 11
    small = iris["population"] < 200
    assert small.sum() == 34 and (small & (iris["type_iris"] == "H")).sum() == 2


def test_a_census_workbook_of_the_old_excel_is_refused_with_a_remedy():
    folder = data_dirs(fictitious=False)[0] / "insee" / "recensement" / "format_samples"
    samples = sorted(folder.glob("base-ic-*.xls"))
    if not samples:
        pytest.skip("classeurs d'exemple de l'Insee absents (voir README)")
    layout = layout_from(load_schema(schema_path("recensement_population", "base-ic"), 2016))
    for path in samples:
        with pytest.raises(InputError, match=r"\(\.xls\).*« CSV UTF-8 »"):
            read_sheet(path, "IRIS", 6, layout)


def test_the_census_tables_hold_type_h_only(official, iris):
    ages = wide(official["recensement_population"]).filter(regex="^P16_POP")
    assert len(ages) == 698
    assert ages.sum().sum() == pytest.approx(1_767_334, abs=0.5)
    assert set(iris.loc[ages.index, "type_iris"]) == {"H"}
    gap = (ages.sum(axis=1) - iris.loc[ages.index, "population"]).abs().max()
    assert gap < 1e-6, "the dashboard and the census give the same inhabitants"


@pytest.mark.parametrize(
    ("codes", "people"),
    [
        (["13001"], 147_478),
        (["13004"], 50_415),
        (["13005"], 47_342),
        (DISTRICTS, 873_076),
    ],
)
def test_legal_populations(codes, people, official):
    legal = official["populations_legales"].set_index("code")["valeur"]
    assert legal.loc[codes].sum() == people
    assert legal.sum() == 2_056_943


# ---- 2.2: what the files say of the published figures -----------------------------------------


@pytest.mark.parametrize(
    ("city", "rate", "ratio", "deciles"),
    [
        ("Aix", 15, 4.3, 4.26),
        ("Arles", 24, 3.4, 3.43),
        ("Aubagne", 16, 3.3, 3.28),
        ("Marseille", 26, 4.1, 4.13),
    ],
)
def test_rates_and_ratios_of_the_cities(city, rate, ratio, deciles, incomes):
    row = incomes.loc[CITIES[city]]
    assert (row["taux_pauvrete"], row["rapport_interdecile"]) == (rate, ratio)
    assert row["d9"] / row["d1"] == pytest.approx(deciles, abs=0.005)


def test_the_rate_of_the_department_approached_from_its_communes(incomes):
    communes = without_districts(incomes, DISTRICTS)
    rate = pooled_rate(*rates_and_persons(communes), lent=(5, 10))
    assert (rate.published, rate.withheld) == (93, 26)
    assert rate.published_only == pytest.approx(18.8, abs=0.05)
    assert [round(v, 1) for v in rate.plausible] == [18.5, 18.6]


def test_the_published_rate_of_aix_does_not_fit_the_department(incomes):
    communes = without_districts(incomes, DISTRICTS).copy()
    communes.loc["13001", "taux_pauvrete"] = 1.0
    rate = pooled_rate(*rates_and_persons(communes), lent=(5, 10))
    assert [round(v, 1) for v in rate.plausible] == [17.6, 17.7]


def test_the_districts_average_the_city(incomes):
    rate = pooled_rate(*rates_and_persons(incomes.loc[DISTRICTS]))
    assert rate.published_only == pytest.approx(25.7, abs=0.05)


def test_shares_of_the_department(official, incomes):
    legal = official["populations_legales"].set_index("code")["valeur"]
    cities = {
        name: (code, DISTRICTS if name == "Marseille" else [code]) for name, code in CITIES.items()
    }
    table = framing_table(cities, legal, incomes)
    assert [round(v) for v in table["part"]] == [7, 2, 2, 42]


@pytest.mark.parametrize(
    ("district", "rate"),
    [("13208", 12), ("13203", 52), ("13215", 44), ("13214", 42), ("13202", 39), ("13201", 38)],
)
def test_rates_of_the_districts(district, rate, incomes):
    assert incomes.loc[district, "taux_pauvrete"] == rate


def test_the_lowest_rate_published_for_a_commune_of_france_is_five(bouches_du_rhone):
    from diagalim.sources.datasets import read

    everywhere = bouches_du_rhone.region.model_copy(
        update={"departements": [f"{n:02d}" for n in range(1, 96)] + ["2A", "2B"]}
    )
    france = bouches_du_rhone.model_copy(update={"region": everywhere})
    reader = "diagalim.sources.official.filosofi.read_communes_region"
    rates = of(read("filosofi_communes", france, reader)[0], "TP6021")["valeur"]
    assert rates.min() == 5


def test_rates_of_the_iris(official):
    rates = of(official["filosofi_iris"], "DISP_TP6021")["valeur"]
    assert ((rates >= 50).sum(), (rates > 50).sum()) == (51, 49)
    assert (rates.min(), rates.median(), rates.max()) == (3, 17, 69)


# ---- 3.2: recipes ------------------------------------------------------------------------------

RECIPES = {
    # indicator: n, median, 5th and 95th centiles, Spearman with the poverty rate
    "taux_pauvrete": (677, 17, 6, 55, 1.0),
    "niveau_vie_median": (677, 22_570, 13_302, 31_430, -0.94),
    "part_minima_sociaux": (677, 2.9, 0.8, 14.5, 0.96),
    "taux_rsa": (627, 32.6, 10.1, 111, 0.92),
    "part_indemnites_chomage": (666, 3.3, 2.0, 5.9, 0.82),
    "part_familles_mono": (697, 13.5, 7.2, 26.1, 0.74),
    "part_personnes_seules": (697, 15.4, 7.2, 33.5, 0.30),
    "part_0_14": (698, 17.2, 11.3, 26.2, 0.37),
    "part_15_29": (698, 16.8, 11.9, 27.6, 0.57),
    "part_75_plus": (698, 9.4, 4.1, 17.1, -0.30),
    "part_hlm": (697, 8.7, 0, 79.5, 0.51),
    "part_sans_voiture": (828, 15.6, 3.1, 57.6, 0.78),
    "part_autres_inactifs": (698, 18.4, 12.4, 42.1, 0.75),
    "part_ouvriers_employes": (698, 26.9, 14.1, 37.7, 0.57),
}


@pytest.mark.parametrize("name", RECIPES)
def test_recipes_give_the_reference_values(name, values, iris, official):
    """On IRIS proper: the commune values that serve uncut communes come on top of these."""
    n, median, low, high, rho = RECIPES[name]
    here = values[values["indicateur"] == name].set_index("code_iris")
    first = here["recette"].where(here["valeur"].notna()).min()
    found = here.loc[here["recette"] == first, "valeur"].dropna()
    if name == "part_sans_voiture":
        # the reference counts two activity IRIS without inhabitants, whose share is not kept
        assert len(found) == n - 2
        found = 100 * wide(official["sans_voiture"])["sans_voiture"]
    assert len(found) == n
    decimals = 0 if median > 100 else 1
    assert round(found.median(), decimals) == pytest.approx(median, abs=0.5 * 10**-decimals)
    spread = [found.quantile(0.05), found.quantile(0.95)]
    assert spread == pytest.approx([low, high], rel=0.01, abs=0.06)
    poverty = values[values["indicateur"] == "taux_pauvrete"].set_index("code_iris")["valeur"]
    cut = iris.index[iris["type_iris"] != "Z"]
    both = pd.concat([found, poverty], axis=1, keys=["a", "b"]).loc[lambda t: t.index.isin(cut)]
    ranks = both.dropna().rank()  # Spearman is Pearson on the ranks of complete pairs
    assert ranks["a"].corr(ranks["b"]) == pytest.approx(rho, abs=0.006)


# ---- 3.3: who is withheld -----------------------------------------------------------------------


def test_withheld_iris_by_type(official, iris):
    rate = of(official["filosofi_iris"], "DISP_TP6021")["valeur"]
    hidden = iris.loc[rate.index[rate.isna()]]
    assert hidden["type_iris"].value_counts().to_dict() == {"A": 41, "H": 32, "D": 23}
    people = hidden.groupby("type_iris")["population"].sum().round().to_dict()
    assert people == {"A": 14_910, "D": 7_031, "H": 53_756}


def test_uncut_communes(official, iris, incomes):
    uncut = iris[iris["type_iris"] == "Z"]
    assert len(uncut) == 67
    assert uncut["population"].sum() == pytest.approx(213_281, abs=0.5)
    known = incomes.loc[uncut["commune"]]
    assert known["taux_pauvrete"].notna().sum() == 41
    assert known["niveau_vie"].notna().sum() == 67
    assert wide(official["sans_voiture"]).loc[uncut.index, "sans_voiture"].notna().all()


def test_the_same_name_may_be_another_thing(official, incomes, bouches_du_rhone):
    """`taux_pauvrete.csv` of the carriers is not the poverty rate: it must never be read."""
    from diagalim.sources.registry import load_sources

    patterns = [p.motif for s in load_sources().values() for e in s.editions for p in e.fichiers]
    assert not [motif for motif in patterns if "taux_pauvrete" in motif]
    assert not [motif for motif in patterns if "taux_demandeurs_emploi" in motif]
