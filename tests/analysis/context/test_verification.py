"""A rule, not a person, gives a published figure its status, and never changes it."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.analysis.context.published import CONFIRMED, GAP, INCOHERENT, UNVERIFIABLE
from diagalim.analysis.context.verification import verify
from diagalim.analysis.context.whole_cases import fractions, smallest_base
from diagalim.sources.documents import RULES_FILE, read_published, rules_path
from diagalim.sources.rules import parse_rules
from diagalim.wording.problems import InputError

INCOHERENT_FIGURES = [
    "S0-023",
    "S0-050",
    "S1-005",
    "S2-043",
    "S4-039",
    "S4-041",
    "S4-043",
    "S4-047",
    "S4-053",
    "S4-055",
    "S4-057",
    "S4-059",
    "S4-063",
    "S4-064",
    "S4-065",
    "S4-066",
    "S4-069",
    "S4-072",
    "S4-073",
    "S4-074",
    "S4-075",
    "S4-077",
    "S4-078",
    "S4-115",
]
"""Typed from the register of inconsistencies of the reference (METHODS 2.3), A1 to A22."""
FIGURES_THAT_DIFFER = ["S0-037", "S0-038"]


@pytest.fixture(scope="module")
def checked() -> pd.DataFrame:
    rules = parse_rules(rules_path().read_text(encoding="utf-8"), RULES_FILE)
    return verify(read_published("faits"), rules)


def judge(values: dict[str, str], rule: str) -> dict[str, str]:
    facts = pd.DataFrame({"valeur": values})
    return verify(facts, parse_rules(rule, "r.yml"))["statut"].to_dict()


def test_every_figure_of_the_five_documents_is_registered():
    documents = read_published("faits")["document"].value_counts()
    assert documents.to_dict() == {
        "bilan_hdf": 123, "reseau_paca": 75, "synthese": 74, "coordination": 28,
        "rencontres_bfc": 13,
    }  # fmt: skip


def test_the_status_of_every_figure_is_the_one_expected(checked):
    expected = pd.Series(UNVERIFIABLE, checked.index)
    expected[INCOHERENT_FIGURES] = INCOHERENT
    expected[FIGURES_THAT_DIFFER] = GAP
    assert checked["statut"].to_dict() == expected.to_dict()


def test_no_value_is_rewritten(checked):
    assert checked["valeur"].equals(read_published("faits")["valeur"])


def test_every_figure_that_is_not_plain_says_why(checked):
    told = checked.loc[checked["statut"] != UNVERIFIABLE, "explication"]
    assert (told.str.len() > 20).all()


def test_the_register_of_inconsistencies_has_its_22_entries_and_names_real_figures():
    anomalies, facts = read_published("anomalies"), read_published("faits")
    assert list(anomalies.index) == [f"A{n}" for n in range(1, 23)]
    named = {fact for row in anomalies["faits"] for fact in row.split()}
    assert named <= set(facts.index)
    assert set(anomalies["document"]) <= set(read_published("documents").index)


def test_each_rule_is_tied_to_an_entry_that_names_its_figures():
    anomalies = read_published("anomalies")["faits"].str.split()
    for rule in parse_rules(rules_path().read_text(encoding="utf-8"), RULES_FILE):
        if rule.anomalie:
            assert set(rule.faits) <= set(anomalies[rule.anomalie]), rule.anomalie


def test_a_figure_found_in_a_file_is_confirmed_unless_a_rule_says_worse():
    facts = pd.DataFrame({"valeur": {"a": "24", "b": "1"}})
    rules = parse_rules("x: {regle: bornes, faits: [b], minimum: 5, explication: trop bas}", "r")
    seen = {"a": ("a", CONFIRMED, "fichier : 24"), "b": ("b", CONFIRMED, "fichier : 1")}
    assert list(verify(facts, rules, seen)["statut"]) == [CONFIRMED, INCOHERENT]


@pytest.mark.parametrize(
    ("values", "rule", "expected"),
    [
        ({"a": "50"}, "x: {regle: bornes, faits: [a], plus_que: 50}", INCOHERENT),
        ({"a": "51"}, "x: {regle: bornes, faits: [a], plus_que: 50}", UNVERIFIABLE),
        (
            {"a": "12", "n": "384", "d": "92"},
            "x: {regle: rapport, faits: [a], numerateur: n, denominateur: d, tolerance: 0.5}",
            INCOHERENT,
        ),
        (
            {"a": "4.2", "n": "384", "d": "92"},
            "x: {regle: rapport, faits: [a], numerateur: n, denominateur: d, tolerance: 0.5}",
            UNVERIFIABLE,
        ),
        (
            {"a": "39", "t": "1.7"},
            "x: {regle: croissance, faits: [a], taux_annuel: t, annees: 20}",
            UNVERIFIABLE,
        ),
        (
            {"a": "34", "t": "1.7"},
            "x: {regle: croissance, faits: [a], taux_annuel: t, annees: 20}",
            INCOHERENT,
        ),
        (
            {"a": "37", "b": "68"},
            "x: {regle: complement, faits: [a], de: b}",
            INCOHERENT,
        ),
        ({"a": "32", "b": "68"}, "x: {regle: complement, faits: [a], de: b}", UNVERIFIABLE),
        (
            {"a": "62", "b": "32", "c": "68"},
            "x: {regle: produit, faits: [a], facteurs: [b, c], tolerance: 1}",
            INCOHERENT,
        ),
        ({"a": "80"}, "x: {regle: fractions, faits: [a], bases: [6], pas: 0.5}", INCOHERENT),
        ({"a": "80"}, "x: {regle: fractions, faits: [a], bases: [5], pas: 1}", UNVERIFIABLE),
        (
            {"a": "100", "z": "3"},
            "x: {regle: tous_et_aucun, faits: [a], tous: [a], aucun: z}",
            UNVERIFIABLE,
        ),
    ],
)
def test_a_rule_judges_the_figure_it_names(values, rule, expected):
    assert judge(values, rule)["a"] == expected


def test_the_published_shares_of_laureates_hold_with_five_and_not_with_six():
    for percent in (80, 90, 60, 50, 100):
        assert fractions(percent, [5], 0.5)
    assert not [p for p in (80, 90, 60) if fractions(p, [6], 0.5)]


def test_the_smallest_totals_are_those_of_the_reference():
    smallest = {p: smallest_base(p, 1) for p in (74, 79, 32, 68, 37)}
    assert smallest == {74: 19, 79: 14, 32: 19, 68: 19, 37: 19}


def test_both_roundings_of_an_exact_half_are_accepted():
    assert (5.0, 8) in fractions(63, [8]) and (5.0, 8) in fractions(62, [8])


@given(base=st.integers(1, 60), share=st.floats(0, 1))
def test_a_percentage_made_from_a_total_is_always_possible_with_it(base, share):
    cases = round(share * base)
    assert (float(cases), base) in fractions(round(Fraction(100 * cases, base)), [base])


def test_an_unknown_rule_and_an_unknown_key_are_named_together():
    text = "x: {regle: devine, faits: [a]}\ny: {regle: bornes, faits: [a], mini: 3}\n"
    with pytest.raises(InputError) as caught:
        parse_rules(text, "controles.yml")
    said = str(caught.value)
    assert "x.regle" in said and "bornes" in said and "mini" in said
