"""Communes without a published rate are counted once, the same for the department and its map."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.context.framing import (
    on_the_map,
    pooled_rate,
    rates_and_persons,
    without_districts,
)
from diagalim.report.contexte import facts
from diagalim.wording import place_kinds

DISTRICTS = ("99201", "99202")


def incomes(rows: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """Return rates and persons by commune."""
    return pd.DataFrame.from_dict(rows, orient="index", columns=["taux_pauvrete", "personnes"])


def said_of(table: pd.DataFrame, drawn: list[str]) -> tuple[dict, pd.Series]:
    """Return what a page states of a department and of its map."""
    everywhere = without_districts(on_the_map(table, drawn), DISTRICTS)
    rate = pooled_rate(*rates_and_persons(everywhere))
    whole, told = facts.pooled({"D99": rate, "R99": rate}, ["Essai", "Région"])
    on_map = table.reindex(drawn)["taux_pauvrete"]
    extremes, _ = facts.extremes(on_map, pd.Series(drawn, index=drawn), DISTRICTS)
    return whole | extremes | {"certitude": told["certainty"]["taux_departement"]}, on_map


def test_a_commune_without_persons_or_without_a_line_counts_as_masked_on_both():
    table = incomes({"99001": (12, 100), "99002": (math.nan, 50), "99003": (math.nan, math.nan)})
    said, on_map = said_of(table, ["99001", "99002", "99003", "99004"])
    assert said["communes_carte_masquees"] == 3
    assert said["phrase_masquees_departement"] == "3\u00a0communes ont un taux masqué"
    assert said["masquees_departement"] == "3\u00a0communes"
    assert "2\u00a0communes sans effectif publié laissées de côté" in said["certitude"]
    assert on_map.isna().sum() == 3


def test_one_commune_left_out_agrees():
    table = incomes({"99001": (12, 100), "99002": (14, 80), "99003": (math.nan, math.nan)})
    said, _ = said_of(table, ["99001", "99002", "99003"])
    bounds, *_ = said["taux_departement_certain"]
    assert "1\u00a0commune sans effectif publié laissée de côté" in bounds


def test_masked_districts_are_told_apart_from_the_communes_of_the_department():
    table = incomes(
        {"99001": (12, 10), "99002": (math.nan, 5), "99055": (20, 90), "99201": (math.nan, 40),
         "99202": (22, 50)}
    )  # fmt: skip
    said, _ = said_of(table, ["99001", "99002", "99201", "99202"])
    assert said["communes_carte_masquees"] == 2
    assert said["dont_arrondissements"] == ", dont 1\u00a0arrondissement"
    assert said["masquees_departement"] == "1\u00a0commune"


cells = st.tuples(
    st.one_of(st.just(math.nan), st.integers(5, 60).map(float)),
    st.one_of(st.just(math.nan), st.integers(1, 900).map(float)),
)


@given(st.lists(cells, min_size=1, max_size=30), st.integers(0, 5))
def test_the_department_and_its_map_count_the_same(rows, unlisted):
    table = incomes({f"99{n:03d}": row for n, row in enumerate(rows)} | {"99900": (10.0, 10.0)})
    drawn = [*table.index, *(f"998{n:02d}" for n in range(unlisted))]
    rate = pooled_rate(*rates_and_persons(on_the_map(table, drawn)))
    assert rate.masked == int(table.reindex(drawn)["taux_pauvrete"].isna().sum())


def test_what_the_map_adds_changes_no_rate():
    table = incomes({"99001": (12, 100), "99002": (math.nan, 50)})
    alone = pooled_rate(*rates_and_persons(table))
    with_map = pooled_rate(*rates_and_persons(on_the_map(table, ["99001", "99002", "99003"])))
    assert (alone.plausible, alone.certain) == (with_map.plausible, with_map.certain)


@pytest.mark.parametrize(
    ("codes", "several", "one"),
    [
        (["01001", "01002"], "communes", "commune"),
        (["75101", "75102"], "arrondissements", "arrondissement"),
        (["69381", "69001"], "communes et arrondissements", "commune ou arrondissement"),
    ],
)
def test_places_are_called_what_they_are(codes, several, one):
    districts = ["69381", "75101", "75102"]
    assert place_kinds.places(codes, districts) == several
    assert place_kinds.place(codes, districts) == one
