"""A recommendation is as strong as the figures computed for it, and moves with them."""

from __future__ import annotations

import pytest

from diagalim.analysis.coordination.recommendations import (
    PARTLY,
    SUPPORTED,
    UNSUPPORTED,
    Proof,
    strength,
    weigh,
)


def proof(id: str = "c.f", nature: str = "officiel", certainty: str = "comptage") -> Proof:
    return Proof(id, "12", "douze choses", nature, certainty)


@pytest.mark.parametrize(
    ("proofs", "expected"),
    [
        ([], UNSUPPORTED),
        ([proof()], SUPPORTED),
        ([proof(certainty="non mesurée")], PARTLY),
        ([proof(certainty="incertitude du score non mesurée à ce stade")], PARTLY),
        ([proof(nature="repris")], PARTLY),
        ([proof(nature="publié")], PARTLY),
        ([proof(nature="synthétique")], UNSUPPORTED),
        ([proof(nature="publié"), proof(nature="collecté")], SUPPORTED),
    ],
)
def test_the_strength_follows_the_nature_and_the_certainty_of_the_figures(proofs, expected):
    assert strength(proofs) == expected


ENTRIES = {
    "1.1": {"axe": "a", "intitule": "x", "acteurs": ["DDETS"], "horizon": "long terme",
            "preuves": ["c.f"], "suivi": "s"},
    "1.10": {"axe": "a", "intitule": "y", "acteurs": ["DDETS"], "horizon": "urgence",
             "preuves": ["c.g"], "suivi": "s"},
    "1.2": {"axe": "a", "intitule": "z", "acteurs": ["DDETS"], "horizon": "urgence",
            "preuves": [], "suivi": "s", "doublon": "1.1"},
}  # fmt: skip


def test_the_best_supported_comes_first_then_the_most_urgent_then_the_number():
    table = weigh(ENTRIES, {"c.f": proof("c.f"), "c.g": proof("c.g", "publié")})
    assert list(table.index) == ["1.1", "1.10", "1.2"]
    assert list(weigh(ENTRIES, {}).index) == ["1.2", "1.10", "1.1"]


def test_a_figure_that_disappears_moves_its_own_recommendation_only():
    before = weigh(ENTRIES, {"c.f": proof("c.f"), "c.g": proof("c.g")})["force"]
    after = weigh(ENTRIES, {"c.g": proof("c.g")})["force"]
    moved = [number for number in before.index if before[number] != after[number]]
    assert moved == ["1.1"]


def test_a_synthetic_figure_is_counted_as_missing():
    table = weigh(ENTRIES, {"c.f": proof("c.f", "synthétique")})
    assert table.at["1.1", "manquantes"] == ["c.f"] and table.at["1.1", "preuves"] == []


def test_the_same_recommendation_written_twice_stays_linked():
    assert weigh(ENTRIES, {}).at["1.2", "doublon"] == "1.1"
