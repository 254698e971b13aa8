"""For five figures, each moved alone, which recommendations move, and which do not?"""

from __future__ import annotations

import html
import re

import pytest

from diagalim.analysis.coordination.recommendations import PARTLY, SUPPORTED, UNSUPPORTED, weigh
from diagalim.chapter.facts import Fact, Facts
from diagalim.report.recommandations.page import (
    proofs_of,
    show_cards,
    strengths_sentence,
    summary_text,
)
from diagalim.settings.plan import load_plan
from diagalim.settings.recommendations import FILE, parse_recommendations
from diagalim.sources.studies import document
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root

STUDY = document("synthese")
TEXT = (project_root() / FILE).read_text(encoding="utf-8")
AXES, REGISTER = parse_recommendations(TEXT)
ENTRIES = {number: entry.model_dump() for number, entry in REGISTER.items()}


def fact(chapter: str, name: str, nature: str = "repris", certainty: str = "non mesurée") -> Fact:
    return Fact(name, f"label {name}", 12, "", 0, "2021", nature, "source", chapter,
                certainty=certainty)  # fmt: skip


FIGURES = [
    ("score", "population_haute"),
    ("score", "nb_notes"),
    ("resultats", "besoin_stockage"),
    ("resultats", "ramasse_en_baisse"),
    ("acteurs", "instances_sans_lien_vers_le_haut"),
]


def strengths(**changed: Fact | None) -> dict[str, str]:
    facts: dict[str, Facts] = {}
    for chapter, name in FIGURES:
        stated = changed.get(name, fact(chapter, name))
        facts.setdefault(chapter, Facts())
        if stated is not None:
            facts[chapter].add(stated)
    return weigh(ENTRIES, proofs_of(facts))["force"].to_dict()


MOVES = {
    # the figure that disappears: the recommendations that lose their only support
    "population_haute": {"1.7"},
    "nb_notes": {"1.1"},
    "besoin_stockage": {"2.1"},
    "ramasse_en_baisse": set(),  # 4.2 also rests on the exposed population
    "instances_sans_lien_vers_le_haut": {"4.3"},
}


@pytest.mark.parametrize("name", MOVES)
def test_a_figure_that_disappears_moves_its_own_rows_and_no_other(name):
    before, after = strengths(), strengths(**{name: None})
    assert {number for number in before if before[number] != after[number]} == MOVES[name]


@pytest.mark.parametrize(("chapter", "name"), FIGURES)
def test_a_figure_of_the_producer_with_its_error_known_makes_its_rows_supported(chapter, name):
    after = strengths(**{name: fact(chapter, name, "officiel", "décompte exact")})
    named = {n for n, e in ENTRIES.items() if f"{chapter}.{name}" in e["preuves"]}
    assert named and all(after[number] == SUPPORTED for number in named)
    assert SUPPORTED not in {after[number] for number in set(after) - named}


def test_a_synthetic_figure_supports_and_orders_nothing():
    synthetic = {n: fact(c, n, "synthétique", "décompte exact") for c, n in FIGURES}
    assert set(strengths(**synthetic).values()) == {UNSUPPORTED}


def test_the_nineteen_recommendations_stand_in_four_axes():
    assert len(REGISTER) == 19
    assert {entry.axe for entry in REGISTER.values()} == set(AXES) and len(AXES) == 4
    assert REGISTER["1.5"].doublon == "1.3"


def test_the_table_keeps_every_recommendation_and_its_order():
    weighed = weigh(ENTRIES, {})
    shown = summary_text(weighed, AXES)
    assert len(shown) == 19 and shown.index[0].startswith(weighed.index[0])


def test_a_card_escapes_what_it_shows(monkeypatch):
    kept = []
    monkeypatch.setattr("diagalim.report.recommandations.page.display", kept.append)
    entries = {"1.1": ENTRIES["1.1"] | {"intitule": "<script>alert(1)</script>"}}
    show_cards(weigh(entries, {}), STUDY)
    assert "<script>" not in kept[0].data and "&lt;script&gt;" in kept[0].data


def test_a_figure_that_nothing_here_can_give_is_said_with_the_reason(monkeypatch):
    kept = []
    monkeypatch.setattr("diagalim.report.recommandations.page.display", kept.append)
    show_cards(weigh(ENTRIES, {}), STUDY)
    text = re.sub(r"\s", " ", kept[0].data)
    said = [
        f"Non calculé ici : {figure} ({html.escape(reason)})."
        for entry in REGISTER.values()
        for figure, reason in entry.non_calcule.items()
    ]
    assert said and all(one in text for one in said), said


def test_a_chapter_of_a_proof_is_one_that_the_recommendations_read():
    read = set(load_plan()["recommandations"].lit)
    owed = {proof for entry in REGISTER.values() for proof in entry.preuves}
    assert {proof.split(".")[0] for proof in owed} <= read


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("axe: local", "axe: locale", "locale"),
        ('doublon: "1.3"', 'doublon: "9.9"', "9.9"),
        ("horizon: urgence", "horizon: demain", "demain"),
        ("suivi: comme 1.3", "suivi: comme 1.3\n    suivis: x", "suivis"),
        ("aucun relevé des subventions publiées n'est lu ici", '""', "non_calcule"),
    ],
)
def test_a_slip_in_the_file_is_named(old, new, fragment):
    with pytest.raises(InputError, match=fragment):
        parse_recommendations(TEXT.replace(old, new, 1))


def test_partly_is_what_republished_figures_give():
    assert strengths()["1.1"] == PARTLY


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 1, 18), "**aucune** n'est étayée par des chiffres sûrs, **1** l'est en partie"),
        ((2, 0, 0), "**2** sont étayées par des chiffres sûrs, aucune ne l'est en partie"),
    ],
)
def test_no_recommendation_is_said_in_words_and_one_agrees(counts, said):
    names = ("nb_etayees", "nb_partielles", "nb_non_etayees")
    stated = [
        Fact(name, "recommandations", count, "", 0, "2025", "publié", "s", "recommandations")
        for name, count in zip(("nb_recommandations", *names), (sum(counts), *counts), strict=True)
    ]
    facts = Facts(stated)
    assert said in facts.fill(strengths_sentence(facts))


def test_a_card_gives_the_year_of_each_figure(monkeypatch):
    kept = []
    monkeypatch.setattr("diagalim.report.recommandations.page.display", kept.append)
    facts = Facts([fact("score", "nb_notes")])
    show_cards(weigh({"1.1": ENTRIES["1.1"]}, proofs_of({"score": facts})), STUDY)
    assert "(2021 ; " in kept[0].data.replace("\u202f", " ")


def test_a_figure_made_from_an_assumption_is_not_called_published(monkeypatch):
    kept = []
    monkeypatch.setattr("diagalim.report.recommandations.page.display", kept.append)
    assumed = fact("acteurs", "cout_animation", "publié", "hypothèse de ce rapport")
    facts = {"acteurs": Facts([assumed])}
    show_cards(weigh({"3.3": ENTRIES["3.3"]}, proofs_of(facts)), STUDY)
    assert "calcul de ce rapport" in kept[0].data and "chiffre publié" not in kept[0].data
