"""Values estimated before weights are known, and the part of them that some weights allow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.estimation.allowed import completed_where_allowed, where_allowed
from diagalim.analysis.estimation.estimates import Surroundings
from diagalim.analysis.estimation.imputations import varying_cells
from diagalim.analysis.estimation.reserve import KEYS, equal_weights, estimate_for_any_weights
from diagalim.analysis.estimation.withheld import estimate_withheld
from diagalim.settings.indicators_file import load_indicators

SEED, COUNT = 4, 120
REGISTRY = load_indicators()
INDEX = pd.Index([f"{n:09d}" for n in range(COUNT)], name="code_iris")
HIDDEN = list(INDEX[:6])
ALL_INCOMES = ["niveau_vie_median", "taux_pauvrete"]


def made_up() -> pd.DataFrame:
    """Return the long table of incomes that depend on cars, withheld in `HIDDEN`."""
    rng = np.random.default_rng(8)
    cars = rng.uniform(5, 60, COUNT)
    income = 30_000 * np.exp(-0.012 * cars + rng.normal(scale=0.05, size=COUNT))
    poverty = 100 / (1 + (income / 14_000) ** 3)
    wide = {"part_sans_voiture": cars, "niveau_vie_median": income, "taux_pauvrete": poverty}
    values = pd.DataFrame(wide, INDEX).melt(
        var_name="indicateur", value_name="valeur", ignore_index=False
    )
    values = values.reset_index().assign(
        statut="observe", motif="", demi_arrondi=0.0, ecart=0.0, erreur_sondage=0.0,
        source="filosofi_iris", recette=1,
    )  # fmt: skip
    hidden = values["indicateur"].isin(ALL_INCOMES) & values["code_iris"].isin(HIDDEN)
    values.loc[hidden, ["valeur", "statut", "motif"]] = [np.nan, "secret", "ns"]
    return values


def surroundings() -> Surroundings:
    places = {"commune": [code[:8] for code in INDEX], "type_iris": "H", "population": 2000.0}
    pairs = [(a, b) for a, b in zip(INDEX[:-1], INDEX[1:], strict=True)]
    both = [*pairs, *((b, a) for a, b in pairs)]
    return Surroundings(
        pd.DataFrame(places, INDEX),
        pd.DataFrame(both, columns=["code_iris", "voisin"]),
        pd.DataFrame(index=INDEX),
    )


VALUES = made_up()
EVERYWHERE = pd.Series(True, INDEX)


def only(codes: list[str]) -> pd.Series:
    return pd.Series(INDEX.isin(codes), INDEX)


def estimated_once(first: pd.Series):
    return estimate_for_any_weights(
        VALUES, REGISTRY, surroundings(), first=first, others=EVERYWHERE, seed=SEED
    )


def estimated_for(allowed: pd.Series):
    return estimate_withheld(VALUES, REGISTRY, surroundings(), allowed=allowed, seed=SEED)


@pytest.mark.parametrize("count", [0, 2, 6])
def test_a_score_of_equal_weights_finds_what_an_estimation_of_its_own_would_have_given(count):
    first = only(HIDDEN[:count])
    kept, own = estimated_once(first), estimated_for(first)
    values = where_allowed(VALUES, kept.cells, first)
    pd.testing.assert_frame_equal(values, own.values, check_exact=True)
    filled = completed_where_allowed(values, kept.cells, kept.draws, first)
    pd.testing.assert_frame_equal(varying_cells(filled), varying_cells(own.imputations))


def test_other_weights_find_the_same_predictions_as_an_estimation_of_their_own():
    first, other = only(HIDDEN[:2]), only(HIDDEN[1:5])
    kept, own = estimated_once(first), estimated_for(other)
    values = where_allowed(VALUES, kept.cells, other)
    assert values["statut"].equals(own.values["statut"])
    pd.testing.assert_series_equal(values["valeur"], own.values["valeur"], rtol=1e-9)
    assert values.set_index("code_iris").loc[HIDDEN[0], "valeur"].isna().sum() == len(ALL_INCOMES)


def test_what_weights_leave_out_is_in_no_completed_table():
    kept, other = estimated_once(only(HIDDEN[:2])), only(HIDDEN[1:5])
    values = where_allowed(VALUES, kept.cells, other)
    filled = completed_where_allowed(values, kept.cells, kept.draws, other)
    drawn = varying_cells(filled)
    assert set(drawn["code_iris"]) == set(HIDDEN[1:5])
    assert drawn.groupby("code_iris").size().eq(len(ALL_INCOMES)).all()


def test_each_value_is_estimated_once():
    cells = estimated_once(only(HIDDEN[:2])).cells
    assert len(cells) == len(HIDDEN) * len(ALL_INCOMES) and not cells.duplicated(KEYS).any()


def test_equal_weights_count_every_indicator_of_the_score_and_no_other():
    weights = equal_weights(REGISTRY)
    score = {name for name, entry in REGISTRY.indicateurs.items() if entry.role == "score"}
    assert set(weights.names) == score
    assert set(weights.dimensions.values()) == {1.0}
