"""What the page says of what moves the ranks: choices, indicators, methods."""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagalim.analysis.certainty.sensitivity import SHIFT
from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.facts import Fact, Facts
from diagalim.report.sensibilite import facts, tables
from diagalim.settings.indicators_file import load_indicators

PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " "})
IRIS = pd.DataFrame({"nom": ["Quartier 3"], "commune": "Arles 2e Arrondissement"}, index=["c03"])
SENSITIVITY = pd.DataFrame(
    {
        "sortie": [SHIFT] * 4 + ["c00"],
        "choix": ["data", "weights", "outer", "removal", "outer"],
        "premier": [-0.01, 0.2, 0.1, 0.3, 1.0],
        "premier_bas": 0.0,
        "premier_haut": 1.0,
        "total": [0.004, 0.5, 0.2, 0.4, 1.0],
        "total_bas": [0.0, 0.45, 0.1, 0.3, 0.9],
        "total_haut": [0.01, 0.55, 0.3, 1.2, 1.0],
    }
)


def test_the_choices_that_move_the_ranks_are_named_in_order_with_their_share():
    said = facts.drivers_sentence(SENSITIVITY).translate(PLAIN)
    assert said.endswith(
        "poids (50 %), indicateurs retenus (40 %) et réunion des dimensions (20 %)"
    )


def test_nothing_that_moves_is_said_as_such():
    still = SENSITIVITY.assign(total=np.nan)
    assert facts.drivers_sentence(still) == "aucun choix ne fait bouger les rangs"


def test_an_estimate_outside_zero_and_one_is_shown_within(as_shown):
    table = as_shown("sensibilite", "choix", tables.drivers(SENSITIVITY))
    assert table.index.tolist() == [
        "Poids", "Indicateurs retenus", "Réunion des dimensions", "Valeurs des données",
    ]  # fmt: skip
    assert table.loc["Valeurs des données", "À lui seul"] == "0\u00a0%"
    assert table.loc["Indicateurs retenus", "Intervalle à 90 %"] == "entre 30 et 100\u00a0%"


REMOVED = pd.DataFrame(
    {
        "spearman": [0.99, 1.0],
        "deplacement_moyen": [12.0, 0.0],
        "deplacement_max": [80.5, 0.0],
        "unite_max": ["c03", ""],
        "part_gardee": [0.9, 1.0],
    },
    index=["part_hlm", "taux_rsa"],
)


def test_the_indicator_whose_removal_moves_the_most_is_named(as_shown):
    registry = load_indicators()
    said = facts.removed_sentence(REMOVED, registry)
    assert "de 0 à 12 places" in said and said.count(registry.indicateurs["part_hlm"].libelle) == 2
    assert said.translate(PLAIN).endswith("(sans lui, 90 % des IRIS y restent)")
    table = tables.removals(REMOVED.iloc[::-1], registry, IRIS)
    table = as_shown("sensibilite", "retraits", table)
    assert table["IRIS le plus déplacé"].tolist() == ["Quartier 3 (Arles 2e arrondissement)", "–"]
    assert table["Places, en moyenne"].tolist() == ["12,0", "0,0"]


def test_another_method_is_named_in_words_and_other_weights_by_their_name():
    table = tables.alternatives(REMOVED.set_axis(["outer:geometric", "poids d'experts"]))
    assert table.index.tolist() == ["Moyenne géométrique des dimensions", "poids d'experts"]


def test_every_alternative_of_the_draws_has_its_words():
    from diagalim.analysis.certainty.choices import OPTIONS

    named = {f"{step}:{o}" for step, options in OPTIONS.items() for o in options}
    assert named - set(tables.ALTERNATIVES) == {"missing:0.5"}  # the rule of reference
    steps = {"data", "removal", "weights", *OPTIONS}
    assert steps == set(facts.CHOICES)


def test_the_facts_come_from_those_of_the_score_and_say_what_any_other_method_keeps():
    chapter = open_chapter("sensibilite", "exemple")
    origin = Fact("nb_assures", "n", 9, "", 0, "2020", "officiel", "Insee", "score")
    chapter.facts_of = lambda name: Facts([origin])
    compared = pd.DataFrame({"part_gardee": [0.79, 1.0]}, index=["a", "b"])
    chapter.state(facts.numbers(SENSITIVITY, REMOVED, compared, load_indicators()))
    said = chapter.facts["phrase_methodes"]
    assert "79 % à 100 % des IRIS" in said.text.translate(PLAIN)
    assert said.source == origin.source and said.nature == origin.nature
