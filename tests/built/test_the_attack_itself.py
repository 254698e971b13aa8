"""The attack on built sites finds what leaks, each kind planted in a small page, and nothing else.

Each kind of ``leaks.yml`` plants a number in a page that gives it away, and beside it writes the
same page well protected. An attack that finds nothing in the first proves nothing of a built site.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from attack import Asked, attack
from attack.planted import plant
from attack.system import Contradiction, System

LEAKS = yaml.safe_load((Path(__file__).parent / "leaks.yml").read_text(encoding="utf-8"))
FORM = [
    Asked("refus", "Avez-vous refusé ?", 1, True),
    Asked("motif", "Pour quelles raisons ?", 2, False, "refus", "Oui"),
    Asked("dons", "Combien de dons ?", 2),
    Asked("tonnes", "Combien de tonnes ?", 2, False, "refus", "Oui"),
]
UNDER_FIVE = """
@flow 60 60 60
# Avez-vous refusé ? (n = 35)
Réponse|Structures|Part
Oui|22|63 %
Non|masqué|masqué
Ne sait pas|masqué|hors base
# Quantités
Question|Médiane|Structures
Combien de dons ?|12|38
"""
TWO_TRUTHS = """
# Croisé
Ligne|v|w|Ensemble
a|masqué|9|4
b|masqué|5|6
Ensemble|9|14|10
"""


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak["kind"])
def test_a_planted_number_is_found(leak, tmp_path):
    found = [str(finding) for finding in attack(plant(tmp_path, leak["page"]), FORM)]
    # a height in pixels depends a little on what draws it: that case names the number alone
    assert leak["finds"] in {*found, *(one.rpartition(" = ")[0] for one in found)}, found


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak["kind"])
def test_nothing_is_found_in_the_same_page_well_protected(leak, tmp_path):
    assert attack(plant(tmp_path, leak["page"], leaking=False), FORM) == []


def test_a_reader_who_guesses_by_the_rule_finds_more(tmp_path):
    site, unknown = (
        plant(tmp_path, UNDER_FIVE),
        "réponse / Avez-vous refusé ? / Ne sait pas = 3 à 4",
    )
    assert unknown not in map(str, attack(site, FORM))
    assert unknown in map(str, attack(site, FORM, by_rule=True))


def test_two_tables_that_cannot_both_be_true_are_told(tmp_path):
    with pytest.raises(Contradiction, match="cannot all be true"):
        attack(plant(tmp_path, TWO_TRUTHS))


def test_a_guess_that_contradicts_what_is_sure_is_dropped():
    system = System()
    for name in ("a", "b"):
        system.set(name, 0, 10)
    system.tie({"a": 1.0, "b": 1.0}, 10, 10)
    system.tie({"a": 1.0}, 2, 2, supposed=True)
    assert system.bounds(["b"]) == {"b": (8, 8)}
    system.tie({"b": 1.0}, 9, 10)
    assert system.bounds(["b"]) == {"b": (9, 10)}
