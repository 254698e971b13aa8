"""What the census does not know of a share, because not everybody was asked."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.values.sampling import census_part, recipe_error, sampled, sampling_error
from diagalim.analysis.values.tables import Tables
from diagalim.settings.indicators import Recipe

IRIS = pd.DataFrame(
    {"commune": ["13001", "13001", "13002"], "population": [9_000.0, 1_000.0, 9_999.0]},
    index=["130010101", "130010102", "130020000"],
)
RATIO = Recipe.model_validate(
    {
        "numerateur": {"source": "recensement", "colonnes": ["P{aa}_A"]},
        "denominateur": {"source": "recensement", "colonnes": ["P{aa}_B"]},
        "echelle": 100,
    }
)


def tables_of(rows: list[tuple]) -> Tables:
    table = pd.DataFrame(rows, columns=["code", "variable", "valeur"])
    table = table.assign(statut="observe", motif="", demi_arrondi=0.0)
    return Tables({"recensement": table}, {"recensement": "base-ic"}, {"recensement": 2022})


def test_the_standard_error_is_that_of_the_formula():
    found = sampling_error(pd.Series([0.2]), pd.Series([1000.0]), "P")[0]
    assert found == pytest.approx(sqrt(1.5 * 0.2 * 0.8 * 0.6 / (0.4 * 1000)))


def test_the_complementary_processing_is_surely_noisier():
    share, size = pd.Series([0.2]), pd.Series([1000.0])
    ratio = sampling_error(share, size, "C") / sampling_error(share, size, "P")
    assert ratio[0] == pytest.approx(sqrt((0.9 / 0.1) / (0.6 / 0.4)))


def test_a_share_over_one_or_of_nobody_gives_no_impossible_error():
    found = sampling_error(pd.Series([1.02, 0.5]), pd.Series([100.0, 0.0]), "P")
    assert found[0] == 0.0 and np.isnan(found[1])


def test_a_commune_of_ten_thousand_is_sampled_and_a_smaller_one_is_not():
    assert sampled(IRIS["commune"], IRIS["population"]).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("above", "more", "part"),
    [
        (["P{aa}_A", "P{aa}_B"], {}, "P"),
        (["P{aa}_A", "C{aa}_B"], {}, "C"),
        (["ARSAS"], {}, None),
        (["voiture"], {"sondage": "C"}, "C"),
    ],
)
def test_columns_or_the_registry_say_which_part_of_the_census(above, more, part):
    below = {"source": "r", "colonnes": ["P{aa}_POP"]}
    recipe = {"numerateur": {"source": "r", "colonnes": above}, "denominateur": below, **more}
    assert census_part(Recipe.model_validate(recipe)) == part


def test_a_recipe_gives_its_error_in_its_unit_and_none_in_small_communes():
    tables = tables_of([("130010101", "P22_B", 4000.0), ("130020000", "P22_B", 4000.0)])
    values = pd.Series([20.0, 20.0, 20.0], IRIS.index)
    found = recipe_error(RATIO, values, IRIS, tables)
    assert found["130010101"] == pytest.approx(100 * sqrt(1.5 * 0.16 * 0.6 / (0.4 * 4000)))
    assert found["130020000"] == 0.0
    # unknown universe: as many of its units an inhabitant as where it is known
    size = 1000 * 8000 / 18_999
    assert found["130010102"] == pytest.approx(100 * sqrt(1.5 * 0.16 * 0.6 / (0.4 * size)))


def test_a_value_taken_as_it_is_finds_its_universe_elsewhere():
    recipe = Recipe.model_validate(
        {
            "valeur": {"source": "voitures", "colonnes": ["sans"]},
            "echelle": 100,
            "sondage": "P",
            "effectif": [
                {"source": "recensement", "colonnes": ["P{aa}_A"], "format": "classeur"},
                {"source": "recensement", "colonnes": ["P{aa}_B"], "format": "base-ic"},
            ],
        }
    )
    tables = tables_of([("130010101", "P22_B", 4000.0)])
    found = recipe_error(recipe, pd.Series(20.0, IRIS.index), IRIS, tables)
    assert found["130010101"] == pytest.approx(100 * sqrt(1.5 * 0.16 * 0.6 / (0.4 * 4000)))


def test_a_register_has_no_sampling_error():
    recipe = RATIO.model_copy(update={"numerateur": RATIO.numerateur.model_copy(
        update={"colonnes": ["ARSAS"]}
    )})  # fmt: skip
    tables = tables_of([("130010101", "P22_B", 4000.0)])
    assert recipe_error(recipe, pd.Series(20.0, IRIS.index), IRIS, tables).eq(0).all()
